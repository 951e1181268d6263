"""What people do to a random month: dictionaries, exclusions, decisions on matches, and damaged rows."""
from messy import gtin
from month_files import write_plain
from values import month_text


class People:
    """Mixed into RowMaker; uses its rng, scribe, products and rows."""

    def write_dictionaries(self, folder):
        from month_rows import BRANDS, CATEGORIES, UNITS
        rng = self.rng
        write_plain(folder, 'brands', ['alias', 'brand'], [
            {'alias': alias, 'brand': 'Zenova' if brand == 'ZENOVA' else brand} for brand, aliases in BRANDS.items()
            for alias in aliases])
        base = {category: rng.choice([''] * 12 + ['个', '只', '本', 'kg']) for category in CATEGORIES}
        write_plain(folder, 'categories', ['alias', 'category', 'base_unit'], [
            {'alias': alias, 'category': category, 'base_unit': base[category]}
            for category, aliases in CATEGORIES.items() for alias in dict.fromkeys(aliases)])
        write_plain(folder, 'units', ['alias', 'unit', 'factor'], [
            {'alias': alias, 'unit': 'kg' if base == 'KG' else base, 'factor': factor}
            for base, aliases in UNITS.items() for alias, factor in aliases])
        if any(product.configurations for product in self.products):
            write_plain(folder, 'attributes', ['category', 'attributes'], [{'category': '甲类', 'attributes': 'cpu memory storage gpu?'}])
        if rng.random() < 0.7:
            write_plain(folder, 'suppliers', ['supplier_id', 'group_id'], [
                {'supplier_id': supplier, 'group_id': rng.choice(['G1', 'G2', '', ''])} for supplier in self.suppliers])
        if rng.random() < 0.7:
            write_plain(folder, 'shops', ['alias', 'shop', 'operator', 'supplier_id'], [
                {'alias': shop, 'shop': rng.choice([shop, shop, 'Shop A']), 'operator': rng.choice(['', '', '', 'Op 1', 'OP 1', 'Op 2']),
                 'supplier_id': rng.choice(['', '', '', rng.choice(self.suppliers)])}
                for shop in rng.sample(self.shops, rng.randint(1, 8))])

    def people(self):
        """(exclusions, matches); both by ids or shops as the rows write them."""
        rng, exclusions, matches = self.rng, [], []
        signed = {'reason': 'checked', 'by': 'an officer', 'on': '2023-11-20', 'approved_by': 'a second one'}
        for _ in range(rng.randint(0, 4)):
            way = rng.randrange(6)
            if way == 0 and self.order_rows:
                exclusions.append({'table': 'orders', 'order_id': rng.choice(self.order_rows)['order_id'], **signed})
            elif way == 1 and self.quote_rows:
                exclusions.append({'table': 'quotes', 'shop': rng.choice(self.quote_rows)['shop'], **signed})
            elif way == 2:
                exclusions.append({'table': 'listings', 'listing_id': rng.choice(self.listing_rows)['listing_id'], **signed})
            elif way == 3:
                exclusions.append({'table': 'orders', 'supplier_id': rng.choice(self.suppliers), **signed})
            elif way == 4:
                exclusions.append({'table': 'index', 'period': month_text(self.period - rng.choice([0, 0, 1, 2])),
                                   'origin': rng.choice(['', 'own', 'published']), **signed})
            else:
                exclusions.append({'table': 'listings', 'supplier_id': rng.choice(self.suppliers), **signed})
        for row in rng.sample(self.listing_rows, min(len(self.listing_rows), rng.randint(0, 5))):
            product = rng.choice([row['product'], rng.choice(self.products)])
            matches.append({'listing_id': row['listing_id'], 'product': self.product_text(product),
                            'verdict': rng.choice(['same', 'different']), **signed})
        return exclusions, matches

    def product_text(self, product):
        from identity import fold_model
        folded, kept = fold_model(product.model)
        if product.barcodes and len(product.barcodes[0]) > 8 and self.rng.random() < 0.2:
            return f'GTIN {product.barcodes[0].rjust(14, "0")}'
        return f'{product.brand} {kept if len(product.forms) > 1 else folded}'

    def damage(self, table, rows):
        """Spoils at most one cell of a row, repeats rows, contradicts rows, breaks lines."""
        rng, share = self.rng, self.settings['damage']
        required = {'listings': ['price', 'supplier_id', 'listing_id'], 'quotes': ['price', 'date', 'channel', 'shop'],
                    'orders': ['unit_price', 'date', 'quantity', 'order_id'], 'index': ['period', 'index_price']}
        optional = {'listings': ['promised_discount', 'original_price', 'promotion_start', 'barcode'],
                    'quotes': ['in_stock', 'price_kind', 'tax_included', 'shop_type', 'barcode'],
                    'orders': ['list_price', 'promised_discount', 'barcode'], 'index': ['origin', 'best_selling_price']}
        for row in rows:
            if rng.random() >= share:
                continue
            if rng.random() < 0.1:
                if table == 'index' and not row.get('brand'):
                    row['level'] = rng.choice(['', 'n/a', '1..0'])
                else:
                    row.update(dict.fromkeys(('brand', 'title', 'barcode', 'listing_id' if table == 'orders' else 'model'), ''))
                    row.update({'category': ''} if table == 'index' else {})
            elif rng.random() < 0.5:
                column = rng.choice(required[table])
                row[column] = self.spoiled(column)
            elif rng.random() < 0.7:
                column = rng.choice(optional[table])
                if column == 'barcode' and not row.get('model'):
                    continue
                row[column] = self.spoiled(column)
            else:
                row['pack_size'] = rng.choice(['abc', '0.001', '10000', '1.23456', '0', '-2', '0.01', '9999.9999'])
        self.repeat(table, rows, share)
        if share > 0.1 and rng.random() < 0.3:
            rows.insert(rng.randrange(len(rows) + 1), rng.choice(['only,two', ',,,', '"bad" quote,x,y', '']))

    def spoiled(self, column):
        scribe, rng = self.scribe, self.rng
        if column in ('price', 'unit_price', 'original_price', 'list_price', 'index_price', 'best_selling_price'):
            return scribe.bad_amount()
        if column in ('date', 'promotion_start'):
            return scribe.bad_date()
        if column == 'promised_discount':
            return scribe.bad_discount()
        if column == 'barcode':
            return gtin(rng, 'wrong')
        if column == 'quantity':
            return rng.choice(['', '0', '-1', 'abc', '1000000000', '1.23456', '0.0001'])
        if column == 'period':
            return rng.choice(['', '2023-13', '2023', 'November'])
        if column in ('supplier_id', 'listing_id', 'order_id', 'shop'):
            return rng.choice(['', "'=odd", '-odd', '@x,y', 'say "x"'])
        return rng.choice(['maybe', '?', 'unknown word'])

    def repeat(self, table, rows, share):
        """Equal and contradicting repetitions; quotes may repeat freely."""
        rng = self.rng
        for row in list(rows):
            if rng.random() < share / 3:
                again = dict(row)
                if rng.random() < 0.4:
                    column = {'orders': 'unit_price', 'index': 'index_price'}.get(table, 'price')
                    if row.get(column):
                        again[column] = '777.77'
                rows.append(again)
