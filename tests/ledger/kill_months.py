"""Small months of several periods, cut from the sample month, for what kills the program: the planted listings and some more, with all that the market says of their
products. October lacks some of them; in December some are cheaper, some are gone and some are dearer."""

import csv
import gzip
import io
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "2023-11"
PLAIN = re.compile(r"L\d+-HB\d+$")
KEPT_PLAIN = 25  # one in so many of the listings that nothing was planted in
FLOODED = "SHAM-SHOPS"  # from November on eight more suppliers ask as much, so that its cases are held back: no index price answers


def listings():
    text = (SAMPLE / "listings.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    return rows[0], rows[1:]


def cheaper(price, factor):
    try:
        return f"{float(price) * factor:.2f}"
    except ValueError:
        return price


def listing_rows(period, rows, price):
    kept = [list(row) for i, row in enumerate(rows) if not PLAIN.match(row[0]) or i % KEPT_PLAIN == 0]
    if period == "2023-10":
        return [row for i, row in enumerate(kept) if PLAIN.match(row[0]) or i % 3 != 0]
    flood = next(row for row in kept if row[0] == FLOODED)
    kept += [[f"FLOODED-{i}", f"HB00{i}", *flood[2:]] for i in range(1, 9)]
    if period == "2023-12":
        kept = [row for i, row in enumerate(kept) if i % 7 != 0]
        for i, row in enumerate(kept):
            row[price] = cheaper(row[price], (0.7, 1.0, 1.0, 1.6, 1.0)[i % 5])
    return kept


def moved(text, period):
    return text.replace("2023-11", period)


def rows_about(text, models, heading):
    lines = text.split("\n")
    return "\n".join(line for i, line in enumerate(lines) if i < heading or any(model in line for model in models))


def write_month(folder, period, revised=False):
    """`revised`: the same month with some prices corrected."""
    folder.mkdir(parents=True)
    heading, rows = listings()
    price, model = heading.index("价格"), heading.index("型号")
    kept = listing_rows(period, rows, price)
    if revised:
        for i, row in enumerate(kept):
            if i % 4 == 0:
                row[price] = cheaper(row[price], 1.3)
    with open(folder / "listings.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *kept])
    models = {row[model] for row in kept if len(row[model]) > 2}
    for name in ("quotes-ecommerce-1.csv", "quotes-store.jsonl"):
        text = (SAMPLE / name).read_text(encoding="utf-8")
        (folder / name).write_text(moved(rows_about(text, models, 1 if name.endswith("csv") else 0), period), encoding="utf-8")
    with gzip.open(SAMPLE / "quotes-ecommerce-2.csv.gz", "rt", encoding="utf-8") as file:
        (folder / "quotes-ecommerce-2.csv").write_text(moved(rows_about(file.read(), models, 1), period), encoding="utf-8")
    orders = (SAMPLE / "orders.csv").read_text(encoding="gb18030")
    (folder / "orders.csv").write_text(rows_about(orders, models, 1), encoding="utf-8")
    for name in ("shops.csv", "suppliers.csv", "index.xlsx"):
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    (folder / "exclusions.csv").write_text(moved((SAMPLE / "exclusions.csv").read_text(encoding="utf-8"), period), encoding="utf-8")
