#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace segell::app {

/// Ink as a page sends it: a 1-bit picture, zlib of packed rows (signer/ink/picture.h).
struct PictureInput {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  base::Bytes zlib;  ///< decoded from base64
};

}  // namespace segell::app
