"""The tables and policies that are shipped."""

import csv
import json
import re
import unicodedata
from decimal import Decimal

from tree import ROOT, files, name_of

HEADINGS = {
    "brands": ["alias", "brand"],
    "categories": ["alias", "category", "base_unit"],
    "units": ["alias", "unit", "factor"],
    "attributes": ["category", "attributes"],
    "shops": ["alias", "shop", "operator", "supplier_id"],
    "suppliers": ["supplier_id", "group_id"],
    "holidays": ["date", "kind"],
}


def without_twins(pairs):
    """An object of a JSON file; the same key twice is an error."""
    keys = [key for key, _ in pairs]
    twins = {key for key in keys if keys.count(key) > 1}
    if twins:
        raise ValueError(f"twice in one object: {', '.join(sorted(twins))}")
    return dict(pairs)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=without_twins, parse_float=Decimal)


def json_parses():
    """Every JSON file of the tree parses, without the same key twice in one object."""
    paths = [ROOT / "CMakePresets.json", *files("data", suffixes={".json"}), *files("tests/golden", suffixes={".json"})]
    for path in paths:
        try:
            load(path)
        except ValueError as problem:
            yield f"{name_of(path)}: {problem}"


def policies():
    """A shipped policy has its file's name, a ladder, bands in rising order, and says in both languages what it is."""
    for path in sorted((ROOT / "data" / "policies").glob("*.json")):
        if path.name.endswith(".schema.json"):
            continue
        try:
            policy = load(path)
        except ValueError:
            continue
        if policy.get("name") != path.stem:
            yield f"{name_of(path)}: name is {policy.get('name')!r}"
        if not policy.get("ladder"):
            yield f"{name_of(path)}: no ladder"
        description = policy.get("description")
        if not isinstance(description, dict) or not {"zh", "en"} <= description.keys():
            yield f"{name_of(path)}: no description in zh and en"
        edges = [band.get("at_most", band.get("below")) for band in policy.get("bands", [])]
        if not edges or edges[-1] is not None or None in edges[:-1] or edges[:-1] != sorted(edges[:-1]):
            yield f"{name_of(path)}: /bands must have rising edges, and none in the last"


def canonical(text):
    return unicodedata.normalize("NFKC", text).upper().strip()


def dictionaries():
    """A shipped dictionary has the contract's columns, no alias twice, and full rows; days and factors can be read."""
    for path in sorted((ROOT / "data" / "dictionaries").glob("*.csv")):
        heading = HEADINGS.get(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if not rows or rows[0] != heading:
            yield f"{name_of(path)}:1: the heading should be {','.join(heading or ['(no such dictionary)'])}"
            continue
        seen = {}
        for number, row in enumerate(rows[1:], start=2):
            where = f"{name_of(path)}:{number}"
            if len(row) != len(heading):
                yield f"{where}: {len(row)} cells"
                continue
            key = canonical(row[0])
            if not key:
                yield f"{where}: empty {heading[0]}"
            if key in seen:
                yield f"{where}: {row[0]} stands in line {seen[key]} already"
            seen.setdefault(key, number)
            if path.stem == "holidays":
                if not re.fullmatch(r"\d{4}-\d\d-\d\d", row[0]) or row[1] not in ("holiday", "workday"):
                    yield f"{where}: {','.join(row)}"
            if path.stem == "units" and not (re.fullmatch(r"\d+(\.\d{1,4})?", row[2]) and Decimal(row[2]) > 0):
                yield f"{where}: factor {row[2]!r}"


CHECKS = [json_parses, policies, dictionaries]
