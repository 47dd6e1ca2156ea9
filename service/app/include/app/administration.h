#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The logins of an organisation, as its administrators keep them while the service runs. Codes go into letters and are
// told to nobody here. Everything is an event whose actor is the administrator. Nobody changes their own login in this
// way (forbidden "account.own"), and one administrator who can log in always stays (conflict
// "account.last-administrator").
//
// Errors of each: not_found "http.not-found" for who is no administrator, "account.unknown" also for a login of another
// organisation.

namespace segell::app {

struct RoleWish {
  std::string role;
  std::string person;  ///< whose matters a citizen or representative holds; else empty
};

struct AccountWish {
  std::string name;   ///< to log in with
  std::string shown;  ///< how the person is called
  std::string unit;   ///< of the organisation, where somebody works; may be empty
  std::vector<RoleWish> roles;
  std::string language;  ///< of the letter: "ca", "es" or "en"
};
/// Body: {"account":{…},"letter":{"reference","validUntil"}}. Errors: invalid_argument "account.bad-name",
/// "account.bad-shown-name", "account.bad-unit", "account.bad-roles", "account.bad-language", "account.person-needed",
/// "account.person-refused", "account.role-of-tokens", "app.unknown-role"; not_found "person.unknown"; already_exists
/// "account.name-taken"; unavailable "account.no-letters" (no letter box is configured); io "letter.not-kept".
base::Result<Reply> add_account(Service& service, const Caller& caller, const AccountWish& wanted,
                                const Idempotency& idempotency);

struct AccountQuery {
  std::string role;  ///< a role, "staff" for all but citizens and representatives, or empty for everybody
  Page page;
};
/// Newest first. Body: {"accounts":[{id,name,shownName,unit,state,secondFactor,letterUntil,createdAt,isOwn,
/// roles:[{id,role,personId,since}]}],"next"}. `name` is null for who logs in at an identity provider alone. A look at
/// the login of a citizen or representative is an event for the person. Error: invalid_argument "account.bad-role".
base::Result<base::Json> list_organisation_accounts(Service& service, const Caller& caller, const AccountQuery& query);

/// Body: {"account":{…}} as listed.
base::Result<base::Json> describe_account(Service& service, const Caller& caller, std::string_view account);

/// Each body: {"account":{…}} as it is now.
/// Errors: those of add_account(); already_exists "account.role-held".
base::Result<Reply> give_account_role(Service& service, const Caller& caller, std::string_view account,
                                      const RoleWish& wanted, const Idempotency& idempotency);
/// Sessions in that role end. `role` is the id of the role as listed. Error: not_found "account.role-not-held".
base::Result<Reply> withdraw_account_role(Service& service, const Caller& caller, std::string_view account,
                                          std::string_view role, const Idempotency& idempotency);
/// From now on the login opens nothing, and every session ends.
base::Result<Reply> block_account(Service& service, const Caller& caller, std::string_view account,
                                  const Idempotency& idempotency);
/// Error: conflict "account.not-active" for a login that was never activated.
base::Result<Reply> unblock_account(Service& service, const Caller& caller, std::string_view account,
                                    const Idempotency& idempotency);
/// Authenticator, passkeys and recovery codes are void and every session ends; the password stays, and whoever needs a
/// second factor sets one up at the next login. Error: conflict "account.no-second-factor".
base::Result<Reply> reset_second_factor(Service& service, const Caller& caller, std::string_view account,
                                        const Idempotency& idempotency);
base::Result<Reply> end_account_sessions(Service& service, const Caller& caller, std::string_view account,
                                         const Idempotency& idempotency);
/// A new code, in a letter: password and second factor are void at once, and every session ends. Body with "letter" as
/// of add_account(). Errors: those of its letter; conflict "account.elsewhere" for who logs in at an identity provider
/// alone.
base::Result<Reply> issue_account_letter(Service& service, const Caller& caller, std::string_view account,
                                         std::string_view language, const Idempotency& idempotency);

}  // namespace segell::app
