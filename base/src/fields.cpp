#include "base/fields.h"

#include "base/encoding.h"

#include <algorithm>
#include <cctype>
#include <limits>

namespace segell::base {
namespace {

/// A caller's own member name may hold anything: only a plain one is said back.
std::string plain_name(const std::string& name) {
  const bool plain = !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  return plain ? name : "(a name that is not plain)";
}

}  // namespace

Fields::Fields(const Json& object, std::string path) : m_object(object.as_object()), m_path(std::move(path)) {
  if (m_object == nullptr)
    note({Code::malformed,
          "request.wrong-type",
          (m_path.empty() ? "the body" : "field " + m_path) + " is not an object",
          {}});
}

void Fields::required(std::string_view name, std::string& to) {
  const auto* json = take(name, true);
  if (json == nullptr) return;
  if (const auto* text = json->as_string())
    to = *text;
  else
    wrong_type(name, "a text");
}

void Fields::required(std::string_view name, bool& to) {
  const auto* json = take(name, true);
  if (json == nullptr) return;
  if (const auto* value = json->as_bool())
    to = *value;
  else
    wrong_type(name, "true or false");
}

void Fields::optional(std::string_view name, std::string& to) {
  if (take(name, false) != nullptr) required(name, to);
}

void Fields::optional(std::string_view name, std::optional<std::string>& to) {
  if (take(name, false) != nullptr) required(name, to.emplace());
}

void Fields::optional(std::string_view name, std::vector<std::string>& to) {
  if (take(name, false) != nullptr) required(name, to);
}

void Fields::optional(std::string_view name, std::uint32_t& to) {
  if (take(name, false) != nullptr) required(name, to);
}

void Fields::optional(std::string_view name, bool& to) {
  if (take(name, false) != nullptr) required(name, to);
}

template <class T>
void Fields::number(std::string_view name, T& to) {
  const auto* json = take(name, true);
  if (json == nullptr) return;
  const auto* value = json->as_int();
  if (value == nullptr || *value < 0 || static_cast<std::uint64_t>(*value) > std::numeric_limits<T>::max())
    return wrong_type(name, "a whole number, zero or more");
  to = static_cast<T>(*value);
}

void Fields::required(std::string_view name, std::uint64_t& to) { number(name, to); }
void Fields::required(std::string_view name, std::uint32_t& to) { number(name, to); }
void Fields::required(std::string_view name, int& to) { number(name, to); }

void Fields::required(std::string_view name, std::vector<std::string>& to) {
  const auto* json = take(name, true);
  if (json == nullptr) return;
  const auto* items = json->as_array();
  if (items == nullptr) return wrong_type(name, "an array of texts");
  for (const auto& item : *items) {
    const auto* text = item.as_string();
    if (text == nullptr) return wrong_type(name, "an array of texts");
    to.push_back(*text);
  }
}

void Fields::required_object(std::string_view name, const Json*& to) {
  const auto* json = take(name, true);
  if (json == nullptr) return;
  if (json->as_object() == nullptr) return wrong_type(name, "an object");
  to = json;
}

void Fields::optional_object(std::string_view name, const Json*& to) {
  if (take(name, false) != nullptr) required_object(name, to);
}

void Fields::required_base64(std::string_view name, Bytes& to) {
  std::string text;
  required(name, text);
  auto octets = from_base64(text);
  if (octets)
    to = *std::move(octets);
  else
    wrong_type(name, "base64 with padding");
}

void Fields::optional_base64(std::string_view name, std::optional<Bytes>& to) {
  if (take(name, false) != nullptr) required_base64(name, to.emplace());
}

Result<void> Fields::finish() {
  if (m_error) return fail(*m_error);
  for (const auto& [name, value] : *m_object) {
    if (std::find(m_named.begin(), m_named.end(), name) == m_named.end())
      return fail(Code::malformed, "request.unknown-field", "unknown field " + member_path(plain_name(name)),
                  "fields that this version does not know are refused, so that none is silently ignored");
  }
  return ok();
}

const Json* Fields::take(std::string_view name, bool needed) {
  m_named.push_back(name);
  if (m_object == nullptr) return nullptr;
  for (const auto& member : *m_object) {
    if (member.first == name) return &member.second;
  }
  if (needed) note({Code::malformed, "request.missing-field", "field " + member_path(name) + " is missing", {}});
  return nullptr;
}

std::string Fields::member_path(std::string_view name) const {
  return m_path.empty() ? std::string(name) : m_path + '.' + std::string(name);
}

void Fields::wrong_type(std::string_view name, std::string_view wanted) {
  note({Code::malformed, "request.wrong-type", "field " + member_path(name) + " is not " + std::string(wanted), {}});
}

void Fields::note(Error error) {
  if (!m_error) m_error = std::move(error);
}

}  // namespace segell::base
