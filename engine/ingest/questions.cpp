#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

void add_questions(Month& month, const std::vector<Question>& questions, std::vector<std::pair<std::size_t, Problem>>& problems) {
  Keys& keys = *month.keys;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& q = questions[i];
    const std::size_t before = problems.size();
    const auto refuse = [&](const char* column, ProblemCode code, std::string_view value) {
      problems.emplace_back(
          i, Problem{"listings", "", static_cast<std::int64_t>(i + 1), column, code, ProblemAction::rejected, std::string(value), ""});
    };
    Listing listing;
    listing.probe = true;
    for (const auto& [name, text] : {std::pair<const char*, const std::string*>{"brand", &q.brand},
                                     {"model", &q.model},
                                     {"unit", &q.unit},
                                     {"category", &q.category},
                                     {"spec", &q.spec},
                                     {"supplier_id", &q.supplier_id},
                                     {"listing_id", &q.listing_id}})
      if (!is_utf8(*text)) refuse(name, ProblemCode::bad_encoding, *text);
    if (problems.size() > before) continue;
    const std::string_view price_text = clean_cell(q.price);
    const auto price = parse_price(price_text);
    if (!price.ok)
      refuse("price", price_text.empty() ? ProblemCode::missing_value : price.code, q.price);
    else if (price.value.untaxed)
      refuse("price", ProblemCode::tax_exclusive, q.price);
    else
      listing.price = price.value.value;
    const auto unit = keys.unit(clean_cell(q.unit));
    listing.unit = unit.unit;
    if (!clean_cell(q.unit).empty()) listing.unit_text = month.unit_texts.intern(clean_cell(q.unit));
    if (const std::string_view pack = clean_cell(q.pack_size); !pack.empty()) {
      const auto size = parse_pack_size(pack);
      if (size.ok)
        listing.pack_size = size.value;
      else
        refuse("pack_size", ProblemCode::bad_pack, q.pack_size);
    }
    const auto k = pack_units(listing.pack_size, unit.factor);
    if (k.ok)
      listing.k = k.value;
    else if (problems.size() == before)
      refuse("pack_size", ProblemCode::bad_pack, q.pack_size);
    listing.category = keys.category(clean_cell(q.category));
    listing.brand = keys.brand(clean_cell(q.brand));
    const std::string_view model = clean_cell(q.model);
    listing.model_product = keys.product(listing.brand, model);
    listing.has_model = listing.model_product != kNone || (listing.brand != kNone && !model.empty() && !folded_model(model).empty());
    if (const std::string_view barcode = clean_cell(q.barcode); !barcode.empty()) {
      const ParsedBarcode parsed = parse_gtin(barcode);
      if (parsed.kind == BarcodeKind::valid) listing.gtin = parsed.gtin;
      if (parsed.kind == BarcodeKind::not_a_barcode) refuse("barcode", ProblemCode::not_a_barcode, q.barcode);
    }
    if (!listing.has_model && clean_cell(q.barcode).empty() && clean_cell(q.title).empty())
      refuse("", ProblemCode::unrecognisable, q.model);
    listing.spec = keys.spec(clean_cell(q.spec));
    listing.may_state = listing.may_be_used = listing.may_state_pack = true;
    if (const std::string_view discount = clean_cell(q.promised_discount); !discount.empty()) {
      const auto parsed = parse_discount(discount);
      if (parsed.ok)
        listing.discount = parsed.value;
      else
        refuse("promised_discount", parsed.code, q.promised_discount);
    }
    if (!clean_cell(q.supplier_id).empty()) listing.supplier = keys.supplier(clean_cell(q.supplier_id));
    listing.listing = keys.listing(clean_cell(q.listing_id));
    if (problems.size() > before) continue;
    if (const std::string title(clean_cell(q.title)); is_utf8(title))
      month.title_of_question.emplace(static_cast<std::uint32_t>(month.listings.size()), month.titles.intern(title));
    month.listings.push_back(listing);
  }
}

}  // namespace fairprice::ingest
