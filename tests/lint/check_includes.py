"""Which folder may use which: read from the #include lines, since the linker sees functions only."""

import re

from tree import ROOT, files, lines_of, name_of

# Folder -> the folders that it may include besides itself. In the order of the data: no stage uses a later one.
MAY_USE = {
    "engine/base": set(),
    "engine/ingest": {"engine/base", "engine/ingest/json", "engine/ingest/xlsx"},
    "engine/ingest/json": {"engine/ingest", "engine/base"},
    "engine/ingest/xlsx": {"engine/ingest", "engine/base"},
    "rules": {"engine/base"},
    "indices": set(),
    "engine/catalogue/title": {"engine/base"},
    "engine/catalogue": {"engine/catalogue/title", "engine/ingest", "engine/base"},
    "engine/charts": {"engine/base"},
    "engine/matching": {"engine/ingest", "engine/base"},
    "engine/indexing": {"engine/ingest", "indices", "engine/base"},
    "engine/market": {"engine/catalogue/title", "engine/catalogue", "engine/ingest", "rules", "indices", "engine/base"},
}
MAY_USE["engine/own_index"] = MAY_USE["engine/market"] | {"engine/market"}
MAY_USE["engine/estimation"] = {"engine/catalogue/title", "indices", "engine/base"}
MAY_USE["engine/assessment"] = MAY_USE["engine/market"] | {"engine/market", "engine/estimation"}
MAY_USE["engine/ledger"] = {"engine/base"}
MAY_USE["engine/cases"] = MAY_USE["engine/assessment"] | {"engine/assessment", "engine/ledger"}
MAY_USE["engine/publishing"] = MAY_USE["engine/assessment"] | {"engine/assessment", "engine/ledger"}
MAY_USE["engine/letters"] = MAY_USE["engine/cases"] | {"engine/cases", "engine/publishing"}
MAY_USE["engine"] = MAY_USE["engine/publishing"] | {"engine/publishing"}
MAY_USE["engine/review"] = MAY_USE["engine/publishing"] | {"engine/publishing", "engine/matching"}
MAY_USE["engine/cli"] = MAY_USE["engine"] | {"engine", "engine/review", "engine/matching", "engine/indexing", "engine/own_index", "engine/charts", "engine/ledger", "engine/cases", "engine/letters"}

GENERATED = {"engine/base/version.hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def includes_of(path):
    for number, line in enumerate(lines_of(path), start=1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def folder_of(name):
    return name.rsplit("/", 1)[0] if "/" in name else ""


def include_paths():
    """An include of ours is a path from the top of the repository, in quotes, and there."""
    for path in files("engine", "indices", "rules", "tests", "bench", suffixes={".hpp", ".cpp"}):
        if name_of(path).startswith("tests/consumer/"):
            continue
        for number, mark, target in includes_of(path):
            where = f"{name_of(path)}:{number}"
            ours = target.split("/")[0] in {"engine", "indices", "rules", "tests", "bench"}
            if mark == '"' and not ours:
                yield f'{where}: "{target}" is no path from the top of the repository (write <...> for a library)'
            elif mark == "<" and ours:
                yield f"{where}: <{target}> is ours: write it in quotes"
            elif ours and target not in GENERATED and not (ROOT / target).exists():
                yield f"{where}: {target} is not there"


def arrows():
    """A folder includes only what stands before it on the path of the data."""
    for path in files("engine", "indices", "rules", suffixes={".hpp", ".cpp"}):
        folder = folder_of(name_of(path))
        if folder not in MAY_USE:
            yield f"{name_of(path)}: the folder {folder} has no line in tests/lint/check_includes.py"
            continue
        for number, mark, target in includes_of(path):
            used = folder_of(target)
            if mark == '"' and used != folder and used not in MAY_USE[folder]:
                yield f"{name_of(path)}:{number}: {folder} may not use {used} ({target})"


CHECKS = [include_paths, arrows]
