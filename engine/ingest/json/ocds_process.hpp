#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/heading_aliases.hpp"
#include "engine/ingest/json/ocds_counts.hpp"
#include "engine/ingest/json/tree.hpp"

namespace fairprice::ingest::json {

/// An item of a deal as an order; all texts as they stand, by column of `orders`.
struct OcdsOrder {
  std::string order_id, line, date, supplier, buyer, brand, model, barcode, spec, unit, quantity, unit_price, currency, status;
};

/// One contracting process (one `ocid`), put together from its releases in any order: of each award and contract what the latest release
/// says, field by field, as far as an order needs it. Open Contracting Data Standard 1.1, release schema and merging.
class OcdsProcess {
 public:
  OcdsProcess(std::string ocid, const HeadingAliases& aliases) : ocid_(std::move(ocid)), aliases_(&aliases) {}

  void add(const Value& release);

  /// The items of its deals that have a unit value. An award's item that a contract of that award has too counts in the contract alone; a
  /// contract without items has those of its award; what was called off is `cancelled`.
  std::vector<OcdsOrder> orders(OcdsCounts& counts) const;

  /// About how much memory it takes.
  std::size_t size() const { return size_; }

 private:
  /// A text of which the latest release counts.
  struct Dated {
    std::string text, as_of;
    void set(std::string_view value, const std::string& date);
  };
  struct Item {
    std::string id, description, quantity, unit, amount, currency, brand, model, barcode;
  };
  struct Deal {
    std::string id;
    Dated award, date, status, suppliers;
    std::vector<Item> items;
    std::string items_as_of;
  };

  struct Deals {
    std::vector<Deal> deals;
    std::map<std::string, std::size_t> numbers;  ///< by id; of those without one the first
  };
  struct Contracts;

  void add_deals(const Value& release, const char* key, const std::string& date, Deals& deals);
  Item read_item(const Value& value) const;
  OcdsOrder order_of(const Item& item, const Deal& deal, const Deal* award) const;
  const Deal* award_of(const Deal& contract) const;

  std::string ocid_;
  const HeadingAliases* aliases_;
  Dated buyer_, date_;
  Deals awards_, contracts_;
  std::int64_t tender_items_ = 0;
  std::size_t size_ = 0;
};

}  // namespace fairprice::ingest::json
