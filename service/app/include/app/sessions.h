#pragma once

#include "app/caller.h"
#include "app/service.h"
#include "base/digest.h"
#include "base/json.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// Logging in with an account of this node, and what follows until the session ends. A session is a random cookie of
// which only the digest is kept; it gets another cookie at login and whenever what it may do changes. Every login,
// failure and end is an event of the tenant's log.

namespace segell::app {

/// What a session has still to do before it may call anything else.
enum class SessionStep {
  open,           ///< nothing
  second_factor,  ///< show the second factor that the account has
  enrol,          ///< set up a second factor, which its role needs
  handed_over,    ///< take the tablet back from the person to whom it was given
};
std::string_view to_string(SessionStep step) noexcept;

/// Who stands behind a session's cookie.
struct SessionCaller {
  base::TenantId home;  ///< of the account
  storage::AccountId account;
  storage::SessionId session;
  base::Sha256 hash{};  ///< of the cookie
  std::string csrf;     ///< what calls that change something must send beside the cookie
  SessionStep step = SessionStep::open;
  std::string level;             ///< assurance of this login: "low", "substantial", "high"
  std::optional<Caller> caller;  ///< only while the step is open and the account holds a role that this node serves
};

/// A cookie is "sgs_" and 256 random bits in base64url. Errors: unauthenticated "auth.no-session", the same for a
/// cookie that never was, one past its idle or absolute end, and one of a disabled account.
base::Result<SessionCaller> authenticate_session(Service& service, std::string_view cookie);

/// A session that begins, or goes on with another cookie.
struct SessionGrant {
  base::Json body;     ///< {"session":{…}}, and "recoveryCodes" where a second factor was set up
  std::string cookie;  ///< to be set in the browser, told nowhere else
};

/// Either a session, or how long to wait after too many failed attempts.
struct LoginReply {
  std::optional<SessionGrant> grant;
  std::chrono::seconds wait{0};
};

struct LoginAttempt {
  std::string name;
  std::string password;
  std::string address;                 ///< of the client: attempts are counted by it too
  std::optional<std::string> earlier;  ///< a cookie that came with the attempt: its session ends
};
/// Errors: unauthenticated "login.failed", the same and after the same work whether the name, the password or the state
/// of the account was wrong; unavailable "login.busy".
base::Result<LoginReply> log_in(Service& service, const LoginAttempt& attempt);

struct Activation {
  std::string name;
  std::string code;      ///< of the letter, in any case and grouping
  std::string password;  ///< the new one
  std::string address;
  std::optional<std::string> earlier{};  ///< as of a LoginAttempt
};
/// Sets the password of a new account, or anew after an administrator issued a code, and logs in. Errors:
/// invalid_argument "password.too-short", "password.too-long", "password.too-simple"; unauthenticated
/// "activation.failed"; expired "activation.expired" for the right code; unavailable "login.busy".
base::Result<LoginReply> activate(Service& service, const Activation& activation);

/// Shows the second factor: six digits of the authenticator, each used once, or a recovery code. Errors: conflict
/// "session.step"; unauthenticated "second-factor.failed".
base::Result<LoginReply> pass_second_factor(Service& service, const SessionCaller& caller, std::string_view code);

/// A secret for an authenticator program, kept until confirm_totp(). Body: {"secret" (base32), "uri" (otpauth)}. Error:
/// conflict "second-factor.exists", "session.step".
base::Result<base::Json> begin_totp(Service& service, const SessionCaller& caller);
/// The account has that second factor from now on; the session is raised. Its grant names the recovery codes, once.
/// Errors: conflict "second-factor.not-begun"; unauthenticated "second-factor.failed".
base::Result<LoginReply> confirm_totp(Service& service, const SessionCaller& caller, std::string_view code);

/// Goes on in another role, or for another person. Errors: not_found "holding.unknown"; conflict "session.step".
base::Result<SessionGrant> choose_role(Service& service, const SessionCaller& caller, std::string_view holding);

struct PasswordChange {
  std::string current;
  std::string wanted;
  std::string address;
};
/// Ends every other session of the account. Errors: those of log_in() and of a new password; conflict "session.step".
base::Result<LoginReply> change_password(Service& service, const SessionCaller& caller, const PasswordChange& change);

/// The tablet is given to a person: until take_back() the session has another cookie and calls nothing, as if there
/// were nothing to call. The person's own link is all that opens anything. Body: {}. Error: conflict "session.step".
base::Result<SessionGrant> hand_over(Service& service, const SessionCaller& caller);

struct TakingBack {
  std::string cookie;   ///< of the session that was handed over
  std::string proof;    ///< a code of the second factor where the account has one, else its password
  std::string address;  ///< of the client
};
/// The session goes on where it was, under another cookie. Errors: not_found "http.not-found" where nothing was handed
/// over; unauthenticated "second-factor.failed", "login.failed"; unavailable "login.busy".
base::Result<LoginReply> take_back(Service& service, const TakingBack& taking);

/// Body: {"session":{step,level,name,role,roles[],secondFactor,factors[],passkeys[],passkeysOffered,csrf,expiresAt,
/// idleSeconds}}.
base::Result<base::Json> describe_session(Service& service, const SessionCaller& caller);

/// Ends this session, or all of the account.
base::Result<void> end_session(Service& service, const SessionCaller& caller, bool everywhere);

}  // namespace segell::app
