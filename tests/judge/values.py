"""What a cell means (contract section 3): text, amounts, discounts, dates, barcodes and the words with a meaning."""
import re
import unicodedata
from datetime import date, datetime, timedelta
from fractions import Fraction

from exact import money, places


class Unreadable(Exception):
    """Carries the code for rejects.csv."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def nfkc(text):
    return unicodedata.normalize('NFKC', text)


def canonical(text):
    """NFKC, upper case, trimmed: how names, units, shops and words are compared."""
    return nfkc(text).upper().strip()


def clean_cell(text):
    """Trimmed; the apostrophe that shields a formula sign is taken away."""
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in '=+-@\t\r':
        return text[1:]
    return text


PLAIN = r'[0-9]+(?:\.[0-9]+)?'
GROUPED = r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:'[0-9]{3})+)(?:\.[0-9]+)?"
NUMBER = f'(?:{GROUPED}|{PLAIN})'
AMOUNT = rf'(-?)\s*(?:¥|CNY|RMB|人民币)?\s*(-?)\s*({NUMBER})\s*(万元|万|元|圆)?(?:(?<=[元圆万])整)?\s*(?:/[^/]+)?'
TAX = r'(?P<tax>\((?:不含|未含|含)税价?\)|\((?:未税价?|税前)\)|(?:不含|未含|含)税价?|未税价?|税前)'
TOO_LARGE = 10 ** 8  # yuan


def digits_to_fraction(text):
    return Fraction(re.sub("[, ']", '', text))


def amount(text, heading_unit=''):
    """An amount in yuan, rounded to Money."""
    cell = canonical(text)
    if any(word in cell for word in ('面议', '议价', '电议', '询价', '暂无报价', '待定')):
        raise Unreadable('price-on-request')
    tax = re.fullmatch(rf'{TAX}:?\s*(?P<behind>.*)|(?P<before>.*?)\s*{TAX.replace("tax", "last")}', cell)
    if tax:
        cell = (tax['behind'] if tax['tax'] else tax['before']).strip()
    if cell.endswith('起'):
        raise Unreadable('floor-price')
    if re.fullmatch(rf'{AMOUNT}\s*(?:-|~|–|—|至|到)\s*{AMOUNT}', cell):
        raise Unreadable('price-range')
    found = re.fullmatch(AMOUNT, cell)
    if not found:
        raise Unreadable('not-an-amount')
    value = digits_to_fraction(found[3])
    if found[1] or found[2]:
        value = -value
    if (found[4] or heading_unit) in ('万元', '万'):
        value *= 10000
    if value <= 0:
        raise Unreadable('not-positive')
    if tax and not re.match(r'\(?含', tax['tax'] or tax['last']):
        raise Unreadable('tax-exclusive')
    rounded = money(value)
    if rounded == 0:
        raise Unreadable('rounds-to-zero')
    if rounded >= TOO_LARGE:
        raise Unreadable('too-large')
    return rounded


def decimal_number(text, code):
    """A number greater than 0 without a unit: quantity, pack_size, factor, level."""
    cell = nfkc(text).strip()
    if not re.fullmatch(NUMBER, cell):
        raise Unreadable(code)
    value = digits_to_fraction(cell)
    if value <= 0:
        raise Unreadable(code)
    return value


def quantity(text, _heading_unit=''):
    value = decimal_number(text, 'bad-quantity')
    if value >= 10 ** 9 or places(value) > 4:
        raise Unreadable('bad-quantity')
    return value


def pack_size(text, _heading_unit=''):
    value = decimal_number(text, 'bad-pack')
    if places(value) is None or places(value) > 4:
        raise Unreadable('bad-pack')
    return value


def level(text, _heading_unit=''):
    return decimal_number(text, 'not-a-number')


def discount(text, heading_unit=''):
    """The share of the list price that is paid at most."""
    cell = nfkc(text).strip()
    if found := re.fullmatch(rf'({PLAIN})\s*折', cell):
        value = tenths(Fraction(found[1]))
    elif found := re.fullmatch(rf'下浮\s*({PLAIN})\s*%', cell):
        value = 1 - Fraction(found[1]) / 100
    elif found := re.fullmatch(rf'({PLAIN})\s*%', cell):
        value = Fraction(found[1]) / 100
    elif re.fullmatch(PLAIN, cell):
        value = Fraction(cell)
        if heading_unit == '折':
            value = tenths(value)
        elif heading_unit == '%':
            value = value / 100
        elif value > 1 or value < Fraction(1, 2):
            raise Unreadable('ambiguous-discount')
    else:
        raise Unreadable('not-a-discount')
    if not 0 < value <= 1 or places(value) is None or places(value) > 6:
        raise Unreadable('not-a-discount')
    return value


def tenths(count):
    """9折 and 9.5折 count tenths, 95折 hundredths."""
    if count <= 10:
        return count / 10
    if count < 100:
        return count / 100
    raise Unreadable('not-a-discount')


DATE = re.compile(r'(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})'
                  r'|([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})'
                  r'|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日)'
                  r'(?:(?:T|\s*)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?\s*'
                  r'(Z|[+-][0-9]{2}:?[0-9]{2})?)?')


def day(text, _heading_unit=''):
    """The day in UTC+8; a time with an offset is brought there first."""
    found = DATE.fullmatch(canonical(text))
    if not found:
        raise Unreadable('not-a-date')
    year, month, dom = [int(part) for part in found.groups()[:15] if part is not None]
    hour, minute, second, offset = found.groups()[15:]
    try:
        moment = datetime(year, month, dom, int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        raise Unreadable('not-a-date') from None
    if offset:
        shift = timedelta(0)
        if offset != 'Z':
            shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
            shift = -shift if offset[0] == '-' else shift
        moment = moment - shift + timedelta(hours=8)
    return moment.date()


def month_number(of_day):
    """Months since year 0, so that t - s is a difference of integers."""
    return of_day.year * 12 + of_day.month - 1


def month_text(number):
    return f'{number // 12:04d}-{number % 12 + 1:02d}'


def last_day(number):
    following = number + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def months_before(of_day, count):
    """The same day of the month, or the month's last when it is shorter."""
    number = month_number(of_day) - count
    return date(number // 12, number % 12 + 1, min(of_day.day, last_day(number).day))


def period(text, _heading_unit=''):
    found = re.fullmatch(r'([0-9]{4})(?:[-/]([0-9]{1,2})|([0-9]{2})|年([0-9]{1,2})月)', canonical(text))
    if not found:
        raise Unreadable('not-a-period')
    month = int(found[2] or found[3] or found[4])
    if not 1 <= month <= 12 or int(found[1]) == 0:
        raise Unreadable('not-a-period')
    return int(found[1]) * 12 + month - 1


def words(code, **meanings):
    """A reader of cells that hold one of a few words."""
    table = {canonical(word).replace('-', '_'): meaning for meaning, listed in meanings.items() for word in listed}

    def read(text, _heading_unit=''):
        try:
            return table[canonical(text).replace('-', '_')]
        except KeyError:
            raise Unreadable(code) from None
    return read


channel = words('not-a-channel', ecommerce=['ecommerce', '电商', 'e-commerce', 'online', '线上', '网店'],
                store=['store', '实体', 'physical', '线下', '实体店', '门店'])
shop_type = words('not-a-shop-type', self_operated=['self_operated', '自营'], flagship=['flagship', '旗舰店'],
                  third_party=['third_party', '第三方'])
price_kind = words('not-a-price-kind', regular=['regular', '常规'], promotion=['promotion', '促销'],
                   coupon=['coupon', '优惠券'], subsidised=['subsidised', 'subsidized', '补贴'],
                   member=['member', '会员'])
origin = words('not-an-origin', published=['published', '发布'], own=['own', '自编'])
yes_or_no = words('not-a-boolean', yes=['true', 'yes', 'y', 't', '1', '是', '有', '有货', '现货', '含税'],
                  no=['false', 'no', 'n', 'f', '0', '否', '无', '无货', '缺货', '断货', '售罄', '不含税', '未税'])


def boolean(text, _heading_unit=''):
    return yes_or_no(text) == 'yes'


def counts_as_deal(status):
    return canonical(status) not in ('CANCELLED', 'CANCELED', '取消', '已取消', 'RETURNED', '退货', '已退货')


def status_text(status):
    word = canonical(status)
    if word in ('CANCELLED', 'CANCELED', '取消', '已取消'):
        return 'cancelled'
    return 'returned' if word in ('RETURNED', '退货', '已退货') else status


def barcode(text, _heading_unit=''):
    """(14 digits, whether it may match): valid numbers with an in-store prefix or all zeros match nothing."""
    cell = nfkc(text).strip()
    if not re.fullmatch('[0-9]{8}|[0-9]{12,14}', cell):
        raise Unreadable('not-a-barcode')
    padded = cell.rjust(14, '0')
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(padded[:13]))
    if (10 - total % 10) % 10 != int(padded[13]):
        raise Unreadable('not-a-barcode')
    prefix = cell[:2] if len(cell) == 8 else padded[1:3]
    in_store = prefix in ('02', '04') or '20' <= prefix <= '29'
    return padded, not in_store and padded != '0' * 14


def text_cell(text, _heading_unit=''):
    return text
