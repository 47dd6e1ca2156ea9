#pragma once

#include "signer/ades/cms_seal.h"
#include "signer/ades/timestamp_client.h"
#include "signer/ink/picture.h"
#include "signer/pdf/signature_revision.h"

#include <optional>
#include <string>

// PAdES seals in stages, each a move-only type made from the one before (design 4.5.6):
//   Sealer → PreparedSeal → (signature, made anywhere) → SignedSeal → SealedRevision
// The base document is read and hashed, never copied: what comes out is the octets of one more revision.

namespace segell::signer::ades {

/// Room for the timestamp of a seal whose signature is made elsewhere, octets: its signature binds the room that is
/// kept, so that there is no second try with the measured size.
inline constexpr std::size_t kTokenRoomOfTwoSteps = 16U << 10U;

/// What a visible field shows. Boxes are in points from the field's lower left corner as displayed.
struct SealAppearance {
  std::optional<ink::Picture> ink{};
  pdf::Rect ink_box{};
  base::Bytes statement{};  ///< a PDF of one page with the honest statement beside the ink; empty for none
  pdf::Rect statement_box{};
  /// A PDF of one page with the time of the act; empty for none. Apart from the statement, which can so be set before
  /// the act.
  base::Bytes time{};
  pdf::Rect time_box{};
};

struct SealRequest {
  pdf::SignaturePlace place = pdf::InvisibleField{};  ///< an empty name takes the first free "Signature<n>"
  std::optional<SealAppearance> appearance{};
  base::Bytes manifest{};        ///< write_manifest's octets; empty for none
  std::string reason{};          ///< UTF-8
  base::Instant claimed_time{};  ///< /M
  /// A SHA-256 state that has absorbed exactly the document's octets, where the caller kept one; the document is hashed
  /// when null, and for identities whose scheme uses another digest. It is copied, not changed.
  const base::Hasher* document_hash = nullptr;
  /// Room kept in /Contents for a timestamp token, octets; 0 for a seal that stays B-B.
  std::size_t timestamp_room = 0;
};

/// One more revision of a document; base ‖ bytes is the sealed document.
struct SealedRevision {
  base::Bytes bytes;
  std::uint64_t base_length = 0;
  std::string field;
  std::optional<TimestampToken> timestamp{};
  /// Why no timestamp stands in it although one was wanted: the time is pending.
  std::optional<base::Error> timestamp_failure{};
};

/// The signature is in; a timestamp may follow before the revision is final.
class SignedSeal {
 public:
  SignedSeal(SignedSeal&&) = default;
  SignedSeal& operator=(SignedSeal&&) = default;

  /// SHA-256 of the signature value: what a timestamp is asked over (EN 319 122-1 5.3).
  [[nodiscard]] base::Sha256 timestamp_digest() const;
  /// B-B.
  base::Result<SealedRevision> finish() &&;
  /// B-T. Errors: untrusted "tsa.wrong-imprint" (a token over something else); limit_exceeded
  /// "pdf.contents-too-small" when it needs more room than was kept: prepare again with contents_needed().
  base::Result<SealedRevision> finish(const TimestampToken& token) &&;
  /// Octets of the CMS with this token.
  [[nodiscard]] std::size_t contents_needed(const TimestampToken& token) const;

 private:
  friend class PreparedSeal;
  SignedSeal(pdf::PreparedRevision revision, SignedCms cms) : m_revision(std::move(revision)), m_cms(std::move(cms)) {}
  pdf::PreparedRevision m_revision;
  SignedCms m_cms;
};

/// The revision is laid out and hashed; nothing is signed yet.
class PreparedSeal {
 public:
  PreparedSeal(PreparedSeal&&) = default;
  PreparedSeal& operator=(PreparedSeal&&) = default;

  /// What SigningKey::sign takes.
  [[nodiscard]] base::BytesView to_be_signed() const { return m_cms.octets(); }
  /// Over the ByteRange, by the digest of the identity's scheme (base::content_hash_of).
  [[nodiscard]] const base::Bytes& document_digest() const { return m_digest; }
  base::Result<SignedSeal> complete(base::BytesView signature) &&;

 private:
  friend class Sealer;
  PreparedSeal(pdf::PreparedRevision revision, base::Bytes digest, CmsToBeSigned cms)
      : m_revision(std::move(revision)), m_digest(std::move(digest)), m_cms(std::move(cms)) {}
  pdf::PreparedRevision m_revision;
  base::Bytes m_digest;
  CmsToBeSigned m_cms;
};

enum class TimeDemand {
  none,      ///< B-B
  wanted,    ///< B-T, or B-B with timestamp_failure when the authority cannot be had or believed
  required,  ///< B-T or the authority's error
};

/// Seals with one identity; prepared once, used for many documents. Thread-safe; each call needs its own Document.
class Sealer {
 public:
  /// Error: unsupported "cms.scheme".
  static base::Result<Sealer> make(base::SealIdentity identity);

  /// Errors: those of pdf::prepare_signature (each refusal with its reason); the source's. Whether document_hash
  /// has absorbed the right octets cannot be seen here: a wrong one makes a seal that never verifies.
  [[nodiscard]] base::Result<PreparedSeal> prepare(const pdf::Document& document, const SealRequest& request) const;

  /// All stages. `tsa` may be null when the demand is none. A token larger than the room kept makes it start over with
  /// the measured size, once. Errors: those of prepare, SigningKey::sign, TimestampClient::fetch.
  [[nodiscard]] base::Result<SealedRevision> seal(const pdf::Document& document, SealRequest request, TimeDemand demand,
                                                  const TimestampClient* tsa) const;

  [[nodiscard]] const base::SealIdentity& identity() const { return m_identity; }

 private:
  Sealer(base::SealIdentity identity, CmsSigner signer)
      : m_identity(std::move(identity)), m_signer(std::move(signer)) {}
  base::SealIdentity m_identity;
  CmsSigner m_signer;
};

/// Whether this certificate may seal now: validity and key usage (digitalSignature or nonRepudiation, where the
/// extension is present). Trust is the verifier's. Errors: expired "seal.certificate-expired"; conflict
/// "seal.certificate-not-yet-valid", "seal.certificate-usage".
base::Result<void> check_seal_certificate(const base::Certificate& certificate, base::Instant at);

/// A document timestamp (ETSI.RFC3161, EN 319 142-1 5.4.3) over the whole document as a further revision: gives a late
/// time to seals that were made while no authority answered. Errors: those of pdf::prepare_signature and
/// TimestampClient::fetch.
base::Result<SealedRevision> append_document_timestamp(const pdf::Document& document, const TimestampClient& tsa,
                                                       const base::Hasher* document_hash = nullptr);

}  // namespace segell::signer::ades
