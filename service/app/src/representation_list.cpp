#include "app/representations.h"

#include "checks.h"
#include "evidence_document.h"
#include "json_fields.h"
#include "names.h"
#include "representation_check.h"
#include "representation_events.h"
#include "state.h"

namespace segell::app {

namespace {

base::Json time_or_null(const std::optional<base::Instant>& time) {
  return time ? base::Json(base::format_rfc3339(*time)) : base::Json();
}

/// A member of a member; null where either is not there.
base::Json inner_or_null(const base::Json& object, const char* outer, const char* inner) {
  const base::Json* found = object.find(outer);
  return found == nullptr ? base::Json() : member_or_null(*found, inner);
}

base::Json represented_json(const storage::PersonRecord& person, const std::optional<consent::BirthDate>& born,
                            base::Instant now) {
  base::Json json = base::Json::object({{"id", person.id.text()}});
  json.set("name", member_or_null(person.profile, "name"));
  json.set("age", to_string(consent::age_band(born, now)));
  json.set("birthDate", inner_or_null(person.profile, kBirth, "date"));
  json.set("birthDateSeen", inner_or_null(person.profile, kBirth, "seen"));
  return json;
}

base::Json evidence_json(const base::Json& words) {
  const base::Json* kept = words.find("evidence");
  if (kept == nullptr) return {};  // the representative was erased
  base::Json json = base::Json::object({{"kind", member_or_null(*kept, "kind")}});
  json.set("reference", member_or_null(*kept, "reference"));
  json.set("seenAt", inner_or_null(*kept, "seen", "at"));
  json.set("documentId", member_or_null(*kept, "document"));
  return json;
}

base::Result<base::Json> representation_json(const storage::View& view, const TenantSettings& settings,
                                             const storage::RepresentationRecord& record,
                                             const std::optional<consent::BirthDate>& born, base::Instant now) {
  base::Json json = base::Json::object({{"id", record.id.text()}});
  json.set("representativeId", record.representative ? base::Json(record.representative->text()) : base::Json());
  base::Json name;
  if (record.representative) {
    SEGELL_TRY(const auto representative, view.persons().get(*record.representative));
    name = member_or_null(representative.profile, "name");
  }
  json.set("representativeName", std::move(name));
  json.set("basis", record.basis);
  json.set("holds", record.holds.empty() ? base::Json() : base::Json(record.holds));
  json.set("scope", words_json(record.purposes));
  base::Json::Array names;
  for (const std::string& purpose : record.purposes)
    names.push_back(code_names_json(settings, CodeKind::purpose, purpose));
  json.set("scopeNames", std::move(names));
  json.set("from", base::format_rfc3339(record.from));
  json.set("until", time_or_null(record.until));
  json.set("evidence", evidence_json(record.words));
  json.set("state", state_at(record, born, now));
  SEGELL_TRY(const bool excluded, is_excluded(view, record));
  json.set("excluded", excluded);
  return json;
}

/// What an objection is about; the names of an empty part, which means any, are null.
base::Json named_scope_json(const TenantSettings& settings, const storage::ItemKey& scope) {
  base::Json json = base::Json::object();
  const auto part = [&](const std::string& member, CodeKind kind, const std::string& code) {
    json.set(member, code);
    json.set(member + "Names", code.empty() ? base::Json() : code_names_json(settings, kind, code));
  };
  part("purpose", CodeKind::purpose, scope.purpose);
  part("category", CodeKind::category, scope.category);
  part("recipient", CodeKind::recipient, scope.recipient);
  return json;
}

base::Json objection_json(const TenantSettings& settings, const storage::ObjectionRecord& record) {
  base::Json json = base::Json::object({{"id", record.id.text()}, {"representationId", record.representation.text()}});
  json.set("scope", named_scope_json(settings, record.item));
  json.set("from", base::format_rfc3339(record.from));
  json.set("until", time_or_null(record.until));
  base::Json evidence;
  if (!record.words.is_null()) {
    evidence = base::Json::object({{"channel", member_or_null(record.words, "channel")}});
    evidence.set("receivedAt", base::format_rfc3339(record.from));
    evidence.set("reason", inner_or_null(record.words, "said", "reason"));
    evidence.set("documentId", member_or_null(record.words, "document"));
  }
  json.set("evidence", std::move(evidence));
  json.set("state", record.until ? "ended" : "live");
  return json;
}

}  // namespace

base::Result<base::Json> list_representations(Service& service, const Caller& caller, std::string_view person) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto record, reachable_person(transaction, caller, id));
    SEGELL_TRY(const auto born, birth_date_of(record.profile));
    base::Json::Array representations;
    SEGELL_TRY(const auto records, transaction.representations().of_person(id));
    for (const storage::RepresentationRecord& one : records) {
      SEGELL_TRY(auto json, representation_json(transaction, tenant->settings, one, born, head.time));
      representations.push_back(std::move(json));
    }
    base::Json::Array objections;
    SEGELL_TRY(const auto objected, transaction.representations().objections_of(id));
    for (const storage::ObjectionRecord& one : objected) objections.push_back(objection_json(tenant->settings, one));
    SEGELL_CHECK(transaction.append_event(encode(head, RepresentationsListed{id}), id));
    base::Json body = base::Json::object({{"person", represented_json(record, born, head.time)}});
    body.set("representations", std::move(representations));
    body.set("objections", std::move(objections));
    return body;
  });
}

}  // namespace segell::app
