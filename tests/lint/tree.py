"""The files of the tree, for the checks."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SKIPPED = {".git", "build", "__pycache__", ".cache", ".venv"}


def files(*folders, suffixes):
    """All files below the folders (of the top level itself when none is given) with one of the suffixes, sorted."""
    found = []
    for folder in folders or (".",):
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and path.suffix in suffixes and not SKIPPED.intersection(parts):
                found.append(path)
    return found


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def lines_of(path):
    return path.read_text(encoding="utf-8").split("\n")


def code_of(path):
    """The lines of a C++ file, numbered from 1, with comments and the content of plain string literals blanked."""
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)

    def blank(match):
        word = match.group(0)
        kept = '""' if word[0] in '"R' else ("' '" if word[0] == "'" else "")
        return kept + "\n" * word.count("\n")

    # A digit separator (1'000) is no character literal.
    text = re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "", text)
    return list(enumerate(pattern.sub(blank, text).split("\n"), start=1))
