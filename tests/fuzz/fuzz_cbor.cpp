// CBOR from strangers: what is accepted is exactly what the writer makes of it.
#include "base/cbor.h"

#include <algorithm>

using namespace segell::base;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView octets(reinterpret_cast<const std::byte*>(data), size);
  const auto value = parse_cbor(octets);
  if (!value) return 0;
  const Bytes written = write_cbor(*value);
  if (!std::equal(written.begin(), written.end(), octets.begin(), octets.end())) __builtin_trap();
  return 0;
}
