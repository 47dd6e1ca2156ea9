#pragma once

#include "revocation_data.h"
#include "signer/ades/suite.h"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace segell::signer::ades {

/// What the evidence at hand says about one certificate.
struct RevocationStatus {
  enum class State { good, revoked, unknown };
  State state = State::unknown;
  std::optional<base::Instant> revoked_at;
  bool on_hold = false;  ///< revoked for now: the entry's reason is certificateHold
  std::string reason;    ///< of the revocation, or why nothing is known
  /// Good, but by nobody whose certificate is valid at a time that the evidence is proven for (now, or when a timestamp
  /// covered it): whoever has that key since may say so as well (EN 319 102-1 5.2.6.4, step 8).
  bool out_of_bounds = false;
  /// Good, and said by evidence of the file: one past its last octet there.
  std::optional<std::uint64_t> embedded_end;
};

struct RevocationQuestion {
  base::Instant now;                    ///< time of validation
  std::optional<base::Instant> proven;  ///< the best signature time
  const AlgorithmSuite& suite;
  const RevocationAuthorities& authorities;
  std::function<std::optional<base::Instant>(const Evidence&)>
      existed;  ///< when the evidence is proven to have existed
};

/// Good: evidence in force now or at the proven time, or issued after it; before the certificate's end, after which
/// authorities may forget it (RFC 5280 3.3); with a signature whose algorithms the suite relies on at the time that the
/// evidence is proven for. A revocation counts whatever the evidence's age or algorithm: doubt never helps a signature.
RevocationStatus check_revocation(const base::Certificate& certificate, const base::Certificate& issuer,
                                  std::span<const Evidence> evidence, const RevocationQuestion& question);

}  // namespace segell::signer::ades
