#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>

// Tablets that take papers to where no network is (docs/visit-package.md). A device is a key that never leaves it: what
// it captures is signed with it.

namespace segell::app {

struct NewDevice {
  std::string label;       ///< for the people who use it: up to 100 octets
  std::string public_key;  ///< SubjectPublicKeyInfo of a P-256 key, base64
  std::string proof;       ///< base64url of r ‖ s: the key's signature over "segell.device/1\n" and public_key
};
/// Body: {"device":{id,label,state,enrolledAt}}. Errors: invalid_argument "device.bad-label", "device.bad-key",
/// "device.bad-proof"; already_exists "device.enrolled-already".
base::Result<Reply> enrol_device(Service& service, const Caller& caller, const NewDevice& wanted,
                                 const Idempotency& idempotency);

/// Those that the caller enrolled, to a token and to an administrator all of the tenant. Body: {"devices":[{id,label,
/// state,enrolledAt,enrolledBy,outstanding,revokedAt?,reason?}],"next"}; `enrolledBy`: the name shown of a login of
/// the tenant, else null; `outstanding`: papers that left on it and of which nothing came.
base::Result<base::Json> list_devices(Service& service, const Caller& caller, const Page& page);

/// From now on nothing is taken from it any more: for good. `why` is "lost", "stolen", "broken" or "retired". Body:
/// {"device":{…}} as listed. Ending it again answers the same. Errors: not_found "device.unknown"; invalid_argument
/// "device.bad-reason".
base::Result<Reply> revoke_device(Service& service, const Caller& caller, std::string_view device, std::string_view why,
                                  const Idempotency& idempotency);

}  // namespace segell::app
