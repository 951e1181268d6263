#!/usr/bin/env python3
"""Command-line cases: one folder each, run in a fresh folder, compared byte for byte.

    python3 tests/cli/run_cases.py --program build/release/fairprice [--accept] [NAME...]

A case is tests/cli/<name>/ with
    cmd            one or more lines of bash; the program is on the PATH, stdin is empty
    input/         copied as input/ into the fresh folder; so is everything else in the case folder that is not named here
    stdout stderr  what must come out; not compared when the file is not there. A line "..." stands for any number of lines
    exit           the exit status, 0 when the file is not there
    expect_files/  each file in it must be in the fresh folder afterwards, at the same path, with the same content
    unprivileged   the case runs as an ordinary user, also when root runs the tests (permissions mean nothing to root)
$FAIRPRICE_DATA is the data folder of the tree. --accept rewrites what differs, after showing it. Last line: "N passed, M failed"."""

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS = {"cmd", "stdout", "stderr", "exit", "expect_files", "unprivileged"}
NOBODY = 65534
TIMEOUT_SECONDS = 300


def matches(expected, got):
    """Equal, but for lines "..." in `expected`, each of which stands for any number of lines."""
    if expected == got:
        return True
    lines = expected.splitlines(keepends=True)
    if not any(line.rstrip(b"\n") == b"..." for line in lines):
        return False
    parts = [[]]
    for line in lines:
        if line.rstrip(b"\n") == b"...":
            parts.append([])
        else:
            parts[-1].append(line)
    rest = got.splitlines(keepends=True)
    first, last = parts[0], parts[-1]
    if rest[: len(first)] != first:
        return False
    rest = rest[len(first):]
    if last:
        if rest[-len(last):] != last:
            return False
        rest = rest[: -len(last)]
    for part in parts[1:-1]:
        at = next((i for i in range(len(rest) - len(part) + 1) if rest[i: i + len(part)] == part), None)
        if at is None:
            return False
        rest = rest[at + len(part):]
    return True


def difference(name, expected, got):
    lines = difflib.unified_diff(expected.decode("utf-8", "replace").splitlines(), got.decode("utf-8", "replace").splitlines(),
                                 f"{name} (expected)", f"{name} (got)", lineterm="")
    shown = list(lines)
    return shown[:80] + ([f"... {len(shown) - 80} more lines"] if len(shown) > 80 else [])


def run_case(case, programs, accept):
    """Runs one case; returns the list of what was wrong with it, as lines."""
    if not (case / "cmd").exists():
        return ["no file cmd"]
    with tempfile.TemporaryDirectory(prefix="fairprice-case-") as scratch:
        folder = pathlib.Path(scratch) / "work"
        folder.mkdir()
        for entry in sorted(case.iterdir()):
            if entry.name in OURS:
                continue
            (shutil.copytree if entry.is_dir() else shutil.copy2)(entry, folder / entry.name)
        environment = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        environment |= {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "HOME": str(folder),
                        "FAIRPRICE_DATA": str(ROOT / "data")}
        who = {}
        if (case / "unprivileged").exists() and os.getuid() == 0:
            os.chmod(scratch, 0o755)
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            done = subprocess.run(["bash", "-c", (case / "cmd").read_text(encoding="utf-8")], cwd=folder, env=environment,
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_SECONDS, **who)
        except subprocess.TimeoutExpired:
            return [f"still running after {TIMEOUT_SECONDS} s"]
        return compare(case, folder, done, accept)


def compare(case, folder, done, accept):
    wrong = []

    def check(name, path, got):
        expected = path.read_bytes()
        if not matches(expected, got):
            wrong.extend(difference(name, expected, got))
            if accept:
                path.write_bytes(got)

    for name, got in (("stdout", done.stdout), ("stderr", done.stderr)):
        if (case / name).exists():
            check(name, case / name, got)
    status = int((case / "exit").read_text()) if (case / "exit").exists() else 0
    if done.returncode != status:
        wrong.append(f"exit status {done.returncode}, expected {status}")
        if not (case / "stderr").exists():
            wrong.extend("stderr: " + line for line in done.stderr.decode("utf-8", "replace").splitlines()[:20])
        if accept:
            (case / "exit").write_text(f"{done.returncode}\n")
    expected_files = case / "expect_files"
    if expected_files.is_dir():
        for path in sorted(path for path in expected_files.rglob("*") if path.is_file()):
            name = str(path.relative_to(expected_files))
            if (folder / name).is_file():
                check(name, path, (folder / name).read_bytes())
            else:
                wrong.append(f"{name} was not written")
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("--accept", action="store_true", help="rewrite what differs")
    arguments.add_argument("names", nargs="*", help="only these cases")
    given = arguments.parse_args()
    if given.accept and os.environ.get("CI") == "true":
        print("expected files are not rewritten in CI")
        return 2

    cases = sorted(path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith((".", "__")))
    if given.names:
        cases = [path for path in cases if path.name in given.names]
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-program-") as programs:
        # A copy alone in a folder: the PATH shows nothing else of the build, and an ordinary user may run it.
        os.chmod(programs, 0o755)
        shutil.copy2(given.program, pathlib.Path(programs) / "fairprice")
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            for case, wrong in zip(cases, pool.map(lambda path: run_case(path, programs, given.accept), cases)):
                if not wrong:
                    passed += 1
                    continue
                failed += 1
                print(f"FAIL  {case.name}")
                print("\n".join("      " + line for line in wrong), flush=True)
    if given.accept and failed:
        print(f"{failed} cases rewritten: look at the difference before you commit it")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
