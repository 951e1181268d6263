#include "engine/ingest/json/ocds_records.hpp"

#include <map>
#include <utility>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/ocds_process.hpp"
#include "engine/ingest/json/row_of_record.hpp"

namespace fairprice::ingest::json {

namespace {

RecordProblem ocds_problem(Fault fault, std::string column, std::string value, std::string zh, std::string en) {
  RecordProblem problem;
  problem.fault = fault;
  problem.column = std::move(column);
  problem.value = std::move(value);
  problem.zh = std::move(zh);
  problem.en = std::move(en);
  return problem;
}

bool has_tag(const Value& release, std::string_view wanted) {
  const Value* const tags = member(release, "tag");
  if (tags == nullptr || !tags->IsArray()) return false;
  for (const Value& tag : tags->GetArray())
    if (tag.IsString() && text_of(tag) == wanted) return true;
  return false;
}

class OcdsRecords final : public RecordConverter {
 public:
  OcdsRecords(KeyColumns& keys, std::string currency, OcdsCounts& counts)
      : keys_(keys), currency_(std::move(currency)), counts_(counts), row_(keys) {}

  bool convert(const Record& record, CsvRows& rows, Problems& problems) override {
    beginning_.hold(record.begin, record.end);
    if (auto problem = tree_.read(record)) {
      problem->value = beginning_.text();
      reject(std::move(*problem), rows, problems);
      return false;
    }
    if (auto problem = take(tree_.root(), rows, problems)) {
      if (problem->value.empty()) problem->value = beginning_.text();
      reject(std::move(*problem), rows, problems);
    }
    return true;
  }

  void finish(CsvRows& rows, Problems& problems) override {
    for (const OcdsProcess& process : held_) write(process, rows, problems);
    held_.clear();
  }

 private:
  std::optional<RecordProblem> take(const Value& root, CsvRows& rows, Problems& problems) {
    if (!root.IsObject()) return record_fault(Fault::not_an_object, {});
    if (const auto key = find_duplicate_key(root)) return record_fault(Fault::duplicate_key, *key);
    const std::string ocid(text_under(root, "ocid"));
    if (ocid.empty())
      return ocds_problem(Fault::no_release, "ocid", {}, "缺少 ocid；不是 OCDS 公告（release）或记录（record）",
                          "has no ocid: it is no OCDS release or record");
    if (const Value* const compiled = member(root, "compiledRelease")) {
      write_one(ocid, {compiled}, rows, problems);
      return std::nullopt;
    }
    if (const Value* const releases = member(root, "releases"); releases != nullptr && releases->IsArray()) {
      std::vector<const Value*> embedded;
      for (const Value& release : releases->GetArray())
        if (member(release, "ocid") != nullptr) embedded.push_back(&release);
      if (embedded.size() < releases->Size())
        return ocds_problem(Fault::no_release, "releases", ocid, "记录只给出公告的链接，没有内容；请用含 compiledRelease 的记录包",
                            "the record links to releases and does not have them: use a record package with compiledRelease");
      write_one(ocid, embedded, rows, problems);
      return std::nullopt;
    }
    if (has_tag(root, "compiled")) {
      write_one(ocid, {&root}, rows, problems);
      return std::nullopt;
    }
    if (member(root, "versionedRelease") != nullptr)
      return ocds_problem(Fault::no_release, "versionedRelease", ocid,
                          "只有 versionedRelease，没有 compiledRelease；请用含 compiledRelease 的记录包",
                          "the record has versionedRelease alone: use a record package with compiledRelease");
    hold(ocid, root);
    return std::nullopt;
  }

  void write_one(const std::string& ocid, const std::vector<const Value*>& releases, CsvRows& rows, Problems& problems) {
    OcdsProcess process(ocid, *keys_.rules().aliases);
    for (const Value* const release : releases) process.add(*release);
    counts_.releases += static_cast<std::int64_t>(releases.size());
    write(process, rows, problems);
  }

  void hold(const std::string& ocid, const Value& release) {
    ++counts_.releases;
    const auto [place, is_new] = number_of_process_.try_emplace(ocid, held_.size());
    if (is_new) {
      held_.emplace_back(ocid, *keys_.rules().aliases);
      held_bytes_ += sizeof(OcdsProcess) + 2 * ocid.size();
    }
    OcdsProcess& process = held_[place->second];
    held_bytes_ -= process.size();
    process.add(release);
    held_bytes_ += process.size();
    if (held_bytes_ > kMostHeld)
      throw FatalError(keys_.rules().file + "：尚未合并的 OCDS 公告超过上限 " + std::to_string(kMostHeld >> 20) +
                           " MB；请改用合并公告（compiled release）或记录包",
                       keys_.rules().file + ": OCDS releases that are not compiled take more than the limit of " +
                           std::to_string(kMostHeld >> 20) + " MB: use compiled releases or a record package");
  }

  void write(const OcdsProcess& process, CsvRows& rows, Problems& problems) {
    for (const OcdsOrder& order : process.orders(counts_)) {
      if (order.currency != currency_) {
        reject(ocds_problem(Fault::other_currency, "unit_price", order.unit_price + " " + order.currency,
                            "币种" + (order.currency.empty() ? std::string("缺失") : "为 " + order.currency) + "，策略的币种为 " +
                                currency_ + "；请只提供该币种的数据",
                            (order.currency.empty() ? std::string("has no currency") : "is in " + order.currency) +
                                ", the policy's currency is " + currency_ + ": give deals in that currency alone"),
               rows, problems);
        problems.back().zh = order.order_id + "：" + problems.back().zh;
        problems.back().en = order.order_id + ": " + problems.back().en;
        continue;
      }
      row_.begin();
      namespace o = orders_column;
      const std::pair<int, const std::string*> cells[] = {{o::order_id, &order.order_id},
                                                          {o::line, &order.line},
                                                          {o::date, &order.date},
                                                          {o::supplier_id, &order.supplier},
                                                          {o::buyer_id, &order.buyer},
                                                          {o::brand, &order.brand},
                                                          {o::model, &order.model},
                                                          {o::barcode, &order.barcode},
                                                          {o::spec, &order.spec},
                                                          {o::unit, &order.unit},
                                                          {o::status, &order.status},
                                                          {o::quantity, &order.quantity},
                                                          {o::unit_price, &order.unit_price}};
      for (const auto& [column, text] : cells) row_.put_in_column(column, *text);
      Beginning beginning;
      row_.finish(rows, problems, beginning);
    }
  }

  KeyColumns& keys_;
  std::string currency_;
  OcdsCounts& counts_;
  Tree tree_;
  RowOfRecord row_;
  Beginning beginning_;
  std::vector<OcdsProcess> held_;
  std::map<std::string, std::size_t> number_of_process_;
  std::size_t held_bytes_ = 0;
};

}  // namespace

std::unique_ptr<RecordConverter> ocds_records(KeyColumns& keys, std::string currency, OcdsCounts& counts) {
  return std::make_unique<OcdsRecords>(keys, std::move(currency), counts);
}

}  // namespace fairprice::ingest::json
