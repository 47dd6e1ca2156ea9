#include "names.h"

#include "checks.h"
#include "words.h"

#include <algorithm>
#include <optional>

namespace segell::app {

namespace {

std::string_view kind_word(CodeKind kind) {
  switch (kind) {
    case CodeKind::purpose:
      return "purpose";
    case CodeKind::category:
      return "category";
    case CodeKind::recipient:
      return "recipient";
  }
  return {};
}

std::optional<std::string> known_name(const TenantSettings& settings, CodeKind kind, std::string_view code,
                                      std::string_view language) {
  const std::string_view word = kind_word(kind);
  const auto own = std::find_if(settings.names.begin(), settings.names.end(),
                                [&](const CodeName& name) { return name.kind == word && name.code == code; });
  if (own != settings.names.end()) return language == "es" ? own->es : language == "en" ? own->en : own->ca;
  const std::string key = code.empty() ? "any-" + std::string(word) : std::string(word) + "-" + std::string(code);
  if (!Words::embedded().has(language, key)) return std::nullopt;
  return Words::embedded().say(language, key, {{"organisation", settings.organisation}});
}

}  // namespace

std::string code_name(const TenantSettings& settings, CodeKind kind, std::string_view code, std::string_view language) {
  return known_name(settings, kind, code, language).value_or(std::string(code));
}

base::Json code_names_json(const TenantSettings& settings, CodeKind kind, std::string_view code) {
  base::Json names = base::Json::object();
  for (const std::string_view language : kPaperLanguages) {
    auto name = known_name(settings, kind, code, language);
    if (!name) return {};
    names.set(std::string(language), *std::move(name));
  }
  return names;
}

}  // namespace segell::app
