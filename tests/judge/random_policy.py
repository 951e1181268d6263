"""Random policies: presets, and the default with its parts changed. Figures are written as JSON decimals."""
from policy import PRESETS, bands, merged

AVERAGES = ['procurement_average', 'ecommerce_average', 'store_average']


class Figure(float):
    """A decimal that is written to JSON as it was typed."""

    def __new__(cls, text):
        figure = super().__new__(cls, text)
        figure.text = text
        return figure

    def __repr__(self):
        return self.text


def figures(node):
    """The texts with figures of the presets as JSON numbers."""
    if isinstance(node, dict):
        return {key: figures(value) for key, value in node.items()}
    if isinstance(node, list):
        return [figures(value) for value in node]
    if isinstance(node, str) and node[0].isdigit() and node.replace('.', '', 1).isdigit():
        return Figure(node)
    return node


def to_json(node):
    """JSON with the figures as typed (the json module would print them as floats)."""
    if isinstance(node, dict):
        return '{' + ', '.join(f'"{key}": {to_json(value)}' for key, value in node.items()) + '}'
    if isinstance(node, list):
        return '[' + ', '.join(to_json(value) for value in node) + ']'
    if isinstance(node, bool):
        return 'true' if node else 'false'
    return repr(node) if isinstance(node, (int, float)) else f'"{node}"'


def screening(rng):
    return rng.choice([
        {'method': 'ratio_z'}, {'method': 'modified_z'}, {'method': 'tukey'}, {'method': 'hidiroglou_berthelot'},
        {'method': 'none'}, {'method': 'ratio-z', 'cutoff': '3', 'floor': '0.10', 'max_distance': 1},
        {'method': 'modified_z', 'cutoff': '2.5', 'floor': '0.05'}, {'method': 'tukey', 'fences': '3'},
        {'method': 'hidiroglou_berthelot', 'reach': 2, 'median_share': '0.05', 'floor': '0.02'}])


def rung(rng):
    if rng.random() < 0.45:
        names = rng.sample(['index_price', *AVERAGES], rng.choice([1, 1, 2, 3]))
        if len(names) == 1 and rng.random() < 0.2:
            names = ['own_index_price']
        made = {'indicators': names}
        if len(names) > 1:
            made['statistic'] = rng.choice(['median', 'median', 'mean', 'lowest', 'highest'])
        if names[0].endswith('index_price') and len(names) == 1 and rng.random() < 0.5:
            made['max_age_months'] = rng.choice([0, 1, 3])
        return made
    made = {'population': rng.choice(['ecommerce', 'store', 'ecommerce+store', 'suppliers', 'listings']),
            'statistic': rng.choice(['median', 'mean', 'lowest', 'highest', 'mean_of_lowest:3', 'mean_of_lowest:2',
                                     'percentile:70', 'percentile:25', 'percentile:100'])}
    if made['population'] in ('ecommerce', 'ecommerce+store', 'store') and rng.random() < 0.2:
        made['shop_type'] = rng.choice(['self_operated', 'flagship'])
    if rng.random() < 0.5:
        made['screened'] = rng.random() < 0.4
    if rng.random() < 0.5:
        made['least'] = rng.choice([1, 2, 3, 4])
    if made['population'] == 'suppliers':
        made['months'] = rng.choice([12, 12, 6, 24])
        if rng.random() < 0.4:
            made['reindexed'] = True
    return made


def random_policy(rng, categories):
    name = rng.choice(['hubei'] * 6 + sorted(PRESETS))
    made = {'name': name, **PRESETS[name]}
    if rng.random() < 0.4:
        return figures(made)
    made['name'] = 'random'
    if rng.random() < 0.5:
        made['ladder'] = [rung(rng) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.5:
        made['screening'] = screening(rng)
    if rng.random() < 0.3:
        made['bands'] = rng.choice([bands('0.10', '0.30'), bands('0', None), bands('0.20', '0.21'), bands('0.05', '0.20')])
    if rng.random() < 0.3:
        made['judge'] = 'payable'
    if rng.random() < 0.3:
        made['weakening'] = rng.random() < 0.5
    if rng.random() < 0.3:
        made['market'] = rng.choice([{'least_sellers': 2}, {'least_sellers': 1, 'max_screened_share': '0.50'},
                                     {'max_spread': '1.5'}, {'max_screened_share': '0.20', 'max_spread': 5}])
    if rng.random() < 0.2:
        made['windows'] = rng.choice([{'index_months': 3}, {'index_unrolled_months': 0}, {'index_months': 12}])
    if rng.random() < 0.2:
        made['index_roll'] = {'at_least': '0.95', 'at_most': '1.05'}
    if rng.random() < 0.2:
        made['check_data'] = rng.choice([{'factor': 3}, {'factor': 8, 'tolerance': '0.05'}, {'tolerance': 0}])
    if rng.random() < 0.4:
        made['notices'] = rng.choice([
            {'thin_evidence': 3}, {'index_conflict': '0.10', 'indicator_conflict': '1.05'},
            {'stale_index_months': 0, 'stale_orders_months': 0}, {'above_ecommerce': 1, 'above_lowest_supplier': 1},
            {'product_flood': {'share': '0.30', 'least_suppliers': 3},
             'category_flood': {'share': '0.10', 'least_listings': 3}}, {'promotion_days': 14, 'promotion_months': 3}])
    if categories and rng.random() < 0.35:
        made['overrides'] = [{'category': rng.choice(categories), **rng.choice([
            {'bands': bands('0.05', '0.10')}, {'judge': 'payable'}, {'ladder': [rung(rng), rung(rng)]},
            {'screening': {'method': 'tukey', 'fences': 2}}, {'notices': {'thin_evidence': 2}},
            {'weakening': False, 'market': {'least_sellers': 2}}])}]
    return figures(merged({}, made))
