#pragma once

#include <cstdint>

namespace segell::signer::pdf {

inline constexpr std::int64_t kSignatureFlags = 3;  ///< SignaturesExist, AppendOnly (ISO 32000-1, table 219)
inline constexpr double kTolerance = 0.01;          ///< points that a rectangle may stand out for rounding

}  // namespace segell::signer::pdf
