#pragma once

#include <cstdint>
#include <string_view>

#include "engine/catalogue/title/tokens.hpp"

namespace fairprice::title {

enum class Condition : std::uint8_t { brand_new, refurbished, second_hand };

/// How a thing is offered, as far as the text says: what tells the item from what comes with it or what it is for.
struct Offer {
  Condition condition = Condition::brand_new;
  bool accessory = false;        ///< made for another device (`适用于惠普M427`), or a part of one (`ThinkPad 电源适配器`)
  bool bundle = false;           ///< sold with something else: 套装, +鼠标, 含键盘
  bool gift = false;             ///< 送…, 赠…: what follows is not part of the configuration
  bool government_only = false;  ///< 政采版, 政府专供
  bool customised = false;       ///< 定制
  std::size_t item_end;          ///< tokens from here on name the device that the item is for
};

/// Marks the words of gifts as taken, so that `送16G U盘` is no memory.
Offer read_offer(Tokens& tokens);

/// Whether a cell as it stands says second-hand or refurbished. The same answer as read_offer's, without cutting the text into tokens.
bool says_used(std::string_view cell);

}  // namespace fairprice::title
