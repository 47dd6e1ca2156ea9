#pragma once

#include "base/encoding.h"
#include "base/json.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace segell::signer::ades {

// Reads the members of one JSON object strictly: each is taken once by name and kind, and nothing may be left over.
// Every miss is the same failure, because a file that differs in one member is not ours at all.
class MemberReader {
 public:
  MemberReader(const base::Json& json, std::string_view reason) : m_object(json.as_object()), m_reason(reason) {}

  [[nodiscard]] base::Failure failure(std::string_view what) const {
    return base::fail(base::Code::malformed, m_reason, "member " + std::string(what) + " is missing or wrong");
  }

  base::Result<const base::Json*> member(std::string_view name) {
    if (m_object)
      for (const auto& [key, value] : *m_object)
        if (key == name) {
          ++m_taken;
          return &value;
        }
    return failure(name);
  }
  base::Result<std::string> text(std::string_view name) {
    SEGELL_TRY(const base::Json* value, member(name));
    if (const auto* string = value->as_string()) return *string;
    return failure(name);
  }
  base::Result<std::uint64_t> count(std::string_view name) {
    SEGELL_TRY(const base::Json* value, member(name));
    if (const auto* number = value->as_int(); number && *number >= 0) return static_cast<std::uint64_t>(*number);
    return failure(name);
  }
  template <std::size_t N>
  base::Result<std::array<std::byte, N>> hex(std::string_view name) {
    SEGELL_TRY(const std::string digits, text(name));
    return octets<N>(base::from_hex(digits), name);
  }
  template <std::size_t N>
  base::Result<std::array<std::byte, N>> base64url(std::string_view name) {
    SEGELL_TRY(const std::string digits, text(name));
    return octets<N>(base::from_base64url(digits), name);
  }
  base::Result<const base::Json::Array*> array(std::string_view name) {
    SEGELL_TRY(const base::Json* value, member(name));
    if (const auto* items = value->as_array()) return items;
    return failure(name);
  }
  // Call last: an object with more members than were taken is refused.
  [[nodiscard]] base::Result<void> finish() const {
    if (m_object && m_object->size() == m_taken) return base::ok();
    return failure("(any other)");
  }

 private:
  template <std::size_t N>
  base::Result<std::array<std::byte, N>> octets(const base::Result<base::Bytes>& decoded, std::string_view name) const {
    if (!decoded || decoded->size() != N) return failure(name);
    std::array<std::byte, N> out;
    std::copy(decoded->begin(), decoded->end(), out.begin());
    return out;
  }

  const base::Json::Object* m_object;
  std::string_view m_reason;
  std::size_t m_taken = 0;
};

// A closed set of words, indexed by the enumerator's value.
template <class Enum, std::size_t N>
base::Result<Enum> parse_word(const std::array<std::string_view, N>& words, std::string_view word,
                              std::string_view reason) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return base::fail(base::Code::malformed, reason, "an unknown word");
  return static_cast<Enum>(found - words.begin());
}

}  // namespace segell::signer::ades
