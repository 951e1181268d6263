#!/usr/bin/env python3
"""./dev bench --ledger [--cases 500000] [--periods 60] [--repetitions 3] [--month DIR]: what a ledger costs. Writes build/bench-ledger.md.

Five years of a province (five_years: 60 runs, 500 000 cases, almost 3 million events) in an SQLite file and in a PostgreSQL server of its own; then whole commands on them, each
beside a peer in the same run, and `run --store` beside `run` on the provincial month. Ledgers are kept in build/bench-data or $FAIRPRICE_BENCH_DATA."""

import argparse
import datetime
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests" / "ledger")]
sys.dont_write_bytecode = True

import run as month_bench  # noqa: E402
import with_postgresql  # noqa: E402

PROGRAM = ROOT / "build" / "release" / "fairprice"
FIVE_YEARS = ROOT / "build" / "release" / "bench" / "ledger" / "five_years"
PAGE = ROOT / "build" / "bench-ledger.md"
FLOORS = {"verify": 10, "case list --supplier": 0.1, "figures": 1, "run --store beyond run, SQLite": 1, "run --store beyond run, PostgreSQL": 3}


def say(text):
    print(text, file=sys.stderr, flush=True)


def taken(command, environment=None):
    """Seconds of the wall clock, and the standard output."""
    began = time.monotonic()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=environment)
    seconds = time.monotonic() - began
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: status {done.returncode}: {done.stderr}")
    return seconds, done.stdout


def median_of(command, repetitions):
    times = [taken(command)[0] for _ in range(repetitions)]
    return statistics.median(times), min(times), max(times)


class Bench:
    def __init__(self, given):
        self.given, self.rows = given, []

    def add(self, what, where, times, peer=""):
        median, least, most = times
        floor = next((value for name, value in FLOORS.items() if what.startswith(name)), None)
        self.rows.append((what, where, f"{median:.3f}", f"{least:.3f}–{most:.3f}", "" if floor is None else f"{floor}", peer))
        say("  ".join(self.rows[-1]))

    def make(self, store):
        say(f"making {self.given.cases} cases in {store}")
        subprocess.run([FIVE_YEARS, "--store", store, "--periods", str(self.given.periods), "--cases", str(self.given.cases)], check=True,
                       stderr=subprocess.DEVNULL)

    def commands(self, store, where, peers):
        """Of one ledger: verify, and what people ask of it; all answers are of the same ledger."""
        head = taken([PROGRAM, "ledger", "head", "--store", store])[1].strip()
        verify = median_of([PROGRAM, "ledger", "verify", "--store", store, "--head", head], self.given.repetitions)
        self.add("verify", where, verify, peers.get("verify", ""))
        listed = taken([PROGRAM, "case", "list", "--store", store, "--format", "csv"])[1].splitlines()
        case, _, supplier = listed[len(listed) // 2].split(",")[:3]
        for what, words in (("case list --supplier", ["list", "--supplier", supplier]), ("case show", ["show", case]), ("case due", ["due"])):
            self.add(what, where, median_of([PROGRAM, "case", *words, "--store", store], 3 * self.given.repetitions), peers.get(what, ""))
        self.add("figures", where, median_of([PROGRAM, "ledger", "figures", "--store", store], self.given.repetitions), peers.get("case due", ""))
        return head

    def runs(self, month, stores):
        """`run` and `run --store` on the provincial month in turn, each time into a new ledger."""
        output = ROOT / "build" / "bench-outputs" / "ledger"
        output.parent.mkdir(parents=True, exist_ok=True)
        base = [PROGRAM, "run", "-p", month_bench.PERIOD, "-i", month, "-o", output, "-q"]
        taken(base)
        times = {name: [] for name in ("", *stores)}
        for _ in range(self.given.repetitions):
            for name in times:
                if not name:
                    times[name].append(taken(base)[0])
                    continue
                with stores[name]() as address:
                    times[name].append(taken([*base, "--store", address])[0])
        self.add("run", "", (statistics.median(times[""]), min(times[""]), max(times[""])))
        for name in stores:
            more = [with_store - without for with_store, without in zip(times[name], times[""])]
            self.add(f"run --store beyond run, {name}", name, (statistics.median(more), min(more), max(more)))

    def page(self):
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
        lines = [f"{datetime.date.today()}, {commit}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end; "
                 f"{self.given.periods} periods, {self.given.cases} cases; medians of whole commands in seconds.", "",
                 "| what | ledger | median | least–most | floor | peer in the same run |", "|---|---|--:|--:|--:|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(PAGE.read_text(encoding="utf-8"))


def sqlite_peers(path, repetitions):
    """What the sqlite3 program takes to go through the same rows, and sha256sum for the same bytes."""
    def sql(query):
        return median_of(["sqlite3", path, query], repetitions)[0]
    checked, summed = sql("PRAGMA integrity_check(1)"), sql("SELECT sum(length(body)), sum(length(hash)) FROM ledger_events")
    hashed = median_of(["sha256sum", path], 1)[0]
    by_state = sql("SELECT state, count(*), sum(fen_at_risk) FROM ledger_cases GROUP BY state")
    return {"verify": f"sqlite3: integrity_check {checked:.1f}, sum over the events {summed:.1f}; sha256sum of the file {hashed:.1f}",
            "case due": f"sqlite3: cases by state {by_state:.2f}"}


class NewFile:
    def __init__(self):
        self.path = ROOT / "build" / "bench-outputs" / "new.db"

    def __enter__(self):
        self.path.unlink(missing_ok=True)
        return str(self.path)

    def __exit__(self, *_):
        self.path.unlink(missing_ok=True)


def new_database(server):
    class NewDatabase:
        def sql(self, statement):
            subprocess.run([with_postgresql.programs() / "psql", "-X", "-q", "-d", server, "-c", statement], check=True, capture_output=True)

        def __enter__(self):
            self.sql("CREATE DATABASE bench_run")
            return server.replace("/fairprice?", "/bench_run?")

        def __exit__(self, *_):
            self.sql("DROP DATABASE bench_run WITH (FORCE)")

    return NewDatabase


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cases", type=int, default=500_000)
    arguments.add_argument("--periods", type=int, default=60)
    arguments.add_argument("--repetitions", type=int, default=3)
    arguments.add_argument("--month", type=Path, help="a month to run (default: the provincial one, made when it is not there)")
    given = arguments.parse_args()
    bench = Bench(given)
    path = month_bench.data_folder() / f"ledger-{given.periods}-{given.cases}.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        bench.make(str(path) + ".new")
        Path(str(path) + ".new").rename(path)
    head = bench.commands(str(path), "SQLite", sqlite_peers(path, given.repetitions))
    with with_postgresql.server() as server:
        stores = {"SQLite": NewFile}
        if server is not None:
            stores["PostgreSQL"] = new_database(server)
            bench.make(server)
            there = bench.commands(server, "PostgreSQL", {})
            if there != head:
                raise SystemExit(f"the two ledgers are not the same: {head} and {there}")
        else:
            say("PostgreSQL is left out: its server is not installed (postgresql-15)")
        month = given.month or month_bench.make_month(month_bench.FULL)
        bench.runs(month, stores)
    bench.page()
    return 0


if __name__ == "__main__":
    sys.exit(main())
