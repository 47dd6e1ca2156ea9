#include "app/protections.h"

#include "account_details.h"
#include "address_cover.h"
#include "base/encoding.h"
#include "checks.h"
#include "evidence_document.h"
#include "json_fields.h"
#include "once.h"
#include "page_cursor.h"
#include "persons_identifier.h"
#include "protection_events.h"
#include "protection_kinds.h"
#include "salted_reason.h"
#include "state.h"

#include <algorithm>
#include <set>

namespace segell::app {

namespace {

constexpr std::string_view kStateSet = "set";
constexpr std::string_view kStateRemovalAsked = "removal-asked";
constexpr std::string_view kStateRemoved = "removed";
constexpr std::size_t kLongestReason = 1000;
constexpr std::size_t kLongestAddress = 600;
constexpr std::size_t kMostProtections = 50;
/// How many one answer of the list looks through for those that the caller is told of.

base::Result<SaltedReason> salt_reason(const std::string& reason) {
  if (!is_plain_text(reason, kLongestReason, /*lines=*/true)) {
    return invalid("protection.bad-reason", "say why, in up to 1000 octets of plain text",
                   "only those who may know of the protection read it");
  }
  return salted_reason(reason);
}

base::Failure bad_excluded(const char* message) {
  return invalid("protection.bad-person", message, "by login, or by identifier, or by person: one of the three");
}

/// What is wanted, as far as it can be judged without the store.
base::Result<storage::ExcludedPerson> check_protection(const NewProtection& wanted) {
  storage::ExcludedPerson excluded;
  const bool confidential = wanted.kind == protection_kind::kConfidential;
  if (confidential != wanted.document.has_value()) {
    return invalid("protection.bad-document", "a document is confidential, and nothing else names one");
  }
  const int named = int{wanted.login.has_value()} + int{wanted.identifier.has_value()} + int{wanted.person.has_value()};
  if (wanted.kind == protection_kind::kAddress) {
    if (named != 0) return bad_excluded("an address is kept from everybody: it names nobody");
    if (!is_plain_text(wanted.address, kLongestAddress, /*lines=*/true) || address_lines(wanted.address).empty()) {
      return invalid("protection.bad-address", "each line of the address needs eight letters or digits or more",
                     "write street and number, a line for each way in which people write it");
    }
    return excluded;
  }
  if (confidential) {
    if (named == 0 && wanted.address.empty()) return excluded;
    return bad_excluded("a confidential document is kept from whoever represents the person: it names nobody");
  }
  if (wanted.kind != protection_kind::kExcludedPerson) {
    return invalid("protection.bad-kind", "a protection is excluded-person, address or confidential");
  }
  if (named != 1 || !wanted.address.empty()) return bad_excluded("who is excluded is named in exactly one way");
  if (wanted.login) {
    excluded.login = normal_login_name(*wanted.login);
    if (!excluded.login) return bad_excluded("that is no name of a login");
  }
  if (wanted.identifier) {
    SEGELL_TRY(excluded.identifier, outside_identifier(*wanted.identifier));
  }
  if (wanted.person) {
    SEGELL_TRY(excluded.person, parse_or_unknown<base::PersonId>(*wanted.person, "person.unknown", "person"));
  }
  return excluded;
}

/// Nobody is excluded from their own matters, and nobody by a name that opens nothing.
base::Result<void> check_named(const storage::View& view, const Caller& caller, const storage::PersonRecord& person,
                               const storage::ExcludedPerson& excluded) {
  const base::Failure self = bad_excluded("nobody is excluded from their own matters");
  if (excluded.person) {
    SEGELL_CHECK(require_visible(view, caller, {.person = *excluded.person}, "person.unknown", "person"));
    if (*excluded.person == person.id) return self;
  }
  const auto& own = person.identifier;
  if (excluded.identifier && own && own->type == excluded.identifier->type &&
      own->value == excluded.identifier->value) {
    return self;
  }
  if (!excluded.login) return base::ok();
  SEGELL_TRY(const auto account, view.accounts().find(*excluded.login));
  if (!account) {
    return invalid("protection.unknown-login", "there is no login of that name",
                   "spell it as it is typed, or name the person by an identifier: that holds for logins to come too");
  }
  SEGELL_TRY(const auto held, view.holdings().of_person(person.id));
  const bool holds_own = std::any_of(held.begin(), held.end(), [&](const storage::HoldingRecord& holding) {
    return holding.account == *account && holding.role == to_string(Role::citizen);
  });
  if (holds_own) return self;
  return base::ok();
}

/// The document that is to be kept from who represents the person: theirs, or nobody's yet.
base::Result<std::optional<base::DocumentId>> check_confidential(const storage::View& view, const Caller& caller,
                                                                 const base::PersonId& person,
                                                                 const NewProtection& wanted) {
  SEGELL_TRY(const auto document, evidence_document(view, caller, wanted.document));
  if (!document) return document;
  SEGELL_TRY(const auto persons, view.requests().persons_of(*document));
  const bool theirs = std::find(persons.begin(), persons.end(), person) != persons.end();
  if (!persons.empty() && !theirs) {
    return base::fail(base::Code::not_found, "document.unknown", "no such document");
  }
  SEGELL_TRY(const bool kept, view.protection_flags().covers(*document, protection_kind::kConfidential));
  if (!kept) return document;
  return base::fail(base::Code::conflict, "protection.confidential", "the document is confidential already");
}

base::Json excluded_words(const NewProtection& wanted) {
  base::Json words = base::Json::object();
  if (wanted.login) words.set("login", *wanted.login);
  if (wanted.identifier) {
    words.set("identifier",
              base::Json::object({{"type", wanted.identifier->type}, {"value", wanted.identifier->value}}));
  }
  if (wanted.person) words.set("person", *wanted.person);
  return words;
}

base::Json by_whom(const EventHead& head) {
  return base::Json::object(
      {{"role", to_string(*head.role)}, {"actor", head.actor.text()}, {"at", base::format_rfc3339(head.time)}});
}

base::Json answer_about(const storage::ProtectionFlag& flag, std::uint64_t index) {
  return base::Json::object(
      {{"protection", base::Json::object({{"id", flag.id.text()}, {"state", flag.state}, {"logIndex", index}})}});
}

/// When, as what and why somebody asked for the removal; null where nobody did.
base::Json removal_json(const Caller& caller, const base::Json& words) {
  const base::Json* asked = words.find("removal");
  if (asked == nullptr) return {};
  base::Json json =
      base::Json::object({{"at", member_or_null(*asked, "at")}, {"role", member_or_null(*asked, "role")}});
  json.set("reason", member_or_null(*asked, "reason"));
  const base::Json* actor = asked->find("actor");
  json.set("own", actor != nullptr && actor->as_string() != nullptr && *actor->as_string() == caller.actor.text());
  return json;
}

base::Result<base::Json> protection_json(const storage::View& view, const Caller& caller,
                                         const storage::ProtectionFlag& flag) {
  SEGELL_TRY(const auto person, view.persons().get(flag.person));
  base::Json json = base::Json::object({{"id", flag.id.text()}, {"personId", flag.person.text()}});
  json.set("personName", member_or_null(person.profile, "name"));
  json.set("kind", flag.kind);
  json.set("state", flag.state);
  json.set("setAt", base::format_rfc3339(flag.created));
  const base::Json* set = flag.words.find("set");
  json.set("setBy", set == nullptr ? base::Json() : member_or_null(*set, "role"));
  json.set("reason", member_or_null(flag.words, "reason"));
  json.set("excluded", member_or_null(flag.words, "excluded"));
  json.set("address", member_or_null(flag.words, "address"));
  const bool address = flag.kind == protection_kind::kAddress;
  json.set("documentId", flag.document ? base::Json(flag.document->text()) : base::Json());
  json.set("token", address ? base::Json(address_token(flag.id.text())) : base::Json());
  json.set("removal", removal_json(caller, flag.words));
  return json;
}

/// One more step of the removal.
base::Result<base::Json> remove_in(storage::Transaction& transaction, const Caller& caller, const EventHead& head,
                                   const storage::ProtectionFlagId& id, const SaltedReason& reason) {
  const auto unknown = [] {
    return base::fail(base::Code::not_found, "protection.unknown", "there is no such protection");
  };
  auto flag = transaction.protection_flags().get(id);
  if (!flag && flag.error().code == base::Code::not_found) return unknown();
  if (!flag) return base::fail(std::move(flag).error());
  SEGELL_TRY(const bool told, sees_protections_of(transaction, caller, flag->person));
  if (!told) return unknown();
  if (flag->state == kStateRemoved)
    return base::fail(base::Code::conflict, "protection.over", "it was removed already");
  base::Json step = by_whom(head);
  step.set("reason", reason.reason);
  step.set("salt", base::to_base64url(reason.salt));
  std::uint64_t index = 0;
  if (flag->state == kStateSet) {
    flag->state = kStateRemovalAsked;
    flag->words.set("removal", std::move(step));
    const ProtectionRemovalAsked event{flag->person, id, reason.commitment};
    SEGELL_TRY(index, transaction.append_event(encode(head, event), flag->person));
  } else {
    const base::Json* asked = flag->words.find("removal");
    const base::Json* actor = asked == nullptr ? nullptr : asked->find("actor");
    if (actor != nullptr && actor->as_string() != nullptr && *actor->as_string() == head.actor.text()) {
      return base::fail(base::Code::conflict, "protection.second-person",
                        "whoever asked for the removal cannot confirm it",
                        "another data protection officer or referent confirms it");
    }
    flag->state = kStateRemoved;
    flag->live = false;
    flag->words.set("removed", std::move(step));
    const ProtectionRemoved event{flag->person, id, reason.commitment};
    SEGELL_TRY(index, transaction.append_event(encode(head, event), flag->person));
  }
  SEGELL_CHECK(transaction.protection_flags().update(*flag));
  return answer_about(*flag, index);
}

}  // namespace

base::Result<Reply> set_protection(Service& service, const Caller& caller, std::string_view person,
                                   const NewProtection& wanted, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  SEGELL_TRY(const storage::ExcludedPerson excluded, check_protection(wanted));
  SEGELL_TRY(const SaltedReason reason, salt_reason(wanted.reason));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  storage::ProtectionFlag flag;
  flag.id = storage::ProtectionFlagId::make();
  flag.person = id;
  flag.kind = wanted.kind;
  flag.state = kStateSet;
  flag.created = head.time;
  flag.words = reason.json();
  flag.words.set("set", by_whom(head));
  if (wanted.kind == protection_kind::kAddress) {
    flag.words.set("address", wanted.address);
  } else if (wanted.kind == protection_kind::kExcludedPerson) {
    flag.words.set("excluded", excluded_words(wanted));
  }
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(const bool answers, answers_corrections_of(transaction, caller, id));
               SEGELL_TRY(const bool there, transaction.persons().is_there(id));
               if (!answers || !there) return base::fail(base::Code::not_found, "person.unknown", "no such person");
               SEGELL_TRY(const auto record, transaction.persons().get(id));
               SEGELL_CHECK(check_named(transaction, caller, record, excluded));
               SEGELL_TRY(const auto others, transaction.protection_flags().live_of(id));
               if (others.size() >= kMostProtections) {
                 return base::fail(base::Code::conflict, "protection.too-many", "a person has up to 50 protections",
                                   "remove those that hold no more");
               }
               storage::ProtectionFlag row = flag;
               SEGELL_TRY(row.document, check_confidential(transaction, caller, id, wanted));
               const ProtectionSet event{id, row.id, row.kind, reason.commitment, row.document};
               SEGELL_TRY(row.log_index, transaction.append_event(encode(head, event), id));
               SEGELL_CHECK(transaction.protection_flags().add(row, excluded));
               base::Json answer = answer_about(row, row.log_index);
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<base::Json> list_protections(Service& service, const Caller& caller, const Page& page) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_guarding(caller));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    std::set<base::PersonId> shown;
    SEGELL_TRY(auto body, list_reached(
                              page, "protections",
                              [&](const auto& before, std::size_t most) {
                                return transaction.protection_flags().list(before, most);
                              },
                              [&](const storage::ProtectionFlag& flag) -> base::Result<base::Json> {
                                SEGELL_TRY(const bool told, sees_protections_of(transaction, caller, flag.person));
                                if (!told) return base::Json();
                                shown.insert(flag.person);
                                return protection_json(transaction, caller, flag);
                              }));
    for (const base::PersonId& person : shown)
      SEGELL_CHECK(transaction.append_event(encode(head, ProtectionsListed{person}), person));
    return body;
  });
}

base::Result<Reply> remove_protection(Service& service, const Caller& caller, std::string_view protection,
                                      const std::string& reason, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_guarding(caller));
  SEGELL_TRY(const auto id,
             parse_or_unknown<storage::ProtectionFlagId>(protection, "protection.unknown", "protection"));
  SEGELL_TRY(const SaltedReason salted, salt_reason(reason));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto answer, remove_in(transaction, caller, head, id, salted));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
