#include "signer/ink/iso19794.h"

#include <cstdint>
#include <cstdlib>

// What is read as a record is written again octet for octet: the form has no two spellings.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  using namespace segell::signer;
  const base::BytesView octets{reinterpret_cast<const std::byte*>(data), size};
  const auto record = ink::parse_iso_2007(octets);
  if (!record) return 0;
  const auto again = ink::write_iso_2007(*record);
  if (!again || !std::equal(again->begin(), again->end(), octets.begin(), octets.end())) std::abort();
  return 0;
}
