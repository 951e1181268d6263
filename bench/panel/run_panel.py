#!/usr/bin/env python3
"""Runs fairprice over twelve months of a real shop's price list, one after another, and prints a table: run_panel.py

Builds the months with panel_months.py in a temporary folder and leaves nothing behind, unless --keep names a folder.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is left in the repository

from panel_months import PANEL, ROOT, Panel, Skip, months_between, write_month

COLUMNS = ["month", "list of", "listings", "with monitoring price", "within", "evidence", "reduce", "check_data", "no_reference", "rejected"]
DECISIONS = ["within_range", "evidence_required", "reduce_or_delist", "check_data", "no_reference"]


def write_policy(folder):
    """The shipped default; the shop's prices are in New Taiwan dollars, and no band depends on the currency."""
    policy = json.loads((ROOT / "data" / "policies" / "hubei.json").read_text(encoding="utf-8"))
    policy["currency"] = "TWD"
    path = folder / "policy.json"
    path.write_text(json.dumps(policy, ensure_ascii=False, indent=2), encoding="utf-8")
    return path


def run_month(program, policy, period, month, output):
    command = [program, "run", "--period", period, "--input", month, "--output", output, "--policy", policy, "--quiet"]
    subprocess.run(command, check=True)
    with open(output / "assessments.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with open(output / "rejects.csv", encoding="utf-8", newline="") as stream:
        rejected = sum(row["action"] == "rejected" for row in csv.DictReader(stream))
    decisions = Counter(row["decision"] for row in rows)
    priced = sum(row["monitoring_price"] != "" for row in rows)
    if sum(decisions[name] for name in DECISIONS) != len(rows):
        raise SystemExit(f"{period}: decisions that are not known: {sorted(set(decisions) - set(DECISIONS))}")
    return [len(rows), priced, *(decisions[name] for name in DECISIONS), rejected]


def show(cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "release" / "fairprice", type=Path)
    parser.add_argument("--panel", default=PANEL, type=Path, help="folder with the price list")
    parser.add_argument("--from", dest="first", default="2025-01", metavar="YYYY-MM")
    parser.add_argument("--to", dest="last", default="2025-12", metavar="YYYY-MM")
    parser.add_argument("--simulated-shops", default=0, type=int, metavar="N", help="invented further shops (default: none)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep months and results here")
    options = parser.parse_args()
    try:
        panel = Panel(options.panel)
    except Skip as skip:
        print(skip)
        return
    if not options.program.is_file():
        raise SystemExit(f"{options.program} is not there: ./dev build")
    with tempfile.TemporaryDirectory(prefix="fairprice-panel-") as temporary:
        work = options.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        policy = write_policy(work)
        show(COLUMNS)
        show(["---", "---"] + ["---:"] * (len(COLUMNS) - 2))
        for period in months_between(options.first, options.last):
            try:
                _, day = write_month(panel, period, work / period / "month", options.simulated_shops)
            except Skip as skip:
                print(skip, file=sys.stderr)
                continue
            show([period, day, *run_month(options.program, policy, period, work / period / "month", work / period / "result")])


if __name__ == "__main__":
    main()
