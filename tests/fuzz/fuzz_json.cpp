// JSON from strangers: what is accepted can be written, read again, and has one canonical form.
#include "base/json.h"

using namespace segell::base;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = parse_json({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  if (!parse_json(write_json(*value), {.max_bytes = std::size_t{1} << 24})) __builtin_trap();
  if (const auto canonical = write_canonical_json(*value)) {
    const auto again = parse_json(*canonical, {.max_bytes = std::size_t{1} << 24});
    if (!again) __builtin_trap();
    // An integer that was written as a fraction may come back beyond 2^53, and has no canonical form then.
    if (const auto twice = write_canonical_json(*again); twice && *twice != *canonical) __builtin_trap();
  }
  return 0;
}
