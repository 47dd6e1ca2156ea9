// The fake service's use cases of tokens, sessions and accounts.
#include "http/fake_calls.h"

#include "app/administration.h"
#include "app/authenticate.h"
#include "app/passkeys.h"
#include "app/sessions.h"
#include "app/visit_package.h"

namespace segell::app {

using base::Code;
using base::fail;
using base::Json;
using base::Result;
using tests::key_of;
using tests::note;
using tests::reply;

Result<Caller> authenticate(Service&, std::string_view token) {
  if (token != "sgt_good") return fail(Code::unauthenticated, "auth.invalid-token", "the token is not valid");
  return Caller{};
}
Result<VisitCaller> authenticate_visit(Service&, std::string_view capability) {
  if (capability == "sgv_old") return fail(Code::expired, "visit.expired", "the link is over");
  if (capability != "sgv_good") return fail(Code::unauthenticated, "auth.invalid-token", "the token is not valid");
  return VisitCaller{};
}

namespace {

SessionGrant grant() { return {Json::object({{"session", Json::object({{"csrf", "csrf-1"}})}}), "sgs_fresh"}; }

}  // namespace

Result<SessionCaller> authenticate_session(Service&, std::string_view cookie) {
  SessionCaller session;
  session.csrf = "csrf-1";
  if (cookie == "sgs_half") {
    session.step = SessionStep::second_factor;
    return session;
  }
  if (cookie != "sgs_open" && cookie != "sgs_bare")
    return fail(Code::unauthenticated, "auth.no-session", "you are not logged in");
  if (cookie == "sgs_open") session.caller = Caller{};
  return session;
}
Result<LoginReply> log_in(Service&, const LoginAttempt& attempt) {
  note("log_in", attempt.name, attempt.password, attempt.address, attempt.earlier.value_or("-"));
  if (attempt.name == "slow") return LoginReply{{}, std::chrono::seconds(120)};
  if (attempt.name != "marta") return fail(Code::unauthenticated, "login.failed", "not right");
  return LoginReply{grant(), {}};
}
Result<LoginReply> activate(Service&, const Activation& activation) {
  note("activate", activation.name, activation.code, activation.password, activation.earlier.value_or("-"));
  return LoginReply{grant(), {}};
}
Result<LoginReply> pass_second_factor(Service&, const SessionCaller&, std::string_view code) {
  note("pass_second_factor", code);
  return LoginReply{grant(), {}};
}
Result<Json> begin_totp(Service&, const SessionCaller&) {
  note("begin_totp");
  return Json::object({{"secret", "A"}, {"uri", "otpauth:"}});
}
Result<LoginReply> confirm_totp(Service&, const SessionCaller&, std::string_view code) {
  note("confirm_totp", code);
  return LoginReply{grant(), {}};
}
Result<SessionGrant> choose_role(Service&, const SessionCaller&, std::string_view holding) {
  note("choose_role", holding);
  return grant();
}
Result<LoginReply> change_password(Service&, const SessionCaller&, const PasswordChange& change) {
  note("change_password", change.current, change.wanted);
  return LoginReply{grant(), {}};
}
Result<Json> describe_session(Service&, const SessionCaller&) {
  note("describe_session");
  return grant().body;
}
Result<SessionGrant> hand_over(Service&, const SessionCaller&) {
  note("hand_over");
  return SessionGrant{base::Json::object(), "sgs_given"};
}
Result<LoginReply> take_back(Service&, const TakingBack& taking) {
  note("take_back", taking.cookie, taking.proof);
  return LoginReply{grant(), {}};
}
bool offers_passkeys(const Service&) { return true; }
Result<Json> begin_passkey(Service&, const SessionCaller&) {
  note("begin_passkey");
  return Json::object();
}
Result<LoginReply> add_passkey(Service&, const SessionCaller&, const NewPasskey& made) {
  note("add_passkey", made.name, made.client_data, made.authenticator_data);
  return LoginReply{grant(), {}};
}
Result<Json> remove_passkey(Service&, const SessionCaller&, std::string_view passkey) {
  note("remove_passkey", passkey);
  return Json::object();
}
Result<Json> ask_for_passkey(Service&, const SessionCaller&) {
  note("ask_for_passkey");
  return Json::object();
}
Result<LoginReply> pass_passkey(Service&, const SessionCaller&, const PasskeyProof& proof) {
  note("pass_passkey", proof.id, proof.client_data, proof.authenticator_data, proof.signature);
  return LoginReply{grant(), {}};
}
Result<Json> ask_for_passkey_back(Service&, std::string_view cookie) {
  note("ask_for_passkey_back", cookie);
  return Json::object();
}
Result<LoginReply> take_back_by_passkey(Service&, std::string_view cookie, const PasskeyProof& proof) {
  note("take_back_by_passkey", cookie, proof.id);
  return LoginReply{grant(), {}};
}
Result<void> end_session(Service&, const SessionCaller&, bool everywhere) {
  note("end_session", everywhere ? "everywhere" : "here");
  return base::ok();
}
Result<Reply> add_account(Service&, const Caller&, const AccountWish& wanted, const Idempotency&) {
  std::string roles;
  for (const RoleWish& role : wanted.roles) roles += role.role + '/' + role.person + ' ';
  note("add_account", wanted.name, wanted.shown, wanted.unit, roles, wanted.language);
  return reply("account");
}
Result<Json> list_organisation_accounts(Service&, const Caller&, const AccountQuery& query) {
  note("list_accounts", query.role, query.page.cursor);
  return Json::object();
}
Result<Json> describe_account(Service&, const Caller&, std::string_view account) {
  note("describe_account", account);
  return Json::object();
}
Result<Reply> give_account_role(Service&, const Caller&, std::string_view account, const RoleWish& wanted,
                                const Idempotency&) {
  note("give_account_role", account, wanted.role);
  return reply("account");
}
Result<Reply> withdraw_account_role(Service&, const Caller&, std::string_view account, std::string_view role,
                                    const Idempotency&) {
  note("withdraw_account_role", account, role);
  return reply("account");
}
Result<Reply> block_account(Service&, const Caller&, std::string_view account, const Idempotency&) {
  note("block_account", account);
  return reply("account");
}
Result<Reply> unblock_account(Service&, const Caller&, std::string_view account, const Idempotency&) {
  note("unblock_account", account);
  return reply("account");
}
Result<Reply> reset_second_factor(Service&, const Caller&, std::string_view account, const Idempotency&) {
  note("reset_second_factor", account);
  return reply("account");
}
Result<Reply> end_account_sessions(Service&, const Caller&, std::string_view account, const Idempotency&) {
  note("end_account_sessions", account);
  return reply("account");
}
Result<Reply> issue_account_letter(Service&, const Caller&, std::string_view account, std::string_view language,
                                   const Idempotency&) {
  note("issue_account_letter", account, language);
  return reply("account");
}

}  // namespace segell::app
