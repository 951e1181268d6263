#include "engine/indexing/series_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace fairprice::indexing {
namespace {

using testing::ElementsAre;

SeriesFile read(const std::string& bytes) {
  const testing_support::TemporaryFolder folder;
  folder.write("f.csv", bytes);
  return read_series(folder.path_of("f.csv"));
}

TEST(SeriesFile, ReadsWhatComputeWrites) {
  const SeriesFile file = read("period,index\n1,1\n2,\n3,1.25\n");
  EXPECT_THAT(file.periods, ElementsAre("1", "2", "3"));
  ASSERT_EQ(file.series.size(), 1U);
  EXPECT_THAT(file.series[0].values, ElementsAre(1.0, std::nullopt, 1.25));
}

TEST(SeriesFile, ReadsLevelsOfATableIndex) {
  const SeriesFile file =
      read("period,category,brand,model,index_price,level\n2023-01,纸,,,,100\n2023-01,纸,甲,A1,5,\n2023-03,纸,,,,101.5\n");
  EXPECT_THAT(file.periods, ElementsAre("2023-01", "2023-02", "2023-03"));
  ASSERT_EQ(file.series.size(), 1U);
  EXPECT_EQ(file.series[0].name, "纸");
  EXPECT_THAT(file.series[0].values, ElementsAre(100.0, std::nullopt, 101.5));
}

TEST(SeriesFile, LeavesOutWhatItCannotRead) {
  const SeriesFile file = read("period,index,group\n1,1,a\nx,2,a\n2,abc,a\n1,3,a\n2,1.5,b\n");
  EXPECT_EQ(file.problems.size(), 3U);
  EXPECT_EQ(file.series.size(), 2U);
  EXPECT_THROW(read("period,index\n1,\n"), FatalError);
  EXPECT_THROW(read("period,price\n1,2\n"), FatalError);
}

}  // namespace
}  // namespace fairprice::indexing
