"""The judge: fairprice's monthly run once more, slow, obvious and exact, straight from the contract's text.

    judge.py --period 2023-11 --input DIR --output DIR [--policy FILE|NAME] [--data DIR]
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import outputs  # noqa: E402
import policy as policies  # noqa: E402
import values  # noqa: E402
from month import Input, Month  # noqa: E402


def run(period, input_dir, output_dir, policy=None, data=None):
    """Assesses the month with and without people's exclusions and matches, and writes all files."""
    source = Input(input_dir, data)
    rules = policies.load(policy, source.dictionaries)
    number = values.period(period)
    month = Month(source, number, rules)
    without = Month(source, number, rules, people=False)
    outputs.write(output_dir, month, without, source.rejects.entries + month.rejects.entries)
    return month


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--period', required=True)
    parser.add_argument('--input', required=True)
    parser.add_argument('--output', required=True)
    parser.add_argument('--policy', help='a policy file, or the name of a preset')
    parser.add_argument('--data', help='folder of the shipped dictionaries')
    given = parser.parse_args()
    run(given.period, given.input, given.output, given.policy, given.data)


if __name__ == '__main__':
    main()
