#!/usr/bin/env python3
"""A month of real laptop listings: every shop's price is judged by the other shops' prices of the same configuration.

    python3 bench/identity/laptop_month.py --output DIR [--data ../shared/data/products_zh]

Writes DIR/2019-07: listings.csv (a row a product of a shop that has a price), quotes.csv (the same rows, so that shops are each other's
market), shops.csv (a shop belongs to the supplier of its name, so that nobody is judged by itself). Titles only: there are no brand and
model cells, which is what the basis `title` is for. The data is not in this repository; without it the script says so and ends."""

import argparse
import csv
import gzip
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = ROOT.parent / "shared" / "data" / "products_zh"
FILE = "jd_laptops_2019-07.csv.gz"
PERIOD = "2019-07"
LEAST_PRICE = 200  # deposits and stickers stand below


def rows_of(data):
    """Rows with a title and a price; -1.00 says that it is not on sale."""
    path = data / FILE
    if not path.exists():
        sys.exit(f"{path}: not there; the laptops are not part of this repository (--data DIR says where they are)")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["title"].strip() and float(row["price"]) >= LEAST_PRICE:
                yield row


def write(path, heading, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def make_month(data, folder):
    month = folder / PERIOD
    month.mkdir(parents=True, exist_ok=True)
    rows = list({row["product_id"]: row for row in rows_of(data)}.values())
    write(month / "listings.csv", ["listing_id", "supplier_id", "supplier_name", "category", "title", "price"],
          [[r["product_id"], r["shop_id"], r["shop_name"], "笔记本电脑", r["title"], r["price"]] for r in rows])
    write(month / "quotes.csv", ["channel", "shop", "title", "price", "date"],
          [["ecommerce", r["shop_id"], r["title"], r["price"], PERIOD + "-15"] for r in rows])
    shops = {r["shop_id"]: r["shop_name"] for r in rows}
    write(month / "shops.csv", ["alias", "shop", "operator", "supplier_id"], [[s, s, s, s] for s in sorted(shops)])
    return month, rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    made, rows = make_month(arguments.data, arguments.output)
    print(f"{made}: {len(rows)} listings of {len({r['shop_id'] for r in rows})} shops")
