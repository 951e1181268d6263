"""How people write things: spellings of models, amounts, dates, discounts and barcodes, right ones and wrong ones."""
from datetime import timedelta
from fractions import Fraction

from exact import plain

FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'}


def decimal(value):
    """Digits of an exact decimal, at least as many as needed up to 12."""
    return plain(Fraction(value), 12)


class Scribe:
    """`mess` is the share of cells that are written in an unusual way."""

    def __init__(self, rng, mess):
        self.rng, self.mess = rng, mess

    def messy(self):
        return self.rng.random() < self.mess

    def model(self, text):
        """Another spelling that folds to the same model; separators of `text` are never moved or merged."""
        if not self.messy():
            return text
        way = self.rng.randrange(6)
        if way == 0:
            return text.lower()
        if way == 1:
            return text.translate(FULL_WIDTH)
        if way == 2:
            return f'  {text}\u3000'
        letters = [at for at in range(1, len(text)) if text[at - 1].isalnum() and text[at].isalnum()]
        if not letters:
            return text
        at = self.rng.choice(letters)
        mark = self.rng.choice(['-', ' ', '_', '/', '\\', '·', '–', '—', '−', '－', '.', ' - ', '\u00a0'])
        digits = text[at - 1].isdigit() and text[at].isdigit()
        return text if mark == '.' and digits else text[:at] + mark + text[at:]

    def kept_spelling(self, text):
        """A spelling with the same separators: only case, width and the kind of the separators change."""
        text = self.rng.choice([text, text.lower(), text.translate(FULL_WIDTH)])
        return text.replace('-', self.rng.choice(['-', ' ', '/', '–', ' - ', '_'])) if self.messy() else text

    def amount(self, value):
        text = decimal(value)
        if not self.messy():
            return text
        whole, dot, rest = text.partition('.')
        way = self.rng.randrange(9)
        if way == 0 and len(whole) > 3:
            mark = self.rng.choice([',', ' ', "'"])
            groups = []
            while whole:
                groups.insert(0, whole[-3:])
                whole = whole[:-3]
            return mark.join(groups) + dot + rest
        if way == 1:
            return self.rng.choice(['¥', '￥', 'CNY ', 'RMB', '人民币', 'rmb ']) + text
        if way == 2:
            return text + self.rng.choice(['元', '圆', ' 元', '元/台', '/个'])
        if way == 3 and value >= 1000:
            return decimal(Fraction(value) / 10000) + self.rng.choice(['万元', '万'])
        if way == 4:
            return text.translate(FULL_WIDTH).replace('.', '．')
        if way == 5 and rest:
            return text + '0' * self.rng.randint(0, 2)
        if way == 6:
            return f' {text}\t'
        return text

    def bad_amount(self):
        return self.rng.choice(['', '面议', '100元起', '100-200', '0', '-5', '0.00001', '0.00004', '100000000', '1万万', 'abc',
                                '12,99.0', '1e3', '99999999.99996', "1,234'567", '1.2.3', '￥', '０', '10000万元'])

    def date(self, day):
        if not self.messy():
            return day.isoformat()
        return self.rng.choice([
            f'{day.year}/{day.month}/{day.day}', f'{day.year}.{day.month:02d}.{day.day:02d}',
            f'{day.year:04d}{day.month:02d}{day.day:02d}', f'{day.year}年{day.month}月{day.day}日',
            f'{day.isoformat()}T10:20:30', f'{day.isoformat()} 23:59:59', f'{day.isoformat()}T00:00:00+08:00',
            f'{day.isoformat()}T15:59:59Z', f'{(day - timedelta(days=1)).isoformat()}T16:00:00Z',
             f'{day.year}-{day.month}-{day.day}'])

    def bad_date(self):
        return self.rng.choice(['', '2023-13-05', '2023-02-29', '5.11.2023', 'yesterday', '2023-11', '20231131'])

    def period(self, number):
        year, month = number // 12, number % 12 + 1
        if not self.messy():
            return f'{year}-{month:02d}'
        return self.rng.choice([f'{year}/{month:02d}', f'{year}{month:02d}', f'{year}年{month}月', f'{year}-{month}'])

    def discount(self):
        return self.rng.choice(['9折', '95折', '9.5折', '90%', '0.9', '0.85', '1', '0.5', '下浮10%', '８折', '88.88%', '10折', '下浮5.5%'])

    def bad_discount(self):
        return self.rng.choice(['9', '95', '0.3', '1.01', '120%', '101折', 'abc', '下浮100%', '0折'])

    def yes(self):
        return self.rng.choice(['', '', '', 'true', '是', 'Y', '1', 'yes'])

    def no(self):
        return self.rng.choice(['false', '否', 'N', '0', 'No', 'F'])

    def text(self):
        return self.rng.choice(['', 'plain', 'with, comma', 'with "quotes"', 'two\nlines', ' spaced ', '=1+1', '中文，标题'])


def with_check_digit(body):
    """`body` of 7, 11, 12 or 13 digits and its GTIN check digit."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return body + str((10 - total % 10) % 10)


def gtin(rng, kind='good'):
    digits = ''.join(rng.choice('0123456789') for _ in range(13))
    if kind == 'in_store':
        body = rng.choice(['20' + digits[:10], '29' + digits[:10], '02' + digits[:10], '04' + digits[:10],
                           '2' + digits[:10], '4' + digits[:10], '25' + digits[:5]])
        return with_check_digit(body)
    if kind == 'wrong':
        good = with_check_digit('69' + digits[:10])
        return rng.choice([good[:-1] + str((int(good[-1]) + 3) % 10), good[:-2], good + '12', '6.9E+12', 'none'])
    if kind == 'zeros':
        return rng.choice(['00000000', '0000000000000'])
    return with_check_digit(rng.choice(['69' + digits[:10], '6' + digits[:10], '96' + digits[:5], '169' + digits[:10]]))
