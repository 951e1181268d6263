#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/base/text.hpp"
#include "engine/cases/book.hpp"
#include "engine/cases/evidence_files.hpp"
#include "engine/cases/publications.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/case_files.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/figures_text.hpp"
#include "engine/cli/ledger_options.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/signature.hpp"
#include "engine/ledger/transfer.hpp"
#include "engine/ledger/verify.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice ledger：核对、导出与导入台账

  fairprice ledger verify --store fairprice.db
  fairprice ledger verify --store fairprice.db --head 1523:9f86d0…
  fairprice ledger export --store fairprice.db --blobs --output ledger.jsonl
  fairprice ledger import --store postgresql://user@host/db --input ledger.jsonl
  fairprice ledger head --store fairprice.db --key secret.key
  fairprice ledger publish --store fairprice.db --period 2023-11 --on 2023-12-05
  fairprice ledger figures --store fairprice.db --from 2023-01 --to 2023-12 --deals saved.csv
  fairprice ledger keygen --output secret.key

台账只增不改：每个事件一行规范 JSON，含前一个事件的 SHA-256；verify 核对每一行、全部数据与案件表，
找出被改动、删去、插入或移动之处。公布过的事件数与散列（head）可证明末尾没有被截去。publish 记下某次监测已公布：供应商可依其最高合理价定价（见 case）。figures 给出案件、覆盖率、高价率、改变决定的比率、订单合规与降价节约的累计数。

      --store FILE|URL   台账：SQLite 文件，或 postgresql://……（密码取自 PGPASSFILE 等通常来源）
      --period YYYY-MM   publish：月份
      --revision N       publish：版次（默认最后一版）
      --on DATE          publish：公布的日期（默认今天）
      --actor NAME       publish：操作人（默认登录名）
      --at TIME          publish：事件的时间（默认现在）
      --from DAY         figures：从这一天或月份起（默认最早）
      --to DAY           figures：到这一天或月份止（默认最后）
      --deals FILE       figures：另写节约所依据的每笔成交（CSV）
      --head N:HASH      verify：公布过的 head；此前的一切须与之相符
      --signature TEXT   verify：--head 的签名；与 --public-key 合用
      --public-key FILE  verify：公布的公钥
      --evidence DIR     verify：证据文件夹（默认与台账同名加 .evidence）；逐一核对各事件所交的证据文件
      --blobs            export：连同事件所提到的数据
      --key FILE         head：用私钥签名
      --input FILE       import：导出的文件
      --format text|json verify、head 的输出格式（默认 text）；figures：table（默认）、json、csv
  -o, --output FILE      写入文件（默认标准输出）；keygen：私钥文件，公钥写到标准输出

退出状态：0 完成且相符；1 不相符或失败；2 用法错误
)",
    R"(fairprice ledger: verify, export and import the ledger

  fairprice ledger verify --store fairprice.db
  fairprice ledger verify --store fairprice.db --head 1523:9f86d0…
  fairprice ledger export --store fairprice.db --blobs --output ledger.jsonl
  fairprice ledger import --store postgresql://user@host/db --input ledger.jsonl
  fairprice ledger head --store fairprice.db --key secret.key
  fairprice ledger publish --store fairprice.db --period 2023-11 --on 2023-12-05
  fairprice ledger figures --store fairprice.db --from 2023-01 --to 2023-12 --deals saved.csv
  fairprice ledger keygen --output secret.key

A ledger is only added to: each event is a line of canonical JSON with the SHA-256 of the one before. verify reads every line, all
data and the table of cases, and finds what was changed, taken out, put in or moved. A head that was published (how many events
there were, and the hash of the last) shows that no end was cut off. publish keeps that a run was published: suppliers may rely on its highest fair
prices (see case). figures counts what there is to publish: cases and how they ended, coverage, high prices, reversals, orders, savings.

      --store FILE|URL   the ledger: an SQLite file, or postgresql://… (password from PGPASSFILE and the other usual sources)
      --period YYYY-MM   publish: the month
      --revision N       publish: which revision (default the last)
      --on DATE          publish: the day of the publication (default today)
      --actor NAME       publish: who answers for it (default the login name)
      --at TIME          publish: the time of the event (default now)
      --from DAY         figures: from this day or month on (default the first)
      --to DAY           figures: up to this day or month (default the last)
      --deals FILE       figures: also write each deal behind the savings (CSV)
      --head N:HASH      verify: a published head; all up to it must be as it was
      --signature TEXT   verify: the signature of --head; with --public-key
      --public-key FILE  verify: the published key
      --evidence DIR     verify: the folder of evidence (default the ledger's name with .evidence): each file that was filed is checked
      --blobs            export: with the data that events name
      --key FILE         head: sign it with this secret key
      --input FILE       import: an export
      --format text|json output of verify and head (default text); of figures table (default), json, csv
  -o, --output FILE      write there (default standard output); keygen: the secret key, the public one goes to standard output

Exit status: 0 done, and all is as it was; 1 it is not, or failed; 2 wrong usage
)"};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) throw FatalError(path + "：无法读取", path + ": cannot be read");
  return text;
}

class LedgerCommand final : public Command {
 public:
  std::string_view name() const override { return "ledger"; }
  Text summary() const override { return {"核对、导出与导入台账", "verify, export and import the ledger"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice ledger verify --store fairprice.db"; }

  void declare(CLI::App& app) override {
    app.add_option("action", action_);
    options_.declare(app);
    app.add_option("--period", period_);
    app.add_option("--revision", revision_);
    app.add_option("--on", on_);
    app.add_option("--from", from_);
    app.add_option("--to", to_);
    app.add_option("--deals", deals_);
    app.add_option("--head", head_);
    app.add_option("--signature", signature_);
    app.add_option("--public-key", public_key_);
    app.add_option("--evidence", evidence_);
    app.add_flag("--blobs", blobs_);
    app.add_option("--key", key_);
    app.add_option("--input", input_);
    app.add_option("--format", format_);
    app.add_option("-o,--output", output_);
  }

  int run(const CommonOptions& common) override;

 private:
  int verify(const CommonOptions& common) const;
  int head(const CommonOptions& common) const;
  void export_to() const;
  void import_from(const CommonOptions& common) const;
  void publish(const CommonOptions& common) const;
  void figures(const CommonOptions& common) const;
  std::string day_of(const std::string& value, const char* option, bool last, Language language) const;

  LedgerOptions options_;
  std::string action_, period_, revision_, on_, from_, to_, deals_, head_, signature_, public_key_, evidence_, key_, input_, format_,
      output_;
  bool blobs_ = false;
};

int LedgerCommand::verify(const CommonOptions& common) const {
  const Language language = common.terminal;
  const std::string format = format_of(format_, "text|json", *this, language);
  std::optional<ledger::Head> expected;
  if (!head_.empty()) {
    expected = ledger::parse_head(head_);
    if (!expected)
      throw UsageError{language == Language::zh ? "--head 的值 " + head_ + " 不对（应为 事件数:64 位十六进制）"
                                                : "--head " + head_ + " is no head (expected a number, a colon, and 64 hexadecimal digits)",
                       std::string(example())};
  }
  if (!signature_.empty() || !public_key_.empty()) {
    required(head_, "--head", *this, language);
    required(signature_, "--signature", *this, language);
    required(public_key_, "--public-key", *this, language);
    if (!ledger::is_signed(head_, signature_, read_file(public_key_), public_key_))
      throw FatalError("签名与 --head 不符", "the signature is not of --head by that key");
  }
  ledger::Store store(options_.store, ledger::Access::read);
  cases::EvidenceFiles evidence;
  ledger::Verified result = cases::Book(store).verify(expected, [&](const ledger::EventLook& event) { evidence.next(event); });
  const std::string folder = evidence_folder(options_.store, evidence_);
  std::vector<std::string> notes;  // what is told, and is no finding
  if (evidence.count() > 0 && folder.empty())
    notes.push_back(
        fmt::format(fmt::runtime(language == Language::zh ? "{} 份证据文件未核对：请用 --evidence 指明其文件夹"
                                                          : "{} files of evidence were not looked at: name their folder with --evidence"),
                    evidence.count()));
  if (!folder.empty() && (evidence.count() > 0 || !evidence_.empty()))
    for (const std::string& stranger : evidence.check(folder, result))
      notes.push_back((language == Language::zh ? "没有事件提到的文件：" : "a file that no event names: ") + folder + "/" +
                      quoted_for_message(stranger));
  if (format == "json") {
    publishing::Json json;
    json.begin_object().member("events", result.head.count).member("blobs", result.blobs).member("head", ledger::head_text(result.head));
    json.key("findings").begin_array();
    for (const ledger::Finding& one : result.findings)
      json.begin_object().member("event", one.seq).member("message", language == Language::zh ? one.zh : one.en).end_object();
    json.end_array().key("notes").begin_array();
    for (const std::string& note : notes) json.text(note);
    json.end_array().end_object();
    write_stream(STDOUT_FILENO, std::move(json).str());
  } else {
    Page page(common.colour_out);
    for (const std::string& note : notes) page.line(note);
    for (const ledger::Finding& one : result.findings) page.line(language == Language::zh ? one.zh : one.en, Style::warning);
    if (result.ok())
      page.line(fmt::format(fmt::runtime(language == Language::zh ? "{} 个事件、{} 份数据，全部相符"
                                                                  : "{} events and {} pieces of data are as they were written"),
                            grouped(result.head.count), grouped(result.blobs)));
    page.line((language == Language::zh ? "head：" : "head: ") + ledger::head_text(result.head));
    write_stream(STDOUT_FILENO, page.text());
  }
  return result.ok() ? kDone : kFailed;
}

int LedgerCommand::head(const CommonOptions& common) const {
  const std::string format = format_of(format_, "text|json", *this, common.terminal);
  ledger::Store store(options_.store, ledger::Access::read);
  std::string text;
  store.read([&] { text = ledger::head_text(store.head()); });
  const std::string signature = key_.empty() ? "" : ledger::signature_of(text, read_file(key_), key_);
  if (format == "json") {
    publishing::Json json;
    json.begin_object().member("head", text);
    if (!signature.empty()) json.member("signature", signature);
    json.end_object();
    write_stream(STDOUT_FILENO, std::move(json).str());
  } else {
    write_stream(STDOUT_FILENO, text + "\n" + (signature.empty() ? "" : signature + "\n"));
  }
  return kDone;
}

void LedgerCommand::export_to() const {
  ledger::Store store(options_.store, ledger::Access::read);
  if (output_.empty() || output_ == "-") {
    ledger::export_ledger(store, blobs_, [](std::string_view part) { write_stream(STDOUT_FILENO, part); });
    return;
  }
  std::string text;
  ledger::export_ledger(store, blobs_, [&](std::string_view part) { text += part; });
  publishing::write_file(output_, text);
}

void LedgerCommand::import_from(const CommonOptions& common) const {
  required(input_, "--input", *this, common.terminal);
  const std::string text = read_file(input_ == "-" ? "/dev/stdin" : input_);
  ledger::Store store(options_.store, ledger::Access::write);
  cases::Book book(store);
  const ledger::Imported done = ledger::import_ledger(store, text, input_, [&](ledger::Store::Change& change) { book.rebuild(change); });
  if (common.quiet) return;
  const Text imported{"已导入 {} 个事件\n", "{} events imported\n"};
  const Text same{"台账里已有这 {} 个事件；没有写入任何内容\n", "the ledger holds these {} events already; nothing was written\n"};
  write_stream(STDOUT_FILENO, fmt::format(fmt::runtime((done.same ? same : imported).in(common.terminal)), grouped(done.events)));
}

void LedgerCommand::publish(const CommonOptions& common) const {
  const Language language = common.terminal;
  const std::string period = period_of(period_, *this, language).to_string();
  int revision = 0;
  if (!revision_.empty()) {
    const auto [end, error] = std::from_chars(revision_.data(), revision_.data() + revision_.size(), revision);
    if (error != std::errc() || end != revision_.data() + revision_.size() || revision < 1)
      throw UsageError{language == Language::zh ? "--revision 的值 \"" + revision_ + "\" 不是正整数"
                                                : "--revision: \"" + revision_ + "\" is no whole number above 0",
                       std::string(example())};
  }
  const ledger::Event like = options_.event(*this, language);
  ledger::Store store(options_.store, ledger::Access::write);
  cases::Book book(store);
  cases::Publication one;
  std::string head;
  book.change([&](ledger::Store::Change& change) {
    one = cases::publish_run(book, change, like, period, revision, on_);
    head = ledger::head_text(change.head());
  });
  if (!common.quiet)
    write_stream(STDOUT_FILENO, fmt::format(fmt::runtime(language == Language::zh ? "{} 第 {} 版已于 {} 公布\nhead：{}\n"
                                                                                  : "{} revision {} published on {}\nhead: {}\n"),
                                            one.period, one.revision, one.day, head));
}

/// A day, or a month's first or last.
std::string LedgerCommand::day_of(const std::string& value, const char* option, bool last, Language language) const {
  if (value.empty()) return std::string(last ? kLastDay : kFirstDay);
  if (const auto month = Period::parse(value)) return (last ? last_day(*month) : first_day(*month)).to_string();
  if (const auto day = Date::parse(value)) return day->to_string();
  throw UsageError{
      std::string(option) + (language == Language::zh ? " 的值 \"" + value + "\" 不是日期或月份（应如 2023-11 或 2023-11-01）"
                                                      : ": \"" + value + "\" is no day or month (expected e.g. 2023-11 or 2023-11-01)"),
      std::string(example())};
}

void LedgerCommand::figures(const CommonOptions& common) const {
  const Language language = common.terminal;
  const std::string from = day_of(from_, "--from", false, language);
  const std::string to = day_of(to_, "--to", true, language);
  if (to < from) throw UsageError{language == Language::zh ? "--to 早于 --from" : "--to is before --from", std::string(example())};
  const std::string format = format_of(format_, "table|json|csv", *this, language);
  ledger::Store store(options_.store, ledger::Access::read);
  cases::Book book(store);
  cases::Figures figures;
  store.read([&] { figures = cases::figures_between(book, store, from, to); });
  const std::string text = figures_text(figures, format, common);
  if (!deals_.empty()) publishing::write_file(deals_, saved_deals_csv(figures));
  if (output_.empty() || output_ == "-")
    write_stream(STDOUT_FILENO, text);
  else
    publishing::write_file(output_, text);
}

int LedgerCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  if (action_.empty())
    throw UsageError{std::string(Text{"缺少 verify、export、import、head、publish、figures 或 keygen",
                                      "verify, export, import, head, publish, figures or keygen is missing"}
                                     .in(language)),
                     std::string(example())};
  if (action_ == "keygen") {
    required(output_, "--output", *this, language);
    const ledger::KeyPair keys = ledger::make_key_pair();
    const mode_t before = ::umask(0077);  // nobody else may read it, at no time
    publishing::write_file(output_, keys.secret);
    ::umask(before);
    write_stream(STDOUT_FILENO, keys.open);
    return kDone;
  }
  const std::vector<std::string> actions = {"verify", "export", "import", "head", "publish", "figures"};
  if (std::find(actions.begin(), actions.end(), action_) == actions.end()) {
    const auto near = nearest(action_, actions);
    std::string what = (language == Language::zh ? "没有这个动作：ledger " : "unknown action: ledger ") + action_;
    if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
    throw UsageError{what, std::string(example())};
  }
  required(options_.store, "--store", *this, language);
  if (action_ == "verify") return verify(common);
  if (action_ == "head") return head(common);
  if (action_ == "publish" || action_ == "figures") {
    action_ == "publish" ? publish(common) : figures(common);
    return kDone;
  }
  if (action_ == "export")
    export_to();
  else
    import_from(common);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_ledger_command() { return std::make_unique<LedgerCommand>(); }

}  // namespace fairprice::cli
