#include "app/sessions.h"

#include "base/password_hash.h"
#include "base/random.h"
#include "session_parts.h"

namespace segell::app {

namespace {

struct Failed {
  std::string_view way;
  std::string_view reason;  ///< for the log alone: the caller is told nothing of it
  std::optional<storage::FoundAccount> account;
};

/// Counts and logs a failed attempt: in the log of the account's tenant or, where there is none, of the node's first.
base::Result<void> note_failure(Service::State& state, const AttemptTags& tags, const Failed& failed,
                                base::Instant now) {
  const base::TenantId tenant = failed.account ? failed.account->home : state.tenants.begin()->first;
  LoginFailed event{{}, std::string(failed.way), std::string(failed.reason)};
  EventHead head{now, ActorId::make()};
  if (failed.account) {
    event.account = failed.account->account.id;
    head.actor = actor_of(*event.account);
  }
  const base::Bytes encoded = encode(head, event);
  return state.store.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.append_event(encoded));
    SEGELL_CHECK(transaction.sessions().note_failure(tags.name, now, LoginLimit::kMemory));
    return transaction.sessions().note_failure(tags.address, now, LoginLimit::kMemory);
  });
}

base::Failure login_failed() {
  return base::fail(base::Code::unauthenticated, "login.failed", "the name or the password is not right",
                    "check both, or ask for a new letter with a code");
}

base::Failure activation_failed() {
  return base::fail(base::Code::unauthenticated, "activation.failed", "the name or the code of the letter is not right",
                    "compare both with the letter; a code works once");
}

/// The work of checking a password, where there is none to check: whoever measures learns nothing.
void work_in_vain(const Service::State& state, std::string_view password) {
  base::scrypt(base::as_bytes(password), base::random_bytes(16), state.settings.logins.cost, 32);
}

/// An empty reason when the password is right.
base::Result<std::string_view> judge_password(const Service::State& state,
                                              const std::optional<storage::FoundAccount>& found,
                                              std::string_view password) {
  if (!found || found->account.state != account_state::kActive) {
    work_in_vain(state, password);
    return found ? "not-active" : "unknown-name";
  }
  SEGELL_TRY(const auto details, account_details_from_json(found->account.details));
  if (details.password.empty()) {  // logs in elsewhere only
    work_in_vain(state, password);
    return "no-password";
  }
  SEGELL_TRY(const bool right, base::verify_password(details.password, password));
  return right ? "" : "wrong-password";
}

/// The account as it is now; what was judged a moment ago must hold still.
base::Result<std::pair<storage::AccountRecord, AccountDetails>> load_again(const storage::View& view,
                                                                           const storage::AccountRecord& judged) {
  SEGELL_TRY(auto account, view.accounts().get(judged.id));
  SEGELL_TRY(auto details, account_details_from_json(account.details));
  SEGELL_TRY(const auto before, account_details_from_json(judged.details));
  // A second factor that was shown meanwhile changes the details as well: only what was judged counts.
  const bool same_code = details.activation.has_value() == before.activation.has_value() &&
                         (!details.activation || details.activation->code == before.activation->code);
  if (account.state != judged.state || details.password != before.password || !same_code) return login_failed();
  return std::pair(std::move(account), std::move(details));
}

}  // namespace

base::Result<void> check_password(Service::State& state, const storage::FoundAccount& account,
                                  std::string_view password, const AttemptTags& tags, base::Instant now) {
  const Slots::Held slot(state.logins);
  if (!slot) return login_busy();
  const std::optional<storage::FoundAccount> found(account);
  SEGELL_TRY(const std::string_view why, judge_password(state, found, password));
  if (why.empty()) return base::ok();
  SEGELL_CHECK(note_failure(state, tags, {"password", why, found}, now));
  return login_failed();
}

base::Result<LoginReply> log_in(Service& service, const LoginAttempt& attempt) {
  Service::State& state = service.state();
  const base::Instant now = state.clock.now();
  const std::string name = normal_login_name(attempt.name).value_or(std::string());
  const AttemptTags tags = attempt_tags(state, name, attempt.address);
  SEGELL_TRY(const auto wait, attempt_wait(state, tags, now));
  if (wait.count() > 0) return LoginReply{{}, wait};
  const Slots::Held slot(state.logins);
  if (!slot) return login_busy();
  std::optional<storage::FoundAccount> found;
  if (!name.empty()) {
    SEGELL_TRY(found, state.store.find_account(name));
  }
  SEGELL_TRY(const std::string_view why, judge_password(state, found, attempt.password));
  if (!why.empty()) {
    SEGELL_CHECK(note_failure(state, tags, {"password", why, found}, now));
    return login_failed();
  }
  SEGELL_TRY(const auto judged, account_details_from_json(found->account.details));
  // Made with an older cost: once the password is at hand, it is kept with today's.
  const std::string renewed = base::has_other_cost(judged.password, state.settings.logins.cost)
                                  ? base::hash_password(attempt.password, state.settings.logins.cost)
                                  : std::string();
  const NewSession session = make_session(state, found->home, found->account.id, now);
  const EventHead head{now, actor_of(found->account.id)};
  SEGELL_CHECK(state.store.run(found->home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto again, load_again(transaction, found->account));
    auto& [account, details] = again;
    if (!renewed.empty()) {
      details.password = renewed;
      account.details = to_json(details);
      SEGELL_CHECK(transaction.accounts().update(account));
    }
    SEGELL_CHECK(replace_earlier(transaction, attempt.earlier, head));
    SEGELL_CHECK(transaction.sessions().forget_failures(tags.name));
    return open_session(transaction, state.settings.logins, session.record,
                        {"password", level::kLow, details.has_second_factor()}, head);
  }));
  SEGELL_TRY(auto grant, grant_for(service, session.cookie));
  return LoginReply{std::move(grant), {}};
}

base::Result<LoginReply> activate(Service& service, const Activation& activation) {
  Service::State& state = service.state();
  const base::Instant now = state.clock.now();
  const std::string name = normal_login_name(activation.name).value_or(std::string());
  const AttemptTags tags = attempt_tags(state, name, activation.address);
  SEGELL_TRY(const auto wait, attempt_wait(state, tags, now));
  if (wait.count() > 0) return LoginReply{{}, wait};
  SEGELL_CHECK(check_new_password(activation.password, name));
  const Slots::Held slot(state.logins);
  if (!slot) return login_busy();
  // Before the code is looked at: right and wrong codes cost the same time.
  const std::string password = base::hash_password(activation.password, state.settings.logins.cost);
  std::optional<storage::FoundAccount> found;
  if (!name.empty()) {
    SEGELL_TRY(found, state.store.find_account(name));
  }
  std::optional<AccountDetails::Activation> open;
  if (found && found->account.state != account_state::kDisabled) {
    SEGELL_TRY(const auto details, account_details_from_json(found->account.details));
    open = details.activation;
  }
  const base::Sha256 shown = spoken_code_digest(activation.code);
  const bool right = open && base::equal_constant_time(shown, open->code);
  if (!right || open->expires <= now) {
    const std::string_view why = !found ? "unknown-name" : !open ? "no-code" : right ? "expired-code" : "wrong-code";
    SEGELL_CHECK(note_failure(state, tags, {"activation", why, found}, now));
    if (!right) return activation_failed();
    return base::fail(base::Code::expired, "activation.expired", "the code of the letter is too old",
                      "ask for a new letter");
  }
  const NewSession session = make_session(state, found->home, found->account.id, now);
  const EventHead head{now, actor_of(found->account.id)};
  const base::Bytes activated = encode(head, AccountChanged{found->account.id, "activated"});
  SEGELL_CHECK(state.store.run(found->home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto again, load_again(transaction, found->account));
    auto& [account, details] = again;
    if (!details.activation) return activation_failed();
    details.password = password;
    details.activation.reset();
    account.state = account_state::kActive;
    account.details = to_json(details);
    SEGELL_CHECK(transaction.accounts().update(account));
    SEGELL_CHECK(transaction.append_event(activated));
    SEGELL_CHECK(replace_earlier(transaction, activation.earlier, head));
    SEGELL_CHECK(transaction.sessions().forget_failures(tags.name));
    return open_session(transaction, state.settings.logins, session.record,
                        {"activation", level::kLow, details.has_second_factor()}, head);
  }));
  SEGELL_TRY(auto grant, grant_for(service, session.cookie));
  return LoginReply{std::move(grant), {}};
}

base::Result<LoginReply> change_password(Service& service, const SessionCaller& caller, const PasswordChange& change) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_step(caller, SessionStep::open));
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const auto judged, state.store.read(caller.home, [&](const storage::View& view) {
    return view.accounts().get(caller.account);
  }));
  const AttemptTags tags = attempt_tags(state, judged.name, change.address);
  SEGELL_TRY(const auto wait, attempt_wait(state, tags, now));
  if (wait.count() > 0) return LoginReply{{}, wait};
  SEGELL_CHECK(check_new_password(change.wanted, judged.name));
  SEGELL_CHECK(check_password(state, {caller.home, judged}, change.current, tags, now));
  const std::string password = base::hash_password(change.wanted, state.settings.logins.cost);
  const EventHead head{now, actor_of(caller.account)};
  const std::string cookie = make_cookie();
  SEGELL_CHECK(state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto again, load_again(transaction, judged));
    auto& [account, details] = again;
    details.password = password;
    account.details = to_json(details);
    SEGELL_CHECK(transaction.accounts().update(account));
    SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "password-changed"})));
    SEGELL_TRY(const auto standing, transaction.sessions().get(caller.hash));
    SEGELL_CHECK(end_other_sessions(transaction, caller, "password-changed", head));
    SEGELL_CHECK(transaction.sessions().remove(caller.hash));
    return transaction.sessions().add(renew_session(standing.session, cookie, now));
  }));
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  return LoginReply{std::move(grant), {}};
}

}  // namespace segell::app
