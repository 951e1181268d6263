"""One month from understood cells to assessed listings, once with people's exclusions and matches, once without."""
import copy
from collections import defaultdict
from datetime import timedelta

import decide
import values
from attributes import split_name, telling_configuration
from dictionaries import Dictionaries
from exact import places, unit_price
from identity import Identity, recognise
from market import Sources, comparable_quote, usable_quote
from reference import Reference
from tables import TABLES, Rejects, read_plain, read_table
from values import Unreadable, canonical, counts_as_deal, month_number

NOT_A_CRITERION = {'table', 'reason', 'by', 'on', 'approved_by'}
COUNTS = ['read', 'rejected', 'duplicate', 'understood', 'excluded', 'out_of_window', 'not_comparable', 'out_of_stock',
          'unmatched', 'used']


def index_pack(row):
    """What else tells two index rows of one unit price apart, so that it is not their places: pack, then best-selling price."""
    if row.is_level:
        return ()
    best = row['best_selling_price']
    return row.k, -1 if best is None else unit_price(best / row.k)


class Input:
    """The tables as read: rows whose cells are understood, recognised, with k, and without duplicates."""

    def __init__(self, folder, shipped):
        self.rejects, self.rows = Rejects(), {}
        self.count = {table: dict.fromkeys(COUNTS, 0) for table in TABLES}
        self.dictionaries = Dictionaries(folder, shipped)
        for table in TABLES:
            rows, read, rejected = read_table(folder, table, self.rejects)
            self.count[table].update(read=read, rejected=rejected)
            self.rows[table] = [row for row in rows if self.recognised(row)]
            if table == 'listings':
                self.measure(table)
                self.remove_duplicates(table, lambda row: row['listing_id'])
        self.listing = {row['listing_id']: row for row in self.rows['listings']}
        for table in ('quotes', 'orders', 'index'):
            self.measure(table)
        self.remove_duplicates('orders', lambda row: (row['order_id'], row['line']) if row['line'] else None)
        criteria = {column for columns in TABLES.values() for column in columns}
        self.exclusions = read_plain(folder, 'exclusions', sorted(criteria | NOT_A_CRITERION))
        self.matches = read_plain(folder, 'matches', ['listing_id', 'product', 'verdict'])
        for match in self.matches:
            match['verdict'] = canonical(match.get('verdict', '')).lower()
        if not self.rows['listings']:
            raise SystemExit('listings: no understood row')

    def reject(self, row, column, code, action='rejected'):
        self.rejects.add(row, column, code, action)
        self.count[row.table]['duplicate' if action == 'duplicate' else 'rejected'] += 1

    def recognised(self, row):
        if not recognise(row, self.dictionaries):
            self.reject(row, '', 'unrecognisable')
        elif row.is_level and row['level'] is None:
            self.reject(row, 'level', 'missing-value')
        else:
            return True
        return False

    def measure(self, table):
        """k, the base units in one pack; an order without a unit takes its listing's."""
        good = []
        for row in self.rows[table]:
            unit = row['unit']
            if table == 'orders' and not unit and row['listing_id'] in self.listing:
                unit = self.listing[row['listing_id']]['unit']
            row.unit, factor = self.dictionaries.unit(unit or '')
            row.k = (1 if row['pack_size'] is None else row['pack_size']) * factor
            if places(row.k) is None or places(row.k) > 4 or not 1 <= row.k * 100 < 10 ** 6:
                self.reject(row, 'pack_size', 'bad-pack')
            else:
                good.append(row)
        self.rows[table] = good

    def remove_duplicates(self, table, key):
        """Rows of one key with equal values count once; with different values none does."""
        same_key = defaultdict(list)
        for row in self.rows[table]:
            content = tuple(sorted((column, str(value)) for column, value in row.cell.items()))
            row.content = content
            same_key[content if key(row) is None else key(row)].append(row)
        good = []
        for rows in same_key.values():
            rows.sort(key=lambda row: row.place())
            if len({row.content for row in rows}) > 1:
                for row in rows:
                    self.reject(row, '', 'conflicting-duplicate')
            else:
                good.append(rows[0])
                for row in rows[1:]:
                    self.reject(row, '', 'duplicate', 'duplicate')
        self.rows[table] = good


def excludes(exclusion, row):
    """Every criterion that is given must hold, by the cell's text or by what it means."""
    criteria = {column: text for column, text in exclusion.items() if column not in NOT_A_CRITERION and text}
    if canonical(exclusion.get('table', '')).lower() != row.table or not criteria:
        return False
    for column, text in criteria.items():
        if column not in TABLES[row.table]:
            return False
        if canonical(row.raw.get(column, '')) == canonical(text):
            continue
        try:
            meant = TABLES[row.table][column][1](text)
        except Unreadable:
            return False
        if row[column] is None or row[column] != meant:
            return False
    return True


class Month:
    """One assessment of the whole month; `people` says whether exclusions and matches hold."""

    def __init__(self, source, period, policy, people=True):
        self.source, self.period, self.policy = source, period, policy
        self.dictionaries, self.rejects = source.dictionaries, Rejects()
        self.count = copy.deepcopy(source.count)
        self.rows = {table: [copy.copy(row) for row in rows] for table, rows in source.rows.items()}
        exclusions, matches = (source.exclusions, source.matches) if people else ([], [])
        for row in (row for rows in self.rows.values() for row in rows):
            row.excluded, row.product = any(excludes(one, row) for one in exclusions), ''
        self.identity = Identity(self.rows, self.dictionaries, matches)
        self.categories = self.identity.product_category()
        self.base_unit = self.identity.base_units(self.categories)
        self.check_units()
        self.check_index()
        for row in self.rows['orders']:
            named = self.identity.listing.get(row['listing_id'])
            row.is_deal = not row.excluded and counts_as_deal(row['status'] or '')
            row.counts = (row.is_deal and not row.used
                          and not (named is not None and named.used))
        self.sources = Sources(self.rows, period, self.dictionaries, self.categories)
        self.count_rows()
        self.assess()

    def reject(self, row, column, code, action='rejected'):
        self.rejects.add(row, column, code, action)
        self.count[row.table]['duplicate' if action == 'duplicate' else 'rejected'] += 1

    def check_units(self):
        for table, rows in self.rows.items():
            for row in rows:
                base = self.base_unit.get(row.product, '') if row.product else ''
                row.unit_mismatch = bool(base and row.unit and row.unit != base)
                if row.unit_mismatch and table != 'listings':
                    self.reject(row, 'unit', 'unit-mismatch')
            if table != 'listings':
                self.rows[table] = [row for row in rows if not row.unit_mismatch]

    def check_index(self):
        """One index price a product, period and origin; one level a category, period and origin."""
        same_key = defaultdict(list)
        for row in self.rows['index']:
            origin = row['origin'] or 'published'
            if row.excluded:
                continue
            if row.is_level:
                same_key['level', row.category, row['period'], origin].append((row['level'], row))
            elif row.product and row['index_price'] is not None:
                price = unit_price(row['index_price'] / row.k)
                same_key['price', row.product, row['period'], origin].append((price, row))
        gone = set()
        for found in same_key.values():
            found.sort(key=lambda pair: (pair[1].category.encode(), index_pack(pair[1]), pair[1].place()))
            conflict = len({value for value, _ in found}) > 1
            for _, row in found if conflict else found[1:]:
                self.reject(row, '', *(('conflicting-index',) if conflict else ('duplicate', 'duplicate')))
                gone.add(row.place())
        self.rows['index'] = [row for row in self.rows['index'] if row.place() not in gone]

    def status(self, row):
        if row.excluded:
            return 'excluded'
        if row.table == 'quotes':
            if month_number(row['date']) != self.period:
                return 'out_of_window'
            if not comparable_quote(row):
                return 'not_comparable'
            if not usable_quote(row):
                return 'out_of_stock'
        if row.table == 'orders':
            rungs = [rung.get('months', 0) for rung in self.policy.all_rungs()]
            window = max([self.policy.for_category('')['windows']['orders_months'], *rungs])
            if not 0 <= self.period - month_number(row['date']) < window:
                return 'out_of_window'
            if not row.counts:
                return 'not_comparable'
        if row.table == 'index':
            window = self.policy.for_category('')['windows']['index_months']
            if row.is_level:
                reindexed = [rung for rung in self.policy.all_rungs() if rung.get('reindexed')]
                window = max([window] + [rung.get('months', 12) - 1 for rung in reindexed])
            if not 0 <= self.period - row['period'] <= window:
                return 'out_of_window'
            if row.is_level:
                return 'used'
        return 'used' if row.product else 'unmatched'

    def count_rows(self):
        for table, rows in self.rows.items():
            self.count[table]['understood'] = len(rows)
            for row in rows:
                row.status = self.status(row)
                self.count[table][row.status] += 1

    def rules_for(self, category):
        return self.policy.for_category(category)

    def reference(self, product, supplier, k, rules):
        return Reference(self.sources, product, self.dictionaries.group(supplier), k, rules)

    def assess(self):
        ks = defaultdict(set)
        for row in (row for rows in self.rows.values() for row in rows):
            if row.product:
                ks[row.product].add(row.k)
        self.assessments = []
        for row in sorted(self.rows['listings'], key=lambda row: row['listing_id'].encode()):
            rules = self.rules_for(row.category)
            reference = self.reference(row.product, row['supplier_id'], row.k, rules) if row.product else None
            self.assessments.append(decide.Assessment(row, reference, rules, ks[row.product]))
        product_flood = decide.product_floods(self.assessments, self.dictionaries.group)
        category_flood = decide.category_floods(self.assessments)
        for one in self.assessments:
            listing_id = one.row['listing_id']
            floods = [name for name, hit in (('product_flood', product_flood), ('category_flood', category_flood))
                      if listing_id in hit]
            one.notices = [one.reason] if one.untrusted else self.notices(one) + floods

    def notices(self, one):
        same_product = [other for other in self.assessments
                        if one.row.product and other.row.product == one.row.product]
        deals = [row for row in self.rows['orders'] if row.is_deal and row['listing_id'] == one.row['listing_id']]
        found = [one.reason] if one.reason else []
        found += one.doubts
        for name, holds in (
                ('weakened', one.weakened), ('abnormally_low', one.abnormally_low),
                ('above_ecommerce', one.above_ecommerce()),
                ('above_lowest_supplier', decide.above_lowest_supplier(one, same_product, self.dictionaries.group)),
                ('raised_before_promotion', decide.raised_before_promotion(
                    one, deals, values.months_before, lambda count: timedelta(days=count))),
                ('government_only_model', self.government_only(one))):
            if holds:
                found.append(name)
        return found

    def government_only(self, one):
        """A model that no market channel sells, while its brand, category and configuration is sold as another."""
        row, spec = one.row, canonical(one.row['spec'] or '')
        configuration = telling_configuration(row.product or '')
        if one.decision != 'no_reference' or not (row.brand and row.category and (spec or configuration) and row.product):
            return False
        market = self.rows['quotes'] + [other for other in self.rows['index'] if not other.is_level]
        if any(split_name(other.product or '')[0] == split_name(row.product)[0] for other in market):
            return False
        brands = self.identity.teacher_brand

        def category(product):
            return self.categories.get(product, '') or self.identity.model_category.get(split_name(product)[0], '')

        return any(other.product and brands.get(other.product, '') == row.brand
                   and (spec and canonical(other['spec'] or '') == spec and self.categories.get(other.product, '') == row.category
                        or configuration and telling_configuration(other.product) == configuration
                        and category(other.product) == row.category) for other in market)
