#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/estimation/features.hpp"
#include "indices/regression.hpp"

namespace fairprice::estimation {

/// Who makes a thing: two lines of one brand may be as different as two brands.
struct Make {
  std::string brand;  ///< canonical; may be empty
  std::string line;   ///< `联想 THINKPAD E`: brand and model up to its first digit; empty: not known
};
Make make_of(std::string_view brand, std::string_view model);

/// A product that the market sells, and what it is made of.
struct Configured {
  std::uint32_t product = 0;
  std::string name;  ///< of the product, for the order
  Make make;
  Features features;
  std::int64_t price = 0;  ///< UnitPrice count, above 0
};

/// Why a configuration has no estimate.
enum class Why : std::uint8_t {
  estimated,
  nothing_stated,  ///< title and specification say nothing that counts
  too_few,         ///< fewer than five market configurations for each parameter, or fewer than twenty
  outside,         ///< it lies outside of what the market's configurations span
  too_wide,        ///< the 95 % interval is wider than ±20 %
  not_fitted       ///< the regression has no unique answer
};
std::string_view why_name(Why why);

struct Estimated {
  Why why = Why::nothing_stated;
  std::int64_t price = 0, lower = 0, upper = 0;  ///< UnitPrice counts: the median price and the 95 % prediction interval
  std::size_t observations = 0, parameters = 0;
  double r_squared = 0;
  Stated used;  ///< characteristics that went in
};

/// Log-linear hedonic models of one category: ln p on the logarithms of numbers and on dummies for kinds and brands. One model for each set
/// of characteristics that is asked with, of the market configurations that state them all; where these are too few, the characteristic that fewest state
/// is left out. A kind with fewer than five configurations is left out with them; a line with fewer counts as its brand, such a brand as `other`. For a line that
/// the market does not have (a model made for the government) lines are not told apart at all.
/// Sources: CPI Manual 2020, chapter on quality adjustment; Handbook on Residential Property Price Indices (2013), chapter 5.
class CategoryModel {
 public:
  explicit CategoryModel(std::vector<Configured> market);  ///< in any order

  /// The retransformation is exp of the prediction: the median price.
  Estimated estimate(const Make& make, const Features& features);

  struct Near {
    const Configured* configured;
    double distance;  ///< as distance(), and half more for another brand
  };
  /// The market's nearest configurations, nearest first, equal ones by name.
  std::vector<Near> nearest(const Make& make, const Features& features, std::size_t count) const;

 private:
  struct Model;
  const Model& model(Stated stated, bool lines);
  std::unique_ptr<Model> fitted(Stated stated, bool lines) const;
  using Rows = std::vector<const Configured*>;
  using LeftOut = std::set<std::pair<std::size_t, std::string>>;  ///< kinds and levels
  Rows rows_of(Model& model, const LeftOut& left_out) const;

  /// A configuration with logarithms to base 2 and numbers of kinds and brands, so that distances are a few subtractions.
  struct Coded {
    std::array<double, kNumbers> doublings{};   ///< kNotStated: not stated
    std::array<std::uint32_t, kKinds> kinds{};  ///< 0: not stated
    std::uint32_t brand = 0;
  };
  Coded coded(const std::string& brand, const Features& features) const;

  std::vector<Configured> market_;
  std::vector<Coded> coded_;                                                         ///< of market_
  std::array<std::unordered_map<std::string, std::uint32_t>, kKinds> kind_numbers_;  ///< from 1
  std::unordered_map<std::string, std::uint32_t> brand_numbers_;                     ///< from 1
  std::unordered_map<std::string, std::size_t> lines_;                               ///< configurations of each
  std::map<std::pair<unsigned long, bool>, std::unique_ptr<Model>> models_;  ///< by what is stated, and whether lines are told apart

 public:
  ~CategoryModel();
  CategoryModel(CategoryModel&&) noexcept;
  CategoryModel& operator=(CategoryModel&&) noexcept;
};

}  // namespace fairprice::estimation
