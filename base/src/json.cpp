#include "base/json.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace segell::base {

Json::Json(std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    m_value = static_cast<std::int64_t>(value);
  } else {
    m_value = static_cast<double>(value);
  }
}

const Json* Json::find(std::string_view name) const {
  const Object* object = as_object();
  if (object == nullptr) return nullptr;
  const auto at = std::find_if(object->begin(), object->end(), [&](const Member& m) { return m.first == name; });
  return at == object->end() ? nullptr : &at->second;
}

Json& Json::set(std::string name, Json value) {
  if (is_null()) m_value = Object{};
  Object* object = as_object();
  if (object == nullptr) throw std::logic_error("Json::set on something that is no object");
  const auto at = std::find_if(object->begin(), object->end(), [&](const Member& m) { return m.first == name; });
  if (at == object->end()) {
    object->emplace_back(std::move(name), std::move(value));
  } else {
    at->second = std::move(value);
  }
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) m_value = Array{};
  Array* array = as_array();
  if (array == nullptr) throw std::logic_error("Json::push on something that is no array");
  array->push_back(std::move(value));
  return *this;
}

}  // namespace segell::base
