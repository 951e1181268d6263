"""Writes a small workbook (.xlsx, ECMA-376) with the standard library alone: the same rows give the same text in the same order.

A sheet is (title, rows); a cell is None, a str (kept among the shared texts), a Decimal (a number with two decimals) or a Month (a date
that shows year and month)."""
import datetime
import zipfile
from collections import namedtuple
from decimal import Decimal
from xml.sax.saxutils import escape

Month = namedtuple('Month', 'year month')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
# Number formats: 0 as it is, 1 money, 2 a month.
STYLES = ('<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
          '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
          '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
          '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
          '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
          '<cellXfs count="3">'
          + ''.join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for number in (0, 4, 164))
          + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>')


def letters(column):
    """0 is A, 26 is AA."""
    return (letters(column // 26 - 1) if column >= 26 else '') + chr(ord('A') + column % 26)


class Texts:
    """The texts that cells share."""

    def __init__(self):
        self.numbers, self.uses = {}, 0

    def number(self, text):
        self.uses += 1
        return self.numbers.setdefault(text, len(self.numbers))

    def xml(self):
        items = ''.join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.numbers)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{self.uses}" uniqueCount="{len(self.numbers)}">{items}</sst>'


def cell(place, value, texts):
    if value is None or value == '':
        return ''
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{texts.number(value)}</v></c>'
    if isinstance(value, Month):
        return f'<c r="{place}" s="2"><v>{(datetime.date(value.year, value.month, 1) - datetime.date(1899, 12, 30)).days}</v></c>'
    assert isinstance(value, Decimal)
    return f'<c r="{place}" s="1"><v>{value.normalize():f}</v></c>'


def sheet(rows, texts, merged):
    lines = []
    for number, row in enumerate(rows, 1):
        cells = ''.join(cell(f'{letters(column)}{number}', value, texts) for column, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ''
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def relations(kinds):
    return (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            + ''.join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(kinds, 1))
            + '</Relationships>')


def write_workbook(path, sheets, merged_title=None):
    """merged_title: the range of the first sheet's title row, as 'A1:F1'."""
    texts = Texts()
    bodies = [sheet(rows, texts, merged_title if n == 0 else None) for n, (_, rows) in enumerate(sheets)]
    names = [f'worksheets/sheet{n}.xml' for n in range(1, len(sheets) + 1)]
    types = ''.join(f'<Override PartName="/xl/{name}" ContentType="{KIND}{kind}+xml"/>' for name, kind in
                    [('workbook.xml', 'sheet.main'), ('styles.xml', 'styles'), ('sharedStrings.xml', 'sharedStrings')]
                    + [(name, 'worksheet') for name in names])
    tabs = ''.join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, (title, _) in enumerate(sheets, 1))
    parts = {
        '[Content_Types].xml': f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        '_rels/.rels': relations([('officeDocument', 'xl/workbook.xml')]),
        'xl/workbook.xml': f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relations([('worksheet', name) for name in names]
                                                + [('styles', 'styles.xml'), ('sharedStrings', 'sharedStrings.xml')]),
        'xl/styles.xml': f'{HEAD}<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
        'xl/sharedStrings.xml': texts.xml(),
    }
    parts.update((f'xl/{name}', body) for name, body in zip(names, bodies))
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode('utf-8'), zipfile.ZIP_DEFLATED)
