"""The reference ladder: the first rung that has what it needs gives the monitoring price of a pack."""
from collections import namedtuple

from exact import MONEY, UNIT_PRICE, median, money, statistic
from market import View, index_day

AVERAGES = ['procurement_average', 'ecommerce_average', 'store_average']
INDEX_PRICES = {'index_price': 'published', 'own_index_price': 'own'}
# went_in: indicator name -> price in the pack, or {} for a population; index_age: of the index price that went in
Answer = namedtuple('Answer', 'price basis went_in statistic population kept screened index_age newest')


class Reference:
    """What one supplier group sees of a product, in packs of k base units."""

    def __init__(self, sources, product, group, k, rules):
        self.product, self.k, self.rules = product, k, rules
        self.view = View(sources, group, rules)
        self.markets = {name: self.view.indicator(product, name) for name in AVERAGES}
        self.index = {name: sources.index_price(product, origin, rules) for name, origin in INDEX_PRICES.items()}
        self.price = {name: self.in_pack(market.value) for name, market in self.markets.items()}
        self.price.update({name: self.in_pack(found.value if found else None) for name, found in self.index.items()})
        present = [self.price[name] for name in AVERAGES if self.price[name] is not None]
        self.market_median = median(present, MONEY) if present else None
        self.answer = None
        for number, rung in enumerate(rules['ladder'], start=1):
            self.answer = self.climb(number, rung)
            if self.answer:
                break

    def in_pack(self, per_base_unit):
        """A price that would round to 0 is absent."""
        return None if per_base_unit is None else (money(per_base_unit * self.k) or None)

    def climb(self, number, rung):
        return self.from_population(number, rung) if 'population' in rung else self.from_indicators(number, rung)

    def from_indicators(self, number, rung):
        """Present ones in the order index_price, 2, 3, 4, own_index_price."""
        present = {}
        for name in ['index_price', *AVERAGES, 'own_index_price']:
            too_old = name in self.index and self.index[name] and 'max_age_months' in rung \
                and self.index[name].age > rung['max_age_months']
            if name in rung['indicators'] and self.price[name] is not None and not too_old:
                present[name] = self.price[name]
        if not present:
            return None
        kind = rung.get('statistic', 'median')
        price = statistic(kind, list(present.values()), MONEY)
        if price == 0:
            return None
        basis = f'{number}:{rung["indicators"][0]}'
        if len(rung['indicators']) > 1:
            basis = f'{number}:{kind}({"+".join(present)})'
        kept = [seller for name in present if name in self.markets for seller in self.markets[name].kept]
        screened = sum(self.markets[name].screened for name in present if name in self.markets)
        indexes = [self.index[name] for name in present if name in self.index]
        days = [seller.newest for seller in kept] + [index_day(found) for found in indexes]
        return Answer(price, basis, present, kind, None, len(kept) + len(indexes), screened,
                      max((found.age for found in indexes), default=None), max(days))

    def from_population(self, number, rung):
        market = self.view.screened(self.view.population(self.product, rung), rung.get('least', 3),
                                    rung.get('screened', True))
        if market.value is None:
            return None
        price = self.in_pack(statistic(rung['statistic'], [s.price for s in market.kept], UNIT_PRICE))
        if price is None:
            return None
        days = [seller.newest for seller in market.kept if seller.newest]
        return Answer(price, f'{number}:{rung["statistic"]}({rung["population"]})', {}, rung['statistic'],
                      rung['population'], len(market.kept), market.screened, None, max(days, default=None))
