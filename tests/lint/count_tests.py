#!/usr/bin/env python3
"""Counts the single tests of a ctest run: python3 tests/lint/count_tests.py build/release

ctest counts a whole test binary as one; the binaries leave a report of their own in test-results/. A binary that failed without
naming a failed test (it crashed, or ran out of time) is one failure. Prints "N passed, M failed" as its last line."""

import json
import pathlib
import sys
import xml.etree.ElementTree as tree


def counts_of_binary(report):
    """Passed and failed tests in the JSON report of one binary; skipped ones count as neither."""
    passed = failed = 0
    for suite in json.loads(report.read_text(encoding="utf-8")).get("testsuites", []):
        for test in suite.get("testsuite", []):
            if test.get("failures"):
                failed += 1
            elif test.get("status") == "RUN" and test.get("result") == "COMPLETED":
                passed += 1
            elif test.get("result") == "SKIPPED":
                print(f"skipped: {suite['name']}.{test['name']}")
    return passed, failed


def main():
    build = pathlib.Path(sys.argv[1])
    passed = failed = 0
    report = build / "ctest.xml"
    if not report.exists():
        print(f"{report} is not there: ctest did not run")
        print("0 passed, 1 failed")
        return 1
    cases = tree.parse(report).getroot().iter("testcase")
    for case in cases:
        name = case.get("name")
        fine = case.get("status") == "run"
        details = build / "test-results" / f"{name}.json"
        good, bad = 0, 0
        if details.exists():
            try:
                good, bad = counts_of_binary(details)
            except ValueError:
                print(f"{details}: cut off")
        elif fine:
            good = 1
        if not fine and bad == 0:
            print(f"{name}: ended badly without naming a failed test")
            bad = 1
        passed += good
        failed += bad
    if passed + failed == 0:
        print("no test was run")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
