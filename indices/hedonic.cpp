#include "indices/hedonic.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fairprice::indices {

namespace {

void check(const HedonicData& data) {
  if (data.periods.size() != data.rows() || data.values.size() != data.rows() * data.characteristics)
    throw std::invalid_argument("each price needs a period and all characteristics");
}

std::vector<double> logarithms(std::span<const double> prices) {
  std::vector<double> result;
  result.reserve(prices.size());
  for (const double price : prices) result.push_back(std::log(price));  // of no price: no finite number, which fit() refuses
  return result;
}

IndexValue times(const IndexValue& before, double logarithm) { return before.ok() ? checked(before.value * std::exp(logarithm)) : before; }

/// The rows of one period, with a constant.
struct PeriodRows {
  Design design;
  std::vector<double> logarithms;
  std::vector<double> means;  ///< of the columns
  double mean = 0;            ///< of the logarithms
};

double at_means(const Regression& regression, const std::vector<double>& means) {
  double sum = 0;
  for (std::size_t j = 0; j < means.size(); ++j) sum += regression.coefficients[j] * means[j];
  return sum;
}

}  // namespace

std::size_t HedonicData::period_count() const {
  return periods.empty() ? 0 : static_cast<std::size_t>(*std::max_element(periods.begin(), periods.end())) + 1;
}

TimeDummyModel time_dummy(const HedonicData& data, Estimator estimator) {
  check(data);
  const std::size_t periods = data.period_count();
  TimeDummyModel model;
  model.first_dummy = 1 + data.characteristics;
  model.index.assign(periods, {0, Status::no_match});
  model.corrected = model.index;
  // A dummy only for periods with goods: the others have no index.
  std::vector<std::size_t> column(periods, 0);
  std::vector<bool> seen(periods, false);
  for (const std::uint32_t period : data.periods) seen[period] = true;
  if (periods == 0 || !seen[0]) return model;
  std::size_t columns = model.first_dummy;
  for (std::size_t t = 1; t < periods; ++t)
    if (seen[t]) column[t] = columns++;
  Design design{columns, {}};
  design.values.assign(data.rows() * columns, 0);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    double* const row = design.values.data() + i * columns;
    row[0] = 1;
    std::copy_n(data.values.begin() + static_cast<std::ptrdiff_t>(i * data.characteristics), data.characteristics, row + 1);
    if (data.periods[i] > 0) row[column[data.periods[i]]] = 1;
  }
  model.regression = fit(design, logarithms(data.prices), {}, estimator);
  if (!model.regression.ok()) {
    for (std::size_t t = 0; t < periods; ++t) model.index[t] = model.corrected[t] = {0, Status::out_of_range};
    return model;
  }
  const std::vector<double> errors = model.regression.standard_errors(ErrorKind::classical);
  model.index[0] = model.corrected[0] = {1, Status::ok};
  for (std::size_t t = 1; t < periods; ++t) {
    if (!seen[t]) continue;
    const double dummy = model.regression.coefficients[column[t]];
    const double error = errors[column[t]];
    model.index[t] = checked(std::exp(dummy));
    model.corrected[t] = checked(std::exp(dummy - error * error / 2));
  }
  return model;
}

ImputationIndex imputation(const HedonicData& data, Estimator estimator, std::size_t rows_per_parameter) {
  check(data);
  const std::size_t periods = data.period_count();
  const std::size_t columns = data.characteristics + 1;
  std::vector<PeriodRows> rows(periods);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    PeriodRows& period = rows[data.periods[i]];
    period.design.columns = columns;
    period.means.resize(columns, 0);
    period.design.values.push_back(1);
    period.means[0] += 1;
    for (std::size_t j = 0; j < data.characteristics; ++j) {
      const double value = data.values[i * data.characteristics + j];
      period.design.values.push_back(value);
      period.means[j + 1] += value;
    }
    period.logarithms.push_back(std::log(data.prices[i]));
    period.mean += period.logarithms.back();
  }
  ImputationIndex result;
  for (PeriodRows& period : rows) {
    const auto count = static_cast<double>(period.logarithms.size());
    for (double& mean : period.means) mean /= count;
    period.mean /= count;
    if (period.logarithms.size() < rows_per_parameter * columns) {
      Regression refused;
      refused.status = FitStatus::too_few;
      refused.observations = period.logarithms.size();
      result.regressions.push_back(std::move(refused));
    } else {
      result.regressions.push_back(fit(period.design, period.logarithms, {}, estimator));
    }
  }
  for (std::size_t t = 0; t < periods; ++t) {
    if (t == 0) {
      const IndexValue first = result.regressions[0].ok()   ? IndexValue{1, Status::ok}
                               : rows[0].logarithms.empty() ? IndexValue{0, Status::no_match}
                                                            : IndexValue{0, Status::out_of_range};
      result.double_imputation.push_back(first);
      result.single_imputation.push_back(first);
      continue;
    }
    const Regression& before = result.regressions[t - 1];
    const Regression& now = result.regressions[t];
    if (!before.ok() || !now.ok()) {
      const bool empty = rows[t - 1].logarithms.empty() || rows[t].logarithms.empty();
      const IndexValue none{0, empty ? Status::no_match : Status::out_of_range};
      result.double_imputation.push_back(result.double_imputation.back().ok() ? none : result.double_imputation.back());
      result.single_imputation.push_back(result.single_imputation.back().ok() ? none : result.single_imputation.back());
      continue;
    }
    const double now_old = at_means(now, rows[t - 1].means);  // what was sold before, at the prices of now
    const double now_new = at_means(now, rows[t].means);
    const double before_old = at_means(before, rows[t - 1].means);
    const double before_new = at_means(before, rows[t].means);
    result.double_imputation.push_back(times(result.double_imputation.back(), (now_old - before_old + now_new - before_new) / 2));
    result.single_imputation.push_back(
        times(result.single_imputation.back(), (now_old - rows[t - 1].mean + rows[t].mean - before_new) / 2));
  }
  return result;
}

double retransformation_factor(const Regression& regression, Retransformation how) {
  if (how == Retransformation::lognormal) return std::exp(regression.sigma * regression.sigma / 2);
  if (how == Retransformation::median || regression.residuals.empty()) return 1;
  double sum = 0;
  for (const double residual : regression.residuals) sum += std::exp(residual);
  return sum / static_cast<double>(regression.residuals.size());
}

}  // namespace fairprice::indices
