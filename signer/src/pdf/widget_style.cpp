#include "pdf/widget_style.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace segell::signer::pdf {
namespace {

constexpr double kColourStep = 0.75 / 255;  ///< between a part of a colour and that rounded to eight bits
constexpr std::array kStyleColours{std::string_view("BG"), std::string_view("BC")};
/// What names the sign of a check box or a radio button, and nothing in other fields.
constexpr std::array kSignNames{std::string_view("CA"), std::string_view("RC"), std::string_view("AC"),
                                std::string_view("I"),  std::string_view("RI"), std::string_view("IX"),
                                std::string_view("IF"), std::string_view("TP")};

using StyleColour = std::array<double, 3>;

std::optional<StyleColour> style_colour(const Object& colour) {
  const Array* parts = colour.as_array();
  if (parts == nullptr || (parts->size() != 1 && parts->size() != 3)) return std::nullopt;
  StyleColour out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    if (!(*parts)[parts->size() == 1 ? 0 : i].as_number(out[i])) return std::nullopt;
  return out;
}

/// None, or transparent.
bool is_no_colour(const Object& colour) {
  return colour.is_null() || (colour.as_array() != nullptr && colour.as_array()->empty());
}

bool same_colour(const Object& before, const Object& now) {
  if (is_no_colour(before) || is_no_colour(now)) return is_no_colour(before) && is_no_colour(now);
  const auto was = style_colour(before), is = style_colour(now);
  if (!was || !is) return false;
  return std::ranges::equal(*was, *is, [](double a, double b) { return std::abs(a - b) <= kColourStep; });
}

}  // namespace

bool says_same_style(const RevisionPair& pair, const Object& before, const Object& now) {
  const Dictionary& was = plain_dictionary(before);
  const Dictionary& is = plain_dictionary(now);
  if (was.empty() && !before.is_null()) return is.empty();
  const auto keys = pair.differing_keys(was, is);
  return std::ranges::all_of(keys, [&](const std::string& key) {
    const Object left = pair.old_entry(was, key), right = pair.new_entry(is, key);
    if (std::ranges::find(kStyleColours, key) != kStyleColours.end()) return same_colour(left, right);
    return right.is_null() && std::ranges::find(kSignNames, key) != kSignNames.end();
  });
}

}  // namespace segell::signer::pdf
