#pragma once

#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::segelld {

/// What an administrator decided about the use of data, as the configuration says it.
struct DataRegister {
  std::vector<consent::BasisFact> bases;
  std::vector<consent::Prohibition> prohibitions;
  std::vector<std::string> categories;          ///< empty: every well-formed category is known
  std::vector<std::string> special_categories;  ///< GDPR article 9
  std::vector<app::CodeName> names;             ///< of codes, where people read them
};

/// What is wrong with a value, and the way out.
struct RegisterComplaint {
  std::string what;
  std::string hint;
};

/// Whether a configuration key belongs to the register: "register.basis.7", "register.categories".
bool is_register_key(std::string_view key) noexcept;

/// Takes one line in. The parts of a value are separated by '|':
/// register.basis.N = PURPOSE | CATEGORY | RECIPIENT | KIND | ARTICLE 6 | ARTICLE 9 | OPPOSABLE | FROM | UNTIL | LAW
/// register.prohibition.N = PURPOSE | CATEGORY | RECIPIENT | FROM
/// register.name.N = purpose, category or recipient | CODE | in Catalan | in Spanish | in English
/// register.categories and register.special-categories = CATEGORY, CATEGORY, …
/// A basis names its three parts; in a prohibition "-" means every one. Days are YYYY-MM-DD, from and until midnight
/// UTC; "-" is no end.
std::optional<RegisterComplaint> read_register_line(std::string_view key, std::string_view value, DataRegister& into);

}  // namespace segell::segelld
