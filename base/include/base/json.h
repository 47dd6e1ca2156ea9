#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace segell::base {

/// A JSON value (RFC 8259) that keeps the order of members as written. Integers that fit 64 bits stay integers.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  ///< null
  Json(std::nullptr_t) {}
  Json(bool value) : m_value(value) {}
  Json(int value) : m_value(static_cast<std::int64_t>(value)) {}
  Json(std::int64_t value) : m_value(value) {}
  Json(std::uint64_t value);  ///< above 2^63-1 becomes a double
  Json(double value) : m_value(value) {}
  Json(const char* value) : m_value(std::string(value)) {}
  Json(std::string value) : m_value(std::move(value)) {}
  Json(std::string_view value) : m_value(std::string(value)) {}
  Json(Array value) : m_value(std::move(value)) {}
  Json(Object value) : m_value(std::move(value)) {}
  static Json object(std::initializer_list<Member> members = {}) { return Json(Object(members)); }
  static Json array(std::initializer_list<Json> items = {}) { return Json(Array(items)); }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&m_value); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&m_value); }
  [[nodiscard]] const double* as_double() const { return std::get_if<double>(&m_value); }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&m_value); }
  [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&m_value); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&m_value); }
  Array* as_array() { return std::get_if<Array>(&m_value); }
  Object* as_object() { return std::get_if<Object>(&m_value); }

  /// The member of that name, or null pointer (also when this is no object).
  [[nodiscard]] const Json* find(std::string_view name) const;
  /// Adds or replaces a member; turns null into an object. On any other kind throws std::logic_error.
  Json& set(std::string name, Json value);
  /// Appends to an array; turns null into an array. On any other kind throws std::logic_error.
  Json& push(Json value);

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> m_value;
};

/// Bounds of the parser: what lies outside is refused, never truncated.
struct JsonLimits {
  std::size_t max_bytes = 1 << 20;
  std::size_t max_depth = 32;
  std::size_t max_values = 100'000;
};

/// Strict RFC 8259: UTF-8 only, no byte order mark, no duplicate member names, no lone surrogates, no trailing bytes.
/// Errors: malformed "json.malformed" (message has the byte offset), "json.duplicate-member"; limit_exceeded
/// "json.too-large", "json.too-deep".
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Compact, members in their order.
std::string write_json(const Json& value);

/// RFC 8785 (JCS): members sorted by UTF-16 code units, ECMAScript numbers. Error: invalid_argument
/// "json.not-canonical" for NaN, infinity, integers beyond ±(2^53-1), or text that is not UTF-8.
Result<std::string> write_canonical_json(const Json& value);

}  // namespace segell::base
