#include "base/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace segell::base {
namespace {

using Input = nlohmann::json;

/// Builds our values from nlohmann's events, and stops at the first one that the limits or RFC 8259's "names should be
/// unique" (for us: must) forbid. Open containers live in m_open until their end: no pointer into a growing vector.
class Builder final : public nlohmann::json_sax<Input> {
 public:
  explicit Builder(const JsonLimits& limits) : m_limits(limits) {}

  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) override { return add(Json(std::uint64_t{value})); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(Json(value)); }
  bool string(string_t& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*count*/) override { return open(Json(Json::Object{})); }
  bool start_array(std::size_t /*count*/) override { return open(Json(Json::Array{})); }
  bool key(string_t& name) override {
    m_open.back().name = std::move(name);
    return true;
  }
  bool end_object() override {
    if (has_duplicate(*m_open.back().value.as_object()))
      return stop(fail(Code::malformed, "json.duplicate-member", "an object names one member twice"));
    return close();
  }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string& /*token*/, const Input::exception& /*error*/) override {
    // nlohmann's own message quotes the input, which may be personal.
    return stop(fail(Code::malformed, "json.malformed", "not valid JSON near byte " + std::to_string(position)));
  }

  Result<Json> result(bool finished) {
    if (m_failure) return *std::move(m_failure);
    if (!finished) return fail(Code::malformed, "json.malformed", "not valid JSON");
    return std::move(m_root);
  }

 private:
  struct Open {
    Json value;
    std::string name;  ///< of the member being read
  };

  bool stop(Failure failure) {
    m_failure = std::move(failure);
    return false;
  }

  bool count() {
    if (++m_values <= m_limits.max_values) return true;
    return stop(fail(Code::limit_exceeded, "json.too-large",
                     "JSON has more than " + std::to_string(m_limits.max_values) + " values"));
  }

  bool open(Json container) {
    if (m_open.size() >= m_limits.max_depth)
      return stop(fail(Code::limit_exceeded, "json.too-deep",
                       "JSON nests deeper than " + std::to_string(m_limits.max_depth) + " levels"));
    if (!count()) return false;
    m_open.push_back({std::move(container), {}});
    return true;
  }

  bool close() {
    Json value = std::move(m_open.back().value);
    m_open.pop_back();
    place(std::move(value));
    return true;
  }

  bool add(Json value) {
    if (!count()) return false;
    place(std::move(value));
    return true;
  }

  void place(Json value) {
    if (m_open.empty()) {
      m_root = std::move(value);
    } else if (Json::Array* array = m_open.back().value.as_array()) {
      array->push_back(std::move(value));
    } else {
      m_open.back().value.as_object()->emplace_back(std::move(m_open.back().name), std::move(value));
    }
  }

  static bool has_duplicate(const Json::Object& object) {
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const Json::Member& member : object) names.emplace_back(member.first);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  const JsonLimits& m_limits;
  std::vector<Open> m_open;
  std::size_t m_values = 0;
  Json m_root;
  std::optional<Failure> m_failure;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    return fail(Code::limit_exceeded, "json.too-large",
                "JSON is longer than " + std::to_string(limits.max_bytes) + " bytes");
  // nlohmann skips a byte order mark; RFC 8259 section 8.1 lets a reader refuse it.
  if (text.starts_with("\xef\xbb\xbf"))
    return fail(Code::malformed, "json.malformed", "JSON begins with a byte order mark at byte 0");
  // nlohmann takes a NUL for the end of the input, and would let anything follow it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return fail(Code::malformed, "json.malformed", "not valid JSON near byte " + std::to_string(nul + 1));
  Builder builder(limits);
  const bool finished = Input::sax_parse(text.begin(), text.end(), &builder);
  return builder.result(finished);
}

}  // namespace segell::base
