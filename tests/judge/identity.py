"""What is the same product (contract section 4): models, split models, barcodes, people's decisions, base units."""
import unicodedata
from collections import defaultdict

from attributes import Attributes, Titles, compatible, is_used, states_all_of
from dictionaries import commonest
from exact import unit_price
from values import canonical


def is_separator(text, at):
    """Space, dash, _ / \\ ·, and a dot that does not stand between two ASCII digits."""
    char = text[at]
    if char.isspace() or char in '_/\\·\u2212' or unicodedata.category(char) == 'Pd':
        return True
    if char != '.':
        return False
    before, after = text[at - 1:at] if at else '', text[at + 1:at + 2]
    return not (before in tuple('0123456789') and after in tuple('0123456789'))


def fold_model(text):
    """(folded: without separators, kept: each run of separators as one '-')."""
    text = canonical(text)
    folded, kept = [], []
    for at, char in enumerate(text):
        if not is_separator(text, at):
            folded.append(char)
            kept.append(char)
        elif not kept or kept[-1] != '-':
            kept.append('-')
    return ''.join(folded), ''.join(kept)


def recognise(row, dictionaries):
    """Brand and model in the form in which they are compared; whether the row can be recognised at all."""
    row.brand = dictionaries.brand(row['brand'] or '')
    row.folded, row.kept = fold_model(row['model'] or '')
    row.has_pair = bool(row.brand and row.folded)
    row.gtin, row.gtin_matches = row['barcode'] or ('', False)
    row.category = dictionaries.category(row['category'] or '')
    row.is_level = row.table == 'index' and not row.has_pair and not row.gtin
    if row.table == 'index':
        return row.has_pair or bool(row.gtin) or bool(row.category)
    return row.has_pair or bool(row.gtin) or bool(row['title']) or bool(row.table == 'orders' and row['listing_id'])


class Identity:
    """Products of all rows of a month. Excluded rows teach nothing; `rows` maps a table to its understood rows."""

    def __init__(self, rows, dictionaries, matches):
        self.rows, self.dictionaries = rows, dictionaries
        self.find_split_models()
        self.describe()
        matches = [{'listing_id': m['listing_id'], 'verdict': m['verdict'], 'product': self.named(m['product'])} for m in matches]
        self.same = {m['listing_id']: m['product'] for m in matches if m['verdict'] == 'same'}
        self.different = {(m['listing_id'], m['product']) for m in matches if m['verdict'] == 'different'}
        self.refuse_contradictions(matches)
        self.learn_barcodes()
        for row in rows['listings']:
            self.match_listing(row)
        for row in rows['quotes']:
            row.product = self.by_barcode(row) or self.by_model(row)
        self.match_titles()
        self.listing = {row['listing_id']: row for row in rows['listings']}
        for row in [row for row in rows['index'] if not row.is_level]:
            row.product = self.by_barcode(row) or self.by_model(row)
        for row in rows['orders']:
            named = self.listing.get(row['listing_id'])
            if named is not None and not row.has_pair:
                row.product = named.product
            else:
                row.product = self.by_barcode(row)
                if not row.product:
                    row.product = self.by_model(row)
                    # An order that states no configuration has that of the listing which it names.
                    if (named is not None and row.product and row.product == self.base(row)
                            and named.product.startswith(row.product + '#')):
                        row.product = named.product

    def named(self, text):
        """A product as a person writes it: brand, space, model, each brought to the form in which products are printed."""
        brand, space, model = canonical(text).rpartition(' ')
        if not space or (brand == 'GTIN' and len(model) == 14 and model.isdigit()):
            return canonical(text)
        brand = self.dictionaries.brand(brand)
        folded, kept = fold_model(model)
        return f'{brand} {kept}' if kept in self.split.get((brand, folded), ()) else f'{brand} {folded}'

    def refuse_contradictions(self, matches):
        for match in matches:
            other = self.same.get(match['listing_id'])
            if match['verdict'] == 'same' and (other != match['product']
                                               or (match['listing_id'], other) in self.different):
                raise SystemExit(f'matches: contradictory verdicts on {match["listing_id"]}')

    def find_split_models(self):
        prices = defaultdict(lambda: defaultdict(set))  # (brand, folded), (origin, period) -> {(kept, UnitPrice)}
        for row in self.rows['index']:
            if row.has_pair and row['index_price'] is not None and not row.excluded:
                where = (row['origin'] or 'published', row['period'])
                prices[row.brand, row.folded][where].add((row.kept, unit_price(row['index_price'] / row.k)))
        self.split = {}
        for model, places in prices.items():
            forms = {form for seen in places.values() for form, price in seen
                     for other, other_price in seen if form != other and price != other_price}
            if forms:
                self.split[model] = forms

    def describe(self):
        """Every row's product by brand, model and the configuration that its texts state."""
        self.attributes = Attributes(self.dictionaries)
        index, listings = defaultdict(list), defaultdict(list)
        for table, categories in (('index', index), ('listings', listings)):
            for row in self.rows[table]:
                if self.base(row):
                    categories[self.base(row)].append(row.category)
        self.model_category = {base: commonest(index[base]) or commonest(listings[base]) for base in set(index) | set(listings)}
        for table, rows in self.rows.items():
            for row in rows:
                row.used = table != 'index' and is_used(row['title'], row['spec'])
                row.model_product = self.base(row)
                if not row.model_product:
                    continue
                if row.used and table == 'listings':
                    row.model_product = ''
                    continue
                category = self.model_category.get(row.model_product, '')
                title = row['title'] if table in ('listings', 'quotes') else ''
                text, contradictory, _ = self.attributes.configuration(category, row.model_product.rpartition(' ')[2], title, row['spec'])
                row.model_product = '' if contradictory else row.model_product + (f'#{text}' if text else '')

    def match_titles(self):
        """The basis `title`: listings and quotes that nothing else has given a product."""
        models = defaultdict(set)
        for table in self.rows.values():
            for row in table:
                if row.model_product:
                    models[row.brand].add(self.base(row)[len(row.brand) + 1:])
        titles = Titles(models, self.model_category, self.attributes, self.dictionaries)
        waiting = [row for table in ('listings', 'quotes') for row in self.rows[table]
                   if not row.product and not row.has_pair and row['title'] and not row.used]
        for row in waiting:
            titles.read(row)
        titles.agree()
        for row in waiting:
            if row.product and row.table == 'listings':
                if (row['listing_id'], row.product) in self.different:
                    row.product = ''
                else:
                    row.match_basis = 'title'

    def by_model(self, row):
        return row.model_product

    def base(self, row):
        """Brand and model alone."""
        if not row.has_pair:
            return ''
        forms = self.split.get((row.brand, row.folded))
        if forms is None:
            return f'{row.brand} {row.folded}'
        return f'{row.brand} {row.kept}' if row.kept in forms else ''

    def learn_barcodes(self):
        """learnt: GTIN -> product ('' when ambiguous); a GTIN that is not in it is a product of its own."""
        market = defaultdict(set)
        self.stated_brands = defaultdict(set)
        self.teacher_brand = {}
        for row in self.rows['index'] + self.rows['quotes']:
            if row.gtin_matches and not row.excluded:
                if row.brand:
                    self.stated_brands[row.gtin].add(row.brand)
                if self.by_model(row):
                    market[row.gtin].add(self.by_model(row))
        # Of configurations of one model the one that states all that the others do.
        self.learnt = {gtin: next((one for one in products if all(states_all_of(one, other) for other in products)), '')
                       for gtin, products in market.items()}
        for table in ('orders', 'listings'):
            named_by = defaultdict(lambda: defaultdict(set))
            for row in self.rows[table]:
                if row.gtin_matches and not row.excluded and self.by_model(row):
                    named_by[row.gtin][self.by_model(row)].add(row['supplier_id'])
            for gtin, products in named_by.items():
                agreed = [product for product, suppliers in products.items() if len(suppliers) >= 2]
                if gtin not in self.learnt and len(agreed) == 1:
                    self.learnt[gtin] = agreed[0]
        for row in (row for table in self.rows.values() for row in table):
            self.teacher_brand[self.by_model(row)] = row.brand
            self.teacher_brand[self.base(row)] = row.brand

    def by_barcode(self, row):
        if not row.gtin_matches:
            return ''
        return self.learnt.get(row.gtin, f'GTIN {row.gtin}')

    def match_listing(self, row):
        listing_id = row['listing_id']
        row.identity_conflict = False
        row.product, row.match_basis = '', 'unmatched'
        if listing_id in self.same:
            row.product, row.match_basis = self.same[listing_id], 'decision'
            return
        if row.used:
            return
        for basis, product in (('barcode', self.by_barcode(row)), ('model', self.by_model(row))):
            if product and (listing_id, product) not in self.different:
                row.product, row.match_basis = product, basis
                break
        if row.match_basis == 'barcode':
            row.identity_conflict = self.contradicts(row)

    def contradicts(self, row):
        """The listing's own brand, or brand and model, against what its barcode stands for."""
        if row.gtin not in self.learnt:
            stated = self.stated_brands[row.gtin]
            return bool(row.brand and stated and row.brand not in stated)
        if row.has_pair and self.by_model(row):
            return not compatible(self.by_model(row), row.product)
        return bool(row.brand) and row.brand != self.teacher_brand[row.product]

    def product_category(self):
        """Product -> commonest category of its index rows, else of its listings; one that contradicts its barcode teaches nothing."""
        index, listings = defaultdict(list), defaultdict(list)
        for row in self.rows['index']:
            if not row.is_level:
                index[row.product].append(row.category)
        for row in self.rows['listings']:
            if not row.identity_conflict:
                listings[row.product].append(row.category)
        return {product: commonest(index[product]) or commonest(listings[product])
                for product in set(index) | set(listings)}

    def base_units(self, categories):
        """Product -> base unit: of its index rows, else of its category, else of its other rows."""
        index, others = defaultdict(list), defaultdict(list)
        for table, rows in self.rows.items():
            for row in rows:
                if not (table == 'index' and row.is_level) and not (table == 'listings' and row.identity_conflict):
                    own_unit = self.dictionaries.unit(row['unit'] or '')[0]
                    (index if table == 'index' else others)[row.product].append(own_unit)
        return {product: commonest(index[product]) or self.dictionaries.base_unit(categories.get(product, ''))
                or commonest(others[product]) for product in set(index) | set(others)}
