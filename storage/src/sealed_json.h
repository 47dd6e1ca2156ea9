#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace segell::storage {

/// Bounds for JSON that we wrote ourselves: large, but a damaged value still cannot take all memory.
inline constexpr base::JsonLimits kStoredJson{64 << 20, 64, 4'000'000};

inline base::Result<base::Bytes> seal_json(const Scope& scope, const KeyOwner& owner, const base::Json& value,
                                           std::string_view context) {
  return scope.seal(owner, base::as_bytes(base::write_json(value)), context);
}
inline base::Result<base::Json> open_json(const Scope& scope, const KeyOwner& owner, base::BytesView sealed,
                                          std::string_view context) {
  SEGELL_TRY(const base::Bytes plain, scope.open(owner, sealed, context));
  return base::parse_json(base::as_text(plain), kStoredJson);
}

/// Members of our own objects; a missing one reads as empty.
inline std::string json_text(const base::Json& object, std::string_view name) {
  const base::Json* member = object.find(name);
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr ? std::string() : *text;
}
inline std::int64_t json_int(const base::Json& object, std::string_view name) {
  const base::Json* member = object.find(name);
  const std::int64_t* number = member == nullptr ? nullptr : member->as_int();
  return number == nullptr ? 0 : *number;
}

/// A time as its microseconds; null where there is none.
inline base::Json json_micros(const std::optional<base::Instant>& time) {
  if (!time) return nullptr;
  return static_cast<std::int64_t>(time->time_since_epoch().count());
}
inline std::optional<base::Instant> json_instant(const base::Json& object, std::string_view name) {
  const base::Json* member = object.find(name);
  if (member == nullptr || member->as_int() == nullptr) return std::nullopt;
  return base::Instant(base::Microseconds(*member->as_int()));
}

}  // namespace segell::storage
