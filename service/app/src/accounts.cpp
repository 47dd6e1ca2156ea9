#include "app/accounts.h"

#include "account_changes.h"
#include "checks.h"
#include "storage/store.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Failure unknown_account() {
  return base::fail(base::Code::not_found, "account.unknown", "there is no account with that name",
                    "`segelld account list` shows the names");
}

base::Result<void> store_account(storage::Store& storage, base::Instant now, base::TenantId tenant,
                                 const NewAccount& wanted,
                                 const std::optional<AccountDetails::Activation>& activation) {
  SEGELL_TRY(const auto account, new_account({wanted.name, wanted.shown}, activation, now));
  SEGELL_CHECK(check_role(wanted.role, wanted.person));
  const EventHead head{now, actor_of(account.id)};
  const storage::HoldingRecord holding{storage::HoldingId::make(),          tenant,        account.id, tenant,
                                       std::string(to_string(wanted.role)), wanted.person, now};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(require_person(transaction, wanted.person));
    SEGELL_CHECK(transaction.accounts().add(account));
    SEGELL_CHECK(transaction.append_event(encode(head, AccountCreated{account.id})));
    return add_holding(transaction, holding, head);
  });
}

base::Result<storage::FoundAccount> find(storage::Store& storage, std::string_view name) {
  const auto normal = normal_login_name(name);
  if (!normal) return unknown_account();
  SEGELL_TRY(auto found, storage.find_account(*normal));
  if (!found) return unknown_account();
  return *std::move(found);
}

/// Of this tenant: others keep their own.
base::Result<storage::FoundAccount> find_own(storage::Store& storage, const base::TenantId& tenant,
                                             std::string_view name) {
  SEGELL_TRY(auto found, find(storage, name));
  if (found.home != tenant) return unknown_account();
  return found;
}

base::Result<std::optional<storage::HoldingRecord>> find_holding(const storage::View& view,
                                                                 const storage::FoundAccount& found, Role role,
                                                                 const std::optional<base::PersonId>& person) {
  SEGELL_TRY(const auto held, view.holdings().of_account(found.home, found.account.id));
  const auto same = std::find_if(held.begin(), held.end(), [&](const storage::HoldingRecord& one) {
    return one.tenant == view.tenant() && one.role == to_string(role) && one.person == person;
  });
  return same == held.end() ? std::optional<storage::HoldingRecord>() : std::optional(*same);
}

}  // namespace

base::Result<ActivationCode> create_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                            const NewAccount& wanted, std::chrono::hours valid) {
  const ActivationCode issued{make_spoken_code(kCodeGroups), clock.now() + valid};
  SEGELL_CHECK(store_account(storage, clock.now(), tenant, wanted,
                             AccountDetails::Activation{spoken_code_digest(issued.code), issued.expires}));
  return issued;
}

base::Result<void> create_linked_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                         const NewAccount& wanted) {
  return store_account(storage, clock.now(), tenant, wanted, {});
}

base::Result<ActivationCode> issue_activation_code(storage::Store& storage, const base::Clock& clock,
                                                   base::TenantId tenant, std::string_view name,
                                                   std::chrono::hours valid) {
  SEGELL_TRY(const auto found, find_own(storage, tenant, name));
  const base::Instant now = clock.now();
  const ActivationCode issued{make_spoken_code(kCodeGroups), now + valid};
  const EventHead head{now, actor_of(found.account.id)};
  SEGELL_CHECK(storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto account, transaction.accounts().get(found.account.id));
    return renew_code(transaction, std::move(account), {spoken_code_digest(issued.code), issued.expires}, head);
  }));
  return issued;
}

base::Result<void> give_role(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                             std::string_view name, Role role, std::optional<base::PersonId> person) {
  SEGELL_CHECK(check_role(role, person));
  SEGELL_TRY(const auto found, find(storage, name));
  const EventHead head{clock.now(), actor_of(found.account.id)};
  const storage::HoldingRecord holding{storage::HoldingId::make(),   found.home, found.account.id, tenant,
                                       std::string(to_string(role)), person,     head.time};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(require_person(transaction, person));
    SEGELL_TRY(const auto held, find_holding(transaction, found, role, person));
    if (held) return base::fail(base::Code::already_exists, "account.role-held", "the account has that role already");
    return add_holding(transaction, holding, head);
  });
}

base::Result<void> withdraw_role(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                 std::string_view name, Role role, std::optional<base::PersonId> person) {
  SEGELL_TRY(const auto found, find(storage, name));
  const EventHead head{clock.now(), actor_of(found.account.id)};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(const auto held, find_holding(transaction, found, role, person));
    if (!held)
      return base::fail(base::Code::not_found, "account.role-not-held", "the account does not have that role",
                        "`segelld account list` shows the roles");
    return remove_holding(transaction, *held, head);
  });
}

base::Result<void> assign(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                          std::string_view name, const base::PersonId& person) {
  SEGELL_TRY(const auto found, find(storage, name));
  const EventHead head{clock.now(), actor_of(found.account.id)};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(require_person(transaction, person));
    SEGELL_CHECK(transaction.append_event(encode(head, PersonAssigned{person, found.account.id}), person));
    return transaction.assignments().add(person, found.account.id, head.time);
  });
}

base::Result<void> unassign(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                            std::string_view name, const base::PersonId& person) {
  SEGELL_TRY(const auto found, find(storage, name));
  const EventHead head{clock.now(), actor_of(found.account.id)};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(require_person(transaction, person));
    SEGELL_TRY(const bool was, transaction.assignments().remove(person, found.account.id));
    if (!was)
      return base::fail(base::Code::not_found, "account.not-assigned", "the account does not work with that person");
    SEGELL_CHECK(transaction.append_event(encode(head, PersonUnassigned{person, found.account.id}), person));
    return base::ok();
  });
}

base::Result<void> change_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                  std::string_view name, AccountChange change) {
  SEGELL_TRY(const auto found, find_own(storage, tenant, name));
  const EventHead head{clock.now(), actor_of(found.account.id)};
  return storage.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto account, transaction.accounts().get(found.account.id));
    switch (change) {
      case AccountChange::end_sessions:
        return end_all_sessions(transaction, account.id, head);
      case AccountChange::close:
        SEGELL_CHECK(end_all_sessions(transaction, account.id, head));
        SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "closed"})));
        return transaction.accounts().close(account.id);
      case AccountChange::disable:
        return disable_account(transaction, std::move(account), head);
      case AccountChange::enable:
        return enable_account(transaction, std::move(account), head);
    }
    return base::ok();
  });
}

base::Result<std::vector<AccountLine>> list_accounts(storage::Store& storage, base::TenantId tenant) {
  using Lines = std::vector<AccountLine>;
  return storage.read(tenant, [&](const storage::View& view) -> base::Result<Lines> {
    SEGELL_TRY(const auto accounts, view.accounts().all());
    Lines lines;
    for (const storage::AccountRecord& account : accounts) {
      SEGELL_TRY(const auto details, account_details_from_json(account.details));
      AccountLine line{account.name, account.state, {}, details.has_second_factor()};
      SEGELL_TRY(const auto held, view.holdings().of_account(tenant, account.id));
      for (const storage::HoldingRecord& holding : held) {
        if (holding.tenant != tenant) continue;
        line.roles.push_back(holding.role + (holding.person ? " of " + holding.person->text() : ""));
      }
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(), [](const auto& one, const auto& other) { return one.name < other.name; });
    return lines;
  });
}

}  // namespace segell::app
