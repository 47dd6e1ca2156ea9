#include "storage/transaction.h"

#include "base/random.h"
#include "opening.h"
#include "pending.h"
#include "query.h"

namespace segell::storage {

using base::Code;
using base::fail;
using base::Result;

View::View(const Scope& scope)
    : m_scope(scope),
      m_persons(m_scope),
      m_notices(m_scope),
      m_documents(m_scope),
      m_requests(m_scope),
      m_slips(m_scope),
      m_consents(m_scope),
      m_corrections(m_scope),
      m_protection_flags(m_scope),
      m_misattributions(m_scope),
      m_representations(m_scope),
      m_reviews(m_scope),
      m_seal_preparations(m_scope),
      m_feedback(m_scope),
      m_evidence(m_scope),
      m_idempotency(m_scope),
      m_jobs(m_scope),
      m_devices(m_scope),
      m_visits(m_scope),
      m_officials(m_scope),
      m_credentials(m_scope),
      m_accounts(m_scope),
      m_holdings(m_scope),
      m_assignments(m_scope),
      m_sessions(m_scope) {}

Result<std::uint64_t> View::log_size() const {
  if (m_scope.pending != nullptr) return m_scope.pending->first_index + m_scope.pending->events.size();
  SEGELL_TRY(Statement * head, query(m_scope.session, "SELECT size FROM log_head WHERE tenant = ?1", m_scope.tenant));
  const Reset reset(head);
  SEGELL_TRY(const bool found, head->step());
  return found ? unsigned_column(*head, 0) : std::uint64_t{0};
}

Result<std::uint64_t> Transaction::append_event(base::BytesView event, const std::optional<PersonId>& subject) {
  constexpr std::size_t kMostOctets = 65536;
  if (event.size() > kMostOctets) return fail(Code::limit_exceeded, "event.too-large", "an event has at most 64 KiB");
  PendingGroup& group = *m_scope.pending;
  const std::uint64_t index = group.first_index + group.events.size();
  const auto salt = base::random_array<sizeof(journal::Salt)>();
  PendingEvent pending;
  pending.leaf = journal::make_leaf(salt, event);
  pending.subject = subject;
  pending.length = salt.size() + event.size();
  base::Bytes& openings = subject ? group.own : group.shared;
  const std::size_t end = openings.size();
  pending.at = subject ? end : end + kOpeningHeader;
  openings.resize(pending.at);
  base::append(openings, salt);
  base::append(openings, event);
  if (subject) {
    auto sealed = m_scope.seal(m_scope.person_key(*subject), group.opening_of(pending), opening_context(index));
    if (!sealed) {
      openings.resize(end);
      return fail(std::move(sealed).error());
    }
    pending.sealed = *std::move(sealed);
  }
  group.events.push_back(std::move(pending));
  return index;
}

}  // namespace segell::storage
