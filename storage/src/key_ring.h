#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "storage/key_store.h"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace segell::storage {

using SharedSecret = std::shared_ptr<const base::Secret>;

/// A key made in a transaction that has not reached the key store yet.
struct NewKey {
  WrappedKey wrapped;
  SharedSecret secret;
};

/// Unwraps keys along KEK → tenant key → person, document or log key, and keeps a bounded number of them in memory.
/// Thread-safe; no callback under its lock.
class KeyRing {
 public:
  KeyRing(KeyStore& store, const base::Secret& kek);

  /// Errors: not_found "key.missing" (destroyed, or never made); untrusted "store.wrong-kek" for a tenant key that the
  /// KEK does not open; corrupt "key.corrupt" for the others.
  base::Result<SharedSecret> get(const KeyOwner& owner);
  /// A fresh key, wrapped but not stored. A tenant key is wrapped by the KEK, every other by its tenant key.
  base::Result<NewKey> make(const KeyOwner& owner);
  /// Durable when it returns.
  base::Result<void> store(std::span<const NewKey> keys);
  base::Result<void> destroy(std::span<const KeyOwner> owners);
  base::Result<bool> exists(const KeyOwner& owner);
  base::Result<std::uint64_t> generation() { return m_store.generation(); }

  /// The key of a tenant's blind indexes, derived from the tenant key.
  base::Result<SharedSecret> blind_index_key(const TenantId& tenant);
  /// The key of the blind indexes that tell the tenant, derived from the KEK.
  [[nodiscard]] SharedSecret node_index_key() const { return m_node_index_key; }

 private:
  base::Result<SharedSecret> wrapping_key(const KeyOwner& owner);
  void remember(const KeyOwner& owner, SharedSecret secret, std::uint64_t epoch);

  KeyStore& m_store;
  const base::Secret& m_kek;
  const SharedSecret m_node_index_key;
  std::mutex m_mutex;
  std::uint64_t m_epoch = 0;                            // guarded by m_mutex; counts destructions
  std::map<KeyOwner, SharedSecret> m_known;             // guarded by m_mutex
  std::map<TenantId, SharedSecret> m_blind_index_keys;  // guarded by m_mutex
};

/// The tag of a blind index under one of the keys above (16 octets).
base::Bytes index_tag(const base::Secret& key, std::string_view use, std::string_view value);

}  // namespace segell::storage
