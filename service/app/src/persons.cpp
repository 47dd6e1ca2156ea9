#include "app/persons.h"

#include "account_events.h"
#include "birth_date.h"
#include "checks.h"
#include "once.h"
#include "persons_identifier.h"
#include "representation_events.h"
#include "representation_record.h"
#include "state.h"

#include <algorithm>
#include <array>

namespace segell::app {

namespace {

constexpr std::string_view kIdentifierTypes[] = {"DNI", "NIE", "PASSPORT", "TSI_CIP", "PROVISIONAL"};

constexpr std::string_view kPersonAddresses[] = {"formal", "familiar"};

base::Result<std::optional<storage::OutsideIdentifier>> check(const NewPerson& person) {
  if (!is_plain_text(person.name, 200)) {
    return base::fail(base::Code::invalid_argument, "person.bad-name", "a person needs a name of up to 200 octets");
  }
  if (!person.language.empty() && !one_of(kPaperLanguages, person.language))
    return invalid("person.bad-language", "the language is ca, es or en");
  if (!person.address.empty() && !one_of(kPersonAddresses, person.address))
    return invalid("person.bad-address", "the form of address is formal or familiar");
  if (!person.identifier) return std::optional<storage::OutsideIdentifier>();
  SEGELL_TRY(auto identifier, outside_identifier(*person.identifier));
  return std::optional(std::move(identifier));
}

base::Result<base::Json> profile_of(const NewPerson& person, base::Instant now) {
  base::Json profile = base::Json::object({{"name", person.name}});
  if (!person.language.empty()) profile.set("language", person.language);
  if (!person.address.empty()) profile.set("address", person.address);
  if (person.birth_date) {
    SEGELL_TRY(auto birth, make_birth(*person.birth_date, person.birth_date_seen.value_or(""), now));
    profile.set(kBirth, std::move(birth));
  } else if (person.birth_date_seen) {
    return invalid("person.bad-birth-date-seen", "what a date of birth was read from stands beside one");
  }
  return profile;
}

base::Result<void> add_birth(storage::Transaction& transaction, const Caller& caller, const NewPerson& person,
                             const storage::PersonRecord& record) {
  if (!person.birth_date) return base::ok();
  SEGELL_CHECK(transaction.persons().mark_capacity(record.id));
  const BirthDateRecorded event{record.id, *person.birth_date_seen, {}};
  SEGELL_CHECK(
      transaction.append_event(encode(EventHead{record.created, caller.actor, caller.role}, event), record.id));
  return base::ok();
}

}  // namespace

std::string normal_identifier(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == ' ' || c == '-' || c == '.') continue;
    out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

base::Result<storage::OutsideIdentifier> outside_identifier(const NewPerson::Identifier& sent) {
  const std::string value = normal_identifier(sent.value);
  const bool plain = std::all_of(value.begin(), value.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '/'; });
  if (one_of(kIdentifierTypes, sent.type) && value.size() >= 3 && value.size() <= 40 && plain)
    return storage::OutsideIdentifier{sent.type, value};
  return base::fail(base::Code::invalid_argument, "person.bad-identifier",
                    "the identifier has an unknown type or a value of foreign characters");
}

base::Result<Reply> create_person(Service& service, const Caller& caller, const NewPerson& person,
                                  const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto identifier, check(person));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  storage::PersonRecord record;
  record.id = base::PersonId::make();
  record.created = state.clock.now();
  SEGELL_TRY(record.profile, profile_of(person, record.created));
  record.identifier = identifier;
  const base::Bytes event = encode(EventHead{record.created, caller.actor}, PersonCreated{record.id});
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               storage::PersonRecord row = record;
               SEGELL_TRY(row.log_index, transaction.log_size());
               SEGELL_CHECK(transaction.persons().add(row));
               SEGELL_CHECK(transaction.append_event(event, record.id));
               SEGELL_CHECK(add_birth(transaction, caller, person, record));
               if (caller.account) {  // whoever brings a person in works with them
                 const PersonAssigned assigned{record.id, *caller.account};
                 SEGELL_CHECK(transaction.append_event(encode({record.created, caller.actor}, assigned), record.id));
                 SEGELL_CHECK(transaction.assignments().add(record.id, *caller.account, record.created));
               }
               base::Json answer = base::Json::object({{"person", base::Json::object({{"id", record.id.text()}})}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<Reply> erase_person(Service& service, const Caller& caller, std::string_view person,
                                 const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_erase));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  const base::Instant now = state.clock.now();
  const base::Bytes event = encode(EventHead{now, caller.actor}, PersonErased{id});
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_visible(transaction, caller, {.person = id}, "person.unknown", "person"));
               // Without a subject: this opening outlives the person's key, and names nothing but a random id.
               SEGELL_TRY(const std::uint64_t index, transaction.append_event(event));
               SEGELL_TRY(const storage::ErasureReport report, transaction.persons().erase(id, index));
               base::Json removed = base::Json::object();
               removed.set("openings", report.openings);
               removed.set("disclosures", report.disclosures);
               removed.set("envelopes", report.envelopes);
               removed.set("decisions", report.facts);
               removed.set("requests", report.requests);
               base::Json erasure = base::Json::object({{"at", base::format_rfc3339(now)}, {"logIndex", index}});
               erasure.set("removed", std::move(removed));
               base::Json answer = base::Json::object({{"erasure", std::move(erasure)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  state.papers.forget();
  return Reply{std::move(body)};
}

}  // namespace segell::app
