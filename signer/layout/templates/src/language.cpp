#include "templates/language.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace segell::templates {
namespace {

constexpr std::string_view kFirstStrongIsolate = "\u2068";
constexpr std::string_view kPopIsolate = "\u2069";

using Months = std::array<std::string_view, 12>;
constexpr Months kCatalan{"gener",  "febrer", "març",     "abril",   "maig",     "juny",
                          "juliol", "agost",  "setembre", "octubre", "novembre", "desembre"};
constexpr Months kSpanish{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                          "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr Months kEnglish{"January", "February", "March",     "April",   "May",      "June",
                          "July",    "August",   "September", "October", "November", "December"};
constexpr Months kArabic{"يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                         "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::string_view> subtags(std::string_view tag) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', at), tag.size());
    parts.push_back(tag.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// Letters of scripts that are written from the right: Hebrew to Arabic Extended-A, and their presentation forms.
bool has_right_to_left(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (first >= 0xd6 && first <= 0xdf) return true;                     // U+0590 … U+07FF
    if (first == 0xe0 && second >= 0xa0 && second <= 0xa3) return true;  // U+0800 … U+08FF
    if (first == 0xef && second >= 0xac && second <= 0xbb) return true;  // U+FB00 … U+FEFF, near enough
  }
  return false;
}

bool has_latin_or_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return is_alpha(c) || is_digit(c) || (octet >= 0xc3 && octet <= 0xc9);
  });
}

/// Before "i…" and "hi…", but not "hie…", Spanish "y" becomes "e".
bool sounds_like_i(std::string_view word) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (word.starts_with("í") || word.starts_with("Í")) return true;
  if (!word.empty() && lower(word[0]) == 'h') word.remove_prefix(1);
  if (word.starts_with("í")) return true;
  return !word.empty() && lower(word[0]) == 'i' && !(word.size() > 1 && lower(word[1]) == 'e');
}

}  // namespace

bool is_language_tag(std::string_view tag) noexcept {
  if (tag.empty() || tag.size() > 35) return false;
  const auto parts = subtags(tag);
  const auto& primary = parts.front();
  if (primary.size() < 2 || primary.size() > 8 || !std::all_of(primary.begin(), primary.end(), is_alpha)) return false;
  return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           std::all_of(part.begin(), part.end(), [](char c) { return is_alpha(c) || is_digit(c); });
  });
}

std::string_view primary_language(std::string_view tag) noexcept { return tag.substr(0, tag.find('-')); }

bool is_simple(std::string_view tag) noexcept {
  const auto parts = subtags(tag);
  return std::find(parts.begin() + 1, parts.end(), "simple") != parts.end();
}

std::string plain_tag(std::string_view tag) {
  std::string out;
  for (const auto part : subtags(tag)) {
    if (part == "simple") continue;
    if (!out.empty()) out += '-';
    out += part;
  }
  return out;
}

bool is_right_to_left(std::string_view tag) noexcept {
  constexpr std::array kScripts{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"};
  constexpr std::array kLanguages{"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi", "dv", "ckb"};
  for (const auto part : subtags(tag)) {
    if (part.size() == 4 && is_alpha(part[0]))
      return std::find(kScripts.begin(), kScripts.end(), part) != kScripts.end();
  }
  return std::find(kLanguages.begin(), kLanguages.end(), primary_language(tag)) != kLanguages.end();
}

base::Result<Day> parse_day(std::string_view text) {
  const auto bad = [] { return base::fail(base::Code::malformed, "template.date", "a date is written YYYY-MM-DD"); };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
  const auto number = [&](std::size_t at, std::size_t length, int& out) {
    const char* const end = text.data() + at + length;
    return is_digit(text[at]) && std::from_chars(text.data() + at, end, out).ptr == end;
  };
  int year = 0;
  int month = 0;
  int day = 0;
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return bad();
  const Day made{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                 std::chrono::day(static_cast<unsigned>(day))};
  if (!made.ok() || year < 1900) return bad();
  return made;
}

std::string write_day(Day day, std::string_view language) {
  const auto number = static_cast<unsigned>(day.day());
  const std::size_t month = static_cast<unsigned>(day.month()) - 1;
  const int year = static_cast<int>(day.year());
  const auto primary = primary_language(language);
  const auto join = [&](std::string_view before, std::string_view name, std::string_view after) {
    return std::to_string(number).append(before).append(name).append(after) + std::to_string(year);
  };
  if (primary == "ca") {
    const std::string_view name = kCatalan[month];
    const bool elides = name.starts_with('a') || name.starts_with('o');
    return join(elides ? " d'" : " de ", name, " de ");
  }
  if (primary == "es") return join(" de ", kSpanish[month], " de ");
  if (primary == "en") return join(" ", kEnglish[month], " ");
  if (primary == "ar") return join(" ", kArabic[month], " ");
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", year, static_cast<unsigned>(day.month()), number);
  return text.data();
}

std::string write_euros(std::int64_t cents, std::string_view language) {
  const std::string whole = std::to_string(cents / 100);
  const std::string part = std::to_string(100 + cents % 100).substr(1);
  const auto primary = primary_language(language);
  if (primary == "ca" || primary == "es") return whole + "," + part + "\u00a0€";
  if (primary == "en") return "€" + whole + "." + part;
  return whole + "." + part + " EUR";
}

std::string write_list(const std::vector<std::string>& words, std::string_view language) {
  if (words.empty()) return {};
  const auto primary = primary_language(language);
  std::string last = primary == "ar" ? "، " : ", ";
  const std::string between = last;
  if (primary == "ca") last = " i ";
  if (primary == "es") last = sounds_like_i(words.back()) ? " e " : " y ";
  if (primary == "en") last = " and ";
  if (primary == "ar") last = " و";
  std::string out = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) out += (i + 1 == words.size() ? last : between) + words[i];
  return out;
}

std::string shield(std::string_view value, bool right_to_left) {
  const bool foreign = right_to_left ? has_latin_or_digit(value) : has_right_to_left(value);
  if (!foreign) return std::string(value);
  return std::string(kFirstStrongIsolate).append(value).append(kPopIsolate);
}

std::string without_shields(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    if (rest.starts_with(kFirstStrongIsolate) || rest.starts_with(kPopIsolate)) {
      i += kPopIsolate.size();
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

}  // namespace segell::templates
