#pragma once

#include "request_payload.h"
#include "request_place.h"
#include "storage/transaction.h"

#include <algorithm>

namespace segell::app {

/// Whether anybody is asked to sign the document now, or will be: nothing is put into it then, since they would find
/// another one than was shown to them.
inline base::Result<bool> has_pending_request(const storage::View& view, const base::DocumentId& document,
                                              base::Instant now) {
  SEGELL_TRY(const auto requests, view.requests().of_document(document));
  return std::ranges::any_of(requests, [&](const storage::RequestRecord& request) {
    return request_state::is_pending(state_word(request, now));
  });
}

}  // namespace segell::app
