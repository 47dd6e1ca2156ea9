#pragma once

#include "seal_format.h"

#include "base/certificate.h"

namespace segell::cli {

/// What the second step of a seal must know of the first: `segell.prepared/1`.
struct PreparedState {
  std::string format, level, field, reason;
  std::string algorithm;                        ///< base::words_of_scheme
  base::Instant time;                           ///< of the signature
  std::vector<base::Certificate> certificates;  ///< the signer's, then its issuers
  base::Bytes to_be_signed;
};

std::string write_prepared_state(const PreparedState& state, base::SignatureScheme scheme);
/// Errors: malformed "seal.state", with what is wrong.
base::Result<PreparedState> parse_prepared_state(std::string_view json);

}  // namespace segell::cli
