#!/usr/bin/env python3
"""The checks of the tree that need no compiler: python3 tests/lint/run_lint.py [NAME...]

Each check is a function that yields "file:line: what is wrong"; its docstring is its name in the output.
Last line: "N passed, M failed", a check each."""

import sys

sys.dont_write_bytecode = True  # the tree stays as it is

import check_code  # noqa: E402
import check_data  # noqa: E402
import check_includes  # noqa: E402
import check_project  # noqa: E402

CHECKS = check_includes.CHECKS + check_code.CHECKS + check_data.CHECKS + check_project.CHECKS


def main():
    passed = failed = 0
    for check in CHECKS:
        if len(sys.argv) > 1 and check.__name__ not in sys.argv[1:]:
            continue
        problems = list(check())
        if problems:
            failed += 1
            print(f"FAIL  {check.__name__}: {check.__doc__.splitlines()[0]}")
            print("\n".join("      " + problem for problem in problems))
        else:
            passed += 1
            print(f"ok    {check.__name__}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
