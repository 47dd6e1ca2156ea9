#pragma once

#include "base/time.h"
#include "signer/ades/suite.h"
#include "signer/ades/trust.h"
#include "signer/ades/validation_policy.h"
#include "signer/ades/verdict.h"
#include "signer/pdf/source.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

struct Inquiry;

struct VerifyOptions {
  base::Instant at;                       ///< validation time (EN 319 102-1: "current time")
  std::vector<base::Bytes> disclosures;   ///< complete `segell.disclosure/1` files; each speaks for the act it names
  std::optional<AlgorithmSuite> suite{};  ///< which algorithms are relied on until when; none: the one built in
  /// What a detached CAdES signature or a timestamp token was made over, where the caller has it; null otherwise.
  pdf::SourcePtr content{};
  /// The longest CMS message that is read: one with its content around it (.p7m) lies in memory whole.
  std::size_t max_message_bytes = 256U << 20U;
  ValidationPolicy policy{};  ///< constraints that are the verifier's own
  /// Certificates of authorities at hand, which paths may lead through; believed no more than those in the file.
  std::vector<base::Certificate> certificates{};
};

/// What a document lacks to be proven when its authorities are gone.
struct ValidationGaps {
  struct Gap {
    base::Certificate certificate, issuer;
  };
  Verdict verdict;
  std::vector<Gap> unanswered{};                  ///< no revocation data of the document answer for it
  std::vector<base::Certificate> certificates{};  ///< of all paths to an anchor
  struct Pathless {
    base::Certificate certificate;
    std::vector<base::Certificate> others;  ///< at hand when no path was found
  };
  std::vector<Pathless> pathless{};  ///< signers' and timestamp authorities' certificates without a path to an anchor
};

/// Judges signed documents against one set of trust anchors. Opens no socket and no file. Thread-safe; keeps bounded
/// caches of certificates and of paths between calls, which change speed and never a verdict.
class Verifier {
 public:
  explicit Verifier(TrustMaterial trust);
  ~Verifier();
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;

  /// The verdict on one file of any kind that is known here, told by its octets: PDF with PAdES, CMS with CAdES (DER,
  /// BER or PEM) or a timestamp token, ZIP with ASiC. Whatever is none of them has no signature.
  [[nodiscard]] Verdict verify(const pdf::SourcePtr& file, std::string_view name, const VerifyOptions& options) const;

  /// The verdict on one PDF (design.md 4.3). `name` goes into `input` as it is. Never throws for any content; a
  /// source that cannot be read gives an ERROR verdict.
  [[nodiscard]] Verdict verify_pdf(const pdf::SourcePtr& file, std::string_view name,
                                   const VerifyOptions& options) const;

  /// The verdict on a file, and what its /DSS or messages would need at this time for every signature and
  /// timestamp that leads to an anchor.
  [[nodiscard]] ValidationGaps find_gaps(const pdf::SourcePtr& file, const VerifyOptions& options) const;

  /// Why the certificate may not sign documents at that time under an anchor, through `others` (RFC 5280 section 6), in
  /// words; empty when it may. Whether any of them was revoked is not asked.
  [[nodiscard]] std::string path_fault(const base::Certificate& certificate, std::span<const base::Certificate> others,
                                       base::Instant at) const;

  /// Forgets every cached certificate and path: the next verdict costs what the first one did.
  void forget() const;

 private:
  struct State;
  [[nodiscard]] Inquiry begin(std::string_view name, const VerifyOptions& options) const;
  [[nodiscard]] ValidationGaps judge(const pdf::SourcePtr& file, std::string_view name, const VerifyOptions& options,
                                     bool fresh_evidence) const;
  std::unique_ptr<State> m_state;
};

}  // namespace segell::signer::ades
