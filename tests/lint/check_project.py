"""The tree as a whole."""

import re
import subprocess

from tree import ROOT, files, name_of

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "engine", "indices", "rules", "bench", "tests", "data", "docs", "README.md",
    "README.zh.md", "dev", ".ci", ".clang-format", ".clang-tidy", ".gitignore", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md",
    "DECISIONS.md", ".git", "build",
}
TEXT = {".cpp", ".hpp", ".py", ".cmake", ".in", ".md", ".txt", ".json", ".csv", ".sql", ".html", ".sh", ""}
# Absolute paths of somebody's machine; a path in the temporary folder may stand in an example.
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(home|root|work|Users|mnt|media)/\w")


def top_level():
    """The top level is fixed."""
    for path in sorted(ROOT.iterdir()):
        if path.name not in TOP_LEVEL and not path.name.startswith(".git"):
            yield f"{path.name} has no place at the top level"


def machine_paths():
    """No file names a path of the machine that it was written on."""
    for path in files(suffixes=TEXT):
        if name_of(path).startswith("tests/lint/"):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            found = MACHINE_PATH.search(line)
            if found:
                yield f"{name_of(path)}:{number}: {found.group(0)}..."


def anchors_of(path):
    """What a link may name behind `#`: the headings of a page, as GitHub and its like spell them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    names = []
    for heading in re.findall(r"^#+\s+(.*?)\s*$", text, re.MULTILINE):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        names.append(name if name not in names else f"{name}-{names.count(name)}")
    return set(names)


def links():
    """A relative link in a page leads to a file of the tree, and to a heading that it has."""
    link = re.compile(r"\[[^\]\n]*\]\(([^)\s#]*)(#[^)\s]*)?\)")
    for path in files(suffixes={".md"}):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            for target, anchor in link.findall(line):
                if "://" in target or target.startswith("mailto:"):
                    continue
                page = path.parent / target if target else path
                if not page.exists():
                    yield f"{name_of(path)}:{number}: {target} is not there"
                elif anchor and page.suffix == ".md" and anchor[1:] not in anchors_of(page):
                    yield f"{name_of(path)}:{number}: {target}{anchor}: no such heading"


def pages_are_reachable():
    """Every page in docs/ is linked from README.md and from README.zh.md."""
    for start in ("README.md", "README.zh.md"):
        text = (ROOT / start).read_text(encoding="utf-8")
        for path in files("docs", suffixes={".md"}):
            if f"({name_of(path)})" not in text:
                yield f"{start}: no link to {name_of(path)}"


def shell_scripts():
    """./dev and .ci/run can be read by bash, and may be executed."""
    for name in ("dev", ".ci/run"):
        done = subprocess.run(["bash", "-n", str(ROOT / name)], capture_output=True, text=True)
        if done.returncode != 0:
            yield f"{name}: {done.stderr.strip()}"
        if not (ROOT / name).stat().st_mode & 0o100:
            yield f"{name}: may not be executed"


def problem_codes():
    """Every code of a rejected cell has its line, with how to mend it, in engine/ingest/README.md, and no other code has one."""
    header, page = ROOT / "engine/base/problem.hpp", ROOT / "engine/ingest/README.md"
    if not header.exists() or not page.exists():
        return
    body = re.search(r"enum class ProblemCode[^{]*\{(.*?)\}", header.read_text(encoding="utf-8"), re.DOTALL).group(1)
    body = re.sub(r"//[^\n]*", "", body)
    codes = {word.strip().split("=")[0].strip().replace("_", "-") for word in body.split(",") if word.strip()}
    rows = set(re.findall(r"^\|\s*`([a-z-]+)`\s*\|", page.read_text(encoding="utf-8"), re.MULTILINE))
    for code in sorted(codes - rows):
        yield f"engine/ingest/README.md: no line for `{code}`"
    if rows & codes:
        for code in sorted(row for row in rows - codes if "-" in row):
            yield f"engine/ingest/README.md: `{code}` is no code of engine/base/problem.hpp"


CHECKS = [top_level, machine_paths, links, pages_are_reachable, shell_scripts, problem_codes]
