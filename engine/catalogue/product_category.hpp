#pragma once

#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// The category of a product; of a configuration that no listing or index row has, its model's. kNone when nothing says one.
inline std::uint32_t product_category(const ingest::Month& month, std::uint32_t product) {
  if (month.category_of[product] != ingest::kNone) return month.category_of[product];
  const std::uint32_t base = month.keys->base_of(product);
  return base < month.category_of_model.size() ? month.category_of_model[base] : ingest::kNone;
}

}  // namespace fairprice::catalogue
