#include "app/administration.h"

#include "account_changes.h"
#include "app/letter_box.h"
#include "app/oidc.h"
#include "checks.h"
#include "listed_account.h"
#include "once.h"
#include "page_cursor.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace segell::app {

namespace {

constexpr std::size_t kMostRolesAtOnce = 16;
constexpr Role kStaff[] = {Role::professional, Role::referent, Role::manager,
                           Role::auditor,      Role::dpo,      Role::administrator};
static_assert(std::size(kStaff) <= storage::Accounts::kMostRoles);

/// What was asked for, read: a role and whose matters it is about.
struct ReadRole {
  Role role = Role::auditor;
  std::optional<base::PersonId> person;
};

base::Result<ReadRole> read_role(const RoleWish& wish) {
  ReadRole read;
  SEGELL_TRY(read.role, parse_role(wish.role));
  if (!wish.person.empty()) {
    SEGELL_TRY(read.person, parse_or_unknown<base::PersonId>(wish.person, "person.unknown", "person"));
  }
  SEGELL_CHECK(check_role(read.role, read.person));
  return read;
}

base::Result<std::vector<ReadRole>> read_roles(const std::vector<RoleWish>& wishes) {
  if (wishes.empty() || wishes.size() > kMostRolesAtOnce)
    return invalid("account.bad-roles", "a new login has 1 to 16 roles");
  std::vector<ReadRole> roles;
  std::set<std::pair<Role, std::string>> seen;
  for (const RoleWish& wish : wishes) {
    SEGELL_TRY(const auto read, read_role(wish));
    if (!seen.emplace(read.role, wish.person).second)
      return invalid("account.bad-roles", "a role is named twice for one login");
    roles.push_back(read);
  }
  return roles;
}

storage::HoldingRecord holding_of(const base::TenantId& tenant, const storage::AccountId& account, const ReadRole& role,
                                  base::Instant since) {
  return {storage::HoldingId::make(), tenant, account, tenant, std::string(to_string(role.role)), role.person, since};
}

/// Inside the transaction: two administrators may take each other's rights away at one time, and one of them stays.
base::Result<void> require_still_administrator(const storage::View& view, const Caller& caller) {
  SEGELL_TRY(const auto held, view.holdings().of_role(std::string(to_string(Role::administrator))));
  const auto own =
      std::find_if(held.begin(), held.end(), [&](const auto& one) { return one.account == caller.account; });
  const auto gone = [] {
    return base::fail(base::Code::not_found, "http.not-found", "nothing is here for this caller");
  };
  if (own == held.end()) return gone();
  if (own->home != view.tenant()) return base::ok();  // the organisation that made the login keeps its state
  SEGELL_TRY(const auto account, view.accounts().get(own->account));
  if (account.state != account_state::kActive) return gone();
  return base::ok();
}

/// A letter that leaves with its code; taken out again unless the transaction that makes the code count commits.
class PostedLetter {
 public:
  static base::Result<PostedLetter> post(Service::State& state, const Letter& letter) {
    PostedLetter posted(*state.letters);
    SEGELL_TRY(posted.m_reference, state.letters->put(letter));
    posted.m_until = letter.until;
    return posted;
  }
  ~PostedLetter() {
    if (m_box != nullptr && !m_reference.empty() && !m_counts) m_box->take_out(m_reference);
  }
  PostedLetter(PostedLetter&& other) noexcept
      : m_box(std::exchange(other.m_box, nullptr)),
        m_reference(std::move(other.m_reference)),
        m_until(other.m_until),
        m_counts(other.m_counts) {}
  PostedLetter(const PostedLetter&) = delete;
  PostedLetter& operator=(const PostedLetter&) = delete;
  PostedLetter& operator=(PostedLetter&&) = delete;

  void counts() { m_counts = true; }
  [[nodiscard]] base::Json json() const {
    return base::Json::object({{"reference", m_reference}, {"validUntil", base::format_rfc3339(m_until)}});
  }

 private:
  explicit PostedLetter(LetterBox& box) : m_box(&box) {}
  LetterBox* m_box;
  std::string m_reference;
  base::Instant m_until{};
  bool m_counts = false;
};

base::Result<void> check_letters(const Service::State& state, std::string_view language) {
  if (!one_of(kPaperLanguages, language)) return invalid("account.bad-language", "a letter is written in ca, es or en");
  if (state.letters != nullptr) return base::ok();
  return base::fail(base::Code::unavailable, "account.no-letters", "this service has no folder for letters with codes",
                    "set login.letters, or use `segelld account` while segelld is stopped");
}

/// The keeper's own login is changed by another administrator.
base::Result<void> require_other(const Caller& caller, const storage::AccountId& account) {
  if (caller.account != account) return base::ok();
  return base::fail(base::Code::forbidden, "account.own", "nobody changes the rights of their own login",
                    "another administrator can");
}

using Change =
    std::function<base::Result<void>(storage::Transaction&, const storage::AccountRecord&, const EventHead&)>;

/// What every change has in common; the answer tells the login as it is then.
base::Result<base::Json> change_in(storage::Transaction& transaction, const Caller& caller,
                                   const storage::AccountId& id, const EventHead& head, const Change& change) {
  SEGELL_CHECK(require_still_administrator(transaction, caller));
  SEGELL_CHECK(require_visible(transaction, caller, {.account = id}, "account.unknown", "account"));
  SEGELL_CHECK(require_other(caller, id));
  SEGELL_TRY(const auto before, transaction.accounts().get(id));
  SEGELL_CHECK(change(transaction, before, head));
  SEGELL_TRY(const auto after, transaction.accounts().get(id));
  SEGELL_TRY(auto json, listed_account_json(transaction, caller, after, head));
  return base::Json::object({{"account", std::move(json)}});
}

base::Result<Reply> change_one(Service& service, const Caller& caller, std::string_view account,
                               const Idempotency& idempotency, const Change& change) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::AccountId>(account, "account.unknown", "account"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto answer, change_in(transaction, caller, id, head, change));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<std::vector<std::string>> roles_of(const std::string& filter) {
  std::vector<std::string> roles;
  if (filter == "staff") {
    for (const Role role : kStaff) roles.emplace_back(to_string(role));
  } else if (!filter.empty()) {
    const auto role = parse_role(filter);
    if (!role || *role == Role::integrator)
      return invalid("account.bad-role", "no login has such a role", "a role, or staff");
    roles.push_back(filter);
  }
  return roles;
}

}  // namespace

base::Result<Reply> add_account(Service& service, const Caller& caller, const AccountWish& wanted,
                                const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto roles, read_roles(wanted.roles));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  const std::string code = make_spoken_code(kCodeGroups);
  const base::Instant until = head.time + kCodeValidity;
  const AccountDetails::Activation activation{spoken_code_digest(code), until};
  SEGELL_TRY(const auto account, new_account({wanted.name, wanted.shown, wanted.unit}, activation, head.time));
  if (is_oidc_account_name(account.name)) return invalid("account.bad-name", "that name belongs to identity providers");
  SEGELL_CHECK(check_letters(state, wanted.language));
  std::vector<storage::HoldingRecord> holdings;
  for (const ReadRole& role : roles) holdings.push_back(holding_of(caller.tenant, account.id, role, head.time));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(auto letter, PostedLetter::post(state, {wanted.shown, account.name, code, until, wanted.language}));
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_still_administrator(transaction, caller));
               SEGELL_CHECK(transaction.accounts().add(account));
               SEGELL_CHECK(transaction.append_event(encode(head, AccountCreated{account.id})));
               for (const storage::HoldingRecord& holding : holdings) {
                 SEGELL_CHECK(require_person(transaction, holding.person));
                 SEGELL_CHECK(add_holding(transaction, holding, head));
               }
               SEGELL_TRY(auto json, listed_account_json(transaction, caller, account, head));
               base::Json answer = base::Json::object({{"account", std::move(json)}, {"letter", letter.json()}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  letter.counts();
  return Reply{std::move(body)};
}

base::Result<base::Json> list_organisation_accounts(Service& service, const Caller& caller, const AccountQuery& query) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto after, time_cursor<storage::Accounts::Place>(query.page));
  SEGELL_TRY(const auto roles, roles_of(query.role));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(auto accounts, transaction.accounts().list(roles, after, query.page.limit + 1));
    const bool more = accounts.size() > query.page.limit;
    if (more) accounts.pop_back();
    base::Json::Array list;
    for (const storage::AccountRecord& account : accounts) {
      SEGELL_TRY(auto json, listed_account_json(transaction, caller, account, head));
      list.push_back(std::move(json));
    }
    base::Json body = base::Json::object({{"accounts", std::move(list)}});
    body.set("next", more ? base::Json(time_cursor_of(accounts.back())) : base::Json());
    return body;
  });
}

base::Result<base::Json> describe_account(Service& service, const Caller& caller, std::string_view account) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::AccountId>(account, "account.unknown", "account"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(transaction, caller, {.account = id}, "account.unknown", "account"));
    SEGELL_TRY(const auto record, transaction.accounts().get(id));
    SEGELL_TRY(auto json, listed_account_json(transaction, caller, record, head));
    return base::Json::object({{"account", std::move(json)}});
  });
}

base::Result<Reply> give_account_role(Service& service, const Caller& caller, std::string_view account,
                                      const RoleWish& wanted, const Idempotency& idempotency) {
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto role, read_role(wanted));
  const auto fresh = storage::HoldingId::make();
  return change_one(service, caller, account, idempotency,
                    [&](storage::Transaction& transaction, const storage::AccountRecord& record,
                        const EventHead& head) -> base::Result<void> {
                      SEGELL_CHECK(require_person(transaction, role.person));
                      SEGELL_TRY(const auto held, transaction.holdings().of_account(caller.tenant, record.id));
                      storage::HoldingRecord holding = holding_of(caller.tenant, record.id, role, head.time);
                      holding.id = fresh;
                      const bool has = std::any_of(held.begin(), held.end(), [&](const storage::HoldingRecord& one) {
                        return one.tenant == holding.tenant && one.role == holding.role && one.person == holding.person;
                      });
                      if (has)
                        return base::fail(base::Code::already_exists, "account.role-held",
                                          "the login has that role already");
                      return add_holding(transaction, holding, head);
                    });
}

base::Result<Reply> withdraw_account_role(Service& service, const Caller& caller, std::string_view account,
                                          std::string_view role, const Idempotency& idempotency) {
  const auto not_held = [] {
    return base::fail(base::Code::not_found, "account.role-not-held", "the login does not have that role",
                      "its description names the roles that it has");
  };
  return change_one(service, caller, account, idempotency,
                    [&](storage::Transaction& transaction, const storage::AccountRecord& record,
                        const EventHead& head) -> base::Result<void> {
                      const auto id = storage::HoldingId::parse(role);
                      if (!id) return not_held();
                      const auto holding = transaction.holdings().get(*id);
                      if (!holding && holding.error().code != base::Code::not_found) return base::fail(holding.error());
                      if (!holding || holding->account != record.id) return not_held();
                      return remove_holding(transaction, *holding, head);
                    });
}

base::Result<Reply> block_account(Service& service, const Caller& caller, std::string_view account,
                                  const Idempotency& idempotency) {
  return change_one(service, caller, account, idempotency, disable_account);
}

base::Result<Reply> unblock_account(Service& service, const Caller& caller, std::string_view account,
                                    const Idempotency& idempotency) {
  return change_one(service, caller, account, idempotency, enable_account);
}

base::Result<Reply> reset_second_factor(Service& service, const Caller& caller, std::string_view account,
                                        const Idempotency& idempotency) {
  return change_one(service, caller, account, idempotency, void_second_factor);
}

base::Result<Reply> end_account_sessions(Service& service, const Caller& caller, std::string_view account,
                                         const Idempotency& idempotency) {
  return change_one(service, caller, account, idempotency,
                    [](storage::Transaction& transaction, const storage::AccountRecord& record, const EventHead& head) {
                      return end_all_sessions(transaction, record.id, head);
                    });
}

base::Result<Reply> issue_account_letter(Service& service, const Caller& caller, std::string_view account,
                                         std::string_view language, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_administrator(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::AccountId>(account, "account.unknown", "account"));
  // Before a letter is written: to whom, and whether at all.
  SEGELL_TRY(const auto record,
             state.store.read(caller.tenant, [&](const storage::View& view) { return view.accounts().get(id); }));
  SEGELL_CHECK(require_other(caller, id));
  if (is_oidc_account_name(record.name))
    return base::fail(base::Code::conflict, "account.elsewhere", "this login is at the identity provider",
                      "the provider gives its people a new password");
  SEGELL_CHECK(check_letters(state, language));
  SEGELL_TRY(const auto details, account_details_from_json(record.details));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  const std::string code = make_spoken_code(kCodeGroups);
  const base::Instant until = head.time + kCodeValidity;
  const AccountDetails::Activation activation{spoken_code_digest(code), until};
  SEGELL_TRY(auto letter, PostedLetter::post(state, {details.shown, record.name, code, until, std::string(language)}));
  const Change renew = [&](storage::Transaction& transaction, const storage::AccountRecord& before,
                           const EventHead& at) { return renew_code(transaction, before, activation, at); };
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto answer, change_in(transaction, caller, id, head, renew));
               answer.set("letter", letter.json());
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  letter.counts();
  return Reply{std::move(body)};
}

}  // namespace segell::app
