#!/usr/bin/env python3
"""Kills the program, and lets its writes fail, at random moments of runs and case commands with a ledger: nothing may be lost and nothing doubled.

    python3 tests/ledger/kill.py --program build/release/fairprice [--runs 50] [--seeds 1..3] [--store sqlite|postgresql|both] [--trial N]

A trial takes a world (store, results, evidence), starts a command and disturbs it: SIGKILL after a random time, SIGKILL or SIGTERM at, in the middle of or behind the n-th
call that writes (faults.c, loaded in front of the C library), a full disk, an error of a write, of a flush, of the connection. Then
    the chain verifies, and the ledger holds the command's events or none of them;
    the output folder is the older one or the new one, whole; an error is one line that is true;
    the same command completes; ledger, results and evidence are what an undisturbed command makes;
    the same command once more adds no event.
Last, many commands at once on one ledger (kill_writers.py). A trial is repeated by its seed and number. Without a C compiler only times and limits disturb. PostgreSQL needs its server's programs (Debian: postgresql-15).
Last line: "N passed, M failed"."""

import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import kill_scenarios
import kill_worlds
import kill_writers
import with_postgresql

HERE = pathlib.Path(__file__).resolve().parent
KILLED, TERMINATED = -signal.SIGKILL, 128 + signal.SIGTERM
OLD_OR_NEW = "is neither what it was nor what it should become"


class Wrong(Exception):
    """What a trial found."""


def demand(condition, text):
    if not condition:
        raise Wrong(text)


def built_faults(scratch):
    """The library of faults.c, or None without a compiler."""
    built = scratch / "faults.so"
    try:
        subprocess.run(["cc", "-std=gnu11", "-O1", "-shared", "-fPIC", str(HERE / "faults.c"), "-o", str(built), "-ldl"], check=True)
    except FileNotFoundError:
        print("skipped: faults at chosen calls: there is no C compiler", flush=True)
        return None
    return built


class Undisturbed:
    """What a scenario leads to, how long it takes and which calls it makes."""

    def __init__(self, scenario, worlds, library, scratch):
        self.scenario, self.worlds = scenario, worlds
        world = worlds.fresh(scenario.state)
        self.old_export = kill_worlds.without_clock(world.export())
        self.old_output = world.output()
        environment, listed = world.environment(), scratch / f"calls-{worlds.store.name}-{scenario.name.replace(' ', '-')}"
        if library is not None:
            environment |= {"LD_PRELOAD": str(library), "FAULT_FOLDER": str(world.folder), "FAULT_LIST": str(listed)}
        began = time.monotonic()
        done = subprocess.run([world.program, *worlds.filled(scenario.words, world)], cwd=world.folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=kill_worlds.TIMEOUT_SECONDS)
        self.seconds = time.monotonic() - began
        demand(done.returncode == 0, f"{scenario.name}: undisturbed: status {done.returncode}: {done.stderr}")
        self.calls = listed.read_text().split() if library is not None else []
        self.export, self.output, self.evidence = kill_worlds.without_clock(world.export()), world.output(), world.evidence()
        self.largest = max((path.stat().st_size for path in world.folder.rglob("*") if path.is_file()), default=4096)
        world.gone()


class Fault:
    """What disturbs a trial."""

    def __init__(self, kind, environment=None, seconds=None, limit=None):
        self.kind, self.environment, self.seconds, self.limit = kind, environment or {}, seconds, limit

    def __str__(self):
        return self.kind

    @property
    def kills(self):
        return self.kind.startswith("SIG")

    def run(self, world, words):
        """(status, stderr) of the disturbed command."""
        limit = self.limit

        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = subprocess.Popen([world.program, *words], cwd=world.folder, env=world.environment() | self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=limited if limit is not None else None)
        try:
            _, said = process.communicate(timeout=self.seconds if self.seconds is not None else kill_worlds.TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
            demand(self.seconds is not None, "does not end")
        return process.returncode, said


def chosen_fault(dice, undisturbed, library, folder):
    """One of the faults, at a moment from the whole of the command."""
    server = undisturbed.worlds.store.name == "postgresql"
    kinds = ["time", "limit"] if library is None else ["time"] + 4 * ["kill"] + ["term"] + 3 * ["error"] + ["limit"]
    kind = dice.choice(kinds)
    if kind == "time":
        seconds = dice.uniform(0, 1.05) * undisturbed.seconds
        return Fault(f"SIGKILL after {seconds:.4f} s", seconds=seconds)
    if kind == "limit":
        limit = dice.randrange(0, undisturbed.largest)
        return Fault(f"files up to {limit} bytes", limit=limit)
    at = dice.randint(1, len(undisturbed.calls))
    name = undisturbed.calls[at - 1]
    environment = {"LD_PRELOAD": str(library), "FAULT_FOLDER": str(folder), "FAULT_AT": str(at)}
    if kind in ("kill", "term"):
        how = "term" if kind == "term" else dice.choice(["kill", "torn", "after"])
        text = {"kill": "SIGKILL instead of", "torn": "SIGKILL in the middle of", "after": "SIGKILL behind", "term": "SIGTERM at"}[how]
        return Fault(f"{text} call {at} ({name})", environment | {"FAULT_DO": how})
    error = dice.choice(["EIO", "ENOSPC", "short"] if name not in ("send", "recv") else ["EIO", "ECONNRESET"])
    stays = error != "short" and dice.random() < 0.5
    where = "in and after" if stays else "in"
    text = f"{error} {where} call {at} ({name}){' of a server' if server else ''}"
    return Fault(text, environment | {"FAULT_DO": error} | ({"FAULT_STAYS": "1"} if stays else {}))


def check_failed(status, said, world, undisturbed, export):
    """Of a command that could not do what it should: it says so, in a line, and what it says is so."""
    demand(status == 1, f"exit status {status}: {said}")
    demand(said.startswith("fairprice: ") and said.count("\n") == 1, f"said: {said!r}")
    if "nothing was written" in said:
        demand(export == undisturbed.old_export, f"said that nothing was written, and something was: {said}")


def disturbed(undisturbed, fault, world):
    scenario, worlds = undisturbed.scenario, undisturbed.worlds
    words = worlds.filled(scenario.words, world)
    status, said = fault.run(world, words)
    ended = status in (KILLED, TERMINATED) if fault.kills else False
    finding = world.verified()
    demand(not finding, f"{finding} (status {status}: {said})")
    export = kill_worlds.without_clock(world.export())
    demand(export in (undisturbed.old_export, undisturbed.export), f"the ledger {OLD_OR_NEW}: {len(export)} lines")
    if scenario.output:
        demand(world.output() in (undisturbed.old_output, undisturbed.output), f"the output folder {OLD_OR_NEW}: {sorted(world.output() or ())}")
    if status == 0:
        demand(export == undisturbed.export, "ended with 0, and the ledger is not what it should be")
        demand(not scenario.output or world.output() == undisturbed.output, "ended with 0, and the results are not what they should be")
    elif not ended:
        check_failed(status, said, world, undisturbed, export)
        left = [path.name for path in world.folder.rglob("*.partial-*")]
        # Where nothing at all can be removed any more, something stays.
        demand(not left or "FAULT_STAYS" in fault.environment or "unlink" in fault.kind, f"left {left}: {said}")
    again = world.run(*words)
    demand(again.returncode == 0, f"(first: {status} {said!r}) again: status {again.returncode}: {again.stderr}")
    raw = world.export()
    demand(kill_worlds.without_clock(raw) == undisturbed.export, "again: the ledger is not that of an undisturbed command")
    demand(world.output() == undisturbed.output, "again: the results are not those of an undisturbed command")
    demand(world.evidence() == undisturbed.evidence, f"again: the evidence is not that of an undisturbed command: {sorted(world.evidence() or ())}")
    third = world.run(*words)
    demand(third.returncode == 0, f"once more: status {third.returncode}: {third.stderr}")
    demand(world.export() == raw, "once more: added an event")
    finding = world.verified()
    demand(not finding, f"in the end: {finding}")


class Trials:
    def __init__(self, program, scratch, stores, library):
        self.library, self.lock = library, threading.Lock()
        self.scratch = scratch
        files = kill_worlds.write_files(scratch / "files")
        self.worlds = [kill_worlds.Worlds(store, program, scratch, files) for store in stores]
        self.known = {}

    def undisturbed(self, scenario, worlds):
        key = (scenario.name, worlds.store.name)
        with self.lock:
            if key not in self.known:
                self.known[key] = Undisturbed(scenario, worlds, self.library, self.scratch)
            return self.known[key]

    def trial(self, seed, number):
        """The wrong thing that was found, as text; "" when all was right."""
        dice = random.Random(f"{seed}:{number}")
        worlds = self.worlds[number % len(self.worlds)]
        all_scenarios = kill_scenarios.scenarios()
        scenario = all_scenarios[number // len(self.worlds) % len(all_scenarios)]  # each in turn, so that few trials see them all
        what = f"seed {seed} trial {number}: {worlds.store.name}, {scenario.name}"
        world = None
        try:
            undisturbed = self.undisturbed(scenario, worlds)
            world = worlds.fresh(scenario.state)
            fault = chosen_fault(dice, undisturbed, self.library, world.folder)
            what += f", {fault}"
            disturbed(undisturbed, fault, world)
            return ""
        except Wrong as wrong:
            return f"{what}: {wrong}"
        except (AssertionError, OSError, subprocess.SubprocessError):
            return f"{what}: {traceback.format_exc(limit=3)}"
        finally:
            if world is not None:
                world.gone()


def range_of(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("--runs", type=int, default=50, help="trials of a seed")
    arguments.add_argument("--seeds", type=range_of, default=range(1, 2), help="1..3: the trials of each (default 1)")
    arguments.add_argument("--store", choices=["sqlite", "postgresql", "both"], default="both")
    arguments.add_argument("--trial", type=int, help="only this one of each seed")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at a time")
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-kill-") as folder, contextlib.ExitStack() as stack:
        scratch = pathlib.Path(folder)
        stores = [kill_worlds.Sqlite()] if given.store != "postgresql" else []
        if given.store != "sqlite":
            address = stack.enter_context(with_postgresql.server(lasting=False))
            if address is None:
                print("skipped: PostgreSQL: its server is not installed (Debian: postgresql-15)", flush=True)
            else:
                stores.append(kill_worlds.PostgreSql(address))
        if not stores:
            print("0 passed, 0 failed")
            return 0
        trials = Trials(given.program.resolve(), scratch, stores, built_faults(scratch))
        numbers = range(given.runs) if given.trial is None else [given.trial]
        print(f"seeds {given.seeds.start}..{given.seeds.stop - 1}, {len(numbers)} trials each, {' and '.join(one.name for one in stores)}", flush=True)
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            for finding in pool.map(lambda one: trials.trial(*one), [(seed, number) for seed in given.seeds for number in numbers]):
                passed, failed = passed + (not finding), failed + bool(finding)
                if finding:
                    print(f"FAIL  {finding}", flush=True)
        for worlds in trials.worlds if given.trial is None else []:
            for check in kill_writers.CHECKS + (kill_writers.SLOW_CHECKS if len(given.seeds) > 1 else []):
                finding = kill_writers.run(worlds, check)
                passed, failed = passed + (not finding), failed + bool(finding)
                if finding:
                    print(f"FAIL  {worlds.store.name}, {check.__name__}: {check.__doc__}\n      {finding}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
