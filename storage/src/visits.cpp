#include "storage/visits.h"

#include "query.h"
#include "read_package_place.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kVisitColumns = "id, device, created, expires, log_index, refusals, packages, sealed";
constexpr std::string_view kNonceColumns = "nonce, visit, request, person, issued, expires";
constexpr std::string_view kActColumns =
    "nonce, visit, request, person, device, counter, digest, answer, state, reason, flags, received, finished";

std::string visit_context(const VisitId& id) { return "visit." + id.text(); }
std::string act_context(const base::Bytes& nonce) {
  base::Bytes context = base::to_bytes(std::string_view("captured-act."));
  base::append(context, nonce);
  return base::to_text(context);
}

base::Failure unknown_visit() { return fail(Code::not_found, "visit.unknown", "there is no such visit"); }

Result<std::vector<RequestId>> read_visit_requests(const Scope& scope, const VisitId& visit) {
  SEGELL_TRY(
      Statement * row,
      query(scope.session, "SELECT request FROM visit_request WHERE tenant = ?1 AND visit = ?2 ORDER BY position",
            scope.tenant, visit));
  const Reset reset(row);
  std::vector<RequestId> requests;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return requests;
    SEGELL_TRY(const RequestId request, id_column<RequestId>(*row, 0));
    requests.push_back(request);
  }
}

/// But for its requests: a second statement runs only when the first has let go.
Result<VisitRecord> read_visit_row(const Scope& scope, const Statement& row) {
  VisitRecord visit;
  SEGELL_TRY(visit.id, id_column<VisitId>(row, 0));
  SEGELL_TRY(visit.device, id_column<DeviceId>(row, 1));
  visit.created = instant_column(row, 2);
  visit.expires = instant_column(row, 3);
  visit.log_index = unsigned_column(row, 4);
  visit.refusals = static_cast<std::uint32_t>(row.integer(5));
  visit.packages = static_cast<std::uint32_t>(row.integer(6));
  SEGELL_TRY(visit.details, open_json(scope, scope.tenant_key(), row.bytes(7), visit_context(visit.id)));
  return visit;
}

Result<NonceRecord> read_nonce(const Statement& row) {
  NonceRecord nonce;
  nonce.nonce = base::to_bytes(row.bytes(0));
  SEGELL_TRY(nonce.visit, id_column<VisitId>(row, 1));
  SEGELL_TRY(nonce.request, id_column<RequestId>(row, 2));
  SEGELL_TRY(nonce.person, id_column<PersonId>(row, 3));
  nonce.issued = instant_column(row, 4);
  nonce.expires = instant_column(row, 5);
  return nonce;
}

Result<CapturedActRecord> read_captured_act(const Statement& row) {
  CapturedActRecord act;
  act.nonce = base::to_bytes(row.bytes(0));
  SEGELL_TRY(act.visit, id_column<VisitId>(row, 1));
  SEGELL_TRY(act.request, id_column<RequestId>(row, 2));
  SEGELL_TRY(act.person, id_column<PersonId>(row, 3));
  SEGELL_TRY(act.device, id_column<DeviceId>(row, 4));
  act.counter = unsigned_column(row, 5);
  SEGELL_TRY(act.digest, array_column<32>(row, 6));
  act.answer = std::string(row.text(7));
  act.state = std::string(row.text(8));
  act.reason = std::string(row.text(9));
  act.flags = std::string(row.text(10));
  act.received = instant_column(row, 11);
  act.finished = optional_instant_column(row, 12);
  return act;
}

Result<std::optional<base::Bytes>> seal_captured_content(const Scope& scope, const CapturedActRecord& act) {
  if (act.content.is_null()) return std::optional<base::Bytes>();
  SEGELL_TRY(base::Bytes sealed, seal_json(scope, scope.person_key(act.person), act.content, act_context(act.nonce)));
  return std::optional(std::move(sealed));
}

}  // namespace

Result<VisitRecord> Visits::get(const VisitId& id) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session, "SELECT " + std::string(kVisitColumns) + " FROM visit WHERE tenant = ?1 AND id = ?2",
            m_scope->tenant, id));
  VisitRecord visit;
  {
    const Reset reset(row);
    SEGELL_TRY(const bool found, row->step());
    if (!found) return unknown_visit();
    SEGELL_TRY(visit, read_visit_row(*m_scope, *row));
  }
  SEGELL_TRY(visit.requests, read_visit_requests(*m_scope, id));
  return visit;
}

Result<std::vector<VisitRecord>> Visits::list(std::optional<std::uint64_t> before, std::size_t limit) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT " + std::string(kVisitColumns) +
                " FROM visit WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
            m_scope->tenant, static_cast<std::int64_t>(before.value_or(INT64_MAX)), static_cast<std::int64_t>(limit)));
  std::vector<VisitRecord> visits;
  {
    const Reset reset(row);
    while (true) {
      SEGELL_TRY(const bool more, row->step());
      if (!more) break;
      SEGELL_TRY(VisitRecord visit, read_visit_row(*m_scope, *row));
      visits.push_back(std::move(visit));
    }
  }
  for (VisitRecord& visit : visits) {
    SEGELL_TRY(visit.requests, read_visit_requests(*m_scope, visit.id));
  }
  return visits;
}

Result<void> Visits::add(const VisitRecord& visit) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), visit.details, visit_context(visit.id)));
  SEGELL_CHECK(run(m_scope->session,
                   "INSERT INTO visit (tenant, id, device, created, expires, log_index, refusals, packages, sealed) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                   m_scope->tenant, visit.id, visit.device, visit.created, visit.expires, visit.log_index,
                   visit.refusals, visit.packages, sealed));
  for (std::size_t i = 0; i < visit.requests.size(); ++i) {
    SEGELL_CHECK(run(m_scope->session,
                     "INSERT INTO visit_request (tenant, visit, position, request) VALUES (?1, ?2, ?3, ?4)",
                     m_scope->tenant, visit.id, static_cast<std::uint64_t>(i), visit.requests[i]));
  }
  return base::ok();
}

Result<void> Visits::update(const VisitRecord& visit) {
  SEGELL_CHECK(get(visit.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), visit.details, visit_context(visit.id)));
  return run(m_scope->session, "UPDATE visit SET sealed = ?3 WHERE tenant = ?1 AND id = ?2", m_scope->tenant, visit.id,
             sealed);
}

Result<std::vector<VisitRecord>> Visits::carrying(const RequestId& request, base::Instant after) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT id FROM visit WHERE tenant = ?1 AND expires > ?2 AND EXISTS (SELECT 1 FROM visit_request "
                   "WHERE visit_request.tenant = visit.tenant AND visit_request.visit = visit.id AND "
                   "visit_request.request = ?3) ORDER BY log_index DESC",
                   m_scope->tenant, after, request));
  std::vector<VisitId> ids;
  {
    const Reset reset(row);
    while (true) {
      SEGELL_TRY(const bool more, row->step());
      if (!more) break;
      SEGELL_TRY(const VisitId id, id_column<VisitId>(*row, 0));
      ids.push_back(id);
    }
  }
  std::vector<VisitRecord> visits;
  for (const VisitId& id : ids) {
    SEGELL_TRY(VisitRecord visit, get(id));
    visits.push_back(std::move(visit));
  }
  return visits;
}

Result<std::map<DeviceId, std::uint64_t>> Visits::outstanding() const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT visit.device, count(DISTINCT visit_nonce.request) FROM visit_nonce JOIN visit ON "
                   "visit.tenant = visit_nonce.tenant AND visit.id = visit_nonce.visit WHERE visit_nonce.tenant = ?1 "
                   "AND NOT EXISTS (SELECT 1 FROM captured_act WHERE captured_act.tenant = visit_nonce.tenant AND "
                   "captured_act.visit = visit_nonce.visit AND captured_act.request = visit_nonce.request) "
                   "GROUP BY visit.device",
                   m_scope->tenant));
  const Reset reset(row);
  std::map<DeviceId, std::uint64_t> counts;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return counts;
    SEGELL_TRY(const DeviceId device, id_column<DeviceId>(*row, 0));
    counts[device] = unsigned_column(*row, 1);
  }
}

Result<void> Visits::count_refusal(const VisitId& id) {
  return run(m_scope->session, "UPDATE visit SET refusals = refusals + 1 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, id);
}

Result<void> Visits::add_package(const VisitId& id, const base::Sha256& capability_hash, base::Instant expires) {
  SEGELL_CHECK(run(m_scope->session, "UPDATE visit SET packages = packages + 1 WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  return run(m_scope->session, "INSERT INTO visit_package (hash, tenant, visit, expires) VALUES (?1, ?2, ?3, ?4)",
             capability_hash, m_scope->tenant, id, expires);
}

Result<void> Visits::add_nonce(const NonceRecord& nonce) {
  return run(m_scope->session,
             "INSERT INTO visit_nonce (tenant, nonce, visit, request, person, issued, expires) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, nonce.nonce, nonce.visit, nonce.request, nonce.person, nonce.issued, nonce.expires);
}

Result<NonceRecord> Visits::nonce(const base::Bytes& nonce) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kNonceColumns) + " FROM visit_nonce WHERE tenant = ?1 AND nonce = ?2",
                   m_scope->tenant, nonce));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "nonce.unknown", "there is no such nonce");
  return read_nonce(*row);
}

Result<std::vector<NonceRecord>> Visits::nonces_of(const VisitId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kNonceColumns) +
                                        " FROM visit_nonce WHERE tenant = ?1 AND visit = ?2 ORDER BY issued, request",
                                    m_scope->tenant, id));
  const Reset reset(row);
  std::vector<NonceRecord> nonces;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return nonces;
    SEGELL_TRY(NonceRecord nonce, read_nonce(*row));
    nonces.push_back(std::move(nonce));
  }
}

Result<std::optional<CapturedActRecord>> Visits::act(const base::Bytes& nonce) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kActColumns) + ", sealed FROM captured_act WHERE tenant = ?1 AND nonce = ?2",
                   m_scope->tenant, nonce));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<CapturedActRecord>();
  SEGELL_TRY(CapturedActRecord act, read_captured_act(*row));
  if (!row->is_null(13)) {
    SEGELL_TRY(act.content, open_json(*m_scope, m_scope->person_key(act.person), row->bytes(13), act_context(nonce)));
  }
  return std::optional(std::move(act));
}

Result<std::vector<CapturedActRecord>> Visits::acts_of(const VisitId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kActColumns) + " FROM captured_act WHERE tenant = ?1 AND visit = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  std::vector<CapturedActRecord> acts;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return acts;
    SEGELL_TRY(CapturedActRecord act, read_captured_act(*row));
    acts.push_back(std::move(act));
  }
}

Result<bool> Visits::counter_used(const DeviceId& device, std::uint64_t counter) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT 1 FROM captured_act WHERE tenant = ?1 AND device = ?2 AND counter = ?3",
                   m_scope->tenant, device, counter));
  const Reset reset(row);
  return row->step();
}

Result<void> Visits::add_act(const CapturedActRecord& act) {
  SEGELL_TRY(const auto sealed, seal_captured_content(*m_scope, act));
  return run(m_scope->session,
             "INSERT INTO captured_act (tenant, nonce, visit, request, person, device, counter, digest, answer, state, "
             "reason, flags, received, finished, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
             m_scope->tenant, act.nonce, act.visit, act.request, act.person, act.device, act.counter, act.digest,
             act.answer, act.state, act.reason, act.flags, act.received, act.finished, sealed);
}

Result<void> Visits::update_act(const CapturedActRecord& act) {
  if (act.content.is_null()) {
    SEGELL_CHECK(run(m_scope->session, "UPDATE captured_act SET sealed = NULL WHERE tenant = ?1 AND nonce = ?2",
                     m_scope->tenant, act.nonce));
  }
  return run(m_scope->session,
             "UPDATE captured_act SET state = ?3, reason = ?4, flags = ?5, finished = ?6 "
             "WHERE tenant = ?1 AND nonce = ?2",
             m_scope->tenant, act.nonce, act.state, act.reason, act.flags, act.finished);
}

Result<PackagePlace> read_package_place(Session& session, const base::Sha256& capability_hash) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT tenant, visit, expires FROM visit_package WHERE hash = ?1", capability_hash));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "package.unknown", "there is no such package");
  PackagePlace place;
  SEGELL_TRY(place.tenant, id_column<TenantId>(*row, 0));
  SEGELL_TRY(place.visit, id_column<VisitId>(*row, 1));
  place.expires = instant_column(*row, 2);
  return place;
}

}  // namespace segell::storage
