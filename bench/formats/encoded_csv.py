#!/usr/bin/env python3
"""Reads the quotes of one month in UTF-8, GB18030 and UTF-16, in turn, and says how many rows a second each gives.

    python3 bench/formats/encoded_csv.py [--quotes 1000000] [--runs 5] [--threads 1] [--build build/release]

The month is the generator's; the same rows stand in each folder. Before a figure is printed, the assessments of all must be equal byte by
byte. The seconds are those of the stage that reads quotes (--timings). Prints Markdown."""

import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERIOD = "2023-11"
ENCODINGS = {"UTF-8": "utf-8", "GB18030": "gb18030", "UTF-16": "utf-16"}


def make_months(generator, quotes, folder):
    plain = folder / "UTF-8"
    sizes = {"quotes": quotes, "models": max(4, quotes // 100), "listings": quotes // 20, "orders": quotes // 12, "suppliers": quotes // 300 + 4}
    options = [text for name, value in sizes.items() for text in (f"--{name}", str(value))]
    subprocess.run([generator, "--output", plain, "--period", PERIOD, *options], check=True, stdout=subprocess.DEVNULL)
    text = (plain / "quotes.csv").read_text(encoding="utf-8")
    months = {"UTF-8": plain}
    for name, codec in ENCODINGS.items():
        if name in months:
            continue
        months[name] = folder / name
        months[name].mkdir()
        for file in plain.iterdir():
            if file.name != "quotes.csv":
                (months[name] / file.name).symlink_to(file)
        with open(months[name] / "quotes.csv", "w", encoding=codec, newline="") as out:
            out.write(text)
    return months


def run(program, month, output, threads):
    """Seconds of the stage, and the assessments."""
    done = subprocess.run([program, "run", "--period", PERIOD, "--input", month, "--output", output, "--threads", str(threads), "--timings",
                           "--quiet"], check=True, capture_output=True, text=True)
    return float(re.search(r"^read quotes +([0-9.]+) s", done.stderr, re.M)[1]), (output / "assessments.csv").read_bytes()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quotes", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairprice-encodings-") as name:
        folder = pathlib.Path(name)
        months = make_months(given.build / "bench" / "province_month", given.quotes, folder)
        seconds = {name: [] for name in months}
        answers = {}
        for _ in range(given.runs):
            for name, month in months.items():
                taken, answers[name] = run(given.build / "fairprice", month, folder / "out", given.threads)
                seconds[name].append(taken)
                if answers[name] != answers["UTF-8"]:
                    sys.exit(f"{name}: the assessments are not those of UTF-8")
        print(f"{given.quotes:,} quotes, threads: {given.threads}; median of {given.runs} runs; assessments equal\n".replace(",", " ", 2))
        print("| encoding | s reading quotes | speed beside UTF-8 |\n|---|---:|---:|")
        plain = statistics.median(seconds["UTF-8"])
        for name, runs in seconds.items():
            print(f"| {name} | {statistics.median(runs):.3f} | {plain / statistics.median(runs):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
