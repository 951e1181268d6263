"""The planted cases of the sample month: every row written by hand, every expectation worked out in README.md."""

INVENTED_BARCODE = '6900000900017'  # valid check digit, stands for no real article


def cells(line, names):
    return dict(zip(names.split(), (cell.strip() for cell in line.split('|'))))


def block(text, names):
    return [cells(line, names) for line in text.strip().split('\n')]


# id | supplier | category | brand | model | unit | pack | price | other cells as name=value;...
LISTINGS = block('''
EDGE-20-EXACT|HB001|激光打印机|惠普|LaserJet P1106|台|1|1380.00|
EDGE-20-OVER|HB002|激光打印机|HP/惠普|LaserJet P-1106|台|1|1380.01|
EDGE-50-UNDER|HB003|激光打印机|佳能|LBP2900+|台|1|2189.99|
EDGE-50-EXACT|HB004|激光打印机|佳能(Canon)|LBP 2900+|台|1|2190.00|
SHREDDER-1380|HB005|碎纸机|科密|3868|台|1|1380.00|promised_discount=9折
SHREDDER-FAIR|HB006|碎纸机|科密|3868|台|1|1299.00|
TYPO-X10|HB007|显示器|戴尔|P2422H|台|1|12990.00|
TYPO-X10-FAIR|HB008|显示器|DELL|P2422H|台|1|1310.00|
TYPO-D10|HB009|显示器|戴尔|P2723D|台|1|219.90|
TYPO-D100|HB010|硒鼓|惠普|CF277A|支|1|6.20|
UNIT-MISMATCH|HB011|复印纸|得力|A4-70g木尚|箱|1|118.00|
PACK-CARTON|HB012|复印纸|得力|A4-70g木尚|包||118.00|
PACK-FIVE-FAIR|HB013|复印纸|deli|A4 70g 木尚|包|5|118.00|
SHAM-SHOPS|HB056|多功能一体机|京瓷|M2040dn|台|1|4990.00|
SHAM-SHOPS-FAIR|HB014|多功能一体机|KYOCERA|M2040DN|台|1|3090.00|
DOUBTFUL-REF|HB015|投影仪|爱普生|CB-X06E|台|1|3100.00|
DOUBTFUL-INDICATORS|HB016|投影仪|索尼|VPL-EX455|台|1|2190.00|
GOV-ONLY|HB017|激光打印机|奔图|P3305DN-ZC|台|1|1899.00|spec=A4 33页/分 双面 网络
GOV-ONLY-TWIN|HB018|激光打印机|奔图|P3305DN|台|1|1310.00|spec=A4 33页/分 双面 网络
RAISED-BEFORE-PROMO|HB019|空调|格力|KFR-35GW/NhAa1BAj|台|1|2799.00|original_price=3399.00;promotion_start=2023-11-11
HONEST-PROMO|HB020|空调|格力|KFR-35GW/NhAa1BAj|台|1|2799.00|original_price=2849.00;promotion_start=2023-11-11
OWN-ONLY-REF|HB057|办公椅|永艺|沃克SE|把|1|1990.00|
ORD-FAIR|HB021|扫描仪|爱普生|DS-770II|台|1|3299.00|promised_discount=95折
BARCODE-CONFLICT|HB022|碎纸机|科密|C-858|台|1|1180.00|barcode=6900000900017
BARCODE-ONLY|HB023|碎纸机|||台|1|1180.00|barcode=6900000900017;title=多功能办公碎纸机 5级保密
FLOOD-1|HB024|投影仪|明基|MS560|台|1|3898.00|
FLOOD-2|HB025|投影仪|明基|MS560|台|1|3898.00|
FLOOD-3|HB026|投影仪|明基|MS560|台|1|3898.00|
FLOOD-4|HB027|投影仪|明基|MS560|台|1|3898.00|
FLOOD-5-FAIR|HB028|投影仪|明基|MS560|台|1|3560.00|
FLOOD-6-FAIR|HB029|投影仪|明基|MS560|台|1|3560.00|
DUP-EQUAL|HB030|显示器|冠捷|24B1H|台|1|559.00|
DUP-EQUAL|HB030|显示器|冠捷|24B1H|台|1|559.00|
DUP-CONFLICT|HB031|显示器|冠捷|24B1H|台|1|559.00|
DUP-CONFLICT|HB031|显示器|冠捷|24B1H|台|1|579.00|
EMPTIED-DISCOUNT|HB032|显示器|AOC|24B1H|台|1|555.00|promised_discount=0.3
UNREADABLE-AMOUNT|HB033|显示器|冠捷|24B1H|台|1|12,99.0|
PRICE-ON-REQUEST|HB033|显示器|冠捷|24B1H|台|1|面议|
FLOOR-PRICE|HB033|显示器|冠捷|24B1H|台|1|559元起|
BAD-PACK|HB033|显示器|冠捷|24B1H|台|一箱|559.00|
ABNORMALLY-LOW|HB034|空调|美的|KFR-35GW/N8VHA3|台|1|1799.00|
ABNORMALLY-LOW-FAIR|HB035|空调|美的|KFR-35GW/N8VHA3|台|1|3199.00|
STALE-INDEX|HB036|复印机|震旦|AD289s|台|1|16500.00|
STALE-INDEX-HIGH|HB037|复印机|震旦|AD289s|台|1|24490.00|
INDEX-ROLLED|HB038|显示器|飞利浦|241B8Q|台|1|1152.00|
THIN-EVIDENCE|HB039|保险柜|得力|33035|台|1|1560.00|
DEALS-ALONE|HB040|会议平板|希沃|F65ED|台|1|15800.00|
DISPERSED|HB041|文件柜|震旦|SKA-22|台|1|1500.00|
OWN-INDEX|HB042|办公桌|震旦|DSA-18|张|1|3200.00|
UNMATCHED-TITLE|HB043|碎纸机||||1|999.00|title=办公设备一批
ABOVE-ECOMMERCE|HB044|交换机|华为|S5735-L24T4S|台|1|3000.00|
ABOVE-LOWEST|HB045|交换机|锐捷|RG-NBS3100|台|1|1150.00|
ABOVE-LOWEST-FAIR|HB046|交换机|锐捷|RG-NBS3100|台|1|1000.00|
EXCLUDED-SOURCE|HB047|激光打印机|得力|M3100|台|1|1230.00|
PERSON-MATCH|HB048|多功能一体机|惠普|M283彩色办公版|台|1|3350.00|
CONFLICTING-INDEX|HB049|路由器|华为|AR611|台|1|1699.00|
''', 'listing_id supplier_id category brand model unit pack_size price more')

# listing_id | decision | notices: the listings that are planted, whatever is decided on them, and all that is flagged or noticed
EXPECTED = block('''
ABNORMALLY-LOW|within_range|abnormally_low
ABNORMALLY-LOW-FAIR|within_range|
ABOVE-ECOMMERCE|within_range|above_ecommerce
ABOVE-LOWEST|within_range|above_lowest_supplier
ABOVE-LOWEST-FAIR|within_range|
BARCODE-CONFLICT|check_data|identity_conflict
BARCODE-ONLY|within_range|
CONFLICTING-INDEX|no_reference|
DEALS-ALONE|evidence_required|weakened
DISPERSED|no_reference|
DOUBTFUL-INDICATORS|within_range|indicator_conflict
DOUBTFUL-REF|evidence_required|index_conflict;weakened
DUP-EQUAL|within_range|
EDGE-20-EXACT|within_range|
EDGE-20-OVER|evidence_required|
EDGE-50-EXACT|reduce_or_delist|
EDGE-50-UNDER|evidence_required|
EMPTIED-DISCOUNT|within_range|
EXCLUDED-SOURCE|evidence_required|above_ecommerce
FLOOD-1|evidence_required|product_flood
FLOOD-2|evidence_required|product_flood
FLOOD-3|evidence_required|product_flood
FLOOD-4|evidence_required|product_flood
FLOOD-5-FAIR|within_range|
FLOOD-6-FAIR|within_range|
GOV-ONLY|no_reference|government_only_model
GOV-ONLY-TWIN|within_range|
HONEST-PROMO|within_range|
INDEX-ROLLED|within_range|
ORD-FAIR|within_range|
OWN-INDEX|evidence_required|weakened
OWN-ONLY-REF|no_reference|
PACK-CARTON|check_data|pack:5;above_lowest_supplier
PACK-FIVE-FAIR|within_range|
PERSON-MATCH|within_range|
RAISED-BEFORE-PROMO|within_range|raised_before_promotion
SHAM-SHOPS|reduce_or_delist|above_ecommerce;above_lowest_supplier
SHAM-SHOPS-FAIR|within_range|
SHREDDER-1380|evidence_required|
SHREDDER-FAIR|within_range|
STALE-INDEX|within_range|stale_reference
STALE-INDEX-HIGH|evidence_required|stale_reference;weakened;above_lowest_supplier
THIN-EVIDENCE|within_range|thin_evidence
TYPO-D10|check_data|factor:10;abnormally_low
TYPO-D100|check_data|factor:100;abnormally_low
TYPO-X10|check_data|factor:10;above_lowest_supplier
TYPO-X10-FAIR|within_range|
UNIT-MISMATCH|check_data|unit_mismatch
UNMATCHED-TITLE|no_reference|
''', 'listing_id decision notices')

# period | category | brand | model | unit | price | other cells
INDEX = block('''
2023-11|激光打印机|惠普|LaserJet P1106|台|1150.00|
2023-11|激光打印机|佳能|LBP2900+|台|1460.00|
2023-11|碎纸机|科密|3868|台|1144.00|
2023-11|显示器|戴尔|P2422H|台|1299.00|
2023-11|显示器|戴尔|P2723D|台|2199.00|
2023-11|硒鼓|惠普|CF277A|支|620.00|
2023-11|复印纸|得力|A4-70g木尚|包|24.00|
2023-11|投影仪|爱普生|CB-X06E|台|2000.00|
2023-11|激光打印机|奔图|P3305DN|台|1299.00|spec=A4 33页/分 双面 网络
2023-11|空调|格力|KFR-35GW/NhAa1BAj|台|2899.00|
2023-11|扫描仪|爱普生|DS-770II|台|3299.00|
2023-11|碎纸机|得力|9917|台|1199.00|barcode=6900000900017
2023-11|投影仪|明基|MS560|台|2999.00|
2023-11|显示器|冠捷|24B1H|台|549.00|
2023-11|空调|美的|KFR-35GW/N8VHA3|台|3199.00|
2023-07|复印机|震旦|AD289s|台|15800.00|
2023-09|显示器|飞利浦|241B8Q|台|1000.00|
2023-11|办公桌|震旦|DSA-18|张|2000.00|origin=own
2023-11|交换机|华为|S5735-L24T4S|台|3000.00|
2023-11|交换机|锐捷|RG-NBS3100|台|1050.00|
2023-11|多功能一体机|惠普|M283fdw|台|3299.00|
2023-11|路由器|华为|AR611|台|1699.00|
2023-11|路由器|华为|AR611|台|1799.00|
''', 'period category brand model unit index_price more')

# channel | brand | model | unit | shop=price ...
QUOTES = block('''
ecommerce|京瓷|M2040dn|台|平台甲=2980.00 平台乙=2990.00 平台丙=3000.00 平台丁=3010.00 平台戊=3020.00
ecommerce|京瓷|M2040dn|台|壳店01=4999.00 壳店02=4999.00 壳店03=4999.00 壳店04=4999.00 壳店05=4999.00 壳店06=4999.00 壳店07=4999.00 壳店08=4999.00 壳店09=4999.00 壳店10=4999.00 壳店11=4999.00 壳店12=4999.00
ecommerce|爱普生|CB-X06E|台|平台甲=2880.00 平台乙=2890.00 平台丙=2900.00 平台丁=2910.00 平台戊=2920.00
ecommerce|索尼|VPL-EX455|台|平台甲=1980.00 平台乙=1990.00 平台丙=2000.00 平台丁=2010.00 平台戊=2020.00
store|索尼|VPL-EX455|台|实体店01=2620.00 实体店02=2630.00 实体店03=2640.00 实体店04=2650.00 实体店05=2660.00
ecommerce|永艺|沃克SE|把|自营店A=1980.00 自营店B=1990.00 自营店C=2000.00
ecommerce|得力|33035|台|平台甲=1490.00 平台乙=1500.00 平台丙=1510.00
ecommerce|震旦|SKA-22|台|平台甲=700.00 平台乙=1000.00 平台丙=1500.00 平台丁=1900.00 平台戊=2310.00
ecommerce|华为|S5735-L24T4S|台|平台甲=2680.00 平台乙=2690.00 平台丙=2700.00 平台丁=2710.00 平台戊=2720.00
ecommerce|得力|M3100|台|平台甲=1000.00 平台乙=1010.00 平台丙=1020.00 平台丁=1030.00 平台戊=1040.00 平台己=1260.00
''', 'channel brand model unit shops')

# order | date | listing or empty | supplier | brand | model | unit | quantity | unit price | list price | discount | status
ORDERS = block('''
SHREDDER-01|2022-12-14|SHREDDER-1380|HB005||||25|1120.00|1380.00|9折|
SHREDDER-02|2023-01-11|SHREDDER-1380|HB005||||25|1120.00|1380.00|9折|
SHREDDER-03|2023-02-22|SHREDDER-1380|HB005||||25|1118.00|1380.00|9折|
SHREDDER-04|2023-03-15|SHREDDER-1380|HB005||||25|1120.00|1380.00|9折|
SHREDDER-05|2023-05-17|SHREDDER-1380|HB005||||25|1120.00|1380.00|9折|
SHREDDER-06|2023-06-20|SHREDDER-1380|HB005||||25|1115.00|1380.00|9折|
SHREDDER-07|2023-08-16|SHREDDER-1380|HB005||||25|1120.00|1380.00|9折|
SHREDDER-08|2023-09-13|SHREDDER-1380|HB005||||25|1110.00|1380.00|9折|
SHREDDER-09|2023-11-08|SHREDDER-1380|HB005||||23|1110.00|1380.00|9折|
SHREDDER-10|2023-11-09|SHREDDER-1380|HB005||||40|1110.00|1380.00|9折|取消
PROMO-RAISED|2023-11-06|RAISED-BEFORE-PROMO|HB019||||1|2849.00|||
PROMO-RAISED-DAY|2023-11-11|RAISED-BEFORE-PROMO|HB019||||2|2799.00|||
PROMO-HONEST|2023-11-06|HONEST-PROMO|HB020||||1|2849.00|||
OWN-1|2023-10-09|OWN-ONLY-REF|HB057||||6|1990.00|||
OWN-2|2023-11-09|OWN-ONLY-REF|HB057||||4|1980.00|||
ORD-ABOVE-DISCOUNT|2023-11-14|ORD-FAIR|HB021||||3|3150.00|3299.00|95折|
ORD-AT-DISCOUNT|2023-11-15|ORD-FAIR|HB021||||2|3134.05|3299.00|95折|
DEALS-1|2023-09-05|希沃交付|HB050|希沃|F65ED|台|2|9800.00|||
DEALS-2|2023-09-12|希沃交付|HB051|希沃|F65ED|台|1|9900.00|||
DEALS-3|2023-10-10|希沃交付|HB052|希沃|F65ED|台|3|10000.00|||
DEALS-4|2023-10-24|希沃交付|HB053|希沃|F65ED|台|1|10100.00|||
DEALS-5|2023-11-07|希沃交付|HB054|希沃|F65ED|台|2|10200.00|||
EDGE-50-1|2023-04-18|EDGE-50-EXACT|HB004||||5|2150.00|||
EDGE-50-2|2023-09-19|EDGE-50-EXACT|HB004||||7|2180.00|||
SHAM-1|2023-06-13|SHAM-SHOPS|HB056||||6|4980.00|||
SHAM-2|2023-10-17|SHAM-SHOPS|HB056||||4|4990.00|||
FLOOD-1|2023-08-22|FLOOD-1|HB024||||3|3898.00|||
DEALS-OWN|2023-10-31|DEALS-ALONE|HB040||||2|15800.00|||
BAD-QUANTITY|2023-11-16|ORD-FAIR|HB021||||0|3134.05|||
'''.replace('希沃交付', ''), 'order_id date listing_id supplier_id brand model unit quantity unit_price list_price promised_discount status')

SHOPS = [(f'壳店{n:02d}', f'壳店{n:02d}', '样例壳店运营部', 'HB056') for n in range(1, 13)] + [
    ('自营店A', '自营店A', '样例运营甲', 'HB057'), ('自营店B', '自营店B', '样例运营乙', 'HB057'),
    ('自营店C', '自营店C', '样例运营丙', 'HB057')]
EXCLUSIONS = [('quotes', '平台己', '得力', 'M3100', '标价从未成交', '核价员甲', '2023-11-20', '复核员乙')]
MATCHES = [('PERSON-MATCH', '惠普 M283FDW', 'same', '核价员甲', '2023-11-20', '复核员乙', '供应商来函确认型号')]

# quotes that cannot be understood: channel | shop | brand | model | unit | price | date
BROKEN_QUOTES = block('''
ecommerce|平台甲|戴尔|P2422H|台|1299.00|2023-13-05
批发|平台甲|戴尔|P2422H|台|1299.00|2023-11-05
ecommerce|平台甲|得力|A4-70g木尚|箱|115.00|2023-11-05
ecommerce|平台甲|戴尔|P2422H|台|1299起|2023-11-05
''', 'channel shop brand model unit price date')

# key of the row (listing_id, order_id, or words for the others) | column | code | action; file and line are added by the writer
EXPECTED_REJECTS = block('''
listings:DUP-EQUAL:2||duplicate|duplicate
listings:DUP-CONFLICT:1||conflicting-duplicate|rejected
listings:DUP-CONFLICT:2||conflicting-duplicate|rejected
listings:EMPTIED-DISCOUNT:1|promised_discount|ambiguous-discount|emptied
listings:UNREADABLE-AMOUNT:1|price|not-an-amount|rejected
listings:PRICE-ON-REQUEST:1|price|price-on-request|rejected
listings:FLOOR-PRICE:1|price|floor-price|rejected
listings:BAD-PACK:1|pack_size|bad-pack|rejected
quotes:broken-1|date|not-a-date|rejected
quotes:broken-2|channel|not-a-channel|rejected
quotes:broken-3|unit|unit-mismatch|rejected
quotes:broken-4|price|floor-price|rejected
quotes:short||field-count|rejected
orders:BAD-QUANTITY|quantity|bad-quantity|rejected
index:AR611:1||conflicting-index|rejected
index:AR611:2||conflicting-index|rejected
''', 'row column code action')
EXPECTED_ORDERS = [('ORD-ABOVE-DISCOUNT', '1', '3299.00', '3150.00', '3134.05', 'false')]
