"""Which seller prices are kept (contract section 5): five methods, on UnitPrices."""
from fractions import Fraction

from exact import DISTANCE, UNIT_PRICE, larger_median, median, nearest_rank, round_half_away


def ratio_z(prices, rule):
    center = median(prices, UNIT_PRICE)
    distances = [round_half_away(max(x, center) / min(x, center) - 1, DISTANCE) for x in prices]
    typical = larger_median(distances)
    limit = max(rule['cutoff'] * typical, rule['floor'])
    return [s <= rule['max_distance'] and s <= limit for s in distances]


def modified_z(prices, rule):
    center = median(prices, UNIT_PRICE)
    deviations = [abs(x - center) for x in prices]
    limit = max(rule['cutoff'] * median(deviations, UNIT_PRICE), rule['floor'] * center)
    return [deviation <= limit for deviation in deviations]


def tukey(prices, rule):
    first, third = nearest_rank(prices, Fraction(1, 4)), nearest_rank(prices, Fraction(3, 4))
    reach = rule['fences'] * (third - first)
    return [first - reach <= x <= third + reach for x in prices]


def hidiroglou_berthelot(prices, rule):
    center = median(prices, UNIT_PRICE)
    scores = [round_half_away(x / center - 1 if x >= center else 1 - center / x, DISTANCE) for x in prices]
    middle = median(scores, DISTANCE)
    first, third = nearest_rank(scores, Fraction(1, 4)), nearest_rank(scores, Fraction(3, 4))
    least = max(rule['median_share'] * abs(middle), rule['floor'])
    below = rule['reach'] * max(middle - first, least)
    above = rule['reach'] * max(third - middle, least)
    return [-below <= s - middle <= above for s in scores]


def none(prices, _rule):
    return [True] * len(prices)


METHODS = {'ratio_z': ratio_z, 'modified_z': modified_z, 'tukey': tukey,
           'hidiroglou_berthelot': hidiroglou_berthelot, 'none': none}


def screen(prices, rule):
    """One flag a price, in the order given: kept or screened out."""
    return METHODS[rule['method']](prices, rule) if prices else []
