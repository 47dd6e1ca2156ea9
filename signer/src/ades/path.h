#pragma once

#include "base/certificate.h"
#include "signer/ades/decision.h"
#include "signer/ades/trust.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// A certificate path as far as it could be built.
struct Path {
  SignatureFacts::Chain chain = SignatureFacts::Chain::none;
  std::vector<base::Certificate> certificates;  ///< leaf first, anchor last; the leaf alone when nothing was found
  std::string detail;                           ///< what went wrong, in words; empty when found
};

/// Builds paths to the anchors (RFC 5280 section 6, through OpenSSL) without judging the time: windows of validity and
/// revocation are judged by the caller at the time it has proof for. Thread-safe; found paths are cached, bounded.
class PathBuilder {
 public:
  explicit PathBuilder(const std::vector<base::Certificate>& anchors);
  ~PathBuilder();
  PathBuilder(PathBuilder&&) noexcept;
  PathBuilder& operator=(PathBuilder&&) noexcept;

  /// Among several paths one that is valid at `at` is preferred.
  [[nodiscard]] Path build(const base::Certificate& leaf, std::span<const base::Certificate> others,
                           base::Instant at) const;
  void forget() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// What the certificate's own extensions allow.
struct Usage {
  bool signs_documents = true;  ///< key usage absent, or digitalSignature or nonRepudiation (contentCommitment)
  bool stamps_time = false;     ///< extended key usage critical and timeStamping alone (RFC 3161 2.3)
};
Usage usage_of(const base::Certificate& certificate);

}  // namespace segell::signer::ades
