// .tlog-proof texts: what is read is written back the same, and nothing verifies that the log did not sign.
#include "journal/proof_file.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell::journal;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const VerifierKey kNobody = *VerifierKey::make("nobody.example", segell::base::Bytes(32));
  if (const auto file = parse_proof_file(text)) {
    if (write_proof_file(*file) != text) std::abort();
    if (verify_proof_file(*file, {}, kNobody)) std::abort();
  }
  return 0;
}
