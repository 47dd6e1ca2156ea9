#include "pdf/splice.h"

#include "pdf/lexer.h"
#include "signer/pdf/parser.h"

namespace segell::signer::pdf {
namespace {

struct KeyPlace {
  std::size_t key_begin = 0;
  std::size_t value_begin = 0;
  std::size_t value_end = 0;
};

/// Where "/Key value" stands: an entry knows its value's place; the key is the name just before it.
KeyPlace place_of(const std::string& text, const Dictionary& dictionary, std::size_t index) {
  const auto& entries = dictionary.entries();
  KeyPlace place;
  place.value_begin = static_cast<std::size_t>(entries[index].value.where().offset);
  place.value_end = static_cast<std::size_t>(entries[index].value.where().end());
  const std::size_t from =
      index == 0 ? text.find("<<") + 2 : static_cast<std::size_t>(entries[index - 1].value.where().end());
  Lexer lexer(text, 0);
  lexer.seek(from);
  lexer.skip_white();
  place.key_begin = static_cast<std::size_t>(lexer.offset());
  return place;
}

}  // namespace

base::Result<std::string> with_key(std::string text, std::string_view key, std::string_view value) {
  Lexer lexer(text, 0);
  SEGELL_TRY(const auto object, lexer.object());
  const auto* dictionary = object.as_dictionary();
  if (dictionary == nullptr) {
    return base::fail(base::Code::malformed, "pdf.not-a-dictionary", "an object to be changed is no dictionary");
  }
  const auto& entries = dictionary->entries();
  std::size_t found = entries.size();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].key != key) continue;
    if (found != entries.size()) {
      return base::fail(base::Code::malformed, "pdf.duplicate-key", "an object to be changed has a key twice");
    }
    found = i;
  }
  std::string entry;
  if (!value.empty()) {
    write_name(entry, key);
    entry += ' ';
    entry += value;
  }
  if (found == entries.size()) {
    const auto end = static_cast<std::size_t>(object.where().end()) - 2;
    text.insert(end, " " + entry);
    return text;
  }
  const auto place = place_of(text, *dictionary, found);
  // A separator goes along: what follows may be a regular character.
  text.replace(place.key_begin, place.value_end - place.key_begin, entry.empty() ? " " : entry);
  return text;
}

base::Result<std::string> with_items(std::string text, std::string_view items) {
  Lexer lexer(text, 0);
  SEGELL_TRY(const auto object, lexer.object());
  if (object.as_array() == nullptr) {
    return base::fail(base::Code::malformed, "pdf.not-an-array", "an object to be extended is no array");
  }
  const auto end = static_cast<std::size_t>(object.where().end()) - 1;
  std::string more(items);
  if (!object.as_array()->empty()) more.insert(more.begin(), ' ');
  text.insert(end, more);
  return text;
}

}  // namespace segell::signer::pdf
