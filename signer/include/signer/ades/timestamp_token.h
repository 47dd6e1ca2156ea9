#pragma once

#include "base/certificate.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// An RFC 3161 TimeStampToken, read and not yet believed: a CMS SignedData with exactly one signer around a TSTInfo.
/// Cheap to copy.
class TimestampToken {
 public:
  static constexpr std::size_t kMaxBytes = 256 * 1024;

  /// Zero octets behind the token are refused here; a caller that reads /Contents trims its padding first. Errors:
  /// malformed "timestamp.malformed", limit_exceeded "timestamp.too-large", unsupported "timestamp.digest" (an
  /// imprint that is not SHA-256, SHA-384 or SHA-512).
  static base::Result<TimestampToken> parse(base::BytesView der);

  [[nodiscard]] base::BytesView der() const;
  [[nodiscard]] base::Instant time() const;  ///< genTime
  [[nodiscard]] std::optional<base::Microseconds> accuracy() const;
  [[nodiscard]] base::HashAlgorithm imprint_algorithm() const;
  [[nodiscard]] base::BytesView imprint() const;
  [[nodiscard]] const std::string& policy() const;      ///< dotted object identifier
  [[nodiscard]] const std::string& serial_hex() const;  ///< lower case
  [[nodiscard]] base::BytesView nonce() const;  ///< octets of the INTEGER without leading zeros; empty when absent
  [[nodiscard]] const std::vector<base::Certificate>& certificates() const;  ///< as embedded, in their order

 private:
  struct Content;
  friend struct TimestampTokenAccess;
  explicit TimestampToken(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
  std::shared_ptr<const Content> m_content;
};

/// What cryptography alone says about a token. Anchors, validity and revocation are path validation's.
struct TimestampSignature {
  std::optional<base::Certificate> signer;  ///< found among the token's or the extra certificates
  bool attributes_fit = false;  ///< content-type is id-ct-TSTInfo, message-digest is the digest of the TSTInfo
  bool signature_fits = false;  ///< the signature value over the signed attributes
  bool bound = false;           ///< signing-certificate(-v2) names the signer: hash, and issuerSerial where present
  bool usage_fits = false;      ///< extended key usage is critical and timeStamping alone (RFC 3161 2.3)
  std::string detail;           ///< the first fault in words, lower case; empty when all hold

  [[nodiscard]] bool holds() const { return signer && attributes_fit && signature_fits && bound && usage_fits; }
};

TimestampSignature check_timestamp_signature(const TimestampToken& token,
                                             std::span<const base::Certificate> extra = {});

/// True when the token's imprint is the digest of these octets.
bool timestamp_covers(const TimestampToken& token, base::BytesView octets);

}  // namespace segell::signer::ades
