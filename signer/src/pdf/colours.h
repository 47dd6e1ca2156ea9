#pragma once

#include <span>

namespace segell::signer::pdf {

/// How bright a colour of a device's own space is, of one, three or four numbers (ISO 32000-1, 8.6.4): 0 black, 1
/// white.
inline double luminance(std::span<const double> n) {
  if (n.size() == 1) return n[0];
  if (n.size() == 3) return 0.3 * n[0] + 0.59 * n[1] + 0.11 * n[2];
  return n.size() == 4 ? (1 - n[3]) * (1 - 0.3 * n[0] - 0.59 * n[1] - 0.11 * n[2]) : 1;
}

}  // namespace segell::signer::pdf
