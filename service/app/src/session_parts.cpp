#include "session_parts.h"

#include "tokens.h"

namespace segell::app {

SessionStep next_step(const LoginSettings& settings, std::optional<Role> role, bool has_second_factor,
                      std::string_view level) {
  if (level != level::kLow) return SessionStep::open;
  if (has_second_factor) return SessionStep::second_factor;
  const bool needed = settings.second_factor_for_staff && role && is_staff(*role);
  return needed ? SessionStep::enrol : SessionStep::open;
}

base::Result<SessionGrant> grant_for(Service& service, std::string cookie) {
  SEGELL_TRY(const auto caller, authenticate_session(service, cookie));
  SEGELL_TRY(auto body, describe_session(service, caller));
  return SessionGrant{std::move(body), std::move(cookie)};
}

std::string make_cookie() { return make_bearer(kCookiePrefix); }

NewSession make_session(const Service::State& state, const base::TenantId& home, const storage::AccountId& account,
                        base::Instant now) {
  NewSession made;
  made.cookie = make_cookie();
  made.record.hash = bearer_digest(made.cookie);
  made.record.id = storage::SessionId::make();
  made.record.home = home;
  made.record.account = account;
  made.record.created = made.record.seen = now;
  made.record.expires = now + state.settings.logins.absolute;
  return made;
}

storage::SessionRecord renew_session(const storage::SessionRecord& before, std::string_view cookie, base::Instant now) {
  storage::SessionRecord next = before;
  next.hash = bearer_digest(cookie);
  next.seen = now;
  return next;
}

SessionFact session_fact(const storage::SessionRecord& session, std::optional<Role> role,
                         std::optional<base::PersonId> person, std::string_view way) {
  return {session.account, session.id, session.level, std::string(way), role, person};
}

std::optional<Role> role_of(const storage::FoundSession& found) {
  const auto role = parse_role(found.role);
  return role ? std::optional(*role) : std::nullopt;
}

std::optional<base::PersonId> login_subject(const std::optional<Role>& role,
                                            const std::optional<base::PersonId>& person) {
  return role == Role::citizen ? person : std::nullopt;
}

base::Result<void> open_session(storage::Transaction& transaction, const LoginSettings& settings,
                                const storage::SessionRecord& session, const LoginFacts& facts, const EventHead& head) {
  storage::SessionRecord row = session;
  row.level = facts.level;
  std::optional<Role> role;
  std::optional<base::PersonId> person;
  SEGELL_TRY(const auto held, transaction.holdings().of_account(row.home, row.account));
  for (const storage::HoldingRecord& holding : held) {
    if (holding.tenant != row.home) continue;  // the page offers the roles in other tenants
    SEGELL_TRY(role, parse_role(holding.role));
    person = holding.person;
    row.tenant = holding.tenant;
    row.holding = holding.id;
    break;
  }
  row.step = to_string(next_step(settings, role, facts.has_second_factor, facts.level));
  SEGELL_CHECK(transaction.append_event(encode(head, LoginSucceeded{session_fact(row, role, person, facts.way)}),
                                        login_subject(role, person)));
  SEGELL_CHECK(transaction.sessions().purge(head.time));
  return transaction.sessions().add(row);
}

base::Result<void> replace_earlier(storage::Transaction& transaction, const std::optional<std::string>& cookie,
                                   const EventHead& head) {
  if (!cookie) return base::ok();
  const auto found = transaction.sessions().get(bearer_digest(*cookie));
  if (!found && found.error().code == base::Code::unauthenticated) return base::ok();
  if (!found) return base::fail(found.error());
  const storage::SessionRecord& session = found->session;
  SEGELL_CHECK(transaction.append_event(
      encode({head.time, actor_of(session.account)}, SessionEnded{session.account, session.id, "replaced"})));
  return transaction.sessions().remove(session.hash);
}

base::Result<void> go_on(storage::Transaction& transaction, const SessionCaller& caller, const SessionChange& change,
                         std::string_view cookie, const EventHead& head) {
  SEGELL_TRY(const auto standing, transaction.sessions().get(caller.hash));
  storage::SessionRecord next = renew_session(standing.session, cookie, head.time);
  if (!change.level.empty()) next.level = change.level;
  next.step = to_string(change.step);
  const auto role = role_of(standing);
  SEGELL_CHECK(transaction.append_event(
      encode(head, SessionChanged{session_fact(next, role, standing.person, change.way)}),
      standing.session.tenant == transaction.tenant() ? login_subject(role, standing.person) : std::nullopt));
  SEGELL_CHECK(transaction.sessions().remove(caller.hash));
  return transaction.sessions().add(next);
}

base::Result<void> end_other_sessions(storage::Transaction& transaction, const SessionCaller& caller,
                                      std::string_view why, const EventHead& head) {
  SEGELL_TRY(const std::uint64_t others,
             transaction.sessions().remove_of_account(caller.home, caller.account, caller.hash));
  if (others == 0) return base::ok();
  SEGELL_CHECK(transaction.append_event(encode(head, SessionEnded{caller.account, {}, std::string(why)})));
  return base::ok();
}

base::Result<void> raise_session(storage::Transaction& transaction, const SessionCaller& caller, std::string_view way,
                                 std::string_view cookie, const EventHead& head) {
  return go_on(transaction, caller, {SessionStep::open, level::kSubstantial, way}, cookie, head);
}

base::Result<void> note_factor_failure(storage::Transaction& transaction, const SessionCaller& caller,
                                       const base::Bytes& tag, const FactorFailure& failure, const EventHead& head) {
  SEGELL_CHECK(transaction.append_event(
      encode(head, LoginFailed{caller.account, std::string(failure.way), std::string(failure.reason)})));
  return transaction.sessions().note_failure(tag, head.time, LoginLimit::kMemory);
}

base::Result<void> require_step(const SessionCaller& caller, SessionStep wanted) {
  if (caller.step == wanted) return base::ok();
  switch (caller.step) {
    case SessionStep::open:
      return base::fail(base::Code::conflict, "session.step", "this login needs no further step");
    case SessionStep::second_factor:
      return base::fail(base::Code::conflict, "session.step", "the second factor comes first",
                        "give the six digits of the authenticator, or a recovery code");
    case SessionStep::enrol:
      return base::fail(base::Code::conflict, "session.step", "a second factor must be set up first",
                        "set up an authenticator program for this login");
    case SessionStep::handed_over:
      return base::fail(base::Code::not_found, "http.not-found", "there is nothing here");
  }
  return base::ok();
}

AttemptTags attempt_tags(const Service::State& state, std::string_view name, std::string_view address) {
  return {state.store.login_tag("name", name), address_tag(state, address)};
}

base::Bytes address_tag(const Service::State& state, std::string_view address) {
  return state.store.login_tag("address", address);
}

base::Bytes factor_tag(const Service::State& state, const storage::AccountId& account) {
  return state.store.login_tag("factor", account.text());
}

base::Result<std::chrono::seconds> attempt_wait(Service::State& state, const AttemptTags& tags, base::Instant now) {
  SEGELL_TRY(const auto by_name, state.store.login_failures(tags.name));
  SEGELL_TRY(const auto by_address, address_wait(state, tags.address, now));
  return std::max(kNameLimit.wait(by_name, now), by_address);
}

base::Result<std::chrono::seconds> address_wait(Service::State& state, const base::Bytes& tag, base::Instant now) {
  SEGELL_TRY(const auto failures, state.store.login_failures(tag));
  return kAddressLimit.wait(failures, now);
}

base::Result<std::chrono::seconds> factor_wait(Service::State& state, const base::Bytes& tag, base::Instant now) {
  SEGELL_TRY(const auto failures, state.store.login_failures(tag));
  return kFactorLimit.wait(failures, now);
}

base::Failure login_busy() {
  return base::fail(base::Code::unavailable, "login.busy", "too many logins are being checked at this moment",
                    "try again in a few seconds");
}

}  // namespace segell::app
