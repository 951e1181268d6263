"""Writes generated rows as the files of a month: one or several a table, .csv, .tsv or .gz, English or Chinese headings."""
import gzip

from tables import TABLES

CHINESE = {
    'listings': {'listing_id': '商品编号', 'supplier_id': '供应商编号', 'category': '类目', 'brand': '品牌', 'model': '规格型号',
                 'title': '商品名称', 'barcode': '商品条码', 'spec': '规格参数', 'unit': '单位', 'pack_size': '包装数量', 'price': '售价',
                 'promised_discount': '承诺折扣率', 'original_price': '原价', 'promotion_start': '促销开始日期'},
    'quotes': {'channel': '渠道', 'shop': '店铺', 'brand': '品牌', 'model': '型号', 'unit': '单位', 'pack_size': '包装数量',
               'price': '价格', 'date': '日期', 'in_stock': '有货', 'tax_included': '含税'},
    'orders': {'order_id': '订单编号', 'date': '成交日期', 'listing_id': '商品编号', 'supplier_id': '供应商编号', 'brand': '品牌',
               'model': '型号', 'quantity': '数量', 'unit_price': '成交单价', 'list_price': '商城价', 'status': '状态'},
    'index': {'period': '期间', 'category': '品目', 'brand': '品牌', 'model': '型号', 'index_price': '指数价格', 'level': '指数'}}


def cell(text, delimiter):
    if any(char in text for char in (delimiter, '"', '\r', '\n')):
        return '"' + text.replace('"', '""') + '"'
    return text


def render(rows, columns, headings, delimiter, end):
    lines = [delimiter.join(headings.get(column, column) for column in columns)]
    for row in rows:
        if isinstance(row, str):  # a broken line, written as it is
            lines.append(row)
        else:
            lines.append(delimiter.join(cell(row.get(column, ''), delimiter) for column in columns))
    return end.join(lines) + end


def columns_of(rows, first):
    seen = dict.fromkeys(first)
    for row in rows:
        if not isinstance(row, str):
            seen.update(dict.fromkeys(row))
    return list(seen)


def in_tenths(row):
    """Bare discounts as a heading in 折 means them: 0.85 is written 8.5."""
    bare = {'0.9': '9', '0.85': '8.5', '1': '10', '0.5': '50', '0.3': '3', '1.01': '101', '9': '9', '95': '95'}
    if isinstance(row, str) or row.get('promised_discount') not in bare:
        return row
    return {**row, 'promised_discount': bare[row['promised_discount']]}


def write_table(folder, table, rows, first, rng, variety):
    """`variety` in 0..1: how far from one plain UTF-8 CSV file the month is."""
    columns = [column for column in columns_of(rows, first) if column in TABLES[table]]
    columns = [column for column in columns if column in first
               or any(not isinstance(row, str) and row.get(column) for row in rows)]
    headings = dict(CHINESE[table]) if rng.random() < variety / 3 else {}
    if 'promised_discount' in columns and rng.random() < variety / 5:
        headings['promised_discount'] = '承诺折扣率（折）'
        rows = [in_tenths(row) for row in rows]
    delimiter, ending = ('\t', '.tsv') if rng.random() < variety / 6 else (',', '.csv')
    if any(isinstance(row, str) for row in rows):
        delimiter, ending = ',', '.csv'
    end = '\r\n' if rng.random() < variety / 4 else '\n'
    parts = [rows]
    if rng.random() < variety / 4 and len(rows) > 3:
        cut = rng.randrange(1, len(rows))
        parts = [rows[:cut], rows[cut:]]
    for number, part in enumerate(parts):
        name = f'{table}{ending}' if len(parts) == 1 else rng.choice(
            [f'{table}-{number + 1}{ending}', f'{table}/part-{number + 1}{ending}'])
        data = render(part, columns, headings, delimiter, end).encode()
        if rng.random() < variety / 5:
            data = b'\xef\xbb\xbf' + data
        if rng.random() < variety / 6:
            name, data = name + '.gz', gzip.compress(data, mtime=0)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_plain(folder, table, columns, rows):
    if rows:
        lines = [','.join(columns)] + [','.join(cell(str(row.get(c, '')), ',') for c in columns) for row in rows]
        (folder / f'{table}.csv').write_text('\n'.join(lines) + '\n', encoding='utf-8')
