#include "fold_name.h"

#include <cstddef>

namespace segell::app {

namespace {

// The letter under the accents of U+00C0 to U+017F (Latin-1 Supplement, Latin Extended-A), in their order; a space for
// what is no letter, a capital for what is written with two.
constexpr std::string_view kUnderAccents =
    "aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiJJjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kUnderAccents.size() == 0x180 - 0xC0);

/// What a capital of kUnderAccents stands for.
constexpr std::string_view two_letters(char sign) {
  switch (sign) {
    case 'A':
      return "ae";
    case 'J':
      return "ij";
    case 'O':
      return "oe";
    case 'S':
      return "ss";
    case 'T':
      return "th";
    default:
      return {};
  }
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string folded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) {
      folded.push_back(first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : static_cast<char>(first));
      continue;
    }
    const bool two_octets = first >= 0xC3 && first <= 0xCD && at + 1 < text.size();
    const unsigned letter =
        two_octets ? ((first & 0x1FU) << 6) | (static_cast<unsigned char>(text[at + 1]) & 0x3FU) : 0;
    const bool accent = letter >= 0x300 && letter <= 0x36F;  // combining marks: a name may be written with them
    if (!accent && (letter < 0xC0 || letter >= 0x180)) {
      folded.push_back(static_cast<char>(first));
      continue;
    }
    ++at;
    if (accent) continue;
    const char under = kUnderAccents[letter - 0xC0];
    if (const std::string_view two = two_letters(under); !two.empty()) {
      folded += two;
    } else if (under == ' ') {
      folded.push_back(static_cast<char>(first));
      folded.push_back(text[at]);
    } else {
      folded.push_back(under);
    }
  }
  return folded;
}

}  // namespace segell::app
