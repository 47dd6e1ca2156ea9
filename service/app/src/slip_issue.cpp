#include "slip_issue.h"

#include "events.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kMostSlipsOfRequest = 5;

base::Failure slip_code_taken() {
  return base::fail(base::Code::conflict, "slip.code-taken", "that code cannot be bound to this visit",
                    "take another of the slips that were made beforehand, or ask for a new one");
}

}  // namespace

base::Json issued_json(std::string_view public_url, const IssuedSlip& slip) {
  return base::Json::object({{"id", slip.id.text()},
                             {"code", slip.code.shown()},
                             {"link", slip_link(public_url, slip.code)},
                             {"expiresAt", base::format_rfc3339(slip.expires)}});
}

base::Result<IssuedSlip> issue_bound(storage::Transaction& transaction, const EventHead& head, const SlipDraft& draft,
                                     const SlipBearer& bearer, const SlipContent& content) {
  storage::SlipRecord record;
  record.id = draft.id;
  record.state = slip_state::kBound;
  record.person = bearer.person;
  record.request = bearer.request;
  record.created = head.time;
  record.expires = slip_expiry(content, head.time);
  record.content = to_json(content);
  const SlipsIssued event{{draft.id}, bearer.person, bearer.request, record.expires};
  SEGELL_CHECK(transaction.append_event(encode(head, event), bearer.person));
  SEGELL_CHECK(transaction.slips().add(record, slip_code_digest(draft.code)));
  return IssuedSlip{draft.id, draft.code, record.expires};
}

base::Result<IssuedSlip> bind_free(storage::Transaction& transaction, const EventHead& head,
                                   const storage::SlipPlace& place, const SlipCode& code, const SlipBearer& bearer,
                                   const SlipContent& content) {
  auto record = transaction.slips().get(place.slip);
  if (!record && record.error().code == base::Code::not_found) return slip_code_taken();
  if (!record) return base::fail(std::move(record).error());
  if (record->state != slip_state::kFree || record->expires <= head.time) return slip_code_taken();
  record->state = slip_state::kBound;
  record->person = bearer.person;
  record->request = bearer.request;
  record->expires = slip_expiry(content, head.time);
  record->content = to_json(content);
  const SlipBound event{record->id, bearer.person, bearer.request, record->expires};
  SEGELL_CHECK(transaction.append_event(encode(head, event), bearer.person));
  SEGELL_CHECK(transaction.slips().update(*record));
  return IssuedSlip{record->id, code, record->expires};
}

base::Result<SlipWish> prepare_slip(Service::State& state, const base::TenantId& tenant, const RequestId& request,
                                    const std::optional<std::string>& code) {
  SlipWish wish{request, {}, {}};
  if (!code) return wish;
  const auto parsed = SlipCode::parse(*code);
  const auto place = find_slip(state, *code);
  if (!place && place.error().code != base::Code::not_found) return base::fail(place.error());
  // A code of another organisation is as unknown as one that nobody made.
  if (!parsed || !place || place->tenant != tenant) return slip_code_taken();
  wish.free = std::pair(*parsed, *place);
  return wish;
}

base::Result<IssuedSlip> issue_of_request(storage::Transaction& transaction, const EventHead& head,
                                          const SlipWish& wish) {
  SEGELL_TRY(const VisitState visit, load_visit(transaction, wish.request));
  SEGELL_TRY(const SlipContent content, content_of_visit(transaction, visit, head.time));
  SEGELL_TRY(const auto earlier, transaction.slips().of_request(wish.request));
  if (earlier.size() >= kMostSlipsOfRequest) {
    return base::fail(base::Code::conflict, "slip.too-many",
                      "a visit has up to " + std::to_string(kMostSlipsOfRequest) + " slips",
                      "revoke those that were lost");
  }
  const SlipBearer bearer{visit.request.person, wish.request};
  if (wish.free) return bind_free(transaction, head, wish.free->second, wish.free->first, bearer, content);
  return issue_bound(transaction, head, wish.draft, bearer, content);
}

}  // namespace segell::app
