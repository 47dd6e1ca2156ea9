#include "app/passkeys.h"

#include "base/encoding.h"
#include "base/random.h"
#include "checks.h"
#include "session_parts.h"
#include "webauthn.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kMostPasskeys = 10;
constexpr std::size_t kChallengeOctets = 32;
constexpr std::chrono::minutes kChallengeLife{5};
constexpr std::string_view kToCreate = "create";
constexpr std::string_view kToUse = "get";

base::Failure passkey_failed() {
  return base::fail(base::Code::unauthenticated, "second-factor.failed", "that passkey was not accepted",
                    "try again, use another one, or a code");
}

base::Failure unknown_passkey() {
  return base::fail(base::Code::not_found, "passkey.unknown", "this login has no such passkey");
}

base::Failure nothing_handed_over() {
  return base::fail(base::Code::not_found, "http.not-found", "there is nothing here");
}

base::Result<const RelyingParty*> require_party(const Service::State& state) {
  if (state.party) return &*state.party;
  return base::fail(base::Code::conflict, "passkey.not-offered", "no passkeys are offered at this service's address",
                    "browsers take them at a name over https, and at http://localhost: see public-url");
}

/// Octets that a page sent; what is no base64url is empty, and refused by what reads it.
base::Bytes octets_of(std::string_view text) { return base::from_base64url(text).value_or(base::Bytes()); }

storage::LoginChallenge challenge_for(const SessionCaller& caller, std::string_view purpose, base::Instant now) {
  return {caller.hash, std::string(purpose), base::random_bytes(kChallengeOctets), now + kChallengeLife};
}

base::Json known_credentials(const AccountDetails& details) {
  base::Json list = base::Json::array();
  for (const auto& passkey : details.passkeys)
    list.push(base::Json::object({{"type", "public-key"}, {"id", base::to_base64url(passkey.key.id)}}));
  return list;
}

base::Json common_options(const storage::LoginChallenge& challenge) {
  return base::Json::object({{"challenge", base::to_base64url(challenge.challenge)},
                             {"timeout", std::int64_t{std::chrono::milliseconds(kChallengeLife).count()}}});
}

/// What is wrong with the proof, in a word for the log; empty: nothing, and the counter has moved on.
base::Result<std::string> judge(storage::Transaction& transaction, const SessionCaller& caller,
                                const RelyingParty& party, const PasskeyProof& proof, AccountDetails& details,
                                base::Instant now) {
  SEGELL_TRY(const auto challenge, transaction.sessions().take_challenge(caller.hash, kToUse, now));
  if (!challenge) return std::string("no-challenge");
  const CredentialUsed used{octets_of(proof.id), octets_of(proof.client_data), octets_of(proof.authenticator_data),
                            octets_of(proof.signature)};
  const auto passkey = std::find_if(details.passkeys.begin(), details.passkeys.end(),
                                    [&](const auto& one) { return one.key.id == used.id; });
  if (passkey == details.passkeys.end()) return std::string("unknown-passkey");
  const auto counter = check_used(party, *challenge, passkey->key, used);
  if (!counter) return std::string(counter.error().reason);
  // Section 7.2 step 21; authenticators that do not count say zero for ever.
  const bool counts = *counter != 0 || passkey->key.counter != 0;
  if (counts && *counter <= passkey->key.counter) return std::string("passkey.counter");
  passkey->key.counter = *counter;
  return std::string();
}

base::Result<base::Json> options_to_use(Service& service, const SessionCaller& caller) {
  Service::State& state = service.state();
  SEGELL_TRY(const RelyingParty* party, require_party(state));
  const auto challenge = challenge_for(caller, kToUse, state.clock.now());
  return state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto account, transaction.accounts().get(caller.account));
    SEGELL_TRY(const auto details, account_details_from_json(account.details));
    if (details.passkeys.empty()) return unknown_passkey();
    SEGELL_CHECK(transaction.sessions().keep_challenge(challenge));
    base::Json options = common_options(challenge);
    options.set("rpId", party->id);
    options.set("allowCredentials", known_credentials(details));
    options.set("userVerification", "required");
    return base::Json::object({{"publicKey", std::move(options)}});
  });
}

base::Result<LoginReply> pass(Service& service, const SessionCaller& caller, const PasskeyProof& proof) {
  Service::State& state = service.state();
  SEGELL_TRY(const RelyingParty* party, require_party(state));
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  const base::Bytes tag = factor_tag(state, caller.account);
  SEGELL_TRY(const auto wait, factor_wait(state, tag, head.time));
  if (wait.count() > 0) return LoginReply{{}, wait};
  const std::string cookie = make_cookie();
  // In one transaction, so that one challenge cannot be answered twice; a failed attempt commits as well.
  SEGELL_TRY(const bool right,
             state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<bool> {
               SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
               SEGELL_TRY(auto details, account_details_from_json(account.details));
               SEGELL_TRY(const auto wrong, judge(transaction, caller, *party, proof, details, head.time));
               if (!wrong.empty()) {
                 SEGELL_CHECK(note_factor_failure(transaction, caller, tag, {"passkey", wrong}, head));
                 return false;
               }
               account.details = to_json(details);
               SEGELL_CHECK(transaction.accounts().update(account));
               SEGELL_CHECK(transaction.sessions().forget_failures(tag));
               SEGELL_CHECK(raise_session(transaction, caller, "passkey", cookie, head));
               return true;
             }));
  if (!right) return passkey_failed();
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  return LoginReply{std::move(grant), {}};
}

/// The session that somebody handed over, with that cookie. Error: not_found "http.not-found".
base::Result<SessionCaller> find_handed_over(Service& service, std::string_view cookie) {
  auto caller = authenticate_session(service, cookie);
  if (caller && caller->step == SessionStep::handed_over) return caller;
  if (!caller && caller.error().reason != "auth.no-session") return caller;
  return nothing_handed_over();
}

/// Nothing is set up, or shown, before what comes first.
base::Result<void> require_own_session(const SessionCaller& caller) {
  if (caller.step == SessionStep::open || caller.step == SessionStep::enrol) return base::ok();
  return require_step(caller, SessionStep::open);
}

/// Whether the account needs a second factor in one of its roles.
base::Result<bool> needs_factor(const storage::View& view, const LoginSettings& settings, const SessionCaller& caller) {
  if (!settings.second_factor_for_staff) return false;
  SEGELL_TRY(const auto held, view.holdings().of_account(caller.home, caller.account));
  return std::any_of(held.begin(), held.end(), [](const storage::HoldingRecord& holding) {
    const auto role = parse_role(holding.role);
    return role && is_staff(*role);
  });
}

}  // namespace

bool offers_passkeys(const Service& service) { return service.state().party.has_value(); }

base::Result<base::Json> begin_passkey(Service& service, const SessionCaller& caller) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_own_session(caller));
  SEGELL_TRY(const RelyingParty* party, require_party(state));
  const auto challenge = challenge_for(caller, kToCreate, state.clock.now());
  return state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto account, transaction.accounts().get(caller.account));
    SEGELL_TRY(const auto details, account_details_from_json(account.details));
    if (details.passkeys.size() >= kMostPasskeys)
      return base::fail(base::Code::conflict, "passkey.too-many", "a login has ten passkeys at most",
                        "remove one that is no longer used");
    SEGELL_CHECK(transaction.sessions().keep_challenge(challenge));
    base::Json algorithms = base::Json::array();
    for (const int algorithm : kPasskeyAlgorithms)
      algorithms.push(base::Json::object({{"type", "public-key"}, {"alg", algorithm}}));
    base::Json options = common_options(challenge);
    options.set("rp", base::Json::object({{"id", party->id}, {"name", "Segell"}}));
    options.set("user", base::Json::object({{"id", base::to_base64url(account.id.bytes())},
                                            {"name", account.name},
                                            {"displayName", details.shown}}));
    options.set("pubKeyCredParams", std::move(algorithms));
    options.set("excludeCredentials", known_credentials(details));
    options.set("authenticatorSelection",
                base::Json::object({{"residentKey", "discouraged"}, {"userVerification", "required"}}));
    options.set("attestation", "none");
    return base::Json::object({{"publicKey", std::move(options)}});
  });
}

base::Result<LoginReply> add_passkey(Service& service, const SessionCaller& caller, const NewPasskey& made) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_own_session(caller));
  SEGELL_TRY(const RelyingParty* party, require_party(state));
  if (!is_plain_text(made.name, 100)) return invalid("passkey.bad-name", "a passkey needs a name, of up to 100 octets");
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  const std::vector<std::string> recovery = make_recovery_codes();
  const std::string cookie = make_cookie();
  const CredentialCreated created{octets_of(made.client_data), octets_of(made.authenticator_data)};
  const auto own_id = PasskeyId::make();
  struct Outcome {
    std::optional<base::Error> refused;  ///< the challenge is used up all the same
    bool first = false;
  };
  SEGELL_TRY(
      const auto outcome, state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<Outcome> {
        SEGELL_TRY(const auto challenge, transaction.sessions().take_challenge(caller.hash, kToCreate, head.time));
        if (!challenge)
          return base::fail(base::Code::conflict, "passkey.not-begun", "no passkey is being made, or it took too long",
                            "begin again");
        const auto key = check_created(*party, *challenge, created);
        if (!key) return Outcome{key.error(), false};
        SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
        SEGELL_TRY(auto details, account_details_from_json(account.details));
        const bool first = !details.has_second_factor();
        SEGELL_CHECK(transaction.accounts().claim_passkey(account.id, key->id));
        details.passkeys.push_back({own_id, *key, made.name, head.time});
        if (first) details.recovery = recovery_digests(recovery);
        account.details = to_json(details);
        SEGELL_CHECK(transaction.accounts().update(account));
        SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "passkey-added"})));
        SEGELL_CHECK(end_other_sessions(transaction, caller, "passkey-added", head));
        SEGELL_CHECK(raise_session(transaction, caller, "passkey", cookie, head));
        return Outcome{{}, first};
      }));
  if (outcome.refused) return base::fail(*outcome.refused);
  SEGELL_TRY(auto grant, grant_for(service, cookie));
  if (outcome.first) grant.body.set("recoveryCodes", recovery_json(recovery));
  return LoginReply{std::move(grant), {}};
}

base::Result<base::Json> remove_passkey(Service& service, const SessionCaller& caller, std::string_view passkey) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_step(caller, SessionStep::open));
  SEGELL_TRY(const auto id, parse_or_unknown<PasskeyId>(passkey, "passkey.unknown", "passkey of this login"));
  const EventHead head{state.clock.now(), actor_of(caller.account)};
  SEGELL_CHECK(state.store.run(caller.home, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto account, transaction.accounts().get(caller.account));
    SEGELL_TRY(auto details, account_details_from_json(account.details));
    const auto gone =
        std::find_if(details.passkeys.begin(), details.passkeys.end(), [&](const auto& one) { return one.id == id; });
    if (gone == details.passkeys.end()) return unknown_passkey();
    SEGELL_CHECK(transaction.accounts().release_passkey(gone->key.id));
    details.passkeys.erase(gone);
    if (!details.has_second_factor()) {
      SEGELL_TRY(const bool needed, needs_factor(transaction, state.settings.logins, caller));
      if (needed)
        return base::fail(base::Code::conflict, "second-factor.needed", "this login needs a second factor",
                          "add another passkey or an authenticator first");
      details.recovery.clear();
    }
    account.details = to_json(details);
    SEGELL_CHECK(transaction.accounts().update(account));
    SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "passkey-removed"})));
    return end_other_sessions(transaction, caller, "passkey-removed", head);
  }));
  return describe_session(service, caller);
}

base::Result<base::Json> ask_for_passkey(Service& service, const SessionCaller& caller) {
  SEGELL_CHECK(require_step(caller, SessionStep::second_factor));
  return options_to_use(service, caller);
}

base::Result<LoginReply> pass_passkey(Service& service, const SessionCaller& caller, const PasskeyProof& proof) {
  SEGELL_CHECK(require_step(caller, SessionStep::second_factor));
  return pass(service, caller, proof);
}

base::Result<base::Json> ask_for_passkey_back(Service& service, std::string_view cookie) {
  SEGELL_TRY(const auto caller, find_handed_over(service, cookie));
  auto options = options_to_use(service, caller);
  // Whoever holds the tablet learns nothing of the login that waits.
  if (!options && options.error().code == base::Code::not_found) return nothing_handed_over();
  return options;
}

base::Result<LoginReply> take_back_by_passkey(Service& service, std::string_view cookie, const PasskeyProof& proof) {
  SEGELL_TRY(const auto caller, find_handed_over(service, cookie));
  return pass(service, caller, proof);
}

}  // namespace segell::app
