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

constexpr std::int64_t kCombo = 1 << 17;             ///< table 230
constexpr std::int64_t kComb = 1 << 24;              ///< table 228
constexpr std::int64_t kUnseen = 1 << 13 | 1 << 25;  ///< table 228: passwords, and rich text with a style of its own
constexpr std::size_t kChoices = 2000;               ///< that are read

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

/// What an appearance says, its lines one after another.
std::string joined(const WrittenLook& look) {
  std::string out;
  for (const WrittenLine& line : look.lines) out += line.text + '\x01';
  return out;
}

/// What a text field may hold (table 228), or nothing.
bool is_text(const Object& value) {
  return value.is_null() || value.as_string() != nullptr || value.as_stream() != nullptr;
}

/// What a text means; nothing for what is no text.
std::optional<std::string> meant_by(const RevisionPair& pair, const Object& value) {
  if (const Stream* stream = value.as_stream()) {
    const auto octets = pair.look_at(*stream, kLookOctets);
    return octets ? std::optional(text_of(String{std::string(base::as_text(*octets))})) : std::nullopt;
  }
  const String* text = value.as_string();
  if (text == nullptr && !value.is_null()) return std::nullopt;
  return text == nullptr ? std::string() : text_of(*text);
}

std::optional<WrittenLook> written_in(const RevisionPair& pair, const Object& look, bool list, const WidgetPair* widget,
                                      const KnownFonts& known) {
  return look.as_stream() == nullptr ? std::nullopt : read_written(pair, *look.as_stream(), list, widget, known);
}

const KnownFonts kHonestFonts{true, {}};

/// A choice of a field: what it is called in its value, and what people read.
struct Choice {
  std::string value, shown;
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
    out.push_back({text_of(*value->as_string()), text_of(*words->as_string()), *words});
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

/// Whether choices that are made are called as others are, which say something else.
bool is_ambiguous(const std::vector<Choice>& choices, const std::set<std::string>& chosen) {
  return std::ranges::any_of(choices, [&](const Choice& one) {
    return chosen.contains(one.value) && std::ranges::any_of(choices, [&](const Choice& other) {
             return other.value == one.value && other.shown != one.shown;
           });
  });
}

/// The words of the choice that is the value; the value itself where people write their own. Nothing where it is not
/// known which choice that is.
std::optional<Object> shown_choice(const RevisionPair& pair, const FieldFacts& field) {
  if (field.options.is_null()) return field.value;
  const auto choices = choices_of(pair, field);
  const auto chosen = chosen_of(pair, field.value);
  if (!choices || !chosen || is_ambiguous(*choices, *chosen)) return std::nullopt;
  const String* value = field.value.as_string();
  if (value == nullptr) return field.value;
  const auto found = std::ranges::find(*choices, text_of(*value), &Choice::value);
  return found == choices->end() ? field.value : found->words;
}

/// Of a list box that shows some of its choices, one below another: whether it marks those that are its value and no
/// others. One that marks none does not say.
Said said_of_choices(const RevisionPair& pair, const WrittenLook& read, const FieldFacts& field) {
  const auto choices = choices_of(pair, field);
  const auto chosen = chosen_of(pair, field.value);
  if (!choices || !chosen || is_ambiguous(*choices, *chosen)) return Said::unread;
  if (read.lines.empty() || read.lines.size() > choices->size()) return Said::otherwise;
  const auto first =
      std::search(choices->begin(), choices->end(), read.lines.begin(), read.lines.end(),
                  [](const Choice& one, const WrittenLine& line) { return says_words(line.text, one.shown, false); });
  if (first == choices->end()) return Said::otherwise;
  std::set<std::string> marked;
  for (std::size_t i = 0; i < read.lines.size(); ++i)
    if (read.lines[i].marked) marked.insert(first[static_cast<std::ptrdiff_t>(i)].value);
  if (marked == *chosen) return Said::value;
  return marked.empty() ? Said::unread : Said::otherwise;  // some viewers draw the choices alone
}

bool is_list(const FieldFacts& field) { return field.type == "Ch" && (field.flags & kCombo) == 0; }

Said said_of(const RevisionPair& pair, const WrittenLook& read, const FieldFacts& field) {
  if (is_list(field)) return said_of_choices(pair, read, field);
  const auto value = field.type == "Ch" ? shown_choice(pair, field) : field.value;
  if (field.type == "Tx" && !is_text(field.value)) return Said::otherwise;
  const auto meant = value ? meant_by(pair, *value) : std::nullopt;
  if (!meant) return Said::unread;
  return says_words(joined(read), *meant, (field.flags & kComb) != 0) ? Said::value : Said::otherwise;
}

Object look_before(const RevisionPair& pair, const WidgetPair& widget) {
  const Object looks = pair.old_entry(widget.before, "AP");
  return pair.old_entry(plain_dictionary(looks), "N");
}

/// Fonts with shapes of their own in which the widget showed its value: whatever they look like, that was signed. Of
/// several nobody knows which letters were of which.
KnownFonts fonts_signed(const RevisionPair& pair, const WidgetPair& widget, std::uint32_t number) {
  const FieldFacts field = pair.field(number, pair.before);
  const auto read = written_in(pair, look_before(pair, widget), is_list(field), nullptr, kHonestFonts);
  KnownFonts out;
  if (read && read->fonts.size() == 1 && said_of(pair, *read, field) == Said::value) out.shown = read->fonts;
  return out;
}

/// Whether there was a ground below what a widget showed: one that was painted, or that viewers paint.
bool had_ground(const RevisionPair& pair, const WidgetPair& widget, bool list) {
  const auto read = written_in(pair, look_before(pair, widget), list, nullptr, kHonestFonts);
  return read ? read->ground : own_ground(pair, widget.before).has_value();
}

bool stands_on_nothing(const RevisionPair& pair, const WidgetPair& widget, std::uint32_t number) {
  const Object* rect = widget.before.find("Rect");
  const auto own = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(pair.document, *rect, pair.before);
  const Places::Spot spot = pair.places.of(number);
  return own && !spot.several_pages && pair.stands_on_nothing(widget.now, spot.page, &*own);
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

namespace {

Said said_in(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
             const FieldFacts& field, const KnownFonts& known) {
  if (changes_when_met(looks)) return Said::unread;
  const auto read = written_in(pair, normal_look(pair, looks), is_list(field), &widget, known);
  if (!read) return Said::unread;
  const Said said = said_of(pair, *read, field);
  if (said != Said::value || !read->ground || had_ground(pair, widget, is_list(field))) return said;
  return read->lines.empty() || !stands_on_nothing(pair, widget, number) ? Said::otherwise : said;
}

}  // namespace

Said said_of_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
                   const FieldFacts& field) {
  return said_in(pair, looks, widget, number, field, fonts_signed(pair, widget, number));
}

bool contradicts_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
                       const FieldFacts& field) {
  if (field.formatted || (field.flags & kUnseen) != 0) return false;
  if (said_in(pair, looks, widget, number, field, kHonestFonts) != Said::otherwise) return false;
  if (field.type != "Ch" || is_list(field)) return true;
  const auto named = meant_by(pair, field.value);
  const auto read = written_in(pair, normal_look(pair, looks), false, &widget, kHonestFonts);
  return !named || !read || !says_words(joined(*read), *named, false);
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

bool becomes_another(const RevisionPair& pair, const Object& looks, const FieldFacts& field) {
  if (field.formatted || (field.flags & kUnseen) != 0) return false;
  const auto read = written_in(pair, normal_look(pair, looks), is_list(field), nullptr, kHonestFonts);
  return read && said_of(pair, *read, field) == Said::otherwise;
}

}  // namespace segell::signer::pdf
