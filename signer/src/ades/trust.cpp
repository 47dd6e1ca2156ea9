#include "signer/ades/trust.h"

#include "base/openssl_ptr.h"
#include "ocsp.h"

#include <openssl/pem.h>

#include <algorithm>

namespace segell::signer::ades {
namespace {

struct FreePem {
  void operator()(void* memory) const { OPENSSL_free(memory); }
};

}  // namespace

base::Result<void> TrustMaterial::add_pem(std::string_view pem) {
  base::clear_openssl_errors();
  const base::BioPtr in = base::source_of(base::as_bytes(pem.substr(0, std::size_t{64} << 20)));
  std::size_t found = 0;
  for (;;) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (PEM_read_bio(in.get(), &name, &header, &data, &size) != 1) break;
    const std::unique_ptr<void, FreePem> name_owner(name), header_owner(header), data_owner(data);
    const base::BytesView der{reinterpret_cast<const std::byte*>(data), static_cast<std::size_t>(size)};
    const std::string_view kind(name);
    if (kind == PEM_STRING_X509 || kind == PEM_STRING_X509_OLD) {
      SEGELL_TRY(auto certificate, base::Certificate::parse_der(der));
      if (std::find(anchors.begin(), anchors.end(), certificate) == anchors.end())
        anchors.push_back(std::move(certificate));
      ++found;
    } else if (kind == PEM_STRING_X509_CRL) {
      crls.push_back(base::to_bytes(der));
      ++found;
    } else if (kind == "OCSP RESPONSE" && basic_ocsp_of(der)) {
      ocsp_responses.push_back(base::to_bytes(der));
      ++found;
    }
  }
  base::clear_openssl_errors();
  if (found == 0)
    return base::fail(base::Code::malformed, "trust.nothing-found", "no certificate and no revocation data in PEM form",
                      "openssl x509 -inform DER -in FILE -out FILE.pem converts a binary certificate");
  return base::ok();
}

base::Result<void> TrustMaterial::add_der(base::BytesView der) {
  if (auto certificate = base::Certificate::parse_der(der)) {
    if (std::find(anchors.begin(), anchors.end(), *certificate) == anchors.end())
      anchors.push_back(*std::move(certificate));
    return base::ok();
  }
  base::clear_openssl_errors();
  if (basic_ocsp_of(der)) {
    ocsp_responses.push_back(base::to_bytes(der));
    return base::ok();
  }
  const std::uint8_t* at = base::as_u8(der);
  const base::X509CrlPtr list(
      d2i_X509_CRL(nullptr, &at, static_cast<long>(std::min<std::size_t>(der.size(), 64U << 20U))));
  base::clear_openssl_errors();
  if (!list || at != base::as_u8(der) + der.size())
    return base::fail(base::Code::malformed, "trust.nothing-found", "no certificate and no revocation data");
  crls.push_back(base::to_bytes(der));
  return base::ok();
}

base::Sha256 TrustMaterial::fingerprint() const {
  std::vector<base::Sha256> digests;
  for (const base::Certificate& anchor : anchors) digests.push_back(anchor.fingerprint());
  for (const base::Bytes& crl : crls) digests.push_back(base::sha256(crl));
  for (const base::Bytes& response : ocsp_responses) digests.push_back(base::sha256(response));
  std::sort(digests.begin(), digests.end());
  base::Bytes all;
  for (const base::Sha256& digest : digests) base::append(all, digest);
  return base::sha256(all);
}

}  // namespace segell::signer::ades
