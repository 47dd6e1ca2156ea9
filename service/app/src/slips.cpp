#include "app/slips.h"

#include "checks.h"
#include "events.h"
#include "once.h"
#include "slip_issue.h"
#include "visibility.h"

#include <chrono>

namespace segell::app {

namespace {

constexpr std::uint32_t kMostSlipsAtOnce = 100;
constexpr std::chrono::hours kLongestFreeSlip{24 * 90};

}  // namespace

base::Result<Reply> issue_slips(Service& service, const Caller& caller, const NewSlips& wanted,
                                const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  if (wanted.count == 0 || wanted.count > kMostSlipsAtOnce) {
    return invalid("slip.bad-count", "1 to " + std::to_string(kMostSlipsAtOnce) + " slips are made at one time");
  }
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const base::Instant bind_by, base::parse_rfc3339(wanted.bind_by));
  if (bind_by <= now || bind_by > now + kLongestFreeSlip) {
    return invalid("slip.bad-time", "slips made beforehand are bound within 90 days from now");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  const std::vector<SlipDraft> drafts = [&] {
    std::vector<SlipDraft> made;
    while (made.size() < wanted.count) made.emplace_back();
    return made;
  }();
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SlipsIssued event{{}, {}, {}, bind_by};
               base::Json list = base::Json::array();
               for (const SlipDraft& draft : drafts) {
                 event.slips.push_back(draft.id);
                 storage::SlipRecord record;
                 record.id = draft.id;
                 record.state = slip_state::kFree;
                 record.created = now;
                 record.expires = bind_by;
                 SEGELL_CHECK(transaction.slips().add(record, slip_code_digest(draft.code)));
                 list.push(issued_json(state.settings.public_url, {draft.id, draft.code, bind_by}));
               }
               SEGELL_CHECK(transaction.append_event(encode(EventHead{now, caller.actor}, event)));
               base::Json answer = base::Json::object({{"slips", std::move(list)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<Reply> issue_request_slip(Service& service, const Caller& caller, std::string_view request,
                                       const std::optional<std::string>& code, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(const SlipWish wish, prepare_slip(state, caller.tenant, id, code));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.request = id}, "request.unknown", "signature request"));
        SEGELL_TRY(const IssuedSlip slip, issue_of_request(transaction, head, wish));
        base::Json answer = base::Json::object({{"slip", issued_json(state.settings.public_url, slip)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<Reply> revoke_slip(Service& service, const Caller& caller, std::string_view slip,
                                const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_integrator(caller));
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::SlipId>(slip, "slip.unknown", "slip"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(storage::SlipRecord record, transaction.slips().get(id));
        // The subject's key is gone once they are erased; the slip says no more who they were.
        const auto subject = record.content.is_null() ? std::optional<base::PersonId>() : record.person;
        SEGELL_TRY(const std::uint64_t index,
                   transaction.append_event(encode(head, SlipRevoked{id, subject}), subject));
        record.state = slip_state::kRevoked;
        SEGELL_CHECK(transaction.slips().update(record));
        base::Json answer = base::Json::object(
            {{"revocation", base::Json::object({{"at", base::format_rfc3339(head.time)}, {"logIndex", index}})}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
