#pragma once

#include "app/caller.h"
#include "app/documents.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>

// What a device does with the capability of the package that it carries (docs/visit-package.md). Everything ends with
// forbidden "device.revoked" once the device was taken out of use; that is an event, a hundred times a visit at most.

namespace segell::app {

/// A device that holds the capability of one visit's package, and may do nothing but that visit.
struct PackageCaller {
  base::TenantId tenant;
  storage::VisitId visit;
};

/// The visit behind a package's capability ("sgp_…"). Errors: unauthenticated "auth.invalid-token"; expired
/// "visit.expired", 90 days after the visit.
base::Result<PackageCaller> authenticate_package(Service& service, std::string_view capability);

/// The octets that the device shows: those to be filled in, or the frozen ones where nothing is chosen on them. Reading
/// them is an event. Errors: not_found "request.unknown" for a request of no such visit; expired "visit.expired".
base::Result<Content> read_package_paper(Service& service, const PackageCaller& caller, std::string_view request);

/// Errors: as above; not_found "document.no-reading-view".
base::Result<Content> read_package_reading_view(Service& service, const PackageCaller& caller,
                                                std::string_view request);

/// Takes what the device captured, `segell.captured-act/1`, with the device's signature (base64url of r ‖ s) over its
/// RFC 8785 form. Once it answers, the act is on disk with its event and is never lost again: a job seals it, records
/// the answer, or sets it aside with a reason. The idempotency key is the act's nonce. Sending the same act again
/// answers the same, at any time later too. Body: {"act":{request,nonce,state,receivedAt}}. Errors, each an event:
/// invalid_argument "act.bad-signature", "act.other-visit"; not_found "nonce.unknown"; conflict "act.counter-used".
/// Others: malformed "request.…"; invalid_argument "act.bad-captured", "act.key-is-no-nonce",
/// "idempotency.other-body"; conflict "visit.over" (the person was erased).
base::Result<Reply> receive_act(Service& service, const PackageCaller& caller, const base::Json& act,
                                std::string_view signature, const Idempotency& idempotency);

/// What became of each nonce. Body: {"visit":{id,device,expiresAt},"acts":[{request,nonce,state,reason?,receivedAt?,
/// sealedAt?,verificationCode?,flags?}]}; `state` is waiting, received, sealed, recorded or set-aside.
base::Result<base::Json> describe_package(Service& service, const PackageCaller& caller);

}  // namespace segell::app
