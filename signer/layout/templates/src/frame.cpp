#include "templates/frame.h"

#include "json_reader.h"

#include <stdexcept>

namespace segell::templates {
namespace {

/// The placeholders of frame words in their order: "{until}{person}".
std::string marks_of(std::string_view text) {
  std::string out;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    out += text.substr(open, text.find('}', open) - open + 1);
  return out;
}

}  // namespace

base::Result<Frame> Frame::parse(std::string_view file) {
  SEGELL_TRY(const base::Json json, base::parse_json(file));
  const Place root(json, "");
  SEGELL_CHECK(root.require_members({"schema", "version", "languages"}));
  SEGELL_TRY(const std::string schema, root.text_of("schema", ""));
  if (schema != "segell.frame/1") return root.bad("\"schema\" must be \"segell.frame/1\"");
  Frame out;
  SEGELL_TRY(const Place version, root.at("version"));
  SEGELL_TRY(out.m_version, version.integer());
  SEGELL_TRY(const Place languages, root.at("languages"));
  SEGELL_TRY(const auto members, languages.members());
  for (const auto& [language, place] : members) {
    Words& words = out.m_languages[language];
    SEGELL_TRY(const auto keys, place.members());
    for (const auto& [key, value] : keys) {
      SEGELL_TRY(words[key], value.text());
    }
    const Words& first = out.m_languages.begin()->second;
    for (const auto& [key, text] : first) {
      const auto found = words.find(key);
      if (found == words.end()) return place.bad("\"" + key + "\" is missing");
      if (marks_of(found->second) != marks_of(text)) return place.bad("\"" + key + "\" has other placeholders");
    }
    if (words.size() != first.size()) return place.bad("has a key that another language has not");
  }
  out.m_digest = base::sha256(base::as_bytes(file));
  return out;
}

const std::string* Frame::find(std::string_view language, std::string_view key) const {
  const auto words = m_languages.find(language);
  if (words == m_languages.end()) return nullptr;
  const auto found = words->second.find(key);
  return found == words->second.end() ? nullptr : &found->second;
}

std::string Frame::say(std::string_view language, std::string_view key, std::string_view name,
                       std::string_view value) const {
  const std::string* text = find(language, key);
  if (text == nullptr)
    throw std::logic_error("frame: no words for " + std::string(key) + " in " + std::string(language));
  std::string out = *text;
  const std::string mark = "{" + std::string(name) + "}";
  if (const auto at = name.empty() ? std::string::npos : out.find(mark); at != std::string::npos)
    out.replace(at, mark.size(), value);
  return out;
}

}  // namespace segell::templates
