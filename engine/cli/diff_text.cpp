#include "engine/cli/diff_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/cli/terminal.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using cases::kNotThere;
using cases::ListingChange;
using cases::PriceRow;
using Align = TextTable::Align;

namespace {

std::string_view price_name(ListingChange::Price price) {
  switch (price) {
    case ListingChange::Price::same: return "same";
    case ListingChange::Price::dearer: return "dearer";
    case ListingChange::Price::cheaper: return "cheaper";
    case ListingChange::Price::unknown: return "";
  }
  return "";
}

std::string_view decision_name(const PriceRow* row) { return row == nullptr ? std::string_view() : rules::decision_name(row->decision); }
Money amount(const PriceRow* row, Money PriceRow::*which) { return row == nullptr ? assessment::kAbsent : row->*which; }
std::string_view listing_of(const ListingChange& change) { return (change.now != nullptr ? change.now : change.before)->listing; }

/// What stands in a place of the counts.
std::string place_words(std::size_t place, Language language, bool before) {
  if (place != kNotThere) return std::string(publishing::decision_words(static_cast<rules::Decision>(place), language));
  if (language == Language::zh) return before ? "（新上架）" : "（已不在）";
  return before ? "(new)" : "(gone)";
}

std::string as_csv(const cases::RunDiff& diff) {
  publishing::CsvBuffer csv;
  csv.put_plain(
      "listing_id,decision_before,decision,price_change,price_before,price,monitoring_price_before,monitoring_price,max_fair_price_before,"
      "max_fair_price");
  csv.end_row();
  for (const ListingChange& one : diff.changes) {
    csv.put_text(listing_of(one));
    csv.comma();
    csv.put_plain(decision_name(one.before));
    csv.comma();
    csv.put_plain(decision_name(one.now));
    csv.comma();
    csv.put_plain(price_name(one.price));
    for (const auto which : {&PriceRow::price, &PriceRow::monitoring_price, &PriceRow::max_fair_price})
      for (const PriceRow* row : {one.before, one.now}) {
        csv.comma();
        if (const Money money = amount(row, which); assessment::present(money)) csv.put_money(money);
      }
    csv.end_row();
  }
  return std::string(csv.bytes());
}

std::string as_json(const cases::RunDiff& diff, const DiffNames& names) {
  publishing::Json json;
  json.begin_object().member("before", names.before).member("now", names.now);
  json.member("listings_before", diff.before).member("listings", diff.now);
  json.member("dearer", diff.dearer).member("cheaper", diff.cheaper).member("same_price", diff.same_price);
  json.member("not_comparable", diff.not_comparable);
  json.key("decisions").begin_array();
  for (std::size_t from = 0; from <= kNotThere; ++from)
    for (std::size_t to = 0; to <= kNotThere; ++to) {
      if (diff.decisions[from][to] == 0) continue;
      const auto name = [](std::size_t place) {
        return place == kNotThere ? std::string_view() : rules::decision_name(static_cast<rules::Decision>(place));
      };
      json.begin_object().member("before", name(from)).member("now", name(to)).member("listings", diff.decisions[from][to]).end_object();
    }
  json.end_array();
  json.key("changes").begin_array();
  for (const ListingChange& one : diff.changes) {
    json.begin_object().member("listing_id", listing_of(one));
    json.member("decision_before", decision_name(one.before)).member("decision", decision_name(one.now));
    json.member("price_change", price_name(one.price));
    const std::pair<const char*, Money> amounts[] = {{"price_before", amount(one.before, &PriceRow::price)},
                                                     {"price", amount(one.now, &PriceRow::price)},
                                                     {"monitoring_price_before", amount(one.before, &PriceRow::monitoring_price)},
                                                     {"monitoring_price", amount(one.now, &PriceRow::monitoring_price)},
                                                     {"max_fair_price_before", amount(one.before, &PriceRow::max_fair_price)},
                                                     {"max_fair_price", amount(one.now, &PriceRow::max_fair_price)}};
    for (const auto& [name, money] : amounts) json.member(name, publishing::money_text(money));
    json.end_object();
  }
  json.end_array().end_object();
  return std::move(json).str();
}

}  // namespace

std::string diff_text(const cases::RunDiff& diff, const DiffNames& names, const std::string& format, std::size_t most,
                      const CommonOptions& common) {
  if (format == "csv") return as_csv(diff);
  if (format == "json") return as_json(diff, names);
  const Language language = common.terminal;
  const bool zh = language == Language::zh;
  Page page(common.colour_out);
  page.line(fmt::format(fmt::runtime(zh ? "{} → {}：商品 {} → {}；涨价 {}，降价 {}，价格未变 {}，无法比较 {}"
                                        : "{} → {}: listings {} → {}; dearer {}, cheaper {}, price unchanged {}, not comparable {}"),
                        names.before, names.now, grouped(diff.before), grouped(diff.now), grouped(diff.dearer), grouped(diff.cheaper),
                        grouped(diff.same_price), grouped(diff.not_comparable)),
            Style::bold);
  page.line();
  TextTable moved({Align::left, Align::left, Align::right});
  moved.row({zh ? "此前" : "before", zh ? "此后" : "now", zh ? "商品" : "listings"});
  for (std::size_t from = 0; from <= kNotThere; ++from)
    for (std::size_t to = 0; to <= kNotThere; ++to)
      if (diff.decisions[from][to] > 0)
        moved.row({place_words(from, language, true), from == to ? (zh ? "不变" : "the same") : place_words(to, language, false),
                   grouped(diff.decisions[from][to])});
  moved.print(page);
  if (diff.changes.empty()) return page.text();
  page.line();
  TextTable list({Align::left, Align::left, Align::left, Align::right, Align::right, Align::right, Align::right});
  list.row({zh ? "商品" : "listing", zh ? "此前" : "before", zh ? "此后" : "now", zh ? "原价" : "price before", zh ? "现价" : "price",
            zh ? "原监测价" : "monitoring before", zh ? "监测价" : "monitoring"});
  const auto place = [](const PriceRow* row) { return row == nullptr ? kNotThere : static_cast<std::size_t>(row->decision); };
  const std::size_t shown = std::min(most, diff.changes.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const ListingChange& one = diff.changes[i];
    list.row({shortened(listing_of(one), 24), place_words(place(one.before), language, true), place_words(place(one.now), language, false),
              publishing::money_text(amount(one.before, &PriceRow::price)), publishing::money_text(amount(one.now, &PriceRow::price)),
              publishing::money_text(amount(one.before, &PriceRow::monitoring_price)),
              publishing::money_text(amount(one.now, &PriceRow::monitoring_price))});
  }
  list.print(page);
  if (shown < diff.changes.size())
    page.line(
        fmt::format(fmt::runtime(zh ? "  另有 {} 项变化：--format csv --output FILE" : "  and {} more changes: --format csv --output FILE"),
                    grouped(static_cast<std::int64_t>(diff.changes.size() - shown))));
  return page.text();
}

}  // namespace fairprice::cli
