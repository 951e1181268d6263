"""The provincial month in Polars: polars_run.py --input DIR --output DIR --period YYYY-MM [--timings].

The same job as duckdb.sql, with the same limits: preset hubei, exact integers, own sellers left out; most notices and the
other outputs are not made. Prices are counts of 10^-4 yuan, unit prices (u) of 10^-8 yuan per base unit, packs (k4) of 10^-4.
Lazy frames run on the streaming engine where rows are many.
"""

import argparse
import datetime
import glob
import os
import sys
import time

import polars as pl

TEXT, DAY = pl.String, pl.Date
PACK, PRICE = pl.Decimal(9, 4), pl.Decimal(18, 4)
QUOTES = dict(channel=TEXT, shop=TEXT, shop_type=TEXT, brand=TEXT, model=TEXT, barcode=TEXT, unit=TEXT, pack_size=PACK, price=PRICE,
              date=DAY, in_stock=TEXT, price_kind=TEXT, tax_included=TEXT)
LISTINGS = dict(listing_id=TEXT, supplier_id=TEXT, category=TEXT, brand=TEXT, model=TEXT, title=TEXT, barcode=TEXT, unit=TEXT,
                pack_size=PACK, price=PRICE, promised_discount=TEXT, listed_at=DAY, original_price=PRICE, promotion_start=DAY)
ORDERS = dict(order_id=TEXT, line=TEXT, date=DAY, listing_id=TEXT, supplier_id=TEXT, buyer_id=TEXT, brand=TEXT, model=TEXT, barcode=TEXT,
              unit=TEXT, pack_size=PACK, quantity=PRICE, unit_price=PRICE, list_price=PRICE, promised_discount=TEXT, status=TEXT)
INDEX = dict(period=TEXT, category=TEXT, brand=TEXT, model=TEXT, barcode=TEXT, unit=TEXT, pack_size=PACK, index_price=PRICE,
             best_selling_price=PRICE, level=PRICE, origin=TEXT)
CANCELLED = ["cancelled", "canceled", "取消", "已取消", "returned", "退货", "已退货"]
MARKETS = ("procurement_average", "ecommerce_average", "store_average")
UNIT_K4, HUNDRED_MILLION = 10_000, 100_000_000
wide = pl.Int128


def canonical(column):
    return pl.col(column).str.normalize("NFKC").str.strip_chars().str.to_uppercase().replace("", None)


def half_away(a, b):
    """a / b rounded, for a >= 0 and b > 0."""
    return (a * 2 + b) // (b * 2)


def unit_price(p, k4):
    narrow = pl.when(k4 == UNIT_K4).then(p * 10_000)
    return narrow.otherwise(half_away(p.cast(wide) * HUNDRED_MILLION, k4.cast(wide)).cast(pl.Int64))


def in_pack(u, k4):
    money = half_away(u.cast(wide) * k4, pl.lit(HUNDRED_MILLION, wide)).cast(pl.Int64)
    return pl.when(money > 0).then(money)


def middle(prices):
    """The median of a sorted list: for an even count the rounded mean of the middle two."""
    n = prices.list.len()
    return (prices.list.get((n - 1) // 2, null_on_oob=True) + prices.list.get(n // 2, null_on_oob=True) + 1) // 2


def count4(column):
    """A decimal with four places as a count of 10^-4."""
    return pl.col(column).to_physical().cast(pl.Int64)


def pack4():
    return count4("pack_size").fill_null(UNIT_K4)


def month_number(date):
    return date.dt.year() * 12 + date.dt.month()


class Month:
    def __init__(self, folder, period):
        self.folder = folder
        year, month = (int(part) for part in period.split("-"))
        self.t = year * 12 + month
        self.first = datetime.date(year, month, 1)
        self.last = datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
        self.window = datetime.date((self.t - 12) // 12, (self.t - 12) % 12 + 1, 1)

    def scan(self, files, schema):
        return pl.scan_csv(files, schema=schema)

    def path(self, name):
        return os.path.join(self.folder, name)

    def dictionary(self, name):
        return pl.read_csv(self.path(name), infer_schema=False)

    # -- reading ----------------------------------------------------------------------------------------------------
    def read(self):
        quotes = sorted(glob.glob(self.path("quotes/*.csv"))) or [self.path("quotes.csv")]
        counts = (pl.col("date").is_between(self.first, self.last) & pl.col("in_stock").fill_null("true").eq("true")
                  & pl.col("tax_included").fill_null("true").eq("true")
                  & pl.col("price_kind").fill_null("regular").str.to_lowercase().is_in(["regular", "promotion"]))
        self.quotes = (self.scan(quotes, QUOTES)
                       .select("shop", "brand", "model", "barcode", "unit", pack4=pack4(), p=count4("price"),
                               store=pl.col("channel") == "store", counts=counts)
                       .collect(engine="streaming"))
        self.listings = (self.scan(self.path("listings.csv"), LISTINGS)
                         .select("listing_id", "supplier_id", "category", "brand", "model", "barcode", "unit", pack4=pack4(), p=count4("price"))
                         .collect(engine="streaming"))
        status = pl.col("status").fill_null("").str.strip_chars().str.to_lowercase()
        self.orders = (self.scan(self.path("orders.csv"), ORDERS)
                       .select("listing_id", "supplier_id", "brand", "model", "barcode", "unit", "date", pack4=pack4(), p=count4("unit_price"),
                               q4=count4("quantity"),
                               counts=pl.col("date").is_between(self.window, self.last) & ~status.is_in(CANCELLED))
                       # An order without a unit is in its listing's.
                       .join(self.listings.lazy().select("listing_id", listing_unit="unit"), on="listing_id", how="left")
                       .with_columns(unit=pl.coalesce("unit", "listing_unit")).drop("listing_unit")
                       .collect(engine="streaming"))
        self.index = (self.scan(self.path("index.csv"), INDEX)
                      .select("category", "brand", "model", "barcode", "unit", pack4=pack4(), p=count4("index_price"), level=count4("level"),
                              month=pl.col("period").str.slice(0, 4).cast(pl.Int32) * 12 + pl.col("period").str.slice(5, 2).cast(pl.Int32),
                              origin=pl.col("origin").fill_null("published").str.to_lowercase())
                      .collect(engine="streaming"))

    # -- spellings --------------------------------------------------------------------------------------------------
    def spelt(self, *columns, tables=("quotes", "listings", "orders", "index")):
        parts = [getattr(self, table).lazy().select(*columns).unique() for table in tables]
        return pl.concat(parts).unique().drop_nulls().collect(engine="streaming")

    def spellings(self):
        alias = canonical("alias")
        brand_alias = self.dictionary("brands.csv").select(alias, name=canonical("brand")).unique("alias")
        self.brands = (self.spelt("brand").with_columns(alias=canonical("brand")).join(brand_alias, on="alias", how="left")
                       .select("brand", brand_name=pl.coalesce("name", "alias")))
        unit_alias = self.dictionary("units.csv").select(alias, name=canonical("unit"), factor4=pl.col("factor").cast(PRICE).to_physical().cast(pl.Int64))
        unit_alias = unit_alias.unique("alias")
        self.units = (self.spelt("unit").with_columns(alias=canonical("unit")).join(unit_alias, on="alias", how="left")
                      .select("unit", base=pl.coalesce("name", "alias"), factor4=pl.col("factor4").fill_null(UNIT_K4)))
        category_alias = (self.dictionary("categories.csv").select(alias, name=pl.col("category"), unit=canonical("base_unit")).unique("alias")
                          .join(unit_alias.select(unit="alias", base="name"), on="unit", how="left")
                          .select("alias", "name", base_unit=pl.coalesce("base", "unit")))
        self.categories = (self.spelt("category", tables=("listings", "index")).with_columns(alias=canonical("category"))
                           .join(category_alias, on="alias", how="left")
                           .select("category", category_name=pl.coalesce("name", pl.col("category").str.normalize("NFKC").str.strip_chars())))
        self.category_unit = category_alias.select(category_name="name", unit="base_unit").unique("category_name")
        shop_alias = self.dictionary("shops.csv").select(alias, operator=pl.coalesce(canonical("operator"), canonical("shop")), supplier_id="supplier_id")
        named = (self.spelt("shop", tables=("quotes",)).with_columns(alias=canonical("shop"))
                 .join(shop_alias.select("alias", "operator").unique("alias"), on="alias", how="left")
                 .select("shop", operator=pl.coalesce("operator", "alias")))
        ids = named.select("operator").unique().sort("operator").with_row_index("seller")
        self.operators = named.join(ids, on="operator").select("shop", "seller")
        self.groups = self.dictionary("suppliers.csv").select("supplier_id", grp=pl.coalesce("group_id", "supplier_id"))
        self.operator_group = (shop_alias.drop_nulls("supplier_id").join(ids, on="operator").join(self.groups, on="supplier_id", how="left")
                               .select("seller", grp=pl.coalesce("grp", "supplier_id")).unique())

    def names(self):
        """Every spelling of brand and model with its product."""
        model = canonical("model")
        for _ in range(2):  # 1.2.3 overlaps
            model = model.str.replace_all(r"([0-9])\.([0-9])", "${1}\x01${2}")
        kept = model.str.replace_all(r"[.\s\p{Pd}\x{2212}_/\\·]+", "-").str.replace_all("\x01", ".", literal=True)
        names = (self.spelt("brand", "model").lazy().with_columns(kept=kept).join(self.brands.lazy(), on="brand")
                 .with_columns(folded=pl.col("kept").str.replace_all("-", "", literal=True)).filter(pl.col("folded") != "").collect(engine="streaming"))
        # Two models that would be one without separators, yet have two index prices: their separators stay.
        priced = (self.index.filter(pl.col("p").is_not_null()).join(names, on=["brand", "model"]).join(self.units, on="unit", how="left")
                  .with_columns(u=unit_price(pl.col("p"), pl.col("pack4") * pl.col("factor4").fill_null(UNIT_K4) // UNIT_K4))
                  .select("brand_name", "folded", "kept", "origin", "month", "u").unique())
        pairs = priced.join(priced, on=["brand_name", "folded", "origin", "month"]).filter(
            (pl.col("kept") != pl.col("kept_right")) & (pl.col("u") != pl.col("u_right")))
        forms = pairs.select("brand_name", "folded", "kept", form="kept").unique()
        keyed = (names.join(forms.select("brand_name", "folded", split=pl.lit(True)).unique(), on=["brand_name", "folded"], how="left")
                 .join(forms, on=["brand_name", "folded", "kept"], how="left")
                 .with_columns(key=pl.when(pl.col("split").is_null()).then("folded").otherwise("form")).drop_nulls("key"))
        products = keyed.select("brand_name", "key").unique().with_row_index("pid")
        self.products = products.select("pid", brand_name="brand_name", product=pl.concat_str("brand_name", "key", separator=" "))
        self.name = keyed.join(products, on=["brand_name", "key"]).select("brand", "model", "pid")

    def barcodes(self):
        spelt = self.spelt("barcode").with_columns(text=pl.col("barcode").str.strip_chars())
        spelt = (spelt.filter(pl.col("text").str.contains("^([0-9]{8}|[0-9]{12,14})$") & (pl.col("text").str.strip_chars("0") != ""))
                 .with_columns(gtin=pl.col("text").str.zfill(14)))
        total = pl.sum_horizontal([pl.col("gtin").str.slice(i, 1).cast(pl.Int32) * (3 if i % 2 == 0 else 1) for i in range(14)])
        prefix = pl.when(pl.col("text").str.len_bytes() == 8).then(pl.col("text").str.slice(0, 2)).otherwise(pl.col("gtin").str.slice(1, 2))
        spelt = spelt.filter((total % 10 == 0) & ~prefix.is_in(["02", "04"]) & ~prefix.str.starts_with("2")).select("barcode", "gtin")

        def named(table, *more):
            rows = table.lazy().filter(pl.col("barcode").is_not_null()).select("barcode", "brand", "model", *more).unique()
            return (rows.join(self.name.lazy(), on=["brand", "model"]).join(spelt.lazy(), on="barcode")
                    .select("gtin", "pid", *more).unique().collect(engine="streaming"))

        one = pl.when(pl.col("pid").n_unique() == 1).then(pl.col("pid").min())
        taught = pl.concat([named(self.quotes), named(self.index)]).group_by("gtin").agg(pid=one)
        for table in (self.orders, self.listings):
            agreed = (named(table, "supplier_id").join(taught, on="gtin", how="anti").group_by("gtin", "pid").agg(n=pl.col("supplier_id").n_unique())
                      .filter(pl.col("n") >= 2).group_by("gtin").agg(pid=one).drop_nulls())
            taught = pl.concat([taught, agreed])
        strangers = spelt.select("gtin").unique().join(taught, on="gtin", how="anti").sort("gtin")
        strangers = strangers.with_row_index("pid", offset=self.products.height)
        self.products = pl.concat([self.products, strangers.select("pid", brand_name=pl.lit(None, TEXT), product=pl.lit("GTIN ") + pl.col("gtin"))])
        taught = pl.concat([taught, strangers.select("gtin", "pid")])
        self.barcode = spelt.join(taught.drop_nulls("pid"), on="gtin").select("barcode", barcode_pid="pid")
        stated = pl.concat([t.select("barcode", "brand").unique().drop_nulls() for t in (self.quotes, self.index)]).unique()
        self.stated = (stated.join(self.barcode, on="barcode").join(strangers.select(barcode_pid="pid"), on="barcode_pid")
                       .join(self.brands, on="brand").select("barcode_pid", "brand_name").unique())

    # -- rows with product, unit and k ------------------------------------------------------------------------------
    def keyed(self, table):
        return (table.lazy().join(self.name.lazy(), on=["brand", "model"], how="left").join(self.barcode.lazy(), on="barcode", how="left")
                .join(self.units.lazy(), on="unit", how="left")
                .with_columns(pid=pl.coalesce("barcode_pid", "pid"), model_pid=pl.col("pid"),
                              k4=pl.col("pack4") * pl.col("factor4").fill_null(UNIT_K4) // UNIT_K4))

    def identify(self):
        self.quotes = (self.keyed(self.quotes).filter(pl.col("pid").is_not_null()).join(self.operators.lazy(), on="shop", how="left")
                       .select("pid", "store", "seller", "base", "k4", "p", "counts").collect(engine="streaming"))
        learnt = self.products.select(barcode_pid="pid", barcode_brand="brand_name")
        barred = self.stated.select("barcode_pid", has_stated=pl.lit(True)).unique()
        listed = (self.keyed(self.listings).join(self.groups.lazy(), on="supplier_id", how="left").join(self.categories.lazy(), on="category", how="left")
                  .join(self.brands.lazy(), on="brand", how="left").join(learnt.lazy(), on="barcode_pid", how="left")
                  .join(barred.lazy(), on="barcode_pid", how="left")
                  .join(self.stated.lazy().with_columns(is_stated=pl.lit(True)), on=["barcode_pid", "brand_name"], how="left"))
        differs = (pl.when(pl.col("barcode_brand").is_null())
                   .then(pl.col("brand_name").is_not_null() & pl.col("has_stated").is_not_null() & pl.col("is_stated").is_null())
                   .when(pl.col("model_pid").is_not_null()).then(pl.col("model_pid") != pl.col("barcode_pid"))
                   .otherwise((pl.col("brand_name") != pl.col("barcode_brand")).fill_null(False)))
        basis = pl.when(pl.col("barcode_pid").is_not_null()).then(pl.lit("barcode")).when(pl.col("pid").is_not_null()).then(pl.lit("model"))
        self.listings = listed.select("listing_id", "supplier_id", "pid", "base", "k4", "p", grp=pl.coalesce("grp", "supplier_id"), category="category_name",
                                      match_basis=basis.otherwise(pl.lit("unmatched")),
                                      identity_conflict=pl.col("barcode_pid").is_not_null() & differs).collect(engine="streaming")
        from_listing = self.listings.lazy().select("listing_id", listing_pid="pid", known=pl.lit(True))
        by_listing = (pl.col("brand").is_null() | pl.col("model").is_null()) & pl.col("known").is_not_null()
        self.orders = (self.keyed(self.orders).join(from_listing, on="listing_id", how="left").join(self.groups.lazy(), on="supplier_id", how="left")
                       .select("supplier_id", "base", "k4", "p", "q4", "date", "counts", grp=pl.coalesce("grp", "supplier_id"),
                               pid=pl.when(by_listing).then("listing_pid").otherwise("pid")).drop_nulls("pid").collect(engine="streaming"))
        self.levels = (self.index.filter((pl.col("brand").is_null() | pl.col("model").is_null()) & pl.col("barcode").is_null())
                       .drop_nulls("level").join(self.categories, on="category").group_by("category_name", "month", "origin")
                       .agg(level=pl.col("level").min(), n=pl.col("level").n_unique()).filter(pl.col("n") == 1).drop("n"))
        self.index = (self.keyed(self.index).filter(pl.col("pid").is_not_null()).join(self.categories.lazy(), on="category", how="left")
                      .select("pid", "base", "k4", "p", "month", "origin", category="category_name").collect())

    def base_units(self):
        def commonest(rows, value):
            return (rows.filter(pl.col(value).is_not_null() & pl.col("pid").is_not_null()).group_by("pid", value).agg(n=pl.len())
                    .sort(["pid", "n", value], descending=[False, True, False]).unique("pid", keep="first", maintain_order=True).select("pid", value))

        category = (self.products.select("pid").join(commonest(self.index, "category"), on="pid", how="left")
                    .join(commonest(self.listings.filter(~pl.col("identity_conflict")), "category"), on="pid", how="left")
                    .select("pid", category_name=pl.coalesce("category", "category_right")).join(self.category_unit, on="category_name", how="left"))
        bases = category.join(commonest(self.index, "base"), on="pid", how="left").select("pid", product_unit=pl.coalesce("base", "unit"))
        rest = bases.filter(pl.col("product_unit").is_null()).select("pid")
        rows = pl.concat([t.select("pid", "base").join(rest, on="pid", how="semi") for t in (self.quotes, self.orders, self.listings.filter(~pl.col("identity_conflict")))])
        self.base = (bases.join(commonest(rows, "base"), on="pid", how="left").select("pid", product_unit=pl.coalesce("product_unit", "base")))

    def fitting(self, table):
        fits = pl.col("base").is_null() | (pl.col("base") == pl.col("product_unit"))
        return table.lazy().join(self.base.lazy(), on="pid").filter(fits.fill_null(False))

    # -- the market -------------------------------------------------------------------------------------------------
    def sellers(self):
        suppliers = (self.fitting(self.orders.filter("counts")).group_by("pid", "supplier_id")
                     .agg(money=(pl.col("p").cast(wide) * pl.col("q4")).sum(), units=(pl.col("q4").cast(wide) * pl.col("k4")).sum(),
                          grp=pl.col("grp").first(), newest=pl.col("date").max())
                     .select("pid", "grp", "newest", indicator=pl.lit(2, pl.Int8), seller=pl.lit(None, pl.UInt32),
                             u=half_away(pl.col("money") * HUNDRED_MILLION, pl.col("units")).cast(pl.Int64)).collect(engine="streaming"))
        operators = (self.fitting(self.quotes.lazy().filter("counts").collect()).with_columns(u=unit_price(pl.col("p"), pl.col("k4")))
                     .group_by("pid", "store", "seller").agg(pl.col("u").sort())
                     .select("pid", grp=pl.lit(None, TEXT), newest=pl.lit(None, DAY), indicator=pl.when("store").then(4).otherwise(3).cast(pl.Int8),
                             seller="seller", u=middle(pl.col("u"))).collect(engine="streaming"))
        self.seller = pl.concat([suppliers, operators])

    def screen(self):
        """Once a product and indicator for all, once more for each group that lists the product and sells in it."""
        listed = self.listings.select("pid", "grp").unique()
        seller = self.seller
        shops = seller.filter(pl.col("indicator") != 2).drop("grp")
        own_suppliers = seller.filter(pl.col("indicator") == 2).select("pid", "indicator", "grp").unique().join(listed, on=["pid", "grp"], how="semi")
        own_shops = (shops.join(self.operator_group, on="seller").select("pid", "indicator", "grp").unique().join(listed, on=["pid", "grp"], how="semi"))
        self.own = pl.concat([own_suppliers, own_shops])
        columns = ("pid", "indicator", "own_grp", "u", "newest")
        everyone = seller.select("pid", "indicator", pl.lit(None, TEXT).alias("own_grp"), "u", "newest")
        others = (seller.filter(pl.col("indicator") == 2).join(own_suppliers.rename({"grp": "own_grp"}), on=["pid", "indicator"])
                  .filter(pl.col("grp") != pl.col("own_grp")).select(columns))
        other_shops = (shops.join(own_shops.rename({"grp": "own_grp"}), on=["pid", "indicator"])
                       .join(self.operator_group.rename({"grp": "own_grp"}), on=["seller", "own_grp"], how="anti").select(columns))
        key = ["pid", "indicator", "own_grp"]
        market = pl.concat([everyone, others, other_shops]).sort("u").group_by(key).agg("u", "newest").with_row_index("market")
        market = market.with_columns(n=pl.col("u").list.len(), c=middle(pl.col("u"))).filter(pl.col("n") >= 3)
        flat = market.select("market", "u", "newest", "c", "n").explode("u", "newest").with_columns(
            s=half_away((pl.col("u") - pl.col("c")).abs().cast(wide) * HUNDRED_MILLION, pl.min_horizontal("u", "c").cast(wide)))
        d = flat.group_by("market").agg(pl.col("s").sort(), n=pl.len()).select("market", d=pl.col("s").list.get(pl.col("n") // 2))
        most = pl.min_horizontal(pl.lit(200_000_000, wide), pl.max_horizontal(pl.col("d") * 51_891 // 10_000, pl.lit(30_000_000, wide)))
        kept = (flat.join(d, on="market").filter(pl.col("s") <= most).group_by("market")
                .agg(total=pl.col("u").cast(wide).sum(), kept=pl.len().cast(pl.Int64), least=pl.col("u").min(), greatest=pl.col("u").max(),
                     newest=pl.col("newest").max()))
        self.indicators = (kept.join(market.select("market", *key, pl.col("n").cast(pl.Int64)), on="market")
                           .with_columns(screened=pl.col("n") - pl.col("kept"))
                           .filter((pl.col("kept") >= 3) & (pl.col("screened") * 10 <= pl.col("n") * 3)
                                   & (pl.col("greatest").cast(wide) <= pl.col("least").cast(wide) * 3))
                           .select(*key, "kept", "screened", "newest", u=half_away(pl.col("total"), pl.col("kept").cast(wide)).cast(pl.Int64)))

    def index_prices(self):
        one = (self.fitting(self.index.filter(pl.col("p").is_not_null())).with_columns(u=unit_price(pl.col("p"), pl.col("k4")))
               .group_by("pid", "origin", "month").agg(u=pl.col("u").min(), n=pl.col("u").n_unique(), category=pl.col("category").first())
               .filter((pl.col("n") == 1) & pl.col("month").is_between(self.t - 6, self.t)).collect())
        newest = one.sort("month").unique(["pid", "origin"], keep="last", maintain_order=True).with_columns(age=self.t - pl.col("month"))
        for origin in ("published", "own"):
            levels = self.levels.filter(pl.col("origin") == origin).rename({"category_name": "category"})
            newest = (newest.join(levels.select("category", "month", pl.col("level").alias(origin + "_s")), on=["category", "month"], how="left")
                      .join(levels.filter(pl.col("month") == self.t).select("category", pl.col("level").alias(origin + "_t")), on="category", how="left"))
        published = pl.col("published_s").is_not_null() & pl.col("published_t").is_not_null()
        newest = newest.with_columns(s=pl.when(published).then("published_s").otherwise("own_s"), t=pl.when(published).then("published_t").otherwise("own_t"))
        steady = (pl.col("t") * 100 >= pl.col("s") * 85) & (pl.col("t") * 100 <= pl.col("s") * 115)
        rolled = half_away(pl.col("u").cast(wide) * pl.col("t"), pl.col("s").cast(wide)).cast(pl.Int64)
        price = pl.when(pl.col("age") == 0).then("u").when(steady).then(rolled).when(pl.col("age") <= 2).then("u")
        self.index_price = newest.select("pid", "origin", "age", index_u=price)

    # -- one row a listing ------------------------------------------------------------------------------------------
    def compare(self):
        rows = self.listings.join(self.base, on="pid", how="left")
        for origin, name in (("published", "i1"), ("own", "i0")):
            prices = self.index_price.filter(pl.col("origin") == origin).select("pid", pl.col("index_u").alias(name), pl.col("age").alias(name + "_age"))
            rows = rows.join(prices, on="pid", how="left").with_columns(in_pack(pl.col(name), pl.col("k4")).alias(name))
        for number in (2, 3, 4):
            own = self.own.filter(pl.col("indicator") == number).select("pid", "grp", own_grp="grp")
            values = self.indicators.filter(pl.col("indicator") == number).select(
                "pid", "own_grp", pl.col("u").alias(f"i{number}"), pl.col("kept").alias(f"n{number}"), pl.col("screened").alias(f"s{number}"),
                pl.col("newest").alias(f"newest{number}"))
            rows = rows.join(own, on=["pid", "grp"], how="left").join(values, on=["pid", "own_grp"], how="left", nulls_equal=True).drop("own_grp")
            rows = rows.with_columns(in_pack(pl.col(f"i{number}"), pl.col("k4")).alias(f"i{number}"))
            rows = rows.with_columns([pl.when(pl.col(f"i{number}").is_not_null()).then(f"{c}{number}").fill_null(0).alias(f"{c}{number}") for c in "ns"])
        markets = pl.concat_list("i2", "i3", "i4").list.drop_nulls().list.sort()
        mismatch = (pl.col("base").is_not_null() & (pl.col("base") != pl.col("product_unit"))).fill_null(False)
        rows = rows.with_columns(markets=markets, doubtful=pl.col("identity_conflict") | mismatch)
        rows = rows.with_columns(m=middle(pl.col("markets")), present=pl.col("markets").list.len())
        rung = (pl.when(pl.col("i1").is_not_null()).then(1).when(pl.col("present") > 0).then(2).when(pl.col("i0").is_not_null()).then(3).otherwise(0))
        rows = rows.with_columns(rung=pl.when("doubtful").then(0).otherwise(rung))
        rows = rows.with_columns(
            reference=pl.when(pl.col("rung") == 1).then("i1").when(pl.col("rung") == 2).then("m").when(pl.col("rung") == 3).then("i0"),
            sources_kept=pl.when(pl.col("rung") == 2).then(pl.col("n2") + pl.col("n3") + pl.col("n4")).when(pl.col("rung") > 0).then(1),
            sources_screened=pl.when(pl.col("rung") == 2).then(pl.col("s2") + pl.col("s3") + pl.col("s4")).when(pl.col("rung") > 0).then(0))
        self.compared = rows

    def decide(self):
        p, ref, k4, rung, m = pl.col("p"), pl.col("reference"), pl.col("k4"), pl.col("rung"), pl.col("m")
        band = (pl.when("doubtful").then(pl.lit("check_data")).when(ref.is_null()).then(pl.lit("no_reference"))
                .when((p * 5 < ref) | (p > ref * 5)).then(pl.lit("check_data")).when((p - ref) * 5 <= ref).then(pl.lit("within_range"))
                .when((p - ref) * 2 < ref).then(pl.lit("evidence_required")).otherwise(pl.lit("reduce_or_delist")))
        orders_alone = (rung == 2) & (pl.col("present") == 1) & pl.col("i2").is_not_null()
        weak = ((rung == 3) | orders_alone | ((pl.col("i1") - m).abs() * 10 > m * 3).fill_null(False)
                | ((rung == 2) & (pl.col("present") >= 2) & (pl.col("markets").list.last() * 10 > pl.col("markets").list.first() * 13))
                | ((rung == 2) & (pl.col("sources_kept") < 5)) | ((rung == 1) & (pl.col("i1_age") > 2)))
        rows = self.compared.with_columns(band=band, weak=weak.fill_null(False))
        flagged = rows.filter(pl.col("band") == "reduce_or_delist")
        products = flagged.lazy().select("pid").unique()
        packs = pl.concat([self.fitting(t.lazy().join(products, on="pid", how="semi").select("pid", "base", "k4").unique().collect()).select("pid", other_k4="k4")
                           for t in (self.quotes, self.orders, self.index, self.listings)]).unique().collect()
        other = pl.col("other_k4").cast(wide) * ref
        mispacked = (flagged.join(packs, on="pid").filter((pl.col("other_k4") > k4) & ((p.cast(wide) * k4 - other).abs() * 50 <= other))
                     .select("listing_id", mispacked=pl.lit(True)).unique())
        reduce = pl.col("band") == "reduce_or_delist"
        decision = (pl.when(reduce & pl.col("mispacked").is_not_null()).then(pl.lit("check_data")).when(reduce & pl.col("weak")).then(pl.lit("evidence_required"))
                    .otherwise("band"))
        self.judged = rows.join(mispacked, on="listing_id", how="left").with_columns(decision=decision)

    def write(self, path):
        def digits(value, count):
            return value.cast(TEXT).str.zfill(count)

        def yuan(value):
            return pl.when(value % 100 == 0).then((value // 10_000).cast(TEXT) + "." + digits(value // 100 % 100, 2)).otherwise(
                (value // 10_000).cast(TEXT) + "." + digits(value % 10_000, 4))

        def ratio(a, b):
            millionths = half_away(a.abs().cast(wide) * 1_000_000, b.cast(wide)).cast(pl.Int64)
            sign = pl.when((a < 0) & (millionths > 0)).then(pl.lit("-")).otherwise(pl.lit(""))
            return sign + (millionths // 1_000_000).cast(TEXT) + "." + digits(millionths % 1_000_000, 6)

        def shown(value):
            return pl.when(~pl.col("doubtful")).then(value)

        p, ref = pl.col("p"), pl.col("reference")
        names = pl.concat_str([pl.when(pl.col(f"i{n}").is_not_null()).then(pl.lit(name)) for n, name in zip((2, 3, 4), MARKETS)], separator="+",
                              ignore_nulls=True)
        basis = (pl.when(pl.col("rung") == 1).then(pl.lit("1:index_price")).when(pl.col("rung") == 2).then(pl.lit("2:median(") + names + ")")
                 .when(pl.col("rung") == 3).then(pl.lit("3:own_index_price")))
        fair = ref * 6 // 500 * 100
        (self.judged.join(self.products.select("pid", "product"), on="pid", how="left")
         .select("listing_id", "supplier_id", "product", "match_basis", "category", index_price=shown(yuan(pl.col("i1"))),
                 procurement_average=shown(yuan(pl.col("i2"))), ecommerce_average=shown(yuan(pl.col("i3"))), store_average=shown(yuan(pl.col("i4"))),
                 deviation_degree=shown(ratio(p - pl.col("m"), pl.col("m"))), monitoring_price=yuan(ref), monitoring_basis=basis,
                 sources_kept="sources_kept", sources_screened="sources_screened", deviation_ratio=ratio(p - ref, ref), decision="decision",
                 max_fair_price=pl.when(fair > 0).then(yuan(fair)))
         .sort("listing_id").write_csv(path))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--input", required=True)
    arguments.add_argument("--output", required=True)
    arguments.add_argument("--period", default="2023-11")
    arguments.add_argument("--timings", action="store_true")
    given = arguments.parse_args()
    os.makedirs(given.output, exist_ok=True)
    month = Month(given.input, given.period)
    stages = (month.read, month.spellings, month.names, month.barcodes, month.identify, month.base_units, month.sellers, month.screen,
              month.index_prices, month.compare, month.decide, lambda: month.write(os.path.join(given.output, "assessments.csv")))
    for stage in stages:
        start = time.perf_counter()
        stage()
        if given.timings:
            print(f"{time.perf_counter() - start:8.3f} s  {stage.__name__}", file=sys.stderr)


if __name__ == "__main__":
    main()
