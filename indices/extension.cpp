#include "indices/extension.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace fairprice::indices {

namespace {

constexpr std::array<std::pair<Splice, std::string_view>, 10> kNames = {{{Splice::none, "none"},
                                                                         {Splice::movement, "movement"},
                                                                         {Splice::window, "window"},
                                                                         {Splice::half, "half"},
                                                                         {Splice::mean, "mean"},
                                                                         {Splice::wisp, "wisp"},
                                                                         {Splice::hasp, "hasp"},
                                                                         {Splice::mean_pub, "mean-pub"},
                                                                         {Splice::fbew, "fbew"},
                                                                         {Splice::fbmw, "fbmw"}}};

bool on_published(Splice splice) { return splice == Splice::wisp || splice == Splice::hasp || splice == Splice::mean_pub; }

/// The places in the new window at which it is linked.
std::pair<std::size_t, std::size_t> places(Splice splice, std::size_t w) {
  switch (splice) {
    case Splice::window:
    case Splice::wisp: return {0, 1};
    case Splice::half:
    case Splice::hasp: return {(w - 1) / 2, (w - 1) / 2 + 1};
    case Splice::mean:
    case Splice::mean_pub: return {0, w - 1};
    default: return {w - 2, w - 1};
  }
}

/// The period after `published`, of which the last w − 1 are in both windows.
IndexValue spliced(Splice splice, const std::vector<IndexValue>& published, const std::vector<IndexValue>& before,
                   const std::vector<IndexValue>& now) {
  const std::size_t w = now.size();
  const IndexValue& last = now[w - 1];
  if (!last.ok()) return last;
  const auto [from, to] = places(splice, w);
  const std::size_t first = published.size() - (w - 1);  // period of the new window's first place
  double sum = 0;
  std::size_t count = 0;
  IndexValue why{0, Status::disconnected};
  for (std::size_t k = from; k < to; ++k) {
    const bool recalculated = !on_published(splice);
    const IndexValue& anchor = recalculated ? published.back() : published[first + k];
    const IndexValue& here = now[k];
    // Of the old window: the way from place k + 1, the same period, to its last.
    const IndexValue one{1, Status::ok};
    const IndexValue& old_here = recalculated ? before[k + 1] : one;
    const IndexValue& old_last = recalculated ? before[w - 1] : one;
    bool all = true;
    for (const IndexValue* part : {&anchor, &here, &old_here, &old_last})
      if (!part->ok()) {
        why = *part;
        all = false;
      }
    if (!all) continue;
    sum += std::log(anchor.value) + std::log(last.value / here.value) - std::log(old_last.value / old_here.value);
    ++count;
  }
  if (count == 0) return {0, why.status};
  return checked(std::exp(sum / static_cast<double>(count)));
}

IndexValue linked_at_base(const IndexValue& published, const IndexValue& base, const IndexValue& last) {
  for (const IndexValue* one : {&published, &base, &last})
    if (!one->ok()) return *one;
  return checked(published.value * (last.value / base.value));
}

}  // namespace

std::string_view splice_name(Splice splice) {
  for (const auto& [one, name] : kNames)
    if (one == splice) return name;
  return "";
}

std::optional<Splice> find_splice(std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  for (const auto& [one, known] : kNames)
    if (known == wanted) return one;
  return std::nullopt;
}

std::vector<IndexValue> extended_series(std::size_t periods, std::size_t window, Splice splice, const WindowIndex& index) {
  if (periods == 0) return {};
  const std::size_t w = std::min(std::max<std::size_t>(window, 2), periods);
  if (splice == Splice::none || w == periods) return index(0, periods);
  std::vector<IndexValue> published = index(0, w);
  std::vector<IndexValue> before = published;
  for (std::size_t t = w; t < periods; ++t) {
    const std::size_t base = (t - 1) / (w - 1) * (w - 1);
    if (splice == Splice::fbew) {
      const std::vector<IndexValue> now = index(base, t - base + 1);
      published.push_back(linked_at_base(published[base], now.front(), now.back()));
      continue;
    }
    std::vector<IndexValue> now = index(t - w + 1, w);
    if (splice == Splice::fbmw)
      published.push_back(linked_at_base(published[base], now[base - (t - w + 1)], now.back()));
    else
      published.push_back(spliced(splice, published, before, now));
    before = std::move(now);
  }
  return published;
}

}  // namespace fairprice::indices
