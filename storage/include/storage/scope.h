#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "storage/database.h"
#include "storage/ids.h"
#include "storage/key_store.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace segell::storage {

class KeyRing;
struct PendingGroup;

/// What a repository works with: one session inside a transaction, one tenant, its keys. Made by the committer and by
/// Store::read, never by use cases.
struct Scope {
  Session& session;
  TenantId tenant;
  KeyRing& keys;
  PendingGroup* pending = nullptr;  ///< null while reading

  /// A personal column: sealed under the key of its owner; `context` names table, column and row.
  base::Result<base::Bytes> seal(const KeyOwner& owner, base::BytesView plain, std::string_view context) const;
  base::Result<base::Bytes> open(const KeyOwner& owner, base::BytesView sealed, std::string_view context) const;
  /// A keyed blind index (16 octets): equal values give equal tags inside one tenant and use.
  base::Result<base::Bytes> blind_index(std::string_view use, std::string_view value) const;

  /// The same across the tenants of a node, for what tells the tenant: the names that people log in with.
  base::Result<base::Bytes> node_index(std::string_view use, std::string_view value) const;

  [[nodiscard]] KeyOwner tenant_key() const;
  [[nodiscard]] KeyOwner person_key(const PersonId& person) const;
  [[nodiscard]] KeyOwner document_key(const DocumentId& document) const;
  [[nodiscard]] KeyOwner account_key(const AccountId& account) const;
  [[nodiscard]] KeyOwner envelope_key(const DocumentId& document, std::uint32_t revision) const;
};

}  // namespace segell::storage
