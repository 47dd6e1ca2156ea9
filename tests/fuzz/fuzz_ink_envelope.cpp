#include "signer/ink/envelope.h"

#include <cstdint>

// The outside of an envelope. Seed: the one of `envelope`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  (void)signer::ink::read_recipients({reinterpret_cast<const std::byte*>(data), size}, nullptr);
  return 0;
}
