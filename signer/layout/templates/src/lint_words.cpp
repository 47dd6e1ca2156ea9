#include "lint_rules.h"
#include "placeholders.h"
#include "rendition_texts.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace segell::templates {
namespace {

constexpr double kLongestAverage = 15;  ///< words a sentence, R40
constexpr std::size_t kLongestSentence = 20;

/// Words that only one form of address uses. Spanish "su" and Catalan "seu" are anybody's and tell nothing.
struct Address {
  std::string_view language;
  std::string_view form;
  std::vector<std::string_view> words;
};
const std::vector<Address>& addresses() {
  static const std::vector<Address> kAddresses{
      {"ca", "tu", {"tu", "et", "t", "teu", "teva", "teus", "teves", "pots", "vols", "tens", "hauràs", "podràs"}},
      {"ca", "vós", {"vós", "us", "vos", "vostre", "vostra", "vostres", "podeu", "voleu", "teniu", "haureu", "podreu"}},
      {"ca", "vostè", {"vostè", "vostès"}},
      {"es",
       "tú",
       {"tú", "te", "ti", "tu", "tus", "tuyo", "tuya", "tuyos", "tuyas", "puedes", "quieres", "tienes", "contigo"}},
      {"es", "usted", {"usted", "ustedes"}},
  };
  return kAddresses;
}

constexpr std::array<std::string_view, 20> kAbbreviations{"p.",  "ex.",  "etc.", "núm.", "art.", "arts.", "tel.",
                                                          "sr.", "sra.", "dr.",  "dra.", "pàg.", "pág.",  "av.",
                                                          "c.",  "e.g.", "i.e.", "mr.",  "mrs.", "núms."};
constexpr std::array<std::string_view, 6> kEasyReadClaims{"lectura fàcil", "lectura fácil", "easy read",
                                                          "easy-read",     "easy to read",  "قراءة سهلة"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// The text's own letters in lower case; placeholders and punctuation, also that beyond ASCII, become spaces.
std::string letters_of(std::string_view text) {
  std::string out;
  const auto pieces = take_apart(text);
  if (!pieces) return out;
  for (const TextPiece& piece : *pieces) {
    if (piece.is_placeholder) {
      out += ' ';
      continue;
    }
    for (std::size_t i = 0; i < piece.text.size(); ++i) {
      const auto octet = static_cast<unsigned char>(piece.text[i]);
      if (octet == 0xc2 || octet == 0xe2) {  // « » ¿ … and U+2000 to U+2FFF
        out += ' ';
        i += octet == 0xc2 ? 1 : 2;
      } else if (octet >= 0x80 || (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z')) {
        out += piece.text[i];
      } else {
        out += ' ';
      }
    }
  }
  return lower(out);
}

bool is_capitals(std::string_view word) {
  std::size_t capitals = 0;
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z') ++capitals;
    if (c >= 'a' && c <= 'z') return false;
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return capitals >= 2;
}

bool is_abbreviation(const std::string& word) {
  if (word.starts_with("{{")) return false;
  const std::string small = lower(word);
  if (std::find(kAbbreviations.begin(), kAbbreviations.end(), small) != kAbbreviations.end()) return true;
  const auto slash = word.find('/');
  const bool split = slash != std::string::npos && slash > 0 && slash + 1 < word.size() &&
                     (word[slash - 1] < '0' || word[slash - 1] > '9');
  return split || is_capitals(word);
}

class WordLint {
 public:
  WordLint(const Rendition& rendition, LintReport& report)
      : m_rendition(rendition), m_report(report), m_front("renditions." + rendition.language + ".") {}

  void run() {
    const bool simple = is_simple(m_rendition.language);
    look_at_address();
    for (const PlacedText& text : texts_of(m_rendition)) {
      claims(text);
      mixed_address(text);
      if (!simple) continue;
      abbreviations(text);
      one_idea(text);
      lengths(text);
    }
    if (m_sentences == 0) return;
    const double average = static_cast<double>(m_words) / static_cast<double>(m_sentences);
    if (average <= kLongestAverage) return;
    std::array<char, 96> words{};
    std::snprintf(words.data(), words.size(), "%.1f words a sentence on average; simple text has at most %.0f", average,
                  kLongestAverage);
    m_report.error("sentence-length", "renditions." + m_rendition.language, words.data());
  }

 private:
  void look_at_address() {
    const auto language = primary_language(m_rendition.language);
    const auto& all = addresses();
    const bool has_forms =
        std::any_of(all.begin(), all.end(), [&](const Address& one) { return one.language == language; });
    const bool known = std::any_of(all.begin(), all.end(), [&](const Address& one) {
      return one.language == language && one.form == m_rendition.address;
    });
    if (has_forms != known || (!has_forms && !m_rendition.address.empty()))
      m_report.error("address-unknown", m_front + "address",
                     has_forms ? "the form of address must be said: tu, vós, vostè or tú, usted"
                               : "the language has no such forms of address");
  }

  void claims(const PlacedText& text) {
    if (m_rendition.validation) return;
    const std::string small = lower(text.text);
    for (const auto claim : kEasyReadClaims)
      if (small.find(claim) != std::string::npos)
        m_report.error("easy-read-unvalidated", m_front + text.where,
                       "\"" + std::string(claim) + "\" is claimed, and no validation by readers is stored");
  }

  void mixed_address(const PlacedText& text) {
    const auto words = words_of(letters_of(text.text));
    const auto language = primary_language(m_rendition.language);
    for (const Address& other : addresses()) {
      if (other.language != language || other.form == m_rendition.address) continue;
      for (const auto& word : words) {
        if (std::find(other.words.begin(), other.words.end(), word) == other.words.end()) continue;
        m_report.error(
            "address-mixed", m_front + text.where,
            "\"" + word + "\" belongs to " + std::string(other.form) + ", the rendition says " + m_rendition.address);
        return;
      }
    }
  }

  void abbreviations(const PlacedText& text) {
    for (std::string word : words_of(text.text)) {
      while (!word.empty() && (word.back() == ',' || word.back() == ':')) word.pop_back();
      if (is_abbreviation(word))
        m_report.error("abbreviation", m_front + text.where, "\"" + word + "\" is an abbreviation: write it out");
    }
  }

  [[nodiscard]] static bool is_prose(const PlacedText& text) {
    return text.role != TextRole::label && text.role != TextRole::title;
  }

  void one_idea(const PlacedText& text) {
    if (!is_prose(text)) return;
    const auto find = [&](const char* what) {
      m_report.error("one-idea", m_front + text.where, std::string(what) + ": simple text has one idea a line");
    };
    if (sentences_of(text.text).size() > 1) return find("more than one sentence");
    if (text.text.find(';') != std::string_view::npos) return find("a semicolon");
    if (text.text.find('(') != std::string_view::npos) return find("brackets");
  }

  void lengths(const PlacedText& text) {
    if (!is_prose(text)) return;
    for (const auto sentence : sentences_of(text.text)) {
      const std::size_t words = words_of(sentence).size();
      m_words += words;
      ++m_sentences;
      if (words > kLongestSentence)
        m_report.warning("sentence-long", m_front + text.where, "a sentence of " + std::to_string(words) + " words");
    }
  }

  const Rendition& m_rendition;
  LintReport& m_report;
  std::string m_front;
  std::size_t m_words = 0;
  std::size_t m_sentences = 0;
};

}  // namespace

void lint_words(const Rendition& rendition, LintReport& report) { WordLint(rendition, report).run(); }

}  // namespace segell::templates
