#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fairprice::ledger {

/// SHA-256 (FIPS 180-4) of bytes that come in parts. Uses the processor's own instructions for it where there are some.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// 64 hexadecimal digits in lower case; begins anew afterwards.
  std::string hex();
  void hex_into(std::string& text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
/// Whether `text` is 64 hexadecimal digits in lower case.
bool is_sha256(std::string_view text);

}  // namespace fairprice::ledger
