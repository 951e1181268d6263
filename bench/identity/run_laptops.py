#!/usr/bin/env python3
"""Runs fairprice on a month of real laptop titles and prints what README.md shows: run_laptops.py

How many listings found a counterpart and by which basis, the highest deviations, and how often a match that the program made by itself
is right by the labelled pairs (labelled_pairs.csv). Builds the month with laptop_month.py in a temporary folder and leaves nothing behind.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is left in the repository

from laptop_month import DATA, PERIOD, ROOT, make_month

PAIRS = Path(__file__).resolve().parent / "labelled_pairs.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counterparts(rows):
    """Listings whose product another supplier's listing has, by basis."""
    suppliers = defaultdict(set)
    for row in rows:
        if row["product"]:
            suppliers[row["product"]].add(row["supplier_id"])
    print("| basis | listings | with another shop's | with a monitoring price |\n|---|---:|---:|---:|")
    for basis, count in Counter(row["match_basis"] for row in rows).most_common():
        of_basis = [row for row in rows if row["match_basis"] == basis]
        other = sum(len(suppliers[row["product"]]) > 1 for row in of_basis)
        priced = sum(row["monitoring_price"] != "" for row in of_basis)
        print(f"| `{basis}` | {count} | {other} | {priced} |")


def precision(rows):
    product = {row["listing_id"]: row["product"] for row in rows}
    print("\n| draw | pairs | still one product | of these the same thing | precision | told apart: different | told apart: the same |\n|---|---:|---:|---:|---:|---:|---:|")
    whole = Counter()
    labelled = rows_of(PAIRS)
    for draw in sorted({pair["draw"] for pair in labelled}) + ["all"]:
        counts = Counter()
        for pair in labelled:
            if draw in (pair["draw"], "all"):
                together = product.get(pair["a_id"], "") != "" and product.get(pair["a_id"]) == product.get(pair["b_id"])
                counts[together, pair["label"]] += 1
        right, wrong = counts[True, "same"], counts[True, "different"]
        share = f"{100 * right / (right + wrong):.1f} %" if right + wrong else "-"
        print(f"| {draw} | {sum(counts.values())} | {right + wrong} | {right} | {share} | {counts[False, 'different']} | {counts[False, 'same']} |")
        whole = counts
    return whole


def highest(rows, titles, count):
    print(f"\nThe {count} highest deviations:")
    rows = sorted((row for row in rows if row["deviation_ratio"]), key=lambda row: -float(row["deviation_ratio"]))
    for row in rows[:count]:
        print(f"  {row['deviation_ratio']}  {row['price']:>9} / {row['monitoring_price']:>10}  {row['product']}\n      {titles[row['listing_id']]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "release" / "fairprice", type=Path)
    parser.add_argument("--data", default=DATA, type=Path)
    parser.add_argument("--show", default=0, type=int, metavar="N", help="print the N highest deviations with their titles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairprice-laptops-") as folder:
        month, listings = make_month(options.data, Path(folder))
        output = Path(folder) / "out"
        subprocess.run([options.program, "run", "--period", PERIOD, "--input", month, "--output", output, "--quiet"], check=True)
        rows = rows_of(output / "assessments.csv")
        print(f"{len(rows)} listings of {len({row['supplier_id'] for row in rows})} shops;", ", ".join(
            f"{count} {name}" for name, count in Counter(row["decision"] for row in rows).most_common()) + "\n")
        counterparts(rows)
        precision(rows)
        reasons = Counter(row["reason"] for row in rows_of(output / "review.csv"))
        print("\nreview.csv:", ", ".join(f"{count} {name}" for name, count in reasons.most_common()))
        if options.show:
            highest(rows, {row["product_id"]: row["title"] for row in listings}, options.show)


if __name__ == "__main__":
    main()
