// Certificates from strangers, DER and PEM: every fact can be asked for, and every text is UTF-8.
#include "base/certificate.h"
#include "base/encoding.h"

using namespace segell::base;

namespace {
void ask(const Certificate& certificate) {
  for (const std::string& text :
       {certificate.subject(), certificate.issuer(), certificate.common_name(), certificate.organisation(),
        certificate.serial_hex(), format_rfc3339(certificate.not_before())})
    if (!is_utf8(text)) __builtin_trap();
  if (certificate.issuer_der().empty() || certificate.serial_der().empty()) __builtin_trap();
  (void)certificate.is_self_issued();
  (void)certificate.public_key_der();
  (void)certificate.native_public_key();
  if (Certificate::parse_pem(to_pem(certificate)).value().front() != certificate) __builtin_trap();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView octets(reinterpret_cast<const std::byte*>(data), size);
  if (const auto certificate = Certificate::parse_der(octets)) ask(*certificate);
  if (const auto several = Certificate::parse_pem(as_text(octets)))
    for (const Certificate& certificate : *several) ask(certificate);
  return 0;
}
