#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/cases/act.hpp"

/// Whether what is asked for was done already: who could not learn how a command ended sends it again, and nothing may be done twice.
namespace fairprice::cases {

/// What was asked for, as the members of the event's data: canonical JSON by name. What is empty is left out.
std::map<std::string, std::string> asked_of(const Act& act);

/// The acts on each case are the last events of that case, in their order: of the same person, with the same reason and all else that was asked for; at the time
/// `like` has, else on the day it would get. `change` has the ledger's last time.
bool was_done(Book& book, const ledger::Store::Change& change, const ledger::Event& like,
              const std::vector<std::pair<std::string, Act>>& acts);

/// The same of release_flood().
bool flood_was_released(Book& book, const ledger::Store::Change& change, const ledger::Event& like, const std::string& flood);

}  // namespace fairprice::cases
