// Ink pictures: two octets each of width and height, then zlib data.
#include "signer/ink/picture.h"

using namespace segell;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::uint32_t width = data[0] * 256U + data[1];
  const std::uint32_t height = data[2] * 256U + data[3];
  const auto picture =
      signer::ink::Picture::parse_zlib(width, height, {reinterpret_cast<const std::byte*>(data + 4), size - 4});
  if (picture && picture->rows().size() != (width + 7) / 8 * height) __builtin_trap();
  return 0;
}
