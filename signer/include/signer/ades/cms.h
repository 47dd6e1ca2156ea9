#pragma once

#include "base/bytes.h"
#include "base/certificate.h"
#include "base/result.h"
#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// Digests that a signature of the last decades may name; which of them may still be relied on is the policy's to say.
/// SHAKE256 is that of 512 bits, which Ed448 uses (RFC 8419).
enum class Digest {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha512_256,
  sha3_224,
  sha3_256,
  sha3_384,
  sha3_512,
  shake256
};
std::string_view to_string(Digest digest) noexcept;  ///< "SHA-256" …

/// How a signature value is checked; `unknown` is a signature that this program cannot judge.
enum class SignatureMethod { rsa_pkcs1, rsa_pss, ecdsa, ed25519, ed448, unknown };

/// A certificate that a signature names for itself: signing-certificate (RFC 2634 5.4) or -v2 (RFC 5035 section 3).
struct CertificateReference {
  std::optional<Digest> digest;  ///< nothing: an algorithm that is not known here
  base::Bytes hash;
  base::Bytes issuer;  ///< the Name; empty without issuerSerial
  base::Bytes serial;  ///< the complete INTEGER element; empty without issuerSerial
};

/// A signature policy that a signer names (signature-policy-identifier, EN 319 122-1 5.2.9.1).
struct NamedPolicy {
  std::string oid{};               ///< dotted
  std::optional<Digest> digest{};  ///< nothing: none given, or an algorithm that is not known here
  base::Bytes hash{};              ///< of the policy's document; empty where the signer gave none
  bool readable = true;            ///< false: the attribute stands, and cannot be read
};

/// A CMS SignedData (RFC 5652) with exactly one signer, read from BER or DER and not yet believed. Owns its parts.
struct CmsMessage {
  std::string content_type;               ///< eContentType, dotted
  std::optional<base::Bytes> content;     ///< eContent; nothing when detached
  std::vector<base::Bytes> certificates;  ///< complete DER, as embedded
  std::vector<base::Bytes> crls;          ///< of the CMS itself and of its attributes with revocation data
  std::vector<base::Bytes> ocsp;          ///< BasicOCSPResponses (RFC 6960 4.2.1) of the same places
  std::size_t length = 0;                 ///< octets of the message; what follows is padding

  // The signer
  base::Bytes issuer, serial;  ///< Name and complete INTEGER element; empty when the signer is named by key id
  base::Bytes key_id;
  std::string digest_algorithm;  ///< dotted
  std::optional<Digest> digest;  ///< digestAlgorithm; nothing: one that is not known here
  bool has_signed_attributes = false;
  base::Bytes signed_attributes;  ///< the DER SET OF that was signed: original octets under tag 0x31
  bool attributes_sorted = true;  ///< in DER order, as CMS requires
  std::vector<std::string> attribute_types;
  std::string attribute_content_type;  ///< dotted, empty when absent
  std::optional<base::Bytes> message_digest;
  std::optional<base::Instant> signing_time;        ///< claimed (RFC 5652 11.3); nothing when absent or unreadable
  std::vector<CertificateReference> references;     ///< signing-certificate-v2; the first is the signer's
  std::vector<CertificateReference> references_v1;  ///< signing-certificate, SHA-1; the first is the signer's
  std::optional<NamedPolicy> policy;                ///< nothing: none named, or an implied one
  std::string signature_algorithm;                  ///< dotted
  SignatureMethod method = SignatureMethod::unknown;
  std::optional<Digest> method_digest;  ///< the digest that signatureAlgorithm itself names
  std::optional<Digest> mask_digest;    ///< PSS: MGF1's
  int version = 0;                      ///< of the SignedData
  int version_due = 0;                  ///< what its parts make it (RFC 5652 5.1)
  bool digest_listed = true;            ///< digestAlgorithms of the SignedData names the signer's
  bool protection_fits = true;          ///< CMSAlgorithmProtection (RFC 6211), where it stands, names the same
  int salt_length = 20;                 ///< PSS
  base::Bytes signature;
  std::vector<base::Bytes> timestamps;          ///< complete tokens of id-aa-timeStampToken
  std::vector<base::Bytes> archive_timestamps;  ///< complete tokens of id-aa-ets-archiveTimestampV3
  /// Others' signatures over this one's value (RFC 5652 11.4), without content type, content and certificates: those
  /// are the message's. At most four stand in one another.
  std::vector<CmsMessage> counter_signatures;
  std::size_t unread_counter_signatures = 0;  ///< malformed, or too deep in one another

  [[nodiscard]] bool has_reference() const { return !references.empty() || !references_v1.empty(); }
  /// digestAlgorithm, signatureAlgorithm and its parameters name the same digest (RFC 4056, RFC 5754, RFC 8419).
  [[nodiscard]] bool algorithms_agree() const;
};

/// Bounds: 4 MiB, 64 certificates, 64 CRLs, 64 attributes, 16 timestamps.
inline constexpr std::size_t kMaxCmsBytes = 4u << 20;

/// Errors: malformed "cms.malformed", "cms.not-signed-data", "cms.signer-count", "cms.attribute" (a required-once
/// attribute twice or with two values); limit_exceeded "cms.too-large".
base::Result<CmsMessage> parse_cms(base::BytesView octets);

/// A SignedData with any number of signers, as CMS and CAdES have it outside of PDF.
struct CmsSignatures {
  bool has_content = false;              ///< enveloping; else what was signed lies elsewhere
  std::vector<base::BytesView> content;  ///< eContent in its order, borrowed from the octets that were parsed
  std::vector<CmsMessage> signers;       ///< one message for each SignerInfo, in their order; none carries the content
  std::size_t length = 0;                ///< octets of the message
};

/// Bounds: those of parse_cms apart from `max_bytes`; 32 signers, 65,536 pieces of content. Errors: those of parse_cms;
/// a message without any signer is "cms.signer-count".
base::Result<CmsSignatures> parse_cms_signers(base::BytesView octets, std::size_t max_bytes);

/// A signature of the legacy form adbe.x509.rsa_sha1 (ISO 32000-1, 12.8.3.2) as a message: `contents` is the DER OCTET
/// STRING of a PKCS#1 v1.5 signature without attributes, the first certificate the signer's. The digest is the one that
/// the signature itself names under that certificate's key, SHA-1 where it names none. Errors: malformed
/// "cms.malformed", limit_exceeded "cms.too-large".
base::Result<CmsMessage> read_x509_rsa(base::BytesView contents, std::vector<base::Bytes> certificates);

/// True when the certificate is the one that the SignerInfo names by issuer and serial number or by key id.
bool names_signer(const CmsMessage& message, const base::Certificate& certificate);

/// True when the reference's hash, and its issuerSerial where it has one, are this certificate's. Names are compared as
/// RFC 5280 7.1 does where their octets differ: signers encode them anew.
bool refers_to(const CertificateReference& reference, const base::Certificate& certificate);

enum class SignatureCheck { fits, does_not_fit, cannot_judge };

/// The signature value against the certificate's key: over the signed attributes, or without them over
/// `content_digest` (which EdDSA cannot: it signs content, not its digest).
SignatureCheck check_signature_value(const CmsMessage& message, const base::Certificate& signer,
                                     base::BytesView content_digest);

/// Bits of the key as policies count them: RSA modulus, curve order.
int key_bits(const base::Certificate& certificate);

}  // namespace segell::signer::ades
