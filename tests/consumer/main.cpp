// Uses the installed library as a stranger would: public headers only, nothing of this source tree on the include path.

#include <cstdio>

#include "engine/base/money.hpp"
#include "engine/base/shipped.hpp"
#include "engine/base/version.hpp"
#include "engine/fairprice.hpp"
#include "engine/matching/match.hpp"

int main() {
  const auto price = fairprice::Money::from_yuan(1380);
  if (price.to_string() != "1380.00") return 1;
  if (fairprice::shipped_file("policies/hubei.json").empty()) return 2;
  if (fairprice::kVersion.empty() || fairprice::git_commit().empty()) return 3;
  const fairprice::matching::Catalogue left{{.id = "1", .title = "Canon LBP2900+ laser printer", .price = 14600000}};
  const fairprice::matching::Catalogue right{{.id = "a", .title = "Canon laser printer LBP2900+", .price = 14500000}};
  if (fairprice::matching::Matcher(left, &right, {}).candidates().size() != 1) return 4;
  std::printf("%s\n", price.to_string().c_str());
  return 0;
}
