#include "event_reading.h"

#include "json_fields.h"

#include <algorithm>

namespace segell::app {

base::Result<LoggedEvent> LoggedEvent::read(base::BytesView event) {
  auto parsed = base::parse_cbor(event);
  if (!parsed || parsed->as_map() == nullptr) return damaged("event");
  LoggedEvent read;
  read.m_map = *parsed->as_map();
  const base::Cbor* kind = read.find(1);
  const base::Cbor* time = read.find(2);
  if (kind == nullptr || kind->as_int() == nullptr || time == nullptr || time->as_int() == nullptr) {
    return damaged("event");
  }
  read.m_kind = static_cast<EventKind>(*kind->as_int());
  read.m_time = base::Instant(base::Microseconds(*time->as_int()));
  return read;
}

std::optional<std::string> LoggedEvent::word(std::uint64_t key) const {
  const base::Cbor* value = find(key);
  if (value == nullptr || value->as_text() == nullptr) return std::nullopt;
  return *value->as_text();
}

bool LoggedEvent::flag(std::uint64_t key) const {
  const base::Cbor* value = find(key);
  return value != nullptr && value->as_bool() != nullptr && *value->as_bool();
}

std::optional<base::Sha256> LoggedEvent::digest(std::uint64_t key) const {
  const base::Cbor* value = find(key);
  if (value == nullptr || value->as_bytes() == nullptr) return std::nullopt;
  const base::Bytes& octets = *value->as_bytes();
  base::Sha256 digest{};
  if (octets.size() != digest.size()) return std::nullopt;
  std::copy(octets.begin(), octets.end(), digest.begin());
  return digest;
}

const base::Cbor* LoggedEvent::find(std::uint64_t key) const {
  const auto found = m_map.find(key);
  return found == m_map.end() ? nullptr : &found->second;
}

}  // namespace segell::app
