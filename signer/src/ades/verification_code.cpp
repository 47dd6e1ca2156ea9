#include "signer/ades/verification_code.h"

#include "base/random.h"

namespace segell::signer::ades {

using base::Code;
using base::fail;

namespace {
constexpr std::size_t kModulus = VerificationCode::kAlphabet.size();
constexpr std::size_t kGroups[] = {5, 5, 5, 4, 4, 4};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
}  // namespace

base::Result<char> verification_check_character(std::string_view text) {
  // ISO/IEC 7064 section 9, hybrid system MOD M+1,M: the check character makes the last sum congruent to 1.
  std::size_t product = kModulus;
  for (char c : text) {
    const std::size_t value = VerificationCode::kAlphabet.find(c);
    if (value == std::string_view::npos)
      return fail(Code::malformed, "verification-code.malformed", "a character that no verification code has");
    std::size_t sum = (product + value) % kModulus;
    if (sum == 0) sum = kModulus;
    product = 2 * sum % (kModulus + 1);
  }
  return VerificationCode::kAlphabet[(kModulus + 1 - product) % kModulus];
}

VerificationCode VerificationCode::make() {
  const auto random = base::random_array<kLength - 1>();
  std::string text;
  text.reserve(kLength);
  static_assert(256 % kModulus == 0, "every character must be equally likely");
  for (std::byte octet : random) text += kAlphabet[std::to_integer<std::size_t>(octet) % kModulus];
  text += verification_check_character(text).value();
  return VerificationCode(std::move(text));
}

base::Result<VerificationCode> VerificationCode::parse(std::string_view text) {
  std::string plain;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    if (plain.size() == kLength) {
      plain.clear();
      break;
    }
    plain += upper(c);
  }
  if (plain.size() != kLength)
    return fail(Code::malformed, "verification-code.malformed", "a verification code has 27 letters and digits",
                "copy all six groups; the code has no 0, 1, I or O");
  SEGELL_TRY(const char check, verification_check_character(std::string_view(plain).substr(0, kLength - 1)));
  if (kAlphabet.find(plain.back()) == std::string_view::npos)
    return fail(Code::malformed, "verification-code.malformed", "a character that no verification code has");
  if (check != plain.back())
    return fail(Code::malformed, "verification-code.mistyped", "the check character does not fit the code",
                "compare the code with the paper: one character is wrong or two are swapped");
  return VerificationCode(std::move(plain));
}

std::string VerificationCode::shown() const {
  std::string out;
  std::size_t start = 0;
  for (std::size_t length : kGroups) {
    if (start) out += '-';
    out.append(m_text, start, length);
    start += length;
  }
  return out;
}

}  // namespace segell::signer::ades
