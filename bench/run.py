#!/usr/bin/env python3
"""The benchmark of whole programs: ./dev bench [--quick] [--scale] [--repetitions N] [--readme] [--threads N]

Makes a provincial month, lets fairprice, DuckDB and Polars assess it in turn, compares their answers, and only then writes
build/bench-results.md. See bench/README.md.
"""

import argparse
import csv
import datetime
import hashlib
import itertools
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

# This process stays small: Linux counts the memory of a parent at the fork into its child's peak. So answers are compared row by
# row, and nothing of a month is ever read here as a whole.

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
PERIOD = "2023-11"
FULL = {"models": 100_000, "listings": 520_000, "quotes": 10_000_000, "orders": 840_000, "suppliers": 30_000}
# What people put into notices may grow; the rivals do not make them.
NOT_COMPARED = {"notices"}
MUST_COMPARE = ("listing_id", "decision", "monitoring_price")


class Stop(Exception):
    """A condition that ends the benchmark, with what to do about it."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def grouped(number):
    return f"{number:,}".replace(",", " ")


def scaled(factor):
    return {name: max(4, round(value * factor)) for name, value in FULL.items()}


def find_program(name):
    for folder in (BUILD / "release", BUILD / "release" / "bench"):
        if (folder / name).is_file():
            return folder / name
    return None


# ---- the month ------------------------------------------------------------------------------------------------------------


def data_folder():
    return Path(os.environ.get("FAIRPRICE_BENCH_DATA") or BUILD / "bench-data")


def bytes_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*.csv"))


def make_month(sizes):
    """The month's folder; made when it is not there or comes from other sizes or another generator."""
    generator = find_program("province_month")
    if generator is None:
        raise Stop("build/release has no province_month: configure with -DFAIRPRICE_BENCHMARKS=ON, or use ./dev bench")
    folder = data_folder() / f"quotes-{sizes['quotes']}"
    digest = hashlib.sha256()
    for source in sorted((ROOT / "bench" / "province").glob("*.[ch]pp")):
        if source.name != "floor.cpp":
            digest.update(source.read_bytes())
    made_by = {"sizes": sizes, "period": PERIOD, "generator": digest.hexdigest()}
    mark = folder / "made-by.json"
    if mark.is_file() and json.loads(mark.read_text()) == made_by:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    say(f"making {grouped(sizes['quotes'])} quotes in {folder}")
    options = [text for name, value in sizes.items() for text in (f"--{name}", str(value))]
    subprocess.run([generator, "--output", folder, "--period", PERIOD, *options], check=True, stdout=subprocess.DEVNULL)
    mark.write_text(json.dumps(made_by))
    return folder


# ---- the programs -----------------------------------------------------------------------------------------------------------


class Program:
    def __init__(self, name, command, output=None):
        self.name = name
        self.command = command  # folder of the month, folder for the output -> argument list
        self.has_answers = output is not False


def venv(name, requirement):
    """A Python with the rival in it, and the rival's version; None when it cannot be had."""
    folder = BUILD / "bench-venv" / name
    python = folder / "bin" / "python"
    module = re.match(r"[a-z]+", requirement).group()
    ask = [python, "-c", f"import {module}; print({module}.__version__)"]
    if not python.is_file() or subprocess.run(ask, capture_output=True).returncode != 0:
        say(f"installing {requirement}")
        shutil.rmtree(folder, ignore_errors=True)
        steps = ([sys.executable, "-m", "venv", folder], [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement])
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True)
            if done.returncode != 0:
                why = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
                say(f"{requirement} is skipped: it could not be installed ({why[:200]})")
                return None
    asked = subprocess.run(ask, capture_output=True, text=True)
    if asked.returncode != 0:
        say(f"{requirement} is skipped: it does not start")
        return None
    return python, asked.stdout.strip()


def rivals(threads):
    found = []
    scripts = ROOT / "bench" / "province"
    # 1.5 is the release that the goal was set against; the newest one stands beside it.
    for name, requirement, script in (("DuckDB", "duckdb==1.5.*", "duckdb_run.py"), ("DuckDB", "duckdb", "duckdb_run.py"), ("Polars", "polars", "polars_run.py")):
        got = venv(re.sub(r"[^a-z0-9.]+", "", requirement), requirement)
        if got is None:
            continue
        python, version = got
        if any(program.name == f"{name} {version}" for program in found):
            continue
        limit = ["--threads", str(threads)] if name == "DuckDB" else []

        def command(month, output, python=python, script=script, limit=limit):
            return [python, scripts / script, "--period", PERIOD, "--input", month, "--output", output, *limit]

        found.append(Program(f"{name} {version}", command))
    return found


def fairprice(program, threads, name):
    def command(month, output):
        return [program, "run", "--period", PERIOD, "--input", month, "--output", output, "--threads", str(threads), "--quiet"]

    return Program(name, command)


def floor(threads):
    scan = find_program("province_floor")

    def command(month, output):
        del output
        return [scan, "--input", month, "--threads", str(threads)]

    return Program(f"delimiter scan, {threads} thread{'s' if threads > 1 else ''}", command, output=False) if scan else None


# ---- measuring --------------------------------------------------------------------------------------------------------------


def measure(program, month, output, threads):
    """Wall seconds, CPU seconds and peak resident MB of one run, as the operating system counts them."""
    shutil.rmtree(output, ignore_errors=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    log = output.parent / (output.name + ".log")
    environment = dict(os.environ, POLARS_MAX_THREADS=str(threads))
    with open(log, "wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in program.command(month, output)], stdout=out, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        tail = log.read_text(errors="replace").strip().splitlines()[-3:]
        raise Stop(f"{program.name} ended with status {child.returncode}: {' / '.join(tail)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(ours, theirs, name_ours, name_theirs):
    """Compares two assessments.csv, both sorted by listing_id, in every column that both have. Returns what was compared."""
    with open(ours, encoding="utf-8-sig", newline="") as a, open(theirs, encoding="utf-8-sig", newline="") as b:
        left, right = csv.DictReader(a), csv.DictReader(b)
        columns = [name for name in left.fieldnames or [] if name in (right.fieldnames or []) and name not in NOT_COMPARED]
        missing = [name for name in MUST_COMPARE if name not in columns]
        if missing:
            raise Stop(f"{name_ours} and {name_theirs} have no common column {', '.join(missing)}")
        rows = 0
        for x, y in itertools.zip_longest(left, right):
            if x is None or y is None:
                raise Stop(f"{name_ours if x is None else name_theirs} has fewer listings than the other: it ends after {rows}")
            for column in columns:
                if x[column] != y[column]:
                    raise Stop(f"answers differ, no table is written: listing {x['listing_id']}, {column}: {name_ours} says "
                               f"\"{x[column]}\", {name_theirs} \"{y[column]}\"\n  {ours}\n  {theirs}")
            rows += 1
    return rows, columns


def run_job(month, programs, scans, repetitions, threads):
    """All programs in turn, `repetitions` times; the answers are compared after the first round. name -> list of measures."""
    outputs = BUILD / "bench-output"
    measures = {program.name: [] for program in programs + scans}
    for program in scans or programs[:1]:
        measure(program, month, outputs / "warm-up", threads)  # fills the page cache
    agreed = None
    for round_number in range(repetitions):
        for slot, program in enumerate(programs + scans):
            taken = measure(program, month, outputs / str(slot), threads)
            measures[program.name].append(taken)
            say(f"  {round_number + 1}/{repetitions} {program.name}: {taken[0]:.2f} s, {taken[1]:.2f} CPU s, {taken[2]:.0f} MB")
        if round_number == 0:
            for slot, program in enumerate(programs[1:], start=1):
                agreed = compare(outputs / "0" / "assessments.csv", outputs / str(slot) / "assessments.csv", programs[0].name, program.name)
                say(f"  {programs[0].name} and {program.name} agree: {grouped(agreed[0])} listings, {len(agreed[1])} columns")
    return measures, agreed


# ---- the page ---------------------------------------------------------------------------------------------------------------


def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"


def field(path, pattern):
    found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    return found.group(1) if found else "unknown"


def compiler():
    cache = BUILD / "release" / "CMakeCache.txt"
    if not cache.is_file():
        return first_line(["c++", "--version"])
    path = field(cache, r"^CMAKE_CXX_COMPILER:\w+=(.*)$")
    flags = field(cache, r"^CMAKE_CXX_FLAGS_RELEASE:STRING=(.*)$")
    return f"{first_line([path, '--version'])}, {flags}"


def set_up(threads):
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    commit = first_line(["git", "rev-parse", "--short", "HEAD"]) + (" with changes" if changed else "")
    memory = int(field("/proc/meminfo", r"^MemTotal:\s+(\d+)")) / 1024 / 1024
    model = field("/proc/cpuinfo", r"^model name.*: (.*)$")
    system = field("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)')
    parts = [f"{model}, {os.cpu_count()} cores, {threads} threads used", f"{memory:.0f} GiB RAM", f"{system}, Linux {platform.release()}", compiler(),
             f"commit {commit}", datetime.date.today().isoformat(), "warm page cache, output written"]
    return " · ".join(parts)


def table(job, sizes, month, measures, agreed, ours):
    """Markdown rows of one job. The ratio is a program's median seconds over fairprice's."""
    megabytes = bytes_of(month) / 1e6
    label = f"{job} ({grouped(sizes['quotes'])} quotes, {grouped(sizes['listings'])} listings, {grouped(sizes['orders'])} orders; {megabytes:.0f} MB)"
    base = statistics.median(m[0] for m in measures[ours]) if ours else None
    lines = []
    for name, taken in measures.items():
        wall = [m[0] for m in taken]
        ratio = f"{statistics.median(wall) / base:.2f}" if base else "–"
        scan = name.startswith("delimiter scan")
        answers = "none" if scan else f"equal: {grouped(agreed[0])} × {len(agreed[1])} columns" if agreed else "not compared"
        lines.append(f"| {label} | {name} | {statistics.median(wall):.2f} ({min(wall):.2f}–{max(wall):.2f}) | {ratio} | "
                     f"{statistics.median(m[1] for m in taken):.2f} | {max(m[2] for m in taken):.0f} | {answers} |")
        label = ""
    return lines


def scale_table(program, threads, repetitions):
    lines = ["| quotes | MB | s median (min–max) | s per million quotes | CPU s | peak MB | peak / input |", "|---:|---:|---:|---:|---:|---:|---:|"]
    for factor in (0.1, 1, 10):
        sizes = scaled(factor)
        month = make_month(sizes)
        ours = fairprice(program, threads, "fairprice")
        measures, _ = run_job(month, [ours], [], repetitions, threads)
        taken = measures["fairprice"]
        wall, megabytes, peak = [m[0] for m in taken], bytes_of(month) / 1e6, max(m[2] for m in taken)
        lines.append(f"| {grouped(sizes['quotes'])} | {megabytes:.0f} | {statistics.median(wall):.2f} ({min(wall):.2f}–{max(wall):.2f}) | "
                     f"{statistics.median(wall) / sizes['quotes'] * 1e6:.3f} | {statistics.median(m[1] for m in taken):.2f} | {peak:.0f} | "
                     f"{peak * 1.048576 / megabytes:.2f} |")
    return lines


def into_readme(text):
    readme = ROOT / "README.md"
    if not readme.is_file():
        raise Stop("there is no README.md to write the table into")
    old = readme.read_text(encoding="utf-8")
    new, count = re.subn(r"(<!-- bench -->).*?(<!-- /bench -->)", lambda found: f"{found.group(1)}\n{text}\n{found.group(2)}", old, flags=re.DOTALL)
    if count == 0:
        raise Stop("README.md has no <!-- bench --> and <!-- /bench -->")
    readme.write_text(new, encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only a month of a twentieth of the size, three repetitions")
    parser.add_argument("--repetitions", type=int, metavar="N", help="runs of each program (default 5)")
    parser.add_argument("--scale", action="store_true", help="also fairprice alone on 1, 10 and 100 million quotes (11 GB of disk)")
    parser.add_argument("--readme", action="store_true", help="replace the table in README.md")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of each program (default: all)")
    parser.add_argument("--program", type=Path, default=BUILD / "release" / "fairprice", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.repetitions is not None and given.repetitions < 1:
        parser.error("--repetitions must be at least 1")
    given.repetitions = given.repetitions or (3 if given.quick else 5)
    return given


def benchmark(given):
    programs = []
    there = given.program.is_file()
    if there:
        programs.append(fairprice(given.program, given.threads, "fairprice"))
        if given.threads > 1:
            programs.append(fairprice(given.program, 1, "fairprice, 1 thread"))
    else:
        say(f"fairprice is skipped: {given.program} is not there; ./dev build makes it")
    programs += rivals(given.threads)
    if not programs:
        raise Stop("there is no program to measure")
    lines = [set_up(given.threads), "", "| job (rows, MB) | program | s median (min–max) | ratio | CPU s | peak MB | answers |",
             "|---|---|---:|---:|---:|---:|---|"]
    jobs = [("a small mall", 1 / 20)] if given.quick else [("a small mall", 1 / 20), ("a provincial month", 1)]
    for job, factor in jobs:
        sizes = scaled(factor)
        month = make_month(sizes)
        say(f"{job}: {grouped(bytes_of(month))} bytes")
        scans = [scan for scan in (floor(1), floor(given.threads) if given.threads > 1 else None) if scan]
        measures, agreed = run_job(month, programs, scans, given.repetitions, given.threads)
        lines += table(job, sizes, month, measures, agreed, "fairprice" if there else None)
    if given.scale and there:
        lines += ["", "fairprice alone:", "", *scale_table(given.program, given.threads, min(3, given.repetitions))]
    options = [text for text, wanted in (("--quick", given.quick), ("--scale", given.scale)) if wanted]
    again = " ".join(["./dev bench", *options, f"--repetitions {given.repetitions}"])
    lines += ["", f"Made by `{again}`. Ratio: a program's median seconds over fairprice's. Peak: the largest resident set of any run, mapped pages included. "
              "The rivals do less: they make no notices but those that decide, no other output file, and read clean numbers only."]
    return "\n".join(lines)


def main():
    given = arguments()
    results = BUILD / "bench-results.md"
    try:
        results.unlink(missing_ok=True)  # so that no table outlives the answers it was made with
        text = benchmark(given)
        results.parent.mkdir(exist_ok=True)
        results.write_text(text + "\n", encoding="utf-8")
        print(text)
        if given.readme:
            into_readme(text)
    except Stop as stop:
        say(f"bench: {stop}")
        return 1
    except subprocess.CalledProcessError as error:
        say(f"bench: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
