#include "app/provision.h"

#include "base/encoding.h"
#include "events.h"
#include "signer/ades/seal.h"
#include "storage/store.h"
#include "tokens.h"

#include <algorithm>

namespace segell::app {

base::Result<void> check_seal(const base::SealIdentity& seal, base::Instant at) {
  return signer::ades::check_seal_certificate(seal.certificate, at);
}

base::Result<Provisioned> create_tenant(storage::Store& storage, const base::Clock& clock, std::string_view name,
                                        std::string_view origin_base) {
  const base::TenantId id = base::TenantId::make();
  const std::string origin = std::string(origin_base) + "/" + id.text();
  SEGELL_TRY(const auto record, storage.create_tenant(id, std::string(name), origin, clock.now()));
  return Provisioned{record.id, record.origin, record.log_vkey};
}

base::Result<IssuedToken> issue_token(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                      const NewToken& wanted) {
  if (wanted.rights.empty()) {
    return base::fail(base::Code::invalid_argument, "app.token-without-rights", "a token needs at least one right");
  }
  for (const consent::Scope& scope : wanted.agreement) {
    for (const std::string* part : {&scope.purpose, &scope.category, &scope.recipient}) {
      if (!part->empty() && !consent::is_code(*part)) {
        return base::fail(base::Code::invalid_argument, "consent.bad-code",
                          "an agreement names something that is no code");
      }
    }
  }
  IssuedToken issued;
  issued.token = make_bearer(kTokenPrefix);
  storage::CredentialRecord record;
  record.hash = bearer_digest(issued.token);
  record.tenant = tenant;
  record.label = wanted.label;
  record.scopes = write_scopes(wanted.rights, wanted.agreement);
  issued.actor = actor_of(record.hash);
  const base::Bytes event = encode(EventHead{clock.now(), issued.actor}, TokenIssued{wanted.rights});
  SEGELL_CHECK(storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.append_event(event));
    return transaction.credentials().add(record);
  }));
  return issued;
}

base::Result<void> revoke_token(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                const ActorId& actor) {
  const base::Bytes event = encode(EventHead{clock.now(), actor}, TokenRevoked{});
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(const auto tokens, transaction.credentials().tokens());
    const auto found = std::find_if(tokens.begin(), tokens.end(), [&](const storage::CredentialRecord& record) {
      return actor_of(record.hash) == actor;
    });
    if (found == tokens.end()) {
      return base::fail(base::Code::not_found, "app.unknown-token", "no valid token has that name",
                        "the name stood beside the token when it was issued, after the word actor");
    }
    SEGELL_CHECK(transaction.append_event(event));
    return transaction.credentials().revoke(found->hash);
  });
}

}  // namespace segell::app
