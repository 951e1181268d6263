#include "engine/ingest/json/outline.hpp"

#include "engine/ingest/json/parse_record.hpp"
#include "engine/ingest/json/window.hpp"

namespace fairprice::ingest::json {

namespace {

constexpr std::size_t kMostNames = 100;

class Sketch : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Sketch> {
 public:
  explicit Sketch(Outline& outline) : outline_(outline) {}

  bool Default() { return first_ = false, true; }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (arrays_ > 0) return true;
    pointer_.resize(lengths_.back());
    pointer_ += '/';
    for (const char c : std::string_view(text, size)) {
      if (c == '~')
        pointer_ += "~0";
      else if (c == '/')
        pointer_ += "~1";
      else
        pointer_ += c;
    }
    if (lengths_.size() == 1 && outline_.keys.size() < kMostNames) outline_.keys.emplace_back(text, size);
    return true;
  }
  bool StartObject() {
    if (first_ && arrays_ == 1 && outline_.arrays_of_objects.size() < kMostNames) outline_.arrays_of_objects.push_back(pointer_);
    first_ = false;
    if (arrays_ == 0) lengths_.push_back(pointer_.size());
    return ++depth_ <= kDeepest;
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    if (arrays_ == 0) {
      pointer_.resize(lengths_.back());
      lengths_.pop_back();
    }
    return --depth_ >= 0;
  }
  bool StartArray() {
    first_ = arrays_++ == 0;
    if (first_ && outline_.arrays.size() < kMostNames) outline_.arrays.push_back(pointer_);
    return ++depth_ <= kDeepest;
  }
  bool EndArray(rapidjson::SizeType /*elements*/) {
    --arrays_;
    first_ = false;
    return --depth_ >= 0;
  }

 private:
  Outline& outline_;
  std::string pointer_;
  std::vector<std::size_t> lengths_;  ///< of the pointer to each open object that stands in no array
  int arrays_ = 0;
  int depth_ = 0;
  bool first_ = false;  ///< in an array, in front of its first element
};

}  // namespace

Outline outline_of(std::string_view text) {
  Outline outline;
  std::string copy(text);
  copy.append(Window::kPadding, '\0');
  Record record;
  record.begin = copy.data();
  record.end = copy.data() + text.size();
  Sketch sketch(outline);
  rapidjson::Reader reader;
  outline.problem = parse_record(reader, record, sketch);
  return outline;
}

}  // namespace fairprice::ingest::json
