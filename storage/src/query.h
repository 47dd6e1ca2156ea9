#pragma once

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "storage/database.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace segell::storage {

// How our values go into parameters and come out of columns: the one place of that.

inline void bind_value(Statement& s, int at, std::int64_t value) { s.bind(at, value); }
inline void bind_value(Statement& s, int at, std::uint64_t value) { s.bind(at, static_cast<std::int64_t>(value)); }
inline void bind_value(Statement& s, int at, std::uint32_t value) { s.bind(at, static_cast<std::int64_t>(value)); }
inline void bind_value(Statement& s, int at, int value) { s.bind(at, static_cast<std::int64_t>(value)); }
inline void bind_value(Statement& s, int at, bool value) { s.bind(at, static_cast<std::int64_t>(value ? 1 : 0)); }
inline void bind_value(Statement& s, int at, std::string_view value) { s.bind(at, value); }
inline void bind_value(Statement& s, int at, const std::string& value) { s.bind(at, std::string_view(value)); }
inline void bind_value(Statement& s, int at, const char* value) { s.bind(at, std::string_view(value)); }
inline void bind_value(Statement& s, int at, base::BytesView value) { s.bind(at, value); }
inline void bind_value(Statement& s, int at, const base::Bytes& value) { s.bind(at, base::BytesView(value)); }
template <std::size_t N>
void bind_value(Statement& s, int at, const std::array<std::byte, N>& value) {
  s.bind(at, base::BytesView(value));
}
template <class Tag>
void bind_value(Statement& s, int at, const base::Id<Tag>& value) {
  s.bind(at, value.bytes());
}
inline void bind_value(Statement& s, int at, base::Instant value) {
  s.bind(at, static_cast<std::int64_t>(value.time_since_epoch().count()));
}
template <class T>
void bind_value(Statement& s, int at, const std::optional<T>& value) {
  if (value) {
    bind_value(s, at, *value);
  } else {
    s.bind_null(at);
  }
}

/// A statement with its parameters bound, ready to step.
template <class... Args>
base::Result<Statement*> query(Session& session, std::string_view sql, const Args&... args) {
  SEGELL_TRY(Statement * statement, session.prepare(sql));
  int at = 0;
  (bind_value(*statement, ++at, args), ...);
  return statement;
}

/// Runs a statement that gives no rows.
template <class... Args>
base::Result<void> run(Session& session, std::string_view sql, const Args&... args) {
  SEGELL_TRY(Statement * statement, query(session, sql, args...));
  SEGELL_CHECK(statement->step());
  return base::ok();
}

/// A statement that stands on a row lets go of its read lock when this goes.
class Reset {
 public:
  explicit Reset(Statement* statement) : m_statement(statement) {}
  ~Reset() { m_statement->reset(); }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  Statement* m_statement;
};

template <std::size_t N>
base::Result<std::array<std::byte, N>> array_column(const Statement& row, int column) {
  const base::BytesView bytes = row.bytes(column);
  if (bytes.size() != N)
    return base::fail(base::Code::corrupt, "storage.column", "a stored value has the wrong length");
  std::array<std::byte, N> out;
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}
template <class IdType>
base::Result<IdType> id_column(const Statement& row, int column) {
  SEGELL_TRY(const auto bits, array_column<16>(row, column));
  return IdType(bits);
}
inline base::Instant instant_column(const Statement& row, int column) {
  return base::Instant(base::Microseconds(row.integer(column)));
}
inline std::optional<base::Instant> optional_instant_column(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return instant_column(row, column);
}
inline std::uint64_t unsigned_column(const Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

/// A number kept by name; 0 when it is not there.
inline base::Result<std::int64_t> read_meta(Session& session, std::string_view name) {
  SEGELL_TRY(Statement * select, query(session, "SELECT value FROM meta WHERE name = ?1", name));
  const Reset reset(select);
  SEGELL_TRY(const bool found, select->step());
  return found ? select->integer(0) : 0;
}
inline base::Result<void> write_meta(Session& session, std::string_view name, std::int64_t value) {
  return run(session,
             "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
             name, value);
}

}  // namespace segell::storage
