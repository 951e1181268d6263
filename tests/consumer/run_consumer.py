#!/usr/bin/env python3
"""Installs a build into a temporary prefix and uses it from outside, with find_package and with pkg-config.

    python3 tests/consumer/run_consumer.py --build build/release

Also compiles every installed header once, alone among strangers. Last line: "N passed, M failed"."""

import argparse
import concurrent.futures
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(command, say=True, **options):
    command = [str(word) for word in command]
    if say:
        print("+ " + " ".join(command), flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        print(" ".join(command))
        print(done.stdout.decode("utf-8", "replace"))
        raise RuntimeError(f"status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def pkg_config(prefix, *words):
    file = next(prefix.rglob("fairprice.pc"))
    environment = dict(os.environ, PKG_CONFIG_PATH=str(file.parent))
    return run(["pkg-config", *words, "fairprice"], env=environment).split()


def by_find_package(prefix, scratch):
    """The package config: configure, build and run the project of this folder."""
    project = scratch / "project"
    project.mkdir()
    for name in ("CMakeLists.txt", "main.cpp"):
        shutil.copy(HERE / name, project)
    run(["cmake", "-G", "Ninja", "-S", project, "-B", scratch / "consumer", f"-DCMAKE_PREFIX_PATH={prefix}"])
    run(["cmake", "--build", scratch / "consumer"])
    run([scratch / "consumer" / "consumer"])


def by_pkg_config(prefix, scratch):
    """pkg-config: one compiler call."""
    flags = pkg_config(prefix, "--cflags", "--libs")
    shutil.copy(HERE / "main.cpp", scratch / "main.cpp")
    run(["c++", "-std=c++20", scratch / "main.cpp", "-o", scratch / "by-pkg-config", *flags])
    run([scratch / "by-pkg-config"])


def moved_prefix(prefix, scratch):
    """The installed tree still works after it was moved."""
    moved = scratch / "moved"
    prefix.rename(moved)
    try:
        by_pkg_config(moved, scratch)
    finally:
        moved.rename(prefix)


def every_header(prefix, scratch):
    """Each public header compiles as the first include of a file: it brings what it needs."""
    flags = pkg_config(prefix, "--cflags")
    root = prefix / "include" / "fairprice"

    def compile_alone(header):
        name = header.relative_to(root)
        source = scratch / f"{str(name).replace('/', '_')}.cpp"
        source.write_text(f'#include "{name}"\n')
        run(["c++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, *flags], say=False)

    headers = sorted(root.rglob("*.hpp"))
    print(f"+ c++ -fsyntax-only, each of {len(headers)} headers", flush=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        list(pool.map(compile_alone, headers))


def program_runs(prefix, scratch):
    """The installed program starts outside the source tree."""
    run([prefix / "bin" / "fairprice", "--version"], cwd=scratch)


def readme_example(prefix, scratch):
    """The example of README.md compiles and prints what the program writes; README.zh.md shows the same."""
    blocks = {name: re.search(r"```cpp\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL).group(1)
              for name in ("README.md", "README.zh.md")}
    if len(set(blocks.values())) != 1:
        raise RuntimeError("the examples of " + " and ".join(blocks) + " differ")
    source = scratch / "example.cpp"
    source.write_text(blocks["README.md"], encoding="utf-8")
    run(["c++", "-std=c++20", "-Wall", "-Wextra", source, "-o", scratch / "example", *pkg_config(prefix, "--cflags", "--libs")])
    printed = run([scratch / "example"], cwd=ROOT).split("\n")[:-1]
    run([prefix / "bin" / "fairprice", "run", "-p", "2023-11", "-i", ROOT / "data/sample/2023-11", "-o", scratch / "out", "--quiet"])
    with open(scratch / "out" / "flagged.csv", encoding="utf-8", newline="") as file:
        written = [f"fair up to {row['max_fair_price']}" for row in csv.DictReader(file) if row["max_fair_price"]]
    if printed != written:
        raise RuntimeError(f"the example prints {printed}, flagged.csv has {written}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-consumer-") as folder:
        scratch = pathlib.Path(folder)
        prefix = scratch / "prefix"
        try:
            run(["cmake", "--install", given.build, "--prefix", prefix])
        except RuntimeError as problem:
            print(f"FAIL  install: {problem}")
            print("0 passed, 1 failed")
            return 1
        for check in (by_find_package, by_pkg_config, moved_prefix, every_header, program_runs, readme_example):
            try:
                check(prefix, scratch)
                passed += 1
                print(f"ok    {check.__name__}", flush=True)
            except (RuntimeError, OSError, StopIteration) as problem:
                failed += 1
                print(f"FAIL  {check.__name__}: {problem!r}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
