#include "engine/cases/evidence_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "engine/base/text.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::cases {

namespace {

/// Empty when the file cannot be read.
std::string sum_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  ledger::Sha256 sum;
  std::vector<char> part(std::size_t{1} << 20);
  while (file.read(part.data(), static_cast<std::streamsize>(part.size())), file.gcount() > 0)
    sum.add({part.data(), static_cast<std::size_t>(file.gcount())});
  return file.eof() ? sum.hex() : std::string();
}

}  // namespace

void EvidenceFiles::next(const ledger::EventLook& event) {
  if (event.type != "case:submit_evidence" || event.set.empty()) return;
  const std::string_view evidence = ledger::member_of(event.set, "evidence");
  if (!evidence.starts_with('{')) return;
  ledger::MemberReader reader(evidence);
  for (ledger::TextMember one; reader.next(one);) {
    if (!one.value.starts_with('{') || !ledger::is_sha256(one.name)) continue;
    Filed filed{event.seq, 0, ledger::text_of(one.value, "name")};
    const std::string_view size = ledger::member_of(one.value, "size");
    std::from_chars(size.data(), size.data() + size.size(), filed.size);
    files_.emplace(one.name, std::move(filed));
  }
}

std::vector<std::string> EvidenceFiles::check(const std::string& folder, ledger::Verified& result) const {
  std::error_code error;
  for (const auto& [sha256, filed] : files_) {
    const std::string path = folder + "/" + sha256;
    const std::string name = quoted_for_message(filed.name, 60);
    const auto found = [&, seq = filed.seq](const std::string& zh, const std::string& en) {
      result.findings.push_back({seq, fmt::format("第 {} 个事件：证据文件 {}（{}）{}", seq, path, name, zh),
                                 fmt::format("event {}: its evidence {} ({}) {}", seq, path, name, en)});
    };
    if (!std::filesystem::is_regular_file(path, error)) {
      found("缺失", "is missing");
      continue;
    }
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
    if (!error && size != filed.size) {
      found(fmt::format("被改动：应为 {} 字节，实为 {}", filed.size, size),
            fmt::format("was changed: it should be {} bytes and is {}", filed.size, size));
      continue;
    }
    const std::string sum = sum_of(path);
    if (sum.empty())
      found("无法读取", "cannot be read");
    else if (sum != sha256)
      found("被改动：其 SHA-256 为 " + sum, "was changed: its SHA-256 is " + sum);
  }
  std::vector<std::string> strangers;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (const std::string name = entry.path().filename().string(); !files_.contains(name)) strangers.push_back(name);
  std::sort(strangers.begin(), strangers.end());
  return strangers;
}

}  // namespace fairprice::cases
