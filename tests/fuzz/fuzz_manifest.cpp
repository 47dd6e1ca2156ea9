// Manifests and disclosures: what is accepted has one spelling.
#include "signer/ades/disclosure.h"

using namespace segell;
using namespace segell::signer::ades;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::BytesView octets(reinterpret_cast<const std::byte*>(data), size);
  if (const auto manifest = parse_manifest(octets))
    if (base::as_text(write_manifest(*manifest).value()) != base::as_text(octets)) __builtin_trap();
  if (const auto disclosure = parse_disclosure(octets)) {
    const auto again = write_disclosure(*disclosure);
    if (again && parse_disclosure(*again)->facts.size() != disclosure->facts.size()) __builtin_trap();
  }
  return 0;
}
