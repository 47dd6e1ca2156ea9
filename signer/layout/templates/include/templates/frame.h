#pragma once

#include "base/digest.h"
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

/// The words that stand around every template's own: labels, choices, the names of the first layer's parts. Versioned
/// data like the templates (service/templates/frame-1.json), hashed as a whole.
class Frame {
 public:
  /// Reads `segell.frame/1`; every language must have exactly the keys of all others, with the same placeholders.
  /// Errors: parse_json's; malformed "template.malformed".
  static base::Result<Frame> parse(std::string_view file);
  /// The frame that this build carries. One that cannot be read is a broken build: throws std::logic_error.
  static const Frame& embedded();

  [[nodiscard]] bool has(std::string_view language) const { return m_languages.find(language) != m_languages.end(); }
  /// Null pointer when there are no such words.
  [[nodiscard]] const std::string* find(std::string_view language, std::string_view key) const;
  /// The words of a key; "{name}" is replaced by the value. Unknown words throw std::logic_error.
  [[nodiscard]] std::string say(std::string_view language, std::string_view key, std::string_view name = {},
                                std::string_view value = {}) const;
  [[nodiscard]] std::int64_t version() const { return m_version; }
  [[nodiscard]] const base::Sha256& digest() const { return m_digest; }

 private:
  using Words = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Words, std::less<>> m_languages;
  std::int64_t m_version = 0;
  base::Sha256 m_digest{};
};

}  // namespace segell::templates
