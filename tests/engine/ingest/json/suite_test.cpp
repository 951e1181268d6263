// The JSONTestSuite of Nicolas Seriot (test_parsing): what is JSON is read, what is none is refused, what is left open does no harm.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

namespace fs = std::filesystem;

using testing_support::JsonResult;
using testing_support::read_document;
using testing_support::read_lines;

bool says_bad_json(const JsonResult& result) {
  return std::any_of(result.full.begin(), result.full.end(),
                     [](const RecordProblem& one) {
                       return one.fault != Fault::not_an_object && one.fault != Fault::no_value && one.fault != Fault::duplicate_key;
                     }) ||
         (result.error && result.error->find("is not JSON") != std::string::npos);
}

TEST(JsonTestSuite, EachFileIsReadOrRefusedAsItsNameSays) {
  const fs::path folder = FAIRPRICE_SOURCE_DIR "/../shared/data/messy/JSONTestSuite";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "JSONTestSuite is not beside this tree (shared/data/messy)";
  int accepted = 0, refused = 0, open = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    // As a file, and as a value in a record whose other values are right.
    const JsonResult alone = read_document(text, Table::units);
    const JsonResult within = read_document("[{\"alias\":\"a\",\"unit\":\"b\",\"note\":" + text + "}]", Table::units);
    const JsonResult lines = read_lines(text, Table::units);
    if (name.starts_with("y_")) {
      ++accepted;
      EXPECT_FALSE(says_bad_json(alone)) << name;
      EXPECT_FALSE(within.error) << name;
      EXPECT_EQ(within.csv, "a,b,\n") << name;
    } else if (name.starts_with("n_")) {
      ++refused;
      EXPECT_TRUE(alone.error || says_bad_json(alone)) << name;
      EXPECT_TRUE(within.error || says_bad_json(within)) << name;
      EXPECT_TRUE(lines.error || says_bad_json(lines)) << name;
    } else {
      ++open;
    }
  }
  EXPECT_GT(accepted, 40);
  EXPECT_GT(refused, 50);
  EXPECT_GT(open, 10);
}

}  // namespace
}  // namespace fairprice::ingest::json
