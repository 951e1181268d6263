// Long files of prices, of series and of goods: no bytes may break their readers, and no index that is made of them is NaN or infinite.

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/base/problem.hpp"
#include "engine/indexing/compute.hpp"
#include "engine/indexing/hedonic_file.hpp"
#include "engine/indexing/panel_file.hpp"
#include "engine/indexing/series_file.hpp"

namespace {

using namespace fairprice;

void expect(bool holds) {
  if (!holds) std::abort();
}

/// A file in memory that holds the bytes.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size) : file_(::memfd_create("fuzz.csv", 0)) {
    expect(file_ >= 0 && ::write(file_, data, size) == static_cast<ssize_t>(size));
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(file_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

void expect_sound(const std::vector<indices::IndexValue>& series, std::size_t periods) {
  expect(series.size() == periods);
  for (const indices::IndexValue& value : series) expect(value.ok() ? std::isfinite(value.value) && value.value > 0 : value.value == 0);
}

void compute_all(const indexing::PanelFile& file) {
  using Impute = indexing::SeriesRequest::Impute;
  if (file.periods.size() > 24) return;  // long ones are for benches
  std::size_t number = 0;
  for (const std::string& name : indexing::method_names()) {
    indexing::SeriesRequest request;
    request.method = *indexing::find_method(name);
    request.chained = number % 2 == 1;
    request.impute = number % 3 == 0 ? Impute::none : number % 3 == 1 ? Impute::carry : Impute::mean;
    request.window = number % 5 == 4 ? 3 : 0;
    request.splice = static_cast<indices::Splice>(1 + number % 9);
    ++number;
    for (const indexing::PanelGroup& group : file.groups) expect_sound(indexing::compute(group.panel, request), file.periods.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile file(data, size);
  for (const bool by_group : {false, true}) {
    try {
      compute_all(indexing::read_panel(file.path(), by_group));
    } catch (const FatalError&) {  // said to the user
    }
  }
  try {
    const indexing::SeriesFile series = indexing::read_series(file.path());
    for (const indexing::Series& one : series.series) expect(one.values.size() == series.periods.size());
  } catch (const FatalError&) {
  }
  try {
    const indexing::HedonicFile goods = indexing::read_hedonic(file.path(), "price", "period", {"product"});
    expect(goods.data.values.size() == goods.data.rows() * goods.data.characteristics);
    if (goods.data.rows() <= 200 && goods.data.characteristics + goods.periods.size() <= 40) {
      const indices::TimeDummyModel model = indices::time_dummy(goods.data);
      expect_sound(model.index, goods.periods.size());
      if (model.regression.ok())
        for (const double coefficient : model.regression.coefficients) expect(std::isfinite(coefficient));
    }
  } catch (const FatalError&) {
  }
  return 0;
}
