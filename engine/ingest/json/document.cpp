#include "engine/ingest/json/document.hpp"

#include <charconv>
#include <cstring>
#include <utility>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/parse_record.hpp"

namespace fairprice::ingest::json {

Document::Document(Window& window, std::vector<std::string> path, std::string file)
    : window_(window), path_(std::move(path)), file_(std::move(file)) {}

bool Document::next(Record& record) {
  record.has_problem = false;
  if (!is_told_ && find_record(record)) return true;
  if (!is_told_ || state_ == At::end) return false;
  state_ = At::end;  // told once
  record.has_problem = true;
  record.line = line_;
  record.column = column_;
  return true;
}

bool Document::find_record(Record& record) {
  switch (state_) {
    case At::start:
      if (!descend()) return false;
      is_array_ = peek() == '[';
      if (is_array_) ++at_;
      state_ = At::first;
      if (is_array_ && peek() == ']') return ++at_, ascend();
      break;
    case At::first:
    case At::behind: {
      if (!is_array_) return ascend();
      const int c = peek();
      if (c == ']') return ++at_, ascend();
      if (!expect(',', "此处应为逗号或 ]", "a comma or ] is missing")) return false;
      break;
    }
    case At::end: return false;
  }
  peek();
  commit();
  if (!scan_value()) return false;
  state_ = At::behind;
  record.begin = window_.data();
  record.end = record.begin + at_;
  record.line = line_;
  record.column = column_;
  return true;
}

/// Goes down the path to the bracket, or value, that it names.
bool Document::descend() {
  for (const std::string& step : path_) {
    const int c = peek();
    if (c == '{') {
      ++at_;
      open_ += '}';
      if (!into_object(step)) return false;
    } else if (c == '[') {
      ++at_;
      open_ += ']';
      if (!into_array(step)) return false;
    } else {
      std::string path;
      for (const std::string& one : path_) path += "/" + one;
      throw FatalError(file_ + "：没有 " + path + "（/" + step + " 之上不是对象）；请在映射文件的 records 中写正确的 JSON 指针；未运行",
                       file_ + ": there is no " + path + " (what stands above /" + step +
                           " is no object): write the right JSON Pointer as records in the mapping file; nothing was run");
    }
  }
  return true;
}

bool Document::into_object(const std::string& wanted) {
  std::vector<std::string> found;
  while (peek() != '}') {
    if (!found.empty() && !expect(',', "此处应为逗号或 }", "a comma or } is missing")) return false;
    std::string key;
    if (!read_key(key)) return false;
    if (key == wanted) return true;
    if (!pass_over()) return false;
    if (found.size() < kMostKeys) found.push_back(std::move(key));
  }
  std::string names;
  for (const std::string& key : found)
    if (names.size() < 400) names += (names.empty() ? "\"" : ", \"") + quoted_for_message(key) + "\"";
  throw FatalError(file_ + "：没有键 \"" + wanted + "\"（有：" + names + "）；请在映射文件的 records 中写正确的 JSON 指针；未运行",
                   file_ + ": there is no key \"" + wanted + "\" (found " + names +
                       "): write the right JSON Pointer as records in the mapping file; nothing was run");
}

bool Document::into_array(const std::string& wanted) {
  std::size_t position = 0;
  const auto [stop, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), position);
  for (std::size_t i = 0; error == std::errc{} && stop == wanted.data() + wanted.size() && peek() != ']'; ++i) {
    if (i > 0 && !expect(',', "此处应为逗号或 ]", "a comma or ] is missing")) return false;
    if (i == position) return true;
    if (!pass_over()) return false;
  }
  throw FatalError(file_ + "：数组里没有第 \"" + wanted + "\" 个元素（从 0 起）；请在映射文件的 records 中写正确的 JSON 指针；未运行",
                   file_ + ": an array has no element \"" + wanted +
                       "\" (from 0): write the right JSON Pointer as records in the mapping file; nothing was run");
}

/// Behind the records: the rest of what stands around them, and nothing more.
bool Document::ascend() {
  for (; !open_.empty(); open_.pop_back()) {
    const char bracket = open_.back();
    const std::string& step = path_[open_.size() - 1];
    for (int c = peek(); c != bracket; c = peek()) {
      if (!expect(',', "此处应为逗号或右括号", "a comma or closing bracket is missing")) return false;
      std::string key;
      if (bracket == '}' && !read_key(key)) return false;
      if (bracket == '}' && key == step)
        return refuse("记录所在的键出现两次，后一个未读取", "the key of the records stands twice, the second was not read");
      if (!pass_over()) return false;
    }
    ++at_;
  }
  if (peek() >= 0) return refuse("最外层的值之后还有内容", "something stands behind the outermost value");
  state_ = At::end;
  return false;
}

/// The next byte that is no white space; -1 at the end.
int Document::peek() {
  for (;; ++at_) {
    if (at_ >= (std::size_t{64} << 10)) commit();
    if (!has(at_)) return -1;
    const char c = at(at_);
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return static_cast<unsigned char>(c);
  }
}

bool Document::has(std::size_t place) {
  while (place >= window_.size())
    if (!window_.more()) return false;
  return true;
}

bool Document::expect(char wanted, const char* zh, const char* en) {
  if (peek() != wanted) return refuse(zh, en);
  ++at_;
  return true;
}

/// From the first byte of a value, at the beginning of the window, to one past its last. What stands in it is not looked at.
bool Document::scan_value() {
  const int c = peek();
  if (c == '"') return scan_text();
  if (c == '{' || c == '[') return scan_brackets();
  const std::size_t begin = at_;
  while (has(at_) && std::strchr(",]} \t\r\n", at(at_)) == nullptr) ++at_;
  if (at_ == begin) return refuse("此处缺少值", "a value is missing");
  if (at_ >= kLargestRecord) return refuse(too_large(beginning_of({window_.data(), window_.size()})));
  return true;
}

bool Document::scan_text() {
  ++at_;
  while (has(at_)) {
    const char* const data = window_.data();
    const std::size_t size = window_.size();
    while (at_ < size && data[at_] != '"' && data[at_] != '\\') ++at_;
    if (at_ == size) continue;
    const bool ends = data[at_] == '"';
    at_ += ends ? 1 : 2;
    if (ends) return true;
  }
  if (window_.full()) return refuse(too_large(beginning_of({window_.data(), window_.size()})));
  at_ = window_.size();
  return refuse("字符串没有右引号", "a text has no closing quote");
}

bool Document::scan_brackets() {
  brackets_.clear();
  while (has(at_)) {
    const char c = at(at_);
    if (c == '"') {
      if (!scan_text()) return false;
      continue;
    }
    ++at_;
    if (c == '{' || c == '[') {
      brackets_ += c == '{' ? '}' : ']';
      if (brackets_.size() + open_.size() > static_cast<std::size_t>(kDeepest))
        return refuse(parse_problem(rapidjson::kParseErrorTermination, at_ - 1));
    } else if (c == '}' || c == ']') {
      if (brackets_.back() != c) {
        --at_;
        return refuse("右括号与左括号不配对", "a closing bracket is not that of the open one");
      }
      brackets_.pop_back();
      if (!brackets_.empty()) continue;
      if (at_ >= kLargestRecord) return refuse(too_large(beginning_of({window_.data(), window_.size()})));
      return true;
    }
  }
  if (window_.full()) return refuse(too_large(beginning_of({window_.data(), window_.size()})));
  return refuse("文件在括号之内结束", "the file ends inside brackets");
}

/// A value that nobody asks for: it must be JSON all the same.
bool Document::pass_over() {
  peek();
  commit();
  if (!scan_value()) return false;
  Record record;
  record.begin = window_.data();
  record.end = record.begin + at_;
  Depth depth;
  auto problem = parse_record(reader_, record, depth);
  return problem ? refuse(std::move(*problem)) : true;
}

bool Document::read_key(std::string& key) {
  if (peek() != '"') return refuse("此处应为带双引号的键名", "a key in double quotes is missing");
  commit();
  if (!scan_text()) return false;
  struct Text : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Text> {
    std::string* key = nullptr;
    bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
      key->assign(text, size);
      return true;
    }
  } text;
  text.key = &key;
  Record record;
  record.begin = window_.data();
  record.end = record.begin + at_;
  if (auto problem = parse_record(reader_, record, text)) return refuse(std::move(*problem));
  return expect(':', "键名后缺少冒号", "the colon behind a key is missing");
}

bool Document::refuse(const char* zh, const char* en) {
  commit();
  RecordProblem problem;
  problem.fault = Fault::bad_json;
  problem.zh = std::string("不是正确的 JSON：") + zh + "；请改正，或从来源重新导出";
  problem.en = std::string("is not JSON: ") + en + "; mend it, or export it again";
  const std::string_view here(window_.data(), window_.size());
  problem.value = beginning_of(here.substr(0, std::min<std::size_t>(here.size(), 60)));
  return refuse(std::move(problem));
}

bool Document::refuse(RecordProblem problem) {
  problem_ = std::move(problem);
  end_reading(problem_, line_, column_);
  is_told_ = true;
  return false;
}

/// Lets go of what has been read.
void Document::commit() {
  const char* const data = window_.data();
  for (std::size_t i = 0; i < at_ && i < window_.size(); ++i) {
    ++column_;
    if (data[i] != '\n') continue;
    ++line_;
    column_ = 1;
  }
  window_.drop(std::min(at_, window_.size()));
  at_ = 0;
}

}  // namespace fairprice::ingest::json
