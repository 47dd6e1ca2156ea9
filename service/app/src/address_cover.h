#pragma once

#include "storage/transaction.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::app {

/// The addresses that are kept from others about some people: whatever is written about these people says a token in
/// their place.
class AddressCover {
 public:
  /// With what holds now for that person too.
  base::Result<void> add(const storage::View& view, const base::PersonId& person);

  [[nodiscard]] bool is_empty() const { return m_places.empty(); }
  /// The text with each address replaced by "[token]". Compared without case, accents, blanks and punctuation, so that
  /// "C/ Amagat, 12" is "c amagat 12" too.
  [[nodiscard]] std::string cover(std::string_view text) const;
  [[nodiscard]] bool holds_any(std::string_view text) const { return cover(text) != text; }
  /// Every text inside.
  [[nodiscard]] base::Json cover_all(const base::Json& json) const;

 private:
  struct Place {
    std::string letters;  ///< what of the address is compared
    std::string token;
  };
  std::vector<Place> m_places;  ///< the longest first
};

/// What of a text is compared: its letters and digits, folded.
std::string address_letters(std::string_view text);
/// The lines of an address that are compared, each long enough to be told apart; empty where one is not.
std::vector<std::string> address_lines(std::string_view address);
/// What stands in the place of the address: "A-7F3K", from the protection's id.
std::string address_token(std::string_view protection);

}  // namespace segell::app
