"""The rows of a random month: listings, quotes, orders and index prices around its products."""
from datetime import timedelta
from fractions import Fraction

from exact import money
from messy import decimal, gtin
from month_people import People
from values import last_day

BRANDS = {'ZENOVA': ['Zenova', 'ZNV', '泽诺瓦', '泽诺瓦(ZENOVA)'], 'KORRIN': ['Korrin', 'korrin', 'KORRIN'],
          '宏澜': ['宏澜', 'HL-宏澜'], 'QUILX': ['Quilx', 'ＱＵＩＬＸ']}
CATEGORIES = {'测试类甲': ['测试类甲', '甲类'], '测试类乙': ['测试类乙'], 'Kat C': ['Kat C', 'Kat C']}
# unit -> its spellings with factors; each family has one base unit
UNITS = {'个': [('个', '1'), ('只', '1'), ('打', '12'), ('半打', '6'), ('包', '5')],
         '本': [('本', '1'), ('册', '1'), ('箱', '40'), ('页', '0.025')], 'KG': [('kg', '1'), ('公斤', '1'), ('斤', '0.5')]}
EDGES = [Fraction(text) for text in '''1 1 1 1.05 0.95 1.1 1.2 1.2001 1.3 1.4 1.4999 1.5 1.5001 1.6 1.6 1.9 2 2.04 2.05 3 5 5.0001 5.1
    0.6 0.5999 0.5 0.2 0.1999 10 10.2 10.21 9.8 9.79 0.1 0.098 0.102 0.1021 100 98 102 0.01 0.0102 0.0103 12 6 4.9'''.split()]
SUPPLIERS = [f'S{number:02d}' for number in range(1, 13)]


class RowMaker(People):
    def __init__(self, rng, scribe, settings, period, products):
        self.rng, self.scribe, self.settings, self.period, self.products = rng, scribe, settings, period, products
        self.suppliers = rng.sample(SUPPLIERS, rng.choice([2, 5, 8, 12]))
        self.shops = [f'Shop {letter}' for letter in 'ABCDEFGHIJ']
        self.listing_rows, self.order_rows, self.quote_rows = [], [], []
        for product in products:
            product.family = rng.choice(list(UNITS)) if rng.random() < settings['packs'] else ''

    def chance(self, share):
        return self.rng.random() < share

    def day(self, offset):
        """A day of the month t + offset, often its first or last."""
        last = last_day(self.period + offset)
        number = self.rng.choice([1, last.day, self.rng.randint(1, last.day)])
        return last.replace(day=number)

    def priced(self, value, places=None):
        """At most `places` decimals (a random choice of 0, 2, 4) and inside the limits of a price."""
        step = Fraction(1, 10 ** (self.rng.choice([2, 2, 4]) if places is None else places))
        rounded = money(max(Fraction(1, 10000), min(Fraction('99999999.9999'), round(Fraction(value) / step) * step)))
        return rounded if self.chance(0.97) else rounded + Fraction(self.rng.randint(1, 99), 10 ** 6) * (rounded > 1) \
            * (rounded < 10 ** 7)

    def names(self, product, kept=False):
        """The cells by which a row of the product is recognised, and its pack."""
        row = {'brand': self.rng.choice(BRANDS[product.brand])}
        form = self.rng.choice(product.forms)
        if len(product.forms) > 1 and not (self.chance(0.1) and not kept):
            row['model'] = self.scribe.kept_spelling(form)
        else:
            row['model'] = self.scribe.model(form)
        if self.chance(0.3):
            row['spec'] = self.rng.choice(product.specs)
        row['title'] = self.scribe.text() if self.scribe.messy() else ''
        if product.configurations:
            self.describe(product, row)
        row['k'] = Fraction(1)
        if product.family and self.chance(0.8):
            unit, factor = self.rng.choice(UNITS[product.family])
            row['unit'], row['k'] = unit, Fraction(factor)
            if self.chance(0.05):
                row['unit'] = self.rng.choice(['zork', 'Zork', '个', '本', 'kg'])
        if self.chance(self.settings['packs'] / 2):
            pack = self.rng.choice(['1', '2', '2', '3', '5', '10', '12', '0.5', '2.5', '100', '0.3333', '1.0', '7', '40'])
            row['pack_size'], row['k'] = pack, row['k'] * Fraction(pack)
        return row

    def describe(self, product, row):
        """Title and specification of a product that comes in configurations; they may be partial, contradict each other, or say more."""
        cpu, memory, disk, gpu = self.rng.choice(product.configurations)
        texts = [self.rng.choice([f'{cpu}/{memory}/{disk}', f'{memory}内存 {disk} {cpu}', f'CPU:{cpu};内存:{memory};硬盘:{disk}', f'{cpu} {memory} {disk} {gpu}',
                                  f'{memory} {disk}', memory + '内存', '']) for _ in range(2)]
        if self.chance(0.1):
            texts[0] = '8G内存 4G 256G/512G'[:4]
        row['spec'] = texts[0] if self.chance(0.5) else ''
        alias = {'ZENOVA': 'Zenova', 'KORRIN': 'Korrin', 'QUILX': 'Quilx'}.get(product.brand, product.brand)
        words = [alias, product.model, texts[1]]
        if self.chance(0.3):
            words.insert(2, self.rng.choice(['甲类', '测试类甲', '测试类乙']))
        if self.chance(0.12):
            words.append(self.rng.choice(['套装', '适用', 'Korrin', self.rng.choice(self.products).model]))
        if self.chance(0.06):
            words.insert(0, self.rng.choice(['二手', '99新', '翻新', '2019新款', '样机', '打样机', '靓机', '再制造', '非二手', '9.9新', '准新机', '九五新']))
        row['title'] = ' '.join(words) if self.chance(0.6) else ''

    def leave_to_title(self, product, row):
        """Takes away the model, mostly the brand too, of some rows that have a title."""
        if product.configurations and row['title'] and self.chance(0.25):
            row['model'] = ''
            if self.chance(0.7):
                row['brand'] = ''

    def barcode(self, product, row, table):
        """Who states the product's barcode, and who of them also brand and model."""
        if not product.barcodes:
            if self.chance(self.settings['barcodes'] / 6):
                row['barcode'] = gtin(self.rng, self.rng.choice(['in_store', 'wrong', 'zeros']))
            return
        if not self.chance(0.6):
            return
        row['barcode'] = self.rng.choice(product.barcodes)
        if self.chance(0.1):
            row['barcode'] = row['barcode'].rjust(14, '0') if len(row['barcode']) > 8 else row['barcode']
        teaching = {'market': ('quotes', 'index'), 'orders': ('orders',), 'listings': ('listings',), 'nobody': (),
                    'ambiguous': ('quotes', 'index', 'orders')}[product.teaches]
        if table in ('quotes', 'index') and table not in teaching:
            row.pop('model', None)
            if self.chance(0.3):
                row.pop('brand', None)
        elif table in ('quotes', 'index') and product.teaches == 'ambiguous' and self.chance(0.3):
            row['model'] = self.rng.choice(self.products).model
        elif table == 'orders' and self.chance(0.2):
            row.pop('model', None)
            row.pop('brand', None)
        elif table == 'listings':
            way = self.rng.randrange(8)
            if way == 0:
                row.pop('model', None)
                row.pop('brand', None)
            elif way == 1:
                row.pop('model', None)
            elif way == 2:
                row['brand'] = self.rng.choice(BRANDS[self.rng.choice(list(BRANDS))])
            elif way == 3:
                row['model'] = self.rng.choice(self.products).model

    def seller_factors(self, product, count):
        """Prices of a market as factors of the product's price."""
        rng, kind = self.rng, product.spread
        if kind == 'mixed':
            kind = rng.choice(['equal', 'ties', 'near', 'wild', 'clusters'])
        if kind == 'equal':
            return [Fraction(1)] * count
        if kind == 'ties':
            return [rng.choice([Fraction(1), Fraction(1), Fraction('1.3'), Fraction('0.9'), Fraction('1.1'), Fraction('0.7')])
                    for _ in range(count)]
        if kind == 'near':
            factors = [Fraction(rng.randint(900, 1100), 1000) for _ in range(count)]
            if count > 3 and rng.random() < 0.4:
                factors[0] = rng.choice([Fraction(10), Fraction('0.1'), Fraction(3), Fraction('0.4'), Fraction('1.35')])
            return factors
        if kind == 'clusters':
            return [rng.choice([Fraction(1), Fraction('3.2'), Fraction(3), Fraction(2)]) * Fraction(rng.randint(98, 102), 100)
                    for _ in range(count)]
        return [Fraction(2) ** rng.randint(-4, 4) * Fraction(rng.randint(90, 110), 100) for _ in range(count)]

    def listings(self, counts, flood):
        for product, count in zip(self.products, counts):
            dear = self.chance(0.6)
            for _ in range(count):
                row = self.names(product)
                factor = self.rng.choice(EDGES)
                if flood:
                    factor = Fraction(self.rng.choice(['1.3', '1.7', '1.6', '1.4'] if dear and self.chance(0.8) else ['1', '1.1', '1.3']))
                row.update(listing_id=f'L{self.rng.randint(1, 99):02d}-{len(self.listing_rows)}',
                           supplier_id=self.rng.choice(self.suppliers), product=product)
                if self.chance(0.9):
                    row['category'] = self.rng.choice(CATEGORIES[product.category])
                if self.chance(0.4 * self.settings['packs']):  # priced as another pack of the product
                    factor = Fraction(self.rng.choice([12, 6, 5, 5, 2, 2, 2, 3, 3, 4, 40])) * self.rng.choice([1, 1, Fraction('1.02')])
                row['number'] = self.priced(product.price * factor * row['k'], 4 if self.chance(0.7) else None)
                row['price'] = self.scribe.amount(row['number'])
                if self.chance(0.25):
                    row['promised_discount'] = self.scribe.discount()
                if self.chance(0.25):
                    row['start'] = self.day(self.rng.choice([0, 0, 0, -1, 1]))
                    row['promotion_start'] = self.scribe.date(row['start'])
                    row['original_price'] = self.scribe.amount(self.priced(row['number'] * self.rng.choice(
                        [1, 1, Fraction('1.2'), Fraction('0.8')])))
                if self.chance(0.01):
                    row['brand'], row['model'], row['title'] = '', '', 'only a title'
                self.leave_to_title(product, row)
                self.barcode(product, row, 'listings')
                self.listing_rows.append(row)
        return list(self.listing_rows)

    def quotes(self, most):
        for product in self.products:
            for channel in ('ecommerce', 'store'):
                usual = {'all': 6, 'ecommerce': 8 if channel == 'ecommerce' else 0, 'own': 3, 'thin': 3}.get(product.markets, 0)
                count = min(self.rng.randint(usual // 2, usual * 2), len(self.shops))
                for shop, factor in zip(self.rng.sample(self.shops, count), self.seller_factors(product, count)):
                    for _ in range(self.rng.choice([1, 1, 1, 2, 3])):
                        if len(self.quote_rows) < most:
                            self.quote_rows.append(self.quote(product, channel, shop, factor))
        return list(self.quote_rows)

    def quote(self, product, channel, shop, factor):
        row = self.names(product)
        words = {'ecommerce': ['ecommerce', '电商', 'e-commerce', 'ONLINE'], 'store': ['store', '实体', 'Physical']}
        offset = self.rng.choice([0] * 14 + [-1, 1])
        row.update(channel=self.rng.choice(words[channel]) if self.scribe.messy() else channel,
                   shop=shop.lower() if self.scribe.messy() else shop,
                   price=self.scribe.amount(self.priced(product.price * factor * row['k'])),
                   date=self.scribe.date(self.day(offset)), in_stock=self.scribe.yes(), tax_included='')
        row['shop_type'] = self.rng.choice(['self_operated', 'self-operated', '自营', 'flagship', 'third_party', '', '旗舰店'])
        if self.chance(0.1):
            row['price_kind'] = self.rng.choice(['promotion', '促销', 'coupon', 'subsidised', 'subsidized', 'Member', '会员'])
        if self.chance(0.04):
            row['in_stock'] = self.scribe.no()
        if self.chance(0.04):
            row['tax_included'] = self.rng.choice(['false', '不含税', '未税', 'n'])
        self.leave_to_title(product, row)
        self.barcode(product, row, 'quotes')
        return row

    def orders(self, most):
        for product in self.products:
            usual = {'all': 4, 'orders': 6, 'own': 4, 'thin': 3}.get(product.markets, 0)
            sellers = self.suppliers[:1] if product.markets == 'own' else self.rng.sample(
                self.suppliers, min(len(self.suppliers), self.rng.randint(usual // 2, usual * 2)))
            old = self.chance(0.2)
            for supplier, factor in zip(sellers, self.seller_factors(product, len(sellers))):
                for _ in range(self.rng.choice([1, 1, 2, 3])):
                    if len(self.order_rows) < most - 10:
                        offset = self.rng.choice([-4, -5, -11] if old else [0, 0, -1, -3, -4, -11, -12, 1, -13])
                        self.order_rows.append(self.order(product, supplier, factor, self.day(offset)))
        for row in self.listing_rows:
            if 'start' in row and self.chance(0.7) and len(self.order_rows) < most:
                self.order_rows.append(self.deal(row))
        return list(self.order_rows)

    def deal(self, listing):
        """An order of the listing near the edges of the spans before its promotion."""
        before = self.rng.choice([1, 7, 8, 0, 3, 30, 364, 365, 366, 367])
        day = listing['start'] - timedelta(days=before)
        price = listing['number'] * self.rng.choice([1, Fraction('0.9'), Fraction('1.2')])
        row = self.order(listing['product'], listing['supplier_id'], Fraction(1), day)
        row.update(listing_id=listing['listing_id'], unit_price=decimal(self.priced(price)), status='')
        if self.chance(0.5):
            for column in ('brand', 'model', 'barcode', 'unit', 'pack_size'):
                row.pop(column, None)
        return row

    def order(self, product, supplier, factor, day):
        row = self.names(product)
        price = self.priced(product.price * factor * row['k'])
        row.update(order_id=f'O{len(self.order_rows):03d}', supplier_id=supplier, date=self.scribe.date(day),
                   unit_price=self.scribe.amount(price), quantity=self.rng.choice(
                       ['1', '2', '10', '0.5', '223', '3.3333', '7', '1', '1', '999999999.9999']
                       if self.chance(0.3) else ['1', '2', '5']))
        if self.chance(0.2):
            row['line'] = str(self.rng.randint(1, 3))
        if self.chance(0.1):
            row['status'] = self.rng.choice(['cancelled', '退货', 'Returned', '已取消', '完成', 'done'])
        if self.chance(0.3):
            row['list_price'] = decimal(self.priced(price * self.rng.choice([1, Fraction('1.1'), Fraction('1.0526')])))
            row['promised_discount'] = self.scribe.discount()
        named = [other for other in self.listing_rows if other['supplier_id'] == supplier and other['product'] is product]
        if named and self.chance(0.4):
            row['listing_id'] = self.rng.choice(named)['listing_id']
            if self.chance(0.5):
                row.pop('brand', None)
                row.pop('model', None)
            return row
        self.barcode(product, row, 'orders')
        return row

    def index(self):
        rows = []
        for product in self.products:
            if product.markets not in ('all', 'index', 'thin') or self.chance(0.4):
                if len(product.forms) == 1 or self.chance(0.2):
                    continue
            for offset in self.rng.sample([0, 0, -1, -2, -3, -5, -6, -7, 1], self.rng.choice([1, 1, 2, 3])):
                for form, factor in zip(product.forms, (Fraction(1), Fraction('1.5'))):
                    rows.append(self.index_row(product, form, factor, offset))
        for category, spellings in CATEGORIES.items():
            origin = self.rng.choice(['', '', 'published', 'own', '自编'])
            for offset in range(-12, 1):
                if self.chance(0.6):
                    level = self.rng.choice(['100', '100', '115', '85', '95.5', '120', '101.25', '114.9999'])
                    rows.append({'period': self.scribe.period(self.period + offset), 'category': self.rng.choice(spellings),
                                 'level': level, 'origin': origin if self.chance(0.9) else 'own'})
        return self.unique_index(rows)

    def index_row(self, product, form, factor, offset):
        row = self.names(product, kept=True)
        row['model'] = self.scribe.kept_spelling(form) if len(product.forms) > 1 else self.scribe.model(form)
        exact = product.price * row['k'] * (factor if self.chance(0.8) else Fraction(self.rng.randint(80, 140), 100))
        row.update(period=self.scribe.period(self.period + offset), category=self.rng.choice(CATEGORIES[product.category]),
                   index_price=self.scribe.amount(self.priced(exact, 4)), number=self.period + offset,
                   origin=self.rng.choice(['', '', '', 'published', '发布', 'own', '自编']), title='')
        if self.chance(0.05):
            row['best_selling_price'], row['index_price'] = row['index_price'], ''
        self.barcode(product, row, 'index')
        return row

    def unique_index(self, rows):
        """Most chance conflicts are taken away, so that index prices survive; `damage` makes them on purpose."""
        seen, kept = set(), []
        for row in rows:
            text = row.get('origin', '')
            origin = 'own' if text in ('own', '自编') else 'published'
            key = (row.get('brand', '') and (row['brand'], row.get('model')), row['category'], row['period'], origin)
            if key not in seen or self.chance(0.1):
                seen.add(key)
                kept.append(row)
        return kept
