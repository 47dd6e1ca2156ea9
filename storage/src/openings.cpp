#include "storage/openings.h"

#include "key_ring.h"
#include "opening.h"
#include "query.h"

#include <map>

namespace segell::storage {

namespace {

using base::Result;

/// Openings come out of two places, each in order; what a chunk holds waits here for those that stand between.
class InOrder {
 public:
  explicit InOrder(const std::function<Result<void>(const Opening&)>& each) : m_each(each) {}

  void add(Opening opening) {
    const std::uint64_t index = opening.log_index;
    m_waiting.emplace(index, std::move(opening));
  }
  /// Hands over everything before `end`.
  Result<void> pass(std::uint64_t end) {
    while (!m_waiting.empty() && m_waiting.begin()->first < end) {
      SEGELL_CHECK(m_each(m_waiting.begin()->second));
      m_waiting.erase(m_waiting.begin());
    }
    return base::ok();
  }

 private:
  const std::function<Result<void>(const Opening&)>& m_each;
  std::map<std::uint64_t, Opening> m_waiting;  // at most one chunk and one more: chunks do not overlap
};

Result<void> add_row(const Scope& scope, const Statement& row, InOrder& openings) {
  const std::uint64_t index = unsigned_column(row, 0);
  if (row.is_null(1)) {
    SEGELL_TRY(std::vector<Opening> chunk, open_chunk(scope, index, row.bytes(2)));
    for (Opening& opening : chunk) openings.add(std::move(opening));
    return base::ok();
  }
  SEGELL_TRY(const PersonId person, id_column<PersonId>(row, 1));
  SEGELL_TRY(const base::Bytes plain, scope.open(scope.person_key(person), row.bytes(2), opening_context(index)));
  SEGELL_TRY(Opening opening, parse_opening(index, plain));
  opening.subject = person;
  openings.add(std::move(opening));
  return base::ok();
}

}  // namespace

Result<void> read_openings(Session& session, const TenantId& tenant, KeyStore& keys, const base::Secret& kek,
                           const std::function<Result<void>(const Opening&)>& each) {
  KeyRing ring(keys, kek);
  const Scope scope{session, tenant, ring, nullptr};
  SEGELL_TRY(Statement * row, query(session,
                                    "SELECT log_index, person, sealed FROM opening WHERE tenant = ?1 UNION ALL "
                                    "SELECT first, NULL, sealed FROM opening_chunk WHERE tenant = ?1 ORDER BY 1",
                                    tenant));
  const Reset reset(row);
  InOrder openings(each);
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return openings.pass(UINT64_MAX);
    SEGELL_CHECK(openings.pass(unsigned_column(*row, 0)));
    SEGELL_CHECK(add_row(scope, *row, openings));
  }
}

}  // namespace segell::storage
