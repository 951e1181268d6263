#include "engine/ingest/xlsx/xml.hpp"

#include <expat.h>

#include <exception>
#include <new>

#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

}  // namespace

const char* attribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2)
    if (name == *attributes) return attributes[1];
  return nullptr;
}

bool is_true(const char* value) {
  const std::string_view text(value == nullptr ? "" : value);
  return text == "1" || text == "true";
}

struct XmlParser::State {
  State(XmlHandler& h, Place p) : handler(h), place(std::move(p)), expat(::XML_ParserCreate(nullptr)) {
    if (expat == nullptr) throw std::bad_alloc();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::XML_ParserFree(expat); }

  XmlHandler& handler;
  Place place;
  XML_Parser expat;
  int depth = 0;
  std::size_t fed = 0;
  std::size_t understood = 0;
  bool ended = false;
  std::exception_ptr thrown;

  /// Runs what may throw inside a callback of C: the exception waits until expat has returned.
  template <class Action>
  void guarded(const Action& action) {
    if (thrown) return;
    try {
      action();
    } catch (...) {
      thrown = std::current_exception();
      ::XML_StopParser(expat, XML_FALSE);
    }
  }

  static void on_start(void* self, const char* name, const char** attributes) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      if (++state.depth > kDeepest)
        refuse(state.place, "XML 嵌套超过上限 " + std::to_string(kDeepest) + " 层；请用 Excel 打开后另存",
               "the XML is nested deeper than the limit of " + std::to_string(kDeepest) + ": open it in Excel and save it");
      state.handler.start(local_name(name), attributes, state.depth);
    });
  }
  static void on_end(void* self, const char* name) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      if (state.handler.end(local_name(name), state.depth) == XmlHandler::Then::pause) ::XML_StopParser(state.expat, XML_TRUE);
      --state.depth;
    });
  }
  static void on_text(void* self, const char* text, int size) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] { state.handler.text({text, static_cast<std::size_t>(size)}); });
  }
  static void on_doctype(void* self, const char* /*name*/, const char* /*system*/, const char* /*public_id*/, int /*has_internal*/) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      refuse(state.place, "XML 含有文档类型声明（DTD，上限 0 个，可藏实体炸弹），工作簿不会有；请用 Excel 打开后另存",
             "the XML has a document type declaration (the limit is none, since it can hide an entity bomb), which no workbook has: open "
             "it in "
             "Excel and save it");
    });
  }

  void check(XML_Status status) {
    if (thrown) std::rethrow_exception(thrown);
    if (status == XML_STATUS_ERROR) {
      const std::string line = std::to_string(::XML_GetCurrentLineNumber(expat));
      const std::string column = std::to_string(::XML_GetCurrentColumnNumber(expat) + 1);
      const std::string reason = ::XML_ErrorString(::XML_GetErrorCode(expat));
      refuse(place, "XML 第 " + line + " 行第 " + column + " 列有误（" + reason + "）；请用 Excel 打开后另存",
             "the XML is wrong at line " + line + ", column " + column + " (" + reason + "): open it in Excel and save it");
    }
    // Where the last piece of markup began, -1 when there was none in what was fed last: what stands behind is still held.
    if (const XML_Index at = ::XML_GetCurrentByteIndex(expat); at > 0) understood = static_cast<std::size_t>(at);
    if (status == XML_STATUS_OK && !ended && fed > kLargestTag + understood)
      refuse(place, "XML 中有超过上限 " + std::to_string(kLargestTag >> 20) + " MB 的标记；请用 Excel 打开后另存",
             "the XML has a tag above the limit of " + std::to_string(kLargestTag >> 20) + " MB: open it in Excel and save it");
  }
};

XmlParser::XmlParser(XmlHandler& handler, Place place) : state_(std::make_unique<State>(handler, std::move(place))) {
  ::XML_SetUserData(state_->expat, state_.get());
  ::XML_SetElementHandler(state_->expat, State::on_start, State::on_end);
  ::XML_SetCharacterDataHandler(state_->expat, State::on_text);
  ::XML_SetStartDoctypeDeclHandler(state_->expat, State::on_doctype);
}

XmlParser::~XmlParser() = default;

char* XmlParser::room(std::size_t size) {
  void* place = ::XML_GetBuffer(state_->expat, static_cast<int>(size));
  if (place == nullptr) throw std::bad_alloc();
  return static_cast<char*>(place);
}

void XmlParser::feed(std::size_t size, bool last) {
  state_->fed += size;
  state_->ended = last;
  state_->check(::XML_ParseBuffer(state_->expat, static_cast<int>(size), last ? 1 : 0));
}

bool XmlParser::paused() const {
  XML_ParsingStatus status;
  ::XML_GetParsingStatus(state_->expat, &status);
  return status.parsing == XML_SUSPENDED;
}

void XmlParser::resume() { state_->check(::XML_ResumeParser(state_->expat)); }

void parse_part(Part& part, XmlHandler& handler, const Place& place) {
  XmlParser parser(handler, place);
  for (;;) {
    const std::size_t got = part.read(parser.room(kPiece), kPiece);
    parser.feed(got, got == 0);
    if (got == 0) return;
  }
}

}  // namespace fairprice::ingest::xlsx
