#include "engine/base/shared_text.hpp"

#include <array>
#include <mutex>
#include <unordered_set>

namespace fairprice {

namespace {

/// The texts themselves; never freed, because a value in a thread that ends late may still show one.
struct Store {
  std::mutex lock;
  std::unordered_set<std::string> texts;  // a node per text: its address stays
};

const std::string* from_store(std::string_view text) {
  static Store* const store = new Store;
  const std::lock_guard guard(store->lock);
  return &*store->texts.emplace(text).first;
}

}  // namespace

const std::string* SharedText::stored(std::string_view text) {
  if (text.empty()) return nullptr;
  // The same few texts come again and again, from all threads: each remembers the last ones, so that none waits for the store.
  constexpr std::size_t kRemembered = 64;
  thread_local std::array<const std::string*, kRemembered> last{};
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t slot =
      (text.size() * 31 + byte(0) * std::size_t{7} + byte(text.size() / 2) * std::size_t{5} + byte(text.size() - 1)) % kRemembered;
  if (last[slot] == nullptr || *last[slot] != text) last[slot] = from_store(text);
  return last[slot];
}

}  // namespace fairprice
