#include "zip_names.h"

#include "base/encoding.h"

#include <algorithm>
#include <map>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxQuoted = 80;
constexpr std::size_t kMaxNameFaults = 8;

// U+00C0 to U+017F as small letter and mark, where Unicode composes them of the two ('.' where it does not).
constexpr char32_t kFirstComposed = 0xC0;
constexpr std::string_view kLetters =
    "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggg"
    "gggghh..iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.";
constexpr std::string_view kMarks =
    "01238A.Q01280128.301238..01281..01238A.Q01280128.301238..01281.84466RR112277CCCC..446677RRCC2266"
    "77QQ22..334466RR7...22QQ.11QQCC....11QQCC...4466BB..11QQCC1122QQCCQQCC..334466AABBRR222281177CC.";

// The combining marks behind these letters: U+0300 and so on.
char mark_of(char32_t c) {
  constexpr std::u32string_view kCombining =
      U"\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030B\u030C\u0327\u0328\u031B";
  constexpr std::string_view kNames = "01234678ABCQRH";
  const std::size_t at = kCombining.find(c);
  return at == std::u32string_view::npos ? '\0' : kNames[at];
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t value = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) value = value << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    out += value;
    i += length;
  }
  return out;
}

// Small letters of Latin, Greek and Cyrillic for their capitals.
char32_t fold(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 && c != 0x178 && c != 0x17F) {
    // pairs begin at even numbers, but for the two runs where they begin at odd ones
    const bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return (c % 2 == 1) == odd ? c + 1 : c;
  }
  return c;
}

// Every part of the name without the dots and blanks at its end, which Windows leaves away, and without the mark of a
// folder.
std::string trimmed(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '/') out.resize(out.find_last_not_of(". ") + 1);
    out += c;
  }
  out.resize(out.find_last_not_of(". /") + 1);
  return out;
}

// One key for all names that a file system may hold to be the same.
std::u32string key_of(std::string_view name) {
  std::u32string out;
  for (const char32_t c : decode(trimmed(name))) {
    const std::size_t at = c >= kFirstComposed ? c - kFirstComposed : kLetters.size();
    if (at < kLetters.size() && kLetters[at] != '.') {
      out += static_cast<char32_t>(kLetters[at]);
      out += char32_t{0x110000} + static_cast<char32_t>(kMarks[at]);
    } else if (const char mark = mark_of(c); mark != '\0') {
      out += char32_t{0x110000} + static_cast<char32_t>(mark);
    } else {
      out += fold(c);
    }
  }
  return out;
}

}  // namespace

std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  const bool utf8 = base::is_utf8(name);
  for (const char c : name.substr(0, kMaxQuoted)) {
    const auto octet = static_cast<unsigned char>(c);
    out += octet < 0x20 || octet == 0x7F || (octet >= 0x80 && (!utf8 || name.size() > kMaxQuoted)) ? '?' : c;
  }
  return out + (name.size() > kMaxQuoted ? "…\"" : "\"");
}

std::string_view fault_of_name(std::string_view name) {
  if (name.empty()) return "has no name";
  if (!base::is_utf8(name)) return "has a name that is no UTF-8";
  if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
    return "has control characters in its name";
  if (name.find('\\') != std::string_view::npos) return "has a backslash in its name";
  if (name.front() == '/' || (name.size() > 1 && name[1] == ':')) return "has the name of a place outside";
  const std::string_view path = name.ends_with('/') ? name.substr(0, name.size() - 1) : name;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part.empty()) return "has an empty part in its name";
    if (part == "." || part == "..") return "has a name that leads elsewhere";
    at = end + 1;
  }
  return {};
}

std::vector<std::string> faults_of_names(const std::vector<ZipEntry>& entries) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& words) {
    if (out.size() < kMaxNameFaults) out.push_back(words);
  };
  std::map<std::u32string, const ZipEntry*> seen;
  for (const ZipEntry& entry : entries) {
    const std::string_view fault = fault_of_name(entry.name);
    if (!fault.empty()) {
      add("the file " + quoted_name(entry.name) + " " + std::string(fault));
      continue;
    }
    const auto [at, fresh] = seen.emplace(key_of(entry.name), &entry);
    if (fresh) continue;
    add(at->second->name == entry.name
            ? "the file " + quoted_name(entry.name) + " is in the archive twice"
            : "the files " + quoted_name(at->second->name) + " and " + quoted_name(entry.name) +
                  " have the same name where capitals, composed letters or dots at the end do not count");
  }
  return out;
}

}  // namespace segell::signer::ades
