// xlsx_make FILE [ROWS]: a workbook of quotes, twelve columns, written by libxlsxwriter (shared texts, as Excel has them). The same bytes of
// cells each time.

#include <xlsxwriter.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: xlsx_make FILE [ROWS]\n");
    return 2;
  }
  const long rows = argc > 2 ? std::atol(argv[2]) : 200'000;
  lxw_workbook* book = ::workbook_new(argv[1]);
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "quotes");
  lxw_format* day = ::workbook_add_format(book);
  ::format_set_num_format(day, "yyyy\"年\"m\"月\"d\"日\"");
  const std::array headings = {"channel", "shop", "brand",     "model", "title", "barcode",
                               "spec",    "unit", "pack_size", "price", "date",  "url"};
  for (std::size_t i = 0; i < headings.size(); ++i) ::worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), headings[i], nullptr);
  const std::array brands = {"得力", "惠普", "联想", "佳能", "科密"};
  std::uint32_t random = 1;
  for (long i = 0; i < rows; ++i) {
    random = random * 1'103'515'245U + 12'345U;
    const std::uint32_t draw = random >> 8;
    const std::string number = std::to_string(i);
    const auto row = static_cast<lxw_row_t>(i + 1);
    const auto words = [&](lxw_col_t column, const std::string& text) {
      ::worksheet_write_string(sheet, row, column, text.c_str(), nullptr);
    };
    words(0, i % 3 != 0 ? "ecommerce" : "store");
    words(1, "店铺" + std::to_string(i % 800));
    words(2, brands[static_cast<std::size_t>(i) % brands.size()]);
    words(3, "M" + std::to_string(draw % 100'000));
    words(4, "得力 碎纸机 " + number + " 自动 大容量");
    ::worksheet_write_number(sheet, row, 5, 6'900'000'000'000.0 + static_cast<double>(i), nullptr);
    words(6, "A4");
    words(7, "台");
    ::worksheet_write_number(sheet, row, 8, 1, nullptr);
    ::worksheet_write_number(sheet, row, 9, draw % 500'000 / 100.0, nullptr);
    ::worksheet_write_number(sheet, row, 10, 45'231.0 + static_cast<double>(i % 30), day);
    words(11, "https://example.org/item/" + number);
  }
  return ::workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
