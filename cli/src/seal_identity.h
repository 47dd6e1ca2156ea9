#pragma once

#include "cli/verb.h"

#include "base/http_exchange.h"
#include "base/signing_key.h"
#include "signer/ades/seal.h"
#include "signer/ades/trust.h"

#include <memory>
#include <string>
#include <vector>

namespace segell::cli {

/// What `segell seal` was told.
struct SealOptions {
  std::string key, certificate, chain, passphrase_file, level, tsa_policy, field, reason, format, content, output;
  std::vector<std::string> tsa, tsa_trust, trust, inputs;
  bool pss = false;
  bool extend = false;
  std::string prepare, complete, signature;  ///< files of a seal in two steps
};

/// Key and certificates that the options name. Errors say which file and what to do.
base::Result<base::SealIdentity> load_identity(const SealOptions& options);

/// The certificates alone, for a key that lies far away.
base::Result<base::SealIdentity> load_remote_identity(const SealOptions& options);

/// What proofs are to lead to: the anchors of --trust and --tsa-trust, and the roots in --chain; with the revocation
/// data of --trust. Error: invalid_argument "seal.no-root" without any.
base::Result<signer::ades::TrustMaterial> load_roots(const SealOptions& options);

/// The timestamp authority of the options, ready to be asked; without a client where no timestamp is wanted.
struct OpenAuthority {
  std::unique_ptr<base::HttpExchange> http;
  std::unique_ptr<signer::ades::TimestampClient> client;
};
base::Result<OpenAuthority> open_authority(const SealOptions& options, const Context& context,
                                           signer::ades::TimeDemand demand);

}  // namespace segell::cli
