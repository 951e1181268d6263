#include <algorithm>
#include <array>
#include <charconv>

#include "engine/catalogue/title/capacities.hpp"

namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, 4> kUnits = {"GB", "G", "TB", "T"};

/// Whether ideographs stand behind a capacity that the reader of cards has taken: 4G独显 8G内存.
bool belongs_to_card(const Tokens& tokens, std::size_t i, std::size_t last_token) {
  return i > 0 && tokens.is_word(i - 1) && tokens[i - 1].taken && last_token != i - 1 && capacity_of(tokens[i - 1].text).has_value();
}

bool is_upgrade(std::string_view text) {
  return text.ends_with("升级至") || text.ends_with("升级为") || text.ends_with("升级") || text.ends_with("升至") ||
         text.ends_with("升级到") || text.ends_with("升级配置") || text.ends_with("加到") || text.ends_with("定制") ||
         text.ends_with("升配");
}

}  // namespace

void read_capacities(Tokens& tokens, Device device, Configuration& configuration) {
  std::vector<Mention> mentions;
  bool upgraded = false;
  std::size_t last_token = tokens.size();
  std::size_t last_end = tokens.size();  // of the capacity before, its unit with it
  bool many = false;                     // 两条8G, 8+8G: how many of what, is not certain
  std::size_t used_behind = tokens.size();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::ideas && is_upgrade(tokens[i].text)) upgraded = true;
    if (tokens[i].kind != TokenKind::word || tokens[i].taken) continue;
    // V3-572G is a model.
    if (tokens.is_mark(i - 1, '-') && !tokens[i].spaced && !tokens[i - 1].spaced && tokens.is_word(i - 2) && !tokens[i - 2].taken) continue;
    std::string_view more;
    auto capacity = capacity_of(tokens[i].text, &more);
    // 32 GB: the unit stands apart.
    bool unit_apart = false;
    if (!capacity && all_digits(tokens[i].text) && tokens.is_word(i + 1) && tokens[i + 1].spaced && !tokens[i + 1].taken &&
        std::find(kUnits.begin(), kUnits.end(), tokens[i + 1].text) != kUnits.end()) {
      capacity = capacity_of(std::string(tokens[i].text) + std::string(tokens[i + 1].text));
      unit_apart = capacity.has_value();
      if (unit_apart) tokens[i + 1].taken = true;
    }
    if (capacity && !more.empty()) {
      if (!capacity_of(more)) continue;
      mentions.push_back({capacity->gigabytes, capacity->use, false, upgraded, false, 1, i});
      capacity = capacity_of(more);
    }
    const bool after_plus = tokens.is_mark(i - 1, '+') || tokens.is_mark(i - 1, '/') || tokens.is_mark(i - 1, '|');
    if (!capacity && all_digits(tokens[i].text) && tokens[i].text.size() <= 4) {
      // A number without unit counts beside a capacity: 8+256G, 16G+512, 256固态.
      int number = 0;
      std::from_chars(tokens[i].text.data(), tokens[i].text.data() + tokens[i].text.size(), number);
      const Use behind =
          tokens.at(i + 1).kind == TokenKind::ideas && !tokens.at(i + 1).spaced ? use_of_ideas(tokens.at(i + 1).text) : Use::unknown;
      const bool follows = after_plus && last_token + 2 == i;
      // 500+256G, 256+512固态: two disks.
      const bool leads_disk = (is_flash_size(number) || number == 500 || number == 320) && number >= 100 && tokens.is_mark(i + 1, '+') &&
                              tokens.is_word(i + 2) && !tokens.is_mark(i - 1, '+') &&
                              (capacity_of(tokens[i + 2].text) || (all_digits(tokens[i + 2].text) && tokens[i + 2].text.size() == 3));
      const bool leads = (tokens.is_mark(i + 1, '+') || tokens.is_mark(i + 1, '/')) && number <= 64 && tokens.is_word(i + 2) &&
                         (capacity_of(tokens[i + 2].text) || (all_digits(tokens[i + 2].text) && tokens[i + 2].text.size() == 3)) &&
                         !tokens.is_mark(i - 1, '-') && !tokens.is_mark(i - 1, '/') && !tokens.is_mark(i - 1, '*');
      if (number > 0 && ((behind == Use::ssd && is_flash_size(number)) || (follows && (is_flash_size(number) || number == 500)) ||
                         (leads && (number % 2 == 0))))
        capacity = Capacity{number, behind};
      if (!capacity && leads_disk) capacity = Capacity{number, Use::disk};
      if (capacity && behind != Use::unknown) used_behind = i + 1;
    }
    if (!capacity) continue;
    Use use = capacity->use;
    std::size_t behind_it = i + (unit_apart ? 2 : 1);
    int count = 1;
    // 8G*2, 16GB X2.
    const auto few = [&](std::string_view text) {
      int number = 0;
      if (text.size() <= 2 && all_digits(text)) std::from_chars(text.data(), text.data() + text.size(), number);
      return number <= 64 ? number : 0;
    };
    if (tokens.is_mark(behind_it, '*') && tokens.is_word(behind_it + 1) && few(tokens[behind_it + 1].text) > 0) {
      count *= few(tokens[behind_it + 1].text);
      tokens[behind_it + 1].taken = true;
      behind_it += 2;
    } else if (tokens.is_word(behind_it) && tokens[behind_it].text.size() >= 2 && tokens[behind_it].text[0] == 'X' &&
               few(tokens[behind_it].text.substr(1)) > 0) {
      count *= few(tokens[behind_it].text.substr(1));
      tokens[behind_it++].taken = true;
    }
    const Token& next = tokens.at(behind_it);
    // 内存8G硬盘256G: what stands in front counts first, unless it belongs to the capacity before it (8G内存256G).
    if (use == Use::unknown && i > 0 && tokens[i - 1].kind == TokenKind::ideas && used_behind != i - 1 &&
        !belongs_to_card(tokens, i - 1, last_token))
      use = use_before(tokens[i - 1].text);
    if (use == Use::unknown && tokens.is_mark(i - 1, ':') && i > 1 && used_behind != i - 2) use = use_before(tokens[i - 2].text);
    if (use == Use::unknown && next.kind == TokenKind::ideas) {
      use = use_of_ideas(next.text);
      used_behind = behind_it;
      if (use == Use::graphics && capacity->gigabytes > 16) use = Use::unknown;  // 1T 独显: the card stands on its own
    }
    if (use == Use::unknown && tokens.is_word(behind_it) && !capacity_of(next.text)) use = use_of_letters(next.text);
    if (use == Use::unknown && tokens.is_mark(behind_it, '-') && !next.spaced && tokens.is_word(behind_it + 1) &&
        !tokens[behind_it + 1].spaced)
      use = use_of_letters(tokens[behind_it + 1].text);  // 1T-SSD, as our own names of products have it
    if (use == Use::unknown && tokens.is_word(behind_it) && (next.text == "WIFI" || next.text == "LTE"))
      use = device == Device::handheld ? Use::unknown : Use::network;
    // DDR4 16G, unless it stands behind another one: 32G DDR4 1T.
    if (use == Use::unknown && i > 0 && tokens.is_word(i - 1) && !(last_end + 1 == i - 1 && last_end < tokens.size()))
      use = use_of_letters(tokens[i - 1].text);
    if (capacity->gigabytes == 4 || capacity->gigabytes == 5) {  // 4G版, 4G畅联版, 无4G
      if (use == Use::unknown && next.text.ends_with("版") && next.text.find("版") <= 9) use = Use::network;
      if (i > 0 && (tokens[i - 1].text.ends_with("无") || tokens[i - 1].text.ends_with("不带"))) use = Use::nothing;
      if (use == Use::network && configuration.network.empty()) configuration.network = capacity->gigabytes == 4 ? "4G" : "5G";
    }
    if (use == Use::disk) {  // 硬盘:1T HDD, 硬盘512G固态
      const Use kind = next.kind == TokenKind::ideas ? use_of_ideas(next.text) : use_of_letters(next.text);
      if (kind == Use::ssd || kind == Use::hdd) use = kind;
    }
    tokens[i].taken = true;
    if (tokens.is_mark(i - 1, '*') && tokens.is_word(i - 2) && tokens[i - 2].text.size() == 1 && is_digit(tokens[i - 2].text[0]))
      count *= std::max(1, tokens[i - 2].text[0] - '0');  // 2*4G
    for (const std::string_view word : {"条", "根", "双条", "块"})
      many = many || next.text.starts_with(word) || next.text.starts_with("两" + std::string(word)) ||
             (i > 0 && tokens[i - 1].kind == TokenKind::ideas && tokens[i - 1].text.ends_with(word));
    if (tokens.is_mark(i - 1, '+') && !mentions.empty() && last_end + 2 == i && mentions.back().gigabytes == capacity->gigabytes &&
        capacity->gigabytes <= 64 && use == Use::unknown && mentions.back().use == Use::unknown)
      many = true;  // 16G+16G
    if (tokens.is_mark(i - 1, '+') && i > 1 && tokens.is_word(i - 2) && !tokens[i - 2].taken && few(tokens[i - 2].text) > 0 &&
        capacity->gigabytes <= 64 && device != Device::handheld)
      many = true;  // 8+8G
    const bool adds = i > 0 && tokens[i - 1].kind == TokenKind::ideas && tokens[i - 1].text.find("加装") != std::string_view::npos;
    mentions.push_back({capacity->gigabytes, use, tokens.is_mark(i - 1, '+') && !mentions.empty(), upgraded && !adds, adds, count, i});
    last_token = i;
    last_end = behind_it - 1;
  }
  if (many) {
    configuration.unread.set(static_cast<std::size_t>(Attribute::memory));
    configuration.unread.set(static_cast<std::size_t>(Attribute::storage));
  }
  settle_capacities(std::move(mentions), tokens, device, configuration);
}

}  // namespace fairprice::title
