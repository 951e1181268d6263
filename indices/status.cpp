#include "indices/status.hpp"

#include <cmath>

namespace fairprice::indices {

std::string_view status_name(Status status) {
  switch (status) {
    case Status::ok: return "ok";
    case Status::no_match: return "no_match";
    case Status::no_quantities: return "no_quantities";
    case Status::disconnected: return "disconnected";
    case Status::out_of_range: return "out_of_range";
    case Status::no_period: return "no_period";
  }
  return "";
}

IndexValue checked(double value) {
  if (std::isfinite(value) && value > 0) return {value, Status::ok};
  return {0, Status::out_of_range};
}

}  // namespace fairprice::indices
