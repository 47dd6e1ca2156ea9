#include "storage/key_store.h"

#include <algorithm>

namespace segell::storage {

namespace {
KeyOwner make_owner(const TenantId& tenant, KeyKind kind, base::BytesView owner) {
  KeyOwner out{tenant, kind, {}};
  std::copy(owner.begin(), owner.end(), out.owner.begin());
  return out;
}
}  // namespace

KeyOwner tenant_key_owner(const TenantId& tenant) { return make_owner(tenant, KeyKind::tenant, tenant.bytes()); }
KeyOwner log_key_owner(const TenantId& tenant) { return make_owner(tenant, KeyKind::log, tenant.bytes()); }
KeyOwner person_key_owner(const TenantId& tenant, const PersonId& person) {
  return make_owner(tenant, KeyKind::person, person.bytes());
}
KeyOwner document_key_owner(const TenantId& tenant, const DocumentId& document) {
  return make_owner(tenant, KeyKind::document, document.bytes());
}
KeyOwner account_key_owner(const TenantId& tenant, const AccountId& account) {
  return make_owner(tenant, KeyKind::account, account.bytes());
}

}  // namespace segell::storage
