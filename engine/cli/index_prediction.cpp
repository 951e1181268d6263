#include "engine/cli/index_prediction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/cli/arguments.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/json.hpp"

namespace fairprice::cli {

namespace {

/// Prices of a regression: estimates, with as many digits as a reader can use.
struct Predicted {
  std::string period;
  double median, lower, upper;  // in the unit of the file, not a price that anything is held against
  double lognormal, smearing;   // factors, not a price
  bool extrapolates;
};

std::map<std::string, std::string> values_of(const std::string& text, const Command& command, Language language) {
  std::map<std::string, std::string> values;
  for (const std::string& one : divided(text, ',')) {
    const std::size_t equal = one.find('=');
    const auto wrong = [&](const char* zh, const char* en) {
      return UsageError{language == Language::zh ? "--predict " + one + zh : "--predict " + one + en, std::string(command.example())};
    };
    if (equal == std::string::npos || equal == 0 || equal + 1 == one.size())
      throw wrong("：应为 名称=值", " should be a name, =, and a value");
    if (!values.emplace(one.substr(0, equal), one.substr(equal + 1)).second)
      throw wrong("：该名称已经给过值", " gives a second value for the same name");
  }
  return values;
}

/// What of the configuration is beyond the values that the file has: "ram 64（4–16）"; empty when only their combination is.
std::string out_of_range(const indexing::HedonicFile& data, const std::vector<double>& row) {  // not a price
  std::string text;
  for (std::size_t j = 0; j < data.terms.size(); ++j) {
    double least = INFINITY, most = -INFINITY;  // of a characteristic, not a price
    for (std::size_t i = 0; i < data.data.rows(); ++i) {
      const auto value = data.data.values[i * data.data.characteristics + j];
      least = std::min(least, value);
      most = std::max(most, value);
    }
    if (row[j + 1] < least || row[j + 1] > most)
      text += fmt::format("{}{} {:g} ({:g}–{:g})", text.empty() ? "" : ", ", data.terms[j], row[j + 1], least, most);
  }
  return text;
}

[[noreturn]] void refuse_extrapolation(const Fitted& fitted, const indices::Prediction& prediction, const std::string& beyond,
                                       const std::string& file) {
  const auto highest = *std::max_element(fitted.regression.leverages.begin(), fitted.regression.leverages.end());
  const std::string zh = beyond.empty() ? "没有这样的组合" : beyond;
  const std::string en = beyond.empty() ? "nothing in it combines like that" : beyond;
  throw FatalError(
      fmt::format("{}：该配置超出数据范围，不作估计：{}；杠杆值 {:.3f} 高于所有观测（最大 {:.3f}）。仍要数值请用 --extrapolate", file, zh,
                  prediction.leverage, highest),
      fmt::format("{}: no estimate, the configuration lies outside of the data: {}; its leverage {:.3f} is above that of every row (at "
                  "most {:.3f}). --extrapolate gives a number all the same",
                  file, en, prediction.leverage, highest));
}

std::string as_sentence(const Predicted& predicted, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  page.line(
      fmt::format(fmt::runtime(zh ? "  时期 {}：中位价 {:.2f}，95 % 预测区间 {:.2f} 至 {:.2f}（−{:.1f} % 至 +{:.1f} %）"
                                  : "  period {}: median price {:.2f}, 95 % prediction interval {:.2f} to {:.2f} (−{:.1f} % to +{:.1f} %)"),
                  predicted.period, predicted.median, predicted.lower, predicted.upper, 100 - 100 * predicted.lower / predicted.median,
                  100 * predicted.upper / predicted.median - 100));
  page.line(fmt::format(fmt::runtime(zh ? "  平均价：误差正态时乘以 {:.4f}，不论误差（Duan）乘以 {:.4f}"
                                        : "  mean price: times {:.4f} where errors are normal, times {:.4f} whatever they are (Duan)"),
                        predicted.lognormal, predicted.smearing));
  if (predicted.extrapolates)
    page.line(zh ? "  该配置超出数据范围（杠杆值高于所有观测）：此估计不可作为依据"
                 : "  this configuration lies outside of the data (its leverage is above that of every row): no evidence");
  return page.text();
}

std::string as_data(const Predicted& predicted, bool json_wanted) {
  const std::pair<const char*, double> numbers[] = {// not a price that anything is held against
                                                    {"median", predicted.median},
                                                    {"lower", predicted.lower},
                                                    {"upper", predicted.upper},
                                                    {"lognormal_factor", predicted.lognormal},
                                                    {"smearing_factor", predicted.smearing}};
  if (json_wanted) {
    publishing::Json json;
    json.begin_object().member("period", predicted.period);
    for (const auto& [name, number] : numbers) json.key(name).number(fmt::format("{:.15g}", number));
    json.key("extrapolates").boolean(predicted.extrapolates).end_object();
    return std::move(json).str();
  }
  publishing::CsvBuffer csv;
  csv.put_plain("period,median,lower,upper,lognormal_factor,smearing_factor,extrapolates");
  csv.end_row();
  csv.put_text(predicted.period);
  for (const auto& [name, number] : numbers) {
    csv.comma();
    csv.put_plain(fmt::format("{:.15g}", number));
  }
  csv.put_plain(predicted.extrapolates ? ",true" : ",false");
  csv.end_row();
  return std::string(csv.bytes());
}

}  // namespace

std::string prediction_text(const Fitted& fitted, const indexing::HedonicFile& data, const std::vector<std::string>& characteristics,
                            const HedonicArguments& arguments, const std::string& file, const Command& command,
                            const CommonOptions& common) {
  std::map<std::string, std::string> values = values_of(arguments.predict, command, common.terminal);
  std::size_t period = data.periods.size() - 1;
  if (const auto given = values.find(arguments.time); given != values.end()) {
    const auto place = indexing::find_period(data, given->second);
    if (!place)
      throw FatalError(
          file + "：" + given->second + " 不是文件中的时期（" + data.periods.front() + " 至 " + data.periods.back() + "）",
          file + ": " + given->second + " is no period of the file (" + data.periods.front() + " to " + data.periods.back() + ")");
    period = *place;
    values.erase(given);
  }
  std::vector<double> row = indexing::configuration_row(data, characteristics, values);  // not a price
  row.resize(fitted.terms.size(), 0);
  if (period > 0) row[data.terms.size() + period] = 1;
  const indices::Prediction prediction = indices::predict(fitted.regression, row);
  if (prediction.extrapolates && !arguments.extrapolate) refuse_extrapolation(fitted, prediction, out_of_range(data, row), file);
  const Predicted predicted{data.periods[period],
                            std::exp(prediction.value),
                            std::exp(prediction.lower),
                            std::exp(prediction.upper),
                            indices::retransformation_factor(fitted.regression, indices::Retransformation::lognormal),
                            indices::retransformation_factor(fitted.regression, indices::Retransformation::smearing),
                            prediction.extrapolates};
  const auto usable = [](auto price) { return std::isfinite(price) && price > 0; };
  if (!usable(predicted.median) || !usable(predicted.lower) || !usable(predicted.upper))
    throw FatalError(file + "：该配置远在数据之外，没有有限的价格（" + arguments.predict + "）",
                     file + ": so far outside of the data this configuration has no finite price (" + arguments.predict + ")");
  if (arguments.format == "json" || arguments.format == "csv") return as_data(predicted, arguments.format == "json");
  return as_sentence(predicted, common);
}

}  // namespace fairprice::cli
