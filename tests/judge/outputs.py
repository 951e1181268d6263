"""The output files of a run without a store (contract section 8)."""
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

from exact import FEN, fixed, plain, price_text, ratio_text, round_half_away
from reference import AVERAGES
from tables import TABLES
from values import month_number, status_text

ASSESSMENTS = ('listing_id supplier_id product match_basis category price unit pack_size index_price '
               'procurement_average ecommerce_average store_average deviation_degree monitoring_price '
               'monitoring_basis sources_kept sources_screened deviation_ratio decision max_fair_price notices').split()
FLAGGED = ASSESSMENTS + ('units_12m money_at_risk newest_source case_id state deadline justified_until '
                         'safe_until').split()
REJECTS = 'table file line column code message value action'.split()
REVIEW = ('listing_id supplier_id brand model title barcode reason '
          'candidate_1 candidate_2 candidate_3 candidate_4 candidate_5').split()
ORDERS = ('order_id line status list_price promised_discount unit_price highest_promised_price compliant '
          'monitoring_price deal_ratio').split()
OVERRIDES = ('listing_id product decision monitoring_price product_without decision_without '
             'monitoring_price_without').split()


def shielded(text):
    """Text from outside must not start a formula."""
    return "'" + text if text and text[0] in '=+-@\t\r' else text


def csv_cell(text):
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in ',"\r\n') else text


def write_csv(path, columns, rows):
    lines = [','.join(csv_cell(str(cell)) for cell in row) + '\n' for row in [columns, *rows]]
    path.write_bytes(''.join(lines).encode())


def utf8(*keys):
    return tuple(key.encode() for key in keys)


def assessment_cells(one, month):
    row, reference = one.row, None if one.untrusted else one.reference
    answer = reference.answer if reference else None
    unit = row['unit'] or (month.base_unit.get(row.product, '') if row.product else '')
    price_of = reference.price if reference else {}
    return [shielded(row['listing_id']), shielded(row['supplier_id']), shielded(row.product), row.match_basis,
            shielded(row.category), price_text(row['price']), shielded(unit),
            plain(1 if row['pack_size'] is None else row['pack_size'], 12),
            price_text(price_of.get('index_price')), *(price_text(price_of.get(name)) for name in AVERAGES),
            ratio_text(one.deviation), price_text(one.monitoring), shielded(answer.basis) if answer else '',
            answer.kept if answer else '', answer.screened if answer else '', ratio_text(one.ratio), one.decision,
            price_text(one.max_fair), ';'.join(one.notices)]


def units_12m(one, month):
    """Base units of the supplier's counting orders of the product, counted in the listing's packs."""
    window = one.rules['windows']['orders_months']
    return sum(order['quantity'] * order.k / one.row.k for order in month.sources.orders[one.row.product]
               if order['supplier_id'] == one.row['supplier_id']
               and 0 <= month.period - month_number(order['date']) < window)


def flagged_rows(month):
    keyed = []
    for one in month.assessments:
        if not one.flagged and one.decision != 'check_data':
            continue
        units, risk, newest = '', None, ''
        if not one.untrusted:
            count = units_12m(one, month)
            units = plain(count, 4)
            risk = round_half_away((one.row['price'] - one.monitoring) * count, FEN)
            day = one.reference.answer.newest
            newest = day.isoformat() if day else ''
        cells = assessment_cells(one, month) + [units, '' if risk is None else fixed(risk, 2), newest] + [''] * 5
        keyed.append(((risk is None, -risk if risk is not None else 0, one.row['listing_id'].encode()), cells))
    return [cells for _, cells in sorted(keyed, key=lambda pair: pair[0])]


def order_rows(month):
    rows = []
    for order in month.rows['orders']:
        if month_number(order['date']) != month.period:
            continue
        promised = compliant = None
        if order['list_price'] is not None and order['promised_discount'] is not None:
            promised = round_half_away(order['list_price'] * order['promised_discount'], FEN)
            compliant = order['unit_price'] <= promised
        monitoring = order_reference(order, month)
        ratio = None if monitoring is None else (order['unit_price'] - monitoring) / monitoring
        key = [order['order_id'], order['line'] or '', status_text(order['status'] or '')]
        amounts = [order['list_price'], order['promised_discount'], order['unit_price'], promised, monitoring]
        rows.append(((utf8(*key), [-1 if amount is None else amount for amount in amounts]),
                     [*map(shielded, key), price_text(order['list_price']), ratio_text(order['promised_discount']),
                      price_text(order['unit_price']), price_text(promised),
                      '' if compliant is None else 'true' if compliant else 'false',
                      price_text(monitoring), ratio_text(ratio)]))
    rows.sort(key=lambda row: row[0])
    return [cells for _, cells in rows]


def order_reference(order, month):
    """The reference of the order's supplier in the order's pack; category: its listing's, else the product's."""
    if not order.product:
        return None
    listing = month.identity.listing.get(order['listing_id'])
    category = listing.category if listing is not None else month.categories.get(order.product, '')
    rules = month.rules_for(category)
    answer = month.reference(order.product, order['supplier_id'], order.k, rules).answer
    return answer.price if answer else None


def review_rows(month):
    rows = []
    for one in month.assessments:
        row, identity = one.row, month.identity
        if row.product:
            continue
        forms = identity.split.get((row.brand, row.folded), set()) if row.has_pair else set()
        reason = 'split-model' if forms else 'unmatched'
        if row.gtin_matches and identity.learnt.get(row.gtin) == '':
            reason = 'ambiguous-barcode'
        candidates = sorted(f'{row.brand} {form}' for form in forms)[:5]
        rows.append([shielded(row[c] or '') for c in ('listing_id', 'supplier_id', 'brand', 'model', 'title')]
                    + [row.gtin, reason] + candidates + [''] * (5 - len(candidates)))
    return rows


def override_rows(month, without):
    plainly = {one.row['listing_id']: one for one in without.assessments}
    rows = []
    for one in month.assessments:
        other = plainly[one.row['listing_id']]
        if other.decision != one.decision:
            rows.append([shielded(one.row['listing_id']), shielded(one.row.product), one.decision,
                         price_text(one.monitoring), shielded(other.row.product), other.decision,
                         price_text(other.monitoring)])
    return rows


def share(part, whole):
    return fixed(Fraction(part) / whole, 6) if whole else ''


def summary(month):
    ones = month.assessments
    priced = [one for one in ones if one.monitoring is not None]
    flagged = [one for one in priced if one.flagged]
    by_id = {one.row['listing_id']: one for one in ones}
    value = {True: 0, False: 0}
    for order in month.rows['orders']:
        one = by_id.get(order['listing_id'])
        if order.counts and month_number(order['date']) == month.period and one and one.monitoring is not None:
            value[one.flagged] += order['unit_price'] * order['quantity']
    products = {one.row.product for one in priced}
    return {
        'decisions': dict(sorted(Counter(one.decision for one in ones).items())),
        'match_basis': dict(sorted(Counter(one.row.match_basis for one in ones).items())),
        'notices': dict(sorted(Counter(notice for one in ones for notice in one.notices).items())),
        'rows': month.count,
        'coverage': share(len(priced), len(ones)),
        'high_price_share': {
            'by_listing': share(len(flagged), len(priced)),
            'by_product': share(len({one.row.product for one in flagged}), len(products)),
            'by_order_value': share(value[True], value[True] + value[False])}}


def write(folder, month, without, rejects):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / 'assessments.csv', ASSESSMENTS, [assessment_cells(one, month) for one in month.assessments])
    write_csv(folder / 'flagged.csv', FLAGGED, flagged_rows(month))
    order = list(TABLES)
    write_csv(folder / 'rejects.csv', REJECTS, sorted(
        ([*entry[:6], shielded(entry[6]), entry[7]] for entry in rejects),
        key=lambda cells: (order.index(cells[0]), cells[1], cells[2], cells[3], cells[4])))
    write_csv(folder / 'review.csv', REVIEW, review_rows(month))
    write_csv(folder / 'orders.csv', ORDERS, order_rows(month))
    write_csv(folder / 'overrides.csv', OVERRIDES, override_rows(month, without))
    text = json.dumps(summary(month), ensure_ascii=False, indent=2)
    (folder / 'summary.json').write_text(text + '\n', encoding='utf-8')
