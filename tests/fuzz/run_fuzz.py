#!/usr/bin/env python3
"""Runs every libFuzzer target of a build for some seconds, several side by side.

    python3 tests/fuzz/run_fuzz.py --build build/fuzz --seconds 20 [--jobs 2] [NAME...]

Starts from tests/fuzz/corpus/NAME and tests/fuzz/NAME.dict (if there). New inputs go to the build folder, never into the tree;
an input that breaks a target is named, with the line that repeats it. Last line: "N passed, M failed", a target each."""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def fuzz(target, build, seconds):
    name = target.name.removesuffix("_fuzz")
    found = build / "corpus" / name
    broken = build / "broken"
    found.mkdir(parents=True, exist_ok=True)
    broken.mkdir(parents=True, exist_ok=True)
    command = [str(target), f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=65536",
               "-print_final_stats=1", f"-artifact_prefix={broken}/{name}-", str(found)]
    seeds = HERE / "corpus" / name
    if seeds.is_dir():
        command.append(str(seeds))
    words = HERE / f"{name}.dict"
    if words.exists():
        command.insert(1, f"-dict={words}")
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + 300)
        return name, done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        return name, -1, (late.stdout or b"").decode("utf-8", "replace") + "\nthe target did not stop by itself\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("names", nargs="*", help="only these targets")
    given = arguments.parse_args()

    wanted = sorted(source.stem for source in HERE.glob("*_fuzz.cpp"))
    if given.names:
        wanted = [stem for stem in wanted if stem.removesuffix("_fuzz") in given.names]
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=max(1, given.jobs)) as pool:
        running = []
        for stem in wanted:
            target = given.build.resolve() / "fuzz" / stem
            if target.exists():
                running.append(pool.submit(fuzz, target, given.build.resolve(), given.seconds))
            else:
                print(f"{stem}: not built")
                failed += 1
        for future in concurrent.futures.as_completed(running):
            name, status, text = future.result()
            runs = next((line.split()[-1] for line in text.splitlines() if "number_of_executed_units" in line), "0")
            if status == 0:
                passed += 1
                print(f"ok    {name}: {runs} inputs in {given.seconds} s", flush=True)
            else:
                failed += 1
                print("\n".join(text.splitlines()[-60:]))
                print(f"FAIL  {name}: status {status}; the input lies in {given.build}/broken, repeat with "
                      f"{given.build}/fuzz/{name}_fuzz FILE", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
