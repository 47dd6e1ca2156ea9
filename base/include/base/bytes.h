#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

inline const std::uint8_t* as_u8(BytesView bytes) noexcept {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
inline std::uint8_t* as_u8(std::span<std::byte> bytes) noexcept {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

inline Bytes to_bytes(BytesView bytes) { return {bytes.begin(), bytes.end()}; }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline std::string to_text(BytesView bytes) { return std::string(as_text(bytes)); }

inline void append(Bytes& out, BytesView more) { out.insert(out.end(), more.begin(), more.end()); }
inline void append(Bytes& out, std::string_view more) { append(out, as_bytes(more)); }

/// Equal without telling by its running time where the first difference lies. Lengths are not secret.
bool equal_constant_time(BytesView a, BytesView b) noexcept;

}  // namespace segell::base
