"""One run of duckdb.sql over a month: duckdb_run.py --input DIR --output DIR --period YYYY-MM [--threads N] [--timings]."""

import argparse
import datetime
import glob
import os
import sys
import time

import duckdb


def statements(path):
    """The script's statements; none of its literals holds a semicolon at the end of a line."""
    with open(path, encoding="utf-8") as script:
        text = script.read()
    return [part for part in (piece.strip() for piece in text.split(";\n")) if part]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--input", required=True)
    arguments.add_argument("--output", required=True)
    arguments.add_argument("--period", default="2023-11")
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--timings", action="store_true")
    given = arguments.parse_args()

    os.makedirs(given.output, exist_ok=True)
    quotes = sorted(glob.glob(os.path.join(given.input, "quotes", "*.csv"))) or [os.path.join(given.input, "quotes.csv")]
    connection = duckdb.connect(config={"threads": given.threads})
    connection.execute("SET preserve_insertion_order = false")
    year, month = given.period.split("-")
    for name, value in (("input", given.input), ("output", os.path.join(given.output, "assessments.csv")), ("quotes", quotes),
                        ("first_day", datetime.date(int(year), int(month), 1))):
        connection.execute(f"SET VARIABLE {name} = $1", [value])
    for statement in statements(os.path.join(os.path.dirname(os.path.abspath(__file__)), "duckdb.sql")):
        start = time.perf_counter()
        connection.execute(statement)
        if given.timings:
            code = [line for line in statement.splitlines() if line and not line.startswith("--")]
            print(f"{time.perf_counter() - start:8.3f} s  {code[0][:100]}", file=sys.stderr)


if __name__ == "__main__":
    main()
