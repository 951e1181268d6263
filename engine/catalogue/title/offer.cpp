#include "engine/catalogue/title/offer.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, 56> kParts = {
    "硒鼓芯片",   "计数芯片", "空盒",   "空鼓",   "墨粉盒", "粉盒",   "碳粉",   "墨粉",   "粉仓",   "定影",   "主板",     "电源板",
    "加热组件",   "维修",     "租赁",   "月租",   "安装费", "润滑油", "刀片",   "灯泡",   "手机壳", "碎屏险", "换新服务", "回收",
    "配件",       "耗材",     "适配器", "充电器", "保护套", "保护壳", "保护膜", "键盘膜", "贴膜",   "钢化膜", "屏幕膜",   "内胆包",
    "电脑包",     "双肩包",   "手提包", "鼠标垫", "支架",   "扩展坞", "转接头", "数据线", "电源线", "内存条", "延保",     "原装电池",
    "笔记本电池", "电脑电池", "散热器", "托架",   "皮套",   "触控笔", "手写笔", "遥控器"};
constexpr std::array<std::string_view, 22> kBundled = {"鼠标",   "键盘", "包",   "背包", "笔",   "耳机", "音箱", "显示器",
                                                       "打印机", "硒鼓", "墨盒", "纸",   "支架", "充电", "电源", "适配",
                                                       "坞",     "路由", "礼",   "套",   "盘",   "盖"};
/// What may stand behind 含 without anything being added to the item.
constexpr std::array<std::string_view, 10> kNothingAdded = {"税", "票", "发票", "运", "安装", "服务", "增值", "普票", "专票", "邮"};
/// 送 and 赠 that give nothing away.
constexpr std::array<std::string_view, 8> kNoGift = {"配送", "送货", "送达", "送装", "传送", "发送", "输送", "送风"};

bool says(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

/// A part that the text names; 触控笔 is none in 触控笔记本.
bool names_part(std::string_view text) {
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    const std::size_t at = text.find(part);
    return at != std::string_view::npos && !text.substr(at + part.size()).starts_with("记本");
  });
}

template <std::size_t kSize>
bool says_any(std::string_view text, const std::array<std::string_view, kSize>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return says(text, word); });
}

template <std::size_t kSize>
bool starts_with_any(std::string_view text, const std::array<std::string_view, kSize>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// Of canonical text.
Condition condition_of(std::string_view text) {
  for (std::size_t at = text.find("二手"); at != std::string_view::npos; at = text.find("二手", at + 6)) {
    const std::string_view behind = text.substr(at + 6);
    const std::string_view before = text.substr(0, at);
    const bool denied = before.ends_with("非") || before.ends_with("不是") || before.ends_with("无") || before.ends_with("拒绝") ||
                        behind.starts_with("勿") || behind.starts_with("回收");
    if (!denied && !behind.starts_with("烟")) return Condition::second_hand;
  }
  for (const std::string_view word :
       {"准新机", "充新", "官换机", "靓机", "拆机", "再制造", "二手机", "九九新", "九五新", "99%新", "95%新", "展示机", "旧机"})
    if (says(text, word)) return Condition::second_hand;
  if (says(text, "成新")) return Condition::second_hand;
  // 样机 is a display unit; 打样机 and 取样机 are machines.
  for (std::size_t at = text.find("样机"); at != std::string_view::npos; at = text.find("样机", at + 6)) {
    const std::string_view before = text.substr(0, at);
    if (!before.ends_with("打") && !before.ends_with("取") && !before.ends_with("采") && !before.ends_with("制"))
      return Condition::second_hand;
  }
  // 99新, 95 新, but not 2019新款.
  for (std::size_t at = text.find("新"); at != std::string_view::npos; at = text.find("新", at + 3)) {
    const std::string_view behind = text.substr(at + 3);
    if (behind.starts_with("款") || behind.starts_with("品") || behind.starts_with("年") || behind.starts_with("店")) continue;
    std::string_view before = text.substr(0, at);
    if (before.ends_with(' ')) before.remove_suffix(1);
    if (before.ends_with("9.9") || before.ends_with("9.5")) return Condition::second_hand;
    const std::size_t n = before.size();
    if (n >= 2 && is_digit(before[n - 1]) && (before[n - 2] == '9' || before[n - 2] == '8') &&
        (n == 2 || (!is_digit(before[n - 3]) && !is_letter(before[n - 3]) && before[n - 3] != '.')))
      return Condition::second_hand;
  }
  if (says(text, "翻新") || says(text, "官翻") || says(text, "REFURB") || says(text, "RENEWED") || says(text, "RECERTIFIED"))
    return Condition::refurbished;
  return Condition::brand_new;
}

}  // namespace

bool says_used(std::string_view cell) {
  // Without one of these the cell cannot say so; most cells end here.
  const bool may = says(cell, "手") || says(cell, "新") || says(cell, "翻") || says(cell, "机") || says(cell, "造") ||
                   cell.find_first_of("Rr\xEF\xF0") != std::string_view::npos;
  return may && is_utf8(cell) && condition_of(canonical_text(cell)) != Condition::brand_new;
}

Offer read_offer(Tokens& tokens) {
  Offer offer;
  offer.condition = condition_of(tokens.text());
  offer.item_end = tokens.size();
  const auto take_phrase = [&](std::size_t from) {
    for (std::size_t i = from; i < tokens.size() && tokens[i].kind != TokenKind::mark; ++i) {
      if (i > from && tokens[i].spaced && tokens[i - 1].kind == TokenKind::ideas) break;
      tokens[i].taken = true;
    }
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view text = tokens[i].text;
    if (tokens[i].kind == TokenKind::word) {
      if (text == "FOR" && tokens.is_word(i + 1)) {
        offer.accessory = true;
        offer.item_end = std::min(offer.item_end, i);
      }
      continue;
    }
    if (tokens[i].kind != TokenKind::ideas) continue;
    if (says(text, "适用") || says(text, "适配于") || says(text, "兼容") || says(text, "专用于") || says(text, "通用") ||
        says(text, "代用") || says(text, "替代") || (text == "用" && i > 0 && tokens.is_word(i - 1))) {
      offer.accessory = true;
      offer.item_end = std::min(offer.item_end, i);
    }
    if (says(text, "政采") || says(text, "政府专") || says(text, "政府采购") || says(text, "政企专") || says(text, "政企定") ||
        says(text, "机关专供"))
      offer.government_only = true;
    if (says(text, "定制")) offer.customised = true;
    const bool plus = tokens.is_mark(i - 1, '+') || (i > 1 && tokens.is_word(i - 1) && all_digits(tokens[i - 1].text) &&
                                                     tokens.is_mark(i - 2, '+') && text.starts_with("显示器"));  // +23显示器
    const bool gift = !says_any(text, kNoGift) && (says(text, "送") || says(text, "赠")) && !says(text, "上门");
    if (gift) {
      offer.gift = true;
      // A gift of some worth makes the price another thing's.
      std::size_t next = i + 1;  // 赠1920*1200键盘
      while (next < tokens.size() && tokens[next].kind != TokenKind::ideas && !tokens[next].spaced) ++next;
      const std::string_view given = tokens.at(next).spaced ? std::string_view() : tokens.at(next).text;
      if (says(given, "键盘") || says(given, "显示器") || text.ends_with("送笔") || text.ends_with("赠笔")) offer.bundle = true;
      if (says(text, "键盘") || says(text, "显示器") || says(text, "打印机") || says(text, "触控笔") || says(text, "手写笔") ||
          says(text, "硬盘"))
        offer.bundle = true;
      const std::size_t at = std::min(text.find("送"), text.find("赠"));
      if (at + 3 == text.size() || text.substr(at + 3) == "送" || at > 0 || tokens.is_word(i + 1)) take_phrase(i + 1);
      continue;
    }
    if (plus && says_any(text, kBundled)) {
      offer.bundle = true;
      continue;
    }
    if ((says(text, "键盘") && !says(text, "背光键盘")) || text == "触控笔" || text == "手写笔" || text == "蓝牙笔") {  // 8G/128G/键盘
      const char before = tokens.before(i).text.empty() ? ' ' : tokens.before(i).text[0];
      if (before == '/' || before == '|' || before == ',') offer.bundle = true;
    }
    if (says(text, "上网模块")) offer.bundle = true;
    if (says(text, "套装") || says(text, "套餐") || says(text, "礼盒")) offer.bundle = true;
    if (const std::size_t at = text.find("含"); at != std::string_view::npos && !starts_with_any(text.substr(at + 3), kNothingAdded) &&
                                                !text.substr(0, at).ends_with("不") && at + 3 < text.size())
      offer.bundle = true;
    if (!offer.bundle && names_part(text)) offer.accessory = true;
    // 笔记本电脑包: a bag, not a computer.
    if (says(text, "电脑包") || says(text, "相机包")) offer.accessory = true;
  }
  return offer;
}

}  // namespace fairprice::title
