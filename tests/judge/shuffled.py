"""Holds a program against itself: the same rows in another order, in other files, packed or not, give the same results.

    shuffled.py --program PATH --seeds A..B [--profile P] [--ways N] [--show N]

Every random month is run as it is, then in N other ways: rows of each table shuffled, split into several files, some of
them .gz, other line ends, other numbers of threads. Outputs must be the same bytes; of rejects.csv file, line and message do
not count, and the file and line that it names must hold the very row that it named before. Ends with `N passed, M failed`.
"""
import argparse
import csv
import gzip
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from random_month import PROFILES, write_month  # noqa: E402

SAME_BYTES = ['assessments.csv', 'flagged.csv', 'orders.csv', 'overrides.csv', 'review.csv']
SHUFFLED = ['listings', 'quotes', 'orders', 'index']
NAMES_PLACES = ['duplicate', 'conflicting-duplicate', 'conflicting-index']


def cut_rows(text, delimiter):
    """The rows as they stand, without their line ends, with the line on which each starts; the heading is the first."""
    text = text.removesuffix('\n') + '\n'
    rows, start, line, at, field_starts = [], 0, 1, 0, True
    while at < len(text):
        if field_starts and text[at] == '"':
            at += 1
            while text[at:at + 1] not in ('', '"') or text[at:at + 2] == '""':
                at += 2 if text[at] == '"' else 1
            at += 1
            field_starts = False
            continue
        if text[at] == '\n':
            rows.append((line, text[start:at].removesuffix('\r')))
            line += text.count('\n', start, at + 1)
            start = at + 1
        field_starts = text[at] in (delimiter, '\n')
        at += 1
    return rows


def read_file(path):
    data = path.read_bytes()
    if path.name.endswith('.gz'):
        data = gzip.decompress(data)
    delimiter = '\t' if '.tsv' in path.name else ','
    return cut_rows(data.decode('utf-8').removeprefix('\ufeff'), delimiter), delimiter


def files_of(folder, table):
    return sorted([*folder.glob(f'{table}.*'), *folder.glob(f'{table}-*'), *folder.glob(f'{table}/*')])


def rearrange(source, target, rng):
    """Writes the month again in another way. Tables of several headings keep one file a heading."""
    shutil.copytree(source, target)
    for table in SHUFFLED:
        groups = {}
        for path in files_of(target, table):
            rows, delimiter = read_file(path)
            groups.setdefault((rows[0][1], delimiter), []).extend(row for _, row in rows[1:])
            path.unlink()
        number = 0
        for (heading, delimiter), rows in groups.items():
            rng.shuffle(rows)
            parts = rng.randint(1, 3) if len(rows) > 3 else 1
            for part in range(parts):
                number += 1
                end = rng.choice(['\n', '\r\n'])
                text = end.join([heading, *rows[part::parts]]) + rng.choice(['', end])
                data = rng.choice([b'', b'\xef\xbb\xbf']) + text.encode()
                name = f'{table}{rng.choice(["-", "/"])}{number}{".tsv" if delimiter == chr(9) else ".csv"}'
                if rng.random() < 0.3:
                    name, data = name + '.gz', gzip.compress(data, mtime=0)
                (target / name).parent.mkdir(exist_ok=True)
                (target / name).write_bytes(data)


def rejects(folder, output):
    """Each rejected place by the row that stands there, not by where it stands."""
    rows_of = {}
    found = Counter()
    with (output / 'rejects.csv').open(encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            if row['file'] not in rows_of:
                rows_of[row['file']] = dict(read_file(folder / row['file'])[0])
            text = rows_of[row['file']].get(int(row['line']), f'no row starts at {row["file"]}:{row["line"]}')
            value, message = row['value'], row['message']
            if row['code'] in NAMES_PLACES:
                message = ''
            if row['code'] == 'duplicate':  # which of equal rows is kept depends on the order; all say the same
                text = value = ''
            found[row['table'], text, row['column'], row['code'], value, row['action'], message] += 1
    return found


def results(program, period, folder, policy, output, threads):
    command = [program, 'run', '--period', period, '--input', str(folder), '--output', str(output), '--policy', str(policy),
               '--lang', 'en', '--threads', str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, errors='replace', timeout=120, check=False)
    if done.returncode != 0:
        return {'exit status': (done.returncode, done.stderr if done.returncode < 0 or done.returncode > 3 else '')}
    found = {name: (output / name).read_bytes() for name in SAME_BYTES}
    found['rejects.csv'] = rejects(folder, output)
    summary = json.loads((output / 'summary.json').read_text(encoding='utf-8'))
    summary.pop('inputs')
    found['summary.json'] = summary
    return found


def differences(name, one, other):
    if isinstance(one, Counter):
        return [f'{name}: only {who}: {row}' for who, extra in (('before', one - other), ('after', other - one)) for row in extra]
    if isinstance(one, bytes):
        mine, others = (list(csv.reader(io.StringIO(data.decode(), newline=''))) for data in (one, other))
        return [f'{name} row {at + 1}:\n    {a}\n    {b}' for at, (a, b) in enumerate(zip(mine, others)) if a != b][:3] or [f'{name}: differs']
    return [f'{name}: {key}: {one.get(key)!r}, {other.get(key)!r}' for key in {*one, *other} if one.get(key) != other.get(key)] \
        if isinstance(one, dict) else [f'{name}: {one}, {other}']


def hold_month(program, seed, profile, ways, folder):
    rng = random.Random(f'shuffled-{profile}-{seed}')
    period = write_month(seed, folder, profile)
    expected = results(program, period, folder / 'input', folder / 'policy.json', folder / 'output', 1)
    for way in range(ways):
        rearranged = folder / f'input{way}'
        rearrange(folder / 'input', rearranged, rng)
        found = results(program, period, rearranged, folder / 'policy.json', folder / f'output{way}', rng.randint(1, 4))
        wrong = [line for name in {**expected, **found} if expected.get(name) != found.get(name)
                 for line in differences(name, expected.get(name, ''), found.get(name, ''))]
        if wrong:
            return [f'way {way}:', *wrong]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--seeds', required=True, help='A..B, both ends included')
    parser.add_argument('--profile', choices=[*PROFILES, 'all'], default='all')
    parser.add_argument('--ways', type=int, default=2, help='how often each month is rearranged')
    parser.add_argument('--show', type=int, default=5, help='how many failing months are printed and kept')
    given = parser.parse_args()
    first, _, last = given.seeds.partition('..')
    passed = failed = 0
    for seed in range(int(first), int(last or first) + 1):
        folder = Path(tempfile.mkdtemp(prefix=f'shuffled-{given.profile}-{seed}-'))
        found = hold_month(str(Path(given.program).resolve()), seed, given.profile, given.ways, folder)
        passed, failed = passed + (not found), failed + bool(found)
        if found and failed <= given.show:
            print(f'seed {seed}, profile {given.profile}: {folder}', *found[:20], sep='\n  ', flush=True)
        else:
            shutil.rmtree(folder)
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
