#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace segell::signer::ades {

/// The code printed on every page of a document, with which anyone who holds the paper can ask for the file (CSV:
/// "código seguro de verificación"). 26 random characters of a 32-letter alphabet without 0, 1, I and O (130 random
/// bits) and one check character (ISO/IEC 7064 hybrid system with M = 32: MOD 33,32), which catches every single wrong
/// character and nearly every swap of neighbours.
class VerificationCode {
 public:
  static constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  static constexpr std::size_t kLength = 27;

  static VerificationCode make();

  /// As a person types it: lower case, spaces and dashes are accepted. Errors: malformed "verification-code.malformed"
  /// (length or a foreign character), "verification-code.mistyped" (the check character does not fit).
  static base::Result<VerificationCode> parse(std::string_view text);

  /// The 27 characters without dashes: the only spelling that is stored, hashed or compared.
  [[nodiscard]] const std::string& text() const { return m_text; }
  /// As shown to people: "AAAAA-BBBBB-CCCCC-DDDD-EEEE-FFFF".
  [[nodiscard]] std::string shown() const;

  bool operator==(const VerificationCode&) const = default;

 private:
  explicit VerificationCode(std::string text) : m_text(std::move(text)) {}
  std::string m_text;
};

/// The check character of a text over the alphabet. Error: malformed for a foreign character.
base::Result<char> verification_check_character(std::string_view text);

}  // namespace segell::signer::ades
