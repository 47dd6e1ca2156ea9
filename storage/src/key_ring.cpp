#include "key_ring.h"

#include "base/aead.h"
#include "base/digest.h"
#include "base/random.h"

#include <string>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMostKnown = 20'000;

/// What a wrapped key is bound to: nobody can put one person's key in another's place.
base::Bytes wrap_context(const KeyOwner& owner) {
  base::Bytes context = base::to_bytes(std::string_view("segell.key/1"));
  base::append(context, owner.tenant.bytes());
  context.push_back(static_cast<std::byte>(owner.kind));
  base::append(context, owner.owner);
  return context;
}

}  // namespace

KeyRing::KeyRing(KeyStore& store, const base::Secret& kek)
    : m_store(store),
      m_kek(kek),
      m_node_index_key(std::make_shared<const base::Secret>(
          base::hkdf_sha256(kek.view(), {}, base::as_bytes("segell.node-index/1"), 32))) {}

Result<SharedSecret> KeyRing::wrapping_key(const KeyOwner& owner) {
  if (owner.kind == KeyKind::tenant) return SharedSecret(SharedSecret(), &m_kek);  // borrowed: outlives this
  return get(tenant_key_owner(owner.tenant));
}

void KeyRing::remember(const KeyOwner& owner, SharedSecret secret, std::uint64_t epoch) {
  const std::scoped_lock lock(m_mutex);
  if (epoch != m_epoch) return;  // a key that was destroyed while it was being read must not come back
  if (m_known.size() >= kMostKnown) m_known.clear();
  m_known.insert_or_assign(owner, std::move(secret));
}

Result<SharedSecret> KeyRing::get(const KeyOwner& owner) {
  std::uint64_t epoch = 0;
  {
    const std::scoped_lock lock(m_mutex);
    epoch = m_epoch;
    if (const auto known = m_known.find(owner); known != m_known.end()) return known->second;
  }
  SEGELL_TRY(const auto wrapped, m_store.get(owner));
  if (!wrapped) return fail(Code::not_found, "key.missing", "the key is not there: erased, or never made");
  SEGELL_TRY(const SharedSecret above, wrapping_key(owner));
  auto opened = base::aead_open(*above, *wrapped, wrap_context(owner));
  if (!opened && owner.kind == KeyKind::tenant) {
    return fail(Code::untrusted, "store.wrong-kek", "the key-encryption key does not open this store's keys",
                "give the KEK file that the store was made with");
  }
  if (!opened) return fail(Code::corrupt, "key.corrupt", "a wrapped key is damaged");
  auto secret = std::make_shared<const base::Secret>(*std::move(opened));
  remember(owner, secret, epoch);
  return SharedSecret(secret);
}

Result<NewKey> KeyRing::make(const KeyOwner& owner) {
  SEGELL_TRY(const SharedSecret above, wrapping_key(owner));
  NewKey key;
  key.secret = std::make_shared<const base::Secret>(base::random_bytes(32));
  key.wrapped = {owner, base::aead_seal(*above, key.secret->view(), wrap_context(owner))};
  return key;
}

Result<void> KeyRing::store(std::span<const NewKey> keys) {
  std::vector<WrappedKey> wrapped;
  wrapped.reserve(keys.size());
  for (const NewKey& key : keys) wrapped.push_back(key.wrapped);
  std::uint64_t epoch = 0;
  {
    const std::scoped_lock lock(m_mutex);
    epoch = m_epoch;
  }
  SEGELL_CHECK(m_store.put(wrapped));
  for (const NewKey& key : keys) remember(key.wrapped.owner, key.secret, epoch);
  return base::ok();
}

Result<void> KeyRing::destroy(std::span<const KeyOwner> owners) {
  {
    const std::scoped_lock lock(m_mutex);
    for (const KeyOwner& owner : owners) m_known.erase(owner);
    ++m_epoch;
  }
  auto destroyed = m_store.destroy(owners);
  const std::scoped_lock lock(m_mutex);
  ++m_epoch;
  for (const KeyOwner& owner : owners) m_known.erase(owner);
  return destroyed;
}

Result<bool> KeyRing::exists(const KeyOwner& owner) {
  {
    const std::scoped_lock lock(m_mutex);
    if (m_known.contains(owner)) return true;
  }
  SEGELL_TRY(const auto wrapped, m_store.get(owner));
  return wrapped.has_value();
}

Result<SharedSecret> KeyRing::blind_index_key(const TenantId& tenant) {
  {
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_blind_index_keys.find(tenant); known != m_blind_index_keys.end()) return known->second;
  }
  SEGELL_TRY(const SharedSecret above, get(tenant_key_owner(tenant)));
  auto derived = std::make_shared<const base::Secret>(
      base::hkdf_sha256(above->view(), {}, base::as_bytes("segell.blind-index/1"), 32));
  const std::scoped_lock lock(m_mutex);
  m_blind_index_keys.insert_or_assign(tenant, derived);
  return SharedSecret(derived);
}

}  // namespace segell::storage
