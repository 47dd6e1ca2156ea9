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

  /// Among several paths one that holds and is valid at `at` is preferred: issuers of one name and key (renewed and
  /// cross certificates) are tried in turn, in a bounded search.
  [[nodiscard]] Path build(const base::Certificate& leaf, std::span<const base::Certificate> others,
                           base::Instant at) const;
  void forget() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// Whether a path may sign documents, or stamp time: key usage and extended key usage of the first certificate, and
/// extended key usages of the authorities above it, which bind what is below (CA/Browser Forum's reading; RFC 5280
/// 4.2.1.12 leaves it open). Empty when it may, else why not.
std::string usage_fault(std::span<const base::Certificate> path, bool stamp_time);

}  // namespace segell::signer::ades
