#include "storage/seal_preparations.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string context_of(const SealPreparationId& id) { return "seal_preparation." + id.text(); }

}  // namespace

Result<SealPreparationRecord> SealPreparations::get(const SealPreparationId& id) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT document, revision, state, expires, sealed FROM seal_preparation WHERE tenant = ?1 AND id = ?2",
            m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "seal-preparation.unknown", "no such preparation of a seal");
  SealPreparationRecord preparation;
  preparation.id = id;
  SEGELL_TRY(preparation.document, id_column<DocumentId>(*row, 0));
  preparation.revision = static_cast<std::uint32_t>(row->integer(1));
  preparation.state = std::string(row->text(2));
  preparation.expires = instant_column(*row, 3);
  SEGELL_TRY(preparation.layout,
             open_json(*m_scope, m_scope->document_key(preparation.document), row->bytes(4), context_of(id)));
  return preparation;
}

Result<void> SealPreparations::add(const SealPreparationRecord& preparation) {
  SEGELL_TRY(const base::Bytes sealed, seal_json(*m_scope, m_scope->document_key(preparation.document),
                                                 preparation.layout, context_of(preparation.id)));
  return run(m_scope->session,
             "INSERT INTO seal_preparation (tenant, id, document, revision, state, expires, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, preparation.id, preparation.document, preparation.revision, preparation.state,
             preparation.expires, sealed);
}

Result<void> SealPreparations::set_state(const SealPreparationId& id, std::string_view state,
                                         std::string_view expected) {
  SEGELL_TRY(const auto now, get(id));
  if (now.state != expected)
    return fail(Code::conflict, "seal-preparation.state", "the preparation of the seal changed meanwhile");
  return run(m_scope->session, "UPDATE seal_preparation SET state = ?3 WHERE tenant = ?1 AND id = ?2", m_scope->tenant,
             id, state);
}

Result<void> SealPreparations::purge(base::Instant before) {
  return run(m_scope->session, "DELETE FROM seal_preparation WHERE tenant = ?1 AND expires < ?2", m_scope->tenant,
             before);
}

}  // namespace segell::storage
