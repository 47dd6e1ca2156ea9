#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <string>
#include <vector>

struct x509_st;      // OpenSSL's X509
struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace segell::base {

/// An X.509 certificate (RFC 5280), immutable and cheap to copy: copies share it. Reading one says nothing about
/// trusting it.
class Certificate {
 public:
  /// Exactly one DER certificate, nothing behind it. Error: malformed, "certificate.malformed".
  static Result<Certificate> parse_der(BytesView der);
  /// All CERTIFICATE blocks of a PEM text; other blocks are passed over. Error: malformed; none at all is an error too.
  static Result<std::vector<Certificate>> parse_pem(std::string_view pem);

  [[nodiscard]] BytesView der() const;
  [[nodiscard]] const Sha256& fingerprint() const;  ///< SHA-256 of der()
  [[nodiscard]] std::string subject() const;        ///< RFC 4514 text
  [[nodiscard]] std::string issuer() const;
  [[nodiscard]] std::string common_name() const;   ///< empty when absent
  [[nodiscard]] std::string organisation() const;  ///< empty when absent
  [[nodiscard]] std::string serial_hex() const;    ///< lower case, no leading zero octets
  [[nodiscard]] Instant not_before() const;
  [[nodiscard]] Instant not_after() const;
  [[nodiscard]] bool is_self_issued() const;

  [[nodiscard]] BytesView issuer_der() const;   ///< the Name, for CMS IssuerAndSerialNumber
  [[nodiscard]] BytesView serial_der() const;   ///< the complete INTEGER element
  [[nodiscard]] BytesView subject_der() const;  ///< the Name
  [[nodiscard]] Bytes public_key_der() const;   ///< SubjectPublicKeyInfo

  /// Borrowed, valid as long as this object or a copy of it; for base and signer sources only.
  [[nodiscard]] x509_st* native() const;
  [[nodiscard]] evp_pkey_st* native_public_key() const;

  bool operator==(const Certificate& other) const { return fingerprint() == other.fingerprint(); }

 private:
  struct Content;
  explicit Certificate(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
  std::shared_ptr<const Content> m_content;
};

std::string to_pem(const Certificate& certificate);

}  // namespace segell::base
