#!/usr/bin/env python3
"""A full disk, and Ctrl-C in the middle of reading and of writing: what the program says and what is left behind.

    python3 tests/trouble/run_trouble.py --program build/release/fairprice [NAME...]

The disk is a small tmpfs in a mount namespace of its own, made by root, or by whom the system lets make user namespaces; elsewhere
those checks are skipped, with a word. Interruptions come at a chosen call (stop_at.cpp), so nothing here waits for a time; they need the
C++ compiler and a program without sanitizers.
Last line: "N passed, M failed", a check each."""

import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PERIOD = "2023-11"
SAMPLE = ROOT / "data" / "sample" / PERIOD
FILES = {"assessments.csv", "flagged.csv", "orders.csv", "overrides.csv", "estimates.csv", "rejects.csv", "review.csv", "summary.json"}
PAGE = 4096
INTERRUPTED = 128 + signal.SIGINT
TIMEOUT_SECONDS = 120
# Runs "$@" where $SMALL is a disk of its own, then says with which status it ended and what is left.
ON_A_SMALL_DISK = """
mount -t tmpfs -o "$OPTIONS" none "$SMALL" || exit 99
if [ -n "$OLDER" ]; then cp -r "$OLDER" "$SMALL/out"; fi
"$@" >"$SAID" 2>&1
echo "$?"
cd "$SMALL" && find . -mindepth 1 | sort
if [ -n "$OLDER" ]; then diff -r "$OLDER" "$SMALL/out"; fi
"""


class Skip(Exception):
    """The machine does not let the check run."""


class Wrong(Exception):
    """What the check found."""


def demand(condition, text):
    if not condition:
        raise Wrong(text)


class Trouble:
    """The checks; each public method is one."""

    def __init__(self, program, scratch):
        self.program, self.scratch = program.resolve(), scratch
        self.environment = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        self.environment |= {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(scratch)}
        self.whole = self.run_whole(scratch / "whole", "--lang", "en")
        self.other = self.run_whole(scratch / "zhejiang", "--policy", "zhejiang", "--lang", "en")

    def command(self, output, folder=SAMPLE, *more):
        return [str(word) for word in (self.program, "run", "-p", PERIOD, "-i", folder, "-o", output, *more)]

    def run_whole(self, output, *more):
        subprocess.run(self.command(output, SAMPLE, "--quiet", *more), env=self.environment, check=True, timeout=TIMEOUT_SECONDS)
        demand({path.name for path in output.iterdir()} == FILES, "the run does not write the files that this check knows")
        return output

    # ---- a full disk

    def on_a_small_disk(self, options, older, *more):
        """(status, what was said, what is left, how the older results differ now) of a run onto a disk made with these options."""
        small, said = self.scratch / "small", self.scratch / "said"
        small.mkdir(exist_ok=True)
        environment = self.environment | {"SMALL": str(small), "OPTIONS": options, "SAID": str(said), "OLDER": str(older or "")}
        who = ["-m"] if os.getuid() == 0 else ["-r", "-m"]
        try:
            done = subprocess.run(["unshare", *who, "sh", "-c", ON_A_SMALL_DISK, "sh", *self.command(small / "out", SAMPLE, *more)],
                                  env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        except FileNotFoundError:
            raise Skip("there is no unshare (util-linux)") from None
        lines = done.stdout.splitlines()
        if not lines:
            raise Skip(f"no disk can be mounted here: {done.stderr.strip()}")
        left = [line for line in lines[1:] if line.startswith("./")]
        return int(lines[0]), said.read_text(encoding="utf-8"), left, [line for line in lines[1:] if not line.startswith("./")]

    def full(self, options, older, *more):
        """Whether the disk was too small; if so, everything about the failure must be right."""
        status, said, left, difference = self.on_a_small_disk(options, older, *more)
        if status == 0:
            if not older:
                demand(set(left) == {"./out"} | {f"./out/{name}" for name in FILES}, f"{options}: left {left}")
            return False
        demand(status == 1, f"{options}: exit status {status}, said: {said}")
        kept = {"./out"} | {f"./out/{name}" for name in FILES} if older else set()
        demand(set(left) == kept, f"{options}: left {left}")
        demand(not difference, f"{options}: the older results changed: {difference}")
        demand(said.count("\n") == 1, f"{options}: more than one line: {said}")
        demand("small/out" in said and "No space left on device" in said and "--output" in said, f"{options}: said {said}")
        demand(("请腾出磁盘空间" if "zh" in more else "free some space") in said, f"{options}: does not say how to mend it: {said}")
        return True

    def sizes(self):
        """Sizes in pages that end at another file each, the last one a page short of enough."""
        pages = [-(-path.stat().st_size // PAGE) for path in self.whole.iterdir()]
        return sorted({1, 2, *pages, *(sum(pages) - count for count in pages)})

    def full_disk(self):
        """A disk that is full at any file: one error with file and mend, nothing left."""
        for pages in self.sizes():
            for more in (("--lang", "en", "--threads", "1"), ("--lang", "zh", "--threads", "2")):
                demand(self.full(f"size={pages * PAGE}", None, *more), f"a disk of {pages} pages was enough")

    def full_disk_with_older_results(self):
        """A disk on which only the older results have room: they stay as they are."""
        older, new = (sum(-(-path.stat().st_size // PAGE) for path in folder.iterdir()) for folder in (self.whole, self.other))
        for more in (1, new // 2, new - 1):
            demand(self.full(f"size={(older + more) * PAGE}", self.whole, "--policy", "zhejiang", "--lang", "en"), "the disk was large enough")

    def no_inode_left(self):
        """A disk that holds no further file or folder: the same."""
        enough = len(FILES) + 2  # the disk's own folder, the results' folder, the files
        for inodes in range(1, enough):
            demand(self.full(f"size=64m,nr_inodes={inodes}", None, "--lang", "en"), f"{inodes} inodes were enough")
        demand(not self.full(f"size=64m,nr_inodes={enough}", None), "the disk was too small for the results")

    # ---- Ctrl-C

    def shim(self):
        built = self.scratch / "stop_at.so"
        if not built.exists():
            try:
                subprocess.run(["c++", "-std=c++20", "-O1", "-shared", "-fPIC", str(HERE / "stop_at.cpp"), "-o", str(built), "-ldl"], check=True)
            except FileNotFoundError:
                raise Skip("there is no C++ compiler") from None
        return built

    def interrupted(self, moment, call, home, *more):
        """(status, stdout, stderr) of a run into home/out that is interrupted at a call."""
        environment = self.environment | {"LD_PRELOAD": str(self.shim()), "STOP_AT": moment, "STOP_CALL": str(call)}
        done = subprocess.run(self.command(home / "out", SAMPLE, *more), env=environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS)
        return done.returncode, done.stdout, done.stderr

    def home(self, older=False):
        home = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        if older:
            self.run_whole(home / "out", "--lang", "en")
        return home

    def same(self, left, right):
        return all((left / name).read_bytes() == (right / name).read_bytes() for name in FILES) and len(list(left.iterdir())) == len(FILES)

    def until_it_gets_through(self, moment, *more):
        """Interrupts at the first call, the second ... until there are no more; nothing may be left each time."""
        call = 0
        while True:
            call += 1
            home = self.home()
            status, said, problem = self.interrupted(moment, call, home, *more, "--lang", "en")
            if status == 0:
                demand(self.same(home / "out", self.whole), f"{moment} {call}: another result than without interruption")
                break
            demand(status == INTERRUPTED, f"{moment} {call}: exit status {status}, said: {problem}")
            demand(problem == "fairprice: interrupted; nothing half-written is left, earlier results are as they were\n", f"{moment} {call}: {problem}")
            demand(not said, f"{moment} {call}: printed {said}")
            demand(not any(home.iterdir()), f"{moment} {call}: left {list(home.iterdir())}")
        demand(call > len(FILES) // 2, f"only {call - 1} calls of {moment}: this check does not see how the program writes")

    def interrupted_while_writing(self):
        """Ctrl-C at each write of a result file: status 130, nothing left."""
        for threads in ("1", "2"):
            self.until_it_gets_through("write", "--threads", threads)

    def interrupted_while_flushing(self):
        """Ctrl-C at each flush of a result file: status 130, nothing left."""
        self.until_it_gets_through("sync", "--threads", "2")

    def interrupted_over_older_results(self):
        """Ctrl-C at the first write over older results: they stay as they are."""
        home = self.home(older=True)
        status, _, problem = self.interrupted("write", 1, home, "--policy", "zhejiang", "--lang", "zh")
        demand(status == INTERRUPTED, f"exit status {status}")
        demand(problem == "fairprice：已中断；没有留下未写完的结果，原有结果未改动\n", problem)
        demand(self.same(home / "out", self.whole) and len(list(home.iterdir())) == 1, f"left {sorted(home.rglob('*'))}, or other results")

    def interrupted_while_renaming(self):
        """Ctrl-C at the rename comes too late: the new results stand whole, whoever wins."""
        for older in (False, True):
            home = self.home(older)
            status, _, problem = self.interrupted("rename", 1, home, "--policy", "zhejiang", "--lang", "en")
            demand(status in (0, INTERRUPTED), f"exit status {status}: {problem}")
            demand(len(list(home.iterdir())) == 1 and self.same(home / "out", self.other), f"left {sorted(home.rglob('*'))}, or other results")

    def interrupted_at_the_screen(self):
        """Ctrl-C while the screen is printed: status 130, the results stand whole."""
        home = self.home()
        status, said, _ = self.interrupted("screen", 1, home, "--lang", "en")
        demand(status == INTERRUPTED and not said, f"exit status {status}, printed {said}")
        demand(len(list(home.iterdir())) == 1 and self.same(home / "out", self.whole), f"left {sorted(home.rglob('*'))}, or other results")

    def interrupted_while_reading(self):
        """Ctrl-C while a table is read: status 130, nothing written, in run, check and explain."""
        for language, words in (("en", "fairprice: interrupted; nothing half-written is left"), ("zh", "fairprice：已中断；没有留下未写完的结果")):
            home = self.home()
            for command in (self.command(home / "out"), [self.program, "explain", "SHREDDER-1380", "-p", PERIOD, "-i", SAMPLE],
                            [self.program, "check", "-p", PERIOD, "--input-month", SAMPLE, "--brand", "科密", "--model", "3868", "--price", "9"]):
                environment = self.environment | {"LD_PRELOAD": self.shim(), "STOP_AT": "read", "STOP_CALL": "1"}
                done = subprocess.run([*command, "--lang", language], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                      timeout=TIMEOUT_SECONDS)
                demand(done.returncode == INTERRUPTED, f"{command[1]}: exit status {done.returncode}, said: {done.stderr}")
                demand(done.stderr.startswith(words) and done.stderr.count("\n") == 1, f"{command[1]}: said {done.stderr}")
                demand(not done.stdout, f"{command[1]}: printed {done.stdout}")
                demand(not any(home.iterdir()), f"{command[1]}: left {list(home.iterdir())}")


CHECKS = ["full_disk", "full_disk_with_older_results", "no_inode_left", "interrupted_while_reading", "interrupted_while_writing",
          "interrupted_while_flushing", "interrupted_over_older_results", "interrupted_while_renaming", "interrupted_at_the_screen"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("names", nargs="*", help="only these checks")
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-trouble-") as folder:
        trouble = Trouble(given.program, pathlib.Path(folder))
        for name in CHECKS:
            if given.names and name not in given.names:
                continue
            check = getattr(trouble, name)
            try:
                check()
                passed += 1
                print(f"ok    {name}", flush=True)
            except Skip as skip:
                print(f"skipped: {name}: {skip}", flush=True)
            except (Wrong, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"FAIL  {name}: {check.__doc__}\n      {problem}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
