#include "storage/reviews.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string review_context(const ReviewId& id) { return "review." + id.text(); }

constexpr std::string_view kReviewColumns = "SELECT id, person, state, open, log_index, sealed FROM review ";

Result<ReviewRecord> read_review(const Scope& scope, const Statement& row) {
  ReviewRecord review;
  SEGELL_TRY(review.id, id_column<ReviewId>(row, 0));
  SEGELL_TRY(review.person, id_column<PersonId>(row, 1));
  review.state = std::string(row.text(2));
  review.open = row.integer(3) != 0;
  review.log_index = unsigned_column(row, 4);
  SEGELL_TRY(review.words, open_json(scope, scope.person_key(review.person), row.bytes(5), review_context(review.id)));
  return review;
}

Result<std::vector<ReviewRecord>> read_reviews(const Scope& scope, Statement* row) {
  const Reset reset(row);
  std::vector<ReviewRecord> reviews;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return reviews;
    SEGELL_TRY(ReviewRecord review, read_review(scope, *row));
    reviews.push_back(std::move(review));
  }
}

}  // namespace

Result<ReviewRecord> Reviews::get(const ReviewId& id) const {
  SEGELL_TRY(Statement * row, query(m_scope->session, std::string(kReviewColumns) + "WHERE tenant = ?1 AND id = ?2",
                                    m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "review.unknown", "there is no such review");
  return read_review(*m_scope, *row);
}

Result<std::vector<ReviewRecord>> Reviews::list_open(std::optional<std::uint64_t> before, std::size_t limit) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            std::string(kReviewColumns) +
                "WHERE tenant = ?1 AND open = 1 AND log_index < ?2 ORDER BY log_index DESC, id LIMIT ?3",
            m_scope->tenant, static_cast<std::int64_t>(before.value_or(INT64_MAX)), static_cast<std::int64_t>(limit)));
  return read_reviews(*m_scope, row);
}

Result<std::vector<ReviewRecord>> Reviews::of_person(const PersonId& person) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session, std::string(kReviewColumns) + "WHERE tenant = ?1 AND person = ?2 ORDER BY log_index, id",
            m_scope->tenant, person));
  return read_reviews(*m_scope, row);
}

Result<void> Reviews::add(const ReviewRecord& review) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(review.person), review.words, review_context(review.id)));
  return run(m_scope->session,
             "INSERT INTO review (tenant, id, person, state, open, log_index, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, review.id, review.person, review.state, review.open, review.log_index, sealed);
}

Result<void> Reviews::update(const ReviewRecord& review) {
  SEGELL_TRY(const ReviewRecord now, get(review.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), review.words, review_context(now.id)));
  return run(m_scope->session, "UPDATE review SET state = ?3, open = ?4, sealed = ?5 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, review.state, review.open, sealed);
}

}  // namespace segell::storage
