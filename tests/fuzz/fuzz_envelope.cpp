#include "custody_envelope.h"

#include <cstdint>

// Seed: openssl cms -encrypt -aes-256-cbc to the custodian and the reserve of the example PKI.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  const auto facts = app::parse_envelope({reinterpret_cast<const std::byte*>(data), size});
  if (facts) (void)app::check_recipients(*facts, {});
  return 0;
}
