#include "pdf/lexer.h"

#include "signer/pdf/limits.h"

#include <algorithm>

// Arrays of references are read a reference at a time: most long arrays of a PDF are such.

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kLookedAhead = 64U << 10U;  ///< octets in which references are counted

}  // namespace

// /Fields and /Annots of a document with a thousand signatures hold a thousand references, in each of its revisions.
bool Lexer::common_reference(Array& out) {
  constexpr std::ptrdiff_t kDigits = 9;
  const char* const begin = m_text.data() + m_at;
  const char* const end = m_text.data() + m_text.size();
  const char* at = begin;
  const auto digits = [&](std::uint32_t& value) {
    const char* const first = at;
    for (; at != end && is_digit(*at) && at - first < kDigits; ++at) {
      value = value * 10 + static_cast<std::uint32_t>(*at - '0');
    }
    return at != first && at != end && *at++ == ' ';
  };
  Ref ref;
  if (!digits(ref.number) || !digits(ref.generation)) return false;
  if (end - at < 2 || *at++ != 'R' || class_of(*at) == CharClass::regular) return false;
  if (ref.number == 0 || ref.number > limits::kObjectNumber || ref.generation > 65535) return false;
  if (m_values == limits::kObjectValues) return false;
  ++m_values;
  const auto length = static_cast<std::size_t>(at - begin);
  if (out.empty()) out.reserve(references_ahead());
  out.emplace_back(ref).set_where({offset(), length});
  m_at += length;
  return true;
}

// How many references stand before the next bracket, as far as a window shows: room for them is made at once.
std::size_t Lexer::references_ahead() const noexcept {
  const auto ahead = m_text.substr(m_at, kLookedAhead);
  return static_cast<std::size_t>(std::ranges::count(ahead.substr(0, ahead.find(']')), 'R'));
}

base::Result<Object> Lexer::array(std::size_t depth) {
  Array items;
  ++m_at;
  while (peek() != ']') {
    if (common_reference(items)) continue;
    SEGELL_TRY(auto item, object(depth + 1));
    items.push_back(std::move(item));
  }
  ++m_at;
  return Object(std::move(items));
}

}  // namespace segell::signer::pdf
