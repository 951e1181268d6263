"""Habits of the sources that a line can show."""

import re

from tree import code_of, files, lines_of, name_of

CODE = {".cpp", ".hpp", ".py", ".cmake", ".in", ".sh", ".sql"}
CPP = {".cpp", ".hpp"}
LONGEST_FILE = 500

# Put together here so that this file does not hold the words itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "not " + "implemented"]) + r")\b")


def sources(suffixes=None):
    return files("engine", "indices", "rules", "tests", "bench", "data", suffixes=suffixes or CODE)


def file_lengths():
    """No source is longer than 500 lines: a file does one thing."""
    for path in sources():
        count = len(lines_of(path))
        if count > LONGEST_FILE:
            yield f"{name_of(path)}: {count} lines"


def unfinished_work():
    """What is not done is not in the code: no marks for later."""
    for path in sources():
        for number, line in enumerate(lines_of(path), start=1):
            found = UNFINISHED.search(line)
            if found:
                yield f"{name_of(path)}:{number}: {found.group(0)}"


def layout():
    """UTF-8, LF, no tabs, no blanks at line ends, one line end at the end of the file."""
    for path in sources():
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            yield f"{name_of(path)}: not UTF-8 ({problem})"
            continue
        if b"\r" in data:
            yield f"{name_of(path)}: carriage returns"
        if data and (not text.endswith("\n") or text.endswith("\n\n")):
            yield f"{name_of(path)}: does not end with exactly one line end"
        for number, line in enumerate(text.split("\n"), start=1):
            if line != line.rstrip():
                yield f"{name_of(path)}:{number}: blanks at the end"
            if "\t" in line and path.suffix in CPP:
                yield f"{name_of(path)}:{number}: a tab"


def pragma_once():
    """A header starts with #pragma once (after comments)."""
    for path in sources({".hpp"}):
        first = next((line for _, line in code_of(path) if line.strip()), "")
        if first.strip() != "#pragma once":
            yield f"{name_of(path)}: starts with {first.strip()!r}"


def no_floating_point():
    """No double or float where prices are: engine/ and rules/. A line that needs one says "not a price" in a comment."""
    for path in files("engine", "rules", suffixes=CPP):
        if name_of(path) == "engine/cli/progress.cpp" or name_of(path).startswith(("engine/matching/", "engine/indexing/", "engine/own_index/build.", "engine/estimation/", "engine/charts/")):
            # seconds; similarities; index numbers
            continue
        lines = lines_of(path)
        for number, line in code_of(path):
            if re.search(r"\b(double|float)\b", line) and "not a price" not in lines[number - 1]:
                yield f"{name_of(path)}:{number}: {lines[number - 1].strip()}"


def no_hidden_input():
    """No clock, locale, environment or chance outside engine/cli: the same input gives the same bytes."""
    hidden = re.compile(r"\b(system_clock|setlocale|getenv|secure_getenv|random_device|mt19937|localtime(_r)?|gmtime(_r)?|srand)\b"
                        r"|\bstd::(locale|time)\b")
    for path in files("engine", "indices", "rules", suffixes=CPP):
        if name_of(path).startswith("engine/cli/"):
            continue
        for number, line in code_of(path):
            found = hidden.search(line)
            if found:
                yield f"{name_of(path)}:{number}: {found.group(0)}"


def no_printing():
    """Only engine/cli prints; a stage returns what it found."""
    printing = re.compile(r"\bstd::(cout|cerr|clog)\b|\b(std::)?f?printf\s*\(|\bfmt::print\b|\bstd::puts\b")
    for path in files("engine", "indices", "rules", suffixes=CPP):
        if name_of(path).startswith("engine/cli/"):
            continue
        for number, line in code_of(path):
            found = printing.search(line)
            if found:
                yield f"{name_of(path)}:{number}: {found.group(0)}"


def test_names():
    """A test's name is a sentence that can be false: at least three words, in CamelCase."""
    start = re.compile(r"^\s*(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+)\s*,\s*(\w+)")
    for path in files("tests", suffixes={".cpp"}):
        for number, line in enumerate(lines_of(path), start=1):
            found = start.match(line)
            if found and len(re.findall(r"[A-Z]|[0-9]+", found.group(2))) < 3:
                yield f"{name_of(path)}:{number}: {found.group(1)}.{found.group(2)}"


CHECKS = [file_lengths, unfinished_work, layout, pragma_once, no_floating_point, no_hidden_input, no_printing, test_names]
