#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/catalogue/title/configuration.hpp"
#include "engine/catalogue/title/model_numbers.hpp"
#include "engine/catalogue/title/offer.hpp"
#include "engine/catalogue/title/vocabulary.hpp"

namespace fairprice::title {

/// What a title, and the specification beside it, say of a thing.
struct TitleReading {
  std::string brand;                        ///< as in the dictionary; empty: none is named
  bool several_brands = false;              ///< another brand is named too, so that the first may be no maker's
  std::string category;                     ///< named in the title; empty: none
  std::vector<ModelCandidate> models;       ///< by shape, in the order of the title
  std::vector<ModelCandidate> spans;        ///< to be looked up among known models, longest first
  Configuration configuration;              ///< of title and specification together
  std::bitset<kAttributes> contradictions;  ///< what title and specification say differently
  Offer offer;
};

/// The kind of device that a category's name says.
Device device_of(std::string_view category);

/// Reads title and specification. `category` is a hint (the row's own, or its product's) and may be empty: then the title's counts.
/// Texts that are not UTF-8 say nothing.
TitleReading read_title(std::string_view title, std::string_view spec, const Vocabulary& vocabulary, std::string_view category = {});

/// The configuration alone, for rows whose brand and model are known.
Configuration read_stated(std::string_view title, std::string_view spec, Device device, std::bitset<kAttributes>& contradictions);

}  // namespace fairprice::title
