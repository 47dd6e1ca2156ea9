#pragma once

#include "signer/ades/long_term.h"
#include "signer/ades/verify.h"

#include <functional>

namespace segell::signer::ades {

/// What authorities said, to be kept in a file.
struct FetchedEvidence {
  std::vector<base::Bytes> certificates, crls, ocsp_responses;  ///< DER; complete OCSPResponses
};

/// The steps of an extension, which are the same for every kind of file (EN 319 142-1 6.3, EN 319 122-1 6.3): a time
/// for signatures that have none, revocation data for all paths, a timestamp over everything, and a look at the result.
class Extender {
 public:
  /// All is borrowed for the extender's life.
  Extender(const TrustMaterial& trust, const LongTermSources& sources);
  virtual ~Extender() = default;
  Extender(const Extender&) = delete;
  Extender& operator=(const Extender&) = delete;

  /// The verdict on what was made. Errors: those of extend_document.
  base::Result<Verdict> run(LongTermLevel level);

 protected:
  [[nodiscard]] const LongTermSources& sources() const { return m_sources; }
  [[nodiscard]] const Verifier& verifier() const { return m_verifier; }
  /// How the file is looked at: at this moment, with the authorities' certificates that were fetched.
  [[nodiscard]] VerifyOptions options() const;
  /// Tokens over SHA-256 of octets, by the authority of the sources, which there is where one is needed.
  [[nodiscard]] std::function<base::Result<TimestampToken>(base::BytesView)> stamp() const;
  /// True for signatures that are extended: those whose certificates lead to an anchor.
  static bool is_anchored(const SignatureVerdict& signature);
  static bool has_time(const SignatureVerdict& signature);

 private:
  [[nodiscard]] virtual ValidationGaps look() const = 0;
  virtual base::Result<void> give_time(const Verdict& verdict) = 0;
  virtual base::Result<void> keep(FetchedEvidence evidence) = 0;
  virtual base::Result<void> archive(const Verdict& verdict) = 0;

  base::Result<void> fetch(const base::Certificate& certificate, const base::Certificate& issuer,
                           const std::vector<base::Certificate>& others, FetchedEvidence& out, int depth = 0);
  base::Result<FetchedEvidence> fetch_all(const ValidationGaps& gaps);

  /// Certificates of authorities that nobody brought along; true when there are any.
  bool fetch_issuers(const ValidationGaps& gaps);

  Verifier m_verifier;
  const LongTermSources& m_sources;
  RevocationClient m_own;
  RevocationClient& m_client;  ///< the caller's, or m_own
  std::vector<base::Certificate> m_issuers;
};

}  // namespace segell::signer::ades
