#include "storage/evidence.h"

#include "opening.h"
#include "pending.h"
#include "query.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

/// Stored numbers: never renumbered.
enum class Beside { disclosure = 1, envelope = 2 };

struct Reasons {
  const char* unknown;
  const char* erased;
};
Reasons reasons(Beside kind) {
  switch (kind) {
    case Beside::disclosure:
      return {"disclosure.unknown", "disclosure.erased"};
    case Beside::envelope:
      return {"envelope.unknown", "envelope.erased"};
  }
  return {"internal", "internal"};
}

std::string context_of(const DocumentId& document, std::uint32_t revision, Beside kind) {
  return "beside." + document.text() + "." + std::to_string(revision) + "." + std::to_string(static_cast<int>(kind));
}

Result<base::Bytes> read_beside(const Scope& scope, const DocumentId& document, std::uint32_t revision, Beside kind) {
  SEGELL_TRY(
      Statement * row,
      query(scope.session,
            "SELECT person, sealed, own_key FROM beside WHERE tenant = ?1 AND document = ?2 AND revision = ?3 AND "
            "kind = ?4",
            scope.tenant, document, revision, static_cast<int>(kind)));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, reasons(kind).unknown, "nothing of the kind lies beside this revision");
  if (row->is_null(1)) return fail(Code::expired, reasons(kind).erased, "it was erased");
  SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
  const bool own_key = row->integer(2) != 0;
  return scope.open(own_key ? scope.envelope_key(document, revision) : scope.person_key(person), row->bytes(1),
                    context_of(document, revision, kind));
}

Result<void> add_beside(Scope& scope, const DocumentId& document, std::uint32_t revision, const PersonId& person,
                        Beside kind, base::BytesView octets) {
  const bool own_key = kind == Beside::envelope;
  const KeyOwner owner = own_key ? scope.envelope_key(document, revision) : scope.person_key(person);
  SEGELL_TRY(const base::Bytes sealed, scope.seal(owner, octets, context_of(document, revision, kind)));
  return run(scope.session,
             "INSERT INTO beside (tenant, document, revision, kind, person, sealed, own_key) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             scope.tenant, document, revision, static_cast<int>(kind), person, sealed, own_key);
}

Result<std::optional<Opening>> read_subject_opening(const Scope& scope, std::uint64_t log_index) {
  SEGELL_TRY(Statement * row,
             query(scope.session, "SELECT person, sealed FROM opening WHERE tenant = ?1 AND log_index = ?2",
                   scope.tenant, log_index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<Opening>();
  SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
  SEGELL_TRY(const base::Bytes plain, scope.open(scope.person_key(person), row->bytes(1), opening_context(log_index)));
  SEGELL_TRY(Opening opening, parse_opening(log_index, plain));
  opening.subject = person;
  return std::optional(std::move(opening));
}

Result<std::optional<Opening>> read_chunk_opening(const Scope& scope, std::uint64_t log_index) {
  SEGELL_TRY(Statement * row, query(scope.session,
                                    "SELECT first, last, sealed FROM opening_chunk WHERE tenant = ?1 AND first <= ?2 "
                                    "ORDER BY first DESC LIMIT 1",
                                    scope.tenant, log_index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found || unsigned_column(*row, 1) < log_index) return std::optional<Opening>();
  SEGELL_TRY(std::vector<Opening> openings, open_chunk(scope, unsigned_column(*row, 0), row->bytes(2)));
  for (Opening& opening : openings)
    if (opening.log_index == log_index) return std::optional(std::move(opening));
  return std::optional<Opening>();
}

}  // namespace

Result<base::Bytes> Evidence::disclosure(const DocumentId& document, std::uint32_t revision) const {
  return read_beside(*m_scope, document, revision, Beside::disclosure);
}
Result<base::Bytes> Evidence::envelope(const DocumentId& document, std::uint32_t revision) const {
  return read_beside(*m_scope, document, revision, Beside::envelope);
}

Result<Opening> Evidence::opening(std::uint64_t log_index) const {
  SEGELL_TRY(auto of_person, read_subject_opening(*m_scope, log_index));
  if (of_person) return *std::move(of_person);
  SEGELL_TRY(auto in_chunk, read_chunk_opening(*m_scope, log_index));
  if (in_chunk) return *std::move(in_chunk);
  SEGELL_TRY(Statement * head, query(m_scope->session, "SELECT size FROM log_head WHERE tenant = ?1", m_scope->tenant));
  const Reset reset(head);
  SEGELL_TRY(const bool has_head, head->step());
  if (has_head && log_index < unsigned_column(*head, 0))
    return fail(Code::expired, "opening.erased", "the opening of this entry was erased");
  return fail(Code::not_found, "opening.unknown", "the log has no such entry");
}

Result<std::vector<Opening>> Evidence::openings_of(const PersonId& person, std::optional<std::uint64_t> before,
                                                   std::size_t limit) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT log_index, sealed FROM opening WHERE tenant = ?1 AND person = ?2 AND log_index < ?3 "
                   "ORDER BY log_index DESC LIMIT ?4",
                   m_scope->tenant, person, static_cast<std::int64_t>(before.value_or(INT64_MAX)),
                   static_cast<std::int64_t>(limit)));
  const Reset reset(row);
  std::vector<Opening> openings;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return openings;
    const std::uint64_t index = unsigned_column(*row, 0);
    SEGELL_TRY(const base::Bytes plain,
               m_scope->open(m_scope->person_key(person), row->bytes(1), opening_context(index)));
    SEGELL_TRY(Opening opening, parse_opening(index, plain));
    opening.subject = person;
    openings.push_back(std::move(opening));
  }
}

Result<void> Evidence::add_disclosure(const DocumentId& document, std::uint32_t revision, const PersonId& person,
                                      base::BytesView json) {
  return add_beside(*m_scope, document, revision, person, Beside::disclosure, json);
}
Result<void> Evidence::add_envelope(const DocumentId& document, std::uint32_t revision, const PersonId& person,
                                    base::BytesView cms) {
  const KeyOwner owner = m_scope->envelope_key(document, revision);
  // A run of this use case that did not commit may have left the key behind: it is as good as a new one.
  SEGELL_TRY(const bool there, m_scope->keys.exists(owner));
  if (!there) {
    SEGELL_TRY(NewKey key, m_scope->keys.make(owner));
    m_scope->pending->keys.push_back(std::move(key));
  }
  return add_beside(*m_scope, document, revision, person, Beside::envelope, cms);
}

Result<std::optional<base::Sha256>> Evidence::erase_envelope(const DocumentId& document, std::uint32_t revision) {
  const auto cms = envelope(document, revision);
  const bool none = !cms && (cms.error().code == Code::not_found || cms.error().code == Code::expired);
  if (none) return std::optional<base::Sha256>();
  if (!cms) return fail(cms.error());
  SEGELL_CHECK(
      run(m_scope->session,
          "UPDATE beside SET sealed = NULL WHERE tenant = ?1 AND document = ?2 AND revision = ?3 AND kind = ?4",
          m_scope->tenant, document, revision, static_cast<int>(Beside::envelope)));
  m_scope->pending->destroy.push_back(m_scope->envelope_key(document, revision));
  return std::optional(base::sha256(*cms));
}

}  // namespace segell::storage
