#include "engine/ingest/xlsx/number_format.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fairprice::ingest::xlsx {
namespace {

struct Case {
  std::string code;
  CellKind kind;
  std::string prefix = {};
  std::string suffix = {};
};

TEST(NumberFormats, TellDatesFromNumbersByWhatStandsOutsideQuotesAndBrackets) {
  const std::vector<Case> cases = {
      {"General", CellKind::number},
      {"general", CellKind::number},
      {"G/通用格式", CellKind::number},
      {"", CellKind::number},
      {"@", CellKind::number},
      {"0", CellKind::number},
      {"#,##0.00", CellKind::number},
      {"0.00E+00", CellKind::number},
      {"##0.0e-0", CellKind::number},
      {"# ?/?", CellKind::number},
      {"0.00_ ;[Red]\\-0.00\\ ", CellKind::number},
      {"\"day\"0", CellKind::number},
      {"0\\d", CellKind::number},
      {"[Red]0", CellKind::number},
      {"[Magenta]#,##0", CellKind::number},
      {"[>=100]0;0.0", CellKind::number},
      {";;;", CellKind::number},
      {"_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", CellKind::number},
      {"yyyy-mm-dd", CellKind::date},
      {"YYYY/M/D", CellKind::date},
      {"m/d/yy", CellKind::date},
      {"mm-dd-yy", CellKind::date},
      {"d-mmm", CellKind::date},
      {"yyyy\"年\"m\"月\"d\"日\"", CellKind::date},
      {"yyyy年m月d日", CellKind::date},
      {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", CellKind::date},
      {"[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", CellKind::date},
      {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", CellKind::date},
      {"[$-404]e/m/d", CellKind::date},
      {"yyyy\\-mm\\-dd\\ hh:mm:ss.000", CellKind::date},
      {"m/d/yy h:mm", CellKind::date},
      {"mmm-yy", CellKind::month},
      {"yyyy\"年\"m\"月\"", CellKind::month},
      {"h:mm", CellKind::time},
      {"h:mm:ss AM/PM", CellKind::time},
      {"mm:ss.0", CellKind::time},
      {"上午/下午h\"时\"mm\"分\"", CellKind::time},
      {"[h]:mm:ss", CellKind::duration},
      {"[mm]:ss", CellKind::duration},
      {"[s].000", CellKind::duration},
      {"0%", CellKind::percent},
      {"0.00%", CellKind::percent},
      {"0\"%\"", CellKind::number},
  };
  for (const auto& [code, kind, prefix, suffix] : cases) {
    const NumberFormat format = read_number_format(code);
    EXPECT_EQ(format.kind, kind) << code;
    EXPECT_EQ(format.prefix, prefix) << code;
    EXPECT_EQ(format.suffix, suffix) << code;
  }
}

// 1.38 shown as 1.38万元 is 13 800 yuan; 13 800 shown so by dividing is what it is. Dollars are not yuan.
TEST(NumberFormats, KeepUnitsThatMultiplyAndForeignMoney) {
  const std::vector<Case> cases = {
      {"0.00\"万元\"", CellKind::number, "", "万元"},
      {"#,##0.0 \"万元/台\"", CellKind::number, "", "万元/台"},
      {"0.0万", CellKind::number, "", "万"},
      {"0.0\\折", CellKind::number, "", "折"},
      {"0.0\"折\"", CellKind::number, "", "折"},
      {"0!.0,\"万\"", CellKind::number, "", ""},
      {"0.0,\"千元\"", CellKind::number, "", ""},
      {"#,##0.00\"元\"", CellKind::number, "", ""},
      {"0\"千克\"", CellKind::number, "", ""},
      {"\"¥\"#,##0.00", CellKind::number, "", ""},
      {"[$¥-804]#,##0.00", CellKind::number, "", ""},
      {"[$￥-804]#,##0.00", CellKind::number, "", ""},
      {"[$CNY] #,##0.00", CellKind::number, "", ""},
      {"[$-409]#,##0.00", CellKind::number, "", ""},
      {"[$$-409]#,##0.00", CellKind::number, "$", ""},
      {"\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)", CellKind::number, "$", ""},
      {"\\$#,##0", CellKind::number, "$", ""},
      {"#,##0.00\\ [$€-407]", CellKind::number, "€", ""},
      {"[$USD] #,##0.00", CellKind::number, "USD", ""},
      {"[$HK$-C04]#,##0.00", CellKind::number, "HK$", ""},
      {"[$¥-411]#,##0", CellKind::number, "JPY", ""},
  };
  for (const auto& [code, kind, prefix, suffix] : cases) {
    const NumberFormat format = read_number_format(code);
    EXPECT_EQ(format.kind, kind) << code;
    EXPECT_EQ(format.prefix, prefix) << code;
    EXPECT_EQ(format.suffix, suffix) << code;
  }
}

// ECMA-376 part 1, 18.8.30: the list for all languages and that for zh-cn.
TEST(NumberFormats, BuiltInOnesAreThoseOfTheStandard) {
  for (int id = 0; id < 70; ++id) {
    CellKind expected = CellKind::number;
    for (const int date : {14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58})
      if (id == date) expected = CellKind::date;
    for (const int month : {17, 27, 36, 50, 52, 57})
      if (id == month) expected = CellKind::month;
    for (const int time : {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56})
      if (id == time) expected = CellKind::time;
    if (id == 46) expected = CellKind::duration;
    if (id == 9 || id == 10) expected = CellKind::percent;
    EXPECT_EQ(built_in_format(id).kind, expected) << id;
  }
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
