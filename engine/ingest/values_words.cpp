#include <algorithm>
#include <array>
#include <string>

#include "engine/base/text.hpp"
#include "engine/ingest/values.hpp"

/// Cells that hold one of a few words. Case and width do not matter, hyphen and underscore are the same.
namespace fairprice::ingest {

namespace {

constexpr std::size_t kLongestCell = 128;

template <class T>
struct Word {
  std::string_view text;  ///< canonical, with `_` for `-`
  T meaning;
};

bool same_letter(char of_cell, char of_word) {
  if (of_cell >= 'a' && of_cell <= 'z') return of_cell - 'a' + 'A' == of_word;
  return of_cell == of_word || (of_cell == '-' && of_word == '_');
}

/// The meaning of a cell, null for none of the words.
template <class T, std::size_t kWords>
const T* find_word(const std::array<Word<T>, kWords>& words, std::string_view cell) {
  for (const auto& word : words)
    if (word.text.size() == cell.size() && std::equal(cell.begin(), cell.end(), word.text.begin(), same_letter)) return &word.meaning;
  if (cell.empty() || cell.size() > kLongestCell) return nullptr;
  if (fast::has_plain_ends(cell) && is_ascii_or_ideographs(cell)) return nullptr;  // the comparison above was the whole one
  std::string text = canonical_text(cell);
  std::replace(text.begin(), text.end(), '-', '_');
  for (const auto& word : words)
    if (word.text == text) return &word.meaning;
  return nullptr;
}

template <class T, std::size_t kWords>
Parsed<T> parse_word(const std::array<Word<T>, kWords>& words, std::string_view cell, ProblemCode code) {
  if (const T* meaning = find_word(words, cell)) return Parsed<T>::good(*meaning);
  return Parsed<T>::bad(trimmed(cell).empty() ? ProblemCode::missing_value : code);
}

constexpr auto kBooleans = std::to_array<Word<bool>>(
    {{"TRUE", true}, {"FALSE", false}, {"1", true},     {"0", false},    {"YES", true},  {"NO", false},     {"Y", true},    {"N", false},
     {"T", true},    {"F", false},     {"是", true},    {"否", false},   {"有", true},   {"无", false},     {"有货", true}, {"无货", false},
     {"现货", true}, {"缺货", false},  {"断货", false}, {"售罄", false}, {"含税", true}, {"不含税", false}, {"未税", false}});

constexpr auto kChannels = std::to_array<Word<Channel>>({{"ECOMMERCE", Channel::ecommerce},
                                                         {"STORE", Channel::store},
                                                         {"电商", Channel::ecommerce},
                                                         {"实体", Channel::store},
                                                         {"E_COMMERCE", Channel::ecommerce},
                                                         {"ONLINE", Channel::ecommerce},
                                                         {"线上", Channel::ecommerce},
                                                         {"网店", Channel::ecommerce},
                                                         {"线下", Channel::store},
                                                         {"实体店", Channel::store},
                                                         {"门店", Channel::store},
                                                         {"PHYSICAL", Channel::store}});

constexpr auto kShopTypes = std::to_array<Word<ShopType>>({{"SELF_OPERATED", ShopType::self_operated},
                                                           {"FLAGSHIP", ShopType::flagship},
                                                           {"THIRD_PARTY", ShopType::third_party},
                                                           {"自营", ShopType::self_operated},
                                                           {"旗舰店", ShopType::flagship},
                                                           {"第三方", ShopType::third_party}});

constexpr auto kPriceKinds = std::to_array<Word<PriceKind>>({{"REGULAR", PriceKind::regular},
                                                             {"PROMOTION", PriceKind::promotion},
                                                             {"COUPON", PriceKind::coupon},
                                                             {"SUBSIDISED", PriceKind::subsidised},
                                                             {"SUBSIDIZED", PriceKind::subsidised},
                                                             {"MEMBER", PriceKind::member},
                                                             {"常规", PriceKind::regular},
                                                             {"促销", PriceKind::promotion},
                                                             {"优惠券", PriceKind::coupon},
                                                             {"补贴", PriceKind::subsidised},
                                                             {"会员", PriceKind::member}});

constexpr auto kOrigins = std::to_array<Word<Origin>>(
    {{"PUBLISHED", Origin::published}, {"OWN", Origin::own}, {"发布", Origin::published}, {"自编", Origin::own}});

constexpr auto kDayKinds = std::to_array<Word<DayKind>>({{"HOLIDAY", DayKind::holiday},
                                                         {"WORKDAY", DayKind::workday},
                                                         {"放假", DayKind::holiday},
                                                         {"上班", DayKind::workday},
                                                         {"节假日", DayKind::holiday},
                                                         {"工作日", DayKind::workday},
                                                         {"休", DayKind::holiday},
                                                         {"班", DayKind::workday}});

constexpr auto kStatuses = std::to_array<Word<OrderStatus>>({{"CANCELLED", OrderStatus::cancelled},
                                                             {"CANCELED", OrderStatus::cancelled},
                                                             {"取消", OrderStatus::cancelled},
                                                             {"已取消", OrderStatus::cancelled},
                                                             {"RETURNED", OrderStatus::returned},
                                                             {"退货", OrderStatus::returned},
                                                             {"已退货", OrderStatus::returned}});

}  // namespace

Parsed<bool> parse_boolean(std::string_view cell) { return parse_word(kBooleans, cell, ProblemCode::not_a_boolean); }
Parsed<Channel> parse_channel(std::string_view cell) { return parse_word(kChannels, cell, ProblemCode::not_a_channel); }
Parsed<ShopType> parse_shop_type(std::string_view cell) { return parse_word(kShopTypes, cell, ProblemCode::not_a_shop_type); }
Parsed<PriceKind> parse_price_kind(std::string_view cell) { return parse_word(kPriceKinds, cell, ProblemCode::not_a_price_kind); }
Parsed<Origin> parse_origin(std::string_view cell) { return parse_word(kOrigins, cell, ProblemCode::not_an_origin); }
Parsed<DayKind> parse_day_kind(std::string_view cell) { return parse_word(kDayKinds, cell, ProblemCode::not_a_day_kind); }

OrderStatus parse_status(std::string_view cell) {
  const OrderStatus* status = find_word(kStatuses, cell);
  return status == nullptr ? OrderStatus::counts : *status;
}

}  // namespace fairprice::ingest
