#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// A tablet that signs what it captured with a key of its own, which never leaves it.
struct DeviceRecord {
  DeviceId id;
  std::string state;  ///< the app's closed words: active, revoked
  base::Bytes key;    ///< SubjectPublicKeyInfo; one device a key
  base::Instant created;
  std::uint64_t log_index = 0;  ///< the event that enrolled it: the order of lists
  base::Json details;           ///< label, who enrolled it, why it ended; at rest sealed under the tenant's key
};

class Devices {
 public:
  explicit Devices(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "device.unknown".
  [[nodiscard]] base::Result<DeviceRecord> get(const DeviceId& id) const;
  /// Of the tenant, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<DeviceRecord>> list(std::optional<std::uint64_t> before,
                                                             std::size_t limit) const;
  /// Error: already_exists "device.enrolled-already": the key is another device's, ended or not.
  base::Result<void> add(const DeviceRecord& device);
  /// Changes state and details. Error: not_found "device.unknown".
  base::Result<void> update(const DeviceRecord& device);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
