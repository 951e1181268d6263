#include "engine/publishing/publish.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/base/parallel.hpp"
#include "engine/publishing/assessment_row.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/summary.hpp"
#include "engine/publishing/tables.hpp"

namespace fairprice::publishing {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kRowsAtOnce = 4096;  // about half a megabyte, which stays in the cache between formatting and writing

std::string heading(std::string_view columns, std::string_view more, bool excel) {
  std::string text(excel ? kByteOrderMark : std::string_view());
  return text.append(columns).append(more).append(1, '\n');
}

/// Gives each stretch of a file its offset, in the order of the stretches, however their sizes come in.
class Offsets {
 public:
  explicit Offsets(std::uint64_t start) : next_offset_(start) {}

  /// Waits until all earlier stretches have theirs. Parts are handed out in order, so an earlier one is being formatted by now.
  std::uint64_t take(std::size_t part, std::uint64_t size) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return next_part_ == part || failed_; });
    const std::uint64_t offset = next_offset_;
    next_offset_ += size;
    ++next_part_;
    turn_.notify_all();
    return offset;
  }
  /// A stretch that never comes: nobody waits for it.
  void fail() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  std::size_t next_part_ = 0;
  std::uint64_t next_offset_;
  bool failed_ = false;
};

class AssessmentsFile {
 public:
  AssessmentsFile(const ingest::Month& month, const std::vector<assessment::Assessment>& listings, const rules::PolicySet& policy,
                  const PublishOptions& options, const OutputFolder& folder)
      : month_(month), listings_(listings), policy_(policy), file_(folder, "assessments.csv"),
        heading_(heading(kAssessmentColumns, {}, options.excel)), offsets_(heading_.size()),
        workers_(static_cast<std::size_t>(std::max(options.threads, 1))) {
    file_.write_at(heading_, 0);
  }

  std::size_t parts() const { return (listings_.size() + kRowsAtOnce - 1) / kRowsAtOnce; }

  void write_part(std::size_t part, int thread) {
    try {
      Worker& worker = workers_[static_cast<std::size_t>(thread)];
      if (!worker.rows) worker.rows = std::make_unique<AssessmentRows>(month_, policy_);
      worker.buffer.clear();
      const std::size_t end = std::min(listings_.size(), (part + 1) * kRowsAtOnce);
      const std::size_t first = part * kRowsAtOnce;
      worker.rows->put_rows(worker.buffer, std::span(listings_).subspan(first, end - first));
      file_.write_at(worker.buffer.bytes(), offsets_.take(part, worker.buffer.size()));
    } catch (...) {
      offsets_.fail();
      throw;
    }
  }

  void close() { file_.close(); }

 private:
  struct Worker {
    std::unique_ptr<AssessmentRows> rows;
    CsvBuffer buffer;
  };
  const ingest::Month& month_;
  const std::vector<assessment::Assessment>& listings_;
  const rules::PolicySet& policy_;
  OutputFile file_;
  std::string heading_;
  Offsets offsets_;
  std::vector<Worker> workers_;
};

}  // namespace

Published publish(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                  const PublishOptions& options, OutputFolder& folder) {
  AssessmentsFile large(month, assessments.listings, policy, options, folder);
  const auto small = [&](std::string_view name, std::string_view columns, std::string_view more, const CsvBuffer& rows) {
    OutputFile file(folder, name);
    file.write(heading(columns, more, options.excel));
    file.write(rows.bytes());
    file.close();
  };
  const std::array<std::function<void()>, 7> others = {
      [&] { small("flagged.csv", kAssessmentColumns, kFlaggedColumns, flagged_rows(month, assessments, policy, options.cases)); },
      [&] { small("rejects.csv", kRejectsColumns, {}, rejects_rows(month, options.language)); },
      [&] { small("review.csv", kReviewColumns, {}, review_rows(month, assessments)); },
      [&] { small("orders.csv", kOrdersColumns, {}, orders_rows(month, assessments)); },
      [&] { small("estimates.csv", kEstimatesColumns, {}, estimates_rows(month, assessments)); },
      [&] { small("overrides.csv", kOverridesColumns, {}, overrides_rows(assessments)); },
      [&] {
        OutputFile file(folder, "summary.json");
        file.write(summary_json(month, assessments, policy, options.language));
        file.close();
      },
  };
  // The large file first, so that the disk is busy with it while the small ones are made; its flush comes last.
  const std::size_t parts = large.parts();
  for_each_part(parts + others.size(), options.threads, [&](std::size_t part, int thread) {
    if (part < parts) {
      large.write_part(part, thread);
    } else {
      others[part - parts]();
    }
  });
  large.close();

  const auto count = [](const auto& rows) { return static_cast<std::int64_t>(rows.size()); };
  return {count(assessments.listings), count(assessments.flagged),   count(month.problems),       count(assessments.review),
          count(assessments.orders),   count(assessments.overrides), count(assessments.estimates)};
}

}  // namespace fairprice::publishing
