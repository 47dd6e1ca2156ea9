#include "json_reader.h"

#include <algorithm>

namespace segell::templates {

base::Result<void> Place::require_members(std::initializer_list<std::string_view> names) const {
  const auto* object = m_json->as_object();
  if (object == nullptr) return bad("must be an object");
  const auto mandatory_end = std::find(names.begin(), names.end(), std::string_view());
  for (auto name = names.begin(); name != mandatory_end; ++name)
    if (m_json->find(*name) == nullptr) return bad("\"" + std::string(*name) + "\" is missing");
  for (const auto& [name, value] : *object)
    if (name.empty() || std::find(names.begin(), names.end(), name) == names.end())
      return bad("\"" + name + "\" is not a member of this kind of object");
  return base::ok();
}

base::Result<Place> Place::at(std::string_view name) const {
  const base::Json* found = m_json->find(name);
  if (found == nullptr) return bad("\"" + std::string(name) + "\" is missing");
  return Place(*found, m_path.empty() ? std::string(name) : m_path + "." + std::string(name));
}

base::Result<std::vector<Place>> Place::items() const {
  const auto* array = m_json->as_array();
  if (array == nullptr) return bad("must be an array");
  std::vector<Place> out;
  for (std::size_t i = 0; i < array->size(); ++i) out.emplace_back((*array)[i], m_path + "[" + std::to_string(i) + "]");
  return out;
}

base::Result<std::vector<std::pair<std::string, Place>>> Place::members() const {
  const auto* object = m_json->as_object();
  if (object == nullptr) return bad("must be an object");
  std::vector<std::pair<std::string, Place>> out;
  for (const auto& [name, value] : *object)
    out.emplace_back(name, Place(value, m_path.empty() ? name : m_path + "." + name));
  return out;
}

base::Result<std::string> Place::text() const {
  const auto* text = m_json->as_string();
  if (text == nullptr) return bad("must be a text");
  return *text;
}

base::Result<std::int64_t> Place::integer() const {
  const auto* number = m_json->as_int();
  if (number == nullptr) return bad("must be a whole number");
  return *number;
}

base::Result<bool> Place::flag() const {
  const auto* value = m_json->as_bool();
  if (value == nullptr) return bad("must be true or false");
  return *value;
}

base::Result<std::vector<std::string>> Place::texts() const {
  SEGELL_TRY(const auto places, items());
  std::vector<std::string> out;
  for (const Place& place : places) {
    SEGELL_TRY(auto text, place.text());
    out.push_back(std::move(text));
  }
  return out;
}

base::Result<std::string> Place::text_of(std::string_view name, std::string_view otherwise) const {
  if (!has(name)) return std::string(otherwise);
  SEGELL_TRY(const Place member, at(name));
  return member.text();
}

}  // namespace segell::templates
