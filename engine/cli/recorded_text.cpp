#include "engine/cli/recorded_text.hpp"

#include <fmt/format.h>

#include "engine/cli/terminal.hpp"

namespace fairprice::cli {

std::string recorded_text(const cases::Recorded& recorded, const ingest::Month& month, const std::string& store,
                          const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  const std::string period = month.period.to_string();
  page.line();
  if (recorded.same) {
    page.line(zh ? "  台账：" + period + " 的这次监测已在台账中，没有新的事件"
                 : "  ledger: this run of " + period + " is there already; no event was added");
    return page.text();
  }
  std::int64_t opened = 0, closed = 0, noted = 0;
  for (const auto& [event, count] : recorded.counts.by_event) {
    if (event == "case:open" || event == "case:run:flagged_again")
      opened += count;
    else if (event == "case:run:reduced" || event == "case:run:reference_changed" || event == "case:run:removed")
      closed += count;
    else
      noted += count;
  }
  page.line(fmt::format(fmt::runtime(zh ? "  台账：{} 第 {} 版；立案 {}，结案 {}，其他案件有变动 {}"
                                        : "  ledger: {} revision {}; cases opened {}, closed {}, others changed {}"),
                        period, recorded.revision, grouped(opened), grouped(closed), grouped(noted)));
  if (recorded.revision > 1)
    page.line(fmt::format(fmt::runtime(zh ? "  与上一版比较：fairprice diff {} --revision {}..{} --store {}"
                                          : "  what changed: fairprice diff {} --revision {}..{} --store {}"),
                          period, recorded.revision - 1, recorded.revision, store));
  if (recorded.earlier)
    page.line(zh ? "  此后的月份已有监测：案件没有变动" : "  a later month was run before: no case was changed");
  else if (opened > 0)
    page.line((zh ? "  下一步：fairprice case list --store " : "  next: fairprice case list --store ") + store);
  return page.text();
}

}  // namespace fairprice::cli
