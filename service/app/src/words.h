#pragma once

#include "base/digest.h"
#include "base/time.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace segell::app {

/// The words that Segell itself prints on paper (service/templates/words-1.json): versioned data, hashed as a whole, in
/// Catalan, Spanish and English. Immutable.
class Words {
 public:
  using Value = std::pair<std::string_view, std::string_view>;

  /// Those embedded in this build. Embedded words that cannot be read are a broken build: throws std::logic_error.
  static const Words& embedded();

  /// The words of a key with {placeholders} filled. An unknown language, key or placeholder throws std::logic_error.
  [[nodiscard]] std::string say(std::string_view language, std::string_view key,
                                std::initializer_list<Value> values = {}) const;
  [[nodiscard]] bool has(std::string_view language, std::string_view key) const;
  [[nodiscard]] int version() const { return m_version; }
  [[nodiscard]] const base::Sha256& digest() const { return m_digest; }

 private:
  explicit Words(base::BytesView file);
  std::map<std::string, std::map<std::string, std::string>, std::less<>> m_languages;
  base::Sha256 m_digest{};
  int m_version = 0;
};

/// "22/11/2026" and "22/11/2026 04:10 UTC": read the same in all three languages.
std::string format_day(base::Instant time);
std::string format_minute(base::Instant time);

}  // namespace segell::app
