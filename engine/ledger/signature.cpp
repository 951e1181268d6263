#include "engine/ledger/signature.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "engine/base/problem.hpp"

namespace fairprice::ledger {

namespace {

constexpr std::string_view kSecret = "fairprice-secret-key ";
constexpr std::string_view kOpen = "fairprice-public-key ";
using Seed = std::array<unsigned char, crypto_sign_SEEDBYTES>;
using Open = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;
using Secret = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;
using Signature = std::array<unsigned char, crypto_sign_BYTES>;

void begin() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used here");
}

template <std::size_t kSize>
std::string text_of(const std::array<unsigned char, kSize>& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(kSize, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

template <std::size_t kSize>
bool read_bytes(std::string_view text, std::array<unsigned char, kSize>& bytes) {
  std::size_t size = 0;
  return sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), "\r\n ", &size, nullptr, sodium_base64_VARIANT_ORIGINAL) ==
             0 &&
         size == kSize;
}

Seed seed_of(std::string_view secret, const std::string& name) {
  Seed seed;
  if (!secret.starts_with(kSecret) || !read_bytes(secret.substr(kSecret.size()), seed))
    throw FatalError(name + "：不是 fairprice ledger keygen 生成的私钥", name + ": is no secret key of fairprice ledger keygen");
  return seed;
}

void expand(const Seed& seed, Open& open, Secret& secret) { crypto_sign_seed_keypair(open.data(), secret.data(), seed.data()); }

}  // namespace

KeyPair make_key_pair() {
  begin();
  Seed seed;
  randombytes_buf(seed.data(), seed.size());
  Open open;
  Secret secret;
  expand(seed, open, secret);
  sodium_memzero(secret.data(), secret.size());
  return {std::string(kSecret) + text_of(seed) + "\n", std::string(kOpen) + text_of(open) + "\n"};
}

std::string public_key_of(std::string_view secret, const std::string& name) {
  begin();
  const Seed seed = seed_of(secret, name);
  Open open;
  Secret expanded;
  expand(seed, open, expanded);
  sodium_memzero(expanded.data(), expanded.size());
  return std::string(kOpen) + text_of(open) + "\n";
}

std::string signature_of(std::string_view text, std::string_view secret, const std::string& name) {
  begin();
  const Seed seed = seed_of(secret, name);
  Open open;
  Secret expanded;
  expand(seed, open, expanded);
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(), expanded.data());
  sodium_memzero(expanded.data(), expanded.size());
  return text_of(signature);
}

bool is_signed(std::string_view text, std::string_view signature, std::string_view open, const std::string& name) {
  begin();
  Open key;
  if (!open.starts_with(kOpen) || !read_bytes(open.substr(kOpen.size()), key))
    throw FatalError(name + "：不是 fairprice ledger keygen 生成的公钥", name + ": is no public key of fairprice ledger keygen");
  Signature bytes;
  if (!read_bytes(signature, bytes)) return false;
  return crypto_sign_verify_detached(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data()) == 0;
}

}  // namespace fairprice::ledger
