"""Holds the engine's reading of workbooks against openpyxl's, cell by cell.

    python3 bench/formats/xlsx_compare.py --program build/release/bench/formats/xlsx_csv WORKBOOK...

openpyxl gives values, the engine what a CSV would say, so each value is brought to text by rules written here again: dates as ISO, numbers
by `repr` or to 15 digits, TRUE and FALSE, line ends as spaces. Ends with "N sheets agree, M differ"."""

import argparse
import csv
import datetime
import decimal
import io
import re
import subprocess
import sys

import openpyxl

# Where the text says more than the value: a month shown alone, a percent sign, a unit in the format.
PERCENT = re.compile(r'^(?:[^"\\;]|"[^"]*"|\\.)*%')


def number(value):
    if isinstance(value, int):
        return str(value)
    shown = decimal.Decimal(f"{value:.15g}")
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        value = (value + datetime.timedelta(microseconds=500000)).replace(microsecond=0)
        return value.strftime("%Y-%m-%d") if value.time() == datetime.time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, (int, float)):
        if PERCENT.match(cell.number_format or ""):
            return number(value * 100) + "%"
        return number(value)
    text = re.sub("\r\n|[\x00-\x1f\x7f]", " ", value)
    return text if text.strip() else ""


def expected(sheet):
    rows = []
    for row in sheet.iter_rows():
        cells = [text_of(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def found(program, path, title):
    done = subprocess.run([program, path, title], capture_output=True)
    if done.returncode != 0:
        return done.stderr.decode()
    rows = []
    for line in done.stdout.decode().split("\n"):
        cells = next(csv.reader(io.StringIO(line)), [])
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def same(ours, theirs):
    return ours == theirs or (ours + "-01" == theirs and re.fullmatch(r"\d{4}-\d\d", ours) is not None)


def difference(ours, theirs):
    if isinstance(ours, str):
        return ours.strip()
    for number_, (a, b) in enumerate(zip(ours, theirs), start=1):
        if len(a) != len(b) or not all(same(x, y) for x, y in zip(a, b)):
            return f"row {number_}: engine {a}, openpyxl {b}"
    return None if len(ours) == len(theirs) else f"engine {len(ours)} rows, openpyxl {len(theirs)}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", required=True)
    arguments.add_argument("workbooks", nargs="+")
    given = arguments.parse_args()
    agree = differ = 0
    for path in given.workbooks:
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book.worksheets:
            wrong = difference(found(given.program, path, sheet.title), expected(sheet))
            if wrong is None:
                agree += 1
            else:
                differ += 1
                print(f"{path}, sheet {sheet.title!r}: {wrong}")
    print(f"{agree} sheets agree, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
