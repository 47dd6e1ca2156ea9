#include "storage/slips.h"

#include "query.h"
#include "read_slip_place.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kSlipColumns = "id, state, person, request, created, expires, sealed";

std::string slip_context(const SlipId& id) { return "slip." + id.text(); }

base::Failure unknown_slip() { return fail(Code::not_found, "slip.unknown", "there is no such slip"); }

Result<SlipRecord> read_slip(const Scope& scope, const Statement& row) {
  SlipRecord slip;
  SEGELL_TRY(slip.id, id_column<SlipId>(row, 0));
  slip.state = std::string(row.text(1));
  if (!row.is_null(2)) {
    SEGELL_TRY(slip.person, id_column<PersonId>(row, 2));
  }
  if (!row.is_null(3)) {
    SEGELL_TRY(slip.request, id_column<RequestId>(row, 3));
  }
  slip.created = instant_column(row, 4);
  slip.expires = instant_column(row, 5);
  if (slip.person && !row.is_null(6)) {
    SEGELL_TRY(slip.content, open_json(scope, scope.person_key(*slip.person), row.bytes(6), slip_context(slip.id)));
  }
  return slip;
}

Result<std::optional<base::Bytes>> seal_slip_content(const Scope& scope, const SlipRecord& slip) {
  if (!slip.person || slip.content.is_null()) return std::optional<base::Bytes>();
  SEGELL_TRY(base::Bytes sealed, seal_json(scope, scope.person_key(*slip.person), slip.content, slip_context(slip.id)));
  return std::optional(std::move(sealed));
}

}  // namespace

Result<SlipRecord> Slips::get(const SlipId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT " + std::string(kSlipColumns) + " FROM slip WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return unknown_slip();
  return read_slip(*m_scope, *row);
}

Result<std::vector<SlipRecord>> Slips::of_request(const RequestId& request) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kSlipColumns) +
                                        " FROM slip WHERE tenant = ?1 AND request = ?2 ORDER BY created, id",
                                    m_scope->tenant, request));
  const Reset reset(row);
  std::vector<SlipRecord> slips;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return slips;
    SEGELL_TRY(SlipRecord slip, read_slip(*m_scope, *row));
    slips.push_back(std::move(slip));
  }
}

Result<void> Slips::add(const SlipRecord& slip, const base::Sha256& code_hash) {
  SEGELL_TRY(const auto sealed, seal_slip_content(*m_scope, slip));
  SEGELL_CHECK(run(m_scope->session,
                   "INSERT INTO slip (tenant, id, state, person, request, created, expires, sealed) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                   m_scope->tenant, slip.id, slip.state, slip.person, slip.request, slip.created, slip.expires,
                   sealed));
  return run(m_scope->session, "INSERT INTO slip_code (hash, tenant, slip) VALUES (?1, ?2, ?3)", code_hash,
             m_scope->tenant, slip.id);
}

Result<void> Slips::update(const SlipRecord& slip) {
  SEGELL_TRY(const auto sealed, seal_slip_content(*m_scope, slip));
  return run(m_scope->session,
             "UPDATE slip SET state = ?3, person = ?4, request = ?5, expires = ?6, sealed = ?7 "
             "WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, slip.id, slip.state, slip.person, slip.request, slip.expires, sealed);
}

Result<SlipPlace> read_slip_place(Session& session, const base::Sha256& code_hash) {
  SEGELL_TRY(Statement * row, query(session, "SELECT tenant, slip FROM slip_code WHERE hash = ?1", code_hash));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return unknown_slip();
  SlipPlace place;
  SEGELL_TRY(place.tenant, id_column<TenantId>(*row, 0));
  SEGELL_TRY(place.slip, id_column<SlipId>(*row, 1));
  return place;
}

}  // namespace segell::storage
