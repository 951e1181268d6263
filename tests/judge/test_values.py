"""Cells, text, rows and rounding against values worked by hand."""
import sys
import unittest
from datetime import date
from fractions import Fraction as F
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import values  # noqa: E402
from exact import fixed, median, money, plain, price_text, round_half_away, statistic, unit_price  # noqa: E402
from identity import fold_model  # noqa: E402
from tables import split_rows  # noqa: E402


class Cells(unittest.TestCase):
    def test_amounts(self):
        for text, amount in (('1,299.00', '1299'), ('￥1 299', '1299'), ("1'299.5元/台", '1299.5'), ('1.38万元', '13800'),
                             ('１２．３', '12.3'), ('0.00005', '0.0001'), ('99999999.99994', '99999999.9999')):
            self.assertEqual(values.amount(text), F(amount), text)
        for text, code in (('面议', 'price-on-request'), ('100起', 'floor-price'), ('1-2', 'price-range'), ('0', 'not-positive'),
                           ('-5', 'not-positive'), ('0.00004', 'rounds-to-zero'), ('100000000', 'too-large'),
                           ('99999999.99996', 'too-large'), ('12,99.0', 'not-an-amount'), ('1e3', 'not-an-amount')):
            with self.assertRaises(values.Unreadable) as caught:
                values.amount(text)
            self.assertEqual(caught.exception.code, code, text)

    def test_discounts(self):
        for text, share in (('9折', '0.9'), ('95折', '0.95'), ('9.5折', '0.95'), ('90%', '0.9'), ('0.9', '0.9'), ('下浮10%', '0.9')):
            self.assertEqual(values.discount(text), F(share), text)
        self.assertEqual(values.discount('9', '折'), F('0.9'))
        for text, code in (('9', 'ambiguous-discount'), ('0.49', 'ambiguous-discount'), ('120%', 'not-a-discount')):
            with self.assertRaises(values.Unreadable) as caught:
                values.discount(text)
            self.assertEqual(caught.exception.code, code, text)

    def test_dates_are_in_utc_plus_8(self):
        self.assertEqual(values.day('2023-10-31T16:00:00Z'), date(2023, 11, 1))
        self.assertEqual(values.day('2023年11月5日 09:30'), date(2023, 11, 5))
        self.assertEqual(values.months_before(date(2024, 2, 29), 12), date(2023, 2, 28))

    def test_models_and_barcodes(self):
        self.assertEqual(fold_model('ｄｃｐ－7080 d'), ('DCP7080D', 'DCP-7080-D'))
        self.assertEqual(fold_model('X1.5·a.'), ('X1.5A', 'X1.5-A-'))
        # 6901234567892: 3 x (9+1+3+5+7+9) + (6+0+2+4+6+8) = 102 + 26 = 128, check digit 2
        self.assertEqual(values.barcode('6901234567892'), ('06901234567892', True))
        # 201234567890?: 3 x (0+2+4+6+8+0) + (2+1+3+5+7+9) = 60 + 27 = 87, check digit 3
        self.assertEqual(values.barcode('2012345678903'), ('02012345678903', False))

    def test_a_quoted_field_may_hold_a_line_end_and_text_behind_a_quote_is_bad(self):
        rows = list(split_rows('a,b\n"x\ny",2\n"q"z,3\n5" tv,4\n', ','))
        self.assertEqual(rows, [(1, ['a', 'b'], True), (2, ['x\ny', '2'], True), (4, ['qz', '3'], False),
                                (5, ['5" tv', '4'], True)])

    def test_rounding_is_half_away_from_zero(self):
        self.assertEqual(money(F('0.00005')), F('0.0001'))
        self.assertEqual(round_half_away(F('-0.000125'), F(1, 10 ** 5)), F('-0.00013'))
        self.assertEqual(unit_price(F(10, 3)), F('3.33333333'))
        self.assertEqual(median([F(1), F('1.0001')], F(1, 10 ** 4)), F('1.0001'))
        self.assertEqual((fixed(F('-0.0000004'), 6), plain(F(1, 3), 4), price_text(F('1.2345'))), ('0.000000', '0.3333', '1.2345'))
        self.assertEqual(statistic('percentile:70', [F(n) for n in range(1, 8)], F(1)), 5)  # ceil(4.9)


if __name__ == '__main__':
    unittest.main()
