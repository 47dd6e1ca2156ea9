#include "signer/ades/cms.h"

#include <cstdint>

// Seeds: openssl cms -sign -cades (DER), and -stream -nodetach -keyid (BER).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  const auto message = signer::ades::parse_cms({reinterpret_cast<const std::byte*>(data), size});
  if (!message) return 0;
  for (const base::Bytes& der : message->certificates) {
    const auto certificate = base::Certificate::parse_der(der);
    if (!certificate) continue;
    (void)signer::ades::names_signer(*message, *certificate);
    for (const auto& reference : message->references) (void)signer::ades::refers_to(reference, *certificate);
    (void)signer::ades::check_signature_value(*message, *certificate, der);
  }
  return 0;
}
