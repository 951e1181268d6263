#include "engine/ingest/headings.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::ingest {
namespace {

using Cells = std::vector<std::string>;

std::string error_of(std::string_view table, const Cells& cells, Language language = Language::en) {
  try {
    map_headings(table, cells, "part.csv");
  } catch (const FatalError& error) {
    return error.message(language);
  }
  return "no error";
}

TEST(Headings, AreFoundByTheirEnglishNames) {
  const HeadingMap map = map_headings("quotes", Cells{"date", "price", "shop", "channel", "brand"}, "quotes.csv");
  EXPECT_EQ(map.field(quotes_column::date), 0);
  EXPECT_EQ(map.field(quotes_column::price), 1);
  EXPECT_EQ(map.field(quotes_column::shop), 2);
  EXPECT_EQ(map.field(quotes_column::channel), 3);
  EXPECT_EQ(map.field(quotes_column::brand), 4);
  EXPECT_FALSE(map.has(quotes_column::model));
  EXPECT_EQ(map.column_of_field, (std::vector<int>{quotes_column::date, quotes_column::price, quotes_column::shop, quotes_column::channel,
                                                   quotes_column::brand}));
  EXPECT_EQ(map.fields(), 5U);
  EXPECT_TRUE(map.unknown.empty());
  EXPECT_EQ(map.scale(quotes_column::price), 1);
  const std::vector<std::string_view> row = {"2023-11-05", "12.50", "京东", "ecommerce", "得力"};
  EXPECT_EQ(map.cell(row.data(), quotes_column::price), "12.50");
  EXPECT_EQ(map.cell(row.data(), quotes_column::model), "");
}

TEST(Headings, OfTheContractAreUnderstoodInChinese) {
  struct Case {
    std::string table;
    Cells chinese, english;
  };
  const std::vector<Case> cases = {
      {"listings",
       {"商品编号", "供应商编号", "供应商", "品目", "品牌", "型号", "商品名称", "商品条码", "规格参数", "单位", "包装数量", "价格",
        "承诺折扣率", "上架日期", "原价", "促销开始日期"},
       {"listing_id", "supplier_id", "supplier_name", "category", "brand", "model", "title", "barcode", "spec", "unit", "pack_size",
        "price", "promised_discount", "listed_at", "original_price", "promotion_start"}},
      {"quotes",
       {"渠道", "平台", "规格型号", "售价", "日期", "有货", "含税", "价格类型", "链接", "采集时间", "地区"},
       {"channel", "shop", "model", "price", "date", "in_stock", "tax_included", "price_kind", "url", "captured_at", "region"}},
      {"orders",
       {"订单编号", "成交日期", "供应商编号", "采购单位", "数量", "成交单价", "商城价", "状态", "商品编号"},
       {"order_id", "date", "supplier_id", "buyer_id", "quantity", "unit_price", "list_price", "status", "listing_id"}},
      {"index", {"期间", "类目", "指数价格", "畅销价", "指数"}, {"period", "category", "index_price", "best_selling_price", "level"}},
      {"index", {"月份"}, {"period"}},
      {"brands", {"别名", "品牌"}, {"alias", "brand"}},
      {"matches", {"商品编号", "产品", "结论"}, {"listing_id", "product", "verdict"}},
      {"exclusions", {"表", "理由", "成交日期", "价格", "渠道"}, {"table", "reason", "date", "price", "channel"}},
  };
  for (const Case& c : cases) {
    const HeadingMap map = map_headings(c.table, c.chinese, "x.csv");
    const Table table = *find_table(c.table);
    for (std::size_t field = 0; field < c.chinese.size(); ++field) {
      const int column = map.column_of_field[field];
      ASSERT_NE(column, HeadingMap::kAbsent) << c.chinese[field];
      EXPECT_EQ(columns_of(table)[static_cast<std::size_t>(column)].name, c.english[field]);
    }
  }
}

TEST(Headings, DoNotCareForCaseWidthAndSeparators) {
  const HeadingMap map = map_headings(
      "listings", Cells{"\xEF\xBB\xBFListing ID", "SUPPLIER-ID", " ｐｒｉｃｅ ", "packSize", "供应商 名称", "promised discount (%)"},
      "x.csv");
  EXPECT_EQ(map.field(listings_column::listing_id), 0);
  EXPECT_EQ(map.field(listings_column::supplier_id), 1);
  EXPECT_EQ(map.field(listings_column::price), 2);
  EXPECT_EQ(map.field(listings_column::pack_size), 3);
  EXPECT_EQ(map.field(listings_column::supplier_name), 4);
  EXPECT_EQ(map.unit(listings_column::promised_discount), HeadingUnit::percent);
}

TEST(Headings, SayTheUnitOfTheirCells) {
  const HeadingMap map = map_headings(
      "listings", Cells{"商品编号", "供应商编号", "价格（万元）", "原价(元/台)", "承诺折扣率（折）", "型号（必填）", "上架日期(年-月-日)"},
      "x.csv");
  EXPECT_EQ(map.scale(listings_column::price), 10'000);
  EXPECT_EQ(map.unit(listings_column::price), HeadingUnit::ten_thousand_yuan);
  EXPECT_EQ(map.scale(listings_column::original_price), 1);
  EXPECT_EQ(map.unit(listings_column::promised_discount), HeadingUnit::zhe);
  EXPECT_EQ(map.field(listings_column::model), 5);
  EXPECT_EQ(map.field(listings_column::listed_at), 6);
  EXPECT_TRUE(map.unknown.empty());
}

TEST(Headings, InAUnitThatWouldMakePricesWrongStopTheRun) {
  for (const std::string heading : {"价格（千元）", "price (USD)", "售价(美元/台)", "单价（分）"}) {
    const std::string error = error_of("listings", {"listing_id", "supplier_id", heading});
    EXPECT_NE(error.find("part.csv:1: column price is counted in a unit that cannot be read: \"" + heading + "\""), std::string::npos)
        << error;
  }
  EXPECT_NE(error_of("orders", {"order_id", "date", "supplier_id", "unit_price", "数量（千）"}).find("column quantity"), std::string::npos);
  EXPECT_EQ(error_of("orders", {"order_id", "date", "supplier_id", "unit_price", "数量（台）"}), "no error");
}

TEST(Headings, ThatAreUnknownAreListedAndDoNoHarm) {
  const HeadingMap map = map_headings("suppliers", Cells{"备注", "supplier_id", "", "group_id", "Price"}, "x.csv");
  EXPECT_EQ(map.unknown, (Cells{"备注", "Price"}));
  EXPECT_EQ(map.column_of_field, (std::vector<int>{-1, suppliers_column::supplier_id, -1, suppliers_column::group_id, -1}));
  EXPECT_EQ(map.cells.size(), 5U);
}

TEST(Headings, AMissingColumnIsNamedWithTheNearestThatWasFound) {
  EXPECT_EQ(error_of("quotes", {"channel", "shop", "prcie", "date"}),
            "part.csv:1: no column for price (found \"prcie\": rename it); headings found: \"channel\", \"shop\", \"prcie\", \"date\"; "
            "nothing was run");
  EXPECT_EQ(error_of("quotes", {"channel", "shop", "prcie", "date"}, Language::zh),
            "part.csv:1：缺少列 price（找到 \"prcie\"：请改名）；表头有：\"channel\"、\"shop\"、\"prcie\"、\"date\"；未运行");
  EXPECT_EQ(error_of("suppliers", {"a", "b"}),
            "part.csv:1: no column for supplier_id (or 供应商编号), group_id (or 集团编号); headings found: \"a\", \"b\"; nothing was run");
  EXPECT_NE(error_of("listings", {"商品编号", "供应商编好", "价格"}).find("supplier_id (found \"供应商编好\": rename it)"),
            std::string::npos);
}

TEST(Headings, TheSameColumnTwiceIsAnError) {
  EXPECT_EQ(error_of("listings", {"listing_id", "supplier_id", "price", "单价"}),
            "part.csv:1: \"price\" and \"单价\" are the same column price (remove or rename one); nothing was run");
  EXPECT_EQ(error_of("listings", {"listing_id", "supplier_id", "价格(元)", "价格(万元)"}, Language::zh),
            "part.csv:1：\"价格(元)\" 与 \"价格(万元)\" 是同一列 price；请删去其一；未运行");
}

TEST(Headings, ANoteThatSaysNothingGivesWayToThePlainHeading) {
  for (const Cells& cells : {Cells{"listing_id", "supplier_id", "price", "型号", "型号（旧）"},
                             Cells{"listing_id", "supplier_id", "price", "型号（旧）", "型号"}}) {
    const HeadingMap map = map_headings("listings", cells, "x.csv");
    EXPECT_EQ(cells[static_cast<std::size_t>(map.field(listings_column::model))], "型号");
    EXPECT_EQ(map.unknown, Cells{"型号（旧）"});
  }
}

TEST(Columns, AreNamedAsInTheContractAndInItsOrder) {
  const auto name = [](Table table, int column) { return columns_of(table)[static_cast<std::size_t>(column)].name; };
  EXPECT_EQ(name(Table::listings, listings_column::promotion_start), "promotion_start");
  EXPECT_EQ(name(Table::listings, listings_column::price), "price");
  EXPECT_EQ(name(Table::quotes, quotes_column::captured_at), "captured_at");
  EXPECT_EQ(name(Table::quotes, quotes_column::in_stock), "in_stock");
  EXPECT_EQ(name(Table::orders, orders_column::status), "status");
  EXPECT_EQ(name(Table::orders, orders_column::unit_price), "unit_price");
  EXPECT_EQ(name(Table::index, index_column::origin), "origin");
  EXPECT_EQ(name(Table::index, index_column::level), "level");
  EXPECT_EQ(name(Table::shops, shops_column::operator_), "operator");
  EXPECT_EQ(name(Table::units, units_column::factor), "factor");
  EXPECT_EQ(name(Table::matches, matches_column::approved_by), "approved_by");
  EXPECT_EQ(name(Table::exclusions, exclusions_column::approved_by), "approved_by");
  EXPECT_EQ(find_column(Table::orders, "quantity"), orders_column::quantity);
  EXPECT_EQ(find_column(Table::orders, "title"), -1);
  EXPECT_EQ(find_table("prices"), std::nullopt);
}

TEST(Columns, OfATableAreAllDifferentAndFewEnough) {
  for (int i = 0; i < kTables; ++i) {
    const auto table = static_cast<Table>(i);
    EXPECT_EQ(find_table(table_name(table)), table);
    EXPECT_LE(columns_of(table).size(), kMostColumns);
    std::set<std::string> words;
    for (const Column& column : columns_of(table)) {
      EXPECT_TRUE(words.insert(std::string(column.name)).second) << table_name(table) << ' ' << column.name;
      EXPECT_FALSE(column.headings.empty()) << column.name;
      for (std::string_view rest = column.headings; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        EXPECT_TRUE(words.insert(std::string(rest.substr(0, end))).second) << table_name(table) << ' ' << rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }
  // Every column of a table that people may exclude rows from is a criterion.
  for (const Table table : {Table::listings, Table::quotes, Table::orders, Table::index})
    for (const Column& column : columns_of(table))
      EXPECT_GE(find_column(Table::exclusions, column.name), exclusions_column::first_criterion) << column.name;
}

}  // namespace
}  // namespace fairprice::ingest
