#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fairprice::ingest {

/// The columns of every table, as positions: plain integers, because the readers index arrays of cells with them. Names, Chinese
/// headings and what is required: columns.cpp. Order and spelling of the names are the contract's.

namespace listings_column {
enum : int {
  listing_id,
  supplier_id,
  supplier_name,
  category,
  brand,
  model,
  title,
  barcode,
  spec,
  unit,
  pack_size,
  price,
  promised_discount,
  listed_at,
  original_price,
  promotion_start,
  count
};
}
namespace quotes_column {
enum : int {
  channel,
  shop,
  shop_type,
  brand,
  model,
  title,
  barcode,
  spec,
  unit,
  pack_size,
  price,
  date,
  region,
  in_stock,
  price_kind,
  tax_included,
  url,
  captured_at,
  count
};
}
namespace orders_column {
enum : int {
  order_id,
  line,
  date,
  listing_id,
  supplier_id,
  buyer_id,
  brand,
  model,
  barcode,
  spec,
  unit,
  pack_size,
  quantity,
  unit_price,
  list_price,
  promised_discount,
  status,
  count
};
}
namespace index_column {
enum : int { period, category, brand, model, barcode, spec, unit, pack_size, index_price, best_selling_price, level, origin, count };
}
namespace brands_column {
enum : int { alias, brand, count };
}
namespace categories_column {
enum : int { alias, category, base_unit, count };
}
namespace units_column {
enum : int { alias, unit, factor, count };
}
namespace attributes_column {
enum : int { category, attributes, count };
}
namespace shops_column {
enum : int { alias, shop, operator_, supplier_id, count };
}
namespace suppliers_column {
enum : int { supplier_id, group_id, count };
}
namespace holidays_column {
enum : int { date, kind, count };
}
namespace matches_column {
enum : int { listing_id, product, verdict, by, on, approved_by, reason, count };
}
/// Behind `approved_by` follow the criteria: every column of listings, quotes, orders and index, each name once.
namespace exclusions_column {
enum : int { table, reason, by, on, approved_by, first_criterion };
}

inline constexpr std::size_t kMostColumns = 48;

enum class Table : std::uint8_t {
  listings,
  quotes,
  orders,
  index,
  brands,
  categories,
  units,
  shops,
  suppliers,
  holidays,
  exclusions,
  matches,
  attributes
};
inline constexpr int kTables = 13;

/// What a column holds, as far as its heading may say a unit.
enum class ColumnKind : std::uint8_t { other, money, quantity, discount };

struct Column {
  std::string_view name;      ///< English, as the contract spells it
  std::string_view headings;  ///< Chinese, separated by a space; the contract's own first; may be empty
  bool required = false;
  ColumnKind kind = ColumnKind::other;
};

std::string_view table_name(Table table);
std::optional<Table> find_table(std::string_view name);

/// In the order of the enums above.
std::span<const Column> columns_of(Table table);

/// The position of the column called `name` ("pack_size"), or -1.
int find_column(Table table, std::string_view name);

}  // namespace fairprice::ingest
