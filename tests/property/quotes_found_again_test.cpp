// The rows of quotes keep no place: those that are rejected late, for a unit that is not their product's, and those that explain shows are
// found again by reading. Whatever the files look like and however many threads read them, the places must be the rows' own.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/support/packed.hpp"
#include "tests/support/run_folder.hpp"

namespace fairprice {
namespace {

using testing_support::TemporaryFolder;

enum class Fate { kept, mismatched, otherwise_rejected, of_no_product };

/// One row of quotes as it is meant: cells, and what must become of it.
struct Quote {
  std::vector<std::string> cells;  ///< as in kHeading; cells with quotes, delimiters or line ends are written with quotes
  int product = -1;
  Fate fate = Fate::kept;
  std::string rejected_value;  ///< of a mismatched row: what rejects.csv must show
};

constexpr std::string_view kHeading = "channel,shop,brand,model,barcode,unit,pack_size,price,date,title,url\n";
enum : std::size_t { kChannel, kShop, kBrand, kModel, kBarcode, kUnit, kPack, kPrice, kDate, kTitle, kUrl, kColumns };

/// The products of the month. Base units come from the index rows, but for the last two.
///   0  index rows count it in u-a twice and then in u-b once: while quotes are read it is expected in u-b
///   1  index rows in u-a          2  its category's unit is u-a       3  nothing says a unit but the quotes: most of them u-a
///   4  quotes name it by barcode alone; an index row teaches that      5  a barcode that nothing teaches; most quotes u-a
constexpr int kProducts = 6;
const std::string kBarcodes[] = {"", "", "", "", "6901234567892", "6900000000007"};

std::string name_of(int product) { return "M" + std::to_string(product) + "0"; }

struct Design {
  bool expected_otherwise = true;  ///< product 0 is there, whose rows are found by reading all quotes once more
  bool large_row = false;
  bool line_ends_in_cells = true;
};

std::vector<Quote> random_quotes(std::mt19937_64& random, std::size_t count, const Design& design) {
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  std::vector<Quote> quotes;
  for (std::size_t i = 0; i < count; ++i) {
    Quote quote;
    quote.cells.resize(kColumns);
    const int product =
        design.expected_otherwise ? static_cast<int>(random() % kProducts) : 1 + static_cast<int>(random() % (kProducts - 1));
    quote.product = product;
    auto& cells = quote.cells;
    cells[kChannel] = chance(2) ? "ecommerce" : "store";
    cells[kShop] = chance(9) ? "struck out" : "shop " + std::to_string(random() % 7);
    if (kBarcodes[product].empty()) {
      cells[kBrand] = chance(3) ? "ACME" : "acme";
      cells[kModel] = chance(3) ? "m-" + name_of(product).substr(1) : name_of(product);
    } else {
      cells[kBarcode] = kBarcodes[product];
    }
    cells[kUnit] = chance(4)   ? ""
                   : chance(3) ? std::vector<std::string>{"u-b", "u-c", "ten-b", "'=u"}[random() % 4]
                   : chance(3) ? "ten-a"
                               : "u-a";
    cells[kPack] = chance(3) ? std::to_string(1 + random() % 20) : "";
    cells[kPrice] = std::to_string(1 + random() % 900) + ".50";
    cells[kDate] = chance(8) ? "2023-10-31" : "2023-11-0" + std::to_string(1 + random() % 9);
    cells[kTitle] = chance(5) ? (design.line_ends_in_cells ? "two\nlines, \"quoted\"" : "one, \"quoted\"") : "";
    if (design.large_row && i == count / 2) cells[kTitle] = std::string(300'000, 'x');
    cells[kUrl] = "row" + std::to_string(i) + ";";
    if (!cells[kUnit].empty() && cells[kUnit] != "u-a" && cells[kUnit] != "ten-a") {
      quote.fate = Fate::mismatched;
      quote.rejected_value = cells[kUnit];
    }
    if (chance(12)) {
      quote.fate = Fate::otherwise_rejected;
      switch (random() % 3) {
        case 0: cells[kPrice] = "none"; break;
        case 1: cells.push_back("one too many"); break;
        default: cells[kDate] = "\"broken\"x"; break;
      }
    } else if (chance(15)) {
      quote.fate = Fate::of_no_product;
      cells[kBrand] = cells[kModel] = cells[kBarcode] = "";
      cells[kTitle] = "a title alone";
    }
    quotes.push_back(std::move(quote));
  }
  return quotes;
}

std::string row_text(const Quote& quote) {
  std::string text;
  for (std::size_t i = 0; i < quote.cells.size(); ++i) {
    if (i > 0) text += ',';
    const std::string& cell = quote.cells[i];
    if (cell.starts_with("\"broken") || cell.find_first_of(",\"\n") == std::string::npos) {
      text += cell;
      continue;
    }
    text += '"';
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
    text += '"';
  }
  return text;
}

/// How the rows stand in files.
struct Layout {
  std::string name;
  std::size_t files = 1;
  std::string end = "\n";
  std::string front;   ///< of each file: a byte order mark
  std::string packed;  ///< ".gz", ".zst": of every other file
  bool shuffled = false;
  bool unclosed = false;  ///< a quote that never closes in the last file
};

/// Which row stands at a file's line.
using Places = std::map<std::pair<std::string, std::int64_t>, std::size_t>;

Places write_quotes(const TemporaryFolder& folder, const std::vector<Quote>& quotes, const Layout& layout, std::mt19937_64& random) {
  std::vector<std::size_t> order(quotes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (layout.shuffled) std::shuffle(order.begin(), order.end(), random);
  Places places;
  for (std::size_t file = 0; file < layout.files; ++file) {
    const std::string plain = "quotes/part-" + std::to_string(file) + ".csv";
    const bool packed = !layout.packed.empty() && file % 2 == 0;
    std::string bytes = layout.front + std::string(kHeading.substr(0, kHeading.size() - 1)) + layout.end;
    std::int64_t line = 2;
    for (std::size_t i = order.size() * file / layout.files; i < order.size() * (file + 1) / layout.files; ++i) {
      const std::string text = row_text(quotes[order[i]]);
      places[{packed ? plain + layout.packed : plain, line}] = order[i];
      bytes += text + layout.end;
      line += 1 + std::count(text.begin(), text.end(), '\n');
      if (i % 50 == 7) bytes += layout.end, ++line;  // an empty line
    }
    if (layout.unclosed && file + 1 == layout.files) bytes += "ecommerce,\"never closed" + layout.end;
    if (file % 2 == 1) bytes.resize(bytes.size() - layout.end.size());  // no line end behind the last row
    if (packed)
      folder.write(plain + layout.packed, layout.packed == ".gz" ? testing_support::gzip(bytes) : testing_support::zstd(bytes));
    else
      folder.write(plain, bytes);
  }
  return places;
}

void write_others(const TemporaryFolder& folder) {
  folder.write("units.csv", "alias,unit,factor\nten-a,u-a,10\nten-b,u-b,10\n");
  folder.write("categories.csv", "alias,category,base_unit\nkind,kind,u-a\n");
  folder.write("exclusions.csv", "table,shop,reason,by,on,approved_by\nquotes,struck out,wrong,one,2023-11-20,another\n");
  std::string index =
      "period,brand,model,barcode,unit,index_price\n2023-09,ACME,M00,,u-a,90\n2023-10,ACME,M00,,u-a,91\n2023-11,ACME,M00,,u-b,92\n";
  index += "2023-11,ACME,M10,,u-a,90\n2023-11,ACME,M40," + kBarcodes[4] + ",u-a,90\n";
  folder.write("index.csv", index);
  std::string listings = "listing_id,supplier_id,category,brand,model,barcode,price\n";
  for (int product = 0; product < kProducts; ++product)
    listings += "L" + std::to_string(product) + ",S1," + (product == 2 ? "kind" : "") +
                (product == 5 ? ",,," + kBarcodes[5] : ",acme," + name_of(product) + ",") + ",100.00\n";
  folder.write("listings.csv", listings);
}

std::size_t row_at(const Places& places, std::string_view file, std::int64_t line) {
  const auto found = places.find({std::string(file), line});
  return found == places.end() ? SIZE_MAX : found->second;
}

std::set<std::size_t> rows_with(const std::vector<Quote>& quotes, Fate fate, int product = -1) {
  std::set<std::size_t> rows;
  for (std::size_t i = 0; i < quotes.size(); ++i)
    if (quotes[i].fate == fate && (product < 0 || quotes[i].product == product)) rows.insert(i);
  return rows;
}

void expect_found(const std::vector<Quote>& quotes, const Layout& layout, int threads, std::mt19937_64& random) {
  SCOPED_TRACE(layout.name + ", " + std::to_string(threads) + " threads");
  const TemporaryFolder folder;
  write_others(folder);
  const Places places = write_quotes(folder, quotes, layout, random);
  const auto month = load_month(testing_support::options_of(folder.path(), threads));

  std::multiset<std::size_t> mismatched;
  std::int64_t rejected = 0;
  for (const Problem& problem : month->problems) {
    if (std::string_view(problem.table) != "quotes") continue;
    ++rejected;
    if (problem.code != ProblemCode::unit_mismatch) continue;
    const std::size_t row = row_at(places, problem.file, problem.line);
    ASSERT_LT(row, quotes.size()) << "no row starts at " << std::string_view(problem.file) << ":" << problem.line;
    mismatched.insert(row);
    EXPECT_EQ(problem.value, quotes[row].rejected_value) << row_text(quotes[row]).substr(0, 200);
  }
  const std::set<std::size_t> expected = rows_with(quotes, Fate::mismatched);
  EXPECT_EQ(mismatched, std::multiset<std::size_t>(expected.begin(), expected.end()));

  const auto& counts = month->tables.find("quotes")->second.counts;
  std::int64_t by_use = 0;
  for (const std::int64_t count : counts.by_use) by_use += count;
  EXPECT_EQ(counts.read, static_cast<std::int64_t>(quotes.size()) + layout.unclosed);
  EXPECT_EQ(counts.rejected, rejected);
  EXPECT_EQ(counts.understood(), by_use);

  for (int product = 0; product < kProducts; ++product) {
    const auto explained = explain(*month, rules::shipped_policy("hubei"), "L" + std::to_string(product));
    std::set<std::size_t> shown;
    for (const auto& row : explained.rows) {
      if (row.table != "quotes") continue;
      const std::size_t at = row_at(places, row.file, row.line);
      ASSERT_LT(at, quotes.size()) << "no row starts at " << row.file << ":" << row.line;
      EXPECT_TRUE(shown.insert(at).second) << "twice";
      EXPECT_EQ(row.raw, row_text(quotes[at]));
      EXPECT_EQ(row.fate == "excluded", quotes[at].cells[kShop] == "struck out");
    }
    EXPECT_EQ(shown, rows_with(quotes, Fate::kept, product)) << "listing of product " << product;
  }
}

const std::vector<Layout> kLayouts = {{"one file", 1, "\n", "", ""},
                                      {"three files, the last without a line end", 3, "\n", "", "", true},
                                      {"carriage returns and a byte order mark", 2, "\r\n", "\xEF\xBB\xBF", "", true},
                                      {"gzip beside a plain file", 2, "\n", "", ".gz", true},
                                      {"zstd, byte order mark", 1, "\n", "\xEF\xBB\xBF", ".zst", true},
                                      {"a quote that never closes", 2, "\n", "", "", true, true}};

TEST(QuotesFoundAgain, RowsOfAnotherUnitAreRejectedWhereTheyStand) {
  constexpr unsigned kSeed = 81;
  std::mt19937_64 random(kSeed);
  for (const bool expected_otherwise : {false, true}) {
    const auto quotes = random_quotes(random, 700, {expected_otherwise, false, true});
    ASSERT_GT(rows_with(quotes, Fate::mismatched).size(), 80U);
    for (const Layout& layout : kLayouts)
      for (const int threads : {1, 2, 4}) expect_found(quotes, layout, threads, random);
    if (HasFailure()) return;
  }
}

// Many blocks, and a row that is larger than one.
TEST(QuotesFoundAgain, InTablesOfManyBlocks) {
  constexpr unsigned kSeed = 82;
  std::mt19937_64 random(kSeed);
  for (const bool expected_otherwise : {false, true}) {
    const auto quotes = random_quotes(random, 9'000, {expected_otherwise, true, true});
    expect_found(quotes, kLayouts[1], 1, random);
    expect_found(quotes, kLayouts[2], 2, random);
    expect_found(quotes, kLayouts[3], 4, random);
  }
}

TEST(QuotesFoundAgain, BehindCarriageReturnsAlone) {
  constexpr unsigned kSeed = 83;
  std::mt19937_64 random(kSeed);
  for (const bool expected_otherwise : {false, true}) {
    const auto quotes = random_quotes(random, 3'000, {expected_otherwise, true, false});
    expect_found(quotes, {"carriage returns alone", 2, "\r", "", "", true}, 2, random);
    expect_found(quotes, {"carriage returns alone, packed", 3, "\r", "\xEF\xBB\xBF", ".gz", true}, 2, random);
  }
}

}  // namespace
}  // namespace fairprice
