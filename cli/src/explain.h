#pragma once

#include "words.h"

#include <string>
#include <string_view>

namespace segell::cli {

/// What a check of a verdict means, where that stands, and what to do when it fails.
struct Explanation {
  std::string_view id;  ///< a check's id ("cms.signing-certificate"); those of one kind share a prefix that ends in "."
  Phrase meaning, advice;
  std::string_view source;  ///< standard and clause; the same in every language
};

/// By the id of a check, or the prefix of its kind. Null pointer for an id that no verdict has.
const Explanation* find_explanation(std::string_view check);

/// All ids, with ", " between them.
std::string explained_checks();

/// A few lines for people.
std::string write_explanation(const Explanation& explanation, Language language);

}  // namespace segell::cli
