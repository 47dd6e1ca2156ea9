#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

/// True for a tag that BCP 47 allows by its form and that is at most 35 characters long.
bool is_language_tag(std::string_view tag) noexcept;
/// "ca" of "ca-simple".
std::string_view primary_language(std::string_view tag) noexcept;
/// True for a tag with the variant "simple", which the IANA registry has for simplified forms since 2015.
bool is_simple(std::string_view tag) noexcept;
/// "ca" of "ca-simple": the tag without that variant.
std::string plain_tag(std::string_view tag);
/// By the script that the tag states, else by the language's usual one.
bool is_right_to_left(std::string_view tag) noexcept;

using Day = std::chrono::year_month_day;
/// Exactly "YYYY-MM-DD", years 1900 to 9999. Error: malformed "template.date".
base::Result<Day> parse_day(std::string_view text);
/// "1 d'abril de 2026", "1 de abril de 2026", "1 April 2026", "1 أبريل 2026"; in a language that this room does not
/// know "2026-04-01".
std::string write_day(Day day, std::string_view language);

/// "12,50 €" in Catalan and Spanish, "€12.50" in English, else "12.50 EUR".
std::string write_euros(std::int64_t cents, std::string_view language);

/// "a, b i c", "a, b y c", "a, b and c"; "a, b, c" in a language that this room does not know. Spanish writes "e"
/// before the sound of i.
std::string write_list(const std::vector<std::string>& words, std::string_view language);

/// A value put into a text of the other writing direction, shielded by U+2068 and U+2069 (UAX 9) so that it cannot turn
/// its neighbours around; unchanged when both read the same way.
std::string shield(std::string_view value, bool right_to_left);
/// The text without those two characters.
std::string without_shields(std::string_view text);

}  // namespace segell::templates
