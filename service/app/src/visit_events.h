#pragma once

#include "events.h"

// Events about visits without a network (events.cddl, kinds 60 to 66, 160).

namespace segell::app {

struct DeviceEnrolled {
  storage::DeviceId device;
  base::Sha256 key{};  ///< of its SubjectPublicKeyInfo
};
struct DeviceRevoked {
  storage::DeviceId device;
  std::string reason;
};
/// One request that a device will carry.
struct CarriedRequest {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  storage::DeviceId device;
  storage::VisitId visit;
};
struct VisitPrepared {
  CarriedRequest carried;
  base::Instant expires{};
};
/// Before its device took it.
struct VisitWithdrawn {
  CarriedRequest carried;
};
/// What the device shows of one request left the service.
struct PackageIssued {
  CarriedRequest carried;
  base::Sha256 nonce{};
  base::Instant expires{};  ///< of the nonce
};
struct ActReceived {
  CarriedRequest carried;
  std::string answer;
  base::Sha256 nonce{};
  std::uint64_t counter = 0;
  base::Sha256 captured{};
};
struct ActSetAside {
  std::optional<base::PersonId> person;  ///< none once erased
  RequestId request;
  storage::DeviceId device;
  storage::VisitId visit;
  base::Sha256 nonce{};
  std::string reason;
};
struct ActRefused {
  storage::DeviceId device;
  storage::VisitId visit;
  std::string reason;
};

base::Bytes encode(const EventHead& head, const DeviceEnrolled& event);
base::Bytes encode(const EventHead& head, const DeviceRevoked& event);
base::Bytes encode(const EventHead& head, const VisitPrepared& event);
base::Bytes encode(const EventHead& head, const VisitWithdrawn& event);
base::Bytes encode(const EventHead& head, const PackageIssued& event);
base::Bytes encode(const EventHead& head, const ActReceived& event);
base::Bytes encode(const EventHead& head, const ActSetAside& event);
base::Bytes encode(const EventHead& head, const ActRefused& event);

/// The name under which a device stands as actor in events.
ActorId device_actor(const storage::DeviceId& device);

}  // namespace segell::app
