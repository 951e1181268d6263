#include "engine/ledger/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "engine/base/problem.hpp"
#include "engine/ledger/transfer.hpp"
#include "tests/support/any_ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ledger {
namespace {

using testing::HasSubstr;
using testing_support::fill_ledger;
using testing_support::TemporaryFolder;

std::string exported(Store& store) {
  std::string text;
  export_ledger(store, true, [&](std::string_view part) { text += part; });
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream input(text);
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

/// What holding lines, numbered as they come, against a published head finds.
std::vector<Finding> findings_of(const std::vector<std::string>& lines, const Head& expected) {
  ChainCheck chain;
  std::string there(no_hash());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    chain.next(static_cast<std::int64_t>(i) + 1, {}, lines[i]);
    if (static_cast<std::int64_t>(i) + 1 == expected.count) there = chain.head().hash;
  }
  std::vector<Finding> findings = chain.findings();
  if (auto finding = compare_head(expected, chain.head(), there)) findings.push_back(*finding);
  return findings;
}

class EditedLedger : public testing::Test {
 protected:
  EditedLedger() : store_(folder_.path_of("l.db"), Access::write) {
    fill_ledger(store_, 40);
    store_.read([&] { head_ = store_.head(); });
    export_ledger(store_, false, [&](std::string_view part) { text_ += part; });
  }
  void sql(const std::string& statement) { store_.database().sql() << statement; }
  std::string first_finding() {
    const Verified verified = verify(store_, head_);
    return verified.ok() ? "" : verified.findings.front().en;
  }

  TemporaryFolder folder_;
  Store store_;
  Head head_;
  std::string text_;
};

TEST_F(EditedLedger, FindsWhatWasChangedAndWhere) {
  sql("UPDATE ledger_events SET body = replace(body, 'tester', 'nobody') WHERE seq = 17");
  const Verified verified = verify(store_, head_);
  ASSERT_EQ(verified.findings.size(), 1U);
  EXPECT_EQ(verified.findings[0].seq, 17);
  EXPECT_THAT(verified.findings[0].en, HasSubstr("event 17: was changed"));
}

TEST_F(EditedLedger, FindsAChangeWhoseHashWasMadeAnew) {
  const std::string line = lines_of(text_)[16];
  std::string other = line;
  other.replace(other.find("tester"), 6, "nobody");
  ChainCheck one;
  one.next(1, {}, other);
  const std::string hash = one.head().hash;
  store_.database().sql() << "UPDATE ledger_events SET body = :body, hash = :hash WHERE seq = 17", soci::use(other), soci::use(hash);
  EXPECT_THAT(first_finding(), HasSubstr("event 18: does not follow event 17"));
}

TEST_F(EditedLedger, FindsWhatIsMissingMovedOrPutIn) {
  sql("DELETE FROM ledger_events WHERE seq IN (5, 6, 7, 20)");
  const Verified verified = verify(store_, head_);
  ASSERT_EQ(verified.findings.size(), 2U);
  EXPECT_EQ(verified.findings[0].en, "events 5 to 7: are missing");
  EXPECT_EQ(verified.findings[1].en, "event 20: is missing");
  sql("UPDATE ledger_events SET seq = 5 WHERE seq = 40");
  EXPECT_THAT(first_finding(), HasSubstr("event 5: what stands here calls itself event 40"));
}

TEST_F(EditedLedger, FindsAnEventListedUnderAnotherCase) {
  sql("UPDATE ledger_events SET subject = 'case x' WHERE seq = 9");
  EXPECT_THAT(first_finding(), HasSubstr("event 9: is listed under case x and is about case 1"));
}

TEST_F(EditedLedger, FindsACutEndByThePublishedHead) {
  sql("DELETE FROM ledger_events WHERE seq = 40");
  EXPECT_TRUE(verify(store_, std::nullopt).ok());
  EXPECT_THAT(first_finding(), HasSubstr("has 39 events, and event 40 was published: its end was cut off"));
}

TEST_F(EditedLedger, FindsDataThatIsChangedMissingOrStrange) {
  sql("UPDATE ledger_blobs SET packed = replace(packed, substr(packed, 20, 1), '+') WHERE sha256 = (SELECT min(sha256) FROM ledger_blobs)");
  EXPECT_THAT(first_finding(), HasSubstr("was changed"));
  sql("DELETE FROM ledger_blobs WHERE sha256 = (SELECT min(sha256) FROM ledger_blobs)");
  EXPECT_THAT(first_finding(), HasSubstr("is missing"));
}

TEST_F(EditedLedger, FindsDataThatNoEventNames) {
  store_.change([](Store::Change& change) { change.keep("a stranger"); });
  EXPECT_THAT(first_finding(), HasSubstr("no event names it"));
}

TEST_F(EditedLedger, ALaterLedgerStillHasAnEarlierHead) {
  fill_ledger(store_, 5);
  EXPECT_TRUE(verify(store_, head_).ok());
  EXPECT_FALSE(verify(store_, Head{head_.count, std::string(64, 'a')}).ok());
}

// A bit, a line taken out, doubled, moved or changed so that it is still an event: always found, at the place or at the one behind it.
TEST_F(EditedLedger, AnyEditOfAnExportIsFoundAndLocated) {
  std::mt19937 random(7);
  const std::vector<std::string> lines = lines_of(text_);
  EXPECT_TRUE(findings_of(lines, head_).empty());
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> edited = lines;
    const std::size_t place = random() % lines.size();
    std::size_t first = place;  // the first line that is not what it was
    switch (random() % 5) {
      case 0: {
        std::string& line = edited[place];
        line[random() % line.size()] ^= static_cast<char>(1U << (random() % 8));
        break;
      }
      case 1: edited.erase(edited.begin() + static_cast<std::ptrdiff_t>(place)); break;
      case 2: edited.insert(edited.begin() + static_cast<std::ptrdiff_t>(place), lines[random() % lines.size()]); break;
      case 3: {
        const std::size_t other = (place + 1 + random() % (lines.size() - 1)) % lines.size();
        std::swap(edited[place], edited[other]);
        first = std::min(place, other);
        break;
      }
      default: {
        std::string& line = edited[place];
        line.replace(line.find("tester"), 6, "writer");
      }
    }
    while (first < lines.size() && first < edited.size() && edited[first] == lines[first]) ++first;
    const auto findings = findings_of(edited, head_);
    ASSERT_FALSE(findings.empty()) << "round " << round;
    EXPECT_GE(findings.front().seq, static_cast<std::int64_t>(first) + 1);
    // A line that is still an event shows in the next one; at the end, or behind it, only the head tells.
    EXPECT_LE(findings.front().seq, std::min<std::int64_t>(static_cast<std::int64_t>(first) + 2,
                                                           std::max(head_.count, static_cast<std::int64_t>(edited.size()))));
  }
}

// Bytes of the database file itself: either something is found, or the file can no longer be read, or what it gives is what it gave before (an unused byte).
TEST_F(EditedLedger, AnyEditOfTheFileIsFoundOrHarmless) {
  const std::string all = exported(store_);
  std::ifstream input(folder_.path_of("l.db"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
  std::mt19937 random(11);
  int found = 0;
  for (int round = 0; round < 400; ++round) {
    std::string edited = bytes;
    const std::size_t place = random() % bytes.size();
    switch (random() % 3) {
      case 0: edited[place] ^= static_cast<char>(1U << (random() % 8)); break;
      case 1:
        std::fill_n(edited.begin() + static_cast<std::ptrdiff_t>(place), std::min<std::size_t>(16, bytes.size() - place), '\0');
        break;
      default: edited.resize(place);
    }
    folder_.write("edited.db", edited);
    try {
      Store store(folder_.path_of("edited.db"), Access::read);
      if (!verify(store, head_).ok())
        ++found;
      else
        EXPECT_EQ(exported(store), all) << "round " << round;
    } catch (const FatalError&) {
      ++found;
    }
  }
  EXPECT_GT(found, 100);  // most of so small a file is unused
}

}  // namespace
}  // namespace fairprice::ledger
