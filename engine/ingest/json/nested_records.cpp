#include "engine/ingest/json/nested_records.hpp"

#include <utility>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ingest/json/row_of_record.hpp"
#include "engine/ingest/json/tree.hpp"

namespace fairprice::ingest::json {

namespace {

class NestedRecords final : public RecordConverter {
 public:
  explicit NestedRecords(KeyColumns& keys) : row_(keys) {
    for (const KeyColumns::Pointed& one : keys.pointed()) {
      places_.push_back({one.column, one.pointer, rapidjson::Pointer(one.pointer.data(), one.pointer.size())});
      if (!places_.back().pointer.IsValid())
        throw FatalError(
            keys.rules().file + "：\"" + one.pointer + "\" 不是 JSON 指针（应如 /offer/price，键中的 / 写作 ~1，~ 写作 ~0）；未运行",
            keys.rules().file + ": \"" + one.pointer +
                "\" is no JSON Pointer (expected /offer/price; a / in a key is ~1, a ~ is ~0); nothing was run");
    }
  }

  bool convert(const Record& record, CsvRows& rows, Problems& problems) override {
    beginning_.hold(record.begin, record.end);
    if (auto problem = tree_.read(record)) {
      problem->value = beginning_.text();
      reject(std::move(*problem), rows, problems);
      return false;
    }
    row_.begin();
    if (!tree_.root().IsObject())
      row_.fail(Fault::not_an_object, {});
    else if (const auto key = find_duplicate_key(tree_.root()))
      row_.fail(Fault::duplicate_key, *key);
    else
      put_values();
    row_.finish(rows, problems, beginning_);
    return true;
  }

 private:
  struct Place {
    int column;
    std::string text;
    rapidjson::Pointer pointer;
  };

  void put_values() {
    for (const auto& one : tree_.root().GetObject()) {
      row_.key(text_of(one.name));
      if (one.value.IsString())
        row_.put_text(text_of(one.value));
      else if (one.value.IsBool())
        row_.put_word(one.value.GetBool() ? "true" : "false");
      else if (!one.value.IsNull())
        row_.put_nested();
    }
    for (const Place& place : places_) {
      const Value* const value = place.pointer.Get(tree_.root());
      if (value == nullptr || value->IsNull()) continue;
      if (value->IsString())
        row_.put_in_column(place.column, text_of(*value));
      else if (value->IsBool())
        row_.put_in_column(place.column, value->GetBool() ? "true" : "false");
      else
        row_.fail(Fault::nested_value, place.text);
    }
  }

  Tree tree_;
  RowOfRecord row_;
  std::vector<Place> places_;
  Beginning beginning_;
};

}  // namespace

std::unique_ptr<RecordConverter> nested_records(KeyColumns& keys) { return std::make_unique<NestedRecords>(keys); }

}  // namespace fairprice::ingest::json
