#include "engine/cases/case.hpp"

#include <cstdlib>

#include "engine/base/problem.hpp"
#include "engine/cases/amounts.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using ledger::CanonicalObject;
using ledger::JsonObject;
using rules::CaseState;

namespace {

constexpr Money kNoAmount = Money::from_ten_thousandths(-1);

/// Members that say nothing are left out.
class Body {
 public:
  Body& text(std::string_view name, std::string_view value) {
    if (!value.empty()) object_.text(name, value);
    return *this;
  }
  Body& integer(std::string_view name, std::int64_t value) {
    if (value != 0) object_.integer(name, value);
    return *this;
  }
  Body& flag(std::string_view name, bool value) {
    if (value) object_.boolean(name, true);
    return *this;
  }
  Body& amount(std::string_view name, Money value) { return value.ten_thousandths() < 0 ? *this : text(name, value.to_string()); }
  Body& pack(std::string_view name, PackUnits value) { return text(name, value.to_string()); }
  template <class Map, class Write>
  Body& members(std::string_view name, const Map& map, Write write) {
    if (map.empty()) return *this;
    CanonicalObject inner;
    for (const auto& one : map) write(inner, one);
    object_.raw(name, inner.str());
    return *this;
  }
  std::string str() const { return object_.str(); }

 private:
  CanonicalObject object_;
};

Money amount_of(const JsonObject& object, std::string_view name) {
  const auto count = ten_thousandths_of(object.text(name));
  return count ? Money::from_ten_thousandths(*count) : kNoAmount;
}

PackUnits pack_of(const JsonObject& object, std::string_view name) {
  const auto count = ten_thousandths_of(object.text(name));
  return count ? PackUnits::from_ten_thousandths(*count) : PackUnits();
}

std::string listing_body(const CaseListing& one) {
  Body body;
  body.text("supplier", one.supplier).amount("flagged_price", one.flagged_price).pack("flagged_k", one.flagged_k);
  body.amount("flagged_monitoring", one.flagged_monitoring);
  body.amount("price", one.price).pack("k", one.k).amount("monitoring_price", one.monitoring_price);
  body.amount("max_fair_price", one.max_fair_price).text("decision", one.decision).text("basis", one.basis).text("match", one.match);
  body.text("notices", one.notices).text("units_12m", one.units_12m).integer("fen_at_risk", one.fen_at_risk);
  return body.flag("offered", one.offered).str();
}

CaseListing read_listing(const JsonObject& object) {
  CaseListing one;
  one.supplier = object.text("supplier");
  one.flagged_price = amount_of(object, "flagged_price");
  one.flagged_k = pack_of(object, "flagged_k");
  one.flagged_monitoring = amount_of(object, "flagged_monitoring");
  one.price = amount_of(object, "price");
  one.k = pack_of(object, "k");
  one.monitoring_price = amount_of(object, "monitoring_price");
  one.max_fair_price = amount_of(object, "max_fair_price");
  one.decision = object.text("decision");
  one.basis = object.text("basis");
  one.match = object.text("match");
  one.notices = object.text("notices");
  one.units_12m = object.text("units_12m");
  one.fen_at_risk = object.integer("fen_at_risk");
  one.offered = object.boolean("offered");
  return one;
}

std::string evidence_body(const Evidence& one) {
  Body body;
  body.text("type", one.type).text("issuer", one.issuer).text("name", one.name).text("date", one.date);
  body.text("valid_until", one.valid_until).text("unit_price", one.unit_price).text("filed_by", one.filed_by);
  return body.text("filed_on", one.filed_on).integer("size", one.size).str();
}

Evidence read_evidence(const JsonObject& object) {
  Evidence one;
  one.type = object.text("type");
  one.issuer = object.text("issuer");
  one.name = object.text("name");
  one.date = object.text("date");
  one.valid_until = object.text("valid_until");
  one.unit_price = object.text("unit_price");
  one.filed_by = object.text("filed_by");
  one.filed_on = object.text("filed_on");
  one.size = object.integer("size");
  return one;
}

rules::Closing closing_of(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(rules::Closing::by_centre); ++i)
    if (rules::closing_name(static_cast<rules::Closing>(i)) == name) return static_cast<rules::Closing>(i);
  return rules::Closing::none;
}

rules::Decision decision_of(const std::string& name) {
  for (int i = 0; i < rules::kDecisions; ++i)
    if (rules::decision_name(static_cast<rules::Decision>(i)) == name) return static_cast<rules::Decision>(i);
  return rules::Decision::no_reference;
}

}  // namespace

std::string case_body(const Case& one) {
  Body body;
  body.text("id", one.id).text("party", one.party).text("product", one.product).text("category", one.category);
  body.text("opened_in", one.opened_in).text("opened_on", one.opened_on);
  body.text("state", rules::case_state_name(one.state)).text("closing", rules::closing_name(one.closing));
  if (rules::is_closed(one.state)) body.text("last_open", rules::case_state_name(one.last_open));
  body.text("closed_on", one.closed_on).text("decision", rules::decision_name(one.decision));
  body.text("notified_decision", one.notified_decision).text("notified_on", one.notified_on);
  body.text("channel", one.notified_by_channel)
      .text("receipt", one.receipt)
      .text("by_bands", one.by_bands)
      .flag("continued", one.continued)
      .text("held", one.held);
  body.flag("doubtful", one.doubtful).text("deadline", one.deadline).flag("deadline_estimated", one.deadline_estimated);
  body.text("objection_until", one.objection_until).integer("days_left", one.days_left);
  body.integer("evidence_days", one.evidence_days).integer("reduction_days", one.reduction_days);
  body.integer("objection_days", one.objection_days).text("justified_until", one.justified_until);
  body.text("justified_unit_price", one.justified_unit_price).text("previous", one.previous).integer("offences", one.offences);
  body.integer("fen_at_risk", one.fen_at_risk).text("last_run", one.last_run);
  if (one.mean_deal_before >= 0) body.text("mean_deal_before", std::to_string(one.mean_deal_before));
  body.members("listings", one.listings,
               [](CanonicalObject& to, const auto& member) { to.raw(member.first, listing_body(member.second)); });
  body.members("evidence", one.evidence,
               [](CanonicalObject& to, const auto& member) { to.raw(member.first, evidence_body(member.second)); });
  body.members("filed", one.filed, [](CanonicalObject& to, const std::string& name) { to.boolean(name, true); });
  body.members("decided", one.decided, [](CanonicalObject& to, const std::string& name) { to.boolean(name, true); });
  return body.str();
}

Case read_case(std::string_view body) {
  const auto object = JsonObject::parse(body);
  const auto state = object ? rules::find_case_state(object->text("state")) : std::nullopt;
  if (!state || object->text("id").empty())
    throw FatalError("台账里的案件已损坏：" + std::string(body.substr(0, 80)),
                     "a case of the ledger is damaged: " + std::string(body.substr(0, 80)));
  Case one;
  one.id = object->text("id");
  one.party = object->text("party");
  one.product = object->text("product");
  one.category = object->text("category");
  one.opened_in = object->text("opened_in");
  one.opened_on = object->text("opened_on");
  one.state = *state;
  one.closing = closing_of(object->text("closing"));
  one.last_open = rules::find_case_state(object->text("last_open")).value_or(CaseState::opened);
  one.closed_on = object->text("closed_on");
  one.decision = decision_of(object->text("decision"));
  one.notified_decision = object->text("notified_decision");
  one.notified_on = object->text("notified_on");
  one.notified_by_channel = object->text("channel");
  one.receipt = object->text("receipt");
  one.by_bands = object->text("by_bands");
  one.continued = object->boolean("continued");
  one.held = object->text("held");
  one.doubtful = object->boolean("doubtful");
  one.deadline = object->text("deadline");
  one.deadline_estimated = object->boolean("deadline_estimated");
  one.objection_until = object->text("objection_until");
  one.days_left = object->integer("days_left");
  one.evidence_days = object->integer("evidence_days");
  one.reduction_days = object->integer("reduction_days");
  one.objection_days = object->integer("objection_days");
  one.justified_until = object->text("justified_until");
  one.justified_unit_price = object->text("justified_unit_price");
  one.previous = object->text("previous");
  one.offences = object->integer("offences");
  one.fen_at_risk = object->integer("fen_at_risk");
  one.last_run = object->text("last_run");
  if (const std::string mean = object->text("mean_deal_before"); !mean.empty())
    one.mean_deal_before = std::strtoll(mean.c_str(), nullptr, 10);
  for (const auto& [id, listing] : object->objects("listings")) one.listings.emplace(id, read_listing(listing));
  for (const auto& [sha256, evidence] : object->objects("evidence")) one.evidence.emplace(sha256, read_evidence(evidence));
  for (const std::string& name : object->names("filed")) one.filed.insert(name);
  for (const std::string& name : object->names("decided")) one.decided.insert(name);
  return one;
}

Case read_case_outline(std::string_view body) {
  const auto object = JsonObject::parse(body);
  const auto state = object ? rules::find_case_state(object->text("state")) : std::nullopt;
  if (!state || !object->has("id")) return read_case(body);  // says what is wrong
  Case one;
  one.id = object->text("id");
  one.product = object->text("product");
  one.state = *state;
  one.closing = closing_of(object->text("closing"));
  one.decision = decision_of(object->text("decision"));
  one.notified_decision = object->text("notified_decision");
  for (const auto& [id, listing] : object->objects("listings")) {
    CaseListing& to = one.listings[id];
    to.basis = listing.text("basis");
    to.match = listing.text("match");
  }
  return one;
}

rules::CaseFacts facts_of(const Case& one) {
  rules::CaseFacts facts;
  facts.flagged = rules::is_flagged(one.decision);
  facts.strongest = one.decision == rules::Decision::reduce_or_delist;
  facts.notice_due = facts.strongest && !one.notified_decision.empty() && one.notified_decision != rules::decision_name(one.decision);
  facts.continued = one.continued;
  facts.last_open = one.last_open;
  facts.closing = one.closing;
  return facts;
}

}  // namespace fairprice::cases
