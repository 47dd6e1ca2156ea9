#include "storage/documents.h"

#include "pending.h"
#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Json;
using base::Result;

std::string context_of(const DocumentId& id) { return "document." + id.text(); }

constexpr std::string_view kRevisionColumns =
    "idx, kind, length, total_length, sha256, sha512, log_index, time_state, blob, octets IS NOT NULL";

Result<RevisionRecord> read_revision(const Statement& row) {
  RevisionRecord revision;
  revision.index = static_cast<std::uint32_t>(row.integer(0));
  revision.kind = std::string(row.text(1));
  revision.length = unsigned_column(row, 2);
  revision.total_length = unsigned_column(row, 3);
  SEGELL_TRY(revision.sha256, array_column<32>(row, 4));
  SEGELL_TRY(revision.sha512, array_column<64>(row, 5));
  revision.log_index = unsigned_column(row, 6);
  revision.time_state = std::string(row.text(7));
  SEGELL_TRY(revision.blob, array_column<32>(row, 8));
  revision.in_row = row.integer(9) != 0;
  return revision;
}

Result<base::Bytes> seal_document(const Scope& scope, const DocumentRecord& document) {
  return seal_json(scope, scope.document_key(document.id),
                   Json::object({{"code", document.verification_code}, {"details", document.details}}),
                   context_of(document.id));
}

Result<std::optional<base::Bytes>> code_tag(const Scope& scope, const std::string& code) {
  if (code.empty()) return std::optional<base::Bytes>();
  SEGELL_TRY(base::Bytes tag, scope.blind_index("document.code", code));
  return std::optional(std::move(tag));
}

}  // namespace

Result<DocumentRecord> Documents::get(const DocumentId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT state, sealed, created FROM document WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "document.unknown", "there is no such document");
  DocumentRecord document;
  document.id = id;
  document.state = std::string(row->text(0));
  document.created = instant_column(*row, 2);
  SEGELL_TRY(const Json part, open_json(*m_scope, m_scope->document_key(id), row->bytes(1), context_of(id)));
  document.verification_code = json_text(part, "code");
  if (const Json* details = part.find("details")) document.details = *details;
  return document;
}

Result<std::optional<DocumentId>> Documents::find_by_code(const std::string& verification_code) const {
  SEGELL_TRY(const auto tag, code_tag(*m_scope, verification_code));
  if (!tag) return std::optional<DocumentId>();
  SEGELL_TRY(Statement * row, query(m_scope->session, "SELECT id FROM document WHERE tenant = ?1 AND code_tag = ?2",
                                    m_scope->tenant, *tag));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<DocumentId>();
  SEGELL_TRY(const DocumentId id, id_column<DocumentId>(*row, 0));
  return std::optional(id);
}

Result<std::vector<DocumentId>> Documents::ids_after(const DocumentId& last, std::size_t limit) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT id FROM document WHERE tenant = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
                   m_scope->tenant, last, static_cast<std::int64_t>(limit)));
  const Reset reset(row);
  std::vector<DocumentId> ids;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return ids;
    SEGELL_TRY(const DocumentId id, id_column<DocumentId>(*row, 0));
    ids.push_back(id);
  }
}

Result<std::vector<RevisionRecord>> Documents::revisions(const DocumentId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kRevisionColumns) +
                                        " FROM revision WHERE tenant = ?1 AND document = ?2 ORDER BY idx",
                                    m_scope->tenant, id));
  const Reset reset(row);
  std::vector<RevisionRecord> revisions;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return revisions;
    SEGELL_TRY(RevisionRecord revision, read_revision(*row));
    revisions.push_back(std::move(revision));
  }
}

Result<RevisionRecord> Documents::last_revision(const DocumentId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kRevisionColumns) +
                                        " FROM revision WHERE tenant = ?1 AND document = ?2 ORDER BY idx DESC LIMIT 1",
                                    m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "document.unknown", "there is no such document");
  return read_revision(*row);
}

Result<base::Bytes> Documents::row_octets(const DocumentId& id, std::uint32_t revision) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT octets FROM revision WHERE tenant = ?1 AND document = ?2 AND idx = ?3",
                   m_scope->tenant, id, revision));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found || row->is_null(0)) return fail(Code::not_found, "blob.missing", "the row holds no octets");
  return base::to_bytes(row->bytes(0));
}

Result<void> Documents::add(const DocumentRecord& document) {
  SEGELL_TRY(const auto tag, code_tag(*m_scope, document.verification_code));
  SEGELL_TRY(const base::Bytes sealed, seal_document(*m_scope, document));
  return run(m_scope->session,
             "INSERT INTO document (tenant, id, state, code_tag, sealed, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, document.id, document.state, tag, sealed, document.created);
}

Result<void> Documents::update(const DocumentRecord& document) {
  SEGELL_CHECK(get(document.id));
  SEGELL_TRY(const auto tag, code_tag(*m_scope, document.verification_code));
  SEGELL_TRY(const base::Bytes sealed, seal_document(*m_scope, document));
  return run(m_scope->session,
             "UPDATE document SET state = ?3, code_tag = ?4, sealed = ?5 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, document.id, document.state, tag, sealed);
}

Result<void> Documents::set_state(const DocumentId& id, std::string_view state) {
  return run(m_scope->session, "UPDATE document SET state = ?3 WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id,
             state);
}

Result<void> Documents::add_revision(const DocumentId& id, const RevisionRecord& revision, const StagedBlob& blob) {
  if (blob.document != id || blob.revision != revision.index || blob.length != revision.length)
    return fail(Code::invalid_argument, "document.revision-mismatch", "the staged blob is of another revision");
  std::uint64_t before = 0;
  std::uint32_t next = 0;
  if (auto last = last_revision(id)) {
    before = last->total_length;
    next = last->index + 1;
  } else if (last.error().code != Code::not_found) {
    return fail(last.error());
  }
  if (revision.index != next)
    return fail(Code::stale, "document.revision-taken", "another revision came first", "look at the document again");
  if (revision.total_length != before + revision.length)
    return fail(Code::invalid_argument, "document.revision-mismatch", "the lengths do not add up");
  const std::optional<base::BytesView> octets =
      blob.inline_octets.empty() ? std::nullopt : std::optional<base::BytesView>(blob.inline_octets);
  if (!octets) m_scope->pending->blobs.push_back(blob.name);
  return run(m_scope->session,
             "INSERT INTO revision (tenant, document, idx, kind, length, total_length, sha256, sha512, log_index, "
             "time_state, blob, octets) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
             m_scope->tenant, id, revision.index, revision.kind, revision.length, revision.total_length,
             revision.sha256, revision.sha512, revision.log_index, revision.time_state, blob.name, octets);
}

Result<void> Documents::set_time_state(const DocumentId& id, std::uint32_t revision, const std::string& state) {
  return run(m_scope->session, "UPDATE revision SET time_state = ?4 WHERE tenant = ?1 AND document = ?2 AND idx = ?3",
             m_scope->tenant, id, revision, state);
}

}  // namespace segell::storage
