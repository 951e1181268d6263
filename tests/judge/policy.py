"""Policies: the file format of the readings, its defaults, overrides by category, and the seven presets."""
import copy
import json
from fractions import Fraction

DEFAULTS = {
    'judge': 'price', 'weakening': True, 'screening': {'method': 'ratio_z'},
    'market': {'least_sellers': 3, 'max_screened_share': '0.30', 'max_spread': 3},
    'windows': {'index_months': 6, 'index_unrolled_months': 2, 'orders_months': 12},
    'index_roll': {'at_least': '0.85', 'at_most': '1.15'},
    'check_data': {'factor': 5, 'tolerance': '0.02'},
    'notices': {
        'index_conflict': '0.30', 'indicator_conflict': '1.30', 'thin_evidence': 5, 'stale_index_months': 2,
        'stale_orders_months': 3, 'abnormally_low': '0.60', 'above_ecommerce': '1.10',
        'above_lowest_supplier': '1.10', 'price_jump': '0.15', 'promotion_days': 7, 'promotion_months': 12,
        'product_flood': {'share': '0.50', 'least_suppliers': 5},
        'category_flood': {'share': '0.20', 'least_listings': 20}},
    'overrides': []}
SCREENING = {
    'ratio_z': {'cutoff': '5.1891', 'floor': '0.30', 'max_distance': 2},
    'modified_z': {'cutoff': '5.1891', 'floor': '0.10'},
    'tukey': {'fences': '1.5'},
    'hidiroglou_berthelot': {'reach': 4, 'median_share': '0.05', 'floor': '0.10'},
    'none': {}}


def bands(within, evidence):
    """Evidence None: above the first band comes the last."""
    middle = [] if evidence is None else [{'decision': 'evidence_required', 'below': evidence}]
    return [{'decision': 'within_range', 'at_most': within}, *middle, {'decision': 'reduce_or_delist'}]


HUBEI = [{'indicators': ['index_price']},
         {'indicators': ['procurement_average', 'ecommerce_average', 'store_average'], 'statistic': 'median'},
         {'indicators': ['own_index_price']}]
PRESETS = {
    'hubei': {'ladder': HUBEI, 'bands': bands('0.20', '0.50')},
    'hubei-literal': {'ladder': HUBEI, 'bands': bands('0.20', '0.50'), 'weakening': False},
    'central': {'ladder': [{'population': 'listings', 'statistic': 'median', 'least': 3, 'screened': False},
                           {'population': 'ecommerce', 'statistic': 'median'}], 'bands': bands('0.20', '0.50')},
    'zhejiang': {'ladder': [{'indicators': ['index_price']},
                            {'population': 'ecommerce', 'statistic': 'mean_of_lowest:3',
                             'shop_type': 'self_operated', 'screened': True}], 'bands': bands('0.10', '0.50')},
    'yunnan': {'ladder': [{'population': 'ecommerce', 'statistic': 'mean', 'shop_type': 'self_operated',
                           'screened': True}], 'bands': bands('0', '0.20')},
    'italy-anac': {'ladder': [{'population': 'suppliers', 'statistic': 'percentile:70', 'months': 24}],
                   'bands': bands('0', None)},
    'brazil': {'ladder': [{'population': 'suppliers', 'statistic': 'median', 'months': 12, 'reindexed': True}],
               'bands': bands('0', '0.50')}}


def merged(base, change):
    """Objects are merged, everything else is replaced."""
    result = copy.deepcopy(base)
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def exact(node):
    """Every figure as a fraction; the texts with figures are only those of our own defaults."""
    if isinstance(node, dict):
        return {key: value if key in ('name', 'description', 'source', 'ours') else exact(value)
                for key, value in node.items()}
    if isinstance(node, list):
        return [exact(value) for value in node]
    if isinstance(node, str) and node and node[0].isdigit() and node.replace('.', '', 1).isdigit():
        return Fraction(node)
    return Fraction(node) if isinstance(node, int) and not isinstance(node, bool) else node


def underscored(name):
    """Hyphen and underscore are the same in the names of methods."""
    return name.replace('-', '_')


class Policy:
    def __init__(self, document, dictionaries):
        self.document = {'name': '', **document}
        self.dictionaries = dictionaries
        self.cache = {}

    def for_category(self, category):
        """The policy in force for a category: defaults, the file, then its overrides."""
        if category not in self.cache:
            document = self.document
            for override in self.document.get('overrides', []):
                if category and self.dictionaries.category(override['category']) == category:
                    document = merged(document, {k: v for k, v in override.items() if k != 'category'})
            document = merged(DEFAULTS, document)
            method = underscored(document['screening']['method'])
            screening = merged(SCREENING[method], document['screening'])
            self.cache[category] = exact(merged(document, {'screening': {**screening, 'method': method}}))
        return self.cache[category]

    def all_rungs(self):
        ladders = [self.document['ladder']] + [o['ladder'] for o in self.document.get('overrides', []) if 'ladder' in o]
        return [exact(rung) for ladder in ladders for rung in ladder]


def load(name_or_file, dictionaries):
    if name_or_file is None or name_or_file in PRESETS:
        name = name_or_file or 'hubei'
        return Policy({'name': name, **PRESETS[name]}, dictionaries)
    with open(name_or_file, encoding='utf-8') as file:
        return Policy(json.load(file, parse_float=Fraction), dictionaries)
