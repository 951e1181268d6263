"""Holds a program against the judge on random months.

    compare.py --program PATH --seeds A..B [--profile P] [--threads 1,2] [--data DIR] [--show N]

Every month is made in a folder of its own, which is kept when the answers differ. Ends with `N passed, M failed`.
"""
import argparse
import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import judge  # noqa: E402
from random_month import PROFILES, write_month  # noqa: E402

SAME_BYTES = ['assessments.csv', 'flagged.csv', 'orders.csv', 'overrides.csv']
REJECT_KEY = ['table', 'file', 'line', 'column', 'code', 'action']
ROWS_SHOWN = 3


def read_bytes(path):
    return path.read_bytes() if path.is_file() else None


def different_files(name, ours, theirs):
    """The first rows that differ, ours above theirs, with the columns that differ named."""
    if theirs is None:
        return [f'{name}: the program wrote none']
    if ours == theirs:
        return []
    mine, other = (list(csv.reader(io.StringIO(data.decode('utf-8', 'replace'), newline='')))
                   for data in (ours, theirs))
    found = []
    for number in range(max(len(mine), len(other))):
        left = mine[number] if number < len(mine) else ['(no row)']
        right = other[number] if number < len(other) else ['(no row)']
        if left != right:
            columns = [f'{mine[0][at]}: judge {a!r}, program {b!r}' for at, (a, b) in enumerate(zip(left, right))
                       if a != b and at < len(mine[0])]
            found += [f'{name} row {number + 1}: {"; ".join(columns)}', f'  judge   {",".join(left)}',
                      f'  program {",".join(right)}']
            if len(found) >= 3 * ROWS_SHOWN:
                break
    return found or [f'{name}: equal cells, different bytes (quoting, line ends or byte order mark)']


def reject_set(path, folder):
    """Rejects as a multiset; a file is named by its path inside the input folder."""
    if not path.is_file():
        return None
    with path.open(encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row['file'] = (row.get('file') or '').removeprefix(f'{folder}/')
    return Counter(tuple(row.get(key) for key in REJECT_KEY) for row in rows)


def different_rejects(ours, theirs):
    if theirs is None:
        return ['rejects.csv: the program wrote none']
    # The judge stops at what rejects a row first; the program says everything that is wrong with it, an impossible pack among it.
    rejected = {key[:3] for key in ours if key[-1] == 'rejected'}
    theirs = Counter({key: count for key, count in theirs.items()
                      if key in ours or not ('bad-pack' in key and key[:3] in rejected)})
    return [f'rejects.csv: only the {who} has {",".join(map(str, key))}'
            for who, extra in (('judge', ours - theirs), ('program', theirs - ours)) for key in sorted(extra, key=str)]


def counts(summary, name):
    """A flat object of counts without zeros; every pack:q counts as pack."""
    flat = Counter()
    for key, value in summary.get(name, {}).items():
        if isinstance(value, dict):
            for part, count in value.items():
                flat[f'{key}.{part}'] += count if isinstance(count, int) else 0
        else:
            flat['pack' if key.startswith('pack:') else key] += value
    return {key: value for key, value in flat.items() if value}


def different_summaries(ours, theirs):
    if theirs is None:
        return ['summary.json: the program wrote none']
    try:
        mine, other = json.loads(ours), json.loads(theirs)
    except ValueError as problem:
        return [f'summary.json: {problem}']
    found = []
    for name in ('decisions', 'notices', 'rows'):
        left, right = counts(mine, name), counts(other, name)
        known = {f'{table}.{count}' for table, part in mine['rows'].items() for count in part}
        for key in sorted(set(left) | set(right)):
            if left.get(key, 0) != right.get(key, 0) and (name != 'rows' or key in known):
                found.append(f'summary.json {name}.{key}: judge {left.get(key, 0)}, program {right.get(key, 0)}')
    return found


def run_program(program, period, folder, output, threads):
    command = [program, 'run', '--period', period, '--input', str(folder / 'input'), '--output', str(output),
               '--policy', str(folder / 'policy.json'), '--lang', 'en']
    if threads:
        command += ['--threads', threads]
    return subprocess.run(command, capture_output=True, text=True, errors='replace', timeout=120, check=False)


def compare_month(program, seed, profile, threads, data, folder):
    """What differs, as lines; none when the program agrees with the judge."""
    period = write_month(seed, folder, profile)
    refusal = None
    try:
        judge.run(period, folder / 'input', folder / 'judge', folder / 'policy.json', data)
    except SystemExit as problem:
        refusal = str(problem)
    found = []
    for count in threads:
        output = folder / f'program{count}'
        done = run_program(program, period, folder, output, count)
        if refusal is not None:
            if done.returncode == 0:
                found.append(f'the judge refuses the month ({refusal}), the program does not')
            continue
        if done.returncode != 0:
            found.append(f'exit status {done.returncode}, threads {count or "default"}: {done.stderr.strip()[-500:]}')
            continue
        here = [line for name in SAME_BYTES
                for line in different_files(name, read_bytes(folder / 'judge' / name), read_bytes(output / name))]
        here += different_rejects(reject_set(folder / 'judge' / 'rejects.csv', folder / 'input'),
                                  reject_set(output / 'rejects.csv', folder / 'input'))
        here += different_summaries(read_bytes(folder / 'judge' / 'summary.json'), read_bytes(output / 'summary.json'))
        if here and count:
            here.insert(0, f'threads {count}:')
        found += here
    return found


def shipped_dictionaries():
    """The folder of the repository's data/ that holds units.csv, when there is one."""
    data = Path(__file__).resolve().parents[2] / 'data'
    found = sorted(path.parent for path in data.rglob('units.csv') if 'sample' not in path.parts)
    return found[0] if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--seeds', required=True, help='A..B, both ends included')
    parser.add_argument('--profile', choices=[*PROFILES, 'all'], default='all')
    parser.add_argument('--threads', default='', help='thread counts to try, such as 1,2')
    parser.add_argument('--data', help='folder of the shipped dictionaries (default: the repository\'s own)')
    parser.add_argument('--show', type=int, default=5, help='how many failing months are printed and kept')
    given = parser.parse_args()
    first, _, last = given.seeds.partition('..')
    data = given.data or shipped_dictionaries()
    passed = failed = 0
    for seed in range(int(first), int(last or first) + 1):
        folder = Path(tempfile.mkdtemp(prefix=f'judge-{given.profile}-{seed}-'))
        found = compare_month(str(Path(given.program).resolve()), seed, given.profile, given.threads.split(','), data,
                              folder)
        passed, failed = passed + (not found), failed + bool(found)
        if found and failed <= given.show:
            print(f'seed {seed}, profile {given.profile}: {folder}')
            for line in found[:30]:
                print(f'  {line}')
            sys.stdout.flush()
        else:
            shutil.rmtree(folder)
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
