#include "engine/catalogue/identity.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "engine/base/match_basis.hpp"
#include "engine/base/parallel.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/catalogue/texts.hpp"
#include "engine/catalogue/titles.hpp"
#include "engine/ingest/relocate.hpp"

namespace fairprice::catalogue {

using ingest::kNone;
using ingest::RowUse;

namespace {

struct Verdicts {
  std::uint32_t same = kNone;
  std::vector<std::uint32_t> different;
  const ingest::MatchVerdict* row = nullptr;
};

std::map<std::uint32_t, Verdicts> verdicts_by_listing(ingest::Month& month) {
  std::map<std::uint32_t, Verdicts> result;
  for (const auto& match : month.matches) {
    const std::uint32_t listing = month.keys->listings.find(trimmed(match.listing_id));
    if (listing == kNone) {
      const std::string where = match.file + ":" + std::to_string(match.line);
      month.warnings_zh.push_back(where + "：本期没有商品 " + quoted_for_message(match.listing_id) + "，该认定未用到");
      month.warnings_en.push_back(where + ": no listing " + quoted_for_message(match.listing_id) +
                                  " in this period; the decision was not used");
      continue;
    }
    Verdicts& verdicts = result[listing];
    const std::uint32_t product = month.keys->text_product(match.product);
    const auto contradiction = [&] {
      const std::string where = match.file + ":" + std::to_string(match.line);
      const std::string other = verdicts.row == nullptr ? "" : verdicts.row->file + ":" + std::to_string(verdicts.row->line);
      throw FatalError(where + "：对商品 " + quoted_for_message(match.listing_id) + " 的认定与 " + other + " 矛盾；请只保留一条，未运行",
                       where + ": the decision on listing " + quoted_for_message(match.listing_id) + " contradicts " + other +
                           " (keep one of them); nothing was run");
    };
    if (match.same) {
      if ((verdicts.same != kNone && verdicts.same != product) ||
          std::find(verdicts.different.begin(), verdicts.different.end(), product) != verdicts.different.end())
        contradiction();
      verdicts.same = product;
    } else {
      if (verdicts.same == product) contradiction();
      verdicts.different.push_back(product);
    }
    verdicts.row = &match;
  }
  return result;
}

void identify_listing(ingest::Listing& listing, const Verdicts* verdicts, const Barcodes& barcodes, ingest::Keys& keys) {
  const auto struck = [&](std::uint32_t product) {
    return verdicts != nullptr && std::find(verdicts->different.begin(), verdicts->different.end(), product) != verdicts->different.end();
  };
  const auto take = [&](std::uint32_t product, MatchBasis basis) {
    listing.product = product;
    listing.basis = static_cast<std::uint8_t>(basis);
  };
  listing.identity_conflict = false;
  if (verdicts != nullptr && verdicts->same != kNone) return take(verdicts->same, MatchBasis::decision);
  if (listing.used) return take(kNone, MatchBasis::unmatched);  // no comparison with new ones
  if (listing.gtin != 0) {
    const std::uint32_t product = barcodes.product(listing.gtin, keys);
    if (product != kNone && !struck(product)) {
      listing.identity_conflict = barcodes.contradicts(listing, keys);
      return take(product, MatchBasis::barcode);
    }
  }
  if (listing.model_product != kNone && !struck(listing.model_product)) return take(listing.model_product, MatchBasis::model);
  take(kNone, MatchBasis::unmatched);
}

/// The basis `title`, for listings and quotes that nothing else has given a product.
void identify_by_title(ingest::Month& month, const Barcodes& barcodes, const std::map<std::uint32_t, Verdicts>& verdicts, int threads) {
  ingest::Keys& keys = *month.keys;
  Titles titles(month);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> listings;  // row, number in titles
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    const ingest::Listing& listing = month.listings[row];
    if (listing.product != kNone || listing.has_model || listing.used || !listing.may_state) continue;
    if (const auto question = month.title_of_question.find(row); question != month.title_of_question.end())
      listings.emplace_back(
          row, titles.add(listing.brand == kNone ? std::string_view() : keys.brands[listing.brand], month.titles[question->second],
                          listing.spec == kNone ? std::string_view() : keys.specs[listing.spec], listing.category));
    else if (!listing.probe)
      rows.emplace_back(listing.offset, row);
  }
  std::mutex mutex;
  read_texts(month, "listings", std::move(rows), 1, [&](const RowTexts& texts) {
    if (texts.title.empty()) return;
    const std::lock_guard lock(mutex);
    listings.emplace_back(texts.row, titles.add(texts.brand, texts.title, texts.spec, month.listings[texts.row].category));
  });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> quotes;  // Month::titles, number in titles
  for (const auto& pending : month.quotes.pending) {
    if (pending.title == kNone || pending.model_product != kNone || (pending.gtin != 0 && barcodes.product(pending.gtin, keys) != kNone))
      continue;
    const std::string_view text = month.titles[pending.title];
    const std::size_t brand_end = text.find('\x1F');
    const std::size_t title_end = text.rfind('\x1F');
    quotes.emplace_back(pending.title, titles.add(text.substr(0, brand_end), text.substr(brand_end + 1, title_end - brand_end - 1),
                                                  text.substr(title_end + 1), kNone));
  }
  titles.resolve(threads);
  for (const auto& [row, number] : listings) {
    const TitleAnswer& answer = titles.answer(number);
    ingest::Listing& listing = month.listings[row];
    listing.title_doubt = static_cast<std::uint8_t>(answer.doubt);
    if (answer.product == kNone) continue;
    if (const auto found = verdicts.find(listing.listing); found != verdicts.end()) {
      const auto& different = found->second.different;
      if (std::find(different.begin(), different.end(), answer.product) != different.end()) continue;
    }
    listing.product = answer.product;
    listing.basis = static_cast<std::uint8_t>(MatchBasis::title);
  }
  for (const auto& [text, number] : quotes)
    if (const std::uint32_t product = titles.answer(number).product; product != kNone) month.quotes.product_of_title.emplace(text, product);
}

}  // namespace

void identify(ingest::Month& month, int threads) {
  ingest::Keys& keys = *month.keys;
  const auto verdicts = verdicts_by_listing(month);
  const Barcodes barcodes(month);
  month.ambiguous_barcodes = barcodes.ambiguous();

  month.listing_row.assign(keys.listings.size(), kNone);
  const auto in_parts = [threads](std::size_t rows, auto&& work) {
    constexpr std::size_t kParts = 64;
    for_each_part(kParts, threads, [&](std::size_t part, int) {
      for (std::size_t row = rows * part / kParts; row < rows * (part + 1) / kParts; ++row) work(row);
    });
  };
  in_parts(month.listings.size(), [&](std::size_t row) {
    ingest::Listing& listing = month.listings[row];
    if (!listing.probe) month.listing_row[listing.listing] = static_cast<std::uint32_t>(row);
    const auto found = verdicts.empty() ? verdicts.end() : verdicts.find(listing.listing);
    identify_listing(listing, found == verdicts.end() ? nullptr : &found->second, barcodes, keys);
  });

  identify_by_title(month, barcodes, verdicts, threads);

  auto& listing_counts = month.tables["listings"].counts.by_use;
  for (const ingest::Listing& listing : month.listings) {
    if (listing.product != kNone || listing.excluded || listing.probe) continue;
    --listing_counts[static_cast<std::size_t>(RowUse::used)];
    ++listing_counts[static_cast<std::size_t>(RowUse::unmatched)];
  }

  auto& order_counts = month.tables["orders"].counts;
  ingest::LateProblems late(month, "orders");
  std::mutex mutex;  // for the few rows that change a count
  // The listings that orders name stand anywhere: those of the orders to come are on their way into the cache.
  const auto fetch_ahead = [&](std::size_t row) {
    constexpr std::size_t kNear = 8;
    constexpr std::size_t kFar = 16;
    const auto listing_of = [&](std::size_t ahead) { return ahead < month.orders.size() ? month.orders[ahead].listing : kNone; };
    if (const std::uint32_t far = listing_of(row + kFar); far < month.listing_row.size()) __builtin_prefetch(&month.listing_row[far]);
    if (const std::uint32_t near = listing_of(row + kNear); near < month.listing_row.size())
      if (const std::uint32_t at = month.listing_row[near]; at != kNone) __builtin_prefetch(&month.listings[at].product);
  };
  in_parts(month.orders.size(), [&](std::size_t row) {
    fetch_ahead(row);
    ingest::Order& order = month.orders[row];
    const ingest::Listing* listing =
        order.listing == kNone || order.listing >= month.listing_row.size() || month.listing_row[order.listing] == kNone
            ? nullptr
            : &month.listings[month.listing_row[order.listing]];
    if (order.unit_from_listing && listing != nullptr && listing->unit != kNone) {
      order.unit = listing->unit;
      const Int128 k = Int128{order.k.ten_thousandths()} * listing->unit_factor();
      order.k =
          PackUnits::from_ten_thousandths(k % 10'000 != 0 || k / 10'000 >= PackUnits::kBelow ? 0 : static_cast<std::int64_t>(k / 10'000));
    }
    if (!order.k.valid()) {
      const std::lock_guard lock(mutex);
      late.add(order.offset, "pack_size", ProblemCode::bad_pack);
      --order_counts.by_use[static_cast<std::size_t>(order.use)];
      order.supplier = kNone;  // taken out below
      return;
    }
    if (!order.has_model && listing != nullptr) {
      order.product = listing->product;
    } else if (const std::uint32_t by_barcode = order.gtin != 0 ? barcodes.product(order.gtin, keys) : kNone; by_barcode != kNone) {
      order.product = by_barcode;
    } else if (listing != nullptr && listing->product != kNone && !order.configured && order.product != kNone &&
               listing->product != order.product && keys.base_of(listing->product) == order.product) {
      order.product = listing->product;  // an order that states no configuration has that of the listing which it names
    }
    if (month.any_used && (order.used || (listing != nullptr && listing->used)) && order.use == RowUse::used) {
      const std::lock_guard lock(mutex);
      --order_counts.by_use[static_cast<std::size_t>(RowUse::used)];
      ++order_counts.by_use[static_cast<std::size_t>(RowUse::not_comparable)];
      order.use = RowUse::not_comparable;
    }
    if (order.product == kNone && order.use == RowUse::used) {
      const std::lock_guard lock(mutex);
      --order_counts.by_use[static_cast<std::size_t>(RowUse::used)];
      ++order_counts.by_use[static_cast<std::size_t>(RowUse::unmatched)];
      order.use = RowUse::unmatched;
    }
  });
  if (!late.empty()) std::erase_if(month.orders, [](const ingest::Order& order) { return order.supplier == kNone; });
  late.report(ProblemAction::rejected);

  for (ingest::IndexPrice& row : month.index) {
    row.product = row.gtin != 0 ? barcodes.product(row.gtin, keys) : kNone;
    if (row.product == kNone) row.product = row.model_product;
    if (row.product == kNone && row.use == RowUse::used) row.use = RowUse::unmatched;
  }

  auto& quote_counts = month.tables["quotes"].counts;
  for (auto& pending : month.quotes.pending) {
    std::uint32_t product = pending.gtin == 0 ? kNone : barcodes.product(pending.gtin, keys);
    if (product != kNone)
      month.quotes.product_of_pending.emplace(pending.gtin, product);
    else if (const auto found = month.quotes.product_of_title.find(pending.title); found != month.quotes.product_of_title.end())
      product = found->second;
    else
      product = pending.model_product;
    const auto use = static_cast<RowUse>(pending.quote.use);
    if (product == kNone) {
      ++quote_counts.by_use[static_cast<std::size_t>(use == RowUse::used ? RowUse::unmatched : use)];
      continue;
    }
    ++quote_counts.by_use[static_cast<std::size_t>(use)];
    if (pending.spec != kNone) month.quotes.specs.push_back({product, month.quotes.pack(pending.quote.pack).first, pending.spec});
    month.quotes.add(product, pending.quote);
  }
}

void read_groups(ingest::Month& month) {
  ingest::Keys& keys = *month.keys;
  Interner groups;
  const auto& dictionaries = keys.dictionaries();
  std::map<std::uint32_t, std::uint32_t> group_of;
  std::map<std::uint32_t, std::string> names;
  for (const auto& row : dictionaries.suppliers) {
    const auto supplier = keys.supplier(trimmed(row.supplier_id));
    const auto group = trimmed(row.group_id);
    if (!group.empty()) group_of[supplier] = groups.intern("g" + std::string(group));
    if (!group.empty()) names[supplier] = group;
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shops;  // operator, supplier
  for (const auto& row : dictionaries.shops)
    if (!trimmed(row.supplier_id).empty())
      shops.emplace_back(keys.operator_of(trimmed(row.alias)), keys.supplier(trimmed(row.supplier_id)));
  month.group_of.resize(keys.suppliers.size());
  month.party_of.resize(keys.suppliers.size());
  for (std::uint32_t supplier = 0; supplier < keys.suppliers.size(); ++supplier) {
    const auto found = group_of.find(supplier);
    month.group_of[supplier] = found != group_of.end() ? found->second : groups.intern("s" + std::string(keys.suppliers[supplier]));
    const auto name = names.find(supplier);
    month.party_of[supplier] = name != names.end() ? name->second : std::string(keys.suppliers[supplier]);
  }
  month.groups_of_operator.assign(keys.operators.size(), {});
  month.has_groups_of_operator.assign(keys.operators.size(), 0);
  for (const auto& [operator_number, supplier] : shops) {
    auto& own = month.groups_of_operator[operator_number];
    const std::uint32_t group = month.group_of[supplier];
    month.has_groups_of_operator[operator_number] = 1;
    if (std::find(own.begin(), own.end(), group) == own.end()) own.push_back(group);
  }
}

}  // namespace fairprice::catalogue
