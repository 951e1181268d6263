#include <stdexcept>
#include <string>

#include "engine/base/shipped.hpp"
#include "engine/matching/logistic.hpp"

namespace fairprice::matching {

namespace {

/// The next field of a line of weights.csv, which we write ourselves: no quotes.
std::string_view take_field(std::string_view& line) {
  const std::size_t end = line.find(',');
  const std::string_view field = line.substr(0, end);
  line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
  return field;
}

Logistic read_shipped() {
  std::string_view text = shipped_file("matching/weights.csv");
  Logistic model;
  model.spread.fill(1);
  std::size_t row = 0;
  for (bool heading = true; !text.empty(); heading = false) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (heading || line.empty()) continue;
    const std::string_view name = take_field(line);
    const auto number = [&] { return std::stod(std::string(take_field(line))); };
    if (name == "bias") {
      model.bias = number();
      continue;
    }
    if (row >= kFeatures || name != feature_name(static_cast<Feature>(row)))
      throw std::logic_error("data/matching/weights.csv does not fit the features: write it again with bench/matching");
    model.mean[row] = number();
    model.spread[row] = number();
    model.weight[row] = number();
    ++row;
  }
  if (row != kFeatures) throw std::logic_error("data/matching/weights.csv has too few features: write it again with bench/matching");
  return model;
}

}  // namespace

const Logistic& shipped_weights() {
  static const Logistic model = read_shipped();
  return model;
}

}  // namespace fairprice::matching
