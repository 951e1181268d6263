#pragma once

#include <string>
#include <vector>

#include "engine/cases/book.hpp"

/// Which runs were published: from a publication on, a supplier may rely on its highest fair prices (spec: safe harbour).
namespace fairprice::cases {

inline constexpr std::string_view kPublishEvent = "publish";
inline constexpr std::string_view kPublications = "publications";  ///< the subject of these events

struct Publication {
  std::int64_t seq = 0;  ///< of its event
  std::string period;
  int revision = 0;
  std::string day;  ///< on which it was published, "2023-12-05"
};

/// In their order. Reads in a Store::read.
std::vector<Publication> publications(Book& book);

/// Says that the run was published on `day` (empty: the day of the event). Revision 0: the last one. Throws FatalError: no such run, a day that is none, is
/// still to come, or lies before the run or the publication before.
Publication publish_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& period, int revision,
                        const std::string& day);

}  // namespace fairprice::cases
