#pragma once

#include "base/bytes.h"

#include <array>
#include <span>

namespace segell::base {

/// Fills from the operating system's generator through OpenSSL. A generator that fails leaves nothing safe to do:
/// throws std::runtime_error (never returns weak bytes).
void fill_random(std::span<std::byte> out);

template <std::size_t N>
std::array<std::byte, N> random_array() {
  std::array<std::byte, N> out;
  fill_random(out);
  return out;
}

inline Bytes random_bytes(std::size_t count) {
  Bytes out(count);
  fill_random(out);
  return out;
}

}  // namespace segell::base
