#!/usr/bin/env python3
"""The sample month: every planted case is found, and nothing else is flagged by accident.

    python3 tests/golden/run_sample.py --program build/release/fairprice

Runs data/sample/2023-11 and the smaller 2023-10 and holds the outputs against data/sample/expected*.csv; a listing that they do not name must be
within_range without a notice. Also: data/sample/make_sample.py still writes the month that is there.
Last line: "N passed, M failed", a check each."""

import argparse
import csv
import gzip
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

SAMPLE = pathlib.Path(__file__).resolve().parent.parent.parent / "data" / "sample"
SHOWN = 20


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_set(rows, columns):
    return {tuple(row[column] for column in columns) for row in rows}


def both_ways(expected, got):
    """What only one side has, as lines."""
    return ([f"expected, but not there: {', '.join(row)}" for row in sorted(expected - got)]
            + [f"there, but not expected: {', '.join(row)}" for row in sorted(got - expected)])


def decisions(output):
    """Each planted listing has its decision and notices; every other one is within range without a notice."""
    expected = {row["listing_id"]: (row["decision"], row["notices"]) for row in rows_of(SAMPLE / "expected.csv")}
    wrong, seen = [], set()
    for row in rows_of(output / "assessments.csv"):
        name, got = row["listing_id"], (row["decision"], row["notices"])
        want = expected.get(name, ("within_range", ""))
        seen.add(name)
        if got != want:
            wrong.append(f"{name}: expected {' '.join(want)}, got {' '.join(got)}")
    return wrong + [f"{name}: not assessed" for name in sorted(expected.keys() - seen)]


def october(output):
    """October has the planted dear listings, and nothing else is flagged."""
    expected = {row["listing_id"]: row["decision"] for row in rows_of(SAMPLE / "expected_october.csv")}
    got = {row["listing_id"]: row["decision"] for row in rows_of(output / "october" / "assessments.csv") if row["decision"] != "within_range"}
    return both_ways(set(expected.items()), set(got.items()))


def deals(output):
    """The orders that are not compliant are the planted ones."""
    expected = rows_of(SAMPLE / "expected_orders.csv")
    columns = list(expected[0])
    return both_ways(as_set(expected, columns), as_set((row for row in rows_of(output / "orders.csv") if row["compliant"] == "false"), columns))


def rejects(output):
    """The rejected rows and emptied cells are the planted ones."""
    expected = rows_of(SAMPLE / "expected_rejects.csv")
    columns = list(expected[0])
    return both_ways(as_set(expected, columns), as_set(rows_of(output / "rejects.csv"), columns))


def parts_of_archive(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def script(_):
    """make_sample.py writes the files that are there (a .gz or .xlsx may be packed differently)."""
    wrong = []
    with tempfile.TemporaryDirectory(prefix="fairprice-sample-") as folder:
        done = subprocess.run([sys.executable, "-B", str(SAMPLE / "make_sample.py"), folder], capture_output=True, text=True)
        if done.returncode != 0:
            return done.stderr.splitlines()[-5:]
        for path in sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file()):
            name = path.relative_to(folder)
            unpack = {".gz": gzip.decompress, ".xlsx": parts_of_archive}.get(path.suffix, bytes)
            if not (SAMPLE / name).exists():
                wrong.append(f"{name}: not in data/sample")
            elif unpack(path.read_bytes()) != unpack((SAMPLE / name).read_bytes()):
                wrong.append(f"{name}: the script writes something else")
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-sample-") as folder:
        output = pathlib.Path(folder) / "output"
        for period, to in (("2023-11", output), ("2023-10", pathlib.Path(folder) / "october")):
            done = subprocess.run([str(given.program), "run", "--period", period, "--input", str(SAMPLE / period), "--output", str(to),
                                   "--lang", "en"], capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1"))
            if done.returncode != 0:
                print(done.stderr)
                print("0 passed, 1 failed")
                return 1
        (output / "october").symlink_to(pathlib.Path(folder) / "october")
        for check in (decisions, october, deals, rejects, script):
            wrong = check(output)
            passed += not wrong
            failed += bool(wrong)
            if wrong:
                print(f"FAIL  {check.__name__}: {check.__doc__}")
                print("\n".join("      " + line for line in wrong[:SHOWN] + [f"and {len(wrong) - SHOWN} more"] * (len(wrong) > SHOWN)))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
