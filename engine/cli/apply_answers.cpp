#include "engine/cli/apply_answers.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "engine/base/text.hpp"
#include "engine/ingest/row.hpp"
#include "engine/ingest/small_csv.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/write_file.hpp"
#include "engine/review/review_file.hpp"

namespace fairprice::cli {

namespace {

constexpr std::string_view kHeading = "listing_id,product,verdict,by,on,approved_by,reason\n";

struct Decisions {
  std::map<std::pair<std::string, std::string>, const ingest::MatchVerdict*> of_pair;
  std::map<std::string, const ingest::MatchVerdict*> same_of;  ///< by listing
};

/// A product's name as people may write it: case, width and blanks do not matter.
std::string key_of(const std::string& product) { return canonical_text(product); }

Decisions earlier(const ingest::Month& month) {
  Decisions decisions;
  for (const ingest::MatchVerdict& match : month.matches) {
    const std::string listing(trimmed(match.listing_id));
    decisions.of_pair[{listing, key_of(match.product)}] = &match;
    if (match.same) decisions.same_of[listing] = &match;
  }
  return decisions;
}

[[noreturn]] void contradiction(const std::string& list, const review::Answer& answer, const ingest::MatchVerdict& other) {
  const std::string here = list + ":" + std::to_string(answer.line);
  const std::string there = other.file + ":" + std::to_string(other.line);
  throw FatalError(
      here + "：对商品 " + quoted_for_message(answer.listing_id) + " 的认定与 " + there + " 矛盾；请先改正其一；未记录任何认定",
      here + ": the decision on listing " + quoted_for_message(answer.listing_id) + " contradicts " + there +
          " (mend one of them first); no decision was recorded");
}

}  // namespace

std::string apply_answers(const std::string& list, const std::string& folder, const Decider& decider, Language language) {
  const std::vector<review::Answer> answers = review::read_answers(list);
  if (!std::filesystem::is_directory(folder))
    throw FatalError(folder + "：不是文件夹；请用 --input 指定本期的输入文件夹；未记录任何认定",
                     folder + ": is no folder; name the month's input folder with --input; no decision was recorded");
  ingest::Month month;
  month.folder = folder;
  ingest::ReadSettings settings;
  settings.threads = 1;
  ingest::read_decisions(month, settings);
  const Decisions known = earlier(month);

  publishing::CsvBuffer added;
  std::int64_t same = 0;
  std::int64_t different = 0;
  std::int64_t repeated = 0;
  std::map<std::string, std::string> same_here;
  for (const review::Answer& answer : answers) {
    if (const auto found = known.of_pair.find({answer.listing_id, key_of(answer.product)}); found != known.of_pair.end()) {
      if (found->second->same != answer.same) contradiction(list, answer, *found->second);
      ++repeated;
      continue;
    }
    if (const auto found = known.same_of.find(answer.listing_id); answer.same && found != known.same_of.end())
      contradiction(list, answer, *found->second);
    if (answer.same) {
      const auto [found, first] = same_here.emplace(answer.listing_id, answer.product);
      if (!first && key_of(found->second) != key_of(answer.product))
        throw FatalError(fmt::format("{}:{}：商品 {} 在清单中被认定为两个产品；未记录任何认定", list, answer.line,
                                     quoted_for_message(answer.listing_id)),
                         fmt::format("{}:{}: the list makes listing {} two products; no decision was recorded", list, answer.line,
                                     quoted_for_message(answer.listing_id)));
    }
    ++(answer.same ? same : different);
    for (const std::string_view cell :
         {std::string_view(answer.listing_id), std::string_view(answer.product), std::string_view(answer.same ? "same" : "different"),
          std::string_view(decider.by), std::string_view(decider.on), std::string_view(decider.approved_by)}) {
      added.put_text(cell);
      added.comma();
    }
    added.put_text(decider.reason);
    added.end_row();
  }
  const std::string path = (std::filesystem::path(folder) / "matches-reviewed.csv").string();
  if (same + different > 0) {
    std::string text(kHeading);
    if (std::filesystem::exists(path)) {
      text = ingest::read_whole_text(path, path, std::size_t{256} << 20);
      if (!text.starts_with(kHeading))
        throw FatalError(
            path + ":1：表头应为 " + std::string(kHeading.substr(0, kHeading.size() - 1)) + "；未记录任何认定",
            path + ":1: the heading should be " + std::string(kHeading.substr(0, kHeading.size() - 1)) + "; no decision was recorded");
    }
    publishing::write_file(path, text + std::string(added.bytes()));
  }
  return language == Language::zh
             ? fmt::format("记录 {} 条认定（相同 {}，不同 {}）到 {}；{} 条此前已有\n", same + different, same, different, path, repeated)
             : fmt::format("{} decisions recorded (same {}, different {}) in {}; {} stood there already\n", same + different, same,
                           different, path, repeated);
}

}  // namespace fairprice::cli
