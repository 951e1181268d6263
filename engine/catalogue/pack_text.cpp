#include "engine/catalogue/pack_text.hpp"

#include <algorithm>
#include <optional>

#include "engine/base/text.hpp"
#include "engine/catalogue/pack_words.hpp"

/// The patterns, N a count, U and V units, V the larger one, [ ] optional:
///   N U / V, N U [每 | 一] V, N U V 装, N U 装 / V      a count a container
///   每 V N U, 一 V N U, V 装 N U                          the same the other way round
///   N U × N V × …  [/ W]                                  a product, inner unit first, or outer unit first where that is larger
///   measure × N [U], N U × measure, 1 × N                 so many of something
///   N U 装, N 入                                           what one listing holds
///   N U                                                   the same, where neither a word follows nor 配, 可, 约 … stand in front
///   整 V                                                   a whole container
///   买 N [U] 送 N [U]                                      so many for one price
namespace fairprice::catalogue {

namespace {

using Kind = PackWord::Kind;
using Words = std::vector<PackWord>;

struct Item {
  std::int64_t count = 0;
  std::string_view unit = {};  ///< empty: not named
  std::string_view per = {};   ///< the container named behind it, if any
  bool packed = false;         ///< 装
};

class Reader {
 public:
  explicit Reader(Words words) : words_(std::move(words)) {}

  PackText read() {
    while (at_ < words_.size()) next();
    link();
    return std::move(result_);
  }

 private:
  struct Step {
    PackStep step;
    PackCertainty certainty;
  };

  const PackWord& word(std::size_t at) const {
    static const PackWord kEdge{.kind = Kind::edge};
    return at < words_.size() ? words_[at] : kEdge;
  }
  bool is(std::size_t at, Kind kind) const { return word(at).kind == kind; }
  std::size_t behind_edge(std::size_t at) const { return is(at, Kind::edge) && at < words_.size() ? at + 1 : at; }

  void per(std::int64_t count, std::string_view inner, std::string_view outer) {
    steps_.push_back({{count, std::string(inner), std::string(outer)}, PackCertainty::stated});
  }

  void next() {
    if (is(at_, Kind::aside)) return pass_over();  // 可订20页
    if (is(at_, Kind::buy) && bonus()) return;
    if (is(at_, Kind::gift)) return pass_over();  // 送2支
    if (is(at_, Kind::whole) && is(at_ + 1, Kind::unit) && word(at_ + 1).rank >= 2) {
      result_.whole = word(at_ + 1).unit;
      ++at_;  // 整箱8包 goes on as 箱8包
      if (container_first(at_, at_ + 1)) return;
      ++at_;
      return;
    }
    if (is(at_, Kind::every) && is(at_ + 1, Kind::unit) && container_first(at_ + 1, at_ + 2)) return;
    if (is(at_, Kind::count) && word(at_).count == 1 && is(at_ + 1, Kind::unit) && container_first(at_ + 1, at_ + 2)) return;
    if (is(at_, Kind::unit) && is(at_ + 1, Kind::packed) && container_first(at_, at_ + 2)) return;
    if (is(at_, Kind::count) || is(at_, Kind::measure)) return product();
    ++at_;
  }

  /// A word, the verb behind it (可订20页), and the count with its unit.
  void pass_over() {
    ++at_;
    if (is(at_, Kind::other) && is(at_ + 1, Kind::count)) ++at_;
    if (is(at_, Kind::count)) ++at_;
    if (is(at_ - 1, Kind::count) && is(at_, Kind::unit)) ++at_;
  }

  /// 买 2 包 送 1 包
  bool bonus() {
    std::size_t at = at_ + 1;
    if (!is(at, Kind::count)) return false;
    std::int64_t count = word(at).count;
    std::string_view unit;
    if (is(++at, Kind::unit)) unit = word(at++).unit;
    at = behind_edge(at);
    if (!is(at, Kind::gift) || !is(at + 1, Kind::count)) return false;
    count += word(++at).count;
    if (is(++at, Kind::unit)) {
      if (unit.empty()) unit = word(at).unit;
      if (unit != word(at).unit) return false;  // 买1台送2支: what comes along
      ++at;
    }
    if (count < 1) return false;
    steps_.push_back({{count, std::string(unit), ""}, PackCertainty::stated});
    at_ = at;
    return true;
  }

  /// Behind the container at `container`: [edge | 装] N U, U the smaller one.
  bool container_first(std::size_t container, std::size_t at) {
    if (is(at, Kind::packed)) ++at;
    at = behind_edge(at);
    if (is(at, Kind::per)) ++at;
    if (!is(at, Kind::count) || !is(at + 1, Kind::unit) || word(at + 1).rank >= word(container).rank || word(at).count < 1) return false;
    if (is(at + 2, Kind::per) || is(at + 2, Kind::times)) return false;  // 1箱 8包/件: the slash says it
    per(word(at).count, word(at + 1).unit, word(container).unit);
    at_ = at + 2;
    return true;
  }

  /// One factor at `at`; moves behind it.
  std::optional<Item> factor(std::size_t& at) {
    if (!is(at, Kind::count)) return std::nullopt;
    Item item{.count = word(at).count};
    ++at;
    if (!is(at, Kind::unit)) {
      if (is(at, Kind::packed)) item.packed = true, ++at;
      return item;
    }
    const int rank = word(at).rank;
    item.unit = word(at++).unit;
    if (is(at, Kind::packed)) item.packed = true, ++at;
    const std::size_t close = behind_edge(at);
    if (is(at, Kind::unit) && word(at).rank > rank && is(at + 1, Kind::packed)) {  // 24支盒装
      item.per = word(at).unit;
      at += 2;
    } else if (is(at, Kind::per) || (is(at, Kind::edge) && is(close, Kind::per))) {
      at = (is(at, Kind::per) ? at : close) + 1;
      if (is(at, Kind::every) || (is(at, Kind::count) && word(at).count == 1)) ++at;
      if (!is(at, Kind::unit)) return std::nullopt;  // 33页/分
      item.per = word(at++).unit;
      if (is(at, Kind::packed)) ++at;
    } else if ((is(at, Kind::every) || (is(at, Kind::count) && word(at).count == 1)) && is(at + 1, Kind::unit) &&
               word(at + 1).rank > rank && !is(at + 2, Kind::count)) {  // 24支每盒
      item.per = word(at + 1).unit;
      at += 2;
    }
    return item;
  }

  /// A count, alone or as the first factor of a product.
  void product() {
    std::size_t at = at_;
    const bool measured = is(at, Kind::measure);
    std::vector<Item> items;
    bool broken = false;
    bool multiplied = false;
    if (measured) {
      ++at;
      if (!is(at, Kind::times)) {
        at_ = at;
        return;
      }
    } else if (const auto first = factor(at)) {
      items.push_back(*first);
    } else {
      at_ = std::max(at, at_ + 1);
      return;
    }
    while (is(behind_edge(at), Kind::times)) {
      multiplied = true;
      std::size_t behind = behind_edge(behind_edge(at) + 1);
      if (is(behind, Kind::measure)) {
        at = behind + 1;
        continue;
      }
      const auto item = factor(behind);
      at = std::max(behind, at + 1);
      if (!item) {
        broken = true;
        break;
      }
      items.push_back(*item);
    }
    const bool in_words = word(at_).in_words;
    at_ = std::max(at, at_ + 1);
    if (broken || items.empty() || std::any_of(items.begin(), items.end(), [](const Item& item) { return item.count < 1; })) return;
    if (multiplied) {
      if (ends_here(at, items.back())) multiply(std::move(items), measured);
      return;
    }
    const Item& item = items.front();
    if (!item.per.empty()) return per(item.count, item.unit, item.per);
    if (item.packed) return hold(item, PackCertainty::stated);
    if (item.unit.empty() || in_words || !ends_here(at, item)) return;
    hold(item, PackCertainty::likely);
  }

  /// No word follows that the last unit could belong to: 6个插孔 are no six.
  bool ends_here(std::size_t at, const Item& last) const {
    if (last.packed || !last.per.empty()) return true;
    return at >= words_.size() || is(at, Kind::edge) || is(at, Kind::count) || is(at, Kind::measure) || is(at, Kind::whole) ||
           is(at, Kind::buy) || is(at, Kind::gift) || is(at, Kind::every);
  }

  void hold(const Item& item, PackCertainty certainty) {
    if (item.unit.empty() && item.count == 1) return;
    held_.push_back({{item.count, std::string(item.unit), ""}, certainty});
  }

  /// Factors from the inner to the outer unit.
  void multiply(std::vector<Item> items, bool measured) {
    const bool all_named = std::all_of(items.begin(), items.end(), [](const Item& item) { return !item.unit.empty(); });
    if (items.size() > 1 && all_named && items.front().per.empty() && pack_rank(items.front().unit) > pack_rank(items.back().unit)) {
      const std::string_view outer = items.back().per == items.front().unit ? "" : items.back().per;
      items.back().per = {};
      std::reverse(items.begin(), items.end());
      items.back().per = outer;
    }
    const bool any_named = std::any_of(items.begin(), items.end(), [](const Item& item) { return !item.unit.empty(); });
    if (!any_named && !measured) {  // 1*12; other bare products are sizes
      if (items.size() != 2 || items[0].count != 1 || items[1].count < 2) return;
      items.erase(items.begin());
    }
    if (measured && !any_named && items.size() > 1) return;
    PackChain chain;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Item& item = items[i];
      const Item* const next = i + 1 < items.size() ? &items[i + 1] : nullptr;
      std::string_view inner = item.unit;
      if (inner.empty() && i > 0) inner = items[i - 1].per;
      if (i > 0 && !chain.steps.empty()) inner = chain.steps.back().outer;
      std::string_view outer = item.per;
      if (next != nullptr && outer.empty()) outer = next->unit;
      if (next != nullptr && !next->unit.empty() && outer != next->unit) return;  // 24支/盒*10箱: two things, and neither is clear
      chain.steps.push_back({item.count, std::string(inner), std::string(outer)});
    }
    if (!chain.says_what_is_sold()) chain.certainty = PackCertainty::stated;
    if (items.back().packed) chain.certainty = PackCertainty::stated;
    products_.push_back(std::move(chain));
  }

  /// Puts single steps together, and what is held on top of them.
  void link() {
    std::vector<PackChain> chains;
    std::vector<Step> steps;
    for (Step& step : steps_) {
      const auto same = std::find_if(steps.begin(), steps.end(), [&](const Step& other) {
        return other.step.inner == step.step.inner && other.step.outer == step.step.outer;
      });
      if (same == steps.end())
        steps.push_back(std::move(step));
      else if (same->step.count != step.step.count)
        result_.contradictory = true;
    }
    for (const Step& first : steps) {
      const bool is_first = std::none_of(
          steps.begin(), steps.end(), [&](const Step& other) { return !other.step.outer.empty() && other.step.outer == first.step.inner; });
      if (!is_first) continue;
      PackChain chain{{first.step}, first.certainty};
      while (chain.steps.size() <= steps.size()) {
        const auto further = std::find_if(steps.begin(), steps.end(), [&](const Step& other) {
          return !chain.says_what_is_sold() && other.step.inner == chain.steps.back().outer;
        });
        if (further == steps.end()) break;
        chain.steps.push_back(further->step);
      }
      chains.push_back(std::move(chain));
    }
    chains.insert(chains.end(), std::make_move_iterator(products_.begin()), std::make_move_iterator(products_.end()));
    add_held(chains);
    result_.chains = std::move(chains);
  }

  void add_held(std::vector<PackChain>& chains) {
    std::vector<Step> alone;
    for (Step& held : held_) {
      bool used = false;
      for (PackChain& chain : chains) {
        if (is_total(chain, held.step, used)) break;
        if (!chain.says_what_is_sold() && chain.steps.back().outer == held.step.inner) {
          chain.steps.push_back(held.step);
          chain.certainty = held.certainty;
          used = true;
          break;
        }
      }
      if (!used && held.step.count > 1) alone.push_back(std::move(held));
    }
    // 500张 5包 is a chain; of 5箱 40包 only the outermost is clear.
    PackChain chain;
    for (Step& held : alone) {
      const int rank = pack_rank(held.step.inner);
      if (held.certainty == PackCertainty::stated) {
        const auto again = std::find_if(chains.begin(), chains.end(), [&](const PackChain& other) {
          return other.steps.size() == 1 && other.steps[0].inner == held.step.inner && other.steps[0].outer.empty();
        });
        if (again == chains.end())
          chains.push_back({{held.step}, held.certainty});
        else if (again->steps[0].count != held.step.count)
          result_.contradictory = true;
      } else if (chain.steps.empty()) {
        chain.steps.push_back(std::move(held.step));
      } else if (const int last = pack_rank(chain.steps.back().inner); rank > last) {
        chain.steps.back().outer = held.step.inner;
        chain.steps.push_back(std::move(held.step));
      } else if (held.step.inner == chain.steps.back().inner && held.step.count != chain.steps.back().count) {
        result_.contradictory = true;
      }
    }
    if (chain.steps.empty()) return;
    // 80页 4本装: what is in one of those that are sold.
    const std::string& inner = chain.steps.back().inner;
    for (PackChain& sold : chains)
      if (sold.steps.size() == 1 && sold.says_what_is_sold() && pack_rank(sold.steps[0].inner) > pack_rank(inner) &&
          pack_rank(inner) >= 0) {
        chain.steps.back().outer = sold.steps[0].inner;
        sold.steps.insert(sold.steps.begin(), chain.steps.begin(), chain.steps.end());
        return;
      }
    chains.push_back(std::move(chain));
  }

  /// 100片 beside 10片*10袋 repeats the product; 120片 contradicts it.
  bool is_total(const PackChain& chain, const PackStep& held, bool& used) {
    if (held.inner.empty() || held.inner != chain.steps[0].inner) return false;
    std::int64_t product = 1;
    for (const PackStep& step : chain.steps) {
      product = std::min<std::int64_t>(product * step.count, 1'000'000'000'000);
      if (product == held.count) return used = true;
    }
    if (chain.says_what_is_sold() && held.count > 1) {
      result_.contradictory = true;
      return used = true;
    }
    return false;
  }

  Words words_;
  std::size_t at_ = 0;
  std::vector<Step> steps_, held_;
  std::vector<PackChain> products_;
  PackText result_;
};

}  // namespace

PackText read_packs(std::string_view text) {
  if (text.empty() || !is_utf8(text)) return {};
  return Reader(pack_words(canonical_text(text))).read();
}

std::string to_text(const PackChain& chain) {
  std::string text;
  for (const PackStep& step : chain.steps) {
    if (!text.empty()) text += ' ';
    text += std::to_string(step.count) + step.inner;
    if (!step.outer.empty()) text += "/" + step.outer;
  }
  return text;
}

bool holds_packs(std::string_view unit) { return pack_rank(unit) >= 3; }

}  // namespace fairprice::catalogue
