-- The provincial month in DuckDB, as the contract has it: preset hubei, exact integers, own sellers left out.
-- Prices are counts of 10^-4 yuan, unit prices (u) counts of 10^-8 yuan per base unit, packs (k4) counts of 10^-4.
-- Variables set by duckdb_run.py: input, output, quotes (list of files), first_day of the period.
-- What it leaves out: most notices, flagged.csv, orders.csv, rejects.csv, summary.json, duplicates, the other policies.

CREATE MACRO narrow(x) AS CASE WHEN strlen(x) = length(x) THEN x ELSE translate(x,
  '　！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～',
  ' !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~') END;
CREATE MACRO canonical(x) AS nullif(upper(trim(narrow(x))), '');
-- Dots between digits stay: they are hidden as U+0001 while the separators are replaced. Twice, because 1.2.3 overlaps.
CREATE MACRO hide_dots(x) AS regexp_replace(regexp_replace(x, '([0-9])\.([0-9])', '\1' || chr(1) || '\2', 'g'), '([0-9])\.([0-9])', '\1' || chr(1) || '\2', 'g');
CREATE MACRO separators_to_dash(x) AS CASE WHEN strlen(x) = length(x) THEN regexp_replace(x, '[-.\s_/\\]+', '-', 'g')
  ELSE regexp_replace(x, '[.\s\p{Pd}\x{2212}_/\\·]+', '-', 'g') END;
CREATE MACRO half_away(a, b) AS (2 * a + b) // (2 * b);  -- a >= 0, b > 0
CREATE MACRO unit_price(p, k4) AS CASE WHEN k4 = 10000 THEN p * 10000 ELSE half_away(p::HUGEINT * 100000000, k4)::BIGINT END;
CREATE MACRO in_pack(u, k4) AS nullif(half_away(u::HUGEINT * k4, 100000000)::BIGINT, 0);
CREATE MACRO middle(l) AS CASE WHEN len(l) % 2 = 1 THEN l[len(l) // 2 + 1] ELSE (l[len(l) // 2] + l[len(l) // 2 + 1] + 1) // 2 END;
CREATE MACRO month_number(d) AS year(d) * 12 + month(d);
CREATE MACRO yuan(m) AS CASE WHEN m % 100 = 0 THEN (m // 10000) || '.' || lpad((m // 100 % 100)::VARCHAR, 2, '0')
  ELSE (m // 10000) || '.' || lpad((m % 10000)::VARCHAR, 4, '0') END;
CREATE MACRO ratio_text(a, b) AS CASE WHEN a < 0 AND half_away(-a::HUGEINT * 1000000, b) > 0 THEN '-' ELSE '' END ||
  (half_away(abs(a)::HUGEINT * 1000000, b) // 1000000) || '.' || lpad((half_away(abs(a)::HUGEINT * 1000000, b) % 1000000)::VARCHAR, 6, '0');

-- Dictionaries ------------------------------------------------------------------------------------------------------
CREATE TEMP TABLE brand_alias AS SELECT canonical(alias) AS alias, any_value(canonical(brand)) AS brand
  FROM read_csv(getvariable('input') || '/brands.csv', header = true, all_varchar = true) GROUP BY 1;
CREATE TEMP TABLE category_alias AS SELECT canonical(alias) AS alias, any_value(category) AS category, any_value(canonical(base_unit)) AS base_unit
  FROM read_csv(getvariable('input') || '/categories.csv', header = true, all_varchar = true) GROUP BY 1;
CREATE TEMP TABLE unit_alias AS SELECT canonical(alias) AS alias, any_value(canonical(unit)) AS unit, any_value((factor::DECIMAL(18,4) * 10000)::BIGINT) AS factor4
  FROM read_csv(getvariable('input') || '/units.csv', header = true, all_varchar = true) GROUP BY 1;
CREATE TEMP TABLE shop_alias AS SELECT canonical(alias) AS alias, any_value(coalesce(canonical(operator), canonical(shop))) AS operator, any_value(supplier_id) AS supplier_id
  FROM read_csv(getvariable('input') || '/shops.csv', header = true, all_varchar = true) GROUP BY 1;
CREATE TEMP TABLE supplier_group AS SELECT supplier_id, coalesce(group_id, supplier_id) AS grp
  FROM read_csv(getvariable('input') || '/suppliers.csv', header = true, all_varchar = true);
UPDATE category_alias SET base_unit = unit_alias.unit FROM unit_alias WHERE category_alias.base_unit = unit_alias.alias;

-- Tables ------------------------------------------------------------------------------------------------------------
CREATE TEMP TABLE raw_quotes AS SELECT channel, shop, brand, model, barcode, unit, (coalesce(pack_size, 1) * 10000)::BIGINT AS pack4, (price * 10000)::BIGINT AS p,
    lower(channel) = 'store' AS store,
    coalesce(in_stock, true) AND coalesce(tax_included, true) AND coalesce(lower(price_kind), 'regular') IN ('regular', 'promotion')
      AND date BETWEEN getvariable('first_day') AND last_day(getvariable('first_day')) AS counts
  FROM read_csv(getvariable('quotes'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {
    channel: 'VARCHAR', shop: 'VARCHAR', shop_type: 'VARCHAR', brand: 'VARCHAR', model: 'VARCHAR', barcode: 'VARCHAR', unit: 'VARCHAR',
    pack_size: 'DECIMAL(9,4)', price: 'DECIMAL(18,4)', date: 'DATE', in_stock: 'BOOLEAN', price_kind: 'VARCHAR', tax_included: 'BOOLEAN'});
ALTER TABLE raw_quotes DROP COLUMN channel;
CREATE TEMP TABLE raw_listings AS SELECT listing_id, supplier_id, category, brand, model, barcode, unit, (coalesce(pack_size, 1) * 10000)::BIGINT AS pack4,
    (price * 10000)::BIGINT AS p
  FROM read_csv(getvariable('input') || '/listings.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {
    listing_id: 'VARCHAR', supplier_id: 'VARCHAR', category: 'VARCHAR', brand: 'VARCHAR', model: 'VARCHAR', title: 'VARCHAR', barcode: 'VARCHAR',
    unit: 'VARCHAR', pack_size: 'DECIMAL(9,4)', price: 'DECIMAL(18,4)', promised_discount: 'VARCHAR', listed_at: 'DATE',
    original_price: 'DECIMAL(18,4)', promotion_start: 'DATE'});
-- An order without a unit is in its listing's.
CREATE TEMP TABLE raw_orders AS SELECT o.date, o.listing_id, o.supplier_id, o.brand, o.model, o.barcode, coalesce(o.unit, l.unit) AS unit,
    (coalesce(o.pack_size, 1) * 10000)::BIGINT AS pack4, (quantity * 10000)::BIGINT AS q4, (unit_price * 10000)::BIGINT AS p,
    coalesce(lower(trim(status)), '') NOT IN ('cancelled', 'canceled', '取消', '已取消', 'returned', '退货', '已退货')
      AND date BETWEEN getvariable('first_day') - INTERVAL 11 MONTH AND last_day(getvariable('first_day')) AS counts
  FROM read_csv(getvariable('input') || '/orders.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {
    order_id: 'VARCHAR', line: 'VARCHAR', date: 'DATE', listing_id: 'VARCHAR', supplier_id: 'VARCHAR', buyer_id: 'VARCHAR', brand: 'VARCHAR',
    model: 'VARCHAR', barcode: 'VARCHAR', unit: 'VARCHAR', pack_size: 'DECIMAL(9,4)', quantity: 'DECIMAL(18,4)', unit_price: 'DECIMAL(18,4)',
    list_price: 'DECIMAL(18,4)', promised_discount: 'VARCHAR', status: 'VARCHAR'}) o LEFT JOIN raw_listings l USING (listing_id);
CREATE TEMP TABLE raw_index AS SELECT (split_part(period, '-', 1)::INT * 12 + split_part(period, '-', 2)::INT) AS month,
    category, brand, model, barcode, unit, (coalesce(pack_size, 1) * 10000)::BIGINT AS pack4,
    (index_price * 10000)::BIGINT AS p, (level * 10000)::BIGINT AS level, coalesce(lower(origin), 'published') AS origin
  FROM read_csv(getvariable('input') || '/index.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {
    period: 'VARCHAR', category: 'VARCHAR', brand: 'VARCHAR', model: 'VARCHAR', barcode: 'VARCHAR', unit: 'VARCHAR', pack_size: 'DECIMAL(9,4)',
    index_price: 'DECIMAL(18,4)', best_selling_price: 'DECIMAL(18,4)', level: 'DECIMAL(18,4)', origin: 'VARCHAR'});

-- Spellings: everything that is text is made canonical once a spelling, not once a row -------------------------------
CREATE TEMP TABLE units AS WITH spelt AS (SELECT DISTINCT unit FROM raw_quotes UNION SELECT DISTINCT unit FROM raw_listings
    UNION SELECT DISTINCT unit FROM raw_orders UNION SELECT DISTINCT unit FROM raw_index)
  SELECT s.unit AS spelling, coalesce(a.unit, canonical(s.unit)) AS unit, coalesce(a.factor4, 10000) AS factor4
  FROM spelt s LEFT JOIN unit_alias a ON a.alias = canonical(s.unit) WHERE s.unit IS NOT NULL;
CREATE TEMP TABLE categories AS WITH spelt AS (SELECT DISTINCT category FROM raw_listings UNION SELECT DISTINCT category FROM raw_index)
  SELECT s.category AS spelling, coalesce(a.category, trim(narrow(s.category))) AS category
  FROM spelt s LEFT JOIN category_alias a ON a.alias = canonical(s.category) WHERE s.category IS NOT NULL;
CREATE TEMP TABLE operators AS WITH spelt AS (SELECT DISTINCT shop FROM raw_quotes), named AS (
    SELECT shop, coalesce(a.operator, canonical(shop)) AS operator FROM spelt LEFT JOIN shop_alias a ON a.alias = canonical(shop))
  SELECT shop AS spelling, operator, (dense_rank() OVER (ORDER BY operator))::INT AS operator_id FROM named;
-- Every operator that is one's own for a group, by any of its shops.
CREATE TEMP TABLE operator_group AS SELECT DISTINCT o.operator_id, coalesce(g.grp, a.supplier_id) AS grp
  FROM shop_alias a JOIN (SELECT DISTINCT operator, operator_id FROM operators) o USING (operator)
  LEFT JOIN supplier_group g USING (supplier_id) WHERE a.supplier_id IS NOT NULL;

CREATE TEMP TABLE brands AS WITH spelt AS (SELECT DISTINCT brand FROM raw_quotes UNION SELECT DISTINCT brand FROM raw_listings
    UNION SELECT DISTINCT brand FROM raw_orders UNION SELECT DISTINCT brand FROM raw_index)
  SELECT s.brand AS spelling, coalesce(a.brand, canonical(s.brand)) AS brand
  FROM spelt s LEFT JOIN brand_alias a ON a.alias = canonical(s.brand) WHERE s.brand IS NOT NULL;
CREATE TEMP TABLE names AS WITH spelt AS (SELECT DISTINCT brand, model FROM raw_quotes UNION SELECT DISTINCT brand, model FROM raw_listings
    UNION SELECT DISTINCT brand, model FROM raw_orders UNION SELECT DISTINCT brand, model FROM raw_index),
  upper_case AS MATERIALIZED (SELECT brand, model, canonical(model) AS model_text FROM spelt WHERE brand IS NOT NULL AND model IS NOT NULL),
  separated AS MATERIALIZED (SELECT brand, model, CASE WHEN contains(model_text, '.') THEN replace(separators_to_dash(hide_dots(model_text)), chr(1), '.')
    ELSE separators_to_dash(model_text) END AS kept FROM upper_case)
  SELECT s.brand AS brand_spelling, s.model AS model_spelling, b.brand, replace(kept, '-', '') AS folded, kept
  FROM separated s JOIN brands b ON b.spelling = s.brand WHERE replace(kept, '-', '') <> '';

-- Two models that would be one without separators, yet have two index prices: their separators stay.
CREATE TEMP TABLE split_form AS WITH priced AS (
    SELECT n.brand, n.folded, n.kept, i.origin, i.month, unit_price(i.p, i.pack4 * coalesce(u.factor4, 10000) // 10000) AS u
    FROM raw_index i JOIN names n ON n.brand_spelling = i.brand AND n.model_spelling = i.model LEFT JOIN units u ON u.spelling = i.unit
    WHERE i.p IS NOT NULL)
  SELECT DISTINCT a.brand, a.folded, a.kept FROM priced a JOIN priced b USING (brand, folded, origin, month) WHERE a.kept <> b.kept AND a.u <> b.u;
CREATE TEMP TABLE name_key AS SELECT n.brand_spelling, n.model_spelling, n.brand,
    n.brand || ' ' || CASE WHEN s.folded IS NULL THEN n.folded ELSE f.kept END AS product
  FROM names n LEFT JOIN (SELECT DISTINCT brand, folded FROM split_form) s USING (brand, folded)
  LEFT JOIN split_form f ON f.brand = n.brand AND f.folded = n.folded AND f.kept = n.kept;
CREATE TEMP TABLE product AS SELECT (row_number() OVER ())::INT AS pid, product, brand
  FROM (SELECT product, any_value(brand) AS brand FROM name_key WHERE product IS NOT NULL GROUP BY product);
CREATE TEMP TABLE name AS SELECT k.brand_spelling, k.model_spelling, p.pid FROM name_key k JOIN product p USING (product);
DROP TABLE names; DROP TABLE name_key;

-- Barcodes ----------------------------------------------------------------------------------------------------------
CREATE TEMP TABLE barcode AS WITH spelt AS (SELECT DISTINCT barcode FROM raw_quotes UNION SELECT DISTINCT barcode FROM raw_listings
    UNION SELECT DISTINCT barcode FROM raw_orders UNION SELECT DISTINCT barcode FROM raw_index),
  padded AS (SELECT barcode AS spelling, lpad(trim(barcode), 14, '0') AS gtin FROM spelt
    WHERE regexp_full_match(trim(barcode), '[0-9]{8}|[0-9]{12,14}') AND trim(barcode, ' 0') <> ''),
  checked AS (SELECT spelling, gtin, CASE WHEN length(trim(spelling)) = 8 THEN substr(trim(spelling), 1, 2) ELSE substr(gtin, 2, 2) END AS prefix,
    list_sum([substr(gtin, i, 1)::INT * (CASE WHEN i % 2 = 1 THEN 3 ELSE 1 END) FOR i IN range(1, 15)]) AS total FROM padded)
  SELECT spelling, gtin FROM checked WHERE total % 10 = 0 AND prefix NOT IN ('02', '04') AND prefix NOT BETWEEN '20' AND '29';
CREATE TEMP TABLE taught AS WITH pair AS (
    SELECT DISTINCT q.barcode, n.pid FROM raw_quotes q JOIN name n ON n.brand_spelling = q.brand AND n.model_spelling = q.model WHERE q.barcode IS NOT NULL
    UNION SELECT i.barcode, n.pid FROM raw_index i JOIN name n ON n.brand_spelling = i.brand AND n.model_spelling = i.model WHERE i.barcode IS NOT NULL)
  SELECT gtin, CASE WHEN min(pid) = max(pid) THEN min(pid) END AS pid FROM pair JOIN barcode ON barcode = spelling GROUP BY gtin;
CREATE MACRO agreed(source) AS TABLE WITH named AS (
    SELECT b.gtin, n.pid FROM query_table(source) r JOIN barcode b ON b.spelling = r.barcode
    JOIN name n ON n.brand_spelling = r.brand AND n.model_spelling = r.model
    WHERE b.gtin NOT IN (SELECT gtin FROM taught) GROUP BY 1, 2 HAVING count(DISTINCT r.supplier_id) >= 2)
  SELECT gtin, min(pid) AS pid FROM named GROUP BY gtin HAVING count(*) = 1;
INSERT INTO taught SELECT * FROM agreed('raw_orders');
INSERT INTO taught SELECT * FROM agreed('raw_listings');
INSERT INTO product SELECT (SELECT max(pid) FROM product) + row_number() OVER (), 'GTIN ' || gtin, NULL
  FROM (SELECT DISTINCT gtin FROM barcode WHERE gtin NOT IN (SELECT gtin FROM taught));
INSERT INTO taught SELECT substr(product, 6), pid FROM product WHERE brand IS NULL;
CREATE TEMP TABLE barcode_pid AS SELECT b.spelling, b.gtin, t.pid FROM barcode b JOIN taught t USING (gtin) WHERE t.pid IS NOT NULL;
-- The brands that index and quote rows state for a barcode that nobody taught.
CREATE TEMP TABLE stated_brand AS SELECT DISTINCT p.pid, b.brand FROM (
    SELECT DISTINCT barcode, brand FROM raw_quotes WHERE barcode IS NOT NULL UNION SELECT barcode, brand FROM raw_index WHERE barcode IS NOT NULL) r
  JOIN barcode_pid p ON p.spelling = r.barcode JOIN product x ON x.pid = p.pid JOIN brands b ON b.spelling = r.brand WHERE x.brand IS NULL;

-- Rows with their product, unit and k -------------------------------------------------------------------------------
CREATE TEMP TABLE quotes AS SELECT coalesce(b.pid, n.pid) AS pid, q.store, o.operator_id, u.unit, q.pack4 * coalesce(u.factor4, 10000) // 10000 AS k4, q.p, q.counts
  FROM raw_quotes q LEFT JOIN name n ON n.brand_spelling = q.brand AND n.model_spelling = q.model LEFT JOIN barcode_pid b ON b.spelling = q.barcode
  LEFT JOIN operators o ON o.spelling = q.shop LEFT JOIN units u ON u.spelling = q.unit WHERE coalesce(b.pid, n.pid) IS NOT NULL;
DROP TABLE raw_quotes;
CREATE TEMP TABLE listings AS SELECT l.listing_id, l.supplier_id, coalesce(g.grp, l.supplier_id) AS grp, ca.category,
    coalesce(b.pid, n.pid) AS pid, CASE WHEN b.pid IS NOT NULL THEN 'barcode' WHEN n.pid IS NOT NULL THEN 'model' END AS match_basis,
    u.unit, l.pack4 * coalesce(u.factor4, 10000) // 10000 AS k4, l.p,
    b.pid IS NOT NULL AND CASE
      WHEN x.brand IS NOT NULL AND n.pid IS NOT NULL THEN n.pid <> b.pid
      WHEN x.brand IS NOT NULL THEN br.brand IS NOT NULL AND br.brand <> x.brand
      ELSE br.brand IS NOT NULL AND b.pid IN (SELECT pid FROM stated_brand) AND (b.pid, br.brand) NOT IN (SELECT (pid, brand) FROM stated_brand) END AS identity_conflict
  FROM raw_listings l LEFT JOIN name n ON n.brand_spelling = l.brand AND n.model_spelling = l.model LEFT JOIN barcode_pid b ON b.spelling = l.barcode
  LEFT JOIN product x ON x.pid = b.pid LEFT JOIN brands br ON br.spelling = l.brand LEFT JOIN units u ON u.spelling = l.unit
  LEFT JOIN categories ca ON ca.spelling = l.category LEFT JOIN supplier_group g ON g.supplier_id = l.supplier_id;
CREATE TEMP TABLE orders AS SELECT CASE WHEN (r.brand IS NULL OR r.model IS NULL) AND l.listing_id IS NOT NULL THEN l.pid ELSE coalesce(b.pid, n.pid) END AS pid,
    r.supplier_id, coalesce(g.grp, r.supplier_id) AS grp, u.unit, r.pack4 * coalesce(u.factor4, 10000) // 10000 AS k4, r.p, r.q4, r.date, r.counts
  FROM raw_orders r LEFT JOIN listings l ON l.listing_id = r.listing_id LEFT JOIN name n ON n.brand_spelling = r.brand AND n.model_spelling = r.model
  LEFT JOIN barcode_pid b ON b.spelling = r.barcode LEFT JOIN units u ON u.spelling = r.unit LEFT JOIN supplier_group g ON g.supplier_id = r.supplier_id;
DELETE FROM orders WHERE pid IS NULL;
CREATE TEMP TABLE prices AS SELECT coalesce(b.pid, n.pid) AS pid, ca.category, u.unit, i.pack4 * coalesce(u.factor4, 10000) // 10000 AS k4, i.p, i.month, i.origin
  FROM raw_index i LEFT JOIN name n ON n.brand_spelling = i.brand AND n.model_spelling = i.model LEFT JOIN barcode_pid b ON b.spelling = i.barcode
  LEFT JOIN units u ON u.spelling = i.unit LEFT JOIN categories ca ON ca.spelling = i.category WHERE coalesce(b.pid, n.pid) IS NOT NULL;

-- Base units, and the rows that cannot be brought to them -----------------------------------------------------------
CREATE MACRO commonest(source) AS TABLE SELECT pid, arg_min(value, (-rows, value)) AS value
  FROM (SELECT pid, value, count(*) AS rows FROM query_table(source) WHERE value IS NOT NULL GROUP BY pid, value) GROUP BY pid;
CREATE TEMP VIEW index_units AS SELECT pid, unit AS value FROM prices;
CREATE TEMP VIEW index_categories AS SELECT pid, category AS value FROM prices;
CREATE TEMP VIEW listing_categories AS SELECT pid, category AS value FROM listings WHERE pid IS NOT NULL AND NOT identity_conflict;
CREATE TEMP TABLE base_unit AS SELECT p.pid, coalesce(i.value, c.base_unit) AS unit
  FROM product p LEFT JOIN commonest('index_units') i USING (pid) LEFT JOIN commonest('index_categories') x ON x.pid = p.pid
  LEFT JOIN commonest('listing_categories') l ON l.pid = p.pid
  LEFT JOIN (SELECT DISTINCT category, base_unit FROM category_alias) c ON c.category = coalesce(x.value, l.value);
CREATE TEMP VIEW row_units AS SELECT pid, value FROM (SELECT pid, unit AS value FROM quotes UNION ALL SELECT pid, unit FROM orders
  UNION ALL SELECT pid, unit FROM listings WHERE NOT identity_conflict) WHERE pid IN (SELECT pid FROM base_unit WHERE unit IS NULL);
UPDATE base_unit SET unit = c.value FROM commonest('row_units') c WHERE base_unit.pid = c.pid AND base_unit.unit IS NULL;

-- Seller prices: one vote a supplier in the orders, one vote an operator in each channel ----------------------------
CREATE TEMP TABLE seller AS
  SELECT pid, 2 AS indicator, supplier_id AS seller, any_value(grp) AS grp, NULL::INT AS operator_id,
    half_away(sum(p::HUGEINT * q4) * 100000000, sum(q4::HUGEINT * k4))::BIGINT AS u, max(date) AS newest
  FROM orders o JOIN base_unit b USING (pid) WHERE counts AND (o.unit IS NULL OR o.unit = b.unit) GROUP BY pid, supplier_id;
INSERT INTO seller WITH priced AS (
    SELECT pid, store, operator_id, unit_price(p, k4) AS u FROM quotes q JOIN base_unit b USING (pid) WHERE counts AND (q.unit IS NULL OR q.unit = b.unit)),
  listed AS (SELECT pid, store, operator_id, list_sort(list(u)) AS prices FROM priced GROUP BY pid, store, operator_id)
  SELECT pid, CASE WHEN store THEN 4 ELSE 3 END, NULL, NULL, operator_id, middle(prices), NULL FROM listed;

-- Screening: once a product and indicator for all, once more for each group that lists the product and sells in it ---
CREATE TEMP TABLE own AS
  SELECT DISTINCT s.pid, s.indicator, s.grp FROM seller s SEMI JOIN listings l ON l.pid = s.pid AND l.grp = s.grp WHERE s.indicator = 2
  UNION ALL SELECT DISTINCT s.pid, s.indicator, g.grp FROM seller s JOIN operator_group g USING (operator_id) SEMI JOIN listings l ON l.pid = s.pid AND l.grp = g.grp;
CREATE TEMP TABLE market AS WITH foreign_seller AS (
    SELECT pid, indicator, NULL AS grp, u, newest FROM seller
    UNION ALL SELECT s.pid, s.indicator, o.grp, s.u, s.newest FROM seller s JOIN own o USING (pid, indicator) WHERE s.indicator = 2 AND s.grp <> o.grp
    UNION ALL SELECT s.pid, s.indicator, o.grp, s.u, s.newest FROM seller s JOIN own o USING (pid, indicator)
      ANTI JOIN operator_group g ON g.operator_id = s.operator_id AND g.grp = o.grp WHERE s.indicator <> 2)
  SELECT pid, indicator, grp, list_sort(list(u)) AS prices, list({'u': u, 'newest': newest}) FILTER (WHERE indicator = 2) AS dated FROM foreign_seller GROUP BY pid, indicator, grp;
CREATE TEMP TABLE indicator AS WITH
  centred AS (SELECT *, middle(prices)::HUGEINT AS c FROM market WHERE len(prices) >= 3),
  distant AS (SELECT *, [half_away((greatest(x, c) - least(x, c)) * 100000000, least(x, c)) FOR x IN prices] AS distances FROM centred),
  limited AS (SELECT *, least(200000000, greatest(list_sort(distances)[len(distances) // 2 + 1] * 51891 // 10000, 30000000)) AS most FROM distant),
  screened AS (SELECT *, [x FOR x, i IN prices IF distances[i] <= most] AS kept FROM limited)
  SELECT pid, indicator, grp, half_away(list_sum(kept)::HUGEINT, len(kept))::BIGINT AS u, len(kept) AS kept, len(prices) - len(kept) AS screened,
    CASE WHEN indicator = 2 THEN list_max([x.newest FOR x IN dated IF x.u BETWEEN kept[1] AND kept[-1]]) END AS newest
  FROM screened WHERE len(kept) >= 3 AND (len(prices) - len(kept)) * 10 <= 3 * len(prices) AND kept[-1] <= 3 * kept[1]::HUGEINT;
DROP TABLE market;

-- Index prices: the newest of six months, rolled forward by the category's level ------------------------------------
CREATE TEMP TABLE level AS SELECT c.category, month, origin, min(level) AS level FROM raw_index i JOIN categories c ON c.spelling = i.category
  WHERE (brand IS NULL OR model IS NULL) AND barcode IS NULL AND level IS NOT NULL
  GROUP BY c.category, month, origin HAVING min(level) = max(level);
CREATE TEMP TABLE index_price AS WITH now AS (SELECT month_number(getvariable('first_day')) AS t),
  one AS (SELECT pid, origin, month, min(unit_price(p, k4)) AS u, any_value(r.category) AS category
    FROM prices r JOIN base_unit b USING (pid) WHERE p IS NOT NULL AND (r.unit IS NULL OR r.unit = b.unit)
    GROUP BY pid, origin, month HAVING min(unit_price(p, k4)) = max(unit_price(p, k4))),
  newest AS (SELECT pid, origin, max(month) AS month, arg_max(u, month) AS u, arg_max(category, month) AS category
    FROM one, now WHERE month BETWEEN t - 6 AND t GROUP BY pid, origin),
  levelled AS (SELECT n.*, t - n.month AS age,
      CASE WHEN ps.level IS NOT NULL AND pt.level IS NOT NULL THEN ps.level WHEN os.level IS NOT NULL AND ot.level IS NOT NULL THEN os.level END AS i_s,
      CASE WHEN ps.level IS NOT NULL AND pt.level IS NOT NULL THEN pt.level WHEN os.level IS NOT NULL AND ot.level IS NOT NULL THEN ot.level END AS i_t
    FROM newest n CROSS JOIN now
    LEFT JOIN level ps ON ps.category = n.category AND ps.month = n.month AND ps.origin = 'published'
    LEFT JOIN level pt ON pt.category = n.category AND pt.month = t AND pt.origin = 'published'
    LEFT JOIN level os ON os.category = n.category AND os.month = n.month AND os.origin = 'own'
    LEFT JOIN level ot ON ot.category = n.category AND ot.month = t AND ot.origin = 'own')
  SELECT pid, origin, age, CASE WHEN age = 0 THEN u
      WHEN i_t * 100 >= 85 * i_s AND i_t * 100 <= 115 * i_s THEN half_away(u::HUGEINT * i_t, i_s)::BIGINT
      WHEN age <= 2 THEN u END AS u
  FROM levelled;

-- One row a listing -------------------------------------------------------------------------------------------------
CREATE TEMP TABLE compared AS WITH
  gathered AS (SELECT l.*, l.unit IS NOT NULL AND l.unit <> b.unit AS unit_mismatch,
      l.identity_conflict OR coalesce(l.unit IS NOT NULL AND l.unit <> b.unit, false) AS doubtful,
      in_pack(ip.u, l.k4) AS i1, in_pack(io.u, l.k4) AS i0, ip.age AS age, o2.pid IS NOT NULL AS own2, o3.pid IS NOT NULL AS own3, o4.pid IS NOT NULL AS own4
    FROM listings l LEFT JOIN base_unit b USING (pid)
    LEFT JOIN index_price ip ON ip.pid = l.pid AND ip.origin = 'published' LEFT JOIN index_price io ON io.pid = l.pid AND io.origin = 'own'
    LEFT JOIN own o2 ON o2.pid = l.pid AND o2.indicator = 2 AND o2.grp = l.grp LEFT JOIN own o3 ON o3.pid = l.pid AND o3.indicator = 3 AND o3.grp = l.grp
    LEFT JOIN own o4 ON o4.pid = l.pid AND o4.indicator = 4 AND o4.grp = l.grp),
  five AS (SELECT g.*, in_pack(a.u, k4) AS i2, a.kept AS n2, a.screened AS s2, a.newest, in_pack(c.u, k4) AS i3, c.kept AS n3, c.screened AS s3,
      in_pack(d.u, k4) AS i4, d.kept AS n4, d.screened AS s4
    FROM gathered g
    LEFT JOIN indicator a ON a.pid = g.pid AND a.indicator = 2 AND coalesce(a.grp, '') = CASE WHEN own2 THEN g.grp ELSE '' END
    LEFT JOIN indicator c ON c.pid = g.pid AND c.indicator = 3 AND coalesce(c.grp, '') = CASE WHEN own3 THEN g.grp ELSE '' END
    LEFT JOIN indicator d ON d.pid = g.pid AND d.indicator = 4 AND coalesce(d.grp, '') = CASE WHEN own4 THEN g.grp ELSE '' END),
  present AS (SELECT *, list_sort(list_filter([i2, i3, i4], lambda x: x IS NOT NULL)) AS markets FROM five)
  SELECT *, middle(markets) AS m,
    CASE WHEN i1 IS NOT NULL THEN 1 WHEN len(markets) > 0 THEN 2 WHEN i0 IS NOT NULL THEN 3 ELSE 0 END AS rung FROM present;
CREATE TEMP TABLE banded AS WITH
  referred AS (SELECT *, CASE WHEN doubtful THEN NULL ELSE [NULL, i1, m, i0][rung + 1] END AS reference,
      CASE rung WHEN 1 THEN 1 WHEN 3 THEN 1 ELSE coalesce(CASE WHEN i2 IS NOT NULL THEN n2 END, 0) + coalesce(CASE WHEN i3 IS NOT NULL THEN n3 END, 0) + coalesce(CASE WHEN i4 IS NOT NULL THEN n4 END, 0) END AS sources_kept,
      CASE rung WHEN 1 THEN 0 WHEN 3 THEN 0 ELSE coalesce(CASE WHEN i2 IS NOT NULL THEN s2 END, 0) + coalesce(CASE WHEN i3 IS NOT NULL THEN s3 END, 0) + coalesce(CASE WHEN i4 IS NOT NULL THEN s4 END, 0) END AS sources_screened
    FROM compared)
  SELECT *, CASE WHEN doubtful THEN 'check_data' WHEN reference IS NULL THEN 'no_reference'
      WHEN p * 5 < reference OR p > 5 * reference THEN 'check_data'
      WHEN (p - reference) * 5 <= reference THEN 'within_range' WHEN (p - reference) * 2 < reference THEN 'evidence_required' ELSE 'reduce_or_delist' END AS band,
      rung = 3 OR (rung = 2 AND len(markets) = 1 AND i2 IS NOT NULL) OR (i1 IS NOT NULL AND m IS NOT NULL AND abs(i1 - m) * 10 > 3 * m)
        OR (rung = 2 AND len(markets) >= 2 AND markets[-1] * 10 > 13 * markets[1]) OR (rung = 2 AND sources_kept < 5) OR (rung = 1 AND age > 2)
        OR (rung = 2 AND len(markets) = 1 AND i2 IS NOT NULL AND month_number(getvariable('first_day')) - month_number(newest) > 3) AS weak
  FROM referred;
-- A price of another pack: only rows of products that are about to be flagged are asked for their packs.
CREATE TEMP TABLE pack AS WITH flagged AS (SELECT DISTINCT pid FROM banded WHERE band = 'reduce_or_delist'),
  stated AS (SELECT pid, k4, unit FROM quotes UNION ALL SELECT pid, k4, unit FROM orders UNION ALL SELECT pid, k4, unit FROM prices
    UNION ALL SELECT pid, k4, unit FROM listings)
  SELECT DISTINCT s.pid, s.k4 FROM stated s SEMI JOIN flagged USING (pid) JOIN base_unit b USING (pid) WHERE s.unit IS NULL OR s.unit = b.unit;
CREATE TEMP TABLE judged AS WITH
  mispacked AS (SELECT DISTINCT listing_id FROM banded b JOIN pack k ON k.pid = b.pid AND k.k4 > b.k4
    WHERE b.band = 'reduce_or_delist' AND abs(b.p::HUGEINT * b.k4 - b.reference::HUGEINT * k.k4) * 50 <= b.reference::HUGEINT * k.k4)
  SELECT b.*, CASE WHEN band = 'reduce_or_delist' AND k.listing_id IS NOT NULL THEN 'check_data' WHEN band = 'reduce_or_delist' AND weak THEN 'evidence_required'
    ELSE band END AS decision
  FROM banded b LEFT JOIN mispacked k USING (listing_id);

COPY (SELECT listing_id, supplier_id, x.product, coalesce(match_basis, 'unmatched') AS match_basis, category,
    yuan(CASE WHEN NOT doubtful THEN i1 END) AS index_price, yuan(CASE WHEN NOT doubtful THEN i2 END) AS procurement_average,
    yuan(CASE WHEN NOT doubtful THEN i3 END) AS ecommerce_average, yuan(CASE WHEN NOT doubtful THEN i4 END) AS store_average,
    CASE WHEN NOT doubtful THEN ratio_text(p - m, m) END AS deviation_degree, yuan(reference) AS monitoring_price,
    CASE WHEN reference IS NOT NULL THEN CASE rung WHEN 1 THEN '1:index_price' WHEN 3 THEN '3:own_index_price' ELSE '2:median(' || array_to_string(list_filter([
      CASE WHEN i2 IS NOT NULL THEN 'procurement_average' END, CASE WHEN i3 IS NOT NULL THEN 'ecommerce_average' END,
      CASE WHEN i4 IS NOT NULL THEN 'store_average' END], lambda x: x IS NOT NULL), '+') || ')' END END AS monitoring_basis,
    CASE WHEN reference IS NOT NULL THEN sources_kept END AS sources_kept, CASE WHEN reference IS NOT NULL THEN sources_screened END AS sources_screened,
    CASE WHEN reference IS NOT NULL THEN ratio_text(p - reference, reference) END AS deviation_ratio, decision,
    CASE WHEN reference * 6 // 500 > 0 THEN yuan(reference * 6 // 500 * 100) END AS max_fair_price
  FROM judged LEFT JOIN product x USING (pid) ORDER BY listing_id)
TO (getvariable('output')) (HEADER, DELIMITER ',');
