#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "engine/catalogue/pack_text.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// The number (Keys::units) of a unit that a text names; kNone for one that the dictionary multiplies.
using UnitOfWord = std::function<std::uint32_t(std::string_view)>;

/// Whether a text contradicts that a listing is `size` (count of 1/10000) of `unit`. Rules: docs/method.md, "Packs in texts".
bool contradicts_pack(const PackText& text, std::int64_t size, std::uint32_t unit, const UnitOfWord& unit_of);

/// How many `base` are in one `unit`, as a container of the text states it (5包/箱); 0 when it does not, or says two things.
std::int64_t stated_factor(const PackText& text, std::uint32_t unit, std::uint32_t base, const UnitOfWord& unit_of);

/// Reads the titles and specifications of listings that may speak of packs. Contract, section 4: a pack size that they contradict is
/// `pack_unconfirmed`; a unit that is not the product's base unit is brought to it where they state how (5包/箱), and k follows.
/// Needs the base units.
void confirm_packs(ingest::Month& month, int threads);

}  // namespace fairprice::catalogue
