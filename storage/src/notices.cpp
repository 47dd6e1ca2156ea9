#include "storage/notices.h"

#include "query.h"

namespace segell::storage {

using base::Code;
using base::fail;
using base::Result;

Result<NoticeRecord> Notices::get(const std::string& key, std::int64_t version, const std::string& language) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT title, body, sha256, created, log_index FROM notice WHERE tenant = ?1 AND key = ?2 AND "
                   "version = ?3 AND language = ?4",
                   m_scope->tenant, key, version, language));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "notice.unknown", "there is no such notice");
  NoticeRecord notice{key, version, language, std::string(row->text(0)), std::string(row->text(1)), {}, {}, 0};
  SEGELL_TRY(notice.sha256, array_column<32>(*row, 2));
  notice.created = instant_column(*row, 3);
  notice.log_index = unsigned_column(*row, 4);
  return notice;
}

Result<std::int64_t> Notices::latest_version(const std::string& key, const std::string& language) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT COALESCE(MAX(version), 0) FROM notice WHERE tenant = ?1 AND key = ?2 AND "
                                    "language = ?3",
                                    m_scope->tenant, key, language));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  return found ? row->integer(0) : 0;
}

Result<void> Notices::add(const NoticeRecord& n) {
  return run(m_scope->session,
             "INSERT INTO notice (tenant, key, version, language, title, body, sha256, created, log_index) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
             m_scope->tenant, n.key, n.version, n.language, n.title, n.text, n.sha256, n.created, n.log_index);
}

}  // namespace segell::storage
