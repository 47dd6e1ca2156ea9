#include "storage/credentials.h"

#include "query.h"

namespace segell::storage {

base::Result<void> Credentials::add(const CredentialRecord& c) {
  return run(m_scope->session,
             "INSERT INTO credential (hash, tenant, label, scopes, request, expires, revoked) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             c.hash, m_scope->tenant, c.label, c.scopes, c.request, c.expires, c.revoked);
}

base::Result<void> Credentials::revoke(const base::Sha256& hash) {
  return run(m_scope->session, "UPDATE credential SET revoked = 1 WHERE hash = ?2 AND tenant = ?1", m_scope->tenant,
             hash);
}

}  // namespace segell::storage
