#include "storage/scope.h"

#include "base/aead.h"
#include "base/digest.h"
#include "pending.h"

namespace segell::storage {

namespace {

using base::Result;

base::Bytes column_context(const Scope& scope, std::string_view context) {
  base::Bytes out = base::to_bytes(std::string_view("segell.column/1"));
  base::append(out, scope.tenant.bytes());
  base::append(out, context);
  return out;
}

Result<SharedSecret> key_of(const Scope& scope, const KeyOwner& owner) {
  if (scope.pending != nullptr)
    for (auto key = scope.pending->keys.rbegin(); key != scope.pending->keys.rend(); ++key)
      if (key->wrapped.owner == owner) return key->secret;
  return scope.keys.get(owner);
}

}  // namespace

base::Bytes index_tag(const base::Secret& key, std::string_view use, std::string_view value) {
  base::Bytes message = base::to_bytes(use);
  message.push_back(std::byte{0});
  base::append(message, value);
  const base::Sha256 tag = base::hmac_sha256(key.view(), message);
  return base::to_bytes(base::BytesView(tag).first(16));
}

Result<base::Bytes> Scope::seal(const KeyOwner& owner, base::BytesView plain, std::string_view context) const {
  SEGELL_TRY(const SharedSecret key, key_of(*this, owner));
  return base::aead_seal(*key, plain, column_context(*this, context));
}

Result<base::Bytes> Scope::open(const KeyOwner& owner, base::BytesView sealed, std::string_view context) const {
  SEGELL_TRY(const SharedSecret key, key_of(*this, owner));
  auto opened = base::aead_open(*key, sealed, column_context(*this, context));
  if (!opened) return base::fail(base::Code::corrupt, "storage.column", "a sealed value does not open");
  return opened;
}

Result<base::Bytes> Scope::blind_index(std::string_view use, std::string_view value) const {
  SEGELL_TRY(const SharedSecret key, keys.blind_index_key(tenant));
  return index_tag(*key, use, value);
}

Result<base::Bytes> Scope::node_index(std::string_view use, std::string_view value) const {
  return index_tag(*keys.node_index_key(), use, value);
}

KeyOwner Scope::tenant_key() const { return tenant_key_owner(tenant); }
KeyOwner Scope::person_key(const PersonId& person) const { return person_key_owner(tenant, person); }
KeyOwner Scope::document_key(const DocumentId& document) const { return document_key_owner(tenant, document); }
KeyOwner Scope::account_key(const AccountId& account) const { return account_key_owner(tenant, account); }
KeyOwner Scope::envelope_key(const DocumentId& document, std::uint32_t revision) const {
  return envelope_key_owner(tenant, document, revision);
}

}  // namespace segell::storage
