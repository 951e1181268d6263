#include "engine/cli/index_hedonic.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "engine/cli/arguments.hpp"
#include "engine/cli/index_text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/indexing/hedonic_file.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

using indices::ErrorKind;
using indices::FitStatus;

constexpr std::size_t kLeastPerParameter = 5;

std::string digits(double value) { return fmt::format("{:.15g}", value); }  // not a price

/// What was fitted, and what its columns are called.
struct Fitted {
  indices::Regression regression;
  std::vector<std::string> terms;
  std::vector<std::int64_t> lines;  ///< of the file, by row
};

void refuse(const Fitted& fitted, const std::string& file) {
  const indices::Regression& regression = fitted.regression;
  const std::string counts = fmt::format("{} / {}", regression.observations, fitted.terms.size());
  if (regression.status == FitStatus::too_few || regression.observations < kLeastPerParameter * fitted.terms.size())
    throw FatalError(fmt::format("{}：行数太少（{} 行，{} 个参数），每个参数至少 {} 行", file, regression.observations, fitted.terms.size(),
                                 kLeastPerParameter),
                     fmt::format("{}: too few rows ({} for {} parameters): at least {} for each", file, regression.observations,
                                 fitted.terms.size(), kLeastPerParameter));
  if (regression.status == FitStatus::collinear)
    throw FatalError(file + "：" + fitted.terms[regression.aliased] + " 可由其他列算出，请去掉一列",
                     file + ": " + fitted.terms[regression.aliased] + " is made up by other columns: leave one out");
  if (!regression.ok()) {
    const std::string why(indices::fit_status_name(regression.status));
    throw FatalError(file + "：无法拟合（" + why + "）", file + ": no fit (" + why + ")");
  }
}

std::string terms_text(const Fitted& fitted, ErrorKind kind, const std::string& format, const CommonOptions& common) {
  const indices::Regression& regression = fitted.regression;
  const std::vector<double> errors = regression.standard_errors(kind);  // not a price
  if (format == "json") {
    publishing::Json json;
    json.begin_object();
    json.member("observations", static_cast<std::int64_t>(regression.observations));
    json.key("r_squared").number(digits(regression.r_squared));
    json.key("adjusted_r_squared").number(digits(regression.adjusted_r_squared));
    json.key("sigma").number(digits(regression.sigma));
    json.key("terms").begin_array();
    for (std::size_t j = 0; j < fitted.terms.size(); ++j) {
      json.begin_object().member("term", fitted.terms[j]);
      json.key("estimate").number(digits(regression.coefficients[j])).key("standard_error").number(digits(errors[j]));
      json.key("variance_inflation").number(digits(regression.variance_inflation[j])).end_object();
    }
    json.end_array().end_object();
    return std::move(json).str();
  }
  const auto highest = std::max_element(regression.leverages.begin(), regression.leverages.end());
  const std::int64_t line = fitted.lines[static_cast<std::size_t>(highest - regression.leverages.begin())];
  if (format == "table") {
    const bool zh = common.terminal == Language::zh;
    Page page(common.colour_out);
    TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right, TextTable::Align::right});
    table.row({zh ? "项" : "term", zh ? "估计" : "estimate", zh ? "标准误" : "standard error", "VIF"});
    for (std::size_t j = 0; j < fitted.terms.size(); ++j)
      table.row({fitted.terms[j], fmt::format("{:.6f}", regression.coefficients[j]), fmt::format("{:.6f}", errors[j]),
                 regression.variance_inflation[j] > 0 ? fmt::format("{:.1f}", regression.variance_inflation[j]) : ""});
    table.print(page);
    page.line();
    page.line(fmt::format(fmt::runtime(zh ? "  {} 行，R² {:.4f}，残差标准差 {:.4f}；最大杠杆值 {:.3f}（第 {} 行）"
                                          : "  {} rows, R² {:.4f}, residual standard deviation {:.4f}; highest leverage {:.3f} (line {})"),
                          regression.observations, regression.r_squared, regression.sigma, *highest, line));
    return page.text();
  }
  publishing::CsvBuffer buffer;
  buffer.put_plain("term,estimate,standard_error");
  buffer.end_row();
  for (std::size_t j = 0; j < fitted.terms.size(); ++j) {
    buffer.put_text(fitted.terms[j]);
    buffer.comma();
    buffer.put_plain(digits(regression.coefficients[j]));
    buffer.comma();
    buffer.put_plain(digits(errors[j]));
    buffer.end_row();
  }
  return std::string(buffer.bytes());
}

std::string prediction_text(const Fitted& fitted, const indexing::HedonicFile& file, const std::vector<std::string>& characteristics,
                            const HedonicArguments& arguments, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  std::map<std::string, std::string> values;
  for (const std::string& one : divided(arguments.predict, ',')) {
    const std::size_t equal = one.find('=');
    values[one.substr(0, equal)] = equal == std::string::npos ? "" : one.substr(equal + 1);
  }
  std::string period = file.periods.back();
  if (const auto given = values.find(arguments.time); given != values.end()) {
    period = given->second;
    values.erase(given);
  }
  const auto place = std::find(file.periods.begin(), file.periods.end(), period);
  if (place == file.periods.end()) throw FatalError(period + " 不是文件中的时期", period + " is no period of the file");
  std::vector<double> row = indexing::configuration_row(file, characteristics, values);  // not a price
  row.resize(fitted.terms.size(), 0);
  if (const auto t = static_cast<std::size_t>(place - file.periods.begin()); t > 0) row[file.terms.size() + t] = 1;
  const indices::Prediction prediction = indices::predict(fitted.regression, row);
  const auto median = std::exp(prediction.value);
  Page page(common.colour_out);
  page.line(
      fmt::format(fmt::runtime(zh ? "  时期 {}：中位价 {:.2f}，95 % 预测区间 {:.2f} 至 {:.2f}（−{:.1f} % 至 +{:.1f} %）"
                                  : "  period {}: median price {:.2f}, 95 % prediction interval {:.2f} to {:.2f} (−{:.1f} % to +{:.1f} %)"),
                  period, median, std::exp(prediction.lower), std::exp(prediction.upper),
                  100 - 100 * std::exp(prediction.lower - prediction.value), 100 * std::exp(prediction.upper - prediction.value) - 100));
  page.line(fmt::format(fmt::runtime(zh ? "  平均价：误差正态时乘以 {:.4f}，不论误差（Duan）乘以 {:.4f}"
                                        : "  mean price: times {:.4f} where errors are normal, times {:.4f} whatever they are (Duan)"),
                        indices::retransformation_factor(fitted.regression, indices::Retransformation::lognormal),
                        indices::retransformation_factor(fitted.regression, indices::Retransformation::smearing)));
  if (prediction.extrapolates)
    page.line(zh ? "  该配置超出数据范围（杠杆值高于所有观测）：此估计不可作为依据"
                 : "  this configuration lies outside of the data (its leverage is above that of every row): no evidence");
  return page.text();
}

}  // namespace

int index_hedonic(const HedonicArguments& arguments, const Command& command, const CommonOptions& common) {
  const Language language = common.terminal;
  required(arguments.price, "--price", command, language);
  required(arguments.characteristics, "--characteristics", command, language);
  required(arguments.time, "--time", command, language);
  const std::string method = format_of(arguments.method.empty() ? "ols" : arguments.method, "ols|huber", command, language);
  const std::string errors = format_of(arguments.errors.empty() ? "hc1" : arguments.errors, "classical|hc0|hc1|hc3", command, language);
  const std::string series =
      format_of(arguments.series.empty() ? "none" : arguments.series, "none|time-dummy|time-dummy-corrected|imputation", command, language);
  const std::string format = format_of(arguments.format, "csv|json|table", command, language);
  const std::vector<std::string> characteristics = divided(arguments.characteristics, ',');
  const indexing::HedonicFile file = indexing::read_hedonic(arguments.file, arguments.price, arguments.time, characteristics);
  const std::string name = arguments.file == "-" ? "stdin" : arguments.file;
  const auto estimator = method == "huber" ? indices::Estimator::huber : indices::Estimator::least_squares;

  std::string text;
  if (series == "imputation") {
    const indices::ImputationIndex index = indices::imputation(file.data, estimator);
    text = index_text(file.periods, {{"", index.double_imputation}}, false, format, common);
  } else {
    const indices::TimeDummyModel model = indices::time_dummy(file.data, estimator);
    Fitted fitted{model.regression, {"(intercept)"}, file.lines};
    fitted.terms.insert(fitted.terms.end(), file.terms.begin(), file.terms.end());
    for (std::size_t t = 1; t < file.periods.size(); ++t) fitted.terms.push_back(arguments.time + "=" + file.periods[t]);
    refuse(fitted, name);
    const ErrorKind kind = errors == "classical" ? ErrorKind::classical
                           : errors == "hc0"     ? ErrorKind::hc0
                           : errors == "hc3"     ? ErrorKind::hc3
                                                 : ErrorKind::hc1;
    if (!arguments.predict.empty())
      text = prediction_text(fitted, file, characteristics, arguments, common);
    else if (series == "none")
      text = terms_text(fitted, kind, format, common);
    else
      text = index_text(file.periods, {{"", series == "time-dummy" ? model.index : model.corrected}}, false, format, common);
  }
  if (!common.quiet && !file.problems.empty()) {
    const Problem& one = file.problems.front();
    write_stream(
        STDERR_FILENO,
        fmt::format(fmt::runtime(language == Language::zh ? "fairprice: {} 行未用，例如 {}:{}：{}（{}）\n"
                                                          : "fairprice: {} rows were left out, e.g. {}:{}: {} ({})\n"),
                    file.problems.size(), std::string_view(one.file), one.line, code_name(one.code), std::string_view(one.column)));
  }
  if (arguments.output.empty() || arguments.output == "-")
    write_stream(STDOUT_FILENO, text);
  else
    publishing::write_file(arguments.output, text);
  return kDone;
}

}  // namespace fairprice::cli
