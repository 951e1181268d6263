#include "engine/matching/blocking.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"

namespace fairprice::matching {

namespace {

/// For each token the records of one side that have it in title or among their codes, in order.
Rows<std::uint32_t> postings_of(const Documents& side, std::size_t tokens) {
  Rows<std::uint32_t> postings;
  postings.begin.assign(tokens + 1, 0);
  const auto for_each = [&](auto&& visit) {
    for (std::uint32_t row = 0; row < side.size(); ++row) {
      for (const TokenId id : side.title[row]) visit(id, row);
      for (const TokenId id : side.text_codes[row]) {
        const auto title = side.title[row];
        if (!std::binary_search(title.begin(), title.end(), id)) visit(id, row);
      }
    }
  };
  for_each([&](TokenId id, std::uint32_t) { ++postings.begin[id + 1]; });
  for (std::size_t i = 1; i <= tokens; ++i) postings.begin[i] += postings.begin[i - 1];
  postings.values.resize(postings.begin.back());
  std::vector<std::uint64_t> next(postings.begin.begin(), postings.begin.end() - 1);
  for_each([&](TokenId id, std::uint32_t row) { postings.values[next[id]++] = row; });
  return postings;
}

struct Scratch {
  std::vector<float> score;
  std::vector<std::uint32_t> touched;
  std::vector<TokenId> query;
};

/// The best records of the other side for one record, best first.
void ask(const Corpus& corpus, const Documents& side, std::size_t row, const Documents& other, const Rows<std::uint32_t>& postings,
         const BlockingSettings& settings, bool itself, Scratch& scratch, std::vector<std::uint32_t>& best) {
  const std::vector<float>& weight = corpus.words.weight;
  scratch.score.resize(other.size());
  scratch.touched.clear();
  scratch.query.assign(side.title[row].begin(), side.title[row].end());
  for (const TokenId id : side.text_codes[row]) scratch.query.push_back(id);
  std::sort(scratch.query.begin(), scratch.query.end());
  scratch.query.erase(std::unique(scratch.query.begin(), scratch.query.end()), scratch.query.end());
  std::sort(scratch.query.begin(), scratch.query.end(), [&](TokenId a, TokenId b) {
    const std::size_t x = postings[a].size();
    const std::size_t y = postings[b].size();
    return x != y ? x < y : a < b;
  });
  std::size_t seen = 0;
  for (const TokenId id : scratch.query) {
    const auto records = postings[id];
    if (seen > 0 && seen + records.size() > settings.most_postings) break;
    seen += records.size();
    for (const std::uint32_t record : records) {
      if (itself && record == row) continue;
      if (scratch.score[record] == 0) scratch.touched.push_back(record);
      scratch.score[record] += weight[id] * weight[id] + 1e-6F;
    }
  }
  for (const std::uint32_t record : scratch.touched) scratch.score[record] /= other.title_norm[record] + 1;
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return scratch.score[a] != scratch.score[b] ? scratch.score[a] > scratch.score[b] : a < b;
  };
  const std::size_t kept = std::min(settings.most, scratch.touched.size());
  std::partial_sort(scratch.touched.begin(), scratch.touched.begin() + static_cast<std::ptrdiff_t>(kept), scratch.touched.end(), better);
  best.assign(scratch.touched.begin(), scratch.touched.begin() + static_cast<std::ptrdiff_t>(kept));
  for (const std::uint32_t record : scratch.touched) scratch.score[record] = 0;
}

}  // namespace

std::vector<Candidate> find_candidates(const Corpus& corpus, const BlockingSettings& settings, int threads) {
  constexpr std::size_t kPart = 512;
  std::vector<Candidate> all;
  BlockingSettings chosen = settings;
  if (chosen.most == 0)
    chosen.most = std::clamp<std::size_t>(settings.most_pairs / std::max<std::size_t>(corpus.left.size() + corpus.right.size(), 1), 3, 20);
  const auto direction = [&](const Documents& side, const Documents& other, bool turned) {
    const Rows<std::uint32_t> postings = postings_of(other, corpus.words.size());
    const std::size_t parts = (side.size() + kPart - 1) / kPart;
    std::vector<std::vector<Candidate>> found(parts);
    std::vector<Scratch> scratch(static_cast<std::size_t>(std::max(threads, 1)));
    for_each_part(parts, threads, [&](std::size_t part, int thread) {
      std::vector<std::uint32_t> best;
      for (std::size_t row = part * kPart; row < std::min(side.size(), (part + 1) * kPart); ++row) {
        ask(corpus, side, row, other, postings, chosen, corpus.self, scratch[static_cast<std::size_t>(thread)], best);
        const auto one = static_cast<std::uint32_t>(row);
        for (const std::uint32_t record : best) {
          if (corpus.self)
            found[part].push_back({std::min(one, record), std::max(one, record)});
          else
            found[part].push_back(turned ? Candidate{record, one} : Candidate{one, record});
        }
      }
    });
    for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
  };
  direction(corpus.left, corpus.right_side(), false);
  if (!corpus.self) direction(corpus.right, corpus.left, true);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace fairprice::matching
