#include "pdf/latin_letters.h"

#include <algorithm>
#include <array>

namespace segell::signer::pdf {
namespace {

// clang-format off
/// By name, in the order of its octets.
constexpr LatinLetter kLetters[] = {
    {"A", 0x41, 667, 722}, {"AE", 0xC6, 1000, 889}, {"Aacute", 0xC1, 667, 722}, {"Acircumflex", 0xC2, 667, 722},
    {"Adieresis", 0xC4, 667, 722}, {"Agrave", 0xC0, 667, 722}, {"Aring", 0xC5, 667, 722}, {"Atilde", 0xC3, 667, 722},
    {"B", 0x42, 667, 667}, {"C", 0x43, 722, 667}, {"Ccedilla", 0xC7, 722, 667}, {"D", 0x44, 722, 722},
    {"E", 0x45, 667, 611}, {"Eacute", 0xC9, 667, 611}, {"Ecircumflex", 0xCA, 667, 611}, {"Edieresis", 0xCB, 667, 611},
    {"Egrave", 0xC8, 667, 611}, {"Eth", 0xD0, 722, 722}, {"Euro", 0x20AC, 556, 500}, {"F", 0x46, 611, 556},
    {"G", 0x47, 778, 722}, {"H", 0x48, 722, 722}, {"I", 0x49, 278, 333}, {"Iacute", 0xCD, 278, 333},
    {"Icircumflex", 0xCE, 278, 333}, {"Idieresis", 0xCF, 278, 333}, {"Igrave", 0xCC, 278, 333}, {"J", 0x4A, 500, 389},
    {"K", 0x4B, 667, 722}, {"L", 0x4C, 556, 611}, {"Lslash", 0x141, 556, 611}, {"M", 0x4D, 833, 889},
    {"N", 0x4E, 722, 722}, {"Ntilde", 0xD1, 722, 722}, {"O", 0x4F, 778, 722}, {"OE", 0x152, 1000, 889},
    {"Oacute", 0xD3, 778, 722}, {"Ocircumflex", 0xD4, 778, 722}, {"Odieresis", 0xD6, 778, 722},
    {"Ograve", 0xD2, 778, 722}, {"Oslash", 0xD8, 778, 722}, {"Otilde", 0xD5, 778, 722}, {"P", 0x50, 667, 556},
    {"Q", 0x51, 778, 722}, {"R", 0x52, 722, 667}, {"S", 0x53, 667, 556}, {"Scaron", 0x160, 667, 556},
    {"T", 0x54, 611, 611}, {"Thorn", 0xDE, 667, 556}, {"U", 0x55, 722, 722}, {"Uacute", 0xDA, 722, 722},
    {"Ucircumflex", 0xDB, 722, 722}, {"Udieresis", 0xDC, 722, 722}, {"Ugrave", 0xD9, 722, 722}, {"V", 0x56, 667, 722},
    {"W", 0x57, 944, 944}, {"X", 0x58, 667, 722}, {"Y", 0x59, 667, 722}, {"Yacute", 0xDD, 667, 722},
    {"Ydieresis", 0x178, 667, 722}, {"Z", 0x5A, 611, 611}, {"Zcaron", 0x17D, 611, 611}, {"a", 0x61, 556, 444},
    {"aacute", 0xE1, 556, 444}, {"acircumflex", 0xE2, 556, 444}, {"acute", 0xB4, 333, 333},
    {"adieresis", 0xE4, 556, 444}, {"ae", 0xE6, 889, 667}, {"agrave", 0xE0, 556, 444}, {"ampersand", 0x26, 667, 778},
    {"aring", 0xE5, 556, 444}, {"asciicircum", 0x5E, 469, 469}, {"asciitilde", 0x7E, 584, 541},
    {"asterisk", 0x2A, 389, 500}, {"at", 0x40, 1015, 921}, {"atilde", 0xE3, 556, 444}, {"b", 0x62, 556, 500},
    {"backslash", 0x5C, 278, 278}, {"bar", 0x7C, 260, 200}, {"braceleft", 0x7B, 334, 480},
    {"braceright", 0x7D, 334, 480}, {"bracketleft", 0x5B, 278, 333}, {"bracketright", 0x5D, 278, 333},
    {"breve", 0x2D8, 333, 333}, {"brokenbar", 0xA6, 260, 200}, {"bullet", 0x2022, 350, 350}, {"c", 0x63, 500, 444},
    {"caron", 0x2C7, 333, 333}, {"ccedilla", 0xE7, 500, 444}, {"cedilla", 0xB8, 333, 333}, {"cent", 0xA2, 556, 500},
    {"circumflex", 0x2C6, 333, 333}, {"colon", 0x3A, 278, 278}, {"comma", 0x2C, 278, 250},
    {"copyright", 0xA9, 737, 760}, {"currency", 0xA4, 556, 500}, {"d", 0x64, 556, 500}, {"dagger", 0x2020, 556, 500},
    {"daggerdbl", 0x2021, 556, 500}, {"degree", 0xB0, 400, 400}, {"dieresis", 0xA8, 333, 333},
    {"divide", 0xF7, 584, 564}, {"dollar", 0x24, 556, 500}, {"dotaccent", 0x2D9, 333, 333},
    {"dotlessi", 0x131, 278, 278}, {"e", 0x65, 556, 444}, {"eacute", 0xE9, 556, 444}, {"ecircumflex", 0xEA, 556, 444},
    {"edieresis", 0xEB, 556, 444}, {"egrave", 0xE8, 556, 444}, {"eight", 0x38, 556, 500},
    {"ellipsis", 0x2026, 1000, 1000}, {"emdash", 0x2014, 1000, 1000}, {"endash", 0x2013, 556, 500},
    {"equal", 0x3D, 584, 564}, {"eth", 0xF0, 556, 500}, {"exclam", 0x21, 278, 333}, {"exclamdown", 0xA1, 333, 333},
    {"f", 0x66, 278, 333}, {"fi", 0xFB01, 500, 556}, {"five", 0x35, 556, 500}, {"fl", 0xFB02, 500, 556},
    {"florin", 0x192, 556, 500}, {"four", 0x34, 556, 500}, {"fraction", 0x2044, 167, 167}, {"g", 0x67, 556, 500},
    {"germandbls", 0xDF, 611, 500}, {"grave", 0x60, 333, 333}, {"greater", 0x3E, 584, 564},
    {"guillemotleft", 0xAB, 556, 500}, {"guillemotright", 0xBB, 556, 500}, {"guilsinglleft", 0x2039, 333, 333},
    {"guilsinglright", 0x203A, 333, 333}, {"h", 0x68, 556, 500}, {"hungarumlaut", 0x2DD, 333, 333},
    {"hyphen", 0x2D, 333, 333}, {"i", 0x69, 222, 278}, {"iacute", 0xED, 278, 278}, {"icircumflex", 0xEE, 278, 278},
    {"idieresis", 0xEF, 278, 278}, {"igrave", 0xEC, 278, 278}, {"j", 0x6A, 222, 278}, {"k", 0x6B, 500, 500},
    {"l", 0x6C, 222, 278}, {"less", 0x3C, 584, 564}, {"logicalnot", 0xAC, 584, 564}, {"lslash", 0x142, 222, 278},
    {"m", 0x6D, 833, 778}, {"macron", 0xAF, 333, 333}, {"minus", 0x2212, 584, 564}, {"mu", 0xB5, 556, 500},
    {"multiply", 0xD7, 584, 564}, {"n", 0x6E, 556, 500}, {"nine", 0x39, 556, 500}, {"ntilde", 0xF1, 556, 500},
    {"numbersign", 0x23, 556, 500}, {"o", 0x6F, 556, 500}, {"oacute", 0xF3, 556, 500},
    {"ocircumflex", 0xF4, 556, 500}, {"odieresis", 0xF6, 556, 500}, {"oe", 0x153, 944, 722},
    {"ogonek", 0x2DB, 333, 333}, {"ograve", 0xF2, 556, 500}, {"one", 0x31, 556, 500}, {"onehalf", 0xBD, 834, 750},
    {"onequarter", 0xBC, 834, 750}, {"onesuperior", 0xB9, 333, 300}, {"ordfeminine", 0xAA, 370, 276},
    {"ordmasculine", 0xBA, 365, 310}, {"oslash", 0xF8, 611, 500}, {"otilde", 0xF5, 556, 500}, {"p", 0x70, 556, 500},
    {"paragraph", 0xB6, 537, 453}, {"parenleft", 0x28, 333, 333}, {"parenright", 0x29, 333, 333},
    {"percent", 0x25, 889, 833}, {"period", 0x2E, 278, 250}, {"periodcentered", 0xB7, 278, 250},
    {"perthousand", 0x2030, 1000, 1000}, {"plus", 0x2B, 584, 564}, {"plusminus", 0xB1, 584, 564},
    {"q", 0x71, 556, 500}, {"question", 0x3F, 556, 444}, {"questiondown", 0xBF, 611, 444},
    {"quotedbl", 0x22, 355, 408}, {"quotedblbase", 0x201E, 333, 444}, {"quotedblleft", 0x201C, 333, 444},
    {"quotedblright", 0x201D, 333, 444}, {"quoteleft", 0x2018, 222, 333}, {"quoteright", 0x2019, 222, 333},
    {"quotesinglbase", 0x201A, 222, 333}, {"quotesingle", 0x27, 191, 180}, {"r", 0x72, 333, 333},
    {"registered", 0xAE, 737, 760}, {"ring", 0x2DA, 333, 333}, {"s", 0x73, 500, 389}, {"scaron", 0x161, 500, 389},
    {"section", 0xA7, 556, 500}, {"semicolon", 0x3B, 278, 278}, {"seven", 0x37, 556, 500}, {"six", 0x36, 556, 500},
    {"slash", 0x2F, 278, 278}, {"space", 0x20, 278, 250}, {"sterling", 0xA3, 556, 500}, {"t", 0x74, 278, 278},
    {"thorn", 0xFE, 556, 500}, {"three", 0x33, 556, 500}, {"threequarters", 0xBE, 834, 750},
    {"threesuperior", 0xB3, 333, 300}, {"tilde", 0x2DC, 333, 333}, {"trademark", 0x2122, 1000, 980},
    {"two", 0x32, 556, 500}, {"twosuperior", 0xB2, 333, 300}, {"u", 0x75, 556, 500}, {"uacute", 0xFA, 556, 500},
    {"ucircumflex", 0xFB, 556, 500}, {"udieresis", 0xFC, 556, 500}, {"ugrave", 0xF9, 556, 500},
    {"underscore", 0x5F, 556, 500}, {"v", 0x76, 500, 500}, {"w", 0x77, 722, 722}, {"x", 0x78, 500, 500},
    {"y", 0x79, 500, 500}, {"yacute", 0xFD, 500, 500}, {"ydieresis", 0xFF, 500, 500}, {"yen", 0xA5, 556, 500},
    {"z", 0x7A, 500, 444}, {"zcaron", 0x17E, 500, 444}, {"zero", 0x30, 556, 500},
};
// clang-format on

static_assert(std::ranges::is_sorted(kLetters, {}, &LatinLetter::name));  // letter_called() halves it

}  // namespace

const LatinLetter* letter_called(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kLetters, name, {}, &LatinLetter::name);
  return found != std::end(kLetters) && found->name == name ? found : nullptr;
}

const LatinLetter* letter_for(std::uint32_t point) {
  const auto* found = std::ranges::find(kLetters, point, &LatinLetter::point);
  return found != std::end(kLetters) ? found : nullptr;
}

std::uint32_t win_ansi_point(std::uint8_t code) {
  static constexpr std::array<std::uint16_t, 32> kUpper = {
      0x20AC, 0x2022, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x2022, 0x017D, 0x2022, 0x2022, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x2022, 0x017E, 0x0178};
  if (code >= 0x80 && code <= 0x9F) return kUpper[code - 0x80U];
  if (code == 0xA0) return ' ';
  return code == 0xAD ? '-' : code;
}

}  // namespace segell::signer::pdf
