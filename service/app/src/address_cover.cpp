#include "address_cover.h"

#include "fold_name.h"
#include "protection_kinds.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kLeastAddressLetters = 8;

/// One octet of what is compared, and where in the text it stands.
struct Folded {
  char folded;
  std::size_t begin;  ///< of the character that it comes from
  std::size_t end;
};

std::size_t length_of_character(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

/// Letters and digits of ASCII after folding, and all that is not ASCII: an address may be in another script.
bool is_compared(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// Signs between words that are no letters: U+0080 to U+00BF (« º ·), U+2000 to U+206F (dashes, quotes, blanks).
bool is_sign(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xC2';
  return character.size() == 3 && character[0] == '\xE2' && (character[1] == '\x80' || character[1] == '\x81');
}

std::vector<Folded> folded_of(std::string_view text) {
  std::vector<Folded> letters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_of_character(text, at);
    const std::string_view character = text.substr(at, length);
    if (!is_sign(character)) {
      for (const char c : fold_name(character)) {
        if (is_compared(c)) letters.push_back({c, at, at + length});
      }
    }
    at += length;
  }
  return letters;
}

}  // namespace

std::string address_letters(std::string_view text) {
  std::string folded;
  for (const Folded& letter : folded_of(text)) folded.push_back(letter.folded);
  return folded;
}

std::vector<std::string> address_lines(std::string_view address) {
  std::vector<std::string> lines;
  while (!address.empty()) {
    const auto end = std::min(address.find('\n'), address.size());
    std::string letters = address_letters(address.substr(0, end));
    address.remove_prefix(std::min(end + 1, address.size()));
    if (letters.empty()) continue;
    if (letters.size() < kLeastAddressLetters) return {};
    lines.push_back(std::move(letters));
  }
  return lines;
}

std::string address_token(std::string_view protection) {
  std::string tail(protection.substr(protection.size() - std::min<std::size_t>(4, protection.size())));
  for (char& c : tail) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return "A-" + tail;
}

base::Result<void> AddressCover::add(const storage::View& view, const base::PersonId& person) {
  SEGELL_TRY(const auto flags, view.protection_flags().live_of(person));
  for (const storage::ProtectionFlag& flag : flags) {
    const base::Json* address = flag.words.find("address");
    if (flag.kind != protection_kind::kAddress || address == nullptr || address->as_string() == nullptr) continue;
    for (std::string& line : address_lines(*address->as_string())) {
      m_places.push_back({std::move(line), address_token(flag.id.text())});
    }
  }
  // Where one way to write an address holds another, all of the longer one goes.
  std::sort(m_places.begin(), m_places.end(),
            [](const Place& a, const Place& b) { return a.letters.size() > b.letters.size(); });
  return base::ok();
}

std::string AddressCover::cover(std::string_view text) const {
  std::string now(text);
  for (const Place& place : m_places) {
    const std::vector<Folded> letters = folded_of(now);
    std::string folded;
    for (const Folded& letter : letters) folded.push_back(letter.folded);
    std::string covered;
    std::size_t done = 0;
    for (auto at = folded.find(place.letters); at != folded.npos; at = folded.find(place.letters, at)) {
      covered += now.substr(done, letters[at].begin - done);
      covered += "[" + place.token + "]";
      at += place.letters.size();
      done = letters[at - 1].end;
    }
    now = covered + now.substr(done);
  }
  return now;
}

base::Json AddressCover::cover_all(const base::Json& json) const {
  if (const std::string* text = json.as_string()) return cover(*text);
  if (const base::Json::Array* list = json.as_array()) {
    base::Json::Array covered;
    for (const base::Json& one : *list) covered.push_back(cover_all(one));
    return covered;
  }
  if (const base::Json::Object* members = json.as_object()) {
    base::Json covered = base::Json::object();
    for (const auto& [name, value] : *members) covered.set(name, cover_all(value));
    return covered;
  }
  return json;
}

}  // namespace segell::app
