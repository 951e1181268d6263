#include "engine/ingest/json/tree.hpp"

#include <algorithm>
#include <vector>

#include "engine/ingest/json/plain_number.hpp"

namespace fairprice::ingest::json {

namespace {

/// Passes the parser's events on to the tree, down to kDeepest.
class Bounded {
 public:
  explicit Bounded(rapidjson::Document& tree) : tree_(tree) {}

  // NOLINTBEGIN(readability-identifier-naming): the names that the parser calls
  bool Null() { return tree_.Null(); }
  bool Bool(bool value) { return tree_.Bool(value); }
  bool Int(int n) { return tree_.Int(n); }
  bool Uint(unsigned n) { return tree_.Uint(n); }
  bool Int64(std::int64_t n) { return tree_.Int64(n); }
  bool Uint64(std::uint64_t n) { return tree_.Uint64(n); }
  bool Double(double /*n*/) { return false; }  // not a price: numbers come as text
  bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
    const std::string_view number(text, size);
    if (number.find_first_of("eE") == std::string_view::npos) return tree_.RawNumber(text, size, copy);
    const std::string written_out = plain_number(number).value_or(std::string(number));
    return tree_.RawNumber(written_out.data(), static_cast<rapidjson::SizeType>(written_out.size()), true);
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) { return tree_.String(text, size, copy); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) { return tree_.Key(text, size, copy); }
  bool StartObject() { return ++depth_ <= kDeepest && tree_.StartObject(); }
  bool EndObject(rapidjson::SizeType members) { return --depth_ >= 0 && tree_.EndObject(members); }
  bool StartArray() { return ++depth_ <= kDeepest && tree_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) { return --depth_ >= 0 && tree_.EndArray(elements); }
  // NOLINTEND(readability-identifier-naming)

 private:
  rapidjson::Document& tree_;
  int depth_ = 0;
};

}  // namespace

std::optional<RecordProblem> Tree::read(const Record& record) {
  std::optional<RecordProblem> problem;
  document_.SetNull();
  document_.GetAllocator().Clear();
  const auto fill = [&](rapidjson::Document& tree) {
    Bounded handler(tree);
    problem = parse_record(reader_, record, handler);
    return !problem;
  };
  document_.Populate(fill);
  return problem;
}

const Value* member(const Value& value, std::string_view key) {
  if (!value.IsObject()) return nullptr;
  const auto found = value.FindMember(Value(rapidjson::StringRef(key.data(), static_cast<rapidjson::SizeType>(key.size()))));
  return found == value.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

std::string_view text_under(const Value& value, std::string_view key) {
  const Value* const found = member(value, key);
  return found != nullptr && found->IsString() ? text_of(*found) : std::string_view();
}

std::optional<std::string> find_duplicate_key(const Value& value) {
  if (value.IsArray()) {
    for (const Value& element : value.GetArray())
      if (auto key = find_duplicate_key(element)) return key;
  } else if (value.IsObject()) {
    std::vector<std::string_view> keys;
    for (const auto& one : value.GetObject()) keys.push_back(text_of(one.name));
    std::sort(keys.begin(), keys.end());
    if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end()) return std::string(*twice);
    for (const auto& one : value.GetObject())
      if (auto key = find_duplicate_key(one.value)) return key;
  }
  return std::nullopt;
}

}  // namespace fairprice::ingest::json
