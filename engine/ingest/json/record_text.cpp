#include "engine/ingest/json/record_text.hpp"

#include <utility>

#include "engine/ingest/json/limits.hpp"

namespace fairprice::ingest::json {

std::string beginning_of(std::string_view record) {
  constexpr std::size_t kShown = 120;
  if (record.size() <= kShown) return std::string(record);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(record[end]) & 0xC0) == 0x80) --end;
  return std::string(record.substr(0, end));
}

std::string_view without_space(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

RecordProblem too_large(std::string value) {
  const std::string limit = std::to_string(kLargestRecord >> 20) + " MB";
  RecordProblem problem;
  problem.fault = Fault::too_large;
  problem.value = std::move(value);
  problem.zh = "一条记录超过上限 " + limit + "；请每条记录一件商品，或检查是否缺少换行或右括号";
  problem.en =
      "is a record above the limit of " + limit + ": write one record for each thing, and look for a line end or bracket that is missing";
  return problem;
}

namespace {

std::pair<const char*, const char*> wording(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty: return {"没有内容", "there is nothing"};
    case rapidjson::kParseErrorDocumentRootNotSingular: return {"对象之后还有内容", "something stands behind the object"};
    case rapidjson::kParseErrorObjectMissName: return {"此处应为带双引号的键名", "a key in double quotes is missing"};
    case rapidjson::kParseErrorObjectMissColon: return {"键名后缺少冒号", "the colon behind a key is missing"};
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket: return {"此处应为逗号或 }", "a comma or } is missing"};
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket: return {"此处应为逗号或 ]", "a comma or ] is missing"};
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return {"\\u 后应为四位十六进制数", "four hexadecimal digits are missing behind \\u"};
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid: return {"\\u 代理对不完整", "half of a surrogate pair stands alone"};
    case rapidjson::kParseErrorStringEscapeInvalid:
      return {"反斜杠转义不存在，或控制字符未转义", "there is no such escape, or a control character is not escaped"};
    case rapidjson::kParseErrorStringMissQuotationMark: return {"字符串没有右引号", "a text has no closing quote"};
    case rapidjson::kParseErrorNumberTooBig: return {"数字过大", "a number is too large"};
    case rapidjson::kParseErrorNumberMissFraction: return {"小数点后缺少数字", "digits are missing behind the dot of a number"};
    case rapidjson::kParseErrorNumberMissExponent: return {"指数缺少数字", "digits are missing in the exponent of a number"};
    default: return {"此处不是 JSON 的值（NaN、Infinity、单引号都不是）", "there is no value (NaN, Infinity and single quotes are none)"};
  }
}

RecordProblem bad_json(const std::string& zh, const std::string& en, std::size_t offset) {
  const std::string byte = std::to_string(offset + 1);
  RecordProblem problem;
  problem.fault = Fault::bad_json;
  problem.zh = "记录从第 " + byte + " 字节起不是正确的 JSON：" + zh + "；请改正，或从来源重新导出";
  problem.en = "is not JSON from byte " + byte + " of the record on: " + en + "; mend it, or export it again";
  return problem;
}

}  // namespace

RecordProblem parse_problem(rapidjson::ParseErrorCode code, std::size_t offset) {
  if (code == rapidjson::kParseErrorTermination) {
    RecordProblem problem = bad_json("", "", offset);
    problem.fault = Fault::too_large;
    problem.zh = "括号嵌套超过 " + std::to_string(kDeepest) + " 层上限；请导出更平的结构";
    problem.en = "has more than " + std::to_string(kDeepest) + " brackets within each other, which is the limit: export it flatter";
    return problem;
  }
  const auto [zh, en] = wording(code);
  RecordProblem problem = bad_json(zh, en, offset);
  if (code == rapidjson::kParseErrorStringUnicodeSurrogateInvalid) problem.fault = Fault::bad_encoding;
  return problem;
}

RecordProblem trailing_problem(std::size_t offset) {
  const auto [zh, en] = wording(rapidjson::kParseErrorDocumentRootNotSingular);
  return bad_json(zh, en, offset);
}

void end_reading(RecordProblem& problem, std::int64_t line, std::int64_t column) {
  const std::string l = std::to_string(line);
  const std::string c = std::to_string(column);
  problem.zh = "文件第 " + l + " 行第 " + c + " 字节：" + problem.zh + "；此后的内容未读取";
  problem.en = "line " + l + ", byte " + c + " of the file: " + problem.en + "; nothing behind it was read";
}

}  // namespace fairprice::ingest::json
