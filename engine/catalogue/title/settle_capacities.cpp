#include <algorithm>

#include "engine/catalogue/title/capacities.hpp"

namespace fairprice::title {

void settle_capacities(std::vector<Mention> mentions, const Tokens& tokens, Device device, Configuration& configuration) {
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
