#include "engine/publishing/tables.hpp"

namespace fairprice::publishing {

using assessment::Estimate;

CsvBuffer estimates_rows(const ingest::Month& month, const assessment::Assessments& assessments) {
  CsvBuffer csv;
  const ingest::Keys& keys = *month.keys;
  for (const Estimate& one : assessments.estimates) {
    const ingest::Listing& listing = month.listings[one.row];
    const std::string product = listing.product == ingest::kNone ? std::string() : keys.product_name(listing.product);
    for (const std::string_view cell :
         {keys.listings[listing.listing], keys.suppliers[listing.supplier], std::string_view(product), keys.categories[listing.category]}) {
      csv.put_text(cell);
      csv.comma();
    }
    csv.put_money(listing.price);
    csv.comma();
    csv.put_text(one.configuration);
    csv.comma();
    csv.put_plain(one.reason);
    csv.comma();
    for (const Money amount : {one.price, one.lower, one.upper}) {
      if (assessment::present(amount)) csv.put_money(amount);
      csv.comma();
    }
    if (one.price.ten_thousandths() > 0)
      csv.put_ratio(Int128{listing.price.ten_thousandths()} - one.price.ten_thousandths(), one.price.ten_thousandths());
    csv.comma();
    csv.put_integer(one.observations);
    csv.comma();
    csv.put_integer(one.parameters);
    csv.comma();
    if (one.reason != "too_few" && one.reason != "not_fitted") csv.put_millionths(one.r_squared);
    csv.comma();
    csv.put_plain(one.characteristics);
    for (std::size_t i = 0; i < Estimate::kNearest; ++i) {
      csv.comma();
      if (i >= one.nearest.size()) {
        csv.empty_cells(2);
        continue;
      }
      csv.put_text(keys.product_name(one.nearest[i].product));
      csv.comma();
      csv.put_money(one.nearest[i].price);
      csv.comma();
      csv.put_millionths(one.nearest[i].distance);
    }
    csv.end_row();
  }
  return csv;
}

}  // namespace fairprice::publishing
