"""The month before: four categories of the sample's ordinary listings a month earlier, some of them too dear then.

Made of November's rows: the same sellers ask the same prices in October, orders and index rows end there. What November
cut is in DEARER, with the October price in permille of November's, so that cases open in October and close in November."""

CATEGORIES = ('碎纸机', '针式打印机', '扫描仪', '路由器')
# listing -> permille of the November price, and what October says of it
DEARER = {'L158-HB001': (1400, 'evidence_required'), 'L161-HB022': (1700, 'reduce_or_delist'), 'L133-HB002': (1350, 'evidence_required'),
          'L125-HB031': (1400, 'evidence_required')}


def is_ordinary(row):
    return row['listing_id'].startswith('L') and row['category'] in CATEGORIES


def october_of(month, scaled, yuan):
    """(listings, quotes, orders, index) of October."""
    ordinary = [dict(row) for row in month.listings if is_ordinary(row)]
    for row in ordinary:
        if row['listing_id'] in DEARER:
            row['price'] = yuan(scaled(int(row['price'].replace('.', '')), DEARER[row['listing_id']][0]))
        if row['listed_at'] > '2023-10-31':
            row['listed_at'] = '2023-10-01'
    models = {row['model'] for row in ordinary}
    ids = {row['listing_id'] for row in ordinary}
    quotes = [dict(row, date=row['date'].replace('2023-11', '2023-10')) for row in month.ecommerce + month.ecommerce_packed + month.store
              if row.get('model') in models and 'key' not in row]
    orders = [row for row in month.orders if row.get('listing_id') in ids and row['date'] <= '2023-10-31' and not row.get('key')]
    index = [row for row in month.index if row['category'] in CATEGORIES and row['period'] <= '2023-10']
    return ordinary, quotes, orders, index
