#pragma once

#include "base/cbor.h"
#include "events.h"

#include <optional>
#include <string>

namespace segell::app {

/// An event out of the log, read by its keys (events.cddl): what a list of accesses needs of it.
class LoggedEvent {
 public:
  /// Error: corrupt "app.record".
  static base::Result<LoggedEvent> read(base::BytesView event);

  [[nodiscard]] EventKind kind() const { return m_kind; }
  [[nodiscard]] base::Instant time() const { return m_time; }

  /// Absent, or of another type: none.
  template <class IdType>
  [[nodiscard]] std::optional<IdType> id(std::uint64_t key) const {
    const base::Cbor* value = find(key);
    if (value == nullptr || value->as_bytes() == nullptr) return std::nullopt;
    auto made = IdType::from_bytes(*value->as_bytes());
    if (!made) return std::nullopt;
    return *made;
  }
  [[nodiscard]] std::optional<std::string> word(std::uint64_t key) const;
  [[nodiscard]] bool flag(std::uint64_t key) const;
  [[nodiscard]] std::optional<base::Sha256> digest(std::uint64_t key) const;

 private:
  [[nodiscard]] const base::Cbor* find(std::uint64_t key) const;
  base::Cbor::Map m_map;
  EventKind m_kind = EventKind::document_stored;
  base::Instant m_time{};
};

}  // namespace segell::app
