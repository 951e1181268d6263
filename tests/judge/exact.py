"""Exact arithmetic of the contract, section 2: fractions of yuan, rounded half away from zero."""
from fractions import Fraction
from math import ceil, floor

MONEY = Fraction(1, 10 ** 4)  # what people list, pay and read
UNIT_PRICE = Fraction(1, 10 ** 8)  # what is compared across packs, per base unit
FEN = Fraction(1, 100)
DISTANCE = Fraction(1, 10 ** 8)  # screening distances are counts of 10^-8


def round_half_away(value, step):
    """The multiple of `step` nearest to `value`; a tie goes away from zero."""
    count = abs(Fraction(value)) / step
    rounded = floor(count + Fraction(1, 2))
    return rounded * step if value >= 0 else -rounded * step


def money(value):
    return round_half_away(value, MONEY)


def unit_price(value):
    return round_half_away(value, UNIT_PRICE)


def median(values, step):
    """Even count: the rounded mean of the middle two."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[middle]
    return round_half_away((ordered[middle - 1] + ordered[middle]) / Fraction(2), step)


def larger_median(values):
    """Even count: the larger of the middle two (ratio_z's D)."""
    return sorted(values)[len(values) // 2]


def mean(values, step):
    return round_half_away(sum(values, Fraction(0)) / len(values), step)


def nearest_rank(values, share):
    """The ceil(share * n)-th smallest, counted from 1."""
    ordered = sorted(values)
    return ordered[max(1, ceil(Fraction(share) * len(ordered))) - 1]


def statistic(name, values, step):
    """`median`, `mean`, `lowest`, `highest`, `mean_of_lowest:k`, `percentile:p` of a non-empty list."""
    kind, _, argument = name.replace('-', '_').partition(':')
    if kind == 'median':
        return median(values, step)
    if kind == 'mean':
        return mean(values, step)
    if kind == 'lowest':
        return min(values)
    if kind == 'highest':
        return max(values)
    if kind == 'mean_of_lowest':
        return mean(sorted(values)[:int(argument)], step)
    if kind == 'percentile':
        return nearest_rank(values, Fraction(argument) / 100)
    raise ValueError(f'no statistic {name}')


def places(value):
    """How many decimals the value needs; None when no finite number is enough."""
    denominator, count = Fraction(value).denominator, 0
    while denominator != 1:
        if count > 30:
            return None
        value *= 10
        denominator, count = Fraction(value).denominator, count + 1
    return count


def fixed(value, decimals):
    """Rounded half away and printed with exactly that many decimals."""
    scaled = int(round_half_away(value, Fraction(1, 10 ** decimals)) * 10 ** decimals)
    sign, scaled = ('-' if scaled < 0 else ''), abs(scaled)
    whole, rest = divmod(scaled, 10 ** decimals)
    return f'{sign}{whole}.{rest:0{decimals}d}' if decimals else f'{sign}{whole}'


def plain(value, decimals):
    """At most that many decimals, no zeros behind."""
    text = fixed(value, decimals)
    return text.rstrip('0').rstrip('.') if '.' in text else text


def price_text(value):
    """2 decimals, 4 where needed; absent values are empty."""
    if value is None:
        return ''
    return fixed(value, 2) if (value / FEN).denominator == 1 else fixed(value, 4)


def ratio_text(value):
    return '' if value is None else fixed(value, 6)
