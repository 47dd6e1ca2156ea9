#include "app/sessions.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "checks.h"
#include "representation_check.h"
#include "session_parts.h"
#include "tokens.h"
#include "visibility.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kCookieLength = 4 + 43;
/// `seen` is written at most this often, so that reading a page costs no commit.
constexpr std::chrono::seconds kTouchEvery{60};

base::Failure no_session() {
  return base::fail(base::Code::unauthenticated, "auth.no-session", "you are not logged in, or the session is over",
                    "log in");
}

base::Result<SessionStep> parse_step(std::string_view word) {
  for (const SessionStep step :
       {SessionStep::open, SessionStep::second_factor, SessionStep::enrol, SessionStep::handed_over}) {
    if (to_string(step) == word) return step;
  }
  return base::fail(base::Code::corrupt, "app.record", "a stored session has no proper step");
}

std::string csrf_of(std::string_view cookie) {
  return base::to_base64url(base::hmac_sha256(base::as_bytes(cookie), base::as_bytes("segell.csrf/1")));
}

bool is_over(const storage::FoundSession& found, base::Instant now, std::chrono::seconds idle) {
  const storage::SessionRecord& session = found.session;
  return found.account_state != account_state::kActive || session.expires <= now || now - session.seen > idle;
}

std::optional<Caller> caller_of(const Service::State& state, const storage::FoundSession& found, base::Instant now) {
  const auto role = role_of(found);
  const auto& session = found.session;
  if (!role || *role == Role::integrator || !session.tenant || !state.tenants.contains(*session.tenant)) return {};
  if (holds_person(*role) != found.person.has_value()) return {};
  Caller caller;
  caller.tenant = *session.tenant;
  caller.actor = actor_of(session.account);
  caller.role = *role;
  caller.account = session.account;
  caller.person = found.person;
  caller.level = session.level;
  caller.at = now;
  caller.rights = rights_of(*role);
  return caller;
}

/// The roles that there are for the login: not that of a representative whom the person has excluded since, or whose
/// power is over.
base::Result<std::vector<storage::HoldingRecord>> roles_there(Service::State& state,
                                                              const std::vector<storage::HoldingRecord>& held) {
  std::vector<storage::HoldingRecord> there;
  for (const storage::HoldingRecord& holding : held) {
    if (!state.tenants.contains(holding.tenant)) continue;
    if (holding.person) {
      SEGELL_TRY(const bool excluded, state.store.read(holding.tenant, [&](const storage::View& view) {
        return view.protection_flags().excludes(*holding.person, holding.account);
      }));
      if (excluded) continue;
    }
    if (holding.person && holding.role == to_string(Role::representative)) {
      SEGELL_TRY(const bool acts, state.store.read(holding.tenant, [&](const storage::View& view) {
        return represents(view, holding.account, *holding.person, state.clock.now());
      }));
      if (!acts) continue;
    }
    there.push_back(holding);
  }
  return there;
}

/// A role that the account holds, as the page lists it.
base::Result<base::Json> role_json(Service::State& state, const storage::HoldingRecord& holding, bool with_name) {
  base::Json json = base::Json::object({{"id", holding.id.text()}, {"role", holding.role}});
  json.set("organisation", state.tenants.at(holding.tenant).settings.organisation);
  if (holding.person && with_name) {
    SEGELL_TRY(const auto person, state.store.read(holding.tenant, [&](const storage::View& view) {
      return view.persons().get(*holding.person);
    }));
    const base::Json* name = person.profile.find("name");
    if (name != nullptr) json.set("personName", *name);
  }
  return json;
}

}  // namespace

std::string_view to_string(SessionStep step) noexcept {
  switch (step) {
    case SessionStep::open:
      return "open";
    case SessionStep::second_factor:
      return "second-factor";
    case SessionStep::enrol:
      return "enrol";
    case SessionStep::handed_over:
      return "handed-over";
  }
  return "second-factor";
}

base::Result<SessionCaller> authenticate_session(Service& service, std::string_view cookie) {
  Service::State& state = service.state();
  if (cookie.size() != kCookieLength || !cookie.starts_with(kCookiePrefix)) return no_session();
  const base::Sha256 hash = bearer_digest(cookie);
  const auto found = state.store.find_session(hash);
  if (!found && found.error().code == base::Code::unauthenticated) return no_session();
  if (!found) return base::fail(found.error());
  const base::Instant now = state.clock.now();
  if (is_over(*found, now, state.settings.logins.idle)) return no_session();
  if (now - found->session.seen >= std::min(kTouchEvery, state.settings.logins.idle / 4)) {
    SEGELL_CHECK(state.store.run(found->session.home, [&](storage::Transaction& transaction) {
      return transaction.sessions().touch(hash, now);
    }));
  }
  SessionCaller caller;
  caller.home = found->session.home;
  caller.account = found->session.account;
  caller.session = found->session.id;
  caller.hash = hash;
  caller.csrf = csrf_of(cookie);
  SEGELL_TRY(caller.step, parse_step(found->session.step));
  caller.level = found->session.level;
  if (caller.step == SessionStep::open) caller.caller = caller_of(state, *found, now);
  return caller;
}

base::Result<base::Json> describe_session(Service& service, const SessionCaller& caller) {
  Service::State& state = service.state();
  struct Found {
    AccountDetails details;
    std::vector<storage::HoldingRecord> held;
  };
  SEGELL_TRY(const auto found, state.store.read(caller.home, [&](const storage::View& view) -> base::Result<Found> {
    SEGELL_TRY(const auto account, view.accounts().get(caller.account));
    Found read;
    SEGELL_TRY(read.details, account_details_from_json(account.details));
    SEGELL_TRY(read.held, view.holdings().of_account(caller.home, caller.account));
    return read;
  }));
  SEGELL_TRY(const auto standing, state.store.find_session(caller.hash));
  const bool open = caller.step == SessionStep::open;
  base::Json roles = base::Json::array();
  base::Json role;
  SEGELL_TRY(const auto there, roles_there(state, found.held));
  for (const storage::HoldingRecord& holding : there) {
    SEGELL_TRY(const auto json, role_json(state, holding, open));
    if (standing.session.holding == holding.id) role = json;
    roles.push(json);
  }
  base::Json session = base::Json::object({{"step", to_string(caller.step)}, {"level", caller.level}});
  session.set("name", found.details.shown);
  session.set("role", std::move(role));
  session.set("roles", std::move(roles));
  session.set("secondFactor", found.details.has_second_factor());
  base::Json factors = base::Json::array();
  if (found.details.totp) factors.push("authenticator");
  if (!found.details.passkeys.empty()) factors.push("passkey");
  session.set("factors", std::move(factors));
  base::Json passkeys = base::Json::array();
  for (const auto& passkey : found.details.passkeys) {
    if (!open) break;
    passkeys.push(base::Json::object(
        {{"id", passkey.id.text()}, {"name", passkey.name}, {"createdAt", base::format_rfc3339(passkey.created)}}));
  }
  session.set("passkeys", std::move(passkeys));
  session.set("passkeysOffered", state.party.has_value());
  session.set("csrf", caller.csrf);
  session.set("expiresAt", base::format_rfc3339(standing.session.expires));
  session.set("idleSeconds", std::int64_t{state.settings.logins.idle.count()});
  return base::Json::object({{"session", std::move(session)}});
}

base::Result<SessionGrant> choose_role(Service& service, const SessionCaller& caller, std::string_view holding) {
  Service::State& state = service.state();
  if (caller.step == SessionStep::second_factor) SEGELL_CHECK(require_step(caller, SessionStep::open));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::HoldingId>(holding, "holding.unknown", "role of this login"));
  SEGELL_TRY(const auto held, state.store.read(caller.home, [&](const storage::View& view) {
    return view.holdings().of_account(caller.home, caller.account);
  }));
  SEGELL_TRY(const auto there, roles_there(state, held));
  const auto wanted = std::find_if(there.begin(), there.end(), [&](const auto& one) { return one.id == id; });
  if (wanted == there.end()) return base::fail(base::Code::not_found, "holding.unknown", "no such role of this login");
  SEGELL_TRY(const Role role, parse_role(wanted->role));
  const base::Instant now = state.clock.now();
  const EventHead head{now, actor_of(caller.account)};
  std::string cookie = make_cookie();
  SEGELL_CHECK(state.store.run(wanted->tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.holdings().get(id));  // still held
    SEGELL_TRY(const auto standing, transaction.sessions().get(caller.hash));
    storage::SessionRecord next = renew_session(standing.session, cookie, now);
    next.tenant = wanted->tenant;
    next.holding = wanted->id;
    // Who is here with a low level has no second factor: its step would come first.
    next.step = to_string(next_step(state.settings.logins, role, false, next.level));
    const SessionChanged event{session_fact(next, role, wanted->person, "role")};
    SEGELL_CHECK(transaction.append_event(encode(head, event), login_subject(role, wanted->person)));
    SEGELL_CHECK(transaction.sessions().remove(caller.hash));
    return transaction.sessions().add(next);
  }));
  return grant_for(service, std::move(cookie));
}

base::Result<void> end_session(Service& service, const SessionCaller& caller, bool everywhere) {
  Service::State& state = service.state();
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  return state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SessionEnded event{caller.account, caller.session, "logout"};
    if (everywhere) event = {caller.account, {}, "logout-everywhere"};
    SEGELL_CHECK(transaction.append_event(encode(head, event)));
    if (!everywhere) return transaction.sessions().remove(caller.hash);
    SEGELL_CHECK(transaction.sessions().remove_of_account(caller.home, caller.account));
    return base::ok();
  });
}

}  // namespace segell::app
