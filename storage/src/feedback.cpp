#include "storage/feedback.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string context_of(const FeedbackId& id) { return "feedback." + id.text(); }

constexpr std::string_view kFeedbackColumns = "SELECT id, state, created, log_index, sealed FROM feedback ";

Result<FeedbackRecord> read_feedback(const Scope& scope, const Statement& row) {
  FeedbackRecord feedback;
  SEGELL_TRY(feedback.id, id_column<FeedbackId>(row, 0));
  feedback.state = std::string(row.text(1));
  feedback.created = instant_column(row, 2);
  feedback.log_index = unsigned_column(row, 3);
  SEGELL_TRY(feedback.words, open_json(scope, scope.tenant_key(), row.bytes(4), context_of(feedback.id)));
  return feedback;
}

}  // namespace

Result<FeedbackRecord> Feedback::get(const FeedbackId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session, std::string(kFeedbackColumns) + "WHERE tenant = ?1 AND id = ?2",
                                    m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "feedback.unknown", "there is no such feedback");
  return read_feedback(*m_scope, *row);
}

Result<std::vector<FeedbackRecord>> Feedback::list(std::optional<std::uint64_t> before, std::size_t limit) const {
  const auto end = static_cast<std::int64_t>(before.value_or(INT64_MAX));
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    std::string(kFeedbackColumns) +
                                        "WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
                                    m_scope->tenant, end, static_cast<std::int64_t>(limit)));
  const Reset reset(row);
  std::vector<FeedbackRecord> list;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return list;
    SEGELL_TRY(FeedbackRecord feedback, read_feedback(*m_scope, *row));
    list.push_back(std::move(feedback));
  }
}

Result<std::uint64_t> Feedback::count(std::string_view state) const {
  SEGELL_TRY(Statement * row, query(m_scope->session, "SELECT count(*) FROM feedback WHERE tenant = ?1 AND state = ?2",
                                    m_scope->tenant, state));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  return found ? unsigned_column(*row, 0) : std::uint64_t{0};
}

Result<void> Feedback::add(const FeedbackRecord& feedback) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), feedback.words, context_of(feedback.id)));
  return run(m_scope->session,
             "INSERT INTO feedback (tenant, id, state, created, log_index, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, feedback.id, feedback.state, feedback.created, feedback.log_index, sealed);
}

Result<void> Feedback::update(const FeedbackRecord& feedback) {
  SEGELL_CHECK(get(feedback.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), feedback.words, context_of(feedback.id)));
  return run(m_scope->session, "UPDATE feedback SET state = ?3, sealed = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, feedback.id, feedback.state, sealed);
}

}  // namespace segell::storage
