#pragma once

#include <algorithm>
#include <span>

namespace segell::signer::pdf {

/// How bright a colour of a device's own space is, of one, three or four numbers (ISO 32000-1, 8.6.4): 0 black, 1
/// white.
inline double luminance(std::span<const double> n) {
  const auto part = [&](std::size_t at) { return std::clamp(n[at], 0.0, 1.0); };  // the nearest value that there is
  if (n.size() == 1) return part(0);
  if (n.size() == 3) return 0.3 * part(0) + 0.59 * part(1) + 0.11 * part(2);
  return n.size() == 4 ? (1 - part(3)) * (1 - 0.3 * part(0) - 0.59 * part(1) - 0.11 * part(2)) : 1;
}

}  // namespace segell::signer::pdf
