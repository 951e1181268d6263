#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/ingest/xlsx/container.hpp"
#include "engine/ingest/xlsx/place.hpp"

namespace fairprice::ingest::xlsx {

/// What is done with the elements of a part. Names come without their namespace prefix. `depth`: the root stands at 1.
class XmlHandler {
 public:
  enum class Then : bool { go_on, pause };

  virtual ~XmlHandler() = default;
  /// `attributes`: name, value, name, value, nullptr.
  virtual void start(std::string_view element, const char** attributes, int depth) = 0;
  /// Whether to go on, or first to give back control to who feeds the parser.
  virtual Then end(std::string_view element, int depth) = 0;
  virtual void text(std::string_view /*piece*/) {}
};

/// The value of an attribute, or nullptr. A prefix is part of the name.
const char* attribute(const char** attributes, std::string_view name);
/// "1" or "true".
bool is_true(const char* value);

/// A streaming XML parser (expat) that knows no document type declaration, hence no entities of a document's own, and keeps the limits.
/// Exceptions of the handler come out of feed() and resume(). Throws FatalError at the first place that is no well-formed XML.
class XmlParser {
 public:
  XmlParser(XmlHandler& handler, Place place);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  /// Where the next `size` bytes are to be put. Not while the parser is paused.
  char* room(std::size_t size);
  /// Takes the first `size` bytes of room(). `last`: the part ends with them.
  void feed(std::size_t size, bool last);
  bool paused() const;
  void resume();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads a part to its end; the handler does not pause.
void parse_part(Part& part, XmlHandler& handler, const Place& place);

}  // namespace fairprice::ingest::xlsx
