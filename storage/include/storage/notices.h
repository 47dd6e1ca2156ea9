#pragma once

#include "base/digest.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// One immutable version of a notice in one language.
struct NoticeRecord {
  std::string key;
  std::int64_t version = 0;  ///< from 1
  std::string language;      ///< BCP 47
  std::string title;
  std::string text;
  base::Sha256 sha256{};
  base::Instant created;
  std::uint64_t log_index = 0;
};

class Notices {
 public:
  explicit Notices(Scope& scope) : m_scope(&scope) {}
  /// Errors: not_found "notice.unknown".
  [[nodiscard]] base::Result<NoticeRecord> get(const std::string& key, std::int64_t version,
                                               const std::string& language) const;
  /// The highest version of that key and language, 0 when there is none.
  [[nodiscard]] base::Result<std::int64_t> latest_version(const std::string& key, const std::string& language) const;
  /// Error: already_exists "storage.unique".
  base::Result<void> add(const NoticeRecord& notice);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
