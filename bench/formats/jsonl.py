#!/usr/bin/env python3
"""Turns a file of JSON Lines (quotes of a market, 17 keys) into CSV with the engine and with the readers that can be installed beside it, in
turn, each on one core.

    python3 bench/formats/jsonl.py [--megabytes 200] [--runs 7] [--build build/release] [--venv build/bench-venv]

simdjson (Debian's, On-Demand) and RapidJSON's tree are programs beside this one that keep the CSV in memory, as the engine's does; polars and
orjson come from PyPI into the venv; polars writes its CSV into memory, orjson's objects go through Python's csv module. Before a time is
printed, the CSV of each is compared with the engine's: byte by byte for the programs, cell by cell for the others (a price that went through
floating point counts as changed). Prints Markdown."""

import argparse
import csv
import io
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = ["channel", "shop", "shop_type", "brand", "model", "title", "barcode", "spec", "unit", "pack_size", "price", "date", "region",
         "in_stock", "price_kind", "tax_included", "url", "captured_at"]

POLARS = """
import io, sys, polars
columns = sys.argv[2].split(",")
frame = polars.read_ndjson(sys.argv[1])
for name in columns:
    if name not in frame.columns:
        frame = frame.with_columns(polars.lit(None).alias(name))
out = io.BytesIO()
frame.select(columns).write_csv(out, include_header=False)
if len(sys.argv) == 3:
    sys.stdout.buffer.write(out.getvalue())
"""
ORJSON = """
import csv, io, sys, orjson
columns = sys.argv[2].split(",")
out = io.StringIO()
writer = csv.writer(out, lineterminator="\\n")
words = {True: "true", False: "false", None: ""}
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        record = orjson.loads(line)
        row = [record.get(name) for name in columns]
        writer.writerow([words[v] if v is None or v is True or v is False else v for v in row])
if len(sys.argv) == 3:
    sys.stdout.buffer.write(out.getvalue().encode())
"""


def generate(path, megabytes):
    """The same file for the same size."""
    chance = random.Random(5)
    brands = ["得力", "惠普", "联想", "晨光", "HP", "Canon", "齐心", "得实"]
    size = 0
    with open(path, "wb") as out:
        while size < megabytes * 1_000_000:
            model = f"{chance.choice('ABCDM')}{chance.randint(100, 9999)}{chance.choice(['', 'fdw', 'dn'])}"
            brand = chance.choice(brands)
            price = chance.choice([f"{chance.randint(10, 9999)}.{chance.randint(0, 99):02}", str(chance.randint(10, 9999))])
            line = (f'{{"channel":"{chance.choice(["ecommerce", "store"])}","shop":"{brand}旗舰店{chance.randint(1, 500)}",'
                    f'"shop_type":"{chance.choice(["self_operated", "flagship", "third_party"])}","brand":"{brand}","model":"{model}",'
                    f'"title":"{brand} {model} 激光多功能一体机 {chance.randint(10, 60)}页/分, 自动双面 \\"A4\\" 打印",'
                    f'"barcode":"69{chance.randrange(10 ** 11):011}","unit":"台","pack_size":1,"price":{price},'
                    f'"date":"2023-11-{chance.randint(1, 30):02}","region":"湖北","in_stock":{chance.choice(["true", "false"])},'
                    f'"price_kind":"regular","tax_included":true,"url":"https://item.example.com/{chance.randrange(10 ** 9)}.html",'
                    f'"captured_at":null}}\n').encode()
            size += len(line)
            out.write(line)


def measured(command):
    """Seconds of the processor, seconds by the clock, and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e6


def answer(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def agreement(ours, theirs):
    if ours == theirs:
        return "the same bytes"
    changed = {}
    rows = list(csv.reader(io.StringIO(ours.decode())))
    others = list(csv.reader(io.StringIO(theirs.decode())))
    if len(rows) != len(others):
        raise SystemExit(f"{len(rows)} rows and {len(others)} rows")
    for row, other in zip(rows, others):
        for name, a, b in zip(TABLE, row, other):
            if a != b:
                changed[name] = changed.get(name, 0) + 1
    if set(changed) - {"price"}:
        raise SystemExit(f"cells differ: {changed}")
    return f"{changed['price']} prices of {len(rows)} changed" if changed else "the same cells"


def prepare(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "polars", "orjson"], check=True)
    return str(python)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--megabytes", type=int, default=200)
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    arguments.add_argument("--venv", type=pathlib.Path, default=ROOT / "build" / "bench-venv")
    given = arguments.parse_args()
    programs = given.build / "bench" / "formats"
    python = prepare(given.venv)
    os.environ["POLARS_MAX_THREADS"] = "1"
    path = str(given.build / f"bench-quotes-{given.megabytes}.jsonl")
    if not pathlib.Path(path).exists():
        generate(path, given.megabytes)

    # Without and with what keeps the CSV to itself.
    rivals = {"fairprice": ([str(programs / "json_csv"), path, "quotes"], ["--count"])}
    for name, program in {"simdjson, On-Demand": "jsonl_simdjson", "RapidJSON, Document": "jsonl_rapidjson"}.items():
        if (programs / program).exists():
            rivals[name] = ([str(programs / program), path, *TABLE], ["--count"])
        else:
            print(f"skipped: {name}: {program} was not built")
    rivals["polars"] = ([python, "-c", POLARS, path, ",".join(TABLE)], ["count"])
    rivals["orjson and csv"] = ([python, "-c", ORJSON, path, ",".join(TABLE)], ["count"])

    results = {name: [] for name in rivals}
    for _ in range(given.runs):
        for name, (command, count) in rivals.items():
            results[name].append(measured(command + count))

    # Afterwards: what this program holds would count as the memory of what it starts.
    ours = answer(rivals["fairprice"][0])
    answers = {name: agreement(ours, answer(command)) for name, (command, _) in rivals.items()}

    size = os.path.getsize(path) / 1e6
    records = ours.count(b"\n")
    mine = statistics.median(run[0] for run in results["fairprice"])
    print(f"\n{size:.0f} MB, {records} records; processor seconds, median of {given.runs} runs (lowest to highest)\n")
    print("| reader | seconds | MB/s a core | to fairprice | peak memory, MB | answer |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        seconds = sorted(run[0] for run in runs)
        middle = statistics.median(seconds)
        print(f"| {name} | {middle:.2f} ({seconds[0]:.2f} to {seconds[-1]:.2f}) | {size / middle:.0f} | {middle / mine:.2f} | "
              f"{statistics.median(run[2] for run in runs):.0f} | {answers[name]} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
