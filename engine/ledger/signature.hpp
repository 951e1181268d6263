#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Ed25519 (RFC 8032) over the text of a head, so that who reads a head knows from whom it comes. Keys and signatures are base64, a line each.
namespace fairprice::ledger {

struct KeyPair {
  std::string secret;  ///< "fairprice-secret-key …": to be kept by the signer alone
  std::string open;    ///< "fairprice-public-key …": to be published
};
KeyPair make_key_pair();
/// The public key of a secret one. Throws FatalError, naming `name`, when `secret` is none.
std::string public_key_of(std::string_view secret, const std::string& name);

/// Throws FatalError, naming `name`, when `secret` is no secret key.
std::string signature_of(std::string_view text, std::string_view secret, const std::string& name);
/// Whether the owner of `open` signed `text`. Throws FatalError, naming `name`, when `open` is no public key.
bool is_signed(std::string_view text, std::string_view signature, std::string_view open, const std::string& name);

}  // namespace fairprice::ledger
