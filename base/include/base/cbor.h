#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace segell::base {

/// The part of CBOR that events need, in the deterministic encoding of RFC 8949 section 4.2.1: definite lengths,
/// shortest heads, map keys sorted by their encoding, no tags, no floating point. Map keys are non-negative integers.
class Cbor {
 public:
  using Array = std::vector<Cbor>;
  using Map = std::map<std::uint64_t, Cbor>;

  Cbor() = default;  ///< null
  Cbor(bool value) : m_value(value) {}
  Cbor(int value) : m_value(static_cast<std::int64_t>(value)) {}
  Cbor(std::int64_t value) : m_value(value) {}
  Cbor(Bytes value) : m_value(std::move(value)) {}
  Cbor(BytesView value) : m_value(to_bytes(value)) {}
  Cbor(std::string value) : m_value(std::move(value)) {}
  Cbor(const char* value) : m_value(std::string(value)) {}
  Cbor(Array value) : m_value(std::move(value)) {}
  Cbor(Map value) : m_value(std::move(value)) {}

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&m_value); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&m_value); }
  [[nodiscard]] const Bytes* as_bytes() const { return std::get_if<Bytes>(&m_value); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&m_value); }
  [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&m_value); }
  [[nodiscard]] const Map* as_map() const { return std::get_if<Map>(&m_value); }

  bool operator==(const Cbor&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, Bytes, std::string, Array, Map> m_value;
};

/// Text that is not UTF-8, or more than 16 levels of arrays and maps, is a defect of the caller: std::logic_error.
Bytes write_cbor(const Cbor& value);

/// Accepts exactly what write_cbor makes: any other spelling of the same value is refused, so that one event has one
/// leaf. Bounded: depth 16. Error: malformed, "cbor.not-deterministic" or "cbor.malformed".
Result<Cbor> parse_cbor(BytesView bytes);

}  // namespace segell::base
