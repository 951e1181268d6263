#include "engine/ingest/columns.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace fairprice::ingest {

namespace {

constexpr bool kRequired = true;
constexpr bool kOptional = false;

constexpr Column kBrand = {"brand", "品牌"};
constexpr Column kModel = {"model", "型号 规格型号"};
constexpr Column kTitle = {"title", "商品名称 标题"};
constexpr Column kBarcode = {"barcode", "商品条码 条码 条形码"};
constexpr Column kSpec = {"spec", "规格参数 配置"};
constexpr Column kUnit = {"unit", "单位 计量单位"};
constexpr Column kPackSize = {"pack_size", "包装数量 装量"};
constexpr Column kCategory = {"category", "品目 类目"};
constexpr Column kPrice = {"price", "价格 单价 售价", kRequired, ColumnKind::money};
constexpr Column kDiscount = {"promised_discount", "承诺折扣率 承诺折扣", kOptional, ColumnKind::discount};
constexpr Column kBy = {"by", "经办人"};
constexpr Column kOn = {"on", "决定日期"};
constexpr Column kApprovedBy = {"approved_by", "批准人 审批人"};
constexpr Column kReason = {"reason", "理由 原因"};

constexpr auto kListings = std::to_array<Column>({{"listing_id", "商品编号", kRequired},
                                                  {"supplier_id", "供应商编号", kRequired},
                                                  {"supplier_name", "供应商 供应商名称"},
                                                  kCategory,
                                                  kBrand,
                                                  kModel,
                                                  kTitle,
                                                  kBarcode,
                                                  kSpec,
                                                  kUnit,
                                                  kPackSize,
                                                  kPrice,
                                                  kDiscount,
                                                  {"listed_at", "上架日期 上架时间"},
                                                  {"original_price", "原价", kOptional, ColumnKind::money},
                                                  {"promotion_start", "促销开始日期"}});
static_assert(kListings.size() == listings_column::count);

constexpr auto kQuotes = std::to_array<Column>({{"channel", "渠道", kRequired},
                                                {"shop", "店铺 平台", kRequired},
                                                {"shop_type", "店铺类型"},
                                                kBrand,
                                                kModel,
                                                kTitle,
                                                kBarcode,
                                                kSpec,
                                                kUnit,
                                                kPackSize,
                                                kPrice,
                                                {"date", "日期", kRequired},
                                                {"region", "地区 区域"},
                                                {"in_stock", "有货 是否有货"},
                                                {"price_kind", "价格类型"},
                                                {"tax_included", "含税 是否含税"},
                                                {"url", "链接 网址"},
                                                {"captured_at", "采集时间 抓取时间"}});
static_assert(kQuotes.size() == quotes_column::count);

constexpr auto kOrders = std::to_array<Column>({{"order_id", "订单编号 订单号", kRequired},
                                                {"line", "行号 订单行号"},
                                                {"date", "成交日期", kRequired},
                                                {"listing_id", "商品编号"},
                                                {"supplier_id", "供应商编号", kRequired},
                                                {"buyer_id", "采购单位"},
                                                kBrand,
                                                kModel,
                                                kBarcode,
                                                kSpec,
                                                kUnit,
                                                kPackSize,
                                                {"quantity", "数量", kRequired, ColumnKind::quantity},
                                                {"unit_price", "成交单价 成交价", kRequired, ColumnKind::money},
                                                {"list_price", "商城价", kOptional, ColumnKind::money},
                                                kDiscount,
                                                {"status", "状态 订单状态"}});
static_assert(kOrders.size() == orders_column::count);

constexpr auto kIndex = std::to_array<Column>({{"period", "期间 月份", kRequired},
                                               kCategory,
                                               kBrand,
                                               kModel,
                                               kBarcode,
                                               kSpec,
                                               kUnit,
                                               kPackSize,
                                               {"index_price", "指数价格", kOptional, ColumnKind::money},
                                               {"best_selling_price", "畅销价", kOptional, ColumnKind::money},
                                               {"level", "指数"},
                                               {"origin", "来源"}});
static_assert(kIndex.size() == index_column::count);

constexpr Column kAlias = {"alias", "别名", kRequired};
constexpr auto kBrands = std::to_array<Column>({kAlias, {"brand", "品牌", kRequired}});
constexpr auto kCategories = std::to_array<Column>({kAlias, {"category", "品目 类目", kRequired}, {"base_unit", "基本单位"}});
constexpr auto kUnits = std::to_array<Column>({kAlias, {"unit", "单位", kRequired}, {"factor", "系数 换算系数"}});
constexpr auto kAttributes = std::to_array<Column>({{"category", "品目 类目", kRequired}, {"attributes", "识别属性", kRequired}});
constexpr auto kShops = std::to_array<Column>({kAlias, {"shop", "店铺"}, {"operator", "经营者 经营主体"}, {"supplier_id", "供应商编号"}});
constexpr auto kSuppliers = std::to_array<Column>({{"supplier_id", "供应商编号", kRequired}, {"group_id", "集团编号", kRequired}});
constexpr auto kHolidays = std::to_array<Column>({{"date", "日期", kRequired}, {"kind", "类型", kRequired}});
constexpr auto kMatches = std::to_array<Column>({{"listing_id", "商品编号", kRequired},
                                                 {"product", "产品", kRequired},
                                                 {"verdict", "结论 判定", kRequired},
                                                 kBy,
                                                 kOn,
                                                 kApprovedBy,
                                                 kReason});
static_assert(kBrands.size() == brands_column::count && kCategories.size() == categories_column::count &&
              kUnits.size() == units_column::count && kShops.size() == shops_column::count &&
              kSuppliers.size() == suppliers_column::count && kHolidays.size() == holidays_column::count &&
              kMatches.size() == matches_column::count && kAttributes.size() == attributes_column::count);

/// A name is one criterion, whichever tables have it, and none is required.
std::vector<Column> make_exclusions() {
  std::vector<Column> columns = {{"table", "表", kRequired}, kReason, kBy, kOn, kApprovedBy};
  for (const std::span<const Column> table : {std::span<const Column>(kListings), std::span<const Column>(kQuotes),
                                              std::span<const Column>(kOrders), std::span<const Column>(kIndex)})
    for (Column column : table) {
      column.required = false;
      if (column.name == "date") column.headings = "日期 成交日期";
      const auto same = [&](const Column& other) { return other.name == column.name; };
      if (std::none_of(columns.begin(), columns.end(), same)) columns.push_back(column);
    }
  return columns;
}

constexpr std::array<std::string_view, kTables> kNames = {"listings",   "quotes",  "orders",    "index",     "brands",
                                                          "categories", "units",   "shops",     "suppliers", "holidays",
                                                          "exclusions", "matches", "attributes"};

}  // namespace

std::string_view table_name(Table table) { return kNames[static_cast<std::size_t>(table)]; }

std::optional<Table> find_table(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Table>(found - kNames.begin());
}

std::span<const Column> columns_of(Table table) {
  static const std::vector<Column> kExclusions = make_exclusions();
  switch (table) {
    case Table::listings: return kListings;
    case Table::quotes: return kQuotes;
    case Table::orders: return kOrders;
    case Table::index: return kIndex;
    case Table::brands: return kBrands;
    case Table::categories: return kCategories;
    case Table::units: return kUnits;
    case Table::shops: return kShops;
    case Table::suppliers: return kSuppliers;
    case Table::holidays: return kHolidays;
    case Table::exclusions: return kExclusions;
    case Table::matches: return kMatches;
    case Table::attributes: return kAttributes;
  }
  return {};
}

int find_column(Table table, std::string_view name) {
  const std::span<const Column> columns = columns_of(table);
  const auto found = std::find_if(columns.begin(), columns.end(), [name](const Column& column) { return column.name == name; });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

}  // namespace fairprice::ingest
