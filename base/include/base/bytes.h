#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace segell::base {

/// Owned octets. Bytes go in as BytesView and come out as Bytes; no function keeps a view past its call unless it says
/// so.
using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

/// The octets of a text, borrowed.
inline BytesView as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// Octets seen as text, borrowed; no encoding is checked.
inline std::string_view as_text(BytesView bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The octets as OpenSSL and the like want them: a pointer to unsigned char, const unless they may be written.
template <class Octets>
auto* as_u8(Octets&& octets) noexcept {
  if constexpr (std::is_constructible_v<std::span<std::byte>, Octets&>) {
    return reinterpret_cast<std::uint8_t*>(std::span<std::byte>(octets).data());
  } else {
    return reinterpret_cast<const std::uint8_t*>(BytesView(octets).data());
  }
}

inline Bytes to_bytes(BytesView bytes) { return {bytes.begin(), bytes.end()}; }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline std::string to_text(BytesView bytes) { return std::string(as_text(bytes)); }

inline void append(Bytes& out, BytesView more) { out.insert(out.end(), more.begin(), more.end()); }
inline void append(Bytes& out, std::string_view more) { append(out, as_bytes(more)); }

/// Equal without telling by its running time where the first difference lies. Lengths are not secret.
bool equal_constant_time(BytesView a, BytesView b) noexcept;

}  // namespace segell::base
