#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// What a professional takes along on a device: requests of one or more persons.
struct VisitRecord {
  VisitId id;
  DeviceId device;
  base::Instant created;
  base::Instant expires;
  std::uint64_t log_index = 0;  ///< the event that made it: the order of lists
  std::uint32_t refusals = 0;   ///< uploads refused, as far as they are events
  std::uint32_t packages = 0;   ///< how often it was packed
  base::Json details;           ///< who made it; at rest sealed under the tenant's key
  std::vector<RequestId> requests;
};

/// Where a package's capability leads; the directory's key is the hash alone.
struct PackagePlace {
  TenantId tenant;
  VisitId visit;
  base::Instant expires;  ///< of the capability
};

/// Good for one act on one request, from one package.
struct NonceRecord {
  base::Bytes nonce;  ///< 32 octets; no secret, it stands in the sealed document
  VisitId visit;
  RequestId request;
  PersonId person;
  base::Instant issued;
  base::Instant expires;
};

/// What a device captured without a network, as it was received.
struct CapturedActRecord {
  base::Bytes nonce;
  VisitId visit;
  RequestId request;
  PersonId person;
  DeviceId device;
  std::uint64_t counter = 0;  ///< of the device; never twice
  base::Sha256 digest{};      ///< of its RFC 8785 form
  std::string answer;         ///< the app's closed words: signed, refused, deferred
  std::string state;          ///< the app's closed words: received, sealed, recorded, set-aside
  std::string reason;         ///< why it was set aside; else empty
  std::string flags;          ///< the app's closed words, separated by spaces
  base::Instant received;
  std::optional<base::Instant> finished;
  base::Json content;  ///< act and signature; at rest sealed under the person's key; null once done or erased
};

class Visits {
 public:
  explicit Visits(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "visit.unknown".
  [[nodiscard]] base::Result<VisitRecord> get(const VisitId& id) const;
  /// Of the tenant, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<VisitRecord>> list(std::optional<std::uint64_t> before,
                                                            std::size_t limit) const;
  base::Result<void> add(const VisitRecord& visit);
  /// Changes its details. Error: not_found "visit.unknown".
  base::Result<void> update(const VisitRecord& visit);
  /// Those that carry the request and end after that time, newest first.
  [[nodiscard]] base::Result<std::vector<VisitRecord>> carrying(const RequestId& request, base::Instant after) const;
  /// How many requests left on a device and had nothing come of them, by device.
  [[nodiscard]] base::Result<std::map<DeviceId, std::uint64_t>> outstanding() const;
  /// Counts one more. Error: not_found "visit.unknown".
  base::Result<void> count_refusal(const VisitId& id);

  /// A package goes out; `capability_hash` is all that is kept of its capability.
  base::Result<void> add_package(const VisitId& id, const base::Sha256& capability_hash, base::Instant expires);
  base::Result<void> add_nonce(const NonceRecord& nonce);
  /// Error: not_found "nonce.unknown".
  [[nodiscard]] base::Result<NonceRecord> nonce(const base::Bytes& nonce) const;
  /// In the order of their packages.
  [[nodiscard]] base::Result<std::vector<NonceRecord>> nonces_of(const VisitId& id) const;

  [[nodiscard]] base::Result<std::optional<CapturedActRecord>> act(const base::Bytes& nonce) const;
  /// Without their contents.
  [[nodiscard]] base::Result<std::vector<CapturedActRecord>> acts_of(const VisitId& id) const;
  [[nodiscard]] base::Result<bool> counter_used(const DeviceId& device, std::uint64_t counter) const;
  base::Result<void> add_act(const CapturedActRecord& act);
  /// Changes state, reason, flags and the time at which it was done; a null content is forgotten for good.
  base::Result<void> update_act(const CapturedActRecord& act);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
