#!/usr/bin/env python3
"""Runs the console blocks of the pages and compares what comes out with what stands below each command.

    python3 tests/docs/run_docs.py --program build/release/fairprice [PAGE...]

A ```console block holds lines `$ command` and below each what it prints, messages included; a line `...` stands for any number of
lines. The commands of one page run in one fresh folder, one after another, with the program on the PATH and the tree's data/ beside
them, in the locale of the page (README.zh.md: Chinese).
    fairprice ...         is run, also as build/release/fairprice. With nothing below it what it prints is left out. It must end with 0 or
                          with an answer of `check` (10 to 14), unless the page shows the status itself (echo "status $?")
    cat FILE              when the page has not made the file yet, what stands below is written into it
    ./dev demo            the ```text block that follows it on the page is what the demo ends with
    anything else         is for people (./dev test) and not run
A ```mermaid block below `<!-- fairprice … -->` is what that command prints.
A page in docs/commands names the options that the command's help names. Last line: "N passed, M failed", a block or such a page each."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "cli"))

from run_cases import difference, matches  # noqa: E402

PROGRAM = re.compile(r"^(build/release/)?fairprice\b")
DEMO = "fairprice run --period 2023-11 --input data/sample/2023-11 --output build/demo"
STATUSES = {0, 10, 11, 12, 13, 14}
EVERYWHERE = {"--help", "--quiet"}  # options of every command, which a page need not repeat
TIMEOUT_SECONDS = 120


def pages():
    for path in [*ROOT.glob("*.md"), *(found for folder in ("docs", "engine", "rules", "indices", "data", "bench", "tests")
                                       for found in (ROOT / folder).rglob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        if "```console" in text:
            yield path, text


def blocks(text):
    """(number of its first line, language, lines) of each fenced block."""
    start, language, inside = 0, "", None
    for number, line in enumerate(text.split("\n"), start=1):
        if inside is None and line.startswith("```"):
            start, language, inside = number + 1, line[3:].strip(), []
        elif inside is not None and line.rstrip() == "```":
            yield start, language, inside
            inside = None
        elif inside is not None:
            inside.append(line)


def commands(lines):
    """(command, what stands below it) of a console block."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return [(command, "".join(line + "\n" for line in below)) for command, below in found]


def diagram_of(text, start):
    """The command that a ```mermaid block is made by: `<!-- fairprice case states --format mermaid -->` in the line above it."""
    above = text.split("\n")[start - 3] if start >= 3 else ""
    made = re.fullmatch(r"<!-- (fairprice .*) -->", above)
    return made.group(1) if made else None


class Page:
    """The folder in which one page's commands run."""

    def __init__(self, path, folder, programs):
        self.folder = folder
        (folder / "data").symlink_to(ROOT / "data")
        locale = "zh_CN.UTF-8" if ".zh." in path.name else "C.UTF-8"
        self.environment = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        self.environment |= {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": locale, "NO_COLOR": "1", "HOME": str(folder)}

    def run(self, command):
        command = command.replace("build/release/fairprice", "fairprice")
        done = subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS)
        return done.returncode, done.stdout

    def ends_with(self, command, expected):
        """What is wrong when the command's last lines are not the expected ones."""
        status, got = self.run(command)
        if status == 0 and got.endswith(expected):
            return []
        tail = b"".join(got.splitlines(keepends=True)[-len(expected.splitlines()):])
        return [f"exit status {status}", *difference(command, expected, tail)]

    def check(self, command, below):
        """What is wrong with a command of the program; None for a command that is not run."""
        words = command.split()
        if words[0] == "cat" and len(words) == 2 and not words[1].startswith("/"):
            file = self.folder / words[1]
            if file.exists():
                return [] if matches(below.encode(), file.read_bytes()) else difference(command, below.encode(), file.read_bytes())
            file.write_text(below, encoding="utf-8")
            return []
        if not PROGRAM.match(command):
            return None
        status, got = self.run(command)
        wrong = []
        if status not in STATUSES:
            wrong += [f"exit status {status}", *(got.decode("utf-8", "replace").splitlines()[:20] if not below else [])]
        if below and not matches(below.encode(), got):
            wrong += difference(command, below.encode(), got)
        return wrong


def run_page(path, text, folder, programs):
    """(place, what is wrong) of each block that was run."""
    page = Page(path, folder, programs)
    demo = False
    for start, language, lines in blocks(text):
        place = f"{path.relative_to(ROOT)}:{start}"
        if language == "text" and demo:
            demo = False
            yield place, page.ends_with(DEMO, "".join(line + "\n" for line in lines).encode())
        if language == "mermaid" and diagram_of(text, start):
            yield place, page.check(diagram_of(text, start), "".join(line + "\n" for line in lines))
        if language != "console":
            continue
        wrong = []
        for command, below in commands(lines):
            demo = demo or command.startswith("./dev demo")
            found = page.check(command, below)
            if found is not None:
                wrong.append([f"$ {command}", *found] if found else [])
        if wrong:
            yield place, [line for found in wrong for line in found]


def options_page(path, text, folder, programs):
    """What is wrong when docs/commands/NAME.md does not name the options of `fairprice help NAME`, in either language."""
    page = Page(path, folder, programs)
    option = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
    wrong = []
    # A command line of another command names options of that one.
    text = re.sub(rf"^\$ fairprice (?!{path.stem}\b).*$", "", text, flags=re.MULTILINE)
    for language in ("en", "zh"):
        status, said = page.run(f"fairprice help {path.stem} --lang {language}")
        differ = (set(option.findall(text)) ^ set(option.findall(said.decode("utf-8", "replace")))) - EVERYWHERE
        if status != 0 or differ:
            wrong.append(f"help {path.stem} --lang {language}: exit status {status}, only in the page or only in the help: {sorted(differ)}")
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("pages", nargs="*", help="only these pages, as paths from the top of the tree")
    given = arguments.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fairprice-docs-") as scratch:
        programs = pathlib.Path(scratch) / "bin"
        programs.mkdir()
        shutil.copy2(given.program, programs / "fairprice")
        for number, (path, text) in enumerate(sorted(pages())):
            if given.pages and str(path.relative_to(ROOT)) not in given.pages:
                continue
            folder = pathlib.Path(scratch) / f"page-{number}"
            folder.mkdir()
            found = list(run_page(path, text, folder, programs))
            if path.parent.name == "commands":
                (folder / "options").mkdir()
                found.append((f"{path.relative_to(ROOT)}, options", options_page(path, text, folder / "options", programs)))
            for place, wrong in found:
                passed, failed = passed + (not wrong), failed + bool(wrong)
                print(f"{'FAIL' if wrong else 'ok  '}  {place}")
                if wrong:
                    print("\n".join("      " + line for line in wrong), flush=True)
    if passed + failed == 0:
        print("no console block was run")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
