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
/// "visit.not-laid-out" (its choices have no place on the paper, so that they cannot be made on a device),
/// "visit.no-method" (only an official could sign it); invalid_argument "visit.bad-requests", "visit.bad-expiry".
base::Result<Reply> prepare_visit(Service& service, const Caller& caller, const NewVisit& wanted,
                                  const Idempotency& idempotency);

/// What preparing that visit would do, and nothing is prepared. Body: {"visit":{device,refused,expiresAt,papers:[
/// {request,refused,title?,language?,personId?,personName?,holdsUntil?,notes?}]}}: `refused` is the reason id with
/// which prepare_visit() would refuse the device or the paper, null where it would not; `notes` are closed words of
/// what is to be known before (carriable.h). What the caller does not reach has its id and "request.unknown" alone. The
/// names shown are an event for each person. Errors: not_found "device.unknown"; invalid_argument "visit.bad-requests",
/// "visit.bad-expiry".
base::Result<base::Json> preview_visit(Service& service, const Caller& caller, const NewVisit& wanted);

/// Takes a visit back that no device took yet; again changes nothing. Body: {"visit":{id,device,createdAt,expiresAt}}.
/// Errors: not_found "visit.unknown"; conflict "visit.on-device".
base::Result<Reply> withdraw_visit(Service& service, const Caller& caller, std::string_view visit,
                                   const Idempotency& idempotency);

struct VisitQuery {
  Page page;
  bool with_papers = false;
};
/// Those that the caller prepared, to a token all of the tenant; newest first. Body: {"visits":[{id,device,deviceLabel,
/// state,createdAt,expiresAt,requests,papers?}],"next"}; `requests`: how many; `state`: prepared, withdrawn, expired or
/// revoked (before its device took it), on-device (something may still come), received (all came, not all is finished),
/// done. With papers: [{request,title,language,personId,personName,requestState,state,newer,answer,reason,flags}], and
/// an event for each person who is named; `state` of a paper is its nonce's, before there is one the visit's; `newer`:
/// the same person was asked anew about the same document.
base::Result<base::Json> list_visits(Service& service, const Caller& caller, const VisitQuery& query);

/// Body: {"visit":{id,device,createdAt,expiresAt,acts[]}}: each nonce with its request and what came of it. Error:
/// not_found "visit.unknown".
base::Result<base::Json> describe_visit(Service& service, const Caller& caller, std::string_view visit);

/// What the device carries, `segell.visit-package/1`: everything that it shows, a nonce and a slip's code for each
/// request, and the capability, told here once. That each request left is an event. May be called up to five times for
/// a visit; what was captured with an earlier package stays good. Errors: not_found "visit.unknown"; conflict
/// "device.revoked", "visit.over", "visit.withdrawn", "visit.too-many-packages"; expired "visit.expired"; those of
/// choose() for a document on which nothing is chosen.
base::Result<Reply> issue_package(Service& service, const Caller& caller, std::string_view visit,
                                  const Idempotency& idempotency);

}  // namespace segell::app
