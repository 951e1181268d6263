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

/// The place in the new window at which it is linked, of the splices that have one.
std::size_t place_of(Splice splice, std::size_t w) {
  switch (splice) {
    case Splice::window:
    case Splice::wisp: return 0;
    case Splice::half:
    case Splice::hasp: return (w - 1) / 2;
    default: return w - 2;
  }
}

/// `wanted`, or where that has no value, the nearest place that has one; of equally near ones the later.
std::optional<std::size_t> nearest_usable(const std::vector<bool>& usable, std::size_t wanted) {
  for (std::size_t away = 0; away < usable.size(); ++away) {
    if (wanted + away < usable.size() && usable[wanted + away]) return wanted + away;
    if (away <= wanted && usable[wanted - away]) return wanted - away;
  }
  return std::nullopt;
}

/// The period after `published`, of which the last w − 1 are in both windows.
IndexValue spliced(Splice splice, const std::vector<IndexValue>& published, const std::vector<IndexValue>& before,
                   const std::vector<IndexValue>& now) {
  const std::size_t w = now.size();
  const IndexValue& last = now[w - 1];
  if (!last.ok()) return last;
  const std::size_t first = published.size() - (w - 1);  // period of the new window's first place
  // With a recalculated splice the way goes from the last period that is published, over the old window, to the place of the link.
  std::optional<std::size_t> anchor;
  std::vector<bool> usable(w - 1);
  for (std::size_t k = 0; k < w - 1; ++k) {
    const bool recalculated = !on_published(splice);
    usable[k] = now[k].ok() && (recalculated ? before[k + 1].ok() : published[first + k].ok());
    if (recalculated && published[first + k].ok() && before[k + 1].ok()) anchor = k;
  }
  const auto over = [&](std::size_t k) {
    if (on_published(splice)) return std::log(published[first + k].value) + std::log(last.value / now[k].value);
    return std::log(published[first + *anchor].value) + std::log(last.value / now[k].value) -
           std::log(before[*anchor + 1].value / before[k + 1].value);
  };
  if (!on_published(splice) && !anchor) return {0, Status::disconnected};
  double sum = 0;
  std::size_t count = 0;
  if (splice == Splice::mean || splice == Splice::mean_pub) {
    for (std::size_t k = 0; k < w - 1; ++k)
      if (usable[k]) sum += over(k), ++count;
  } else if (const auto place = nearest_usable(usable, place_of(splice, w))) {
    sum = over(*place);
    count = 1;
  }
  if (count == 0) return {0, Status::disconnected};
  return checked(std::exp(sum / static_cast<double>(count)));
}

/// Linked at the base, or where that has no value at the last period before it that has one, not before `from`; else at the next after it.
/// `now` begins with period `first`.
IndexValue linked_at_base(const std::vector<IndexValue>& published, std::size_t from, std::size_t base, const std::vector<IndexValue>& now,
                          std::size_t first) {
  if (!now.back().ok()) return now.back();
  const auto usable = [&](std::size_t t) { return published[t].ok() && now[t - first].ok(); };
  std::size_t t = base;
  while (t > from && !usable(t)) --t;
  if (!usable(t))
    for (t = base; t < published.size() && !usable(t);) ++t;
  if (t == published.size()) return {0, Status::disconnected};
  return checked(published[t].value * (now.back().value / now[t - first].value));
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
    std::size_t base = (t - 1) / (w - 1) * (w - 1);
    if (splice == Splice::fbew) {
      const std::size_t meant = base;
      while (base > 0 && !published[base].ok() && t - base + 2 <= w) --base;
      if (!published[base].ok())
        for (base = meant; base + 1 < t && !published[base].ok();) ++base;
      const std::vector<IndexValue> now = index(base, t - base + 1);
      published.push_back(linked_at_base(published, base, base, now, base));
      continue;
    }
    std::vector<IndexValue> now = index(t - w + 1, w);
    if (splice == Splice::fbmw)
      published.push_back(linked_at_base(published, t - w + 1, base, now, t - w + 1));
    else
      published.push_back(spliced(splice, published, before, now));
    before = std::move(now);
  }
  return published;
}

}  // namespace fairprice::indices
