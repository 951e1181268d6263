#!/usr/bin/env python3
"""Runs one middling month with several numbers of threads: every output must be the same bytes.

    python3 tests/threads/run_threads.py --program build/release/fairprice [--quotes 300000]

The month is made by bench/province (compiled here): many blocks a file, several files a table, so that threads meet in every stage,
which the sample month is too small for. With a program of the preset tsan a data race ends it with a status of its own.
Last line: "N passed, M failed", a command and number of threads each."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PERIOD = "2023-11"
THREADS = (2, 3, 4)
SHOWN = 120


def make_month(scratch, quotes):
    generator, folder = scratch / "province_month", scratch / "month"
    sources = sorted((ROOT / "bench" / "province").glob("*.cpp"))
    mains = [path for path in sources if "int main(" in path.read_text(encoding="utf-8") and path.name != "generate.cpp"]
    subprocess.run(["c++", "-std=c++20", "-O1", "-I", str(ROOT), *(str(path) for path in sources if path not in mains), "-o", str(generator)], check=True)
    sizes = {"models": quotes // 100, "listings": quotes // 20, "orders": quotes // 12, "quotes": quotes, "files": 2}
    options = [word for name, size in sizes.items() for word in (f"--{name}", str(size))]
    subprocess.run([str(generator), "--output", str(folder), "--period", PERIOD, *options], check=True, stdout=subprocess.DEVNULL)
    return folder


class Program:
    def __init__(self, program, scratch, month):
        self.program, self.scratch, self.month = program.resolve(), scratch, month
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1")

    def answer(self, threads, command, *words):
        """What the command prints and, of `run`, what it writes, by name; or what it complains of."""
        line = [str(word) for word in (self.program, command, *words, "-p", PERIOD, "--threads", threads)]
        output = self.scratch / "out"
        if command == "run":
            line += ["--output", str(output)]
        done = subprocess.run(line, env=self.environment, capture_output=True, timeout=900)
        if done.returncode not in (0, 10, 11, 12, 13):
            return {"exit status": str(done.returncode).encode(), "stderr": done.stderr}
        files = {path.name: path.read_bytes() for path in sorted(output.iterdir())} if command == "run" else {}
        return {"screen": done.stdout, **files}


def compare(one, several):
    if "exit status" in several:
        lines = several["stderr"].decode("utf-8", "replace").splitlines()
        return [f"exit status {several['exit status'].decode()}", *lines[:SHOWN]]
    return [f"{name} is not the same bytes" for name in sorted(one.keys() | several.keys()) if one.get(name) != several.get(name)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("--quotes", type=int, default=300_000)
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-threads-") as folder:
        scratch = pathlib.Path(folder)
        month = make_month(scratch, given.quotes)
        program = Program(given.program, scratch, month)
        listings = (month / "listings.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        first, second = (line.split(",")[0] for line in listings[1:3])
        questions = scratch / "questions.csv"
        questions.write_text("".join(listings[:2000]), encoding="utf-8")
        commands = [("run", "--input", month), ("run", "--input", month, "--policy", "brazil"),
                    ("explain", first, "--input", month, "--format", "json"), ("explain", second, "--input", month),
                    ("check", "--input-month", month, "--input", questions, "--format", "csv")]
        for command in commands:
            one = program.answer(1, *command)
            for threads in THREADS:
                name = f"{' '.join(word for word in command if isinstance(word, str))}, {threads} threads"
                wrong = compare(one, program.answer(threads, *command))
                if "exit status" in one:
                    wrong = compare({}, one)
                passed, failed = passed + (not wrong), failed + bool(wrong)
                print(f"{'FAIL' if wrong else 'ok  '}  {name}", flush=True)
                if wrong:
                    print("\n".join("      " + line for line in wrong), flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
