#pragma once

#include "signer/ades/verdict.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace segell::cli {

/// ca first: the service's first language; the default of the program is English.
enum class Language { ca, es, en };
std::optional<Language> parse_language(std::string_view tag);

/// A text in the three languages.
struct Phrase {
  std::string_view ca, es, en;
  [[nodiscard]] std::string_view in(Language language) const;
};

/// The text with each "{}" replaced by the next value, which is not looked into.
std::string fill(std::string_view text, std::initializer_list<std::string> values);

// Whole sentences or labels; where a text has {}, the caller fills it.
const Phrase& headline(const signer::ades::Verdict& verdict);
const Phrase& reason(signer::ades::SubIndication why);
Phrase method_words(std::string_view method);
Phrase meaning_words(std::string_view meaning);
Phrase gap_words(std::string_view id);
Phrase change_words(std::string_view change_class);

/// The verdict for people: what it is, who, what, when, changed or not, what is not proven; at most 12 lines. Ids
/// (indications, sub-indications, check ids) are never translated. Same input, same octets.
std::string write_text(const signer::ades::Verdict& verdict, Language language);

}  // namespace segell::cli
