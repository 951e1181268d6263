"""The judge against cases worked by hand; the arithmetic stands beside each."""
import csv
import json
import sys
import tempfile
import unittest
from fractions import Fraction as F
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import decide  # noqa: E402
import judge  # noqa: E402
import policy as policies  # noqa: E402
from exact import money  # noqa: E402
from screening import screen  # noqa: E402

LISTINGS = 'listing_id,supplier_id,category,brand,model,unit,pack_size,price\n'
INDEX = 'period,category,brand,model,unit,pack_size,index_price,level,origin\n'
ORDERS = 'order_id,date,supplier_id,brand,model,unit,pack_size,quantity,unit_price,listing_id\n'
QUOTES = 'channel,shop,brand,model,price,date\n'


def run(policy=None, **tables):
    """Assesses a month of 2023-11; returns {file: rows as dicts} and the summary."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, 'in'), Path(folder, 'out')
        source.mkdir()
        for table, text in tables.items():
            (source / f'{table}.csv').write_text(text, encoding='utf-8')
        if isinstance(policy, dict):
            (source.parent / 'policy.json').write_text(json.dumps(policy), encoding='utf-8')
            policy = source.parent / 'policy.json'
        judge.run('2023-11', source, target, policy)
        found = {'summary': json.loads((target / 'summary.json').read_text(encoding='utf-8'))}
        for path in target.glob('*.csv'):
            with path.open(encoding='utf-8', newline='') as file:
                found[path.stem] = list(csv.DictReader(file))
        return found


def listing(price, supplier='S1', number='L1', unit='', pack=''):
    return f'{number},{supplier},碎纸机,得力,9911,{unit},{pack},{price}\n'


def index(price, month='2023-11', unit='', pack='', origin=''):
    return f'{month},碎纸机,得力,9911,{unit},{pack},{price},,{origin}\n'


def level(value, month, origin=''):
    return f'{month},碎纸机,,,,,,{value},{origin}\n'


def orders(*prices, day='2023-11-05', first=2, quantity=1):
    return ''.join(f'O{n},{day},S{n},得力,9911,,,{quantity},{price},\n' for n, price in enumerate(prices, start=first))


def quotes(*prices, channel='ecommerce'):
    return ''.join(f'{channel},shop {n},得力,9911,{price},2023-11-0{1 + n % 9}\n' for n, price in enumerate(prices))


class TheShredder(unittest.TestCase):
    def test_1380_against_1144_asks_for_evidence_and_223_sold_put_52628_at_risk(self):
        # (1380 - 1144) / 1144 = 236 / 1144 = 0.206293...; 1144 x 1.2 = 1372.80; 236 x 223 = 52628
        sold = ORDERS + 'O1,2023-11-30,S1,得力,9911,,,223,1300,\n'
        found = run(listings=LISTINGS + listing(1380), index=INDEX + index(1144), orders=sold)
        row = found['flagged'][0]
        self.assertEqual((row['decision'], row['deviation_ratio'], row['max_fair_price']),
                         ('evidence_required', '0.206294', '1372.80'))
        self.assertEqual((row['units_12m'], row['money_at_risk'], row['newest_source']), ('223', '52628.00', '2023-11-30'))
        # the order against the reference of its supplier: (1300 - 1144) / 1144 = 0.136363...
        self.assertEqual((found['orders'][0]['monitoring_price'], found['orders'][0]['deal_ratio']), ('1144.00', '0.136364'))

    def test_exactly_20_percent_is_within_range_and_exactly_50_percent_no_longer_evidence(self):
        for price, decision in (('1200.00', 'within_range'), ('1200.0001', 'evidence_required'),
                                ('1499.9999', 'evidence_required'), ('1500.00', 'reduce_or_delist')):
            found = run(listings=LISTINGS + listing(price), index=INDEX + index(1000))
            self.assertEqual(found['assessments'][0]['decision'], decision, price)

    def test_beyond_five_times_is_checked_first_and_a_missing_point_named(self):
        for price, decision, notices in (
                ('5000', 'reduce_or_delist', ''), ('5000.01', 'check_data', ''), ('10200', 'check_data', 'factor:10'),
                ('10200.01', 'check_data', ''), ('200', 'within_range', 'abnormally_low'),
                ('102', 'check_data', 'factor:10;abnormally_low'), ('9.8', 'check_data', 'factor:100;abnormally_low')):
            row = run(listings=LISTINGS + listing(price), index=INDEX + index(1000))['assessments'][0]
            self.assertEqual((row['decision'], row['notices']), (decision, notices), price)


class Screening(unittest.TestCase):
    def kept(self, method, prices, **constants):
        rule = policies.exact({**policies.SCREENING[method], **constants, 'method': method})
        prices = [F(str(price)) for price in prices]
        return [str(price) for price, flag in zip(prices, screen(prices, rule)) if flag]

    def test_ratio_z_keeps_a_price_exactly_at_the_floor_both_ways(self):
        # c = 100, D = 0, so the limit is 0.30: 130 / 100 - 1 = 0.30; 100 / 76.92 - 1 = 0.30005...
        self.assertEqual(self.kept('ratio_z', [100, 100, 100, 100, 130]), ['100'] * 4 + ['130'])
        self.assertEqual(self.kept('ratio_z', [100, 100, 100, 100, '130.01']), ['100'] * 4)
        self.assertEqual(self.kept('ratio_z', [100, 100, 100, 100, 77]), ['100'] * 4 + ['77'])
        self.assertEqual(self.kept('ratio_z', [100, 100, 100, 100, '76.92']), ['100'] * 4)

    def test_ratio_z_takes_the_larger_of_the_middle_two_distances(self):
        # c = 100; distances 0.25, 0, 0, 0.60, sorted 0 0 0.25 0.60: D = 0.25, the limit 5.1891 x 0.25 = 1.297275
        self.assertEqual(self.kept('ratio_z', [80, 100, 100, 160]), ['80', '100', '100', '160'])

    def test_ratio_z_never_keeps_what_is_more_than_three_times_away(self):
        # c = 100, distances 1, 1, 0, 2, 2.01: D = 1, the limit min(2, 5.1891)
        self.assertEqual(self.kept('ratio_z', [50, 200, 100, '33.4', 301]), ['50', '200', '100', '167/5'])

    def test_modified_z_uses_the_floor_of_a_tenth(self):
        # c = 104, deviations 4 2 0 2 46: median 2, 5.1891 x 2 = 10.3782 < 10.4 = 0.10 x 104
        self.assertEqual(self.kept('modified_z', [100, 102, 104, 106, 150]), ['100', '102', '104', '106'])
        self.assertEqual(self.kept('modified_z', [100, 102, 104, 106, '114.4']), ['100', '102', '104', '106', '572/5'])

    def test_tukey_takes_quartiles_by_nearest_rank(self):
        # n = 5: q1 is the 2nd = 12, q3 the 4th = 14; 12 - 3 = 9 and 14 + 3 = 17
        self.assertEqual(self.kept('tukey', [10, 12, 13, 14, 30]), ['10', '12', '13', '14'])
        self.assertEqual(self.kept('tukey', [9, 12, 13, 14, 17]), ['9', '12', '13', '14', '17'])

    def test_hidiroglou_berthelot_weighs_both_sides_alike(self):
        # c = 100, s = -0.25 0 0 0 0.25 2: median 0, q1 the 2nd = 0, q3 the 5th = 0.25; kept from -0.4 to 1
        self.assertEqual(self.kept('hidiroglou_berthelot', [80, 100, 100, 100, 125, 300]),
                         ['80', '100', '100', '100', '125'])
        # with 70: 1 - 100/70 = -0.428571..., below -0.4
        self.assertEqual(self.kept('hidiroglou_berthelot', [70, 100, 100, 100, 125, 200]),
                         ['100', '100', '100', '125', '200'])

    def test_none_keeps_all(self):
        self.assertEqual(self.kept('none', [1, 100, 10000]), ['1', '100', '10000'])


class Indicators(unittest.TestCase):
    def only(self, **tables):
        return run(listings=LISTINGS + listing(1000), **tables)['assessments'][0]

    def test_an_index_price_is_rolled_forward_by_its_categorys_level(self):
        # 1000 x 110 / 100 = 1100
        row = self.only(index=INDEX + index(1000, '2023-06') + level(100, '2023-06') + level(110, '2023-11'))
        self.assertEqual((row['index_price'], row['notices']), ('1100.00', 'stale_reference'))

    def test_a_level_out_of_bounds_leaves_the_price_for_two_months_only(self):
        levels = level(116, '2023-11') + level(100, '2023-09') + level(100, '2023-08')
        self.assertEqual(self.only(index=INDEX + index(1000, '2023-09') + levels)['index_price'], '1000.00')
        self.assertEqual(self.only(index=INDEX + index(1000, '2023-08') + levels)['index_price'], '')

    def test_own_index_prices_answer_last_and_only_ask(self):
        row = run(listings=LISTINGS + listing(1600), index=INDEX + index(1000, origin='own'))['assessments'][0]
        self.assertEqual((row['index_price'], row['monitoring_basis'], row['decision'], row['notices']),
                         ('', '3:own_index_price', 'evidence_required', 'weakened'))

    def test_a_suppliers_price_is_what_it_was_paid_over_what_it_delivered(self):
        # S2: (90 x 1 + 120 x 2) / 3 = 110; with S3 100 and S4 102: mean 312 / 3 = 104
        deals = ORDERS + orders(90, 100, 102) + 'P1,2022-12-01,S2,得力,9911,,,2,120,\n'
        self.assertEqual(self.only(orders=deals)['procurement_average'], '104.00')
        late = ORDERS + orders(90, 100, 102) + 'P1,2022-11-30,S2,得力,9911,,,2,120,\n'
        self.assertEqual(self.only(orders=late)['procurement_average'], '97.3333')

    def test_the_own_supplier_has_no_vote(self):
        self.assertEqual(self.only(orders=ORDERS + orders(90, 100, 110, first=1))['procurement_average'], '')

    def test_an_operator_is_one_seller_and_its_price_the_median(self):
        # Op: 100 and 104 -> 102; shops 2 and 3: 100 and 101; mean 303 / 3 = 101
        shops = 'alias,shop,operator,supplier_id\nshop 0,shop 0,Op,\nshop 1,shop 1,OP,\n'
        row = self.only(quotes=QUOTES + quotes(100, 104, 100, 101), shops=shops)
        self.assertEqual(row['ecommerce_average'], '101.00')
        own = shops.replace('shop 0,Op,', 'shop 0,Op,S1')
        self.assertEqual(self.only(quotes=QUOTES + quotes(100, 104, 100, 101), shops=own)['ecommerce_average'], '')

    def test_a_dispersed_market_is_absent(self):
        # 1 of 3 screened out is more than 30 %; 3 kept of 4 is 25 %
        self.assertEqual(self.only(quotes=QUOTES + quotes(100, 100, 400))['ecommerce_average'], '')
        self.assertEqual(self.only(quotes=QUOTES + quotes(100, 100, 100, 400))['ecommerce_average'], '100.00')

    def test_the_second_rung_is_the_median_of_the_averages_present(self):
        # 1000 and 1100: (1000 + 1100) / 2 = 1050
        row = self.only(quotes=QUOTES + quotes(1000, 1000, 1000) + quotes(1100, 1100, 1100, channel='store'))
        self.assertEqual((row['monitoring_price'], row['monitoring_basis'], row['sources_kept']),
                         ('1050.00', '2:median(ecommerce_average+store_average)', '6'))


class Packs(unittest.TestCase):
    UNITS = 'alias,unit,factor\n个,个,1\n打,个,12\n箱,箱,1\n'

    def test_an_indicator_is_brought_to_the_listings_pack(self):
        # 10 a piece, a dozen is 120; 150 / 120 - 1 = 0.25; two dozen sold as 24 pieces are 2 packs: 30 x 2 = 60
        deals = ORDERS + 'O1,2023-11-05,S1,得力,9911,个,,24,11,\n'
        row = run(listings=LISTINGS + listing(150, unit='打'), index=INDEX + index(10, unit='个'), units=self.UNITS,
                  orders=deals)['flagged'][0]
        self.assertEqual((row['index_price'], row['deviation_ratio'], row['max_fair_price']), ('120.00', '0.250000', '144.00'))
        self.assertEqual((row['units_12m'], row['money_at_risk']), ('2', '60.00'))

    def test_a_price_divided_by_k_and_multiplied_again_is_itself(self):
        # 10 / 3 = 3.33333333 a unit; x 3 = 9.99999999, as Money 10.0000
        row = run(listings=LISTINGS + listing(10, pack='3'), index=INDEX + index(10, pack='3'))['assessments'][0]
        self.assertEqual(row['index_price'], '10.00')

    def test_a_price_of_another_pack_is_checked_first(self):
        # 240 against 120: +100 %, but 2 x 120 = 240, and k' / k = 2 is the pack of S2's listing
        rows = LISTINGS + listing(240) + listing(240, 'S2', 'L2', pack='2')
        first, second = run(listings=rows, index=INDEX + index(120))['assessments']
        self.assertEqual((first['decision'], first['notices']), ('check_data', 'pack:2;above_lowest_supplier'))
        self.assertEqual((second['decision'], second['monitoring_price']), ('within_range', '240.00'))

    def test_another_unit_is_no_comparison(self):
        found = run(listings=LISTINGS + listing(150, unit='箱'), index=INDEX + index(10, unit='个'), units=self.UNITS)
        row = found['assessments'][0]
        self.assertEqual((row['decision'], row['notices'], row['index_price']), ('check_data', 'unit_mismatch', ''))


class Notices(unittest.TestCase):
    def test_orders_alone_only_ask(self):
        # 3 suppliers at 1000; 1600 is +60 %, but fewer than 5 sellers, and procurement alone
        row = run(listings=LISTINGS + listing(1600), orders=ORDERS + orders(1000, 1000, 1000))['assessments'][0]
        self.assertEqual((row['decision'], row['notices']), ('evidence_required', 'thin_evidence;weakened'))
        literal = run('hubei-literal', listings=LISTINGS + listing(1600), orders=ORDERS + orders(1000, 1000, 1000))
        self.assertEqual(literal['assessments'][0]['decision'], 'reduce_or_delist')

    def test_the_newest_of_old_orders_makes_a_stale_reference(self):
        for day, notices in (('2023-08-01', 'thin_evidence'), ('2023-07-31', 'thin_evidence;stale_reference')):
            row = run(listings=LISTINGS + listing(1000), orders=ORDERS + orders(1000, 1000, 1000, day=day))
            self.assertEqual(row['assessments'][0]['notices'], notices, day)

    def test_raised_before_a_promotion(self):
        head = LISTINGS.strip() + ',original_price,promotion_start\n'
        row = listing(900).strip() + ',1000,2023-11-11\n'
        for day, price, raised in (('2023-11-04', 999, True), ('2023-11-10', 1000, False), ('2023-11-11', 999, False),
                                   ('2022-11-11', 999, True), ('2022-11-10', 999, False)):
            deal = ORDERS + f'O1,{day},S1,,,,,1,{price},L1\n'
            found = run(listings=head + row, orders=deal)['assessments'][0]['notices']
            self.assertEqual('raised_before_promotion' in found, raised, (day, price))

    def test_the_highest_payable_price_is_within_range_and_one_fen_more_is_not(self):
        rules = {'judge': 'payable', 'bands': policies.exact(policies.bands('0.20', '0.50'))}
        for reference in (F(1000), F('0.0312'), F('1234.5678')):
            for discount in (F('0.9'), F('0.333333'), F(1), F('0.000001')):
                highest = decide.max_fair_price(reference, {'promised_discount': discount}, rules)
                for price, decision in ((highest, True), (highest + F(1, 100), False)):
                    within = money(price * discount) <= reference * F('1.2')
                    self.assertEqual(within, decision, (reference, discount))


class Presets(unittest.TestCase):
    def test_the_shipped_files_say_what_the_contract_says(self):
        folder = Path(__file__).resolve().parents[2] / 'data' / 'policies'
        if not folder.is_dir():
            self.skipTest('no data/policies')
        for name, preset in policies.PRESETS.items():
            ours = policies.Policy({'name': name, **preset}, None).for_category('')
            theirs = policies.load(folder / f'{name}.json', None).for_category('')
            for key in ('judge', 'bands', 'weakening', 'screening', 'market', 'windows', 'index_roll', 'check_data', 'notices'):
                self.assertEqual(theirs[key], ours[key], (name, key))
            for rung in ours['ladder'] + theirs['ladder']:
                if 'population' in rung:
                    rung.setdefault('screened', True)
                    rung.setdefault('least', 3)
            self.assertEqual(theirs['ladder'], ours['ladder'], name)


if __name__ == '__main__':
    unittest.main()
