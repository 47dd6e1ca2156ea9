#pragma once

#include "base/result.h"
#include "base/time.h"

#include <string>

namespace segell::app {

/// What a letter with an activation code says.
struct Letter {
  std::string shown;  ///< how the person is called
  std::string name;   ///< to log in with
  std::string code;
  base::Instant until{};
  std::string language;  ///< "ca", "es" or "en"
};

/// Where letters with activation codes go: to whoever prints and closes them, and to nobody else. Thread-safe.
class LetterBox {
 public:
  virtual ~LetterBox() = default;
  /// Keeps the letter, on disk when this returns. Gives the reference under which it is found there: it says nothing of
  /// what is in it. Error: io "letter.not-kept".
  virtual base::Result<std::string> put(const Letter& letter) = 0;
  /// The code of that letter does not count: nobody is to send it.
  virtual void take_out(const std::string& reference) noexcept = 0;
};

}  // namespace segell::app
