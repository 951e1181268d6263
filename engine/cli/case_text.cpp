#include "engine/cli/case_text.hpp"

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/ledger/json_object.hpp"
#include "engine/publishing/csv_buffer.hpp"

namespace fairprice::cli {

using cases::Case;

namespace {

std::string yuan(std::int64_t fen) { return fmt::format("{}{}.{:02}", fen < 0 ? "-" : "", std::abs(fen / 100), std::abs(fen % 100)); }

std::string state_of(const Case& one, Language language) {
  return std::string(language == Language::zh ? rules::case_state_name_zh(one.state) : rules::case_state_name(one.state));
}

std::string amount(Money value) { return value.ten_thousandths() < 0 ? "" : value.to_string(); }

}  // namespace

std::string case_list(const std::vector<Case>& cases, const std::string& today, const std::string& format, const CommonOptions& common) {
  const Language language = common.terminal;
  if (format == "json") {
    std::string text = "[";
    for (std::size_t i = 0; i < cases.size(); ++i) text += (i == 0 ? "\n" : ",\n") + case_body(cases[i]);
    return text + "\n]\n";
  }
  if (format == "csv") {
    publishing::CsvBuffer csv;
    csv.put_plain("case,state,party,product,category,decision,listings,fen_at_risk,opened_on,notified_on,deadline,overdue\n");
    for (const Case& one : cases) {
      for (const std::string& cell : {one.id, std::string(rules::case_state_name(one.state)), one.party, one.product, one.category,
                                      std::string(rules::decision_name(one.decision))}) {
        csv.put_text(cell);
        csv.comma();
      }
      csv.put_integer(static_cast<std::int64_t>(one.listings.size()));
      csv.comma();
      csv.put_integer(one.fen_at_risk);
      for (const std::string& cell : {one.opened_on, one.notified_on, one.deadline}) {
        csv.comma();
        csv.put_plain(cell);
      }
      csv.put_plain(!one.deadline.empty() && one.deadline < today ? ",true" : ",false");
      csv.end_row();
    }
    return std::string(csv.bytes());
  }
  const bool zh = language == Language::zh;
  Page page(common.colour_out);
  if (cases.empty()) {
    page.line(zh ? "没有案件" : "no case");
    return page.text();
  }
  using Align = TextTable::Align;
  TextTable table({Align::left, Align::left, Align::left, Align::left, Align::right, Align::left});
  table.row({zh ? "案件" : "case", zh ? "状态" : "state", zh ? "供应商" : "supplier", zh ? "商品" : "product", zh ? "涉及金额" : "at risk",
             zh ? "期限" : "deadline"});
  for (const Case& one : cases) {
    std::string deadline = one.deadline;
    if (one.deadline_estimated) deadline += zh ? "（估计）" : " (estimated)";
    if (!one.deadline.empty() && one.deadline < today) deadline += zh ? " 逾期" : " overdue";
    if (!one.held.empty()) deadline = (zh ? "暂缓 " : "held ") + one.held;
    table.row({one.id, state_of(one, language), shortened(quoted_for_message(one.party), 24),
               shortened(quoted_for_message(one.product), 36), yuan(one.fen_at_risk), deadline});
  }
  table.print(page);
  return page.text();
}

std::string case_page(const Case& one, const std::vector<ledger::Event>& history, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  page.line(fmt::format("{}  {}{}", one.id, state_of(one, common.terminal),
                        one.closing == rules::Closing::none ? "" : " (" + std::string(rules::closing_name(one.closing)) + ")"),
            Style::bold);
  const auto line = [&](const char* name_zh, const char* name_en, const std::string& value) {
    if (!value.empty()) page.line("  " + std::string(zh ? name_zh : name_en) + ": " + quoted_for_message(value, 200));
  };
  line("供应商", "supplier", one.party);
  line("商品", "product", one.product);
  line("品目", "category", one.category);
  line("结论", "decision", std::string(zh ? rules::decision_name_zh(one.decision) : rules::decision_name(one.decision)));
  line("立案", "opened", one.opened_on);
  line("通知", "notified", one.notified_on.empty() ? "" : one.notified_on + " " + one.notified_by_channel + " " + one.receipt);
  line("期限", "deadline",
       one.deadline +
           (one.deadline_estimated ? (zh ? "（估计：该年没有公布的日历）" : " (estimated: no published calendar of that year)") : ""));
  line("申诉至", "objections until", one.objection_until);
  line("暂缓", "held back by", one.held);
  line("有效至", "justified until", one.justified_until);
  line("前案", "earlier case", one.previous);
  line("结案", "closed", one.closed_on);
  if (one.offences > 0) line("此前降价或下架的案件", "earlier cases that ended in a reduction or delisting", std::to_string(one.offences));
  page.line();
  using Align = TextTable::Align;
  TextTable listings({Align::left, Align::right, Align::right, Align::right, Align::right, Align::left});
  listings.row({zh ? "商品编号" : "listing", zh ? "立案时价格" : "flagged at", zh ? "现价" : "now", zh ? "监测价格" : "monitoring price",
                zh ? "合理区间上限" : "highest fair price", zh ? "依据" : "basis"});
  for (const auto& [id, listing] : one.listings)
    listings.row({quoted_for_message(id), amount(listing.flagged_price), listing.offered ? amount(listing.price) : "-",
                  amount(listing.monitoring_price), amount(listing.max_fair_price), listing.basis});
  listings.print(page);
  for (const auto& [sha256, evidence] : one.evidence)
    page.line(fmt::format("  {}: {} {} {} {}", zh ? "证据" : "evidence", evidence.type, evidence.name, evidence.filed_on, sha256));
  page.line();
  for (const ledger::Event& event : history) {
    const auto data = ledger::JsonObject::parse(event.data);
    const std::string to = data && data->has("to") ? " -> " + data->text("to") : "";
    page.line(fmt::format("  {:>6}  {}  {}{}  {}  {}", event.seq, event.time.substr(0, 16),
                          event.type.substr(std::min<std::size_t>(5, event.type.size())), to, quoted_for_message(event.actor),
                          quoted_for_message(event.reason, 80)));
  }
  return page.text();
}

std::string case_line(const Case& one, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  std::string text = one.id + (zh ? "：" : ": ") + state_of(one, common.terminal);
  if (!one.deadline.empty()) text += (zh ? "，期限 " : ", until ") + one.deadline;
  if (one.deadline_estimated) text += zh ? "（估计）" : " (estimated)";
  if (!one.justified_until.empty() && one.state == rules::CaseState::justified)
    text += (zh ? "，有效至 " : ", justified until ") + one.justified_until;
  return text + "\n";
}

}  // namespace fairprice::cli
