#include "engine/catalogue/titles.hpp"

#include <algorithm>
#include <array>

#include "engine/base/parallel.hpp"
#include "engine/base/text.hpp"
#include "engine/catalogue/identity.hpp"

namespace fairprice::catalogue {

using ingest::kNone;

namespace {

constexpr double kLikelyModel = 0.8;    // not a price: a shape that names a model together with a full configuration
constexpr double kPartOfModel = 0.4;    // not a price: what may tell two of a series apart
constexpr std::size_t kLeastModel = 4;  // bytes; E14 stands in too many texts

std::vector<std::pair<std::string, std::string>> brand_aliases(const ingest::Keys& keys) { return keys.dictionaries().brands; }

std::vector<std::pair<std::string, std::string>> category_aliases(const ingest::Keys& keys) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const auto& row : keys.dictionaries().categories) result.emplace_back(row.alias, row.category);
  return result;
}

/// Shapes that many models share: how a hinge turns, and the last characters of a maker's order number (20L5A00DCD is sold as `T480 0DCD`).
bool is_shared(std::string_view shape) {
  return shape == "X360" || shape == "2IN1" || (shape.size() == 4 && shape.ends_with("CD") && title::is_digit(shape[0]));
}

bool names_optical_drive(std::string_view title) {
  const auto says = [&](std::string_view word) { return title.find(word) != std::string_view::npos; };
  return (says("光驱") || says("刻录") || says("DVD") || says("D刻") || trimmed(title).ends_with("带光")) && !says("无光驱") &&
         !says("不带光驱");
}

bool names_touch_screen(std::string_view title) {
  const auto says = [&](std::string_view word) { return title.find(word) != std::string_view::npos; };
  return says("触控屏") || says("触摸屏") || says("触屏") || says("触控翻转") || says("翻转触控") || says("高清触控") || says("4K触控");
}

/// What a printer uses up, as categories: a title that names one of them beside a printer's number does not offer the printer.
bool is_supply(std::string_view category) {
  constexpr std::array<std::string_view, 7> kSupplies = {"硒鼓", "墨盒", "墨水", "色带", "鼓组件", "标签带", "照片纸"};
  return std::find(kSupplies.begin(), kSupplies.end(), category) != kSupplies.end();
}

/// A desktop with a screen is a set: 主机+23.8英寸显示器.
bool comes_with_screen(std::string_view category, std::string_view title, const title::Configuration& configuration) {
  if (category != "台式计算机" && category != "服务器") return false;
  if (configuration.screen != 0) return true;
  for (const std::string_view word : {"显示器", "显示屏", "液晶"})
    if (const std::size_t at = title.find(word); at != std::string_view::npos) {
      const std::string_view before = title.substr(0, at);
      if (!before.ends_with("不含") && !before.ends_with("无") && !before.ends_with("不带")) return true;
    }
  return false;
}

bool has_letter_or_ideograph(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return title::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

std::string_view title_doubt_name(TitleDoubt doubt) {
  switch (doubt) {
    case TitleDoubt::none: return "";
    case TitleDoubt::no_brand: return "title_without_brand";
    case TitleDoubt::not_the_item: return "title_of_accessory_or_bundle";
    case TitleDoubt::no_model: return "title_without_model";
    case TitleDoubt::series: return "title_names_series";
    case TitleDoubt::configuration: return "title_configuration_unclear";
    case TitleDoubt::unknown: return "unmatched";
  }
  return "";
}

struct Titles::Models {
  explicit Models(ingest::Keys& keys) : table(keys), vocabulary(brand_aliases(keys), category_aliases(keys)) {}

  AttributeTable table;
  title::Vocabulary vocabulary;
  std::vector<std::uint32_t> category_of;  ///< by product of brand and model
  /// By brand: the models that rows state in their cells, sorted, with their products (without configuration).
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::string, std::uint32_t>>> of_brand;

  std::uint32_t find(std::uint32_t brand, std::string_view model) const {
    const auto list = of_brand.find(brand);
    if (list == of_brand.end()) return kNone;
    const auto at = std::lower_bound(list->second.begin(), list->second.end(), model,
                                     [](const auto& one, std::string_view m) { return one.first < m; });
    return at != list->second.end() && at->first == model ? at->second : kNone;
  }
  /// Whether a model is the beginning of another one: M427 of M427FDW.
  bool begins_another(std::uint32_t brand, std::string_view model) const {
    const auto& list = of_brand.at(brand);
    const auto at = std::upper_bound(list.begin(), list.end(), model, [](std::string_view m, const auto& one) { return m < one.first; });
    return at != list.end() && at->first.starts_with(model);
  }
};

std::uint32_t Titles::add(std::string_view brand, std::string_view title, std::string_view spec, std::uint32_t category) {
  const auto text =
      texts_.emplace(Text{std::string(brand), std::string(title), std::string(spec), category}, static_cast<std::uint32_t>(texts_.size()))
          .first;
  text_of_.push_back(text->second);
  return static_cast<std::uint32_t>(text_of_.size() - 1);
}

void Titles::find_models() {
  ingest::Keys& keys = *month_.keys;
  auto models = std::make_shared<Models>(keys);
  std::vector<bool> stated(keys.products.size(), false);
  const auto state = [&](std::uint32_t product) {
    if (product == kNone) return;
    const std::uint32_t base = keys.base_of(product);
    if (base != kNone && keys.product_brand(base) != kNone) stated[base] = true;
  };
  for (const auto& row : month_.index) state(row.model_product);
  for (const auto& row : month_.listings)
    if (!row.probe) state(row.model_product);
  for (const auto& row : month_.orders) state(row.product);
  std::vector<bool> quoted(keys.products.size(), false);
  for (std::size_t partition = 0; partition < ingest::QuoteTable::kPartitions; ++partition)
    for (const ingest::QuoteTable::Chunk* chunk : month_.quotes.chunks[partition])
      chunk->each([&](const ingest::Quote& quote) {
        quoted[static_cast<std::size_t>(quote.product_above) * ingest::QuoteTable::kPartitions + partition] = true;
      });
  for (std::uint32_t product = 0; product < quoted.size(); ++product)
    if (quoted[product]) state(product);
  for (std::uint32_t product = 0; product < stated.size(); ++product)
    if (stated[product]) models->of_brand[keys.product_brand(product)].emplace_back(keys.products[product].substr(4), product);
  for (auto& [brand, list] : models->of_brand) std::sort(list.begin(), list.end());

  models->category_of = month_.category_of_model;
  models->category_of.resize(keys.products.size(), kNone);
  models_ = models;
}

Titles::Reading Titles::read(const Text& text, TitleAnswer& answer) const {
  ingest::Keys& keys = *month_.keys;
  Reading result;
  const std::string_view hint = text.category == kNone ? std::string_view() : keys.categories[text.category];
  title::TitleReading reading = title::read_title(text.title, text.spec, models_->vocabulary, hint);
  const auto doubt = [&](TitleDoubt why) {
    answer = {kNone, why};
    return result;
  };
  const title::Offer& offer = reading.offer;
  if (offer.accessory || offer.bundle || offer.condition != title::Condition::brand_new) return doubt(TitleDoubt::not_the_item);
  // A brand cell says who made it; a title that names another one is doubtful.
  const std::uint32_t named = reading.brand.empty() ? kNone : keys.brand(reading.brand);
  const std::uint32_t cell = keys.brand(text.brand);
  const bool has_cell = cell != kNone && cell != ingest::Keys::kBadText;
  if ((!has_cell && named == kNone) || reading.several_brands || (has_cell && named != kNone && named != cell))
    return doubt(TitleDoubt::no_brand);
  result.brand = has_cell ? cell : named;

  // The longest known model in the title; a second one elsewhere in it leaves open which is meant.
  const title::ModelCandidate* best = nullptr;
  std::uint32_t base = kNone;
  bool several = false;
  for (const title::ModelCandidate& span : reading.spans) {
    const std::uint32_t product = models_->find(result.brand, span.text);
    if (product == kNone) continue;
    if (best == nullptr) {
      best = &span;
      base = product;
    } else if (product != base && (span.last < best->first || span.first > best->last)) {
      several = true;
    }
  }
  const auto stated = [&](std::uint32_t category, std::string_view model) {
    const auto attributes = models_->table.of(category);
    return std::pair(attributes.empty(), stated_configuration(attributes, reading.configuration, reading.contradictions, model));
  };
  if (best != nullptr) {
    const std::uint32_t category = models_->category_of[base];
    const auto [plain, configuration] = stated(category, keys.products[base].substr(4));
    // More model characters hang on to it (M427-FDW), it begins another model, or it is too short to be told from other words.
    const bool continued = std::any_of(reading.models.begin(), reading.models.end(), [&](const title::ModelCandidate& shape) {
      return shape.first <= best->last && shape.last >= best->first && (shape.first < best->first || shape.last > best->last);
    });
    const bool full = !plain && configuration.complete;
    // A number of its own that no row states stands beside it: M429fdw（M427fdw升级款）.
    const bool another = plain && std::any_of(reading.models.begin(), reading.models.end(), [&](const title::ModelCandidate& shape) {
                           return shape.confidence >= title::kExactModel &&  // not a price
                                  (shape.last < best->first || shape.first > best->last);
                         });
    const bool open = plain && std::any_of(reading.models.begin(), reading.models.end(), [&](const title::ModelCandidate& shape) {
                        return shape.open && shape.first <= best->last && shape.last >= best->first;
                      });
    const std::string_view category_name = category == kNone ? std::string_view() : std::string_view(keys.categories[category]);
    if (category != kNone && is_supply(reading.category) && reading.category != category_name) return doubt(TitleDoubt::not_the_item);
    if (comes_with_screen(category_name, text.title, reading.configuration)) return doubt(TitleDoubt::not_the_item);
    several = several || std::any_of(reading.models.begin(), reading.models.end(), [&](const title::ModelCandidate& shape) {
                return shape.choice && shape.first <= best->last && shape.last >= best->first;
              });
    const bool short_or_number = best->text.size() < kLeastModel || !has_letter_or_ideograph(best->text);
    if (several || another || open || continued || (!full && (short_or_number || models_->begins_another(result.brand, best->text))))
      return doubt(TitleDoubt::series);
    if (!plain && !(configuration.complete && !configuration.contradictory)) return doubt(TitleDoubt::configuration);
    answer = {configuration.text.empty() ? base : keys.configured(base, configuration.text), TitleDoubt::none};
    return result;
  }

  // No row states it: by its shape, for rows that agree with each other.
  std::uint32_t category = text.category;
  if (category == kNone && !reading.category.empty()) category = keys.category(reading.category);
  std::string model;
  int exact = 0;
  bool likely = false;
  for (const title::ModelCandidate& shape : reading.models) {
    if (shape.confidence < kPartOfModel) continue;  // not a price
    model.append(model.empty() ? "" : "-").append(shape.text);
    if (shape.choice) return doubt(TitleDoubt::series);
    exact += shape.confidence >= title::kExactModel;                                  // not a price
    likely = likely || (shape.confidence >= kLikelyModel && !is_shared(shape.text));  // not a price
  }
  if (!likely) model.clear();
  const std::string_view category_name = category == kNone ? std::string_view() : std::string_view(keys.categories[category]);
  if (comes_with_screen(category_name, text.title, reading.configuration)) return doubt(TitleDoubt::not_the_item);
  // A better screen is another thing at another price, and whoever has it says so.
  const auto [plain, configuration] = stated(category, folded_model(model));
  if (model.empty()) return doubt(reading.models.empty() ? TitleDoubt::no_model : TitleDoubt::series);
  if (plain ? exact != 1 || model.find('-') != std::string::npos : !configuration.complete || configuration.contradictory)
    return doubt(plain ? TitleDoubt::series : TitleDoubt::configuration);
  if (plain && std::any_of(reading.models.begin(), reading.models.end(), [](const title::ModelCandidate& shape) { return shape.open; }))
    return doubt(TitleDoubt::series);
  // A processor in a title whose category is not known: what it costs hangs on more than the model.
  if (plain && !reading.configuration.cpu.empty()) return doubt(TitleDoubt::configuration);
  if (!plain && reading.configuration.is_unclear(title::Attribute::screen)) return doubt(TitleDoubt::configuration);
  result.own_model = model;
  result.configuration = configuration.text;
  // What cells would tell apart by the model: V330 comes in two sizes, and whoever sells the better screen says so.
  if (!plain)
    for (const title::Attribute more : {title::Attribute::screen, title::Attribute::resolution, title::Attribute::network})
      if (const std::string value = reading.configuration.text(more); !value.empty() && value != "1920*1080" && value != "WIFI")
        result.configuration.append("/").append(value);
  if (!plain && names_optical_drive(text.title)) result.configuration.append("/光驱");
  if (!plain && names_touch_screen(text.title)) result.configuration.append("/触控");
  result.supply = is_supply(reading.category);
  answer = {kNone, TitleDoubt::unknown};
  return result;
}

void Titles::resolve(int threads) {
  if (texts_.empty()) return;
  find_models();
  std::vector<const Text*> texts(texts_.size());
  for (const auto& [text, number] : texts_) texts[number] = &text;
  answers_.assign(texts.size(), {});
  std::vector<Reading> readings(texts.size());
  constexpr std::size_t kParts = 64;
  for_each_part(kParts, threads, [&](std::size_t part, int) {
    for (std::size_t i = texts.size() * part / kParts; i < texts.size() * (part + 1) / kParts; ++i)
      readings[i] = read(*texts[i], answers_[i]);
  });
  std::map<std::tuple<std::uint32_t, std::string, std::string>, std::vector<std::uint32_t>>
      own;  // brand, model, configuration: rows' texts
  for (const std::uint32_t text : text_of_)
    if (!readings[text].own_model.empty())
      own[{readings[text].brand, readings[text].own_model, readings[text].configuration}].push_back(text);
  for (const auto& [key, rows] : own) {
    if (rows.size() < 2) continue;
    // A printer and its supplies are named by one number.
    const auto supplies = std::count_if(rows.begin(), rows.end(), [&](std::uint32_t text) { return readings[text].supply; });
    if (supplies != 0 && static_cast<std::size_t>(supplies) != rows.size()) {
      for (const std::uint32_t text : rows) answers_[text] = {kNone, TitleDoubt::not_the_item};
      continue;
    }
    const auto& [brand, model, configuration] = key;
    std::uint32_t product = month_.keys->product(brand, model);
    if (product == kNone) continue;
    if (!configuration.empty()) product = month_.keys->configured(product, configuration);
    for (const std::uint32_t text : rows) answers_[text] = {product, TitleDoubt::none};
  }
}

}  // namespace fairprice::catalogue
