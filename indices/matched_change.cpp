#include "indices/matched_change.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "indices/matched.hpp"

namespace fairprice::indices {

MatchedChange matched_change(const Panel& panel, std::size_t base, std::size_t compared, double confidence) {
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("a confidence lies between 0 and 1");
  MatchedChange change;
  Matcher matcher;
  const Matched matched = matcher.match(panel.period(base), panel.period(compared));
  change.matched = matched.size();
  if (matched.size() == 0) {
    change.index.status = Status::no_match;
    return change;
  }
  std::vector<double> logarithms(matched.size());
  double sum = 0;
  for (std::size_t i = 0; i < matched.size(); ++i) sum += logarithms[i] = std::log(matched.p1[i]) - std::log(matched.p0[i]);
  const auto n = static_cast<double>(matched.size());
  const double mean = sum / n;
  change.index = checked(std::exp(mean));
  if (matched.size() < 2 || !change.index.ok()) return change;
  double squares = 0;
  for (const double logarithm : logarithms) squares += (logarithm - mean) * (logarithm - mean);
  change.standard_error = std::sqrt(squares / (n - 1) / n);
  const double half = boost::math::quantile(boost::math::students_t(n - 1), (1 + confidence) / 2) * change.standard_error;
  const IndexValue lower = checked(std::exp(mean - half));
  const IndexValue upper = checked(std::exp(mean + half));
  if (!lower.ok() || !upper.ok()) {
    change.standard_error = 0;
    return change;
  }
  change.lower = lower.value;
  change.upper = upper.value;
  return change;
}

}  // namespace fairprice::indices
