#pragma once

#include "templates/fill.h"

#include <map>
#include <string>

namespace segell::templates {

/// A field's value, checked, by its type.
struct Value {
  FieldType type = FieldType::text;
  std::string text;  ///< text, code
  std::vector<std::string> list;
  Day day{};
  std::int64_t cents = 0;
  std::string given_name;
  std::string surnames;
};
using Values = std::map<std::string, Value, std::less<>>;

/// Checks the fields' JSON against the template. Error: invalid_argument "template.field".
base::Result<Values> read_values(const Template& from, const base::Json& fields);

/// A text that may stand on paper: UTF-8 without control and direction characters, 1 to `longest` octets. Error:
/// invalid_argument "template.field".
base::Result<std::string> checked_text(std::string_view what, const std::string& text, std::size_t longest = 2000);

/// The text with its placeholders filled in the language; `until` fills "{{until}}" where given. Errors:
/// invalid_argument "template.field" (no value, no such part, a code); malformed "template.malformed".
base::Result<std::string> fill_text(std::string_view text, const Values& values, const std::string& language,
                                    const Day* until = nullptr);

}  // namespace segell::templates
