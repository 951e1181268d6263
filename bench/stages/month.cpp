#include "bench/stages/month.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

#include "bench/province/tables.hpp"
#include "engine/fairprice.hpp"
#include "engine/ingest/scan_csv.hpp"

namespace fairprice::bench {

namespace {

constexpr std::uint64_t kShare = 20;  // of a province

class TemporaryMonth {
 public:
  TemporaryMonth() {
    std::string name = (std::filesystem::temp_directory_path() / "fairprice-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    path_ = name;
    Sizes sizes;
    for (std::uint64_t* count : {&sizes.models, &sizes.listings, &sizes.quotes, &sizes.orders, &sizes.suppliers}) *count /= kShare;
    const World world(sizes);
    write_dictionaries(world, path_);
    write_index(world, path_);
    write_listings(world, path_);
    write_orders(world, path_);
    write_quotes(world, path_, 1);
  }
  TemporaryMonth(const TemporaryMonth&) = delete;
  TemporaryMonth& operator=(const TemporaryMonth&) = delete;
  ~TemporaryMonth() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TableBytes read(std::string_view table) {
  TableBytes result;
  result.files = ingest::find_files(month_folder(), table);
  ingest::BlockReader reader(result.files, table);
  for (ingest::Block block; reader.next(block); block = {}) {
    result.bytes += block.size;
    result.blocks.push_back(std::move(block));
  }
  return result;
}

}  // namespace

const std::string& month_folder() {
  static const TemporaryMonth month;
  return month.path();
}

const TableBytes& quotes_bytes() {
  static const TableBytes bytes = read("quotes");
  return bytes;
}

Cells cells_of(std::string_view table, int column) {
  const TableBytes bytes = read(table);
  const int field = bytes.files.front().headings.field_of_column[static_cast<std::size_t>(column)];
  require(field >= 0, std::string(table) + " has no such column");
  Cells result;
  std::vector<std::size_t> sizes;
  ingest::RowScanner scanner;
  for (const ingest::Block& block : bytes.blocks) {
    scanner.open(block, ',', bytes.fields());
    while (scanner.next()) {
      const std::string_view cell = scanner.cell(static_cast<std::size_t>(field));
      if (cell.empty()) continue;
      result.bytes += cell;
      sizes.push_back(cell.size());
    }
  }
  std::size_t at = 0;
  for (const std::size_t size : sizes) {
    result.cells.push_back(std::string_view(result.bytes).substr(at, size));
    at += size;
  }
  return result;
}

const rules::PolicySet& policy() {
  static const rules::PolicySet policy = rules::shipped_policy("hubei");
  return policy;
}

const ingest::Month& month() {
  static const std::unique_ptr<ingest::Month> month = [] {
    LoadOptions options;
    options.folder = month_folder();
    options.period = Period::of(Sizes().year, Sizes().month);
    use_windows(options, policy());
    return load_month(options);
  }();
  return *month;
}

const assessment::Assessments& assessments() {
  static const assessment::Assessments assessments = assess(month(), policy(), 1);
  return assessments;
}

void require(bool same, const std::string& what) {
  if (!same) throw std::runtime_error("answers differ, nothing is timed: " + what);
}

}  // namespace fairprice::bench
