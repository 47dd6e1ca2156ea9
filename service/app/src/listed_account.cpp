#include "listed_account.h"

#include "account_details.h"
#include "account_events.h"
#include "app/oidc.h"

namespace segell::app {

base::Result<base::Json> listed_account_json(storage::Transaction& transaction, const Caller& caller,
                                             const storage::AccountRecord& account, const EventHead& head) {
  SEGELL_TRY(const auto details, account_details_from_json(account.details));
  base::Json json = base::Json::object({{"id", account.id.text()}, {"shownName", details.shown}});
  json.set("name", is_oidc_account_name(account.name) ? base::Json() : base::Json(account.name));
  json.set("unit", details.unit.empty() ? base::Json() : base::Json(details.unit));
  json.set("state", account.state);
  json.set("secondFactor", details.has_second_factor());
  json.set("letterUntil",
           details.activation ? base::Json(base::format_rfc3339(details.activation->expires)) : base::Json());
  json.set("createdAt", base::format_rfc3339(account.created));
  json.set("isOwn", caller.account == account.id);
  base::Json roles = base::Json::array();
  SEGELL_TRY(const auto held, transaction.holdings().of_account(transaction.tenant(), account.id));
  for (const storage::HoldingRecord& holding : held) {
    if (holding.tenant != transaction.tenant()) continue;
    base::Json role = base::Json::object({{"id", holding.id.text()}, {"role", holding.role}});
    role.set("personId", holding.person ? base::Json(holding.person->text()) : base::Json());
    role.set("since", base::format_rfc3339(holding.since));
    roles.push(std::move(role));
    if (!holding.person) continue;
    SEGELL_CHECK(transaction.append_event(encode(head, AccountShown{*holding.person, account.id}), *holding.person));
  }
  json.set("roles", std::move(roles));
  return json;
}

}  // namespace segell::app
