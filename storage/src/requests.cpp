#include "storage/requests.h"

#include "login_tags.h"
#include "query.h"
#include "sealed_json.h"

#include <algorithm>
#include <array>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string context_of(const RequestId& id) { return "request." + id.text(); }
std::string paper_context(const RequestId& id) { return "request-paper." + id.text(); }

constexpr std::string_view kColumns = "id, state, document, person, capability_hash, nonce, created, expires, sealed";

Result<RequestRecord> read_request(const Scope& scope, const Statement& row) {
  RequestRecord request;
  SEGELL_TRY(request.id, id_column<RequestId>(row, 0));
  request.state = std::string(row.text(1));
  SEGELL_TRY(request.document, id_column<DocumentId>(row, 2));
  SEGELL_TRY(request.person, id_column<PersonId>(row, 3));
  SEGELL_TRY(request.capability_hash, array_column<32>(row, 4));
  request.nonce = base::to_bytes(row.bytes(5));
  request.created = instant_column(row, 6);
  request.expires = instant_column(row, 7);
  if (!row.is_null(8)) {
    SEGELL_TRY(request.payload,
               open_json(scope, scope.person_key(request.person), row.bytes(8), context_of(request.id)));
  }
  return request;
}

Result<std::vector<RequestRecord>> read_requests(const Scope& scope, Statement* row) {
  const Reset reset(row);
  std::vector<RequestRecord> requests;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return requests;
    SEGELL_TRY(RequestRecord request, read_request(scope, *row));
    requests.push_back(std::move(request));
  }
}

}  // namespace

Result<RequestRecord> Requests::get(const RequestId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT " + std::string(kColumns) + " FROM request WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "request.unknown", "there is no such request");
  return read_request(*m_scope, *row);
}

Result<RequestStanding> Requests::standing(const RequestId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT state, document, expires, sealed IS NULL FROM request WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "request.unknown", "there is no such request");
  RequestStanding standing;
  standing.state = std::string(row->text(0));
  SEGELL_TRY(standing.document, id_column<DocumentId>(*row, 1));
  standing.expires = instant_column(*row, 2);
  standing.erased = row->integer(3) != 0;
  return standing;
}

Result<std::vector<RequestRecord>> Requests::of_person(const PersonId& person, const std::optional<Place>& after,
                                                       std::size_t limit) const {
  const base::Instant created = after ? after->created : base::Instant::max();
  const RequestId id = after ? after->id : RequestId();
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT " + std::string(kColumns) +
                " FROM request AS r WHERE tenant = ?1 AND person = ?2 AND (created < ?3 OR (created = ?3 AND "
                "id < ?4)) AND NOT EXISTS (SELECT 1 FROM request AS n WHERE n.tenant = r.tenant AND n.document = "
                "r.document AND n.person = r.person AND (n.created > r.created OR (n.created = r.created AND "
                "n.id > r.id))) ORDER BY created DESC, id DESC LIMIT ?5",
            m_scope->tenant, person, created, id, static_cast<std::int64_t>(limit)));
  return read_requests(*m_scope, row);
}

Result<std::vector<RequestRecord>> Requests::list(const RequestFilter& filter, const std::optional<Place>& after,
                                                  std::size_t limit) const {
  if (filter.states.size() > RequestFilter::kMostStates)
    return fail(Code::invalid_argument, "request.filter", "too many states at one time");
  std::array<std::string, RequestFilter::kMostStates> states;
  std::copy(filter.states.begin(), filter.states.end(), states.begin());
  const base::Instant created = after ? after->created : base::Instant::max();
  const RequestId id = after ? after->id : RequestId();
  const std::string head =
      "SELECT " + std::string(kColumns) +
      " FROM request WHERE tenant = ?1 AND (created < ?2 OR (created = ?2 AND id < ?3)) AND sealed IS NOT NULL AND "
      "expires > ?4 AND expires <= ?5 AND (?6 = 1 OR state IN (?7, ?8, ?9, ?10))";
  const std::string tail = " ORDER BY created DESC, id DESC LIMIT ?11";
  const bool any = filter.states.empty();
  const auto most = static_cast<std::int64_t>(limit);
  if (!filter.account) {
    SEGELL_TRY(Statement * row, query(m_scope->session, head + tail, m_scope->tenant, created, id, filter.expires_after,
                                      filter.expires_until, any, states[0], states[1], states[2], states[3], most));
    return read_requests(*m_scope, row);
  }
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            head +
                " AND person IN (SELECT person FROM assignment WHERE tenant = ?1 AND account = ?12) AND NOT EXISTS (" +
                exclusion_of("request.person", "?12") + ")" + tail,
            m_scope->tenant, created, id, filter.expires_after, filter.expires_until, any, states[0], states[1],
            states[2], states[3], most, *filter.account));
  return read_requests(*m_scope, row);
}

Result<std::vector<PersonId>> Requests::persons_of(const DocumentId& document) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT DISTINCT person FROM request WHERE tenant = ?1 AND document = ?2",
                   m_scope->tenant, document));
  const Reset reset(row);
  std::vector<PersonId> persons;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return persons;
    SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
    persons.push_back(person);
  }
}

Result<std::vector<RequestRecord>> Requests::of_document_in(const DocumentId& document, std::string_view state) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kColumns) +
                       " FROM request WHERE tenant = ?1 AND document = ?2 AND state = ?3 ORDER BY created, id",
                   m_scope->tenant, document, state));
  return read_requests(*m_scope, row);
}

Result<std::vector<RequestRecord>> Requests::of_document(const DocumentId& document) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kColumns) +
                                        " FROM request WHERE tenant = ?1 AND document = ?2 ORDER BY created, id",
                                    m_scope->tenant, document));
  return read_requests(*m_scope, row);
}

Result<void> Requests::add(const RequestRecord& request) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(request.person), request.payload, context_of(request.id)));
  return run(
      m_scope->session,
      "INSERT INTO request (tenant, id, state, document, person, capability_hash, nonce, created, expires, sealed) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      m_scope->tenant, request.id, request.state, request.document, request.person, request.capability_hash,
      request.nonce, request.created, request.expires, sealed);
}

Result<void> Requests::update(const RequestRecord& request, const std::string& expected_state) {
  SEGELL_TRY(const RequestRecord now, get(request.id));
  if (now.state != expected_state)
    return fail(Code::conflict, "request.state", "the request is " + now.state + " already");
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), request.payload, context_of(request.id)));
  return run(
      m_scope->session,
      "UPDATE request SET state = ?3, document = ?4, nonce = ?5, expires = ?6, sealed = ?7, capability_hash = ?8 "
      "WHERE tenant = ?1 AND id = ?2",
      m_scope->tenant, request.id, request.state, request.document, request.nonce, request.expires, sealed,
      request.capability_hash);
}

Result<void> Requests::set_state(const RequestId& id, std::string_view state) {
  return run(m_scope->session, "UPDATE request SET state = ?3 WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id,
             state);
}

Result<base::Bytes> Requests::paper(const RequestId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT person, sealed FROM request_paper WHERE tenant = ?1 AND request = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "request.no-paper", "nothing is laid out for this request");
  SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
  return m_scope->open(m_scope->person_key(person), row->bytes(1), paper_context(id));
}

Result<void> Requests::add_paper(const RequestId& id, const PersonId& person, base::BytesView octets) {
  SEGELL_TRY(const base::Bytes sealed, m_scope->seal(m_scope->person_key(person), octets, paper_context(id)));
  return run(m_scope->session, "INSERT INTO request_paper (tenant, request, person, sealed) VALUES (?1, ?2, ?3, ?4)",
             m_scope->tenant, id, person, sealed);
}

Result<void> Requests::remove_paper(const RequestId& id) {
  return run(m_scope->session, "DELETE FROM request_paper WHERE tenant = ?1 AND request = ?2", m_scope->tenant, id);
}

}  // namespace segell::storage
