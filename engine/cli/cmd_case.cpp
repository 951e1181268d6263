#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>

#include "engine/cases/act.hpp"
#include "engine/cases/calendar.hpp"
#include "engine/cases/repeat.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/case_files.hpp"
#include "engine/cli/case_letters.hpp"
#include "engine/cli/case_states.hpp"
#include "engine/cli/case_text.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/ledger_options.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/ledger/database.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice case：案件

  fairprice case list --store fairprice.db --state awaiting_reduction
  fairprice case show 2023-11-00042 --store fairprice.db
  fairprice case due --store fairprice.db
  fairprice case notify 2023-11-00042 --store fairprice.db --channel 平台消息 --receipt M-881 --on 2023-12-01
  fairprice case submit-evidence 2023-11-00042 --store fairprice.db --file invoice.pdf --type invoice --on 2023-12-05
  fairprice case accept 2023-11-00042 --store fairprice.db --actor 张三 --reason "进价已核实" --until 2024-03-31
  fairprice case letter 2023-11-00042 --store fairprice.db --format docx --output letter.docx
  fairprice case release-flood category:打印机 --store fairprice.db --reason "参照已核实"
  fairprice case apply decisions.csv --store fairprice.db

动作：list、show、due（逾期与将到期）、letter（通知书；加 --state 则该状态的案件各一封）、states（状态与可做的事）；notify、submit-evidence、waive、lapse、accept、reject、object、uphold、
overturn、reduce、delist、freeze、release、withdraw、reopen、confirm、mend；release-flood；apply（CSV 批量，
全部成功或全部不做：case,action,reason,on,channel,receipt,until,price,second_actor）。当前状态不允许的动作会说明可以做什么。
delist 须加 --yes。

      --store FILE|URL     台账
      --actor NAME         操作人（默认登录名）；决定须有姓名与理由
      --second-actor NAME  overturn：第二位署名
      --reason TEXT        理由
      --on DATE            发生的日期（默认今天）；期限自次日起按工作日计算
      --at TIME            事件的时间（默认现在）
      --channel TEXT       notify：通知方式
      --receipt TEXT       notify：回执
      --file FILE          submit-evidence：证据文件（按 SHA-256 存入 --evidence 文件夹）
      --type NAME          submit-evidence：invoice、contract、authorisation、deal、other
      --issuer TEXT        submit-evidence：出具单位
      --date DATE          submit-evidence：出具日期
      --valid-until DATE   submit-evidence：有效期
      --unit-price X       submit-evidence：所载单价
      --evidence DIR       证据文件夹（默认与台账同名加 .evidence）
      --until DATE         accept：有效至（最多六个月，默认六个月）
      --price X            accept：认可的最高价（默认现价）；reduce：新价
      --late               逾期仍收下证据或申诉
      --yes                delist：确认下架
      --state NAME         list：状态
      --supplier ID        list：供应商
      --listing ID         list：商品
      --format table|json|csv  list、due 的输出（默认 table）；show：table 或 json；states：table 或 mermaid（图）；
                           letter：text 或 docx
      --template FILE      letter：自己的模板（文本，或含 {{case}} 等名称的 .docx）
  -o, --output FILE        letter：写入文件；加 --state 时为文件夹

退出状态：0 完成；1 失败；2 用法错误
)",
    R"(fairprice case: cases

  fairprice case list --store fairprice.db --state awaiting_reduction
  fairprice case show 2023-11-00042 --store fairprice.db
  fairprice case due --store fairprice.db
  fairprice case notify 2023-11-00042 --store fairprice.db --channel platform --receipt M-881 --on 2023-12-01
  fairprice case submit-evidence 2023-11-00042 --store fairprice.db --file invoice.pdf --type invoice --on 2023-12-05
  fairprice case accept 2023-11-00042 --store fairprice.db --actor "Zhang San" --reason "cost price checked" --until 2024-03-31
  fairprice case letter 2023-11-00042 --store fairprice.db --format docx --output letter.docx
  fairprice case release-flood category:打印机 --store fairprice.db --reason "reference checked"
  fairprice case apply decisions.csv --store fairprice.db

Actions: list, show, due (overdue and soon due), letter (to the supplier; with --state one for each case), states (and what may be done in each); notify, submit-evidence, waive, lapse, accept, reject, object, uphold, overturn,
reduce, delist, freeze, release, withdraw, reopen, confirm, mend; release-flood; apply (many by CSV, all or none:
case,action,reason,on,channel,receipt,until,price,second_actor). What the state does not allow is refused with what it does. delist needs --yes.

      --store FILE|URL     the ledger
      --actor NAME         who does it (default the login name); a decision needs a name and a reason
      --second-actor NAME  overturn: the second name
      --reason TEXT        the reason
      --on DATE            the day on which it happened (default today); clocks begin on the next, in working days
      --at TIME            the time of the event (default now)
      --channel TEXT       notify: how the supplier was told
      --receipt TEXT       notify: what shows it
      --file FILE          submit-evidence: the file (kept by its SHA-256 in the folder --evidence)
      --type NAME          submit-evidence: invoice, contract, authorisation, deal, other
      --issuer TEXT        submit-evidence: who issued it
      --date DATE          submit-evidence: when
      --valid-until DATE   submit-evidence: until when it holds
      --unit-price X       submit-evidence: the price a unit that it shows
      --evidence DIR       the folder of evidence (default the ledger's name with .evidence)
      --until DATE         accept: justified until (at most six months, the default)
      --price X            accept: the highest price that is justified (default the one of now); reduce: the new price
      --late               take evidence or an objection though the time is over
      --yes                delist: yes, take it down
      --state NAME         list: in this state
      --supplier ID        list: of this supplier
      --listing ID         list: with this listing
      --format table|json|csv  output of list and due (default table); of show table or json; of states table or mermaid (a diagram);
                           of letter text or docx
      --template FILE      letter: your own template (text, or a .docx with names like {{case}})
  -o, --output FILE        letter: write there; with --state a folder

Exit status: 0 done; 1 failed; 2 wrong usage
)"};

const std::vector<std::string>& event_actions() {
  static const std::vector<std::string> kActions = [] {
    std::vector<std::string> names;
    for (int i = 0; i < rules::kCaseEvents; ++i)
      if (const auto event = static_cast<rules::CaseEvent>(i); !rules::is_of_run(event)) {
        std::string name(rules::case_event_name(event));
        std::replace(name.begin(), name.end(), '_', '-');
        names.push_back(name);
      }
    return names;
  }();
  return kActions;
}

std::string done_before(Language language) {
  return std::string(Text{"此前已经做过；没有写入任何内容\n", "was done before; nothing was written\n"}.in(language));
}

class CaseCommand final : public Command {
 public:
  std::string_view name() const override { return "case"; }
  Text summary() const override { return {"案件：通知、举证、决定", "cases: notices, evidence, decisions"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice case list --store fairprice.db"; }

  void declare(CLI::App& app) override {
    app.add_option("action", action_);
    app.add_option("subject", subject_);
    options_.declare(app);
    app.add_option("--second-actor", act_.second_actor);
    app.add_option("--reason", act_.reason);
    app.add_option("--on", act_.on);
    app.add_option("--channel", act_.channel);
    app.add_option("--receipt", act_.receipt);
    app.add_option("--file", filed_.file);
    app.add_option("--type", filed_.type);
    app.add_option("--issuer", filed_.issuer);
    app.add_option("--date", filed_.date);
    app.add_option("--valid-until", filed_.valid_until);
    app.add_option("--unit-price", filed_.unit_price);
    app.add_option("--evidence", filed_.folder);
    app.add_option("--until", act_.until);
    app.add_option("--price", act_.price);
    app.add_flag("--late", act_.late);
    app.add_flag("--yes", yes_);
    app.add_option("--state", state_);
    app.add_option("--supplier", supplier_);
    app.add_option("--listing", listing_);
    app.add_option("--format", format_);
    app.add_option("--template", letter_.template_file);
    app.add_option("-o,--output", letter_.output);
  }

  int run(const CommonOptions& common) override;

 private:
  std::string look(const CommonOptions& common) const;
  void check_state(Language language) const;
  void write_letter(const CommonOptions& common);
  std::string do_event(const CommonOptions& common);
  std::string apply(const CommonOptions& common);
  void need_yes(Language language) const {
    if (!yes_) throw UsageError{std::string(Text{"下架须加 --yes 确认", "delist needs --yes"}.in(language)), std::string(example())};
  }

  LedgerOptions options_;
  cases::Act act_;
  FiledEvidence filed_;
  LetterArguments letter_;
  std::string action_, subject_, state_, supplier_, listing_, format_;
  bool yes_ = false;
};

std::string CaseCommand::look(const CommonOptions& common) const {
  const Language language = common.terminal;
  ledger::Store store(options_.store, ledger::Access::read);
  cases::Book book(store);
  if (action_ == "show") {
    required(subject_, "CASE", *this, language);
    const std::string format = format_of(format_, "table|json", *this, language);
    std::optional<cases::Case> found;
    std::vector<ledger::Event> history;
    store.read([&] {
      found = book.find(subject_);
      history = book.history(subject_);
    });
    if (!found) throw FatalError("没有案件 " + subject_, "there is no case " + subject_);
    return format == "json" ? case_body(*found) + "\n" : case_page(*found, history, common);
  }
  const std::string format = format_of(format_, "table|json|csv", *this, language);
  if (!state_.empty()) check_state(language);
  std::vector<cases::Case> list;
  store.read([&] {
    if (!listing_.empty())
      list = book.with_key("listing", listing_);
    else if (!supplier_.empty())
      list = book.with_key("supplier", supplier_);
    else if (action_ == "due" || state_.empty())
      list = book.open();
    else
      list = book.in_state(std::string(rules::case_state_name(*rules::find_case_state(state_))));
  });
  if (!state_.empty()) {
    const auto state = rules::find_case_state(state_);
    std::erase_if(list, [&](const cases::Case& one) { return one.state != *state; });
  }
  const std::string today = options_.event(*this, language).received_at.substr(0, 10);
  if (action_ == "due") std::erase_if(list, [](const cases::Case& one) { return one.deadline.empty(); });
  if (action_ == "due")
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.deadline < b.deadline; });
  else
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.fen_at_risk > b.fen_at_risk; });
  return case_list(list, act_.on.empty() ? today : act_.on, format, common);
}

void CaseCommand::check_state(Language language) const {
  if (rules::find_case_state(state_)) return;
  std::vector<std::string> states;
  for (int i = 0; i < rules::kCaseStates; ++i) states.emplace_back(rules::case_state_name(static_cast<rules::CaseState>(i)));
  const auto near = nearest(state_, states);
  std::string what = (language == Language::zh ? "没有这个状态：" : "unknown state: ") + state_;
  if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
  throw UsageError{what, std::string(example())};
}

void CaseCommand::write_letter(const CommonOptions& common) {
  const Language language = common.terminal;
  if (subject_.empty() == state_.empty())
    throw UsageError{language == Language::zh ? "letter 须给出一个案件，或 --state" : "letter is of one case, or of all in --state",
                     std::string(example())};
  if (!state_.empty()) check_state(language);
  ledger::Store store(options_.store, ledger::Access::read);
  cases::Book book(store);
  std::vector<cases::Case> list;
  store.read([&] {
    if (!state_.empty())
      list = book.in_state(std::string(rules::case_state_name(*rules::find_case_state(state_))));
    else if (auto one = book.find(subject_))
      list.push_back(std::move(*one));
  });
  if (list.empty() && state_.empty()) throw FatalError("没有案件 " + subject_, "there is no case " + subject_);
  letter_.format = format_;
  letter_.today = act_.on.empty() ? options_.event(*this, language).received_at.substr(0, 10) : act_.on;
  write_letters(list, !state_.empty(), letter_, *this, common);
}

std::string CaseCommand::do_event(const CommonOptions& common) {
  const Language language = common.terminal;
  required(subject_, "CASE", *this, language);
  std::string name = action_;
  std::replace(name.begin(), name.end(), '-', '_');
  act_.event = *rules::find_case_event(name);
  if (act_.event == rules::CaseEvent::delist) need_yes(language);
  const ledger::Event like = options_.event(*this, language);
  act_.actor = like.actor;
  if (act_.event == rules::CaseEvent::submit_evidence) act_.evidence.push_back(keep_evidence(filed_, options_.store, *this, language));
  ledger::Store store(options_.store, ledger::Access::write);
  cases::Book book(store);
  std::optional<cases::Case> after;
  bool again = false;
  book.change([&](ledger::Store::Change& change) {
    again = cases::was_done(book, change, like, {{subject_, act_}});
    after = again ? book.find(subject_) : cases::carry_out(book, change, like, subject_, act_, cases::calendar_of_last_run(book, store));
  });
  return case_line(*after, common) + (again ? done_before(language) : "");
}

std::string CaseCommand::apply(const CommonOptions& common) {
  const Language language = common.terminal;
  required(subject_, "FILE", *this, language);
  const std::vector<CaseRow> rows = read_case_rows(subject_);
  if (std::any_of(rows.begin(), rows.end(), [](const CaseRow& row) { return row.act.event == rules::CaseEvent::delist; }))
    need_yes(language);
  const ledger::Event like = options_.event(*this, language);
  ledger::Store store(options_.store, ledger::Access::write);
  cases::Book book(store);
  std::vector<std::pair<std::string, cases::Act>> acts;
  for (const CaseRow& row : rows) acts.emplace_back(row.id, row.act).second.actor = like.actor;
  bool again = false;
  book.change([&](ledger::Store::Change& change) {
    again = cases::was_done(book, change, like, acts);
    if (again) return;
    const WorkingCalendar calendar = cases::calendar_of_last_run(book, store);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const CaseRow& row = rows[i];
      try {
        cases::carry_out(book, change, like, row.id, acts[i].second, calendar);
      } catch (const FatalError& error) {
        const std::string place = subject_ + ":" + std::to_string(row.line) + ": ";
        throw FatalError(place + error.message(Language::zh), place + error.message(Language::en));
      }
    }
  });
  return fmt::format(fmt::runtime(language == Language::zh ? "已处理 {} 个案件\n" : "{} cases done\n"), rows.size()) +
         (again ? done_before(language) : "");
}

int CaseCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  if (action_.empty())
    throw UsageError{std::string(Text{"缺少动作（list、show、notify……）", "the action is missing (list, show, notify …)"}.in(language)),
                     std::string(example())};
  std::string text;
  if (action_ == "states") {
    write_stream(STDOUT_FILENO, case_states(format_of(format_, "table|mermaid", *this, language), common));
    return kDone;
  }
  required(options_.store, "--store", *this, language);
  if (action_ == "letter") {
    write_letter(common);
    return kDone;
  }
  if (action_ == "list" || action_ == "show" || action_ == "due") {
    write_stream(STDOUT_FILENO, look(common));
    return kDone;
  }
  const auto& events = event_actions();
  if (action_ == "release-flood") {
    required(subject_, "FLOOD", *this, language);
    required(act_.reason, "--reason", *this, language);
    ledger::Event like = options_.event(*this, language);
    like.reason = act_.reason;
    ledger::Store store(options_.store, ledger::Access::write);
    cases::Book book(store);
    int released = 0;
    bool again = false;
    book.change([&](ledger::Store::Change& change) {
      released = cases::release_flood(book, change, like, subject_);
      again = released == 0 && cases::flood_was_released(book, change, like, subject_);
    });
    if (released == 0 && !again) throw FatalError("没有因 " + subject_ + " 暂缓的案件", "no case is held back by " + subject_);
    text = again ? done_before(language)
                 : fmt::format(fmt::runtime(language == Language::zh ? "已放行 {} 个案件\n" : "{} cases released\n"), released);
  } else if (action_ == "apply") {
    text = apply(common);
  } else if (std::find(events.begin(), events.end(), action_) != events.end()) {
    text = do_event(common);
  } else {
    std::vector<std::string> all = events;
    for (const char* other : {"list", "show", "due", "letter", "states", "release-flood", "apply"}) all.emplace_back(other);
    const auto near = nearest(action_, all);
    std::string what = (language == Language::zh ? "没有这个动作：case " : "unknown action: case ") + action_;
    if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
    throw UsageError{what, std::string(example())};
  }
  if (!common.quiet) write_stream(STDOUT_FILENO, text);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_case_command() { return std::make_unique<CaseCommand>(); }

}  // namespace fairprice::cli
