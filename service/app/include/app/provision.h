#pragma once

#include "app/caller.h"
#include "base/signing_key.h"
#include "base/time.h"

#include <string>

namespace segell::storage {
class Store;
}
namespace segell::base {
class Clock;
}

namespace segell::app {

/// Whether an organisation's seal may be used at that time: its certificate's validity and key usage. Errors: expired
/// "seal.certificate-expired"; conflict "seal.certificate-not-yet-valid", "seal.certificate-usage".
base::Result<void> check_seal(const base::SealIdentity& seal, base::Instant at);

struct Provisioned {
  base::TenantId tenant;
  std::string origin;   ///< the log's permanent name
  std::string log_key;  ///< the checkpoint key as a C2SP verifier key line
};
/// A new tenant with its keys and its empty log, durable on return. `name` is the organisation's; `origin_base` is a
/// host-like prefix ("segell.example") which the tenant's id completes to the log's permanent name.
base::Result<Provisioned> create_tenant(storage::Store& storage, const base::Clock& clock, std::string_view name,
                                        std::string_view origin_base);

struct NewToken {
  std::string label;  ///< for the operator: "padró integration"
  std::vector<Right> rights;
  std::vector<consent::Scope> agreement;
};
struct IssuedToken {
  ActorId actor;
  std::string token;  ///< "sgt_…": shown once; only a digest is stored
};
base::Result<IssuedToken> issue_token(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                      const NewToken& wanted);

/// Ends a token for good; `actor` is the name that issue_token gave it. A service that runs over the same store goes on
/// accepting it for one second at most. Error: not_found "app.unknown-token".
base::Result<void> revoke_token(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                const ActorId& actor);

}  // namespace segell::app
