#!/usr/bin/env python3
"""Turns one real shop's price list over two years into months for fairprice: panel_months.py --output DIR [--from 2025-01 --to 2025-12]

A month asks: is what this shop asks on its last day of the month fair against its own list of the months before? The
shop is the supplier, its list the listings, its earlier months the published index. See README.md beside this file.
"""

import argparse
import csv
import gzip
import hashlib
import re
import statistics
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PANEL = ROOT.parent / "shared" / "data" / "panel"
FILE = "coolpc_2023-12_2025-12.csv.gz"
SHOP = "coolpc"
INDEX_MONTHS = 6
# What a title says about the offer's end, the stock or the way of ordering, not about the thing. Words that are a condition of
# the price (限組裝, 任搭CPU: only with a whole computer, only with a processor) stay: with them it is another offer.
DEADLINE = re.compile(r"▼.*$")
SIDE_NOTE = re.compile(r"[(〈【*~]*(?:限網單|客訂|優惠洽門市|僅此一批|現貨|熱賣)[)〉】*~!]*")
LEADING_TAG = re.compile(r"^(?:(?:\[[^\]]*\]|\([^)]*\)|【[^】]*】)\s*)+")


class Skip(Exception):
    """The panel is not there."""


def add_months(period, count):
    number = int(period[:4]) * 12 + int(period[5:]) - 1 + count
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_between(first, last):
    while first <= last:
        yield first
        first = add_months(first, 1)


def brand_and_model(title):
    """The first word and the rest. A leading bracket stays in the model, for it is a condition of the price."""
    text = unicodedata.normalize("NFKC", title)
    text = SIDE_NOTE.sub(" ", DEADLINE.sub("", text)).strip()
    tag = LEADING_TAG.match(text)
    front = tag.group() if tag else ""
    brand, _, model = text[len(front):].strip().partition(" ")
    return brand, " ".join((front + (model or brand)).split())


def product_key(brand, model):
    """Width, case and spaces do not part products; every other separator is left to the program."""
    return (brand + " " + model).upper().replace(" ", "")


class Panel:
    """The list, by month: days, and for each day its rows in the order of the file."""

    def __init__(self, folder):
        path = Path(folder) / FILE
        if not path.is_file():
            raise Skip(f"skipped: {path} is not there")
        self.months = defaultdict(lambda: defaultdict(list))
        self.named = {}
        with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                self.months[row["date"][:7]][row["date"]].append(row)
                if row["product"] not in self.named:
                    brand, model = brand_and_model(row["product"])
                    self.named[row["product"]] = (brand, model, product_key(brand, model))

    def index_of(self, period):
        """(brand, model, price) of a month: the lower median of the product's daily prices, so that it was asked on a day.

        A product that the list prices twice on one day gets two rows: the program is to say that they contradict.
        """
        daily = defaultdict(lambda: defaultdict(set))
        spelling = {}
        for date, rows in sorted(self.months[period].items()):
            for row in rows:
                brand, model, key = self.named[row["product"]]
                daily[key][date].add(int(row["price"]))
                spelling[key] = (brand, model)
        for key in sorted(daily):
            doubled = set().union(*(prices for prices in daily[key].values() if len(prices) > 1))
            if doubled:
                prices = [min(doubled), max(doubled)]
            else:
                prices = [statistics.median_low(price for day in daily[key].values() for price in day)]
            for price in prices:
                yield *spelling[key], price


def write_csv(path, heading, rows):
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heading)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def listing_rows(panel, rows):
    """One listing a title and price; the same title at two prices is two listings, numbered from the cheapest."""
    prices = defaultdict(dict)
    for row in rows:
        prices[row["product"]].setdefault(int(row["price"]), row)
    for title in sorted(prices):
        name = hashlib.sha256(title.encode()).hexdigest()[:10]
        brand, model, _ = panel.named[title]
        for number, price in enumerate(sorted(prices[title]), 1):
            row = prices[title][price]
            category = f"section {row['section']}" if row["section"] else ""
            listing = name if len(prices[title]) == 1 else f"{name}-{number}"
            yield listing, SHOP, category, brand, model, title, price, row["list_price"]


def quote_rows(panel, days, simulated):
    """The shop's own list on every day of the month, and simulated shops that each asked what it asked on one earlier day."""
    seen = set()
    for date in sorted(days):
        for row in days[date]:
            quote = ("ecommerce", SHOP, *panel.named[row["product"]][:2], row["product"], row["price"], date)
            if quote not in seen:
                seen.add(quote)
                yield quote
    earlier = sorted(days)[:-1]
    for shop in range(min(simulated, len(earlier))):
        date = earlier[shop * len(earlier) // min(simulated, len(earlier))]
        for row in days[date]:
            quote = ("ecommerce", f"simulated-{shop + 1}", *panel.named[row["product"]][:2], row["product"], row["price"], date)
            if quote not in seen:
                seen.add(quote)
                yield quote


def write_month(panel, period, folder, simulated=0):
    """Writes the month's tables into the folder and returns their row counts and the day of the list."""
    days = panel.months.get(period)
    if not days:
        raise Skip(f"skipped: the panel has no day in {period}")
    folder.mkdir(parents=True, exist_ok=True)
    day = max(days)
    earlier = [add_months(period, -back) for back in range(1, INDEX_MONTHS + 1)]
    counts = {
        "listings": write_csv(
            folder / "listings.csv",
            ["listing_id", "supplier_id", "category", "brand", "model", "title", "price", "original_price"],
            listing_rows(panel, days[day]),
        ),
        "index": write_csv(
            folder / "index.csv",
            ["period", "brand", "model", "index_price", "origin"],
            ((month, *row, "published") for month in earlier for row in panel.index_of(month)),
        ),
        "quotes": write_csv(
            folder / "quotes.csv",
            ["channel", "shop", "brand", "model", "title", "price", "date"],
            quote_rows(panel, days, simulated),
        ),
    }
    # The real shop belongs to the supplier; the simulated ones to nobody.
    write_csv(folder / "shops.csv", ["alias", "shop", "operator", "supplier_id"], [(SHOP, SHOP, SHOP, SHOP)])
    return counts, day


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panel", default=PANEL, type=Path, help=f"folder with {FILE}")
    parser.add_argument("--output", required=True, type=Path, help="a folder for the months, one each")
    parser.add_argument("--from", dest="first", default="2025-01", metavar="YYYY-MM")
    parser.add_argument("--to", dest="last", default="2025-12", metavar="YYYY-MM")
    parser.add_argument("--simulated-shops", default=0, type=int, metavar="N", help="invented further shops, named simulated-1 ... (default: none)")
    options = parser.parse_args()
    try:
        panel = Panel(options.panel)
    except Skip as skip:
        print(skip)
        return
    for period in months_between(options.first, options.last):
        try:
            counts, day = write_month(panel, period, options.output / period, options.simulated_shops)
        except Skip as skip:
            print(skip)
            continue
        print(f"{period}  list of {day}:", ", ".join(f"{count} {table}" for table, count in counts.items()))


if __name__ == "__main__":
    sys.exit(main())
