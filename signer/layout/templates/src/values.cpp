#include "values.h"

#include "base/encoding.h"
#include "placeholders.h"

#include <algorithm>
#include <charconv>

namespace segell::templates {
namespace {

constexpr std::size_t kMaxEntries = 40;
constexpr std::int64_t kMaxCents = 100'000'000'000;

base::Failure bad(std::string_view field, std::string_view what) {
  return base::fail(base::Code::invalid_argument, "template.field",
                    "the field " + std::string(field) + " " + std::string(what));
}

/// U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows.
bool turns_direction(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) != 0xe2) continue;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto third = static_cast<unsigned char>(text[i + 2]);
    if (second == 0x80 && third >= 0xaa && third <= 0xae) return true;
    if (second == 0x81 && third >= 0xa6 && third <= 0xa9) return true;
  }
  return false;
}

/// "12.50" or "12" as cents; nothing for anything else.
base::Result<std::int64_t> read_cents(std::string_view field, std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = dot == std::string_view::npos ? "00" : text.substr(dot + 1);
  std::int64_t euros = 0;
  std::int64_t cents = 0;
  const auto read = [](std::string_view digits, std::int64_t& out) {
    const bool all = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return all && !digits.empty() &&
           std::from_chars(digits.data(), digits.data() + digits.size(), out).ec == std::errc();
  };
  if (!read(whole, euros) || part.size() != 2 || !read(part, cents) || euros > kMaxCents / 100)
    return bad(field, "is no amount of euros like \"12.50\"");
  return euros * 100 + cents;
}

base::Result<std::string> text_in(std::string_view field, const base::Json& json) {
  if (json.as_string() == nullptr) return bad(field, "must be a text");
  return checked_text(field, *json.as_string());
}

base::Result<Value> read_person(const Field& field, const base::Json& json) {
  const auto* object = json.as_object();
  if (object == nullptr) return bad(field.name, "must be a person: given_name, surname1, surname2");
  Value out;
  out.type = FieldType::person;
  for (const auto& [name, part] : *object) {
    if (name != "given_name" && name != "surname1" && name != "surname2")
      return bad(field.name, "has a part that no person has: " + name);
    SEGELL_CHECK(text_in(field.name + "." + name, part));
  }
  const auto part = [&](std::string_view name) {
    const base::Json* found = json.find(name);
    return found == nullptr ? std::string() : *found->as_string();
  };
  out.given_name = part("given_name");
  out.surnames = part("surname1");
  if (out.given_name.empty() || out.surnames.empty()) return bad(field.name, "needs given_name and surname1");
  if (const auto second = part("surname2"); !second.empty()) out.surnames += " " + second;
  return out;
}

base::Result<Value> read_value(const Field& field, const base::Json& json) {
  if (field.type == FieldType::person) return read_person(field, json);
  Value out;
  out.type = field.type;
  if (field.type == FieldType::list) {
    const auto* array = json.as_array();
    if (array == nullptr || array->empty() || array->size() > kMaxEntries)
      return bad(field.name, "must be a list of 1 to " + std::to_string(kMaxEntries) + " texts");
    for (const auto& entry : *array) {
      SEGELL_TRY(auto text, text_in(field.name, entry));
      out.list.push_back(std::move(text));
    }
    return out;
  }
  SEGELL_TRY(out.text, text_in(field.name, json));
  if (field.type == FieldType::date) {
    const auto day = parse_day(out.text);
    if (!day) return bad(field.name, "must be a date, YYYY-MM-DD");
    out.day = *day;
  } else if (field.type == FieldType::money) {
    SEGELL_TRY(out.cents, read_cents(field.name, out.text));
  }
  return out;
}

base::Result<std::string> written(std::string_view placeholder, const Value& value, const std::string& language) {
  const bool rtl = is_right_to_left(language);
  const std::string_view part = placeholder.find('.') == std::string_view::npos
                                    ? std::string_view()
                                    : placeholder.substr(placeholder.find('.') + 1);
  if (value.type == FieldType::person) {
    if (part.empty()) return shield(value.given_name + " " + value.surnames, rtl);
    if (part == "given_name") return shield(value.given_name, rtl);
    return bad(placeholder, "is no part of a person");
  }
  if (!part.empty()) return bad(placeholder, "has no parts");
  switch (value.type) {
    case FieldType::text:
      return shield(value.text, rtl);
    case FieldType::list: {
      std::vector<std::string> shielded;
      for (const auto& entry : value.list) shielded.push_back(shield(entry, rtl));
      return write_list(shielded, language);
    }
    case FieldType::date:
      return write_day(value.day, language);
    case FieldType::money:
      return shield(write_euros(value.cents, language), rtl);
    case FieldType::person:
    case FieldType::code:
      break;
  }
  return bad(placeholder, "is a code, which is not printed");
}

}  // namespace

base::Result<std::string> checked_text(std::string_view what, const std::string& text, std::size_t longest) {
  if (text.find_first_not_of(' ') == std::string::npos) return bad(what, "is empty");
  if (text.size() > longest) return bad(what, "is longer than " + std::to_string(longest) + " octets");
  if (!base::is_utf8(text)) return bad(what, "is not UTF-8");
  const bool control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (control || turns_direction(text)) return bad(what, "has characters that are not seen");
  return text;
}

base::Result<Values> read_values(const Template& from, const base::Json& fields) {
  const auto* object = fields.as_object();
  if (object == nullptr)
    return base::fail(base::Code::invalid_argument, "template.field", "the fields must be an object");
  Values out;
  for (const auto& [name, json] : *object) {
    const Field* field = from.field(name);
    if (field == nullptr) return bad(name, "is none of the template");
    SEGELL_TRY(out[name], read_value(*field, json));
  }
  for (const Field& field : from.fields)
    if (field.required && out.find(field.name) == out.end()) return bad(field.name, "is missing");
  return out;
}

base::Result<std::string> fill_text(std::string_view text, const Values& values, const std::string& language,
                                    const Day* until) {
  SEGELL_TRY(const auto pieces, take_apart(text));
  std::string out;
  for (const TextPiece& piece : pieces) {
    if (!piece.is_placeholder) {
      out += piece.text;
    } else if (piece.text == "until" && until != nullptr) {
      out += write_day(*until, language);
    } else {
      const auto found = values.find(field_of(piece.text));
      if (found == values.end()) return bad(piece.text, "is missing");
      SEGELL_TRY(const std::string value, written(piece.text, found->second, language));
      out += value;
    }
  }
  return out;
}

}  // namespace segell::templates
