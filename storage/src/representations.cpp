#include "storage/representations.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Json;
using base::Result;

std::string terms_context(const RepresentationId& id) { return "representation." + id.text(); }
std::string words_context(const RepresentationId& id) { return "representation.words." + id.text(); }
std::string terms_context(const ObjectionId& id) { return "objection." + id.text(); }
std::string words_context(const ObjectionId& id) { return "objection.words." + id.text(); }

constexpr std::string_view kRepresentationColumns =
    "SELECT id, person, representative, state, created, ended, log_index, sealed, words FROM representation ";
constexpr std::string_view kObjectionColumns =
    "SELECT id, person, representation, log_index, sealed, words FROM holder_objection ";

Json terms_of(const RepresentationRecord& record) {
  Json purposes = Json::array();
  for (const std::string& purpose : record.purposes) purposes.push(purpose);
  return Json::object({{"basis", record.basis},
                       {"holds", record.holds},
                       {"purposes", std::move(purposes)},
                       {"from", json_micros(record.from)},
                       {"until", json_micros(record.until)}});
}

void read_terms(const Json& json, RepresentationRecord& record) {
  record.basis = json_text(json, "basis");
  record.holds = json_text(json, "holds");
  record.from = json_instant(json, "from").value_or(base::Instant());
  record.until = json_instant(json, "until");
  const Json* purposes = json.find("purposes");
  if (purposes == nullptr || purposes->as_array() == nullptr) return;
  for (const Json& purpose : *purposes->as_array()) {
    if (purpose.as_string() != nullptr) record.purposes.push_back(*purpose.as_string());
  }
}

Json terms_of(const ObjectionRecord& record) {
  return Json::object({{"item", Json::array({record.item.purpose, record.item.category, record.item.recipient})},
                       {"from", json_micros(record.from)},
                       {"until", json_micros(record.until)}});
}

Result<void> read_terms(const Json& json, ObjectionRecord& record) {
  const Json* item = json.find("item");
  const auto* parts = item == nullptr ? nullptr : item->as_array();
  const bool whole = parts != nullptr && parts->size() == 3 && (*parts)[0].as_string() != nullptr &&
                     (*parts)[1].as_string() != nullptr && (*parts)[2].as_string() != nullptr;
  // Read as "any" it would forbid too much, left out too little.
  if (!whole) return fail(Code::corrupt, "storage.column", "a stored objection has no scope");
  record.item = {*(*parts)[0].as_string(), *(*parts)[1].as_string(), *(*parts)[2].as_string()};
  record.from = json_instant(json, "from").value_or(base::Instant());
  record.until = json_instant(json, "until");
  return base::ok();
}

template <class IdType>
Result<Json> open_words(const Scope& scope, const PersonId& person, const Statement& row, int column,
                        const IdType& id) {
  if (row.is_null(column)) return Json();
  return open_json(scope, scope.person_key(person), row.bytes(column), words_context(id));
}

/// Null stays null: the words of somebody who was erased do not come back.
template <class IdType>
Result<std::optional<base::Bytes>> seal_words(const Scope& scope, const PersonId& person, const Json& words,
                                              const IdType& id) {
  if (words.is_null()) return std::optional<base::Bytes>();
  SEGELL_TRY(auto sealed, seal_json(scope, scope.person_key(person), words, words_context(id)));
  return std::optional(std::move(sealed));
}

Result<RepresentationRecord> read_representation(const Scope& scope, const Statement& row) {
  RepresentationRecord record;
  SEGELL_TRY(record.id, id_column<RepresentationId>(row, 0));
  SEGELL_TRY(record.person, id_column<PersonId>(row, 1));
  if (!row.is_null(2)) {
    SEGELL_TRY(record.representative, id_column<PersonId>(row, 2));
  }
  record.state = std::string(row.text(3));
  record.created = instant_column(row, 4);
  record.ended = optional_instant_column(row, 5);
  record.log_index = unsigned_column(row, 6);
  SEGELL_TRY(const Json terms,
             open_json(scope, scope.person_key(record.person), row.bytes(7), terms_context(record.id)));
  read_terms(terms, record);
  SEGELL_TRY(record.words, open_words(scope, record.person, row, 8, record.id));
  return record;
}

Result<ObjectionRecord> read_objection(const Scope& scope, const Statement& row) {
  ObjectionRecord record;
  SEGELL_TRY(record.id, id_column<ObjectionId>(row, 0));
  SEGELL_TRY(record.person, id_column<PersonId>(row, 1));
  SEGELL_TRY(record.representation, id_column<RepresentationId>(row, 2));
  record.log_index = unsigned_column(row, 3);
  SEGELL_TRY(const Json terms,
             open_json(scope, scope.person_key(record.person), row.bytes(4), terms_context(record.id)));
  SEGELL_CHECK(read_terms(terms, record));
  SEGELL_TRY(record.words, open_words(scope, record.person, row, 5, record.id));
  return record;
}

template <class Record>
Result<std::vector<Record>> read_rows(const Scope& scope, Statement* row,
                                      Result<Record> (*read)(const Scope&, const Statement&)) {
  const Reset reset(row);
  std::vector<Record> records;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return records;
    SEGELL_TRY(Record record, read(scope, *row));
    records.push_back(std::move(record));
  }
}

}  // namespace

Result<RepresentationRecord> Representations::get(const RepresentationId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, std::string(kRepresentationColumns) + "WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "representation.unknown", "there is no such representation");
  return read_representation(*m_scope, *row);
}

Result<std::vector<RepresentationRecord>> Representations::of_person(const PersonId& person) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kRepresentationColumns) + "WHERE tenant = ?1 AND person = ?2 ORDER BY log_index, id",
                   m_scope->tenant, person));
  return read_rows(*m_scope, row, &read_representation);
}

Result<std::vector<RepresentationRecord>> Representations::between(const PersonId& person,
                                                                   const PersonId& representative) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kRepresentationColumns) + "WHERE tenant = ?1 AND person = ?2 AND representative = ?3 "
                                                         "ORDER BY log_index, id",
                   m_scope->tenant, person, representative));
  return read_rows(*m_scope, row, &read_representation);
}

Result<std::vector<PersonId>> Representations::represented(const std::optional<PersonId>& after,
                                                           std::size_t limit) const {
  const PersonId from = after.value_or(PersonId());
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT DISTINCT person FROM representation WHERE tenant = ?1 AND person > ?2 ORDER BY person "
                   "LIMIT ?3",
                   m_scope->tenant, from, static_cast<std::uint64_t>(limit)));
  const Reset reset(row);
  std::vector<PersonId> persons;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return persons;
    SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
    persons.push_back(person);
  }
}

Result<void> Representations::add(const RepresentationRecord& record) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(record.person), terms_of(record), terms_context(record.id)));
  SEGELL_TRY(const auto words, seal_words(*m_scope, record.person, record.words, record.id));
  SEGELL_CHECK(run(m_scope->session,
                   "INSERT INTO representation (tenant, id, person, representative, state, created, ended, log_index, "
                   "sealed, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                   m_scope->tenant, record.id, record.person, record.representative, record.state, record.created,
                   record.ended, record.log_index, sealed, words));
  return run(m_scope->session, "UPDATE person SET has_capacity_facts = 1 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, record.person);
}

Result<void> Representations::update(const RepresentationRecord& record) {
  SEGELL_TRY(const RepresentationRecord now, get(record.id));
  SEGELL_TRY(const auto words, seal_words(*m_scope, now.person, record.words, now.id));
  return run(m_scope->session,
             "UPDATE representation SET state = ?3, ended = ?4, words = ?5 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, record.state, record.ended, words);
}

Result<ObjectionRecord> Representations::objection(const ObjectionId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session, std::string(kObjectionColumns) + "WHERE tenant = ?1 AND id = ?2",
                                    m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "objection.unknown", "there is no such objection");
  return read_objection(*m_scope, *row);
}

Result<std::vector<ObjectionRecord>> Representations::objections_of(const PersonId& person) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kObjectionColumns) + "WHERE tenant = ?1 AND person = ?2 ORDER BY log_index, id",
                   m_scope->tenant, person));
  return read_rows(*m_scope, row, &read_objection);
}

Result<void> Representations::add(const ObjectionRecord& record) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(record.person), terms_of(record), terms_context(record.id)));
  SEGELL_TRY(const auto words, seal_words(*m_scope, record.person, record.words, record.id));
  return run(m_scope->session,
             "INSERT INTO holder_objection (tenant, id, person, representation, log_index, sealed, words) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, record.id, record.person, record.representation, record.log_index, sealed, words);
}

Result<void> Representations::update(const ObjectionRecord& record) {
  SEGELL_TRY(ObjectionRecord now, objection(record.id));
  now.until = record.until;
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), terms_of(now), terms_context(now.id)));
  SEGELL_TRY(const auto words, seal_words(*m_scope, now.person, record.words, now.id));
  return run(m_scope->session, "UPDATE holder_objection SET sealed = ?3, words = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, sealed, words);
}

}  // namespace segell::storage
