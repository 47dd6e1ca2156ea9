#pragma once

#include "base/json.h"

#include <cstdint>
#include <string>
#include <vector>

// Reading records that this service wrote itself: what does not fit is damage, not input.

namespace segell::app {

inline base::Failure damaged(const char* name) {
  return base::fail(base::Code::corrupt, "app.record", std::string("a stored record has no proper ") + name);
}

inline base::Result<std::string> text_field(const base::Json& object, const char* name) {
  const base::Json* member = object.find(name);
  if (member == nullptr || member->as_string() == nullptr) return damaged(name);
  return *member->as_string();
}

inline base::Result<std::int64_t> int_field(const base::Json& object, const char* name) {
  const base::Json* member = object.find(name);
  if (member == nullptr || member->as_int() == nullptr) return damaged(name);
  return *member->as_int();
}

inline base::Result<const base::Json::Array*> array_field(const base::Json& object, const char* name) {
  const base::Json* member = object.find(name);
  if (member == nullptr || member->as_array() == nullptr) return damaged(name);
  return member->as_array();
}

/// The text; empty where there is none.
inline std::string text_or_empty(const base::Json& object, const char* name) {
  const base::Json* member = object.find(name);
  return member == nullptr || member->as_string() == nullptr ? std::string() : *member->as_string();
}

/// The member, or null where there is none.
inline base::Json member_or_null(const base::Json& object, const char* name) {
  const base::Json* member = object.find(name);
  return member == nullptr ? base::Json() : *member;
}

inline base::Json words_json(const std::vector<std::string>& words) {
  base::Json list = base::Json::array();
  for (const std::string& word : words) list.push(word);
  return list;
}

inline base::Result<std::vector<std::string>> words_field(const base::Json& object, const char* name) {
  SEGELL_TRY(const base::Json::Array* list, array_field(object, name));
  std::vector<std::string> words;
  for (const base::Json& word : *list) {
    if (word.as_string() == nullptr) return damaged(name);
    words.push_back(*word.as_string());
  }
  return words;
}

}  // namespace segell::app
