#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "storage/ids.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::storage {

/// Stored as a number: never renumbered.
enum class KeyKind { tenant = 1, person = 2, document = 3, log = 4, account = 5, envelope = 6 };

/// The owner of a key: the tenant itself for `tenant` and `log`; of `envelope` the first 16 octets of SHA-256 over
/// document and revision beside which it lies.
struct KeyOwner {
  TenantId tenant;
  KeyKind kind = KeyKind::tenant;
  std::array<std::byte, 16> owner{};
  auto operator<=>(const KeyOwner&) const = default;
};
KeyOwner tenant_key_owner(const TenantId& tenant);
KeyOwner log_key_owner(const TenantId& tenant);
KeyOwner person_key_owner(const TenantId& tenant, const PersonId& person);
KeyOwner document_key_owner(const TenantId& tenant, const DocumentId& document);
KeyOwner account_key_owner(const TenantId& tenant, const AccountId& account);
KeyOwner envelope_key_owner(const TenantId& tenant, const DocumentId& document, std::uint32_t revision);

struct WrappedKey {
  KeyOwner owner;
  base::Bytes wrapped;  ///< aead_seal under the key above it
};

/// A log head that has left the process.
struct ServedHead {
  std::uint64_t size = 0;
  base::Sha256 root{};
};

/// Wrapped keys, in a place of their own with its own short-lived backup, so that a key destroyed is soon gone
/// everywhere. Thread-safe. Every write is durable before it returns. A back end passes tests/conformance/key_suite.h.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// All or none; a key that is there is never overwritten (already_exists). Each key put raises generation() by one.
  virtual base::Result<void> put(std::span<const WrappedKey> keys) = 0;
  virtual base::Result<std::optional<base::Bytes>> get(const KeyOwner& owner) = 0;
  /// Overwritten, not only unlinked. Destroying what is not there succeeds.
  virtual base::Result<void> destroy(std::span<const KeyOwner> owners) = 0;
  virtual base::Result<void> list(const std::function<void(const KeyOwner&)>& each) = 0;
  /// How many keys were ever put: the database remembers it, so that an older key store is noticed.
  virtual base::Result<std::uint64_t> generation() = 0;

  /// The last checkpoint that left the process: a database restored from before it must not sign again.
  virtual base::Result<void> put_served(const TenantId& tenant, const ServedHead& head) = 0;
  virtual base::Result<std::optional<ServedHead>> served(const TenantId& tenant) = 0;
};

/// The key above all keys: 32 octets in a file of mode 0600 outside the data folder. Errors: not_found "kek.missing";
/// forbidden "kek.permissions" (readable by others); malformed "kek.malformed".
base::Result<base::Secret> load_kek_file(const std::string& path);
/// Only by an explicit initialisation: never replaces a file. Errors: already_exists "kek.exists"; io.
base::Result<void> create_kek_file(const std::string& path);

}  // namespace segell::storage
