"""From a price and its reference to a decision and its notices (contract section 6)."""
from math import ceil, floor

from exact import FEN, MONEY, money, plain

FLAGGED = ('evidence_required', 'reduce_or_delist')
UNTRUSTED = ('identity_conflict', 'unit_mismatch')


def band(bands, ratio):
    for entry in bands:
        if 'at_most' in entry and ratio <= entry['at_most']:
            return entry['decision']
        if 'below' in entry and ratio < entry['below']:
            return entry['decision']
        if 'at_most' not in entry and 'below' not in entry:
            return entry['decision']
    raise SystemExit('policy: no band for a ratio')


def judged_price(row, rules):
    """The listed price, or what is paid of it at most."""
    if rules['judge'] == 'payable' and row['promised_discount'] is not None:
        return money(row['price'] * row['promised_discount'])
    return row['price']


def max_fair_price(reference, row, rules):
    """The highest listed price in whole fen whose judged price is still within range."""
    within = next((entry for entry in rules['bands'] if entry['decision'] == 'within_range'), None)
    if within is None:
        return None
    if 'at_most' in within:
        highest = floor(reference * (1 + within['at_most']) / MONEY) * MONEY
    else:
        highest = (ceil(reference * (1 + within['below']) / MONEY) - 1) * MONEY
    fen = floor(highest / FEN)
    if rules['judge'] == 'payable' and row['promised_discount'] is not None:
        # round(p * d) <= highest means p * d < highest + half a Money unit, for a tie is rounded up.
        fen = ceil((highest + MONEY / 2) / row['promised_discount'] / FEN) - 1
    return fen * FEN if fen > 0 else None


def near(price, target, tolerance):
    return abs(price - target) <= tolerance * target


def doubt(price, reference, k, other_ks, would_be, rules):
    """(whether check_data, its reason or ''): a typing error, a wrong unit or a wrong match comes first."""
    factor, tolerance = rules['check_data']['factor'], rules['check_data']['tolerance']
    packs = [other / k for other in other_ks if other > k and near(price, other / k * reference, tolerance)]
    pack = ''
    if packs:
        pack = 'pack:' + plain(min(packs, key=lambda q: (abs(price - q * reference), q)), 6)
    if price * factor < reference or price > factor * reference:
        for ten in (10, 100):
            if near(price, ten * reference, tolerance) or near(ten * price, reference, tolerance):
                return True, f'factor:{ten}'
        return True, pack
    return (would_be == 'reduce_or_delist' and bool(pack)), pack


def doubtful_reference(reference, rules):
    """The four notices that say that the reference itself may be wrong, in order."""
    limits, answer, found = rules['notices'], reference.answer, []
    index_price, middle = reference.price['index_price'], reference.market_median
    if index_price is not None and middle is not None \
            and abs(index_price - middle) > limits['index_conflict'] * middle:
        found.append('index_conflict')
    if answer is None:
        return found
    parts = list(answer.went_in.values())
    if answer.statistic == 'median' and len(parts) >= 2 and max(parts) > limits['indicator_conflict'] * min(parts):
        found.append('indicator_conflict')
    if answer.kept < limits['thin_evidence'] and answer.index_age is None:
        found.append('thin_evidence')
    if stale(reference, limits):
        found.append('stale_reference')
    return found


def stale(reference, limits):
    answer = reference.answer
    if answer.index_age is not None and answer.index_age > limits['stale_index_months']:
        return True
    orders_alone = answer.population == 'suppliers' or list(answer.went_in) == ['procurement_average']
    month = reference.view.sources.month
    return orders_alone and month - (answer.newest.year * 12 + answer.newest.month - 1) > limits['stale_orders_months']


def weak(reference, doubts, basis):
    """Whether the reference, or how the listing was matched, is too doubtful to take it down."""
    went_in = list(reference.answer.went_in)
    return went_in == ['procurement_average'] or 'own_index_price' in went_in or bool(doubts) or basis == 'title'


class Assessment:
    """One listing: what goes into its row of assessments.csv."""

    def __init__(self, row, reference, rules, other_ks):
        self.row, self.rules, self.reference = row, rules, reference
        self.price = judged_price(row, rules)
        self.reason = 'identity_conflict' if row.identity_conflict else 'unit_mismatch' if row.unit_mismatch else ''
        self.untrusted = bool(self.reason)
        self.monitoring = self.ratio = self.deviation = self.max_fair = None
        self.doubts, self.notices = [], []
        self.weakened = self.abnormally_low = False
        if self.untrusted:
            self.decision = 'check_data'
            return
        if reference is None:
            self.decision = 'no_reference'
            return
        self.doubts = doubtful_reference(reference, rules)
        if reference.market_median is not None:
            self.deviation = (self.price - reference.market_median) / reference.market_median
        if reference.answer is None:
            self.decision = 'no_reference'
            return
        self.judge(other_ks)

    def judge(self, other_ks):
        rules = self.rules
        self.monitoring = self.reference.answer.price
        self.ratio = (self.price - self.monitoring) / self.monitoring
        self.max_fair = max_fair_price(self.monitoring, self.row, rules)
        self.abnormally_low = self.price < rules['notices']['abnormally_low'] * self.monitoring
        self.decision = band(rules['bands'], self.ratio)
        doubted, reason = doubt(self.price, self.monitoring, self.row.k, other_ks, self.decision, rules)
        if doubted:
            self.decision, self.reason = 'check_data', reason
        elif self.decision == 'reduce_or_delist' and rules['weakening'] and weak(self.reference, self.doubts, self.row.match_basis):
            self.weakened = True
            if any(entry['decision'] == 'evidence_required' for entry in rules['bands']):
                self.decision = 'evidence_required'

    @property
    def flagged(self):
        return self.decision in FLAGGED

    def above_ecommerce(self):
        average = self.reference.price['ecommerce_average'] if self.reference else None
        return average is not None and self.price > self.rules['notices']['above_ecommerce'] * average


def above_lowest_supplier(mine, others, group):
    """Against the lowest trusted listing of the same product of another group, per base unit."""
    prices = [other.row['price'] / other.row.k for other in others
              if group(other.row['supplier_id']) != group(mine.row['supplier_id'])
              and other.decision != 'check_data' and not other.abnormally_low and not other.row.excluded]
    limit = mine.rules['notices']['above_lowest_supplier']
    return bool(prices) and mine.row['price'] / mine.row.k > limit * min(prices)


def raised_before_promotion(mine, deals, months_before, days):
    """The original price against the lowest deal just before the promotion (`days(n)` is a span of n days)."""
    row, limits = mine.row, mine.rules['notices']
    start, original = row['promotion_start'], row['original_price']
    if start is None or original is None:
        return False
    near_days = int(limits['promotion_days'])
    per_unit = [(deal['date'], deal['unit_price'] / deal.k) for deal in deals]
    try:
        week, year = start - days(near_days), months_before(start, int(limits['promotion_months']))
    except (ValueError, OverflowError):
        return False
    recent = [price for date, price in per_unit if week <= date < start]
    if not recent:
        earlier = [(date, price) for date, price in per_unit if year <= date < week]
        if not earlier:
            return False
        latest = max(date for date, _ in earlier)
        recent = [price for date, price in earlier if date == latest]
    return original / row.k > min(recent)


def product_floods(assessments, group):
    """Products of which more than half of the suppliers have a flagged listing."""
    flooded = set()
    by_product = {}
    for one in assessments:
        if one.monitoring is not None:
            by_product.setdefault(one.row.product, []).append(one)
    for product, ones in by_product.items():
        groups = {group(one.row['supplier_id']) for one in ones}
        hit = {group(one.row['supplier_id']) for one in ones if one.flagged}
        for one in ones:
            limit = one.rules['notices']['product_flood']
            if one.flagged and len(groups) >= limit['least_suppliers'] and len(hit) > limit['share'] * len(groups):
                flooded.add(one.row['listing_id'])
    return flooded


def category_floods(assessments):
    """Categories of which more than a fifth, and at least 20, of the listings are flagged."""
    flooded = set()
    for category in {one.row.category for one in assessments if one.row.category}:
        ones = [one for one in assessments if one.row.category == category and one.monitoring is not None]
        hit = [one for one in ones if one.flagged]
        for one in hit:
            limit = one.rules['notices']['category_flood']
            if len(hit) > limit['share'] * len(ones) and len(hit) >= limit['least_listings']:
                flooded.add(one.row['listing_id'])
    return flooded
