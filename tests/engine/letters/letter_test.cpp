#include "engine/letters/letter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cases/amounts.hpp"
#include "engine/letters/docx.hpp"

namespace fairprice::letters {
namespace {

using testing::HasSubstr;
using testing::Not;

cases::Case asked() {
  cases::Case one;
  one.id = "2023-11-00004";
  one.party = "G1";
  one.product = "科密 3868";
  one.category = "碎纸机";
  one.evidence_days = 5;
  one.objection_days = 7;
  cases::CaseListing listing;
  listing.supplier = "HB005";
  listing.price = Money::from_yuan(1380);
  listing.monitoring_price = Money::from_yuan(1144);
  listing.max_fair_price = Money::from_ten_thousandths(*cases::ten_thousandths_of("1372.8"));
  listing.basis = "2:median(procurement_average+own_index_price)";
  one.listings["SHREDDER-1380"] = listing;
  return one;
}

std::string letter(const cases::Case& one, Language language) {
  return filled_in(shipped_template(language), fields_of(one, "2023-12-01", language), "template");
}

// (1380 − 1144) / 1144 = 20.63 %.
TEST(CaseLetters, SayWhatWasComparedWithWhat) {
  const std::string text = letter(asked(), Language::en);
  EXPECT_THAT(text, HasSubstr("To: G1 (HB005)"));
  EXPECT_THAT(text, HasSubstr("- Listing SHREDDER-1380: price 1380.00 yuan; monitoring price 1144.00 yuan, from 2:median(procurement "
                              "market average+own index price); "
                              "ratio 20.63 %; highest fair price 1372.80 yuan."));
  EXPECT_THAT(text, HasSubstr("file evidence of the price within 5 working days from the day after this notice"));
  EXPECT_THAT(text, HasSubstr("object within 7 working days"));
  EXPECT_THAT(text, Not(HasSubstr("may be taken down")));
  EXPECT_THAT(text, HasSubstr("no finding of wrongdoing"));
}

TEST(CaseLetters, SayWhatTheStateAsksFor) {
  cases::Case one = asked();
  one.state = rules::CaseState::awaiting_reduction;
  one.decision = rules::Decision::reduce_or_delist;
  one.deadline = "2023-12-08";
  one.deadline_estimated = true;
  one.objection_until = "2023-12-11";
  const std::string text = letter(one, Language::zh);
  EXPECT_THAT(text, HasSubstr("请在 2023-12-08（含当日，节假日安排公布前为估计）前将价格降至合理区间上限以内"));
  EXPECT_THAT(text, HasSubstr("可在 2023-12-11（含当日）前提出申诉"));
  EXPECT_THAT(text, Not(HasSubstr("提交价格证据")));
  EXPECT_TRUE(has_letter(one));
  one.state = rules::CaseState::reduced;
  EXPECT_FALSE(has_letter(one));
}

// A Word document with our own marks filled in again: the text stands in it escaped, and the same letter gives the same bytes.
TEST(CaseLetters, BecomeWordDocuments) {
  const std::string template_document = docx_of("# {{case}}\n{{#listings}}\n- {{listing}} {{price}}\n{{/listings}}\n{{party}}\n");
  EXPECT_EQ(template_document, docx_of("# {{case}}\n{{#listings}}\n- {{listing}} {{price}}\n{{/listings}}\n{{party}}\n"));
  EXPECT_TRUE(template_document.starts_with("PK"));
  cases::Case one = asked();
  one.party = "A & B <{{case}}>\x01";
  const Fields fields = fields_of(one, "2023-12-01", Language::zh);
  const std::string filled = filled_docx(template_document, fields, "t.docx");
  EXPECT_EQ(filled, filled_docx(template_document, fields, "t.docx"));
  EXPECT_EQ(filled_docx(filled, {{{"case", "x"}}, {}}, "t.docx").substr(0, 2), "PK");  // what was filled in looks like a name by now
  EXPECT_THROW(filled_docx("no zip", fields, "t.docx"), FatalError);
  EXPECT_THROW(filled_docx("", fields, "t.docx"), FatalError);
  EXPECT_THROW(filled_docx(docx_of("{{nobody}}"), fields, "t.docx"), FatalError);
}

}  // namespace
}  // namespace fairprice::letters
