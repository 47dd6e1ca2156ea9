#include "pdf/lexer.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <cstring>

// Arrays of references are read as one run of text: most long arrays of a PDF are such.

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kRoomAhead = 64U << 10U;  ///< octets of a list for which room is made at once
constexpr std::ptrdiff_t kDigits = 9;

/// Up to nine digits; `at` stands behind them.
bool digits(const char*& at, const char* end, std::uint32_t& value) {
  const char* const begin = at;
  const char* const last = end - at > kDigits ? at + kDigits : end;
  std::uint32_t digit = 0;
  for (; at != last && (digit = static_cast<std::uint32_t>(*at - '0')) <= 9; ++at) value = value * 10 + digit;
  return at != begin;
}

/// As nearly every reference goes on: its object was never freed.
constexpr std::string_view kNeverFreed = " 0 R";

bool never_freed(const char* at, const char* end) {
  return end - at > static_cast<std::ptrdiff_t>(kNeverFreed.size()) &&
         std::memcmp(at, kNeverFreed.data(), kNeverFreed.size()) == 0;
}

/// "12 0 R" and what shows that it ends there; `at` stands behind the R, or anywhere where there is none.
bool common_reference(const char*& at, const char* end, Ref& ref) {
  if (!digits(at, end, ref.number)) return false;
  if (never_freed(at, end)) {
    at += kNeverFreed.size();
  } else {
    if (at == end || *at++ != ' ' || !digits(at, end, ref.generation)) return false;
    if (end - at < 3 || *at++ != ' ' || *at++ != 'R') return false;
  }
  return class_of(*at) != CharClass::regular && ref.number != 0 && ref.number <= limits::kObjectNumber &&
         ref.generation <= 65535;
}

}  // namespace

// /Fields and /Annots of a document with a thousand signatures hold a thousand references, in each of its revisions.
void Lexer::common_references(Array& out) {
  const char* const begin = m_text.data();
  const char* const end = begin + m_text.size();
  const char* next = begin + m_at;
  std::size_t room = limits::kObjectValues - std::min(m_values, limits::kObjectValues);
  for (const char* at = next; room != 0; at = next, --room) {
    Ref ref;
    if (!common_reference(at, end, ref)) break;
    const auto length = static_cast<std::size_t>(at - next);
    if (out.empty()) out.reserve(room_ahead(length + 1));
    out.emplace_back(ref).set_where({m_base + static_cast<std::uint64_t>(next - begin), length});
    next = *at == ' ' ? at + 1 : at;
  }
  m_values = limits::kObjectValues - room;
  m_at = static_cast<std::size_t>(next - begin);
}

// How many items of this length stand before the next bracket, as far as a window shows.
std::size_t Lexer::room_ahead(std::size_t item) const noexcept {
  const auto ahead = m_text.substr(m_at, kRoomAhead);
  return std::min(ahead.find(']'), ahead.size()) / item + 1;
}

base::Result<Object> Lexer::array(std::size_t depth) {
  Array items;
  ++m_at;
  while (peek() != ']') {
    const std::size_t before = items.size();
    common_references(items);
    if (items.size() != before) continue;
    SEGELL_TRY(auto item, object(depth + 1));
    items.push_back(std::move(item));
  }
  ++m_at;
  return Object(std::move(items));
}

}  // namespace segell::signer::pdf
