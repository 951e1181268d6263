#include <algorithm>
#include <array>
#include <charconv>

#include "engine/catalogue/title/configuration.hpp"

namespace fairprice::title {

namespace {

enum class Use : std::uint8_t { unknown, memory, disk, ssd, hdd, graphics, network, nothing };

struct Mention {
  int gigabytes;
  Use use;
  bool joined;    ///< a plus stands between it and the mention before
  bool upgraded;  ///< 升级至 stands before it: upgrades replace what the plain model has
  bool adds;      ///< 加装 stands before it: it comes beside what the plain model has
  int count;      ///< 2*4G
  std::size_t token;
};

constexpr std::array<std::string_view, 4> kUnits = {"GB", "G", "TB", "T"};

Use use_of_letters(std::string_view text) {
  if (text.starts_with("SSD") || text.starts_with("PCI") || text.starts_with("NVME") || text.starts_with("EMMC") ||
      text.starts_with("UFS") || text.starts_with("SATASSD"))
    return Use::ssd;
  if (text.starts_with("HDD")) return Use::hdd;
  if (text.starts_with("SATA")) return Use::disk;
  if (text.starts_with("DDR") || text.starts_with("RAM") || text.starts_with("LPDDR")) return Use::memory;
  if (text.starts_with("ROM")) return Use::disk;
  if (text.starts_with("GDDR")) return Use::graphics;
  return Use::unknown;
}

/// What the ideographs behind a capacity make of it.
Use use_of_ideas(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Use>, 23> kWords = {
      {{"内存", Use::memory},  {"运存", Use::memory},  {"运行", Use::memory}, {"固态", Use::ssd},   {"固", Use::ssd},
       {"闪存", Use::disk},    {"纯固", Use::ssd},     {"纯固态", Use::ssd},  {"机械", Use::hdd},   {"高速硬盘", Use::disk},
       {"大硬盘", Use::disk},  {"硬盘", Use::disk},    {"双硬盘", Use::disk}, {"存储", Use::disk},  {"储存", Use::disk},
       {"独", Use::graphics},  {"显", Use::graphics},  {"版", Use::unknown},  {"网", Use::network}, {"全网", Use::network},
       {"路由", Use::network}, {"傲腾", Use::nothing}, {"缓存", Use::nothing}}};
  if (text.starts_with("上网") || text.starts_with("无线上网") || text.starts_with("模块")) return Use::network;
  if (text.starts_with("大内存")) return Use::memory;
  if (text.starts_with("双固态")) return Use::ssd;
  Use use = Use::unknown;
  std::size_t longest = 0;
  for (const auto& [word, meaning] : kWords)
    if (text.starts_with(word) && word.size() > longest) {
      use = meaning;
      longest = word.size();
    }
  if (text.find("固态") != std::string_view::npos && use == Use::disk) return Use::ssd;
  if (text.starts_with("独立") || text.starts_with("高速") || text.starts_with("双通道")) {
    if (text.find("内存") != std::string_view::npos) return Use::memory;
    if (text.find("固态") != std::string_view::npos) return Use::ssd;
  }
  return use;
}

/// What ideographs in front of a capacity make of it: 内存8G, 固态256G.
Use use_before(std::string_view text) {
  if (text.ends_with("内存") || text.ends_with("运存") || text.ends_with("内存容量")) return Use::memory;
  if (text.ends_with("固态") || text.ends_with("固态硬盘")) return Use::ssd;
  if (text.ends_with("机械") || text.ends_with("机械硬盘")) return Use::hdd;
  if (text.ends_with("硬盘") || text.ends_with("存储") || text.ends_with("硬盘容量") || text.ends_with("机身内存")) return Use::disk;
  if (text.ends_with("显存") || text.ends_with("独显")) return Use::graphics;
  return Use::unknown;
}

bool is_memory_size(int gigabytes) {
  constexpr std::array<int, 26> kSizes = {1,  2,  3,  4,  6,  8,  10, 12,  14,  16,  18,  20,  24,
                                          28, 32, 36, 40, 48, 64, 96, 128, 192, 256, 384, 512, 1024};
  return std::find(kSizes.begin(), kSizes.end(), gigabytes) != kSizes.end();
}

bool is_flash_size(int gigabytes) {
  constexpr std::array<int, 16> kSizes = {32, 64, 120, 128, 180, 240, 250, 256, 360, 480, 512, 768, 960, 1000, 1024, 2048};
  return std::find(kSizes.begin(), kSizes.end(), gigabytes) != kSizes.end();
}

struct Capacity {
  int gigabytes = 0;
  Use use = Use::unknown;
};

/// `16G`, `512GB`, `1T`, `1.0T`, `256GSSD`, `PCIE256G`, `8GDDR4`. `more`: what stands behind when it starts with a digit: `8G1T`.
std::optional<Capacity> capacity_of(std::string_view word, std::string_view* more = nullptr) {
  const std::size_t letters = leading_letters(word);
  const Use before = use_of_letters(word.substr(0, letters));
  if (letters > 0 && before == Use::unknown) return std::nullopt;
  word.remove_prefix(letters);
  std::size_t digits = leading_digits(word);
  if (digits == 0 || digits > 4) return std::nullopt;
  int whole = 0;
  std::from_chars(word.data(), word.data() + digits, whole);
  word.remove_prefix(digits);
  if (word.starts_with(".0")) word.remove_prefix(2);
  for (const std::string_view unit : kUnits) {
    if (!word.starts_with(unit)) continue;
    const std::string_view rest = word.substr(unit.size());
    const Use behind = use_of_letters(rest);
    if (!rest.empty() && behind == Use::unknown) {
      if (more == nullptr || !is_digit(rest[0])) return std::nullopt;
      *more = rest;
    }
    const bool tera = unit[0] == 'T';
    if (whole == 0 || (tera && whole > 16) || (!tera && whole > 1024 && whole % 1000 != 0 && whole % 1024 != 0)) return std::nullopt;
    return Capacity{tera ? whole * 1024 : whole, behind != Use::unknown ? behind : before};
  }
  return std::nullopt;
}

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
  std::size_t used_behind = tokens.size();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::ideas && is_upgrade(tokens[i].text)) upgraded = true;
    if (tokens[i].kind != TokenKind::word || tokens[i].taken) continue;
    // V3-572G is a model.
    if (tokens.is_mark(i - 1, '-') && !tokens[i].spaced && !tokens[i - 1].spaced && tokens.is_word(i - 2) && !tokens[i - 2].taken) continue;
    std::string_view more;
    auto capacity = capacity_of(tokens[i].text, &more);
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
    const Token& next = tokens.at(i + 1);
    // 内存8G硬盘256G: what stands in front counts first, unless it belongs to the capacity before it (8G内存256G).
    if (use == Use::unknown && i > 0 && tokens[i - 1].kind == TokenKind::ideas && used_behind != i - 1 &&
        !belongs_to_card(tokens, i - 1, last_token))
      use = use_before(tokens[i - 1].text);
    if (use == Use::unknown && tokens.is_mark(i - 1, ':') && i > 1 && used_behind != i - 2) use = use_before(tokens[i - 2].text);
    if (use == Use::unknown && next.kind == TokenKind::ideas) {
      use = use_of_ideas(next.text);
      used_behind = i + 1;
      if (use == Use::graphics && capacity->gigabytes > 16) use = Use::unknown;  // 1T 独显: the card stands on its own
    }
    if (use == Use::unknown && tokens.is_word(i + 1) && !capacity_of(next.text)) use = use_of_letters(next.text);
    if (use == Use::unknown && tokens.is_word(i + 1) && (next.text == "WIFI" || next.text == "LTE"))
      use = device == Device::handheld ? Use::unknown : Use::network;
    if (use == Use::unknown && i > 0 && tokens.is_word(i - 1)) use = use_of_letters(tokens[i - 1].text);
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
    int count = 1;  // 2*4G
    if (tokens.is_mark(i - 1, '*') && tokens.is_word(i - 2) && tokens[i - 2].text.size() == 1 && is_digit(tokens[i - 2].text[0]))
      count = std::max(1, tokens[i - 2].text[0] - '0');
    const bool adds = i > 0 && tokens[i - 1].kind == TokenKind::ideas && tokens[i - 1].text.find("加装") != std::string_view::npos;
    mentions.push_back({capacity->gigabytes, use, tokens.is_mark(i - 1, '+') && !mentions.empty(), upgraded && !adds, adds, count, i});
    last_token = i;
  }
  // What stands bare: the first small one is the memory, what follows is the disk; of a phone a lone one is its storage.
  bool memory_known = std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) { return m.use == Use::memory && !m.upgraded; });
  const auto bare =
      static_cast<int>(std::count_if(mentions.begin(), mentions.end(), [](const Mention& m) { return m.use == Use::unknown; }));
  bool upgrade_known = std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) { return m.use == Use::memory && m.upgraded; });
  bool disk_seen = false;
  bool card_memory = false;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    Mention& mention = mentions[i];
    if (mention.use == Use::graphics) card_memory = true;  // 2G独
    // 8G/16G内存: what stands for the second stands for the first.
    if (mention.use == Use::unknown && i + 1 < mentions.size() && mentions[i + 1].token == mention.token + 2 &&
        tokens.is_mark(mention.token + 1, '/') && mentions[i + 1].use == Use::memory && mention.gigabytes <= 64)
      mention.use = Use::memory;
    bool& known = mention.upgraded ? upgrade_known : memory_known;
    if (mention.use == Use::unknown) {
      const int size = mention.gigabytes;
      if (device == Device::handheld) {
        mention.use = known || (bare == 1 && size >= 16) || size > 24 ? Use::disk : Use::memory;
      } else if (!known && size <= 64 && !(disk_seen && size > 24)) {
        mention.use = is_memory_size(size) ? Use::memory : Use::nothing;
      } else if (size >= 64 || (size >= 16 && known)) {
        mention.use = size < 64 && disk_seen ? Use::nothing : Use::disk;
      } else {
        mention.use = Use::graphics;  // 8G 256G 2G
        card_memory = card_memory || size <= 4;
      }
      known = known || mention.use == Use::memory;
    }
    if (mention.use == Use::disk || mention.use == Use::ssd || mention.use == Use::hdd) disk_seen = true;
  }
  if (card_memory && configuration.gpu.empty() && !configuration.is_unclear(Attribute::gpu)) configuration.gpu = "独显";
  // Memory: one value; after 升级至 the last one; else two values are a choice.
  const bool memory_upgraded =
      std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) { return m.upgraded && m.use == Use::memory; });
  std::vector<int> memories;
  for (const Mention& mention : mentions) {
    if (mention.use != Use::memory || mention.upgraded != memory_upgraded) continue;
    const int size = mention.gigabytes * mention.count;
    if (std::find(memories.begin(), memories.end(), size) == memories.end()) memories.push_back(size);
  }
  if (memories.size() == 1)
    configuration.memory = memories.front();
  else if (memories.size() > 1)
    configuration.set_unclear(Attribute::memory);

  const auto is_disk = [](Use use) { return use == Use::disk || use == Use::ssd || use == Use::hdd; };
  const bool disk_upgraded = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& m) { return m.upgraded && is_disk(m.use); });
  std::vector<std::vector<Disk>> statements;  // mentions joined by a plus are one statement
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const Mention& mention = mentions[i];
    if (!is_disk(mention.use) || mention.upgraded != disk_upgraded) continue;
    if (mention.gigabytes < (device == Device::handheld ? 4 : 16)) {  // 4G固态 is no disk that is sold
      configuration.set_unclear(Attribute::storage);
      return;
    }
    Disk::Kind kind = mention.use == Use::ssd ? Disk::Kind::ssd : mention.use == Use::hdd ? Disk::Kind::hdd : Disk::Kind::unknown;
    if (kind == Disk::Kind::unknown) {
      if (mention.gigabytes < 1000 && is_flash_size(mention.gigabytes)) kind = Disk::Kind::ssd;
      if (mention.gigabytes == 320 || mention.gigabytes == 500 || mention.gigabytes == 750) kind = Disk::Kind::hdd;
    }
    int size = mention.gigabytes;
    if (size >= 1000 && size % 1000 == 0) size = size / 1000 * 1024;  // 1000G, 1024G and 1T are one
    const bool joins = mention.joined && !statements.empty() && i > 0 && is_disk(mentions[i - 1].use);
    if (mention.adds && statements.size() == 1) {
      statements.back().push_back({size, kind});
      continue;
    }
    if (!joins) statements.emplace_back();
    statements.back().insert(statements.back().end(), static_cast<std::size_t>(mention.count), {size, kind});
  }
  for (auto& disks : statements) {
    // 128G+1T: beside a small solid-state disk a bare terabyte is a hard disk.
    const bool with_ssd =
        std::any_of(disks.begin(), disks.end(), [](const Disk& d) { return d.kind == Disk::Kind::ssd && d.gigabytes <= 512; });
    for (Disk& disk : disks)
      if (disk.kind == Disk::Kind::unknown && with_ssd && disks.size() > 1 && disk.gigabytes >= 1024) disk.kind = Disk::Kind::hdd;
    std::sort(disks.begin(), disks.end(),
              [](const Disk& a, const Disk& b) { return std::pair(a.kind, a.gigabytes) < std::pair(b.kind, b.gigabytes); });
  }
  std::sort(statements.begin(), statements.end());
  statements.erase(std::unique(statements.begin(), statements.end()), statements.end());
  if (statements.size() == 2 && statements[0].size() == 1 && statements[1].size() == 1 && statements[0][0].kind != statements[1][0].kind &&
      statements[0][0].gigabytes != statements[1][0].gigabytes) {  // 256G固态 1T机械
    std::vector<Disk> both{statements[0][0], statements[1][0]};
    for (Disk& disk : both)
      if (disk.kind == Disk::Kind::unknown) disk.kind = Disk::Kind::hdd;
    std::sort(both.begin(), both.end(),
              [](const Disk& a, const Disk& b) { return std::pair(a.kind, a.gigabytes) < std::pair(b.kind, b.gigabytes); });
    statements.assign(1, both);
  }
  // 256G SSD+16G傲腾 is another thing than 256G SSD.
  const bool optane = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& m) {
    return m.use == Use::nothing && m.upgraded == disk_upgraded && m.gigabytes >= 16;
  });
  if (optane || statements.size() > 1)
    configuration.set_unclear(Attribute::storage);
  else if (statements.size() == 1)
    configuration.disks = statements.front();
}

}  // namespace fairprice::title
