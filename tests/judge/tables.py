"""Files to rows: CSV and TSV in UTF-8, headings in English or Chinese, and the cells that cannot be understood."""
import gzip
import re
from pathlib import Path

import values
from values import Unreadable, canonical, clean_cell

REQUIRED, OPTIONAL = True, False
# column: (Chinese headings, reader, required); the order is the contract's.
IDENTITY = {
    'brand': ('品牌', values.text_cell, OPTIONAL), 'model': ('型号 规格型号', values.text_cell, OPTIONAL),
    'title': ('商品名称', values.text_cell, OPTIONAL), 'barcode': ('商品条码', values.barcode, OPTIONAL),
    'spec': ('规格参数', values.text_cell, OPTIONAL), 'unit': ('单位', values.text_cell, OPTIONAL),
    'pack_size': ('包装数量', values.pack_size, OPTIONAL)}
WITHOUT_TITLE = {name: column for name, column in IDENTITY.items() if name != 'title'}
TABLES = {
    'listings': {
        'listing_id': ('商品编号', values.text_cell, REQUIRED), 'supplier_id': ('供应商编号', values.text_cell, REQUIRED),
        'supplier_name': ('供应商', values.text_cell, OPTIONAL), 'category': ('品目 类目', values.text_cell, OPTIONAL),
        **IDENTITY, 'price': ('价格 单价 售价', values.amount, REQUIRED),
        'promised_discount': ('承诺折扣率', values.discount, OPTIONAL), 'listed_at': ('上架日期', values.day, OPTIONAL),
        'original_price': ('原价', values.amount, OPTIONAL), 'promotion_start': ('促销开始日期', values.day, OPTIONAL)},
    'quotes': {
        'channel': ('渠道', values.channel, REQUIRED), 'shop': ('店铺 平台', values.text_cell, REQUIRED),
        'shop_type': ('', values.shop_type, OPTIONAL), **IDENTITY,
        'price': ('价格 单价 售价', values.amount, REQUIRED), 'date': ('日期', values.day, REQUIRED),
        'region': ('地区', values.text_cell, OPTIONAL), 'in_stock': ('有货', values.boolean, OPTIONAL),
        'price_kind': ('', values.price_kind, OPTIONAL), 'tax_included': ('含税', values.boolean, OPTIONAL),
        'url': ('', values.text_cell, OPTIONAL), 'captured_at': ('', values.text_cell, OPTIONAL)},
    'orders': {
        'order_id': ('订单编号', values.text_cell, REQUIRED), 'line': ('', values.text_cell, OPTIONAL),
        'date': ('成交日期', values.day, REQUIRED), 'listing_id': ('商品编号', values.text_cell, OPTIONAL),
        'supplier_id': ('供应商编号', values.text_cell, REQUIRED), 'buyer_id': ('采购单位', values.text_cell, OPTIONAL),
        **WITHOUT_TITLE, 'quantity': ('数量', values.quantity, REQUIRED),
        'unit_price': ('成交单价', values.amount, REQUIRED), 'list_price': ('商城价', values.amount, OPTIONAL),
        'promised_discount': ('承诺折扣率', values.discount, OPTIONAL), 'status': ('状态', values.text_cell, OPTIONAL)},
    'index': {
        'period': ('期间', values.period, REQUIRED), 'category': ('品目 类目', values.text_cell, OPTIONAL),
        **WITHOUT_TITLE, 'index_price': ('指数价格', values.amount, OPTIONAL),
        'best_selling_price': ('畅销价', values.amount, OPTIONAL), 'level': ('指数', values.level, OPTIONAL),
        'origin': ('', values.origin, OPTIONAL)}}
# An unreadable pack_size rejects the row although the column is optional.
REJECTS_THE_ROW = {'pack_size'}


class Row:
    """One understood row: `raw` are the trimmed cells, `cell` what they mean (None when empty)."""

    def __init__(self, table, file, line, raw):
        self.table, self.file, self.line, self.raw, self.cell = table, file, line, raw, {}

    def __getitem__(self, column):
        return self.cell.get(column)

    def place(self):
        return (self.file, self.line)


class Rejects:
    def __init__(self):
        self.entries = []

    def add(self, row, column, code, action, message=''):
        value = row.raw.get(column, '')
        self.entries.append((row.table, row.file, row.line, column, code, message, value, action))


def table_files(folder, table):
    """quotes.csv, quotes-jd.csv, quotes/anything.csv; also .tsv and .gz."""
    ending = r'\.(csv|tsv)(\.gz)?'
    found = []
    for path in sorted(Path(folder).rglob('*')):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and re.fullmatch(rf'{table}(-[^/]*)?{ending}|{table}/[^/]+{ending}', name):
            found.append((name, path))
    return found


def read_text(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == '.gz' else data).decode('utf-8-sig')


def split_rows(text, delimiter):
    """Yields (physical line, fields, well formed). A quote inside an unquoted field is plain text."""
    at, line, end = 0, 1, len(text)
    while at < end:
        start, fields, good, row_done = line, [], True, False
        while not row_done:
            field = []
            if at < end and text[at] == '"':
                at, closed = at + 1, False
                while at < end and not closed:
                    if text[at] != '"':
                        line += text[at] == '\n'
                        field.append(text[at])
                        at += 1
                    elif text[at + 1:at + 2] == '"':
                        field.append('"')
                        at += 2
                    else:
                        at, closed = at + 1, True
                follows = text[at:at + 2]
                if not closed or not (follows[:1] in ('', delimiter, '\n') or follows == '\r\n' or follows == '\r'):
                    good = False
            while at < end and text[at] != delimiter and text[at] != '\n':
                field.append(text[at])
                at += 1
            fields.append(''.join(field))
            row_done = at >= end or text[at] == '\n'
            line += at < end and text[at] == '\n'
            at += 1
        yield start, fields, good


def heading(text):
    """(name, unit): `价格（万元）` is 价格 in 万元."""
    cell = canonical(text).lstrip('\ufeff')
    found = re.fullmatch(r'(.*?)\s*\((.*)\)', cell)
    name, unit = (found[1], found[2].strip()) if found else (cell, '')
    return re.sub(r'[-\s]+', '_', name).lower(), unit


def raw_rows(folder, table, names):
    """Yields (file, line, {column: cell}, {column: heading unit}, problem) for every row of every file."""
    for file, path in table_files(folder, table):
        rows = split_rows(read_text(path), '\t' if '.tsv' in path.name else ',')
        first = next(rows, None)
        if first is None:
            continue
        columns, units = [], {}
        for text in first[1]:
            name, unit = heading(text)
            column = names.get(name)
            columns.append(column)
            if column:
                units[column] = unit
        for line, fields, good in rows:
            cells = [clean_cell(field) for field in fields]
            if not any(cells):
                continue
            raw = {column: cell for column, cell in zip(columns, cells) if column}
            problem = 'bad-quotes' if not good else 'field-count' if len(fields) != len(columns) else None
            yield file, line, raw, units, problem


def heading_names(columns):
    names = {}
    for column, (chinese, _, _) in columns.items():
        names[column] = column
        for word in chinese.split():
            names[heading(word)[0]] = column
    return names


def read_table(folder, table, rejects):
    """(understood rows, rows read, rows rejected): cells alone; what needs other rows comes later."""
    columns = TABLES[table]
    rows, read, rejected = [], 0, 0
    for file, line, raw, units, problem in raw_rows(folder, table, heading_names(columns)):
        read += 1
        row = Row(table, file, line, raw)
        if problem:
            rejects.add(row, '', problem, 'rejected')
            rejected += 1
        elif understand(row, columns, units, rejects):
            rows.append(row)
        else:
            rejected += 1
    return rows, read, rejected


def understand(row, columns, units, rejects):
    good = True
    for column, (_, reader, required) in columns.items():
        text = row.raw.get(column, '')
        if not text:
            row.cell[column] = None
            if required:
                rejects.add(row, column, 'missing-value', 'rejected')
                good = False
            continue
        try:
            row.cell[column] = reader(text, units.get(column, ''))
        except Unreadable as problem:
            row.cell[column] = None
            fatal = required or column in REJECTS_THE_ROW
            rejects.add(row, column, problem.code, 'rejected' if fatal else 'emptied')
            good = good and not fatal
    return good


def read_plain(folder, table, columns):
    """Rows of a table that is all text (dictionaries, exclusions, matches)."""
    names = {column: column for column in columns}
    return [raw for _, _, raw, _, problem in raw_rows(folder, table, names) if not problem]
