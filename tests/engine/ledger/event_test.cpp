#include "engine/ledger/event.hpp"

#include <gtest/gtest.h>

#include "engine/ledger/blob.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::ledger {
namespace {

Event sample() {
  Event event;
  event.seq = 1;
  event.time = "2023-12-01T09:30:00+08:00";
  event.received_at = "2023-12-01T09:31:00+08:00";
  event.actor = "张三";
  event.os_user = "zhang";
  event.type = "case:notify";
  event.subject = "2023-11-00001";
  event.reason = "电话 \"当面\"\n第二行";
  event.data = CanonicalObject().text("channel", "phone").integer("pages", 2).str();
  event.previous = no_hash();
  return event;
}

// FIPS 180-4, the examples of appendix B, and a million times `a`.
TEST(LedgerSha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  Sha256 sum;
  for (int i = 0; i < 1000; ++i) sum.add(std::string(1000, 'a'));
  EXPECT_EQ(sum.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(sum.hex(), sha256_hex(""));
}

// Written by hand as RFC 8785 has it; its digest is what `printf %s '…' | sha256sum` prints.
TEST(LedgerEvent, IsALineOfCanonicalJson) {
  const std::string line = event_text(sample());
  EXPECT_EQ(line,
            "{\"actor\":\"张三\",\"data\":{\"channel\":\"phone\",\"pages\":2},\"os_user\":\"zhang\",\"previous\":"
            "\"0000000000000000000000000000000000000000000000000000000000000000\",\"reason\":\"电话 \\\"当面\\\"\\n第二行\","
            "\"received_at\":\"2023-12-01T09:31:00+08:00\",\"seq\":1,\"subject\":\"2023-11-00001\",\"time\":\"2023-12-01T09:30:00+08:00\","
            "\"type\":\"case:notify\"}");
  EXPECT_EQ(parse_event(line), sample());
}

TEST(LedgerEvent, InAnyOtherSpellingIsNone) {
  const std::string line = event_text(sample());
  EXPECT_FALSE(parse_event(line + " "));
  EXPECT_FALSE(parse_event("{ " + line.substr(1)));
  EXPECT_FALSE(parse_event(""));
  EXPECT_FALSE(parse_event("[]"));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = line;
    return other.replace(other.find(from), from.size(), to);
  };
  EXPECT_FALSE(parse_event(changed("\"pages\":2", "\"pages\":2.0")));
  EXPECT_FALSE(parse_event(changed("\"pages\":2", "\"pages\":02")));
  EXPECT_FALSE(parse_event(changed("\"pages\":2", "\"pages\":2,\"pages\":2")));
  EXPECT_FALSE(parse_event(changed("张三", "\\u5f20\\u4e09")));
  EXPECT_FALSE(parse_event(changed("\"seq\":1", "\"seq\":\"1\"")));
  EXPECT_FALSE(parse_event(changed("\"os_user\":\"zhang\",", "")));
  EXPECT_FALSE(parse_event(changed("张三", "\xFF")));
  EXPECT_TRUE(parse_event(changed("张三", "李四")));
}

TEST(LedgerEvent, CanonicalSpellingIsOneForAValue) {
  EXPECT_EQ(canonicalised(R"( { "b" : [1, true,null], "a" : "A\u0001\/" } )"), R"({"a":"A\u0001/","b":[1,true,null]})");
  EXPECT_EQ(canonicalised("1.5"), std::nullopt);
  EXPECT_EQ(canonicalised("9007199254740993"), std::nullopt);
  EXPECT_EQ(canonicalised("{\"a\":1,\"a\":1}"), std::nullopt);
  EXPECT_EQ(canonicalised("{"), std::nullopt);
}

TEST(LedgerHead, IsReadAsItIsPrinted) {
  const Head head{17, sha256_hex("x")};
  EXPECT_EQ(parse_head(head_text(head)), head);
  EXPECT_FALSE(parse_head("17"));
  EXPECT_FALSE(parse_head("17:abc"));
  EXPECT_FALSE(parse_head("-1:" + head.hash));
  EXPECT_FALSE(parse_head("x:" + head.hash));
}

TEST(LedgerBlob, IsOpenedAsItWasPacked) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 1000U, 100000U}) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(i * i % 251));
    EXPECT_EQ(unpacked(packed(bytes)), bytes);
  }
  EXPECT_FALSE(unpacked("****"));
  EXPECT_FALSE(unpacked("QUJD"));
  EXPECT_FALSE(unpacked(packed(std::string(1000, 'a')), 999));
}

}  // namespace
}  // namespace fairprice::ledger
