#pragma once

#include <cstddef>

namespace segell::signer::pdf {

/// What one comparison of revisions may still spend on following appearances and metadata, whoever repeats them how
/// often: in steps of about an operator or eight octets decoded.
class Effort {
 public:
  /// False when there is not as much left; nothing is left then.
  bool spend(std::size_t steps) {
    const bool enough = steps <= m_left;
    m_left = enough ? m_left - steps : 0;
    return enough;
  }

 private:
  std::size_t m_left = 16'000'000;
};

}  // namespace segell::signer::pdf
