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
KeyOwner envelope_key_owner(const TenantId& tenant, const DocumentId& document, std::uint32_t revision) {
  const base::Sha256 place =
      base::sha256(base::as_bytes("envelope." + document.text() + "." + std::to_string(revision)));
  return make_owner(tenant, KeyKind::envelope, base::BytesView(place).first(16));
}

}  // namespace segell::storage
