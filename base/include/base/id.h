#pragma once

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"

#include <array>
#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace segell::base {

/// 26 characters of Crockford's base32 in lower case (no i, l, o, u) for 128 bits, most significant first; the first
/// character is 0..7.
std::string format_id(const std::array<std::byte, 16>& bits);
/// Lower case only: an identifier has one spelling. Error: malformed, "id.malformed".
Result<std::array<std::byte, 16>> parse_id(std::string_view text);

/// A random 128-bit identifier that cannot be mixed up with another kind: `using DocumentId = Id<struct DocumentTag>;`.
template <class Tag>
class Id {
 public:
  static constexpr std::size_t kSize = 16;

  Id() = default;  ///< all zero: "none"
  explicit Id(const std::array<std::byte, kSize>& bits) : m_bits(bits) {}

  static Id make() { return Id(random_array<kSize>()); }
  static Result<Id> parse(std::string_view text) {
    SEGELL_TRY(auto bits, parse_id(text));
    return Id(bits);
  }
  /// From exactly 16 octets. Error: malformed.
  static Result<Id> from_bytes(BytesView bytes) {
    if (bytes.size() != kSize) return fail(Code::malformed, "id.malformed", "an identifier has 16 octets");
    Id id;
    std::copy(bytes.begin(), bytes.end(), id.m_bits.begin());
    return id;
  }

  [[nodiscard]] BytesView bytes() const { return m_bits; }
  [[nodiscard]] std::string text() const { return format_id(m_bits); }
  [[nodiscard]] bool is_none() const { return *this == Id(); }

  auto operator<=>(const Id&) const = default;

 private:
  std::array<std::byte, kSize> m_bits{};
};

using TenantId = Id<struct TenantTag>;
using PersonId = Id<struct PersonTag>;
using DocumentId = Id<struct DocumentTag>;

}  // namespace segell::base

template <class Tag>
struct std::hash<segell::base::Id<Tag>> {
  std::size_t operator()(const segell::base::Id<Tag>& id) const noexcept {
    std::size_t value = 0;  // the bits are random already
    for (int i = 0; i < 8; ++i)
      value = value << 8 | std::to_integer<std::size_t>(id.bytes()[static_cast<std::size_t>(i)]);
    return value;
  }
};
