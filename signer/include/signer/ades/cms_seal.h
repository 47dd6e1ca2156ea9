#pragma once

#include "base/certificate.h"
#include "base/result.h"
#include "base/signing_key.h"
#include "base/time.h"

#include <optional>
#include <span>
#include <vector>

namespace segell::signer::ades {

/// What a CMS says apart from the signature itself: prepared once for an identity and used for many seals.
class CmsSigner {
 public:
  /// The chain goes into the CMS behind the certificate. Each scheme has one digest for content and attributes
  /// (base::content_hash_of). Cannot fail for the schemes of today.
  static base::Result<CmsSigner> make(const base::Certificate& certificate, std::span<const base::Certificate> chain,
                                      base::SignatureScheme scheme);

  /// Of the content: what CmsToBeSigned takes.
  [[nodiscard]] base::HashAlgorithm digest_algorithm() const { return m_digest; }
  /// An upper bound of the size of the finished CMS, without a timestamp.
  [[nodiscard]] std::size_t max_size() const;

 private:
  friend class CmsToBeSigned;
  friend class SignedCms;
  base::Bytes m_certificates;         // the [0] IMPLICIT element
  base::Bytes m_signer_id;            // IssuerAndSerialNumber
  base::Bytes m_signing_certificate;  // the complete signing-certificate-v2 Attribute
  base::Bytes m_signature_algorithm;  // AlgorithmIdentifier
  base::Bytes m_digest_algorithm;     // AlgorithmIdentifier
  base::HashAlgorithm m_digest = base::HashAlgorithm::sha256;
  std::size_t m_signature_size = 0;
};

/// Signed CMS: detached or enveloping SignedData (RFC 5652) as CAdES baseline B-B (EN 319 122-1) has it.
class SignedCms {
 public:
  [[nodiscard]] const base::Bytes& der() const { return m_der; }
  /// What a signature timestamp covers: the octets of the SignerInfo's signature.
  [[nodiscard]] base::BytesView signature_value() const { return m_signature; }
  /// The same with the token as unsigned attribute id-aa-timeStampToken: CAdES B-T (EN 319 122-1 5.3).
  [[nodiscard]] base::Bytes with_timestamp(base::BytesView token) const;

 private:
  friend class CmsToBeSigned;
  SignedCms() = default;
  base::Bytes assemble(base::BytesView unsigned_attributes) const;
  base::Bytes m_content;  // the eContent element; empty when detached
  base::Bytes m_certificates, m_digest_algorithm, m_signer_head, m_signature, m_der;
};

/// The signed attributes over a document digest: content-type, message-digest and signing-certificate-v2 (ESSCertIDv2,
/// SHA-256, with issuerSerial as RFC 5035 section 4 advises), and nothing else: no signing-time in PAdES (EN 319 142-1
/// 6.3 wants it in /M), one in CAdES (EN 319 122-1 6.3 demands it).
class CmsToBeSigned {
 public:
  /// The content's digest by the signer's digest_algorithm().
  CmsToBeSigned(const CmsSigner& signer, base::BytesView message_digest,
                std::optional<base::Instant> signing_time = {});
  CmsToBeSigned(CmsToBeSigned&&) = default;
  CmsToBeSigned& operator=(CmsToBeSigned&&) = default;

  /// The DER SET OF that SigningKey::sign takes (RFC 5652 5.4).
  [[nodiscard]] base::BytesView octets() const { return m_attributes; }
  /// Error: invalid_argument "cms.signature-size" for an empty or oversized signature. Whether the signature fits the
  /// certificate is not checked here: a seal that nobody can verify shows at the first verification.
  base::Result<SignedCms> complete(base::BytesView signature) &&;
  /// The same with the content inside (enveloping). It must be what message_digest was made of; it is copied.
  base::Result<SignedCms> complete_around(base::BytesView content, base::BytesView signature) &&;

 private:
  CmsSigner m_signer;
  base::Bytes m_attributes;
};

}  // namespace segell::signer::ades
