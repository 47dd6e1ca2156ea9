#include "app/oidc.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "oidc_provider.h"
#include "persons_identifier.h"
#include "session_parts.h"
#include "tokens.h"

namespace segell::app {

namespace {

constexpr std::string_view kPrefix = "sgo_";
constexpr std::size_t kLength = 4 + 43;

base::Failure state_wrong() {
  return base::fail(base::Code::unauthenticated, "oidc.state", "this answer belongs to no login of this browser",
                    "begin the login again");
}

/// What one attempt needs, all of it from the random cookie: nothing is kept on the service's side, and whoever does
/// not have the cookie can make none of it.
std::string derived(std::string_view cookie, std::string_view use) {
  return base::to_base64url(base::hmac_sha256(base::as_bytes(cookie), base::as_bytes(use)));
}
std::string state_of(std::string_view cookie) { return derived(cookie, "segell.oidc-state/1"); }
std::string nonce_of(std::string_view cookie) { return derived(cookie, "segell.oidc-nonce/1"); }
std::string verifier_of(std::string_view cookie) { return derived(cookie, "segell.oidc-verifier/1"); }

std::string level_of(const OidcSettings& settings, const std::string& context_class) {
  const auto known = settings.levels.find(context_class);
  return known == settings.levels.end() ? std::string(level::kLow) : known->second;
}

/// A provider that does not answer is nobody's failed attempt.
bool is_outage(const base::Error& error) {
  return error.code == base::Code::unavailable || error.code == base::Code::timed_out || error.code == base::Code::io;
}

base::Result<void> note_failure(Service::State& state, const base::Bytes& address, std::string_view reason) {
  const base::Instant now = state.clock.now();
  const base::Bytes event = encode(EventHead{now, ActorId::make()}, LoginFailed{{}, "oidc", std::string(reason)});
  return state.store.run(state.tenants.begin()->first, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.append_event(event));
    return transaction.sessions().note_failure(address, now, LoginLimit::kMemory);
  });
}

/// Who logs in: an account that is there already, or one to be made for a person whom a claim identifies.
struct Who {
  base::TenantId home;
  storage::AccountRecord account;
  std::optional<base::PersonId> made_for;
};

base::Result<std::optional<Who>> find_who(Service::State& state, const OidcSettings& settings,
                                          const Identity& identity) {
  const std::string name = oidc_account_name(settings.issuer, identity.subject);
  SEGELL_TRY(const auto known, state.store.find_account(name));
  if (known) return std::optional(Who{known->home, known->account, {}});
  const base::Json* claim =
      settings.identifier_claim.empty() ? nullptr : identity.claims.find(settings.identifier_claim);
  if (claim == nullptr || claim->as_string() == nullptr) return std::optional<Who>();
  const storage::OutsideIdentifier wanted{settings.identifier_type, normal_identifier(*claim->as_string())};
  const base::TenantId home = state.tenants.begin()->first;
  return state.store.read(home, [&](const storage::View& view) -> base::Result<std::optional<Who>> {
    SEGELL_TRY(const auto person, view.persons().find(wanted));
    if (!person) return std::optional<Who>();
    SEGELL_TRY(const auto record, view.persons().get(*person));
    AccountDetails details;
    const base::Json* shown = record.profile.find("name");
    details.shown = shown != nullptr && shown->as_string() != nullptr ? *shown->as_string() : name;
    const storage::AccountRecord account{storage::AccountId::make(), name, std::string(account_state::kActive),
                                         to_json(details), state.clock.now()};
    return std::optional(Who{home, account, person});
  });
}

base::Result<void> make_account(storage::Transaction& transaction, const Who& who, const storage::HoldingId& holding,
                                const EventHead& head) {
  SEGELL_CHECK(transaction.accounts().add(who.account));
  SEGELL_CHECK(transaction.append_event(encode(head, AccountCreated{who.account.id})));
  SEGELL_CHECK(
      transaction.append_event(encode(head, RoleGiven{who.account.id, Role::citizen, who.made_for}), who.made_for));
  return transaction.holdings().add(
      {holding, who.home, who.account.id, who.home, std::string(to_string(Role::citizen)), who.made_for, head.time});
}

base::Json evidence_json(const OidcSettings& settings, const OidcProvider::Proven& proven, const std::string& assurance,
                         base::Instant at) {
  base::Json evidence = base::Json::object({{"method", "oidc"}, {"assurance", assurance}});
  evidence.set("issuer", settings.issuer);
  evidence.set("subject", proven.identity.subject);
  evidence.set("contextClass", proven.identity.context_class);
  evidence.set("time", base::format_rfc3339(at));
  evidence.set("tokenSha256", base::to_hex(proven.token));
  return evidence;
}

class Login final : public OidcLogin {
 public:
  Login(Service& service, base::HttpExchange& http, OidcSettings settings, std::string return_address)
      : m_service(service), m_provider(std::move(settings), std::move(return_address), http, service.state().clock) {}

  [[nodiscard]] const std::string& name() const override { return m_provider.settings().name; }

  base::Result<OidcStart> begin(const std::optional<std::string>& earlier) override {
    OidcStart start;
    start.cookie = make_bearer(kPrefix);
    const std::string challenge = base::to_base64url(base::sha256(base::as_bytes(verifier_of(start.cookie))));
    SEGELL_TRY(start.address,
               m_provider.authorization_address(state_of(start.cookie), nonce_of(start.cookie), challenge));
    SEGELL_CHECK(end_earlier(earlier));
    return start;
  }

  base::Result<LoginReply> finish(const OidcReturn& returned) override {
    if (returned.cookie.size() != kLength || !returned.cookie.starts_with(kPrefix) ||
        !base::equal_constant_time(base::as_bytes(state_of(returned.cookie)), base::as_bytes(returned.state)))
      return state_wrong();
    if (!returned.issuer.empty() && returned.issuer != m_provider.settings().issuer) return state_wrong();
    Service::State& state = m_service.state();
    const base::Bytes address = address_tag(state, returned.address);
    SEGELL_TRY(const auto wait, address_wait(state, address, state.clock.now()));
    if (wait.count() > 0) return LoginReply{{}, wait};
    const Slots::Held slot(state.logins);
    if (!slot) return login_busy();
    auto cookie = open(state, returned);
    if (!cookie) {
      // An attempt that is not logged did not fail as told: a log that cannot commit is the failure then.
      if (!is_outage(cookie.error())) SEGELL_CHECK(note_failure(state, address, cookie.error().reason));
      return base::fail(std::move(cookie).error());
    }
    SEGELL_TRY(auto grant, grant_for(m_service, *std::move(cookie)));
    return LoginReply{std::move(grant), {}};
  }

 private:
  base::Result<void> end_earlier(const std::optional<std::string>& cookie) {
    if (!cookie) return base::ok();
    const auto caller = authenticate_session(m_service, *cookie);
    if (!caller) return is_outage(caller.error()) ? base::Result<void>(base::fail(caller.error())) : base::ok();
    const Service::State& state = m_service.state();
    const EventHead head{state.clock.now(), actor_of(caller->account)};
    return state.store.run(
        caller->home, [&](storage::Transaction& transaction) { return replace_earlier(transaction, cookie, head); });
  }

  base::Result<std::string> open(Service::State& state, const OidcReturn& returned) {
    if (!returned.error.empty() || returned.code.empty())
      return base::fail(base::Code::unauthenticated, "oidc.refused", "the identity provider did not confirm the login",
                        "begin the login again");
    const OidcSettings& settings = m_provider.settings();
    SEGELL_TRY(const auto proven,
               m_provider.redeem(returned.code, verifier_of(returned.cookie), nonce_of(returned.cookie)));
    SEGELL_TRY(const auto who, find_who(state, settings, proven.identity));
    if (!who || who->account.state == account_state::kDisabled)
      return base::fail(base::Code::unauthenticated, "oidc.unknown-identity", "nobody here has that identity",
                        "ask your social services to open a login for you");
    const base::Instant now = state.clock.now();
    const std::string assurance = level_of(settings, proven.identity.context_class);
    NewSession session = make_session(state, who->home, who->account.id, now);
    const EventHead head{now, actor_of(who->account.id)};
    const auto holding = storage::HoldingId::make();
    const base::Json evidence = evidence_json(settings, proven, assurance, now);
    SEGELL_CHECK(state.store.run(who->home, [&](storage::Transaction& transaction) -> base::Result<void> {
      if (who->made_for) SEGELL_CHECK(make_account(transaction, *who, holding, head));
      SEGELL_TRY(auto account, transaction.accounts().get(who->account.id));
      SEGELL_TRY(auto details, account_details_from_json(account.details));
      if (account.state == account_state::kInvited) {  // logging in there is what activates such an account
        SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "activated"})));
        account.state = account_state::kActive;
        details.activation.reset();
      }
      details.evidence = evidence;
      account.details = to_json(details);
      SEGELL_CHECK(transaction.accounts().update(account));
      return open_session(transaction, state.settings.logins, session.record,
                          {"oidc", assurance, details.has_second_factor()}, head);
    }));
    return std::move(session.cookie);
  }

  Service& m_service;
  OidcProvider m_provider;
};

}  // namespace

std::string oidc_account_name(std::string_view issuer, std::string_view subject) {
  std::string both = std::string(issuer) + '\n';
  both += subject;
  return "oidc." + base::to_hex(base::sha256(base::as_bytes(both)));
}

bool is_oidc_account_name(std::string_view name) {
  constexpr std::string_view kStart = "oidc.";
  return name.starts_with(kStart) && name.size() == kStart.size() + std::size_t{2} * base::Sha256{}.size() &&
         name.find_first_not_of("0123456789abcdef", kStart.size()) == std::string_view::npos;
}

std::unique_ptr<OidcLogin> OidcLogin::make(Service& service, base::HttpExchange& http, OidcSettings settings,
                                           std::string return_address) {
  return std::make_unique<Login>(service, http, std::move(settings), std::move(return_address));
}

}  // namespace segell::app
