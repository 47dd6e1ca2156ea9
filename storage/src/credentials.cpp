#include "storage/credentials.h"

#include "query.h"
#include "read_credential.h"

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

base::Result<CredentialRecord> read_credential(Session& session, const base::Sha256& hash) {
  SEGELL_TRY(
      Statement * row,
      query(session, "SELECT tenant, label, scopes, request, expires FROM credential WHERE hash = ?1 AND revoked = 0",
            hash));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return base::fail(base::Code::unauthenticated, "credential.unknown", "the credential is not known");
  CredentialRecord credential;
  credential.hash = hash;
  SEGELL_TRY(credential.tenant, id_column<TenantId>(*row, 0));
  credential.label = std::string(row->text(1));
  credential.scopes = std::string(row->text(2));
  if (!row->is_null(3)) {
    SEGELL_TRY(credential.request, id_column<RequestId>(*row, 3));
  }
  credential.expires = optional_instant_column(*row, 4);
  return credential;
}

base::Result<std::vector<CredentialRecord>> Credentials::tokens() const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT hash, label, scopes, expires FROM credential "
                                    "WHERE tenant = ?1 AND request IS NULL AND revoked = 0",
                                    m_scope->tenant));
  const Reset reset(row);
  std::vector<CredentialRecord> found;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return found;
    CredentialRecord credential;
    SEGELL_TRY(credential.hash, array_column<32>(*row, 0));
    credential.tenant = m_scope->tenant;
    credential.label = std::string(row->text(1));
    credential.scopes = std::string(row->text(2));
    credential.expires = optional_instant_column(*row, 3);
    found.push_back(std::move(credential));
  }
}

}  // namespace segell::storage
