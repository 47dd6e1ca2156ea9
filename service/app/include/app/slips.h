#pragma once

#include "app/caller.h"
#include "app/documents.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::app {

/// Slips made beforehand, for visits without a network: their codes open nothing until they are bound to a request.
struct NewSlips {
  std::uint32_t count = 0;  ///< 1 to 100
  std::string bind_by;      ///< RFC 3339, within 90 days: a code that nobody bound by then stays useless
};
/// Body: {"slips":[{id,code,link,expiresAt}]}; each code is shown once, only its hash is stored. Error:
/// invalid_argument "slip.bad-count", "slip.bad-time".
base::Result<Reply> issue_slips(Service& service, const Caller& caller, const NewSlips& wanted,
                                const Idempotency& idempotency);

/// A slip of how a request ended, for a paper that goes by post, or the binding of a code that was made beforehand.
/// Body:
/// {"slip":{id,code,link,expiresAt}}. Errors: not_found "request.unknown"; conflict "slip.not-over" (the person has not
/// answered yet), "slip.too-many", "slip.code-taken" (the code cannot be bound: unknown, bound already or too late).
base::Result<Reply> issue_request_slip(Service& service, const Caller& caller, std::string_view request,
                                       const std::optional<std::string>& code, const Idempotency& idempotency);

/// Ends a code for good (a slip was lost). Body: {"revocation":{at,logIndex}}. Error: not_found "slip.unknown".
base::Result<Reply> revoke_slip(Service& service, const Caller& caller, std::string_view slip,
                                const Idempotency& idempotency);

/// What stands on the slip with that code, and nothing else: {"slip":{language,ending,at,expiresAt,discreet,lines[{id,
/// text,choice,state,may,until}]}}; looking is an event. A code that is malformed, unknown, not bound yet, expired,
/// revoked, or whose decisions were all taken back already, is one and the same error: not_found "slip.unknown".
base::Result<base::Json> look_at_slip(Service& service, std::string_view code);

/// Takes back what stands on those lines of the slip: a consent is withdrawn, a use that the law opens to it is
/// objected to, at once and without a reason. Lines that were taken back before are left as they are, so that a call
/// may be repeated. Body: {"withdrawn":{at,lines[{id,decision,state}],logIndex}}. Errors: not_found "slip.unknown" as
/// above, but not for a slip that was used; invalid_argument "slip.no-line", "slip.line-unknown", "slip.line-fixed"
/// (nothing on it can be taken back).
base::Result<base::Json> withdraw_by_slip(Service& service, std::string_view code,
                                          const std::vector<std::string>& lines);

/// The slip as a PDF of one page in plain words, with what holds now, sealed by the organisation; a discreet one is not
/// sealed, because a seal names the organisation. Made anew each time, since the code is stored nowhere; an event
/// before it leaves. Errors: not_found "slip.unknown" as above, but not for a slip that was used; those of sealing.
base::Result<Content> read_slip_paper(Service& service, std::string_view code);

}  // namespace segell::app
