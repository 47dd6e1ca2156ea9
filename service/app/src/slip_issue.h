#pragma once

#include "base/json.h"
#include "events.h"
#include "slip_code.h"
#include "slip_content.h"
#include "storage/transaction.h"

#include <optional>
#include <string>

namespace segell::app {

/// A slip that a transaction may write: id and code are drawn before it.
struct SlipDraft {
  storage::SlipId id = storage::SlipId::make();
  SlipCode code = SlipCode::make();
};

/// A slip with its code, as it is told once.
struct IssuedSlip {
  storage::SlipId id;
  SlipCode code;
  base::Instant expires{};
};
/// {id,code,link,expiresAt}.
base::Json issued_json(std::string_view public_url, const IssuedSlip& slip);

/// Who the slip is for.
struct SlipBearer {
  base::PersonId person;
  std::optional<RequestId> request;
};

/// Writes a bound slip and its event.
base::Result<IssuedSlip> issue_bound(storage::Transaction& transaction, const EventHead& head, const SlipDraft& draft,
                                     const SlipBearer& bearer, const SlipContent& content);

/// Binds the free slip with that code, which `place` names. Error: conflict "slip.code-taken".
base::Result<IssuedSlip> bind_free(storage::Transaction& transaction, const EventHead& head,
                                   const storage::SlipPlace& place, const SlipCode& code, const SlipBearer& bearer,
                                   const SlipContent& content);

/// A slip of how a request ended: a new one, or the free one with that code. Errors: those of content_of_visit;
/// conflict "slip.too-many"; conflict "slip.code-taken", also for a code that is none.
struct SlipWish {
  RequestId request;
  SlipDraft draft;
  std::optional<std::pair<SlipCode, storage::SlipPlace>> free;
};
base::Result<SlipWish> prepare_slip(Service::State& state, const base::TenantId& tenant, const RequestId& request,
                                    const std::optional<std::string>& code);
base::Result<IssuedSlip> issue_of_request(storage::Transaction& transaction, const EventHead& head,
                                          const SlipWish& wish);

}  // namespace segell::app
