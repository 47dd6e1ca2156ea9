#include "app/sessions.h"
#include "session_parts.h"

namespace segell::app {

namespace {

/// The account has no second factor: its password shows who is here.
base::Result<LoginReply> take_back_by_password(Service& service, const SessionCaller& caller,
                                               const storage::AccountRecord& account, const TakingBack& taking) {
  Service::State& state = service.state();
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  const AttemptTags tags = attempt_tags(state, account.name, taking.address);
  SEGELL_TRY(const auto wait, attempt_wait(state, tags, head.time));
  if (wait.count() > 0) return LoginReply{{}, wait};
  SEGELL_CHECK(check_password(state, {caller.home, account}, taking.proof, tags, head.time));
  const std::string cookie = make_cookie();
  SEGELL_CHECK(state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.sessions().forget_failures(tags.name));
    return go_on(transaction, caller, {SessionStep::open, {}, "taken-back"}, cookie, head);
  }));
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  return LoginReply{std::move(grant), {}};
}

}  // namespace

base::Result<SessionGrant> hand_over(Service& service, const SessionCaller& caller) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_step(caller, SessionStep::open));
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  std::string cookie = make_cookie();
  SEGELL_CHECK(state.store.run(caller.home, [&](storage::Transaction& transaction) {
    return go_on(transaction, caller, {SessionStep::handed_over, {}, "handed-over"}, cookie, head);
  }));
  return SessionGrant{base::Json::object(), std::move(cookie)};
}

base::Result<LoginReply> take_back(Service& service, const TakingBack& taking) {
  Service::State& state = service.state();
  const auto nothing = [] { return base::fail(base::Code::not_found, "http.not-found", "there is nothing here"); };
  const auto caller = authenticate_session(service, taking.cookie);
  if (!caller && caller.error().reason == "auth.no-session") return nothing();
  if (!caller) return base::fail(caller.error());
  if (caller->step != SessionStep::handed_over) return nothing();
  SEGELL_TRY(const auto account, state.store.read(caller->home, [&](const storage::View& view) {
    return view.accounts().get(caller->account);
  }));
  SEGELL_TRY(const auto details, account_details_from_json(account.details));
  if (details.has_second_factor()) return pass_second_factor(service, *caller, taking.proof);
  return take_back_by_password(service, *caller, account, taking);
}

}  // namespace segell::app
