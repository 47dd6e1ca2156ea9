#include "app/visit.h"

#include "checks.h"
#include "copy_choice.h"
#include "events.h"
#include "layout/slip_page.h"
#include "once.h"
#include "slip_issue.h"
#include "visit_state.h"

namespace segell::app {

namespace {

constexpr std::string_view kCopyKinds[] = {"printed", "phone", "post", "none"};

/// For a screen: the modules row by row.
base::Result<base::Json> copy_qr_json(const std::string& public_url, const SlipWish& wish) {
  SEGELL_TRY(const auto rows,
             layout::qr_modules(slip_link(public_url, wish.free ? wish.free->first : wish.draft.code)));
  base::Json json = base::Json::array();
  for (const std::string& row : rows) json.push(row);
  return json;
}

}  // namespace

bool takes_slip(std::string_view kind) noexcept { return kind == "printed" || kind == "phone"; }

base::Result<void> check_copy(const CopyChoice& choice) {
  if (!one_of(kCopyKinds, choice.kind)) {
    return base::fail(base::Code::invalid_argument, "copy.bad-kind", "a copy is printed, phone, post or none");
  }
  if (choice.code && !takes_slip(choice.kind)) {
    return base::fail(base::Code::invalid_argument, "copy.code-unexpected",
                      "a slip that was made beforehand goes with a copy that the person takes along");
  }
  return base::ok();
}

base::Result<std::optional<IssuedSlip>> record_copy(storage::Transaction& transaction, const VisitCaller& caller,
                                                    std::string_view kind, const SlipWish& wish, base::Instant now) {
  const EventHead head{now, visit_actor(caller)};
  SEGELL_TRY(const VisitState visit, load_visit(transaction, caller.request));
  // Also where no slip is made: a copy is chosen once the visit has ended.
  SEGELL_CHECK(content_of_visit(transaction, visit, head.time));
  CopyChosen event{visit.request.person, visit.request.document, caller.request, std::string(kind), {}};
  std::optional<IssuedSlip> slip;
  if (takes_slip(kind)) {
    SEGELL_TRY(slip, issue_of_request(transaction, head, wish));
    event.slip = slip->id;
  }
  SEGELL_CHECK(transaction.append_event(encode(head, event), visit.request.person));
  return slip;
}

base::Result<Reply> choose_copy(Service& service, const VisitCaller& caller, const CopyChoice& choice,
                                const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(check_copy(choice));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.request.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(const SlipWish wish, prepare_slip(state, caller.tenant, caller.request, choice.code));
  SEGELL_TRY(const base::Json qr, copy_qr_json(state.settings.public_url, wish));
  const base::Instant now = state.clock.now();
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(const auto slip, record_copy(transaction, caller, choice.kind, wish, now));
               base::Json copy = base::Json::object({{"kind", choice.kind}});
               if (slip) {
                 base::Json json = issued_json(state.settings.public_url, *slip);
                 json.set("qr", qr);
                 copy.set("slip", std::move(json));
               }
               base::Json answer = base::Json::object({{"copy", std::move(copy)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
