"""A small random month, the same for the same seed and profile.

    random_month.py --seed N --output DIR [--profile plain|ties|identity|units|edges|flood|all]

writes DIR/input/ (the tables), DIR/policy.json and DIR/period.txt.
"""
import argparse
import random
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from messy import Scribe, gtin  # noqa: E402
from month_files import write_plain, write_table  # noqa: E402
from month_rows import BRANDS, CATEGORIES, RowMaker  # noqa: E402
from policy import PRESETS  # noqa: E402
from random_policy import figures, random_policy, to_json  # noqa: E402

PROFILES = ['plain', 'ties', 'identity', 'units', 'edges', 'flood', 'configured']
# Shares in 0..1: of messy cells, of damaged rows, of rows with packs, of rows with barcodes, of changed policies,
# of unusual files, of split models, of people's decisions.
SETTINGS = {
    'plain': dict(mess=0.05, damage=0.0, packs=0.0, barcodes=0.0, policy=0.2, variety=0.1, split=0.0, people=0.1),
    'ties': dict(mess=0.0, damage=0.0, packs=0.1, barcodes=0.0, policy=0.5, variety=0.0, split=0.0, people=0.1),
    'identity': dict(mess=0.4, damage=0.0, packs=0.1, barcodes=0.6, policy=0.2, variety=0.2, split=0.4, people=0.6),
    'units': dict(mess=0.1, damage=0.03, packs=0.7, barcodes=0.1, policy=0.3, variety=0.1, split=0.0, people=0.2),
    'edges': dict(mess=0.4, damage=0.15, packs=0.3, barcodes=0.2, policy=0.4, variety=1.0, split=0.1, people=0.3),
    'flood': dict(mess=0.05, damage=0.0, packs=0.1, barcodes=0.0, policy=0.3, variety=0.0, split=0.0, people=0.2),
    'configured': dict(mess=0.1, damage=0.02, packs=0.0, barcodes=0.4, policy=0.2, variety=0.2, split=0.0, people=0.3)}
CPUS, MEMORIES, GPUS = ['i5-1240P', 'i5-1240P', 'i7 1165G7', 'R7 5800H', 'i5'], ['8G', '16G', '16GB'], ['', '', 'MX450', 'RTX3060']
DISKS = ['256G', '512G SSD', '1T HDD', '512G SSD+1T HDD', '1T', '512GB固态']


class Product:
    """What the month is made around: names, packs and the price that the market is near."""

    def __init__(self, rng, number, settings, tag):
        self.tag = tag
        self.brand = rng.choice(list(BRANDS))
        self.category = rng.choice(list(CATEGORIES))
        self.model = rng.choice(['S480', 'MP-2014', 'DCP7080', 'X1.5', 'HL 22', 'A4-70G', '9911', 'Ω7', 'K-1/2']) + f'T{number}'
        self.forms = [self.model]
        if rng.random() < settings['split']:
            self.forms = [f'M4-80{number}', f'M48-0{number}']
            self.model = self.forms[0]
        least = 'dust' if settings['packs'] > 0.2 else 'small'
        size = rng.choice([least, 'tiny', 'small', 'round', 'round', 'plain', 'plain', 'long', 'huge'])
        self.price = {'dust': Fraction(rng.randint(1, 40), 10 ** 6), 'tiny': Fraction(rng.randint(1, 200), 10000),
                      'small': Fraction(rng.randint(100, 5000), 100),
                      'round': Fraction(rng.choice([10, 100, 1000, 2000])), 'long': Fraction(rng.randint(1, 10 ** 8), 10 ** 4),
                      'plain': Fraction(rng.randint(100, 900000), 100),
                      'huge': Fraction(rng.randint(10 ** 7, 99999999))}[size]
        self.barcodes = [gtin(rng)] if rng.random() < settings['barcodes'] else []
        self.teaches = rng.choice(['market', 'market', 'orders', 'listings', 'nobody', 'ambiguous'])
        self.markets = rng.choice(['all', 'all', 'all', 'all', 'orders', 'ecommerce', 'own', 'index', 'none', 'thin'])
        self.specs = [rng.choice(['', 'A4 12L', 'i5/16G/512G'])]
        self.configurations = []
        if tag == 'configured':
            self.model = rng.choice(['S480', 'DCP7080', 'HLX2200']) + f'T{number}'
            self.forms = [self.model]
            self.category = rng.choice(['测试类甲', '测试类甲', '测试类甲', '测试类乙'])
            self.specs = ['']
            self.configurations = [[rng.choice(parts) for parts in (CPUS, MEMORIES, DISKS, GPUS)] for _ in range(rng.choice([1, 1, 2, 3]))]
        self.spread = rng.choice(['equal', 'ties', 'ties', 'near', 'near', 'near', 'near', 'wild', 'clusters', 'mixed'])


def rivals(rng, products):
    """Sometimes the last product is a government-only twin of the first: same brand, category and configuration."""
    if len(products) > 1 and rng.random() < 0.35:
        twin, sold = products[-1], products[0]
        twin.brand, twin.category, twin.markets, twin.barcodes = sold.brand, sold.category, 'none', []
        sold.specs = twin.specs = ['A4 12L']
        sold.markets = 'all'


def split_evenly(rng, total, parts):
    counts = [1] * parts
    for _ in range(max(0, total - parts)):
        counts[rng.randrange(parts)] += 1
    return counts


def make_month(seed, folder, profile):
    rng = random.Random(f'{profile}-{seed}')
    if profile == 'all':
        profile = PROFILES[seed % len(PROFILES)]
    settings = SETTINGS[profile]
    period = rng.choice([2023 * 12 + 10] * 4 + [2024 * 12 + 0, 2024 * 12 + 1, 2023 * 12 + 1])
    scribe = Scribe(rng, settings['mess'] if rng.random() < 0.8 else 0)
    flood = profile == 'flood'
    count = rng.randint(1, 3) if flood else rng.randint(1, 8)
    products = [Product(rng, number, settings, profile) for number in range(count)]
    if flood:
        for product in products:
            product.category, product.markets = products[0].category, rng.choice(['all', 'index'])
    rivals(rng, products)
    maker = RowMaker(rng, scribe, settings, period, products)
    listings = maker.listings(split_evenly(rng, rng.randint(24, 40) if flood else rng.randint(5, 30), count), flood)
    tables = {'listings': listings, 'quotes': maker.quotes(120), 'orders': maker.orders(60), 'index': maker.index()}
    people = maker.people() if rng.random() < settings['people'] else ([], [])
    for table, rows in tables.items():
        maker.damage(table, rows)
        if rng.random() < 0.5:
            rng.shuffle(rows)
    return tables, people, maker, settings, period, rng


FIRST_COLUMNS = {
    'listings': ['listing_id', 'supplier_id', 'category', 'brand', 'model', 'price'],
    'quotes': ['channel', 'shop', 'brand', 'model', 'price', 'date'],
    'orders': ['order_id', 'date', 'supplier_id', 'listing_id', 'quantity', 'unit_price'],
    'index': ['period', 'category', 'brand', 'model', 'index_price', 'level']}


def write_month(seed, output, profile='all'):
    """Returns the period as text."""
    tables, (exclusions, matches), maker, settings, period, rng = make_month(seed, output, profile)
    folder = Path(output) / 'input'
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        if rows:
            write_table(folder, table, rows, FIRST_COLUMNS[table], rng, settings['variety'])
    maker.write_dictionaries(folder)
    write_plain(folder, 'exclusions', ['table', 'listing_id', 'order_id', 'shop', 'supplier_id', 'period', 'origin',
                                       'reason', 'by', 'on', 'approved_by'], exclusions)
    write_plain(folder, 'matches', ['listing_id', 'product', 'verdict', 'by', 'on', 'approved_by', 'reason'], matches)
    policy = random_policy(rng, sorted(CATEGORIES)) if rng.random() < settings['policy'] else figures(
        {'name': 'hubei', **PRESETS['hubei']})
    (Path(output) / 'policy.json').write_text(to_json(policy) + '\n', encoding='utf-8')
    text = f'{period // 12}-{period % 12 + 1:02d}'
    (Path(output) / 'period.txt').write_text(text + '\n', encoding='utf-8')
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seed', type=int, required=True)
    parser.add_argument('--output', required=True)
    parser.add_argument('--profile', choices=[*PROFILES, 'all'], default='all')
    given = parser.parse_args()
    print(write_month(given.seed, given.output, given.profile))


if __name__ == '__main__':
    main()
