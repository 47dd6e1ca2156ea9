#include "storage/persons.h"

#include "login_tags.h"
#include "pending.h"
#include "query.h"
#include "sealed_json.h"
#include "storage/accounts.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Json;
using base::Result;

std::string context_of(const PersonId& id) { return "person." + id.text(); }

Json sealed_part(const PersonRecord& person) {
  Json part = Json::object({{"profile", person.profile}});
  if (person.identifier)
    part.set("identifier", Json::object({{"type", person.identifier->type}, {"value", person.identifier->value}}));
  return part;
}

/// Runs a DELETE or UPDATE of one person's rows; how many there are is counted first, in portable SQL.
Result<std::uint64_t> change_rows(Scope& scope, const std::string& table, const PersonId& id,
                                  const std::string& change) {
  const std::string where = " WHERE tenant = ?1 AND person = ?2";
  SEGELL_TRY(Statement * count, query(scope.session, "SELECT count(*) FROM " + table + where, scope.tenant, id));
  SEGELL_TRY(const bool row, count->step());
  const std::uint64_t rows = row ? unsigned_column(*count, 0) : 0;
  count->reset();
  SEGELL_CHECK(run(scope.session, change + where, scope.tenant, id));
  return rows;
}

/// Who held the person's matters holds them no more; an account of this tenant that was for nothing else is closed.
Result<void> end_logins(Scope& scope, const PersonId& id) {
  Holdings holdings(scope);
  SEGELL_TRY(const auto held, holdings.of_person(id));
  for (const HoldingRecord& holding : held) {
    SEGELL_CHECK(holdings.remove(holding.id));
    SEGELL_TRY(const auto others, holdings.of_account(holding.home, holding.account));
    if (others.empty() && holding.home == scope.tenant) SEGELL_CHECK(Accounts(scope).close(holding.account));
  }
  return run(scope.session, "DELETE FROM assignment WHERE tenant = ?1 AND person = ?2", scope.tenant, id);
}

/// The keys of the envelopes that lie beside what the person signed go with the person's.
Result<void> destroy_envelope_keys(Scope& scope, const PersonId& id) {
  SEGELL_TRY(
      Statement * row,
      query(scope.session, "SELECT document, revision FROM beside WHERE tenant = ?1 AND person = ?2 AND own_key = 1",
            scope.tenant, id));
  const Reset reset(row);
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    SEGELL_TRY(const DocumentId document, id_column<DocumentId>(*row, 0));
    scope.pending->destroy.push_back(scope.envelope_key(document, static_cast<std::uint32_t>(row->integer(1))));
  }
}

/// Who represented the person goes with them. Where the person represented others, these keep that somebody did, and
/// what stood against it: their decisions rest on it.
Result<void> end_representations(Scope& scope, const PersonId& id) {
  for (const char* own : {"review", "holder_objection", "representation"})
    SEGELL_CHECK(
        run(scope.session, std::string("DELETE FROM ") + own + " WHERE tenant = ?1 AND person = ?2", scope.tenant, id));
  SEGELL_CHECK(run(scope.session,
                   "UPDATE holder_objection SET words = NULL WHERE tenant = ?1 AND representation IN "
                   "(SELECT r.id FROM representation r WHERE r.tenant = ?1 AND r.representative = ?2)",
                   scope.tenant, id));
  return run(scope.session,
             "UPDATE representation SET representative = NULL, words = NULL WHERE tenant = ?1 AND representative = ?2",
             scope.tenant, id);
}

}  // namespace

Result<PersonRecord> Persons::get(const PersonId& id) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session, "SELECT erased, sealed, created, log_index FROM person WHERE tenant = ?1 AND id = ?2",
            m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "person.unknown", "there is no such person");
  PersonRecord person;
  person.id = id;
  person.erased = row->integer(0) != 0;
  person.created = instant_column(*row, 2);
  person.log_index = unsigned_column(*row, 3);
  if (person.erased) return person;
  SEGELL_TRY(const Json part, open_json(*m_scope, m_scope->person_key(id), row->bytes(1), context_of(id)));
  if (const Json* profile = part.find("profile")) person.profile = *profile;
  if (const Json* identifier = part.find("identifier"))
    person.identifier = OutsideIdentifier{json_text(*identifier, "type"), json_text(*identifier, "value")};
  return person;
}

Result<bool> Persons::is_there(const PersonId& id) const {
  SEGELL_TRY(const PersonStanding now, standing(id));
  return now.is_there;
}

Result<PersonStanding> Persons::standing(const PersonId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT erased, has_capacity_facts FROM person WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found || row->integer(0) != 0) return PersonStanding{};
  return PersonStanding{true, row->integer(1) != 0};
}

Result<void> Persons::mark_capacity(const PersonId& id) {
  return run(m_scope->session, "UPDATE person SET has_capacity_facts = 1 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, id);
}

Result<std::optional<PersonId>> Persons::find(const OutsideIdentifier& identifier) const {
  SEGELL_TRY(const base::Bytes tag, identifier_tag(*m_scope, identifier));
  SEGELL_TRY(Statement * row, query(m_scope->session, "SELECT id FROM person WHERE tenant = ?1 AND identifier_tag = ?2",
                                    m_scope->tenant, tag));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<PersonId>();
  SEGELL_TRY(const PersonId id, id_column<PersonId>(*row, 0));
  return std::optional(id);
}

Result<void> Persons::add(const PersonRecord& person) {
  const KeyOwner owner = m_scope->person_key(person.id);
  // A run of this use case that did not commit may have left the key behind: it is as good as a new one.
  SEGELL_TRY(const bool there, m_scope->keys.exists(owner));
  if (!there) {
    SEGELL_TRY(NewKey key, m_scope->keys.make(owner));
    m_scope->pending->keys.push_back(std::move(key));
  }
  std::optional<base::Bytes> tag;
  if (person.identifier) {
    SEGELL_TRY(tag, identifier_tag(*m_scope, *person.identifier));
    SEGELL_TRY(const auto taken, find(*person.identifier));
    if (taken) return fail(Code::already_exists, "person.identifier-taken", "a person with this identifier is there");
  }
  SEGELL_TRY(const base::Bytes sealed, seal_json(*m_scope, owner, sealed_part(person), context_of(person.id)));
  return run(m_scope->session,
             "INSERT INTO person (tenant, id, erased, identifier_tag, sealed, created, log_index) "
             "VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)",
             m_scope->tenant, person.id, tag, sealed, person.created, person.log_index);
}

Result<void> Persons::set_profile(const PersonId& id, const Json& profile) {
  SEGELL_TRY(PersonRecord person, get(id));
  if (person.erased) return fail(Code::conflict, "person.erased", "the person was erased");
  person.profile = profile;
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(id), sealed_part(person), context_of(id)));
  return run(m_scope->session, "UPDATE person SET sealed = ?3 WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id,
             sealed);
}

Result<ErasureReport> Persons::erase(const PersonId& id, std::uint64_t log_index) {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT erased FROM person WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id));
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "person.unknown", "there is no such person");
  const bool erased = row->integer(0) != 0;
  row->reset();
  if (erased) return fail(Code::conflict, "person.erased", "the person was erased already");

  ErasureReport report;
  SEGELL_TRY(report.openings, change_rows(*m_scope, "opening", id, "DELETE FROM opening"));
  for (const PendingEvent& event : m_scope->pending->events)  // of the same commit: not written yet, and never will be
    if (event.subject == id) ++report.openings;
  SEGELL_TRY(report.facts, change_rows(*m_scope, "consent_fact", id, "DELETE FROM consent_fact"));
  SEGELL_TRY(const std::uint64_t protections, change_rows(*m_scope, "protection", id, "DELETE FROM protection"));
  report.facts += protections;
  SEGELL_TRY(report.requests, change_rows(*m_scope, "request", id, "UPDATE request SET sealed = NULL"));
  SEGELL_CHECK(
      run(m_scope->session, "DELETE FROM request_paper WHERE tenant = ?1 AND person = ?2", m_scope->tenant, id));
  SEGELL_CHECK(run(m_scope->session,
                   "UPDATE slip SET sealed = NULL, state = 'revoked' WHERE tenant = ?1 AND person = ?2",
                   m_scope->tenant, id));
  SEGELL_CHECK(run(m_scope->session, "UPDATE captured_act SET sealed = NULL WHERE tenant = ?1 AND person = ?2",
                   m_scope->tenant, id));
  SEGELL_TRY(const std::uint64_t beside, change_rows(*m_scope, "beside", id, "UPDATE beside SET sealed = NULL"));
  SEGELL_TRY(Statement * count,
             query(m_scope->session, "SELECT count(*) FROM beside WHERE tenant = ?1 AND person = ?2 AND kind = 2",
                   m_scope->tenant, id));
  SEGELL_TRY(const bool counted, count->step());
  report.envelopes = counted ? unsigned_column(*count, 0) : 0;
  count->reset();
  report.disclosures = beside - report.envelopes;

  SEGELL_CHECK(destroy_envelope_keys(*m_scope, id));
  SEGELL_CHECK(run(m_scope->session, "UPDATE misattribution SET sealed = NULL WHERE tenant = ?1 AND person = ?2",
                   m_scope->tenant, id));
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM correction WHERE tenant = ?1 AND person = ?2", m_scope->tenant, id));
  SEGELL_CHECK(
      run(m_scope->session, "DELETE FROM protection_flag WHERE tenant = ?1 AND person = ?2", m_scope->tenant, id));
  SEGELL_CHECK(run(m_scope->session, "UPDATE protection_flag SET excluded = NULL WHERE tenant = ?1 AND excluded = ?2",
                   m_scope->tenant, id));
  SEGELL_CHECK(end_representations(*m_scope, id));
  SEGELL_CHECK(end_logins(*m_scope, id));
  SEGELL_CHECK(run(m_scope->session,
                   "UPDATE person SET erased = 1, identifier_tag = NULL, sealed = NULL, log_index = ?3 "
                   "WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id, log_index));
  SEGELL_CHECK(run(m_scope->session, "INSERT INTO erasure (tenant, person, log_index) VALUES (?1, ?2, ?3)",
                   m_scope->tenant, id, log_index));
  m_scope->pending->destroy.push_back(m_scope->person_key(id));
  return report;
}

}  // namespace segell::storage
