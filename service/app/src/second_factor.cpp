#include "app/sessions.h"

#include "base/encoding.h"
#include "base/random.h"
#include "base/totp.h"
#include "session_parts.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Failure factor_failed() {
  return base::fail(base::Code::unauthenticated, "second-factor.failed", "that code is not right, or was used already",
                    "wait for the next six digits of the authenticator; its clock must be right");
}

std::string without_blanks(std::string_view code) {
  std::string bare;
  std::copy_if(code.begin(), code.end(), std::back_inserter(bare), [](char c) { return c != ' '; });
  return bare;
}

bool is_totp(std::string_view code) {
  return code.size() == base::kTotpDigits &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Uses the code up; the way in which it was right, or empty.
std::string_view use_code(AccountDetails& details, std::string_view code, base::Instant now) {
  if (is_totp(code)) {
    if (!details.totp) return {};
    const auto step = base::match_totp(details.totp->secret, code, now, details.totp->last_step);
    if (!step) return {};
    details.totp->last_step = step;
    return "totp";
  }
  const base::Sha256 shown = spoken_code_digest(code);
  for (auto kept = details.recovery.begin(); kept != details.recovery.end(); ++kept) {
    if (!base::equal_constant_time(shown, *kept)) continue;
    details.recovery.erase(kept);
    return "recovery-code";
  }
  return {};
}

}  // namespace

base::Result<LoginReply> pass_second_factor(Service& service, const SessionCaller& caller, std::string_view code) {
  Service::State& state = service.state();
  if (caller.step != SessionStep::handed_over) SEGELL_CHECK(require_step(caller, SessionStep::second_factor));
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  const base::Bytes tag = factor_tag(state, caller.account);
  SEGELL_TRY(const auto wait, factor_wait(state, tag, head.time));
  if (wait.count() > 0) return LoginReply{{}, wait};
  const std::string bare = without_blanks(code);
  // In one transaction, so that two calls at the same time cannot use one code twice; a failed attempt commits as well.
  const std::string cookie = make_cookie();
  SEGELL_TRY(const bool right,
             state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<bool> {
               SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
               SEGELL_TRY(auto details, account_details_from_json(account.details));
               const std::string_view way = use_code(details, bare, head.time);
               if (way.empty()) {
                 SEGELL_CHECK(note_factor_failure(transaction, caller, tag, {"second-factor", "wrong-code"}, head));
                 return false;
               }
               account.details = to_json(details);
               SEGELL_CHECK(transaction.accounts().update(account));
               if (way == "recovery-code")
                 SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "recovery-used"})));
               SEGELL_CHECK(transaction.sessions().forget_failures(tag));
               SEGELL_CHECK(raise_session(transaction, caller, way, cookie, head));
               return true;
             }));
  if (!right) return factor_failed();
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  return LoginReply{std::move(grant), {}};
}

base::Result<base::Json> begin_totp(Service& service, const SessionCaller& caller) {
  Service::State& state = service.state();
  if (caller.step == SessionStep::second_factor) SEGELL_CHECK(require_step(caller, SessionStep::open));
  const base::Bytes secret = base::random_bytes(base::kTotpSecretOctets);
  SEGELL_TRY(const auto name,
             state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<std::string> {
               SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
               SEGELL_TRY(auto details, account_details_from_json(account.details));
               if (details.totp)
                 return base::fail(base::Code::conflict, "second-factor.exists", "this login has a second factor",
                                   "ask for a new letter: its code sets password and second factor anew");
               details.enrolling = secret;
               account.details = to_json(details);
               SEGELL_CHECK(transaction.accounts().update(account));
               return account.name;
             }));
  const std::string shown = base::to_base32(secret);
  // The Key Uri Format that authenticator programs read.
  return base::Json::object({{"secret", shown},
                             {"uri", "otpauth://totp/Segell:" + base::percent_encode(name) + "?secret=" + shown +
                                         "&issuer=Segell&algorithm=SHA1&digits=6&period=30"}});
}

base::Result<LoginReply> confirm_totp(Service& service, const SessionCaller& caller, std::string_view code) {
  Service::State& state = service.state();
  if (caller.step == SessionStep::second_factor) SEGELL_CHECK(require_step(caller, SessionStep::open));
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  const base::Bytes tag = factor_tag(state, caller.account);
  SEGELL_TRY(const auto wait, factor_wait(state, tag, head.time));
  if (wait.count() > 0) return LoginReply{{}, wait};
  const std::string bare = without_blanks(code);
  const std::vector<std::string> recovery = make_recovery_codes();
  const std::string cookie = make_cookie();
  SEGELL_TRY(const bool right,
             state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<bool> {
               SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
               SEGELL_TRY(auto details, account_details_from_json(account.details));
               if (details.enrolling.empty())
                 return base::fail(base::Code::conflict, "second-factor.not-begun", "no second factor is being set up",
                                   "ask for a secret first");
               const auto step =
                   is_totp(bare) ? base::match_totp(details.enrolling, bare, head.time, std::nullopt) : std::nullopt;
               if (!step) {
                 SEGELL_CHECK(note_factor_failure(transaction, caller, tag, {"second-factor", "wrong-code"}, head));
                 return false;
               }
               details.totp = AccountDetails::Totp{details.enrolling, step};
               details.enrolling.clear();
               details.recovery = recovery_digests(recovery);
               account.details = to_json(details);
               SEGELL_CHECK(transaction.accounts().update(account));
               SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "second-factor-set"})));
               SEGELL_CHECK(transaction.sessions().forget_failures(tag));
               SEGELL_CHECK(end_other_sessions(transaction, caller, "second-factor-set", head));
               SEGELL_CHECK(raise_session(transaction, caller, "totp", cookie, head));
               return true;
             }));
  if (!right) return factor_failed();
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  grant.body.set("recoveryCodes", recovery_json(recovery));
  return LoginReply{std::move(grant), {}};
}

}  // namespace segell::app
