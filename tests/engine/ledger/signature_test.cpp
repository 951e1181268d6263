#include "engine/ledger/signature.hpp"

#include <gtest/gtest.h>

#include "engine/base/problem.hpp"

namespace fairprice::ledger {
namespace {

// RFC 8032, 7.1, test 2: the secret key 4ccd…, the message 0x72, written in base64.
TEST(LedgerSignature, IsThatOfTheStandard) {
  const std::string secret = "fairprice-secret-key TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs=\n";
  const std::string open = "fairprice-public-key PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n";
  EXPECT_EQ(public_key_of(secret, "key"), open);
  EXPECT_EQ(signature_of("r", secret, "key"), "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==");
  EXPECT_TRUE(is_signed("r", signature_of("r", secret, "key"), open, "key"));
}

TEST(LedgerSignature, HoldsForItsTextAndItsKeyAlone) {
  const KeyPair keys = make_key_pair();
  const KeyPair others = make_key_pair();
  const std::string signature = signature_of("17:abc", keys.secret, "key");
  EXPECT_TRUE(is_signed("17:abc", signature, keys.open, "key"));
  EXPECT_FALSE(is_signed("18:abc", signature, keys.open, "key"));
  EXPECT_FALSE(is_signed("17:abc", signature, others.open, "key"));
  EXPECT_FALSE(is_signed("17:abc", "short", keys.open, "key"));
  EXPECT_EQ(public_key_of(keys.secret, "key"), keys.open);
  EXPECT_THROW(signature_of("x", keys.open, "key"), FatalError);
  EXPECT_THROW(is_signed("x", signature, keys.secret, "key"), FatalError);
  EXPECT_THROW(signature_of("x", "", "key"), FatalError);
}

}  // namespace
}  // namespace fairprice::ledger
