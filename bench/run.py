#!/usr/bin/env python3
"""The benchmark of whole programs: ./dev bench [--quick] [--scale] [--repetitions N] [--readme] [--threads N]; ./dev bench --stages

Makes a provincial month, lets fairprice, DuckDB and Polars assess it in turn, compares their answers, and only then writes
build/bench-results.md. With --stages: the stages one by one, build/bench-stages.md. See bench/README.md.
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
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

sys.dont_write_bytecode = True  # the tree stays as it is

from page import WORDS, between_marks, grouped, page  # noqa: E402
from stages import run_stages  # noqa: E402

# This process stays small: Linux counts the memory of a parent at the fork into its child's peak. So answers are compared row by
# row, and nothing of a month is ever read here as a whole.

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
PERIOD = "2023-11"
FULL = {"models": 100_000, "listings": 520_000, "quotes": 10_000_000, "orders": 840_000, "suppliers": 30_000}
# What people put into notices may grow; the rivals do not make them.
NOT_COMPARED = {"notices"}
MUST_COMPARE = ("listing_id", "decision", "monitoring_price")
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
SCALES = (0.1, 1, 10)  # of a province: 1, 10 and 100 million quotes

# Of one run: wall and CPU seconds, and the peak of its resident set in bytes.
Taken = namedtuple("Taken", "seconds cpu peak")
# A month with what was measured on it. agreed: program -> rows and columns that were compared with those of `ours`, all equal.
Job = namedtuple("Job", "name sizes bytes programs ours measures agreed")


class Stop(Exception):
    """A condition that ends the benchmark, with what to do about it."""


def say(text):
    print(text, file=sys.stderr, flush=True)


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


def month_of(sizes):
    """Where a month of these sizes is kept, what tells it from another one, and whether it is there already."""
    folder = data_folder() / f"quotes-{sizes['quotes']}"
    digest = hashlib.sha256()
    for source in sorted((ROOT / "bench" / "province").glob("*.[ch]pp")):
        if source.name != "floor.cpp":
            digest.update(source.read_bytes())
    made_by = {"sizes": sizes, "period": PERIOD, "generator": digest.hexdigest()}
    mark = folder / "made-by.json"
    return folder, made_by, mark.is_file() and json.loads(mark.read_text()) == made_by


def bytes_needed(sizes):
    """What a month takes on disk, a little above what was measured."""
    return 75 * sizes["quotes"] + 130 * sizes["listings"] + 135 * sizes["orders"] + 110 * sizes["models"]


def check_disk(jobs):
    """Stops before anything is made when there is no room. `jobs`: (sizes, how many programs write their outputs of them at a time)."""
    wanted = {}
    folder = data_folder()
    months = {sizes["quotes"]: sizes for sizes, _ in jobs}.values()
    missing = [(folder, bytes_needed(sizes)) for sizes in months if not month_of(sizes)[2]]
    outputs = (BUILD, max(220 * (1 + programs) * sizes["listings"] for sizes, programs in jobs))  # 1: the run that warms the page cache
    for place, size in [*missing, outputs]:
        while not place.exists():
            place = place.parent
        device = place.stat().st_dev
        wanted[device] = (place, wanted.get(device, (place, 0))[1] + size)
    for place, size in wanted.values():
        free = shutil.disk_usage(place).free
        say(f"disk: about {size / 1e9:.1f} GB needed, {free / 1e9:.1f} GB free")
        if size > free:
            raise Stop(f"the disk has {free / 1e9:.1f} GB free, and about {size / 1e9:.1f} GB are needed: make room, or name a folder on another disk "
                       "with FAIRPRICE_BENCH_DATA")


def make_month(sizes):
    """The month's folder; made when it is not there or comes from other sizes or another generator."""
    generator = find_program("province_month")
    if generator is None:
        raise Stop("build/release has no province_month: configure with -DFAIRPRICE_BENCHMARKS=ON, or use ./dev bench")
    folder, made_by, there = month_of(sizes)
    if there:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    say(f"making {grouped(sizes['quotes'])} quotes")
    options = [text for name, value in sizes.items() for text in (f"--{name}", str(value))]
    subprocess.run([generator, "--output", folder, "--period", PERIOD, *options], check=True, stdout=subprocess.DEVNULL)
    (folder / "made-by.json").write_text(json.dumps(made_by))
    return folder


# ---- the programs -----------------------------------------------------------------------------------------------------------


class Program:
    def __init__(self, name, command, zh=None, has_answers=True):
        self.name = name
        self.names = {"en": name, "zh": zh or name}
        self.command = command  # folder of the month, folder for the output -> argument list
        self.has_answers = has_answers


def venv(name, requirement):
    """A Python with the rival in it, and the rival's version; None when it cannot be had."""
    folder = BUILD / "bench-venv" / name
    python = folder / "bin" / "python"
    module = re.match(r"[a-z]+", requirement).group()
    ask = [python, "-c", f"import {module}; print({module}.__version__)"]
    if not python.is_file() or subprocess.run(ask, capture_output=True).returncode != 0:
        say(f"installing {requirement}")
        shutil.rmtree(folder, ignore_errors=True)
        steps = ([sys.executable, "-m", "venv", folder],
                 [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", requirement])
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
    """The rivals that can be had, and what those that cannot are called."""
    found, skipped = [], []
    scripts = ROOT / "bench" / "province"
    # 1.5 is the release that the goal was set against; the newest one stands beside it.
    for name, requirement, script in (("DuckDB", "duckdb==1.5.*", "duckdb_run.py"), ("DuckDB", "duckdb", "duckdb_run.py"), ("Polars", "polars", "polars_run.py")):
        got = venv(re.sub(r"[^a-z0-9.]+", "", requirement), requirement)
        if got is None:
            skipped.append(" ".join([name, *re.findall(r"[0-9]+\.[0-9]+", requirement)]))
            continue
        python, version = got
        if any(program.name == f"{name} {version}" for program in found):
            continue
        limit = ["--threads", str(threads)] if name == "DuckDB" else []

        def command(month, output, python=python, script=script, limit=limit):
            return [python, scripts / script, "--period", PERIOD, "--input", month, "--output", output, *limit]

        found.append(Program(f"{name} {version}", command))
    return found, skipped


def fairprice(program, threads, name="fairprice", zh=None):
    def command(month, output):
        return [program, "run", "--period", PERIOD, "--input", month, "--output", output, "--threads", str(threads), "--quiet"]

    return Program(name, command, zh)


def floor(threads):
    scan = find_program("province_floor")

    def command(month, output):
        del output
        return [scan, "--input", month, "--threads", str(threads)]

    name = f"delimiter scan, {threads} thread{'s' if threads > 1 else ''}"
    return Program(name, command, zh=f"只找分隔符，{threads} 个线程", has_answers=False) if scan else None


# ---- measuring --------------------------------------------------------------------------------------------------------------


def measure(program, month, output, threads):
    """One run, as the operating system counts it."""
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
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


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


def run_job(name, sizes, programs, repetitions, threads):
    """All programs in turn, `repetitions` times. After the first round the answers are compared, and only then is a time said."""
    month = make_month(sizes)
    job = Job(name, sizes, bytes_of(month), programs, "fairprice", {program.name: [] for program in programs}, {})
    say(f"{WORDS['en'].get(name, name)}: {grouped(job.bytes)} bytes")
    outputs = BUILD / "bench-output"
    scans = [program for program in programs if not program.has_answers]
    measure((scans or programs)[0], month, outputs / "warm-up", threads)  # fills the page cache
    answering = [(slot, program) for slot, program in enumerate(programs) if program.has_answers]
    for round_number in range(repetitions):
        for slot, program in enumerate(programs):
            job.measures[program.name].append(measure(program, month, outputs / str(slot), threads))
        if round_number == 0:
            first, base = answering[0]
            for slot, program in answering[1:]:
                job.agreed[program.name] = compare(outputs / str(first) / "assessments.csv", outputs / str(slot) / "assessments.csv", base.name, program.name)
                rows, columns = job.agreed[program.name]
                say(f"  {base.name} and {program.name} agree: {grouped(rows)} listings, {len(columns)} columns")
        for program in programs:
            taken = job.measures[program.name][-1]
            say(f"  {round_number + 1}/{repetitions} {program.name}: {taken.seconds:.2f} s, {taken.cpu:.2f} CPU s, {taken.peak / 1e6:.0f} MB")
    shutil.rmtree(outputs, ignore_errors=True)
    return job


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


def set_up(threads, language="en"):
    words = WORDS[language]
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    commit = first_line(["git", "rev-parse", "--short", "HEAD"]) + (words["changed"] if changed else "")
    memory = int(field("/proc/meminfo", r"^MemTotal:\s+(\d+)")) / 1024 / 1024
    model = field("/proc/cpuinfo", r"^model name.*: (.*)$")
    system = field("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)')
    return " · ".join([f"{model}, {words['cores'].format(cores=os.cpu_count(), threads=threads)}", f"{memory:.0f} GiB RAM",
                       f"{system}, Linux {'.'.join(platform.release().split('.')[:2])}", compiler(), f"commit {commit}", datetime.date.today().isoformat()])


def put_into_readmes(pages):
    """Between the marks of both pages: {} for `pages` looks whether the marks are there, before hours are spent."""
    for language, path in READMES.items():
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        new = between_marks(text, pages.get(language, ""))
        if new is None:
            raise Stop(f"{path.name} does not have <!-- bench --> and <!-- /bench --> once each")
        if pages:
            path.write_text(new, encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only a month of a twentieth of the size, three repetitions")
    parser.add_argument("--repetitions", type=int, metavar="N", help="runs of each program (default 5)")
    parser.add_argument("--scale", action="store_true", help="also fairprice alone on 1, 10 and 100 million quotes (about 13 GB of disk)")
    parser.add_argument("--readme", action="store_true", help="replace the table in README.md and README.zh.md")
    parser.add_argument("--stages", action="store_true", help="only the stages of fairprice, each beside a peer")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of each program (default: all)")
    parser.add_argument("--program", type=Path, default=BUILD / "release" / "fairprice", help=argparse.SUPPRESS)
    given = parser.parse_args()
    for name in ("repetitions", "threads"):
        if getattr(given, name) is not None and getattr(given, name) < 1:
            parser.error(f"--{name} must be at least 1")
    if given.stages and (given.scale or given.readme):
        parser.error("--stages goes with --quick and --repetitions alone")
    given.repetitions = given.repetitions or (3 if given.quick else 5)
    options = [text for text, wanted in (("--stages", given.stages), ("--quick", given.quick), ("--scale", given.scale)) if wanted]
    options += [f"--repetitions {given.repetitions}"] + ([f"--threads {given.threads}"] if given.threads != os.cpu_count() else [])
    given.again = " ".join(["./dev bench", *options])
    return given


def benchmark(given):
    """The page in both languages; also puts the largest month into the READMEs when asked to."""
    if given.readme:
        put_into_readmes({})
    programs, skipped = [], []
    there = given.program.is_file()
    if there:
        programs.append(fairprice(given.program, given.threads))
        if given.threads > 1:
            programs.append(fairprice(given.program, 1, "fairprice, 1 thread", "fairprice，1 个线程"))
    else:
        if given.readme or given.scale:
            raise Stop(f"{given.program} is not there; ./dev build makes it")
        say(f"fairprice is skipped: {given.program} is not there; ./dev build makes it")
        skipped.append("fairprice")
    names = [("mall", 1 / 20)] if given.quick else [("mall", 1 / 20), ("province", 1)]
    scales = SCALES if given.scale else ()
    check_disk([*((scaled(factor), len(programs) + 3) for _, factor in names), *((scaled(factor), 1) for factor in scales)])
    others, missing = rivals(given.threads)
    programs += others
    skipped += missing
    if not programs:
        raise Stop("there is no program to measure")
    programs += [scan for scan in (floor(given.threads) if given.threads > 1 else None, floor(1)) if scan]
    jobs = [run_job(name, scaled(factor), programs, given.repetitions, given.threads) for name, factor in names]
    scale_jobs = [run_job("scale", scaled(factor), programs[:1], min(3, given.repetitions), given.threads) for factor in scales]

    def pages(shown):
        return {language: page(language, set_up(given.threads, language), shown, scale_jobs, skipped, given.again) for language in READMES}

    if given.readme:
        put_into_readmes(pages(jobs[-1:]))  # the largest month alone: a page for newcomers is short
    return pages(jobs)


def benchmark_stages(given):
    program = find_program("stages/stage_benchmarks")
    if program is None:
        raise Stop("build/release has no stage_benchmarks: Google Benchmark is missing; ./dev bench installs it")
    report = run_stages.run(program, BUILD / "bench-stages.json", given.repetitions, given.quick)
    return run_stages.page(report, set_up(2), given.again)


def main():
    given = arguments()
    results = BUILD / ("bench-stages.md" if given.stages else "bench-results.md")
    try:
        results.unlink(missing_ok=True)  # so that no table outlives the answers it was made with
        pages = {"en": benchmark_stages(given)} if given.stages else benchmark(given)
        results.parent.mkdir(exist_ok=True)
        results.write_text(pages["en"] + "\n", encoding="utf-8")
        print(pages["en"])
    except Stop as stop:
        say(f"bench: {stop}")
        return 1
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"bench: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
