#pragma once

#include "base/certificate.h"
#include "base/time.h"
#include "signer/ades/cms.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace segell::signer::ades {

/// What tells which CRLs continue one another (RFC 5280 5.2.3, 5.2.4).
struct ListFacts {
  base::Bytes scope;   ///< issuer, issuingDistributionPoint, authorityKeyIdentifier: the same for a list and its deltas
  base::Bytes number;  ///< CRLNumber without leading zeros; empty where it has none
  std::optional<base::Bytes> base_number{};  ///< of a delta: the list that it changes has this number, or a later one
  bool lifts = false;                        ///< of a delta: the certificate is not listed any more (removeFromCRL)

  /// Whether this delta can be put on that list: no change between the two is missing, and it is the later one.
  [[nodiscard]] bool continues(const ListFacts& list) const;
};
/// As numbers.
bool is_less(const base::Bytes& a, const base::Bytes& b);

/// What one CRL or one OCSP response says about one certificate.
struct RevocationAnswer {
  enum class State {
    silent,     ///< it is about other certificates
    unusable,   ///< it is about this one and cannot be believed: `reason` says why
    good,       ///< not revoked, for every reason
    partly,     ///< not revoked for some reasons; the others are not looked at (onlySomeReasons)
    undecided,  ///< the responder does not know the certificate
    revoked
  };
  State state = State::silent;
  std::optional<base::Instant> revoked_at;
  bool on_hold = false;  ///< reason certificateHold: it may come back
  std::string reason;    ///< of the revocation, or why it cannot be used
  base::Instant issued;  ///< thisUpdate
  std::optional<base::Instant> valid_until;
  /// Certificates that ended then or later are still answered for, as it says itself (expiredCertsOnCRL,
  /// archiveCutoff).
  std::optional<base::Instant> keeps_since;
  std::optional<base::Certificate> signer;  ///< of the answer itself
  std::optional<Digest> digest;             ///< of its signature
  SignatureMethod method = SignatureMethod::unknown;
  /// Of a CRL that holds. A delta alone answers `revoked` or, since it says only what changed, `unusable`.
  std::optional<ListFacts> list{};
};

/// Whom an answer may come from, besides the issuer itself.
class RevocationAuthorities {
 public:
  virtual ~RevocationAuthorities() = default;
  /// Certificates at hand, believed or not.
  [[nodiscard]] virtual std::span<const base::Certificate> candidates() const = 0;
  /// True when the certificate has a path, of algorithms that are relied on, to the anchor of what is asked about (RFC
  /// 5280 6.3.3 (f)), to one of that name, or to one above or below it: another authority may bear the issuer's name.
  [[nodiscard]] virtual bool is_anchored(const base::Certificate& certificate) const = 0;
};

/// A CRL or an OCSP response, read and not yet believed. Shared, thread-safe.
class RevocationData {
 public:
  virtual ~RevocationData() = default;
  /// `issuer` is the certificate above in the path.
  [[nodiscard]] virtual RevocationAnswer ask(const base::Certificate& certificate, const base::Certificate& issuer,
                                             const RevocationAuthorities& authorities) const = 0;
};
using RevocationDataPtr = std::shared_ptr<const RevocationData>;

/// RFC 5280 section 5. Error: malformed, or unsupported with what it is in words (for attribute certificates, an
/// unknown critical extension, a delta without numbers).
base::Result<RevocationDataPtr> read_crl(base::BytesView der);
/// A BasicOCSPResponse (RFC 6960 4.2.1). Error: malformed, or unsupported for an unknown critical extension.
base::Result<RevocationDataPtr> read_ocsp(base::BytesView basic_response);

/// The same, and the nonce of the request that it answers; empty where it carries none.
struct OcspFacts {
  RevocationDataPtr data;
  base::Bytes nonce;
};
base::Result<OcspFacts> read_ocsp_facts(base::BytesView basic_response);

/// Remembers what a costly question about a certificate answered. Thread-safe, bounded.
class AnswerCache {
 public:
  template <class Ask>
  bool get(const base::Certificate& certificate, const Ask& ask) const {
    {
      const std::lock_guard lock(m_mutex);
      for (const auto& [fingerprint, answer] : m_known)
        if (fingerprint == certificate.fingerprint()) return answer;
    }
    const bool answer = ask();
    const std::lock_guard lock(m_mutex);
    if (m_known.size() >= kMax) m_known.clear();
    m_known.emplace_back(certificate.fingerprint(), answer);
    return answer;
  }

 private:
  static constexpr std::size_t kMax = 64;
  mutable std::mutex m_mutex;  // guards m_known
  mutable std::vector<std::pair<base::Sha256, bool>> m_known;
};

/// The words of a CRLReason (RFC 5280 5.3.1).
std::string reason_words(long code);
inline constexpr long kReasonHold = 6;

/// Where a piece of evidence lies: what a timestamp covers of the file existed at its time.
struct Evidence {
  RevocationDataPtr data;
  bool embedded = false;                    ///< in the document or the message; else given with the anchors
  std::uint64_t end = 0;                    ///< embedded: one past its last octet in the file
  std::optional<base::Instant> archived{};  ///< an archive timestamp proves that it existed then
};

}  // namespace segell::signer::ades
