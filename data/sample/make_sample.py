#!/usr/bin/env python3
"""Writes the sample months: 2023-11/, the smaller 2023-10/ and the expected*.csv beside this file.

    python3 data/sample/make_sample.py [FOLDER]      default: the folder of this file

The models are real and the prices are what they cost publicly in 2023, rounded and from memory. Suppliers, shops,
buyers, barcodes, quotes and orders are invented. Nothing here is random: numbers come from SplitMix64 with a fixed
start, prices are counted in whole fen, so every run writes the same text (a .gz or .xlsx may differ in its packing only).
"""
import csv
import gzip
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import october
import planted
import workbook

HERE = Path(__file__).resolve().parent
MONTHS = [(2022, 12)] + [(2023, month) for month in range(1, 12)]
INDEX_MONTHS = ['2023-06', '2023-07', '2023-08', '2023-09', '2023-10', '2023-11']
SUPPLIERS = [f'HB{n:03d}' for n in range(1, 61)]
PLATFORMS = ['平台甲', '平台乙', '平台丙', '平台丁', '平台戊', '平台己', '平台庚', '平台辛', '平台壬', '平台癸', '平台子', '平台丑']
STORES = [f'实体店{n:02d}' for n in range(1, 11)]
REGIONS = ['武汉', '宜昌', '襄阳', '荆州', '黄石']
# A published level a month, in hundredths; the categories without one have no index prices here.
LEVELS = {
    '笔记本电脑': [10200, 10150, 10100, 10080, 10040, 10000], '台式计算机': [10100, 10080, 10060, 10040, 10020, 10000],
    '一体机电脑': [10100, 10080, 10060, 10040, 10020, 10000], '显示器': [10300, 10200, 10100, 10000, 9800, 9600],
    '激光打印机': [9980, 9990, 10000, 10000, 10010, 10000], '多功能一体机': [9980, 9990, 10000, 10000, 10010, 10000],
    '喷墨打印机': [10050, 10040, 10030, 10020, 10010, 10000], '针式打印机': [10000] * 6, '扫描仪': [10020, 10020, 10010, 10010, 10000, 10000],
    '投影仪': [10400, 10300, 10250, 10150, 10080, 10000], '碎纸机': [10000, 10000, 10010, 10010, 10000, 10000],
    '硒鼓': [9900, 9920, 9940, 9960, 9980, 10000], '复印机': [10000] * 6, '交换机': [10100, 10100, 10050, 10050, 10000, 10000],
    '路由器': [10100, 10100, 10050, 10050, 10000, 10000], '移动存储': [10300, 10250, 10200, 10100, 10050, 10000],
    '不间断电源': [10000] * 6, '空调': [10250, 10200, 10150, 10100, 10050, 10000], '电视机': [9900, 9920, 9950, 9980, 10000, 10000]}
CATEGORY_ALIASES = {'笔记本电脑': '便携式计算机', '台式计算机': '台式电脑', '显示器': '液晶显示器', '激光打印机': 'A4黑白激光打印机',
                    '投影仪': '投影机', '空调': '分体式空调', '办公椅': '职员椅', '复印纸': 'A4纸', '硒鼓': '粉盒'}


class SplitMix64:
    """Steele, Lea, Flood 2014; the same numbers in every Python."""

    def __init__(self, state):
        self.state = state

    def below(self, n):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
        return (z ^ (z >> 31)) % n

    def pick(self, items):
        return items[self.below(len(items))]

    def some(self, items, n):
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(n)]

    def chance(self, percent):
        return self.below(100) < percent


random = SplitMix64(202311)


def scaled(fen, permille):
    """fen x permille / 1000; from 100 yuan on in whole yuan, below in fen, as shops do."""
    price = (fen * permille + 500) // 1000
    return (price + 50) // 100 * 100 if price >= 10000 else max(price, 1)


def yuan(fen):
    return f'{fen // 100}.{fen % 100:02d}'


def check_digit(digits):
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str((10 - total % 10) % 10)


def load_brands():
    spellings = {}
    with open(HERE.parent / 'dictionaries' / 'brands.csv', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            spellings.setdefault(row['brand'], []).append(row['alias'])
    return spellings


def spelled(model):
    """The model as people type it: case, blanks and dashes differ, what is compared does not."""
    kind = random.below(10)
    if kind == 0:
        return model.lower()
    if kind == 1:
        return model.replace('-', ' ')
    if kind == 2:
        return model.replace(' ', '')
    if kind == 3:
        return model.replace(' ', '-')
    return model


def more(text):
    return dict(part.split('=', 1) for part in text.split(';')) if text else {}


def supplier_name(supplier):
    return f'样例供应商{supplier[2:]}'


class Month:
    def __init__(self):
        self.listings, self.orders, self.index = [], [], []
        self.ecommerce, self.ecommerce_packed, self.store = [], [], []
        self.brands = load_brands()

    def quote(self, **row):
        table = self.store if row['channel'] == 'store' else self.ecommerce if random.chance(50) else self.ecommerce_packed
        table.append(row)

    def brand_of(self, brand):
        return random.pick(self.brands.get(brand, [brand])) if random.chance(40) else brand

    def add_product(self, number, product):
        category, brand, model = product['category'], product['brand'], product['model']
        base = int(product['price'].replace('.', ''))
        barcode = check_digit(f'69000001{number:04d}') if number % 3 == 0 and category in LEVELS else ''
        self.add_index(product, base, barcode, number)
        for shop in random.some(PLATFORMS, 9):
            self.add_quotes(product, 'ecommerce', shop, scaled(base, 975 + random.below(46)))
        for shop in random.some(STORES, 5):
            self.add_quotes(product, 'store', shop, scaled(base, 990 + random.below(51)))
        for supplier in random.some(SUPPLIERS[:55] + SUPPLIERS[57:], 9 + random.below(3)):
            self.add_listing(product, number, supplier, base, barcode, brand, model)

    def add_index(self, product, base, barcode, number):
        levels = LEVELS.get(product['category'])
        if not levels:
            return
        newest = 5 if number % 10 else 4 - number % 20 // 10
        for place in range(newest + 1):
            price = scaled(base * levels[place] // levels[5], 1000)
            self.index.append(dict(period=INDEX_MONTHS[place], category=product['category'], brand=product['brand'], model=product['model'],
                                   barcode=barcode, unit=product['unit'], index_price=yuan(price), best_selling_price=yuan(scaled(price, 980))))

    def add_quotes(self, product, channel, shop, price):
        for day in random.some(range(1, 31), 3):
            asked = scaled(price, 996 + random.below(9))
            row = dict(channel=channel, shop=shop, brand=self.brand_of(product['brand']), model=spelled(product['model']), unit=product['unit'],
                       pack_size='1', date=f'2023-11-{day:02d}', region=random.pick(REGIONS))
            row['title'] = f'{row["brand"]} {product["model"]} {product["category"]}'
            if channel == 'ecommerce':
                row['shop_type'] = ['self_operated', 'flagship', 'third_party'][PLATFORMS.index(shop) % 3]
                row['title'] += ['', ' "官方正品"', ', 全国联保', ' 含税 带票'][random.below(4)]
                kind = random.below(60)
                if kind == 0:
                    row['price_kind'], asked = 'coupon', scaled(asked, 850)
                elif kind == 1:
                    row['tax_included'], asked = '否', scaled(asked, 880)
                elif kind == 2:
                    row['in_stock'] = '无货'
                elif kind == 3:
                    row['date'] = f'2023-10-{day:02d}'
                elif kind == 4:
                    row['price_kind'] = 'promotion'
            row['price'] = yuan(asked)
            self.quote(**row)
        if random.chance(1):  # a price typed x10 in a fourth quote: the shop's median hardly moves
            self.quote(**{**row, 'price': yuan(asked * 10), 'date': '2023-11-30'})

    def add_listing(self, product, number, supplier, base, barcode, brand, model):
        listing_id = f'L{number:03d}-{supplier}'
        pack = 1
        if product['category'] in ('复印纸', '中性笔') and random.chance(30):
            pack = 5 if product['category'] == '复印纸' else 12
        price = scaled(base * pack, 977 + random.below(68))
        discount = 90 + random.below(11)
        row = dict(listing_id=listing_id, supplier_id=supplier, supplier_name=supplier_name(supplier), category=product['category'],
                   brand=self.brand_of(brand), model=spelled(model), title=f'{brand}（{model}）{product["category"]}', unit=product['unit'],
                   pack_size=str(pack) if pack > 1 or random.chance(50) else '', price=yuan(price),
                   promised_discount=[f'{discount}%', f'0.{discount}', f'{discount}折'][random.below(3)] if discount < 100 else '100%',
                   listed_at=f'2023-{1 + random.below(10):02d}-{1 + random.below(28):02d}')
        if random.chance(20):
            row['category'] = CATEGORY_ALIASES.get(row['category'], row['category'])
        if barcode and random.chance(50):
            row['barcode'] = barcode
        if price >= 100000 and random.chance(10):
            row['price'] = f'￥{price // 100000},{price // 100 % 1000:03d}.{price % 100:02d}'
        self.listings.append(row)
        for _ in range(random.below(7) // 2):
            self.add_order(row, price, discount)

    def add_order(self, listing, price, discount):
        place = random.below(12)
        year, month = MONTHS[place]
        asked = scaled(price, 1000 + 3 * (11 - place))
        highest = (asked * discount + 50) // 100
        paid = max(highest - highest * random.below(16) // 1000, 1)
        row = dict(order_id=f'O{len(self.orders) + 1:05d}', line='1', date=f'{year}-{month:02d}-{1 + random.below(28):02d}', supplier_id=listing['supplier_id'],
                   buyer_id=f'B{random.below(400):03d}', unit=listing['unit'], pack_size=listing['pack_size'], quantity=str(1 + random.below(20)),
                   unit_price=yuan(paid), list_price=yuan(asked), promised_discount=listing['promised_discount'])
        if random.chance(70):
            row['listing_id'] = listing['listing_id']
        else:
            row['brand'], row['model'] = listing['brand'], listing['model']
        if random.chance(4):
            row['status'] = random.pick(['取消', '退货', 'cancelled'])
        self.orders.append(row)

    def add_planted(self):
        for row in planted.LISTINGS:
            row = {**row, **more(row['more'])}
            row['supplier_name'] = supplier_name(row['supplier_id'])
            row.setdefault('title', f'{row["brand"]}（{row["model"]}）{row["category"]}')
            self.listings.append(row)
        for row in planted.INDEX:
            self.index.append({**row, **more(row['more'])})
        for row in planted.QUOTES:
            for place, (shop, price) in enumerate(entry.split('=') for entry in row['shops'].split(' ')):
                self.quote(channel=row['channel'], shop=shop, brand=row['brand'], model=row['model'], unit=row['unit'], pack_size='1',
                           price=price, date=f'2023-11-{place + 3:02d}', title=f'{row["brand"]} {row["model"]}')
        for row in planted.ORDERS:
            self.orders.append({**row, 'line': '1', 'buyer_id': 'B900', 'pack_size': '1' if row['unit'] else ''})
        for number, row in enumerate(planted.BROKEN_QUOTES, 1):
            self.ecommerce.append({**row, 'key': f'broken-{number}', 'title': f'{row["brand"]} {row["model"]}'})
        self.ecommerce.append({'key': 'short', 'channel': 'ecommerce', 'shop': '平台甲'})

    def add_levels(self):
        for category, levels in LEVELS.items():
            for period, level in zip(INDEX_MONTHS, levels):
                self.index.append(dict(period=period, category=category, level=yuan(level)))


def text_of(rows, columns, heading=None, delimiter=','):
    """The table as text, and the line on which each row starts (no cell holds a line break)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator='\n')
    writer.writerow(heading or columns)
    for row in rows:
        writer.writerow([row.get(column, '') for column in columns] if row.get('key') != 'short' else ['ecommerce', '平台甲'])
    return out.getvalue()


def write(path, text, encoding='utf-8'):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode(encoding)
    if path.suffix == '.gz':
        packed = io.BytesIO()
        with gzip.GzipFile(filename='', mode='wb', fileobj=packed, mtime=0) as file:
            file.write(data)
        data = packed.getvalue()
    path.write_bytes(data)


def records_of(rows, columns):
    """JSON Lines as a collector writes them: what is empty is left out, prices are numbers with the digits that they have."""
    lines = []
    for row in rows:
        cells = [f'"{column}":{row[column] if column == "price" else json.dumps(row[column], ensure_ascii=False)}'
                 for column in columns if row.get(column, '') != '']
        lines.append('{' + ','.join(cells) + '}\n')
    return ''.join(lines)


INDEX_COLUMNS = 'period category brand model barcode spec unit index_price best_selling_price level origin'.split()


def write_index(path, rows):
    """The index as its publisher sends it: a title above the headings, real numbers and months, a sheet of notes behind."""
    columns = INDEX_COLUMNS
    table = [['样例省电子信息产品价格指数', *[None] * (len(columns) - 1)],
             '期间 品目 品牌 型号 商品条码 规格参数 单位 指数价格 畅销价 指数 来源'.split()]
    for row in rows:
        cells = [row.get(column, '') for column in columns]
        table.append([workbook.Month(*map(int, value.split('-'))) if column == 'period'
                      else Decimal(value) if value and column in ('index_price', 'best_selling_price', 'level') else value
                      for column, value in zip(columns, cells)])
    notes = [['说明'], ['指数以 2023 年 11 月为准，虚构，仅供演示。'], ['品目行只有指数，型号行有指数价格与畅销价。']]
    workbook.write_workbook(path, [('价格指数', table), ('说明', notes)], 'A1:K1')


def expected_rejects(month):
    lines = {}
    for file, rows in (('listings.csv', month.listings), ('orders.csv', month.orders), ('quotes-ecommerce-1.csv', month.ecommerce), ('index.xlsx', month.index)):
        seen = {}
        for line, row in enumerate(rows, 3 if file == 'index.xlsx' else 2):  # a title stands above its headings
            if file == 'listings.csv':
                seen[row['listing_id']] = seen.get(row['listing_id'], 0) + 1
                lines[f'listings:{row["listing_id"]}:{seen[row["listing_id"]]}'] = (file, line)
            elif file == 'orders.csv':
                lines[f'orders:{row["order_id"]}'] = (file, line)
            elif file == 'index.xlsx':
                model = row.get('model', '')
                seen[model] = seen.get(model, 0) + 1
                lines[f'index:{model}:{seen[model]}'] = (file, line)
            elif 'key' in row:
                lines[f'quotes:{row["key"]}'] = (file, line)
    rows = [dict(table=row['row'].split(':')[0], file=lines[row['row']][0], line=lines[row['row']][1], column=row['column'],
                 code=row['code'], action=row['action']) for row in planted.EXPECTED_REJECTS]
    return sorted(rows, key=lambda row: (row['table'], row['file'], row['line'], row['column']))


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    month = Month()
    with open(HERE / 'products.csv', encoding='utf-8') as file:
        for number, product in enumerate(csv.DictReader(file), 1):
            month.add_product(number, product)
    month.add_planted()
    month.add_levels()
    month.listings.sort(key=lambda row: (row['supplier_id'], row['listing_id']))
    month.orders.sort(key=lambda row: (row['date'], row['order_id']))
    month.index.sort(key=lambda row: (row['period'], row['category'], row.get('brand', ''), row.get('model', ''), row.get('index_price', '')))

    out = folder / '2023-11'
    listing_columns = 'listing_id supplier_id supplier_name category brand model title barcode spec unit pack_size price promised_discount listed_at original_price promotion_start'.split()
    write(out / 'listings.csv', '\ufeff' + text_of(month.listings, listing_columns, '商品编号 供应商编号 供应商 品目 品牌 型号 商品名称 商品条码 规格参数 单位 包装数量 价格 承诺折扣率 上架日期 原价 促销开始日期'.split()))
    quote_columns = 'channel shop shop_type brand model title unit pack_size price date region in_stock price_kind tax_included'.split()
    write(out / 'quotes-ecommerce-1.csv', text_of(month.ecommerce, quote_columns))
    write(out / 'quotes-ecommerce-2.csv.gz', text_of(month.ecommerce_packed, quote_columns))
    write(out / 'quotes-store.jsonl', records_of(month.store, 'channel shop brand model title unit pack_size price date region'.split()))
    order_columns = 'order_id line date listing_id supplier_id buyer_id brand model unit pack_size quantity unit_price list_price promised_discount status'.split()
    write(out / 'orders.csv', text_of(month.orders, order_columns,
                                      '订单编号 行号 成交日期 商品编号 供应商编号 采购单位 品牌 型号 单位 包装数量 数量 成交单价 商城价 承诺折扣率 状态'.split()), 'gb18030')
    write_index(out / 'index.xlsx', month.index)
    shops = planted.SHOPS + [('平台辛', '平台辛', '样例平台运营', ''), ('平台壬', '平台壬', '样例平台运营', ''), ('平台癸', '平台癸', '样例平台癸', 'HB012')]
    write(out / 'shops.csv', text_of([dict(zip('asop', row)) for row in shops], 'asop', 'alias shop operator supplier_id'.split()))
    groups = [('HB050', 'G1'), ('HB051', 'G1'), ('HB052', 'G2'), ('HB053', 'G2')]
    write(out / 'suppliers.csv', text_of([dict(supplier_id=s, group_id=g) for s, g in groups], ['supplier_id', 'group_id']))
    exclusion_columns = 'table shop brand model reason by on approved_by'.split()
    write(out / 'exclusions.csv', text_of([dict(zip(exclusion_columns, row)) for row in planted.EXCLUSIONS], exclusion_columns))
    match_columns = 'listing_id product verdict by on approved_by reason'.split()
    write(out / 'matches.csv', text_of([dict(zip(match_columns, row)) for row in planted.MATCHES], match_columns))

    listings, quotes, orders, index = october.october_of(month, scaled, yuan)
    october_folder = folder / '2023-10'
    write(october_folder / 'listings.csv', text_of(listings, listing_columns))
    write(october_folder / 'quotes.csv', text_of(quotes, quote_columns))
    write(october_folder / 'orders.csv', text_of(orders, order_columns))
    write(october_folder / 'index.csv', text_of(index, INDEX_COLUMNS))
    write(october_folder / 'suppliers.csv', text_of([dict(supplier_id=s, group_id=g) for s, g in groups], ['supplier_id', 'group_id']))
    write(folder / 'expected_october.csv', text_of([dict(listing_id=name, decision=decision) for name, (_, decision) in sorted(october.DEARER.items())],
                                                   ['listing_id', 'decision']))

    write(folder / 'expected.csv', text_of(planted.EXPECTED, 'listing_id decision notices'.split()))
    deal_columns = 'order_id line list_price unit_price highest_promised_price compliant'.split()
    write(folder / 'expected_orders.csv', text_of([dict(zip(deal_columns, row)) for row in planted.EXPECTED_ORDERS], deal_columns))
    write(folder / 'expected_rejects.csv', text_of(expected_rejects(month), 'table file line column code action'.split()))
    quotes = len(month.ecommerce) + len(month.ecommerce_packed) + len(month.store)
    print(f'{out}: {len(month.listings)} listings, {quotes} quotes, {len(month.orders)} orders, {len(month.index)} index rows')


if __name__ == '__main__':
    main()
