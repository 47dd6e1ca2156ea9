#include "words.h"

#include "base/json.h"

#include <stdexcept>

extern "C" {
extern const std::byte segell_app_words_begin[];
extern const std::byte segell_app_words_end[];
}

namespace segell::app {

namespace {

[[noreturn]] void broken(const std::string& what) { throw std::logic_error("words: " + what); }

}  // namespace

Words::Words(base::BytesView file) : m_digest(base::sha256(file)) {
  const auto json = base::parse_json(base::as_text(file));
  if (!json) broken(json.error().message);
  const base::Json* version = json->find("version");
  const base::Json* languages = json->find("languages");
  if (version == nullptr || version->as_int() == nullptr || languages == nullptr) broken("no version or languages");
  m_version = static_cast<int>(*version->as_int());
  for (const auto& [language, words] : *languages->as_object()) {
    for (const auto& [key, text] : *words.as_object()) m_languages[language][key] = *text.as_string();
  }
}

const Words& Words::embedded() {
  static const Words words(
      base::BytesView(segell_app_words_begin, static_cast<std::size_t>(segell_app_words_end - segell_app_words_begin)));
  return words;
}

bool Words::has(std::string_view language, std::string_view key) const {
  const auto words = m_languages.find(language);
  return words != m_languages.end() && words->second.contains(std::string(key));
}

std::string Words::say(std::string_view language, std::string_view key, std::initializer_list<Value> values) const {
  const auto words = m_languages.find(language);
  if (words == m_languages.end()) broken("no language " + std::string(language));
  const auto found = words->second.find(std::string(key));
  if (found == words->second.end()) broken("no words for " + std::string(key));
  // One pass: what a value holds is never read as a placeholder.
  std::string out;
  std::string_view rest = found->second;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    if (close == std::string_view::npos) broken("open brace in " + std::string(key));
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    out.append(rest.substr(0, open));
    bool filled = false;
    for (const auto& [candidate, value] : values) {
      if (candidate != name) continue;
      out.append(value);
      filled = true;
    }
    if (!filled) broken("no value for " + std::string(name));
    rest.remove_prefix(close + 1);
  }
  return out.append(rest);
}

std::string format_day(base::Instant time) {
  const std::string text = base::format_rfc3339(time);  // 2026-11-22T…
  return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

std::string format_minute(base::Instant time) {
  return format_day(time) + " " + base::format_rfc3339(time).substr(11, 5) + " UTC";
}

}  // namespace segell::app
