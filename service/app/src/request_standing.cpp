#include "request_standing.h"

#include "checks.h"
#include "request_place.h"

#include <algorithm>

namespace segell::app {

namespace {

bool is_taken(const Standing& standing, const std::string& field) {
  return std::find(standing.taken.begin(), standing.taken.end(), field) != standing.taken.end();
}

}  // namespace

base::Result<Standing> standing_of(const storage::View& view, const base::DocumentId& document, base::Instant now,
                                   const std::optional<RequestId>& except) {
  Standing standing;
  SEGELL_TRY(const auto requests, view.requests().of_document(document));
  for (const storage::RequestRecord& one : requests) {
    const bool pending = request_state::is_pending(one.state) && one.expires > now;
    if ((!pending && !request_state::has_signature(one.state)) || one.payload.is_null() || one.id == except) continue;
    SEGELL_TRY(const RequestPayload payload, request_payload_from_json(one.payload));
    standing.has_decider = standing.has_decider || !payload.items.empty();
    if (!payload.signature_field.empty()) standing.taken.push_back(payload.signature_field);
  }
  return standing;
}

base::Result<void> check_free(const Standing& standing, const RequestPayload& payload) {
  if (payload.signature_field.empty()) return base::ok();
  const bool decides = !payload.items.empty();
  if ((!decides || !standing.has_decider) && !is_taken(standing, payload.signature_field)) return base::ok();
  return base::fail(base::Code::conflict, "request.document-moved", "somebody else was asked to sign there",
                    "make a new request, or wait until that one is over");
}

base::Result<std::string> signing_place(const TemplateDocument& made, const Standing& standing,
                                        const std::string& wanted) {
  for (const TemplateDocument::Signer& one : made.signers) {
    if (wanted.empty() ? is_taken(standing, one.field) : one.signer != wanted) continue;
    if (!is_taken(standing, one.field)) return one.field;
    return base::fail(base::Code::conflict, "request.signer-taken", "somebody was asked to sign there already",
                      "wait until that request is over, or name another signer");
  }
  if (wanted.empty()) return std::string();
  return invalid("request.unknown-signer", "the document has no place for that signer");
}

base::Result<std::string_view> turn_after(const storage::View& view, const base::DocumentId& document,
                                          const std::string& earlier, base::Instant now) {
  const auto id = RequestId::parse(earlier);
  const auto bad_order = [] {
    return invalid("request.bad-order", "the request that is to be signed first is none of this document");
  };
  if (!id) return bad_order();
  const auto first = view.requests().get(*id);
  if (!first && first.error().code == base::Code::not_found) return bad_order();
  if (!first) return base::fail(first.error());
  if (first->document != document) return bad_order();
  if (request_state::is_signed(first->state)) return request_state::kCreated;
  const std::string_view stands = state_word(*first, now);
  if (request_state::is_pending(stands)) return request_state::kWaiting;
  return base::fail(base::Code::conflict, "request.earlier-over",
                    "the request that is to be signed first is over: " + std::string(stands),
                    "make that request anew, or ask without an order");
}

}  // namespace segell::app
