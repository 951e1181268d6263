"""Seller prices of a product and the five indicators (contract section 5), all per base unit."""
from collections import defaultdict, namedtuple

from exact import UNIT_PRICE, mean, median, unit_price
from screening import screen
from values import last_day, month_number

# name: supplier or operator; newest: the latest day behind the price, None for listings
Seller = namedtuple('Seller', 'name price newest')
# value: UnitPrice or None; kept: the sellers that stayed
Market = namedtuple('Market', 'value kept screened dispersed')
IndexPrice = namedtuple('IndexPrice', 'value age period')


class Sources:
    """Every row of the month that counts, by product; knows nothing of a listing."""

    def __init__(self, rows, month, dictionaries, categories):
        self.month, self.dictionaries, self.categories = month, dictionaries, categories
        self.quotes, self.orders, self.listings = defaultdict(list), defaultdict(list), defaultdict(list)
        self.index = defaultdict(list)
        self.levels = {}
        for row in rows['quotes']:
            if not row.excluded and row.product and usable_quote(row) and month_number(row['date']) == month:
                self.quotes[row.product].append(row)
        for row in rows['orders']:
            if row.counts and row.product:
                self.orders[row.product].append(row)
        for row in rows['listings']:
            if row.product and not (row.excluded or row.identity_conflict or row.unit_mismatch):
                self.listings[row.product].append(row)
        for row in rows['index']:
            if row.excluded:
                continue
            if row.is_level:
                self.levels[row.category, row['period'], row['origin'] or 'published'] = row['level']
            elif row.product and row['index_price'] is not None:
                self.index[row.product].append(row)

    def level_ratio(self, category, since):
        """I(t)/I(s), published for both periods, else own for both; None when not known."""
        for origin in ('published', 'own'):
            now, then = (self.levels.get((category, period, origin)) for period in (self.month, since))
            if category and now is not None and then is not None:
                return now / then
        return None

    def index_price(self, product, origin, rules):
        """The newest row of that origin within the window, rolled forward by its category's level."""
        rows = [row for row in self.index[product] if (row['origin'] or 'published') == origin
                and 0 <= self.month - row['period'] <= rules['windows']['index_months']]
        if not rows:
            return None
        row = max(rows, key=lambda row: row['period'])
        price, age = unit_price(row['index_price'] / row.k), self.month - row['period']
        if age == 0:
            return IndexPrice(price, age, row['period'])
        ratio = self.level_ratio(row.category, row['period'])
        if ratio is not None and rules['index_roll']['at_least'] <= ratio <= rules['index_roll']['at_most']:
            return IndexPrice(unit_price(price * ratio), age, row['period'])
        if age <= rules['windows']['index_unrolled_months']:
            return IndexPrice(price, age, row['period'])
        return None

    def suppliers(self, product, months, reindexed=False):
        """Sum of price x quantity over sum of quantity x k, supplier by supplier, in the months that end with t."""
        by_supplier = defaultdict(list)
        for row in self.orders[product]:
            if 0 <= self.month - month_number(row['date']) < months:
                by_supplier[row['supplier_id']].append(row)
        sellers = []
        for supplier, rows in by_supplier.items():
            paid = sum(self.order_price(row, product, reindexed) * row['quantity'] for row in rows)
            units = sum(row['quantity'] * row.k for row in rows)
            sellers.append(Seller(supplier, unit_price(paid / units), max(row['date'] for row in rows)))
        return sellers

    def order_price(self, row, product, reindexed):
        ratio = self.level_ratio(self.categories.get(product, ''), month_number(row['date'])) if reindexed else None
        return row['unit_price'] if ratio is None else unit_price(row['unit_price'] * ratio)

    def operators(self, product, channels, shop_type=None):
        """An operator is one seller, over all its shops and over both channels when both are asked for."""
        by_operator = defaultdict(list)
        for row in self.quotes[product]:
            if row['channel'] in channels and shop_type in (None, row['shop_type']):
                by_operator[self.dictionaries.operator(row['shop'])].append(row)
        return [Seller(operator, median([unit_price(row['price'] / row.k) for row in rows], UNIT_PRICE),
                       max(row['date'] for row in rows)) for operator, rows in by_operator.items()]

    def listing_suppliers(self, product):
        by_supplier = defaultdict(list)
        for row in self.listings[product]:
            by_supplier[row['supplier_id']].append(unit_price(row['price'] / row.k))
        return [Seller(supplier, median(prices, UNIT_PRICE), None) for supplier, prices in by_supplier.items()]


def usable_quote(row):
    """Comparable and in stock; the month is a separate question."""
    return comparable_quote(row) and row['in_stock'] is not False


def comparable_quote(row):
    return row['price_kind'] in (None, 'regular', 'promotion') and row['tax_included'] is not False and not row.used


class View:
    """The market as one supplier group sees it: without its own suppliers and operators."""

    def __init__(self, sources, group, rules):
        self.sources, self.group, self.rules = sources, group, rules
        self.own_operators = sources.dictionaries.own_operators(group)

    def other_suppliers(self, sellers):
        return [s for s in sellers if self.sources.dictionaries.group(s.name) != self.group]

    def other_operators(self, sellers):
        return [s for s in sellers if s.name not in self.own_operators]

    def population(self, product, rung):
        name = rung['population']
        if name == 'suppliers':
            months = rung.get('months', self.rules['windows']['orders_months'])
            return self.other_suppliers(self.sources.suppliers(product, months, rung.get('reindexed', False)))
        if name == 'listings':
            return self.other_suppliers(self.sources.listing_suppliers(product))
        return self.other_operators(self.sources.operators(product, name.split('+'), rung.get('shop_type')))

    def indicator(self, product, name):
        """procurement_average, ecommerce_average or store_average: the mean of the sellers kept."""
        population = {'procurement_average': 'suppliers', 'ecommerce_average': 'ecommerce', 'store_average': 'store'}
        sellers = self.population(product, {'population': population[name]})
        market = self.screened(sellers, self.rules['market']['least_sellers'], screening=True)
        if market.value is None:
            return market
        return market._replace(value=mean([s.price for s in market.kept], UNIT_PRICE))

    def screened(self, sellers, least, screening):
        """`value` is None when too few are kept or the market is dispersed, else merely not None."""
        flags = screen([s.price for s in sellers], self.rules['screening']) if screening else [True] * len(sellers)
        kept = [s for s, flag in zip(sellers, flags) if flag]
        out = len(sellers) - len(kept)
        prices = [s.price for s in kept]
        limits = self.rules['market']
        dispersed = bool(screening and kept and (out > limits['max_screened_share'] * len(sellers)
                                                 or max(prices) > limits['max_spread'] * min(prices)))
        enough = kept and len(kept) >= least
        return Market(True if enough and not dispersed else None, kept, out, dispersed)


def index_day(price):
    return last_day(price.period)
