#!/usr/bin/env python3
"""Golden months: one folder each, the whole run compared byte for byte, three times.

    python3 tests/golden/run_golden.py --program build/release/fairprice [--accept] [NAME...]

A case is tests/golden/<name>/ with
    input/       the tables of one month
    policy.json  if there, given as --policy; the file "policy" names a shipped policy instead
    period       if there, the period; else 2023-11
    args         if there, further arguments, one a line
    expected/    the files of the output folder that are compared

All files are compared byte for byte, but for two: orders.csv and rejects.csv may leave columns out (texts in a language), and are
compared by the columns that they have, rejects.csv in any order of rows.

Each case runs on one thread, on two, and on two with the rows of every table in reverse order. The third may differ only where
the contract lets it: in file, line and message of rejects.csv, and in the `inputs` object of summary.json.
--accept writes expected/ anew from the first run, after showing the difference. Last line: "N passed, M failed"."""

import argparse
import csv
import difflib
import gzip
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES_SHOWN = 10  # of those that fail, with what differs; the others by name
BY_COLUMNS = ("orders.csv", "rejects.csv")
BY_PLACE = ("file", "line", "message")


def records_of(data):
    """The records of a CSV or TSV file as they stand, each with its line end; a quoted cell may hold line ends."""
    records, start, quoted = [], 0, False
    for at, byte in enumerate(data):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x0A and not quoted:
            records.append(data[start: at + 1])
            start = at + 1
    if start < len(data):
        records.append(data[start:])
    return records


def reverse_rows(path):
    packed = path.suffix == ".gz"
    if path.suffixes[-2 if packed else -1:][0] not in (".csv", ".tsv"):
        return
    data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    records = records_of(data)
    if not records[-1:] or not records[-1].endswith(b"\n"):
        records[-1:] = [b"".join(records[-1:]) + b"\n"]
    data = b"".join(records[:1] + records[:0:-1])
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_csv(columns, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column) or "" for column in columns] for row in rows)
    return text.getvalue().encode()


def as_compared(name, want, got, places):
    """Both contents, brought to the form in which they must be equal. Without `places`, what may depend on the order of rows goes."""
    if name in BY_COLUMNS:
        wanted, found = rows_of(want), rows_of(got)
        columns = list(wanted[0]) if wanted else want.decode("utf-8").strip().split(",")
        if name == "rejects.csv":
            columns = [column for column in columns if places or column not in BY_PLACE]
            wanted, found = (sorted(rows, key=lambda row: [row.get(column) or "" for column in columns]) for rows in (wanted, found))
        return as_csv(columns, wanted), as_csv(columns, found)
    if name == "summary.json" and not places:
        return tuple(json.dumps({key: value for key, value in json.loads(data).items() if key != "inputs"}, ensure_ascii=False, indent=1)
                     .encode() for data in (want, got))
    return want, got


def run_month(program, case, source, output, threads):
    period = (case / "period").read_text().strip() if (case / "period").exists() else "2023-11"
    command = [str(program), "run", "--period", period, "--input", str(source), "--output", str(output), "--lang", "en",
               "--threads", str(threads)]
    if (case / "policy.json").exists():
        command += ["--policy", str(case / "policy.json")]
    elif (case / "policy").exists():
        command += ["--policy", (case / "policy").read_text().strip()]
    if (case / "args").exists():
        command += (case / "args").read_text(encoding="utf-8").splitlines()
    environment = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, env=environment)
    if done.returncode != 0:
        return [f"exit status {done.returncode}", *done.stderr.decode("utf-8", "replace").splitlines()[:12]]
    return []


def difference(name, expected, got):
    lines = list(difflib.unified_diff(expected.decode("utf-8", "replace").splitlines(), got.decode("utf-8", "replace").splitlines(),
                                      f"{name} (expected)", f"{name} (got)", lineterm="", n=1))
    if not lines:
        lines = [f"{name}: differs in bytes that do not show (line ends, encoding)"]
    return lines[:80] + ([f"... {len(lines) - 80} more lines"] if len(lines) > 80 else [])


def compare(expected, output, places):
    wrong = []
    for path in sorted(path for path in expected.rglob("*") if path.is_file()):
        name = str(path.relative_to(expected))
        if not (output / name).is_file():
            wrong.append(f"{name} was not written")
            continue
        want, got = as_compared(name, path.read_bytes(), (output / name).read_bytes(), places)
        if want != got:
            wrong.extend(difference(name, want, got))
    return wrong


def accept_case(case, output):
    expected = case / "expected"
    names = [path.relative_to(expected) for path in expected.rglob("*") if path.is_file()] if expected.is_dir() else []
    names = names or [path.relative_to(output) for path in output.rglob("*") if path.is_file()]
    for name in names:
        if (output / name).is_file() and (expected / name).is_file():
            _, got = as_compared(str(name), (expected / name).read_bytes(), (output / name).read_bytes(), True)
            (expected / name).write_bytes(got)
        elif (output / name).is_file():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / name, expected / name)
        else:
            (expected / name).unlink()


def run_case(program, case, accept, show):
    """Returns (runs that agreed, runs that did not), and prints what differs."""
    with tempfile.TemporaryDirectory(prefix="fairprice-golden-") as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(case / "input", folder / "reversed")
        for path in sorted((folder / "reversed").rglob("*")):
            if path.is_file():
                reverse_rows(path)
        runs = [("1 thread", case / "input", 1, True), ("2 threads", case / "input", 2, True),
                ("rows reversed", folder / "reversed", 2, False)]
        good = bad = 0
        for at, (what, source, threads, places) in enumerate(runs):
            output = folder / f"output-{at}"
            wrong = run_month(program, case, source, output, threads)
            if not wrong:
                if not (case / "expected").is_dir():
                    wrong = ["no folder expected/: ./dev golden --accept makes it"]
                else:
                    wrong = compare(case / "expected", output, places)
                if accept and at == 0 and wrong:
                    accept_case(case, output)
            if wrong:
                bad += 1
                print(f"FAIL  {case.name}, {what}")
                if show:
                    print("\n".join("      " + line for line in wrong), flush=True)
            else:
                good += 1
        return good, bad


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("--accept", action="store_true", help="write the expected files anew")
    arguments.add_argument("names", nargs="*", help="only these cases")
    given = arguments.parse_args()
    if given.accept and os.environ.get("CI") == "true":
        print("golden files are not accepted in CI")
        return 2

    passed = failed = 0
    for case in sorted(path for path in HERE.iterdir() if (path / "input").is_dir()):
        if given.names and case.name not in given.names:
            continue
        good, bad = run_case(given.program.resolve(), case, given.accept, given.accept or failed < CASES_SHOWN)
        passed += good
        failed += bad
    if given.accept and failed:
        print("the expected files were written anew where they differed: a changed number needs a line in CHANGELOG.md, Results")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
