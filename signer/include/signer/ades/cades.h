#pragma once

#include "signer/ades/seal.h"
#include "signer/pdf/source.h"

// CAdES baseline signatures (EN 319 122-1) over any octets, in the stages of PAdES (signer/ades/seal.h):
//   CadesSealer → PreparedCades → (signature, made anywhere) → SignedCades → SealedCades

namespace segell::signer::ades {

enum class ContentPlace {
  detached,    ///< .p7s: the content lies elsewhere
  enveloping,  ///< .p7m: the content is inside
};

/// Octets that an enveloping signature holds at most; it is made in memory.
inline constexpr std::size_t kMaxEnveloped = 256U << 20U;

struct SealedCades {
  base::Bytes der;
  std::optional<TimestampToken> timestamp{};
  std::optional<base::Error> timestamp_failure{};  ///< why none stands in it although one was wanted
};

/// The signature is in; a timestamp over its value may follow.
class SignedCades {
 public:
  [[nodiscard]] base::Sha256 timestamp_digest() const;
  /// B-B.
  [[nodiscard]] SealedCades finish() const;
  /// B-T. Error: untrusted "tsa.wrong-imprint".
  [[nodiscard]] base::Result<SealedCades> finish(const TimestampToken& token) const;

 private:
  friend class PreparedCades;
  explicit SignedCades(SignedCms cms) : m_cms(std::move(cms)) {}
  SignedCms m_cms;
};

/// The content is hashed; nothing is signed yet.
class PreparedCades {
 public:
  /// What SigningKey::sign takes.
  [[nodiscard]] base::BytesView to_be_signed() const { return m_cms.octets(); }
  /// By the scheme's digest (base::content_hash_of).
  [[nodiscard]] base::BytesView content_digest() const { return m_digest; }
  base::Result<SignedCades> complete(base::BytesView signature) &&;

 private:
  friend class CadesSealer;
  PreparedCades(base::Bytes digest, CmsToBeSigned cms, std::optional<base::Bytes> content)
      : m_digest(std::move(digest)), m_cms(std::move(cms)), m_content(std::move(content)) {}
  base::Bytes m_digest;
  CmsToBeSigned m_cms;
  std::optional<base::Bytes> m_content;
};

/// Signs with one identity. Thread-safe.
class CadesSealer {
 public:
  static base::Result<CadesSealer> make(base::SealIdentity identity);

  /// Content-type, message-digest, signing-time and signing-certificate-v2 over the content (EN 319 122-1 6.3). Errors:
  /// the source's; limit_exceeded "cades.too-large" for an enveloping signature around more than kMaxEnveloped.
  [[nodiscard]] base::Result<PreparedCades> prepare(const pdf::ByteSource& content, ContentPlace place,
                                                    base::Instant signing_time) const;

  /// All stages. `tsa` may be null when the demand is none. Errors: those of prepare, SigningKey::sign,
  /// TimestampClient::fetch.
  [[nodiscard]] base::Result<SealedCades> seal(const pdf::ByteSource& content, ContentPlace place,
                                               base::Instant signing_time, TimeDemand demand,
                                               const TimestampClient* tsa) const;

  [[nodiscard]] const base::SealIdentity& identity() const { return m_identity; }

 private:
  CadesSealer(base::SealIdentity identity, CmsSigner signer)
      : m_identity(std::move(identity)), m_signer(std::move(signer)) {}
  base::SealIdentity m_identity;
  CmsSigner m_signer;
};

}  // namespace segell::signer::ades
