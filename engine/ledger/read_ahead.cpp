#include "engine/ledger/read_ahead.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/ledger/sha256.hpp"

namespace fairprice::ledger {

namespace {

constexpr std::size_t kRows = 1000;  // of a batch
constexpr int kBatches = 6;          // that are under way at most: some MB

struct Batch {
  std::vector<DigestedEvent> rows{kRows};  // kept from use to use, so that their texts need no new memory
  std::size_t count = 0;
};
using Ready = std::unique_ptr<Batch>;

/// From one thread to the next; closed by either side.
class Queue {
 public:
  void put(Ready batch) {
    const std::lock_guard lock(mutex_);
    batches_.push_back(std::move(batch));
    changed_.notify_one();
  }
  /// Nothing when no more come.
  Ready take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !batches_.empty(); });
    if (batches_.empty()) return nullptr;
    Ready batch = std::move(batches_.front());
    batches_.pop_front();
    return batch;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Ready> batches_;
  bool closed_ = false;
};

class ReadAhead {
 public:
  explicit ReadAhead(Store& store) : store_(store) {
    for (int i = 0; i < kBatches; ++i) empty_.put(std::make_unique<Batch>());
  }

  void run(const std::function<void(const DigestedEvent&)>& each) {
    std::thread reader([&] { guarded(read_, [&] { read(); }); });
    std::thread digester([&] { guarded(digested_, [&] { digest(); }); });
    std::exception_ptr own;
    try {
      while (Ready batch = digested_.take()) {
        for (std::size_t i = 0; i < batch->count; ++i) each(batch->rows[i]);
        empty_.put(std::move(batch));
      }
    } catch (...) {
      own = std::current_exception();
    }
    for (Queue* queue : {&empty_, &read_, &digested_}) queue->close();
    reader.join();
    digester.join();
    if (own) std::rethrow_exception(own);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  template <class Work>
  void guarded(Queue& to, Work work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    to.close();
  }

  void read() {
    Ready batch = empty_.take();
    if (batch) batch->count = 0;
    store_.events(0, [&](const StoredEvent& row) {
      if (!batch) return false;  // nobody wants more
      batch->rows[batch->count++].row = row;
      if (batch->count < kRows) return true;
      read_.put(std::move(batch));
      batch = empty_.take();
      if (batch) batch->count = 0;
      return batch != nullptr;
    });
    if (batch) read_.put(std::move(batch));
  }

  void digest() {
    Sha256 sum;
    while (Ready batch = read_.take()) {
      for (std::size_t i = 0; i < batch->count; ++i) {
        DigestedEvent& one = batch->rows[i];
        sum.add(one.row.text);
        sum.hex_into(one.sum);
        one.is_event = look_at_event(one.row.text, one.look);
      }
      digested_.put(std::move(batch));
    }
  }

  Store& store_;
  Queue empty_, read_, digested_;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

void read_digested(Store& store, const std::function<void(const DigestedEvent&)>& each) { ReadAhead(store).run(each); }

}  // namespace fairprice::ledger
