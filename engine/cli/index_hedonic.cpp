#include "engine/cli/index_hedonic.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/cli/arguments.hpp"
#include "engine/cli/index_prediction.hpp"
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

void refuse(const Fitted& fitted, const std::string& file) {
  const indices::Regression& regression = fitted.regression;
  if (regression.status == FitStatus::collinear)
    throw FatalError(file + "：" + fitted.terms[regression.aliased] + " 可由其他列算出，请去掉一列",
                     file + ": " + fitted.terms[regression.aliased] + " is made up by other columns: leave one out");
  if (regression.status == FitStatus::no_scale)
    throw FatalError(
        file + "：半数以上的价格恰好落在拟合上，稳健尺度为零，无法给出误差与区间；请用 --method ols",
        file +
            ": half of the prices or more lie exactly on the fit, so that there is no scale for errors or an interval: use --method ols");
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

/// Before any sum: how many rows there must be is known from the counts, and a table of thousands of texts would take its time.
void refuse_too_few(std::size_t rows, std::size_t parameters, const std::string& file) {
  if (rows >= kLeastPerParameter * parameters) return;
  throw FatalError(
      fmt::format("{}：行数太少（{} 行，{} 个参数），每个参数至少 {} 行", file, rows, parameters, kLeastPerParameter),
      fmt::format("{}: too few rows ({} for {} parameters): at least {} for each", file, rows, parameters, kLeastPerParameter));
}

/// Why a period's own regression could not be had; empty when it could.
std::string imputation_reason(const indices::Regression& regression, const indexing::HedonicFile& file, Language language) {
  const bool zh = language == Language::zh;
  if (regression.ok()) return {};
  if (regression.status == FitStatus::too_few)
    return fmt::format(
        fmt::runtime(zh ? "行数太少（{} 行，{} 个参数），每个参数至少 {} 行" : "too few rows ({} for {} parameters): at least {} for each"),
        regression.observations, file.terms.size() + 1, kLeastPerParameter);
  if (regression.status == FitStatus::collinear) {
    const std::string term = regression.aliased == 0 ? "(intercept)" : file.terms[regression.aliased - 1];
    return term + (zh ? " 可由其他列算出，请去掉一列" : " is made up by other columns: leave one out");
  }
  if (regression.status == FitStatus::no_scale)
    return zh ? "半数以上的价格恰好落在拟合上，稳健尺度为零"
              : "half of the prices or more lie exactly on the fit, so that there is no scale";
  const std::string why(indices::fit_status_name(regression.status));
  return zh ? "无法拟合（" + why + "）" : "no fit (" + why + ")";
}

/// A line for each period that could not be fitted, and one for what comes after the first of them.
std::string imputation_notices(const indices::ImputationIndex& index, const indexing::HedonicFile& file, Language language) {
  const bool zh = language == Language::zh;
  std::string text;
  for (std::size_t t = 0; t < file.periods.size(); ++t)
    if (const std::string why = imputation_reason(index.regressions[t], file, language); !why.empty())
      text += fmt::format(fmt::runtime(zh ? "fairprice: 时期 {} 没有指数：{}\n" : "fairprice: no index for period {}: {}\n"),
                          file.periods[t], why);
  const auto& series = index.double_imputation;
  for (std::size_t t = 1; t < series.size(); ++t)
    if (!series[t].ok() && index.regressions[t].ok())
      return text + (zh ? "fairprice: 其后的时期无法与之前链接，也没有指数\n"
                        : "fairprice: later periods cannot be linked to those before, and have none either\n");
  return text;
}

}  // namespace

int index_hedonic(const HedonicArguments& arguments, const Command& command, const CommonOptions& common) {
  const Language language = common.terminal;
  required(arguments.price, "--price", command, language);
  required(arguments.characteristics, "--characteristics", command, language);
  required(arguments.time, "--time", command, language);
  const std::string method = format_of(arguments.method.empty() ? "ols" : arguments.method, "ols|huber", command, language, "--method");
  const std::string errors =
      format_of(arguments.errors.empty() ? "hc1" : arguments.errors, "classical|hc0|hc1|hc3", command, language, "--errors");
  const std::string series = format_of(arguments.series.empty() ? "none" : arguments.series,
                                       "none|time-dummy|time-dummy-corrected|imputation", command, language, "--series");
  const std::string format = format_of(arguments.format.empty() ? "csv" : arguments.format, "csv|json|table", command, language);
  if (!arguments.predict.empty() && series != "none")
    throw UsageError{language == Language::zh ? "--predict 与 --series 不能合用" : "--predict and --series do not go together",
                     std::string(command.example())};
  if (arguments.extrapolate && arguments.predict.empty())
    throw UsageError{language == Language::zh ? "--extrapolate 须与 --predict 合用" : "--extrapolate goes with --predict",
                     std::string(command.example())};
  const std::vector<std::string> characteristics = divided(arguments.characteristics, ',');
  const indexing::HedonicFile file = indexing::read_hedonic(arguments.file, arguments.price, arguments.time, characteristics);
  const std::string name = arguments.file == "-" ? "stdin" : arguments.file;
  const auto estimator = method == "huber" ? indices::Estimator::huber : indices::Estimator::least_squares;

  std::string text;
  std::string notices;
  if (series == "imputation") {
    const indices::ImputationIndex index = indices::imputation(file.data, estimator, kLeastPerParameter);
    notices = imputation_notices(index, file, language);
    if (!index.double_imputation.front().ok())
      throw FatalError(
          name + "：" + imputation_reason(index.regressions.front(), file, Language::zh) + "（第一期 " + file.periods.front() + "）",
          name + ": " + imputation_reason(index.regressions.front(), file, Language::en) + " (the first period, " + file.periods.front() +
              ")");
    text = index_text(file.periods, {{"", index.double_imputation}}, false, format, common);
  } else {
    refuse_too_few(file.data.rows(), file.terms.size() + file.periods.size(), name);
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
      text = prediction_text(fitted, file, characteristics, arguments, name, command, common);
    else if (series == "none")
      text = terms_text(fitted, kind, format, common);
    else
      text = index_text(file.periods, {{"", series == "time-dummy" ? model.index : model.corrected}}, false, format, common);
  }
  if (!common.quiet) write_stream(STDERR_FILENO, rows_left_out(file.problems, language) + notices);
  if (arguments.output.empty() || arguments.output == "-")
    write_stream(STDOUT_FILENO, text);
  else
    publishing::write_file(arguments.output, text);
  return kDone;
}

}  // namespace fairprice::cli
