#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <charconv>
#include <cmath>

#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/index_build.hpp"
#include "engine/cli/index_hedonic.hpp"
#include "engine/cli/index_options.hpp"
#include "engine/cli/index_plot.hpp"
#include "engine/cli/index_text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/indexing/compute.hpp"
#include "engine/indexing/panel_file.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice index：计算价格指数

  fairprice index compute prices.csv --method geks-tornqvist --window 13 --splice mean
  fairprice index compute prices.csv --method fisher --base chained
  fairprice index hedonic goods.csv --price price --characteristics speed,ram --time month
  fairprice index build --input history --quality quality.csv --output index-own.csv
  fairprice index plot index.csv --output index.svg
  fairprice index methods

compute 读取长表 period,product,price,quantity[,group]，输出 period,index，第一期（或 --base）为 1；
无法计算的时期为空，原因写到标准错误。时期为整数（1、2、3……，年份）或月份（2023-11）。同一商品同一时期的多行按
单位价值合并。hedonic 以特征与时期回归价格的对数，输出系数（--series 输出指数，--predict 输出一个配置的
价格与区间）；每个参数至少 5 行。build 由 --input 下各月份文件夹
（2023-01、2023-02……）的报价编制自有指数，输出 index 表（origin 为 own）：型号的指数价格与畅销价、品目的
指数。plot 把 compute 或 build 的结果画成 .svg、.png，或直接画在终端里。methods 列出全部方法。

      --method NAME        方法（见 fairprice index methods）；hedonic：ols（默认）或 huber
      --base N|chained     基期（默认有商品的第一期），或逐期链接
      --sample NAME        matched（默认；只比两期共有的商品）；unit-value 另有 all；
                           geary-khamis、tpd、wtpd 为 all（默认）或 all-window（只用窗口内每期都有的商品）
      --impute NAME        none（默认）；carry：缺价时沿用最近一次的价格；mean：按其他商品
                           的平均变动推算；数量均为 0
      --weights NAME       wtpd：shares（默认）、expenditure、none；time-product-dummy-bilateral：
                           unweighted（默认）、shares、average
      --bias-adjust NAME   time-product-dummy-bilateral：只有 none
      --weight-period N    young 与 lowe：权数的时期（默认第一期）
      --sigma X            lloyd-moulton：替代弹性（默认 0.7）
      --window N           多边方法：滚动窗口的期数（默认全部时期）
      --splice NAME        窗口的接续方法：movement、window、half、mean（默认）、wisp、hasp、mean-pub、fbew、fbmw
      --link NAME          --base chained：按相似度链接：plspread、asymplinear、logquadratic、predictedshare
      --by group           按 group 列分别计算
      --price NAME         hedonic：价格列
      --characteristics A,B,C  hedonic：特征列；文字列按其取值作虚拟变量
      --time NAME          hedonic：时期列
      --errors NAME        hedonic：标准误：classical、hc0、hc1（默认）、hc3
      --series NAME        hedonic：输出指数：time-dummy、time-dummy-corrected（减去方差的一半）、imputation
                           plot：只画这些序列（A,B）
      --title TEXT         plot：标题
      --predict A=1,B=2    hedonic：一个配置的价格；时期可写入其中（默认最后一期）；超出数据范围的拒绝
      --extrapolate        hedonic：超出数据范围的 --predict 也给出，并注明
  -i, --input DIR          build：月份文件夹所在的文件夹
      --from YYYY-MM       build：从这个月起（默认第一个）
      --to YYYY-MM         build：到这个月止（默认最后一个）
      --policy NAME|FILE   build：剔除异常报价用的策略（默认 hubei）
      --sellers N          build：指数价格至少要有的保留卖家数（默认 5）
      --matched N          build：两个月之间至少要有的共同商品数（默认 30）
      --clearance P,S      build：价格与销量同时低于上次的这个比例即视为清仓，不计（默认 0.7,0.5；或 none）
      --revise             build：不理会表中已有的自有指数，全部重算
      --quality FILE       build：另写各品目各月的覆盖与质量
      --threads N          build：线程数（默认：本机全部）
      --format NAME        csv（默认）、json、table
  -o, --output FILE        结果写入文件（默认标准输出）

退出状态：0 完成；1 失败；2 用法错误
)",
    R"(fairprice index: compute price indices

  fairprice index compute prices.csv --method geks-tornqvist --window 13 --splice mean
  fairprice index compute prices.csv --method fisher --base chained
  fairprice index hedonic goods.csv --price price --characteristics speed,ram --time month
  fairprice index build --input history --quality quality.csv --output index-own.csv
  fairprice index plot index.csv --output index.svg
  fairprice index methods

compute reads a long table period,product,price,quantity[,group] and writes period,index; the first period (or --base) is 1.
A period without an index is empty, with the reason on standard error. Periods are whole numbers (1, 2, 3 …, years) or months (2023-11). Several rows
of a product in a period are brought together by their unit value. hedonic explains the logarithm of the price by
characteristics and periods and writes the coefficients (--series an index, --predict the price of one configuration with its
interval); at least 5 rows for each parameter. build makes an index of your own from the quotes of the months in --input (folders
2023-01, 2023-02 …) in the form of the table index, origin own: index price and best-selling price of each model, the level of each
category. plot draws what compute or build wrote, as .svg, .png or in the terminal. methods lists all methods.

      --method NAME        the method (see fairprice index methods); of hedonic: ols (default) or huber
      --base N|chained     the base period (default the first that has products), or links from each period to the next
      --sample NAME        matched (default; products of both periods); unit-value also all;
                           geary-khamis, tpd, wtpd: all (default) or all-window (products of every period of the window)
      --impute NAME        none (default); carry: a missing price is the last one seen; mean: moved with the average change
                           of the products that are there; the quantity is 0
      --weights NAME       wtpd: shares (default), expenditure, none; time-product-dummy-bilateral:
                           unweighted (default), shares, average
      --bias-adjust NAME   time-product-dummy-bilateral: none alone
      --weight-period N    young and lowe: the period of the weights (default the first)
      --sigma X            lloyd-moulton: the elasticity of substitution (default 0.7)
      --window N           multilateral methods: periods of the rolling window (default all periods)
      --splice NAME        how windows continue the series: movement, window, half, mean (default), wisp, hasp, mean-pub, fbew, fbmw
      --link NAME          with --base chained, link by likeness: plspread, asymplinear, logquadratic, predictedshare
      --by group           a series for each value of the column group
      --price NAME         hedonic: the column of prices
      --characteristics A,B,C  hedonic: the columns of characteristics; text columns become a dummy for each value
      --time NAME          hedonic: the column of periods
      --errors NAME        hedonic: standard errors: classical, hc0, hc1 (default), hc3
      --series NAME        hedonic: write an index: time-dummy, time-dummy-corrected (less half the variance), imputation
                           plot: only these series (A,B)
      --title TEXT         plot: the title
      --predict A=1,B=2    hedonic: the price of a configuration; the period may stand in it (default the last); refused outside of the data
      --extrapolate        hedonic: give a --predict outside of the data all the same, marked
  -i, --input DIR          build: the folder that holds the folders of the months
      --from YYYY-MM       build: from this month on (default the first)
      --to YYYY-MM         build: up to this month (default the last)
      --policy NAME|FILE   build: the policy whose screening of sellers holds (default hubei)
      --sellers N          build: sellers kept that an index price needs (default 5)
      --matched N          build: products that two months must share to be linked (default 30)
      --clearance P,S      build: a product whose price and sales both fall below these shares of the last time is being cleared
                           out and does not count (default 0.7,0.5; or none)
      --revise             build: make all levels anew, as if the tables held no own index yet
      --quality FILE       build: also write coverage and quality by category and month
      --threads N          build: threads (default: all of the machine)
      --format NAME        csv (default), json, table
  -o, --output FILE        write there (default standard output)

Exit status: 0 done; 1 failed; 2 wrong usage
)"};

class IndexCommand final : public Command {
 public:
  std::string_view name() const override { return "index"; }
  Text summary() const override { return {"计算价格指数", "compute price indices"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override {
    if (action_ == "hedonic") return "fairprice index hedonic goods.csv --price price --characteristics ram,brand --time month";
    if (action_ == "build") return "fairprice index build --input history --output index-own.csv";
    if (action_ == "plot") return "fairprice index plot index.csv --output index.svg";
    return "fairprice index compute prices.csv --method fisher";
  }

  void declare(CLI::App& app) override {
    app.add_option("action", action_);
    app.add_option("file", file_);
    app.add_option("--method", method_);
    app.add_option("--base", base_);
    app.add_option("--sample", sample_);
    app.add_option("--impute", impute_);
    app.add_option("--weights", weights_);
    app.add_option("--bias-adjust", bias_adjust_);
    app.add_option("--weight-period", weight_period_);
    app.add_option("--sigma", sigma_);
    app.add_option("--window", window_);
    app.add_option("--splice", splice_);
    app.add_option("--link", link_);
    app.add_option("--by", by_);
    app.add_option("--price", hedonic_.price);
    app.add_option("--characteristics", hedonic_.characteristics);
    app.add_option("--time", hedonic_.time);
    app.add_option("--errors", hedonic_.errors);
    app.add_option("--series", hedonic_.series);
    app.add_option("--predict", hedonic_.predict);
    app.add_flag("--extrapolate", hedonic_.extrapolate);
    app.add_option("--title", plot_.title);
    app.add_option("-i,--input", build_.input);
    app.add_option("--from", build_.from);
    app.add_option("--to", build_.to);
    app.add_option("--policy", build_.policy);
    app.add_option("--sellers", build_.sellers);
    app.add_option("--matched", build_.matched);
    app.add_option("--clearance", build_.clearance);
    app.add_flag("--revise", build_.revise);
    app.add_option("--quality", build_.quality);
    app.add_option("--threads", build_.threads);
    app.add_option("--format", format_);
    app.add_option("-o,--output", output_);
  }

  int run(const CommonOptions& common) override;

 private:
  int compute(const CommonOptions& common) const;
  indexing::SeriesRequest request_of(const std::vector<std::string>& periods, Language language) const;
  void choose_weights(indexing::SeriesRequest& request, Language language) const;
  std::size_t period_among(const std::vector<std::string>& periods, const std::string& value, std::string_view option,
                           Language language) const;
  UsageError wrong(std::string_view option, const std::string& value, const std::vector<std::string>& allowed, Language language) const;
  UsageError not_a(std::string_view option, const std::string& value, Text expected, Language language) const {
    return {language == Language::zh ? fmt::format("{} 的值 {} 不对（应为{}）", option, value, expected.zh)
                                     : fmt::format("{} {} is not {}", option, value, expected.en),
            std::string(example())};
  }

  GivenOptions given() const;

  std::string action_, file_, method_, base_, sample_, impute_, weights_, bias_adjust_, weight_period_, sigma_, window_, splice_, link_,
      by_, format_, output_;
  HedonicArguments hedonic_;
  BuildArguments build_;
  PlotArguments plot_;
};

GivenOptions IndexCommand::given() const {
  const std::pair<std::string_view, const std::string*> all[] = {{"--method", &method_},
                                                                 {"--base", &base_},
                                                                 {"--sample", &sample_},
                                                                 {"--impute", &impute_},
                                                                 {"--weights", &weights_},
                                                                 {"--bias-adjust", &bias_adjust_},
                                                                 {"--weight-period", &weight_period_},
                                                                 {"--sigma", &sigma_},
                                                                 {"--window", &window_},
                                                                 {"--splice", &splice_},
                                                                 {"--link", &link_},
                                                                 {"--by", &by_},
                                                                 {"--price", &hedonic_.price},
                                                                 {"--characteristics", &hedonic_.characteristics},
                                                                 {"--time", &hedonic_.time},
                                                                 {"--errors", &hedonic_.errors},
                                                                 {"--series", &hedonic_.series},
                                                                 {"--predict", &hedonic_.predict},
                                                                 {"--title", &plot_.title},
                                                                 {"--input", &build_.input},
                                                                 {"--from", &build_.from},
                                                                 {"--to", &build_.to},
                                                                 {"--policy", &build_.policy},
                                                                 {"--sellers", &build_.sellers},
                                                                 {"--matched", &build_.matched},
                                                                 {"--clearance", &build_.clearance},
                                                                 {"--quality", &build_.quality},
                                                                 {"--threads", &build_.threads},
                                                                 {"--format", &format_},
                                                                 {"--output", &output_}};
  GivenOptions result;
  for (const auto& [name, value] : all)
    if (!value->empty()) result.push_back(name);
  if (build_.revise) result.emplace_back("--revise");
  if (hedonic_.extrapolate) result.emplace_back("--extrapolate");
  return result;
}

UsageError IndexCommand::wrong(std::string_view option, const std::string& value, const std::vector<std::string>& allowed,
                               Language language) const {
  const bool zh = language == Language::zh;
  std::string names;
  for (const std::string& one : allowed) names += (names.empty() ? "" : ", ") + one;
  std::string what = zh ? fmt::format("{} 的值 {} 不对（可用：{}）", option, value, names)
                        : fmt::format("{} {} is unknown (there are: {})", option, value, names);
  if (const auto near = nearest(value, allowed)) what += zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
  return {what, std::string(example())};
}

std::size_t IndexCommand::period_among(const std::vector<std::string>& periods, const std::string& value, std::string_view option,
                                       Language language) const {
  for (std::size_t t = 0; t < periods.size(); ++t)
    if (periods[t] == value) return t;
  const bool months = periods.front().find('-') != std::string::npos;
  if (const auto month = months ? Period::parse(value) : std::nullopt)  // 2023年11月
    for (std::size_t t = 0; t < periods.size(); ++t)
      if (periods[t] == month->to_string()) return t;
  std::size_t number = 0;  // months are counted too: 1 is the first
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (months && error == std::errc() && end == value.data() + value.size() && number >= 1 && number <= periods.size()) return number - 1;
  throw UsageError{language == Language::zh
                       ? fmt::format("{} {} 不是文件中的时期（{} 至 {}）", option, value, periods.front(), periods.back())
                       : fmt::format("{} {} is no period of the file ({} to {})", option, value, periods.front(), periods.back()),
                   std::string(example())};
}

void IndexCommand::choose_weights(indexing::SeriesRequest& request, Language language) const {
  using indexing::Method;
  if (request.method.kind == Method::Kind::time_product_dummy) {
    const std::string chosen = !weights_.empty() ? weights_ : request.method.weighted ? "shares" : "none";
    if (chosen == "shares")
      request.observation_weights = indices::ObservationWeights::shares;
    else if (chosen == "expenditure")
      request.observation_weights = indices::ObservationWeights::expenditure;
    else if (chosen == "none")
      request.observation_weights = indices::ObservationWeights::none;
    else
      throw wrong("--weights", chosen, {"shares", "expenditure", "none"}, language);
    return;
  }
  if (request.method.kind != Method::Kind::bilateral || request.method.formula != indices::Formula::time_product_dummy_bilateral) return;
  if (weights_.empty() || weights_ == "unweighted" || weights_ == "none")
    request.formula_options.dummy_weights = indices::DummyWeights::none;
  else if (weights_ == "shares")
    request.formula_options.dummy_weights = indices::DummyWeights::shares;
  else if (weights_ == "average")
    request.formula_options.dummy_weights = indices::DummyWeights::average;
  else
    throw wrong("--weights", weights_, {"unweighted", "shares", "average"}, language);
}

indexing::SeriesRequest IndexCommand::request_of(const std::vector<std::string>& periods, Language language) const {
  indexing::SeriesRequest request;
  request.method = indexing::find_method(method_).value();
  request.chained = base_ == "chained";
  if (!request.chained && !base_.empty()) request.base = period_among(periods, base_, "--base", language);
  const bool window_sample =
      request.method.kind == indexing::Method::Kind::geary_khamis || request.method.kind == indexing::Method::Kind::time_product_dummy;
  const bool unit_value = !request.method.multilateral() && request.method.formula == indices::Formula::unit_value;
  const std::vector<std::string> samples = window_sample ? std::vector<std::string>{"all", "all-window"}
                                           : unit_value  ? std::vector<std::string>{"matched", "all"}
                                                         : std::vector<std::string>{"matched"};
  const std::string sample = sample_.empty() ? samples.front() : sample_ == "all_window" ? "all-window" : sample_;
  if (std::find(samples.begin(), samples.end(), sample) == samples.end()) throw wrong("--sample", sample, samples, language);
  request.all_products = unit_value && sample == "all";
  request.sample = sample == "all-window" ? indices::Sample::all_window : indices::Sample::all;
  using Impute = indexing::SeriesRequest::Impute;
  if (!impute_.empty() && impute_ != "none" && impute_ != "carry" && impute_ != "mean")
    throw wrong("--impute", impute_, {"none", "carry", "mean"}, language);
  request.impute = impute_ == "carry" ? Impute::carry : impute_ == "mean" ? Impute::mean : Impute::none;
  if (!bias_adjust_.empty() && bias_adjust_ != "none") throw wrong("--bias-adjust", bias_adjust_, {"none"}, language);
  choose_weights(request, language);
  if (!weight_period_.empty()) request.weight_period = period_among(periods, weight_period_, "--weight-period", language);
  if (!sigma_.empty()) {
    double& sigma = request.formula_options.sigma;  // not a price
    const auto [end, error] = std::from_chars(sigma_.data(), sigma_.data() + sigma_.size(), sigma);
    if (error != std::errc() || end != sigma_.data() + sigma_.size() || !std::isfinite(sigma))
      throw not_a("--sigma", sigma_, {"一个数，例如 0.7", "a number, e.g. 0.7"}, language);
  }
  if (!window_.empty()) {
    const auto [stop, failed] = std::from_chars(window_.data(), window_.data() + window_.size(), request.window);
    if (failed != std::errc() || stop != window_.data() + window_.size() || request.window < 2)
      throw not_a("--window", window_, {"不小于 2 的整数，例如 13", "a whole number of at least 2, e.g. 13"}, language);
  }
  const auto splice = splice_.empty() ? std::optional(indices::Splice::mean) : indices::find_splice(splice_);
  if (!splice)
    throw wrong("--splice", splice_, {"movement", "window", "half", "mean", "wisp", "hasp", "mean-pub", "fbew", "fbmw"}, language);
  if (*splice == indices::Splice::none && request.window < periods.size())
    throw UsageError{language == Language::zh
                         ? "--splice none 是全部 " + std::to_string(periods.size()) + " 期的一个窗口；--window " + window_ + " 较小"
                         : "--splice none is one window over all " + std::to_string(periods.size()) + " periods, and --window " + window_ +
                               " is smaller",
                     std::string(example())};
  request.splice = *splice;
  if (!link_.empty()) {
    request.link = indices::find_dissimilarity(link_);
    if (!request.link) throw wrong("--link", link_, {"plspread", "asymplinear", "logquadratic", "predictedshare"}, language);
    if (!request.chained)
      throw UsageError{std::string(Text{"--link 须与 --base chained 合用", "--link goes with --base chained"}.in(language)),
                       std::string(example()) + " --base chained --link plspread"};
  }
  return request;
}

int IndexCommand::compute(const CommonOptions& common) const {
  const Language language = common.terminal;
  required(method_, "--method", *this, language);
  if (!indexing::find_method(method_)) throw wrong("--method", method_, indexing::method_names(), language);
  const std::string format = format_of(format_.empty() ? "csv" : format_, "csv|json|table", *this, language);
  check_options_of_method(method_, *indexing::find_method(method_), base_ == "chained", given(), *this, language);
  if (!by_.empty() && by_ != "group") throw wrong("--by", by_, {"group"}, language);
  const indexing::PanelFile file = indexing::read_panel(file_, !by_.empty());
  const indexing::SeriesRequest request = request_of(file.periods, language);
  std::vector<IndexSeries> series;
  for (const indexing::PanelGroup& group : file.groups) series.push_back({group.name, indexing::compute(group.panel, request)});
  if (!common.quiet) write_stream(STDERR_FILENO, index_notices(file, series, language));
  const std::string text = index_text(file.periods, series, !by_.empty(), format, common);
  if (output_.empty() || output_ == "-")
    write_stream(STDOUT_FILENO, text);
  else
    publishing::write_file(output_, text);
  return kDone;
}

int IndexCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  if (action_.empty())
    throw UsageError{
        std::string(
            Text{"缺少 compute、hedonic、build、plot 或 methods", "compute, hedonic, build, plot or methods is missing"}.in(language)),
        std::string(example())};
  check_options_of_action(action_, given(), *this, language);
  if ((action_ == "methods" || (action_ == "build" && !build_.input.empty())) && !file_.empty())
    throw UsageError{(language == Language::zh ? "多余的参数 " : "unexpected argument ") + file_, std::string(example())};
  if (action_ == "methods") {
    write_stream(STDOUT_FILENO, methods_text(common));
    return kDone;
  }
  if (action_ == "build") {
    BuildArguments arguments = build_;
    arguments.output = output_;
    if (arguments.input.empty()) arguments.input = file_;
    return index_build(arguments, *this, common);
  }
  if (action_ != "compute" && action_ != "hedonic" && action_ != "plot") {
    const auto near = nearest(action_, {"compute", "hedonic", "build", "plot", "methods"});
    std::string what = (language == Language::zh ? "没有这个动作：index " : "unknown action: index ") + action_;
    if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
    throw UsageError{what, std::string(example())};
  }
  if (file_.empty())
    throw UsageError{std::string(Text{"缺少价格文件", "the file of prices is missing"}.in(language)), std::string(example())};
  if (action_ == "compute") return compute(common);
  if (action_ == "plot") return index_plot({file_, hedonic_.series, plot_.title, output_}, common);
  HedonicArguments arguments = hedonic_;
  arguments.file = file_;
  arguments.method = method_;
  arguments.format = format_;
  arguments.output = output_;
  return index_hedonic(arguments, *this, common);
}

}  // namespace

std::unique_ptr<Command> make_index_command() { return std::make_unique<IndexCommand>(); }

}  // namespace fairprice::cli
