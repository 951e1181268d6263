#include "engine/estimation/category_model.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace fairprice::estimation {

namespace {

constexpr std::size_t kLeastPerParameter = 5;
constexpr std::size_t kLeast = 20;
constexpr std::size_t kLeastOfKind = 5;
constexpr std::size_t kMaker = kKinds;  // in LeftOut
constexpr double kNotStated = -1e9;     // no logarithm of a number is so small
constexpr double kWidest = 0.20;
constexpr std::string_view kOther = "\x01other";  // no brand's name

/// Lines with enough configurations; brands whose other lines together have enough; what is left, if that is enough.
std::vector<std::string> makers_of(const std::vector<const Configured*>& rows, bool tell_lines,
                                   const std::set<std::pair<std::size_t, std::string>>& left_out) {
  std::map<std::string, std::size_t> lines;
  for (const Configured* one : rows)
    if (tell_lines && !one->make.line.empty()) ++lines[one->make.line];
  std::erase_if(lines, [&](const auto& line) { return line.second < kLeastOfKind || left_out.contains({kMaker, line.first}); });
  std::map<std::string, std::size_t> brands;
  for (const Configured* one : rows)
    if (!lines.contains(one->make.line)) ++brands[one->make.brand];
  std::vector<std::string> makers;
  std::size_t others = 0;
  for (const auto& [line, count] : lines) makers.push_back(line);
  for (const auto& [brand, count] : brands) {
    if (count >= kLeastOfKind && !brand.empty() && !left_out.contains({kMaker, brand}))
      makers.push_back(brand);
    else
      others += count;
  }
  if (others >= kLeastOfKind && !left_out.contains({kMaker, std::string(kOther)})) makers.emplace_back(kOther);
  return makers;
}

}  // namespace

/// A fitted set of characteristics: how a configuration becomes a row of the design.
struct CategoryModel::Model {
  Why why = Why::estimated;
  Stated used;
  bool lines = true;                               ///< told apart
  std::vector<std::size_t> numbers;                ///< that have a column
  std::map<std::size_t, double> constant_numbers;  ///< that all configurations share
  std::vector<std::vector<std::string>> levels;    ///< by kind: those that count, the first without a column
  std::vector<std::string> makers;                 ///< likewise: lines, brands, other
  indices::Regression regression;

  /// The level that stands for a maker: its line, else its brand, else `other`; null when the model has none of them.
  const std::string* maker(const Make& make) const {
    for (const std::string_view level : {std::string_view(make.line), std::string_view(make.brand), kOther})
      if (const auto found = std::find(makers.begin(), makers.end(), level); found != makers.end() && !level.empty()) return &*found;
    return nullptr;
  }
  /// The kind (or kMaker) and level whose dummy a column is; nothing for the constant and numbers.
  std::optional<std::pair<std::size_t, std::string>> level_of(std::size_t column) const {
    std::size_t next = 1 + numbers.size();
    if (column < next) return std::nullopt;
    for (std::size_t kind = 0; kind <= kKinds; ++kind) {
      const auto& known = kind < kKinds ? levels[kind] : makers;
      const std::size_t count = known.empty() ? 0 : known.size() - 1;
      if (column < next + count) return std::pair(kind, known[column - next + 1]);
      next += count;
    }
    return std::nullopt;
  }
  std::size_t columns() const {
    std::size_t count = 1 + numbers.size() + (makers.empty() ? 0 : makers.size() - 1);
    for (const auto& one : levels) count += one.empty() ? 0 : one.size() - 1;
    return count;
  }
  /// False when the configuration has a level that the model has not.
  bool row(const Make& make, const Features& features, std::vector<double>& row) const {
    row.assign(1, 1.0);
    for (const auto& [number, value] : constant_numbers)
      if (features.numbers[number] != value) return false;
    for (const std::size_t number : numbers) row.push_back(std::log(features.numbers[number]));
    const auto dummies = [&](const std::vector<std::string>& known, const std::string& value) {
      if (known.empty()) return true;
      if (std::find(known.begin(), known.end(), value) == known.end()) return false;
      for (std::size_t i = 1; i < known.size(); ++i) row.push_back(known[i] == value ? 1.0 : 0.0);
      return true;
    };
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      if (!dummies(levels[kind], features.kinds[kind])) return false;
    const std::string* level = maker(make);
    return level != nullptr && dummies(makers, *level);
  }
};

Make make_of(std::string_view brand, std::string_view model) {
  Make make{std::string(brand), {}};
  const std::string_view letters = model.substr(0, model.find_first_of("0123456789"));
  if (!letters.empty()) make.line = make.brand + " " + std::string(letters);
  return make;
}

CategoryModel::CategoryModel(std::vector<Configured> market) : market_(std::move(market)) {
  std::sort(market_.begin(), market_.end(), [](const Configured& a, const Configured& b) { return a.name < b.name; });
  for (const Configured& one : market_) {
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      kind_numbers_[kind].emplace(one.features.kinds[kind], static_cast<std::uint32_t>(kind_numbers_[kind].size() + 1));
    brand_numbers_.emplace(one.make.brand, static_cast<std::uint32_t>(brand_numbers_.size() + 1));
    if (!one.make.line.empty()) ++lines_[one.make.line];
  }
  for (const Configured& one : market_) coded_.push_back(coded(one.make.brand, one.features));
}

CategoryModel::Coded CategoryModel::coded(const std::string& brand, const Features& features) const {
  const auto number_in = [](const std::unordered_map<std::string, std::uint32_t>& numbers, const std::string& text) {
    const auto found = numbers.find(text);
    return found == numbers.end() ? UINT32_MAX : found->second;  // one that the market has not: another one than all
  };
  Coded code;
  for (std::size_t i = 0; i < kNumbers; ++i) code.doublings[i] = features.numbers[i] > 0 ? std::log2(features.numbers[i]) : kNotStated;
  for (std::size_t i = 0; i < kKinds; ++i) code.kinds[i] = features.kinds[i].empty() ? 0 : number_in(kind_numbers_[i], features.kinds[i]);
  code.brand = number_in(brand_numbers_, brand);
  return code;
}

CategoryModel::~CategoryModel() = default;
CategoryModel::CategoryModel(CategoryModel&&) noexcept = default;
CategoryModel& CategoryModel::operator=(CategoryModel&&) noexcept = default;

std::string_view why_name(Why why) {
  switch (why) {
    case Why::estimated: return "estimated";
    case Why::nothing_stated: return "nothing_stated";
    case Why::too_few: return "too_few";
    case Why::outside: return "outside";
    case Why::too_wide: return "too_wide";
    case Why::not_fitted: return "not_fitted";
  }
  return "";
}

CategoryModel::Rows CategoryModel::rows_of(Model& model, const LeftOut& left_out) const {
  Rows rows;
  for (const Configured& one : market_)
    if ((model.used & ~one.features.stated()).none()) rows.push_back(&one);
  // Configurations of a kind that is too rare are left out, which may make another kind rare: until it stands.
  for (bool changed = true; changed;) {
    const std::size_t before = rows.size();
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      if (!model.used[kNumbers + kind]) continue;
      std::map<std::string, std::size_t> counts;
      for (const Configured* one : rows) ++counts[one->features.kinds[kind]];
      std::erase_if(counts, [&](const auto& level) { return level.second < kLeastOfKind || left_out.contains({kind, level.first}); });
      model.levels[kind].clear();
      for (const auto& [level, count] : counts) model.levels[kind].push_back(level);
      std::erase_if(rows, [&](const Configured* one) { return !counts.contains(one->features.kinds[kind]); });
    }
    model.makers = makers_of(rows, model.lines, left_out);
    std::erase_if(rows, [&](const Configured* one) { return model.maker(one->make) == nullptr; });
    changed = rows.size() < before;
  }
  for (std::size_t number = 0; number < kNumbers; ++number) {
    if (!model.used[number] || rows.empty()) continue;
    const double first = rows.front()->features.numbers[number];
    const auto is_first = [&](const Configured* one) { return one->features.numbers[number] == first; };
    if (std::all_of(rows.begin(), rows.end(), is_first))
      model.constant_numbers[number] = first;
    else
      model.numbers.push_back(number);
  }
  return rows;
}

std::unique_ptr<CategoryModel::Model> CategoryModel::fitted(Stated stated, bool lines) const {
  LeftOut left_out;
  for (;;) {
    auto model = std::make_unique<Model>();
    model->used = stated;
    model->lines = lines;
    model->levels.resize(kKinds);
    const Rows rows = rows_of(*model, left_out);
    if (rows.size() < kLeast || rows.size() < kLeastPerParameter * model->columns()) {
      model->why = Why::too_few;
      model->regression.observations = rows.size();
      return model;
    }
    indices::Design design;
    design.columns = model->columns();
    std::vector<double> logarithms;
    std::vector<double> row;
    for (const Configured* one : rows) {
      model->row(one->make, one->features, row);
      design.values.insert(design.values.end(), row.begin(), row.end());
      logarithms.push_back(std::log(static_cast<double>(one->price)));
    }
    model->regression = indices::fit(design, logarithms);
    if (model->regression.status != indices::FitStatus::collinear) {
      if (!model->regression.ok()) model->why = Why::not_fitted;
      // A prediction asks for none of what is as long as the market, but for the highest leverage.
      indices::Regression& kept = model->regression;
      kept.leverages.clear();
      for (std::vector<double>* one : {&kept.residuals, &kept.weighted, &kept.roots}) std::vector<double>().swap(*one);
      return model;
    }
    // A level that others make up (all things with this processor have that card) says nothing of its own: without it.
    const auto level = model->level_of(model->regression.aliased);
    if (!level || !left_out.insert(*level).second) {
      model->why = Why::not_fitted;
      return model;
    }
  }
}

const CategoryModel::Model& CategoryModel::model(Stated stated, bool lines) {
  auto& known = models_[{stated.to_ulong(), lines}];
  if (known) return *known;
  Stated used = stated;
  known = fitted(used, lines);
  // Without the characteristic that fewest configurations state (of equal ones the last), until there is a model.
  while (known->why != Why::estimated && used.count() > 1) {
    std::size_t least = 0;
    std::size_t fewest = market_.size() + 1;
    for (std::size_t feature = 0; feature < kNumbers + kKinds; ++feature) {
      if (!used[feature]) continue;
      const auto count = static_cast<std::size_t>(
          std::count_if(market_.begin(), market_.end(), [&](const Configured& one) { return one.features.stated().test(feature); }));
      if (count <= fewest) fewest = count, least = feature;
    }
    used.reset(least);
    auto smaller = fitted(used, lines);
    if (smaller->why == Why::estimated || used.count() == 1) known = std::move(smaller);
  }
  return *known;
}

Estimated CategoryModel::estimate(const Make& make, const Features& features) {
  Estimated answer;
  const Stated stated = features.stated();
  if (stated.none()) return answer;
  const Model* with = nullptr;
  if (const auto line = lines_.find(make.line); line != lines_.end() && line->second >= kLeastOfKind) {
    with = &model(stated, true);
    if (std::find(with->makers.begin(), with->makers.end(), make.line) == with->makers.end())
      with = nullptr;  // not among those that state it all
  }
  if (with == nullptr) with = &model(stated, false);
  answer.why = with->why;
  answer.observations = with->regression.observations;
  answer.parameters = with->columns();
  answer.r_squared = with->regression.r_squared;
  answer.used = with->used;
  if (with->why != Why::estimated) return answer;
  std::vector<double> row;
  if (!with->row(make, features, row)) {
    answer.why = Why::outside;
    return answer;
  }
  const indices::Prediction prediction = indices::predict(with->regression, row, 0.95);
  if (prediction.extrapolates) {
    answer.why = Why::outside;
  } else if (prediction.upper - prediction.value > std::log1p(kWidest) || prediction.lower - prediction.value < std::log1p(-kWidest)) {
    answer.why = Why::too_wide;
  } else if (prediction.upper < std::log(9e17) && prediction.lower > 0) {
    answer.price = std::llround(std::exp(prediction.value));
    answer.lower = std::llround(std::exp(prediction.lower));
    answer.upper = std::llround(std::exp(prediction.upper));
  } else {
    answer.why = Why::not_fitted;
  }
  return answer;
}

std::vector<CategoryModel::Near> CategoryModel::nearest(const Make& make, const Features& features, std::size_t count) const {
  const Coded asked = coded(make.brand, features);
  std::vector<Near> near;  // sorted; market_ is by name, so that of equal ones the first stays
  for (std::size_t at = 0; at < coded_.size() && count > 0; ++at) {
    const Coded& one = coded_[at];
    double sum = one.brand == asked.brand ? 0 : 0.5;
    for (std::size_t i = 0; i < kNumbers; ++i) {
      if (asked.doublings[i] == kNotStated) continue;
      sum += one.doublings[i] == kNotStated ? 1 : std::abs(asked.doublings[i] - one.doublings[i]);
    }
    for (std::size_t i = 0; i < kKinds; ++i) sum += asked.kinds[i] != 0 && asked.kinds[i] != one.kinds[i] ? 1 : 0;
    if (near.size() == count && !(sum < near.back().distance)) continue;
    const auto place =
        std::upper_bound(near.begin(), near.end(), sum, [](double value, const Near& other) { return value < other.distance; });
    near.insert(place, {&market_[at], sum});
    if (near.size() > count) near.pop_back();
  }
  return near;
}

}  // namespace fairprice::estimation
