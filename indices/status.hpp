#pragma once

#include <cstdint>
#include <string_view>

namespace fairprice::indices {

/// Why an index has no value. No NaN and no infinity leaves this folder: what cannot be computed says which of these it is.
enum class Status : std::uint8_t {
  ok,
  no_match,       ///< the periods have no product in common
  no_quantities,  ///< the formula needs expenditures of a period, and they sum to nothing
  disconnected,   ///< the window falls into groups of periods that share no product: no index links them
  out_of_range,  ///< the result is no positive finite number: relatives or quantities of an absurd size, or an elasticity outside its domain
  no_period      ///< the asked base, weight or link period is not in the panel
};

std::string_view status_name(Status status);

/// An index number, 1 in its base period, or why there is none.
struct IndexValue {
  double value = 0;  ///< above 0 where status is ok, else 0
  Status status = Status::ok;

  bool ok() const { return status == Status::ok; }
};

/// `value` where it is a positive finite number, else out_of_range.
IndexValue checked(double value);

}  // namespace fairprice::indices
