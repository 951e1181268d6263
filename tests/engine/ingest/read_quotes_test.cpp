// Rows of quotes as read_quotes hands them over, and found again by find_quotes.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/ingest/row.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing_support::TemporaryFolder;

struct QuotesMonth {
  explicit QuotesMonth(const std::string& rows) {
    folder.write("quotes.csv", "channel,shop,brand,model,unit,pack_size,price,date\n" + rows);
    month.period = Period::of(2023, 11);
    month.folder = folder.path();
    month.keys = std::make_shared<Keys>(Dictionaries{});
    read_quotes(month, ReadSettings());
  }
  TemporaryFolder folder;
  Month month;
};

// A pack size is known again by eight bytes: "90000002" was taken for the "2" of the row before, and ":0000012" for "12".
TEST(ReadQuotes, APackSizeIsNotTakenForAnotherThatCameBefore) {
  const std::string sizes[] = {"2", "90000002", "12", ":0000012", "0000012", "123", ";0000123", "<0001234", "90000002", "2"};
  std::string rows;
  for (const std::string& size : sizes) rows += "ecommerce,shop,b,m,box," + size + ",20.00,2023-11-05\n";
  const QuotesMonth m(rows);
  std::string bad;
  for (const Problem& problem : m.month.problems) {
    EXPECT_EQ(problem.code, ProblemCode::bad_pack);
    bad += problem.value + " ";
  }
  EXPECT_EQ(bad, "90000002 :0000012 ;0000123 <0001234 90000002 ");
  EXPECT_EQ(m.month.tables.find("quotes")->second.counts.rejected, 5);
  EXPECT_EQ(m.month.quotes.packs.size(), 4U);  // none, 2, 12 and 123
}

}  // namespace
}  // namespace fairprice::ingest
