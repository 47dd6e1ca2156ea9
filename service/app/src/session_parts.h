#pragma once

#include "account_details.h"
#include "account_events.h"
#include "app/sessions.h"
#include "login_limits.h"
#include "state.h"
#include "storage/transaction.h"

// What the use cases of logging in share.

namespace segell::app {

inline constexpr std::string_view kCookiePrefix = "sgs_";

namespace level {
inline constexpr std::string_view kLow = "low";
inline constexpr std::string_view kSubstantial = "substantial";
}  // namespace level

/// What a login of that level has still to do in that role.
SessionStep next_step(const LoginSettings& settings, std::optional<Role> role, bool has_second_factor,
                      std::string_view level);

/// The session of a cookie, described for its page.
base::Result<SessionGrant> grant_for(Service& service, std::string cookie);

/// A fresh cookie and the session row that it opens.
struct NewSession {
  std::string cookie;
  storage::SessionRecord record;
};
NewSession make_session(const Service::State& state, const base::TenantId& home, const storage::AccountId& account,
                        base::Instant now);
/// The same login under another cookie; its absolute end stays.
storage::SessionRecord renew_session(const storage::SessionRecord& before, std::string_view cookie, base::Instant now);
/// A cookie for it, made before the transaction: a use case may run more than once.
std::string make_cookie();

/// Opens the session with the account's oldest role in its own tenant, in the transaction that logs the login.
struct LoginFacts {
  std::string_view way;    ///< "password", "activation", "oidc", …
  std::string_view level;  ///< assurance of this way
  bool has_second_factor = false;
};
base::Result<void> open_session(storage::Transaction& transaction, const LoginSettings& settings,
                                const storage::SessionRecord& session, const LoginFacts& facts, const EventHead& head);
/// Ends the session behind an earlier cookie, if there is one.
base::Result<void> replace_earlier(storage::Transaction& transaction, const std::optional<std::string>& cookie,
                                   const EventHead& head);

/// How a session goes on.
struct SessionChange {
  SessionStep step = SessionStep::open;
  std::string_view level;  ///< empty: as before
  std::string_view way;    ///< for the event
};
/// The same session under another cookie, with the event that says how.
base::Result<void> go_on(storage::Transaction& transaction, const SessionCaller& caller, const SessionChange& change,
                         std::string_view cookie, const EventHead& head);

/// Ends every other session of the account, with the event that says why where there was one.
base::Result<void> end_other_sessions(storage::Transaction& transaction, const SessionCaller& caller,
                                      std::string_view why, const EventHead& head);

/// What follows once a second factor was shown: a higher level, and the session is whoever's it was if it had been
/// handed over.
base::Result<void> raise_session(storage::Transaction& transaction, const SessionCaller& caller, std::string_view way,
                                 std::string_view cookie, const EventHead& head);
/// Counts and logs a second factor that was not accepted.
struct FactorFailure {
  std::string_view way;     ///< "second-factor", "passkey"
  std::string_view reason;  ///< for the log alone
};
base::Result<void> note_factor_failure(storage::Transaction& transaction, const SessionCaller& caller,
                                       const base::Bytes& tag, const FactorFailure& failure, const EventHead& head);

SessionFact session_fact(const storage::SessionRecord& session, std::optional<Role> role,
                         std::optional<base::PersonId> person, std::string_view way);
std::optional<Role> role_of(const storage::FoundSession& found);
/// Whose key seals the opening of an event about this login: a citizen's own, so that it goes with them.
std::optional<base::PersonId> login_subject(const std::optional<Role>& role,
                                            const std::optional<base::PersonId>& person);

/// Errors: conflict "session.step" with what comes first.
base::Result<void> require_step(const SessionCaller& caller, SessionStep wanted);

/// The tags under which one attempt is counted.
struct AttemptTags {
  base::Bytes name;  ///< of the name, or of the account's second factor
  base::Bytes address;
};
AttemptTags attempt_tags(const Service::State& state, std::string_view name, std::string_view address);
base::Bytes address_tag(const Service::State& state, std::string_view address);
base::Bytes factor_tag(const Service::State& state, const storage::AccountId& account);
/// How long the next attempt has to wait; zero: at once.
base::Result<std::chrono::seconds> attempt_wait(Service::State& state, const AttemptTags& tags, base::Instant now);
base::Result<std::chrono::seconds> address_wait(Service::State& state, const base::Bytes& tag, base::Instant now);
base::Result<std::chrono::seconds> factor_wait(Service::State& state, const base::Bytes& tag, base::Instant now);

/// Whether that is the password of an account that is known; a wrong one is counted and logged. Errors: unauthenticated
/// "login.failed", unavailable "login.busy".
base::Result<void> check_password(Service::State& state, const storage::FoundAccount& account,
                                  std::string_view password, const AttemptTags& tags, base::Instant now);

base::Failure login_busy();

}  // namespace segell::app
