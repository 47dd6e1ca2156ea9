#include "pdf/field_looks.h"

#include "pdf/colours.h"
#include "pdf/content_operators.h"
#include "pdf/written_look.h"
#include "signer/pdf/fields.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr std::int64_t kCombo = 1 << 17;  ///< table 230
constexpr std::size_t kChoices = 2000;    ///< that are read

/// The stream of the normal appearance; null when there is none.
Object normal_look(const RevisionPair& pair, const Object& looks) {
  if (looks.as_stream() != nullptr || looks.as_dictionary() == nullptr) return looks;
  return pair.new_entry(*looks.as_dictionary(), "N");
}

}  // namespace

bool paints_nothing(const RevisionPair& pair, const Object& looks) {
  const Object look = normal_look(pair, looks);
  if (look.is_null()) return true;
  const Stream* stream = look.as_stream();
  const auto octets = stream == nullptr ? std::nullopt : pair.look_at(*stream, kLookOctets);
  return octets && scan_content(base::as_text(*octets), [](const Instruction& in) {
           const auto painting = painting_of(in.word);
           return !(painting && (painting->fills || painting->strokes)) &&
                  !is_any(in.word, "Do", "sh", "Tj", "TJ", "'", "\"", "BI");
         });
}

namespace {

/// What an appearance says and what a text means, both without white space; nothing when it cannot be read.
struct Words {
  std::string said, meant;
  bool ground = false;
};

std::optional<Words> words_of(const RevisionPair& pair, const Object& looks, const Object& value,
                              const WidgetPair* widget) {
  const Object look = normal_look(pair, looks);
  const String* text = value.as_string();
  if (look.as_stream() == nullptr || (text == nullptr && !value.is_null())) return std::nullopt;
  const auto read = read_written(pair, *look.as_stream(), false, widget);
  if (!read) return std::nullopt;
  Words out;
  out.ground = read->ground;
  for (const WrittenLine& line : read->lines) out.said += line.text;
  if (text != nullptr) add_letters(text_of(*text), out.meant);
  return out;
}

/// A choice of a field: what it is called in its value, and what people read.
struct Choice {
  std::string value, shown;  ///< the latter without white space
  Object words;
};

std::optional<std::vector<Choice>> choices_of(const RevisionPair& pair, const FieldFacts& field) {
  std::vector<Choice> out;
  const Array* items = field.options.as_array();
  if (items == nullptr || items->size() > kChoices) return std::nullopt;
  for (const Object& item : *items) {
    const auto held = pair.document.resolve(item, pair.now);
    const Array* both = held ? held->as_array() : nullptr;
    if (!held || (both != nullptr && both->size() != 2)) return std::nullopt;
    const auto value = both == nullptr ? held : pair.document.resolve(both->front(), pair.now);
    const auto words = both == nullptr ? held : pair.document.resolve(both->back(), pair.now);
    if (!value || !words || value->as_string() == nullptr || words->as_string() == nullptr) return std::nullopt;
    out.push_back({text_of(*value->as_string()), {}, *words});
    add_letters(text_of(*words->as_string()), out.back().shown);
  }
  return out;
}

/// The value's texts: of several choices several.
std::optional<std::set<std::string>> chosen_of(const RevisionPair& pair, const Object& value) {
  std::set<std::string> out;
  if (value.is_null()) return out;
  if (const String* one = value.as_string()) {
    if (!one->octets.empty()) out.insert(text_of(*one));
    return out;
  }
  if (value.as_array() == nullptr) return std::nullopt;
  for (const Object& item : *value.as_array()) {
    const auto held = pair.document.resolve(item, pair.now);
    if (!held || held->as_string() == nullptr) return std::nullopt;
    out.insert(text_of(*held->as_string()));
  }
  return out;
}

/// The words of the choice that is the value; the value itself where people write their own.
Object shown_choice(const RevisionPair& pair, const FieldFacts& field) {
  const auto choices = choices_of(pair, field);
  const String* value = field.value.as_string();
  if (!choices || value == nullptr) return field.value;
  const auto found = std::ranges::find(*choices, text_of(*value), &Choice::value);
  return found == choices->end() ? field.value : found->words;
}

/// A list box that shows some of its choices, one below another, and marks those that are its value and no others.
bool says_choices(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, const FieldFacts& field) {
  const Object look = normal_look(pair, looks);
  const auto choices = choices_of(pair, field);
  const auto chosen = chosen_of(pair, field.value);
  const auto read = look.as_stream() == nullptr ? std::nullopt : read_written(pair, *look.as_stream(), true, &widget);
  if (!choices || !chosen || !read || read->lines.empty() || read->lines.size() > choices->size()) return false;
  const auto first = std::search(choices->begin(), choices->end(), read->lines.begin(), read->lines.end(),
                                 [](const Choice& one, const WrittenLine& line) { return one.shown == line.text; });
  if (first == choices->end()) return false;
  std::set<std::string> marked;
  for (std::size_t i = 0; i < read->lines.size(); ++i)
    if (read->lines[i].marked) marked.insert(first[static_cast<std::ptrdiff_t>(i)].value);
  return marked == *chosen;
}

}  // namespace

bool changes_when_met(const Object& looks) {
  const Dictionary& all = plain_dictionary(looks);
  return all.has("R") || all.has("D");
}

std::optional<double> own_ground(const RevisionPair& pair, const Dictionary& widget) {
  const Object characteristics = pair.old_entry(widget, "MK");
  const Object colour = pair.old_entry(plain_dictionary(characteristics), "BG");
  std::vector<double> parts;
  if (const Array* numbers = colour.as_array())
    for (const Object& one : *numbers)
      if (double number = 0; one.as_number(number)) parts.push_back(number);
  return parts.empty() ? std::nullopt : std::optional(luminance(parts));
}

bool says_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, const FieldFacts& field) {
  if (changes_when_met(looks)) return false;
  if (field.type == "Ch" && (field.flags & kCombo) == 0) return says_choices(pair, looks, widget, field);
  const bool choice = field.type == "Ch";
  const auto words = words_of(pair, looks, choice ? shown_choice(pair, field) : field.value, &widget);
  if (!words || words->said != words->meant) return false;
  return !words->meant.empty() || !words->ground || own_ground(pair, widget.before);
}

bool marks_value(const RevisionPair& pair, const Object& marks, const FieldFacts& field) {
  const auto choices = choices_of(pair, field);
  const auto chosen = chosen_of(pair, field.value);
  if (field.type != "Ch" || !choices || !chosen) return false;
  // what equal names mean, the marks alone say
  const auto times = [&](const std::string& name) { return std::ranges::count(*choices, name, &Choice::value); };
  if (std::ranges::any_of(*chosen, [&](const std::string& name) { return times(name) > 1; })) return false;
  if (marks.is_null()) return true;
  std::set<std::string> named;
  if (marks.as_array() == nullptr) return false;
  for (const Object& one : *marks.as_array()) {
    const std::int64_t* index = one.as_integer();
    if (index == nullptr || *index < 0 || *index >= static_cast<std::int64_t>(choices->size())) return false;
    named.insert((*choices)[static_cast<std::size_t>(*index)].value);
  }
  return named == *chosen;
}

bool says_otherwise(const RevisionPair& pair, const Object& looks, const Object& value) {
  const auto words = words_of(pair, looks, value, nullptr);
  return words && words->said != words->meant;
}

}  // namespace segell::signer::pdf
