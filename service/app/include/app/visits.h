#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>
#include <vector>

// Visits without a network, as a professional prepares them (docs/visit-package.md): signature requests of one or more
// persons, and the device that carries them.

namespace segell::app {

struct NewVisit {
  std::string device;
  std::vector<std::string> requests;  ///< 1 to 20, in the order in which the device shows them
  std::string expires_at;             ///< RFC 3339, within 31 days: acts that come later are set aside
};
/// Body: {"visit":{id,device,createdAt,expiresAt}}. Errors: not_found "device.unknown", "request.unknown"; conflict
/// "device.revoked", "visit.over", "visit.decisions-first" (somebody else decides on that document first),
/// "visit.not-laid-out" (its choices have no place on the paper, so that they cannot be made on a device);
/// invalid_argument "visit.bad-requests", "visit.bad-expiry".
base::Result<Reply> prepare_visit(Service& service, const Caller& caller, const NewVisit& wanted,
                                  const Idempotency& idempotency);

/// Those that the caller prepared, to a token all of the tenant; newest first. Body: {"visits":[{id,device,createdAt,
/// expiresAt,requests}],"next"}; `requests`: how many.
base::Result<base::Json> list_visits(Service& service, const Caller& caller, const Page& page);

/// Body: {"visit":{id,device,createdAt,expiresAt,acts[]}}: each nonce with its request and what came of it. Error:
/// not_found "visit.unknown".
base::Result<base::Json> describe_visit(Service& service, const Caller& caller, std::string_view visit);

/// What the device carries, `segell.visit-package/1`: everything that it shows, a nonce and a slip's code for each
/// request, and the capability, told here once. That each request left is an event. May be called up to five times for
/// a visit; what was captured with an earlier package stays good. Errors: not_found "visit.unknown"; conflict
/// "device.revoked", "visit.over", "visit.too-many-packages"; expired "visit.expired"; those of choose() for a document
/// on which nothing is chosen.
base::Result<Reply> issue_package(Service& service, const Caller& caller, std::string_view visit,
                                  const Idempotency& idempotency);

}  // namespace segell::app
