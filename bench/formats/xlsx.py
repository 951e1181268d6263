#!/usr/bin/env python3
"""Reads a workbook of 200 000 rows and twelve columns with the engine and with the readers that can be installed beside it, in turn.

    python3 bench/formats/xlsx.py [--rows 200000] [--runs 5] [--build build/release] [--venv build/bench-venv]

python-calamine (Rust) and openpyxl come from PyPI into the venv. Every program reads every cell; the engine also writes the CSV into memory,
calamine makes Python's objects (its opening alone, all of it in Rust, has a row of its own). Before a time is printed, all cells are
compared with openpyxl's (xlsx_compare.py). Prints Markdown."""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]

CALAMINE = """
import sys, time, python_calamine
start = time.perf_counter()
sheet = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
opened = time.perf_counter() - start
cells = sum(len(row) for row in sheet.iter_rows())
print(opened)
"""
OPENPYXL = """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]
cells = sum(len(row) for row in sheet.iter_rows(values_only=True))
print(0)
"""


def measured(command):
    """Seconds, peak memory in MB, and what was printed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = process.stdout.read().decode()
    process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed")
    return time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e6, said


def prepare(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "python-calamine", "openpyxl"], check=True)
    return str(python)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=200_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    arguments.add_argument("--venv", type=pathlib.Path, default=ROOT / "build" / "bench-venv")
    given = arguments.parse_args()
    programs = given.build / "bench" / "formats"
    python = prepare(given.venv)

    path = str(given.build / "bench-quotes.xlsx")
    subprocess.run([programs / "xlsx_make", path, str(given.rows)], check=True)
    subprocess.run([python, "-W", "ignore", HERE / "xlsx_compare.py", "--program", programs / "xlsx_csv", path], check=True)

    rivals = {
        "fairprice": [str(programs / "xlsx_csv"), path, "--count"],
        "python-calamine": [python, "-c", CALAMINE, path],
        "openpyxl, read-only": [python, "-c", OPENPYXL, path],
    }
    results = {name: [] for name in rivals}
    for _ in range(given.runs):
        for name, command in rivals.items():
            results[name].append(measured(command))

    ours = statistics.median(run[0] for run in results["fairprice"])
    print(f"\n{given.rows} rows, 12 columns, {os.path.getsize(path) / 1e6:.1f} MB; median of {given.runs} runs\n")
    print("| reader | seconds | to fairprice | peak memory, MB |")
    print("|---|---|---|---|")
    for name, runs in results.items():
        seconds = statistics.median(run[0] for run in runs)
        print(f"| {name} | {seconds:.2f} | {seconds / ours:.2f} | {statistics.median(run[1] for run in runs):.0f} |")
    opened = statistics.median(float(run[2]) for run in results["python-calamine"])
    print(f"| calamine's opening alone | {opened:.2f} | {opened / ours:.2f} | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
