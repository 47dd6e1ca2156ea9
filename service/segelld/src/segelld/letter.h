#pragma once

#include "base/result.h"
#include "base/time.h"

#include <string>
#include <string_view>

namespace segell::segelld {

struct LetterFacts {
  std::string organisation;
  std::string address;  ///< of the login page
  std::string shown;    ///< how the person is called; may be empty
  std::string name;     ///< to log in with
  std::string code;
  base::Instant until{};
};

/// The letter that carries an activation code, as plain text to be printed and closed. `language`: ca (also where it is
/// empty), es or en.
std::string write_letter(const LetterFacts& facts, std::string_view language);

/// Whether such a letter can be written there. Errors: already_exists "segelld.letter-exists"; invalid_argument
/// "segelld.language".
base::Result<void> check_letter(const std::string& path, std::string_view language);

/// Writes a new file that nobody else on this machine can read. Error: io "segelld.letter".
base::Result<void> write_secret_file(const std::string& path, std::string_view text);

}  // namespace segell::segelld
