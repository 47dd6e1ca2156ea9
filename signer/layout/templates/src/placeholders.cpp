#include "placeholders.h"

#include <algorithm>

namespace segell::templates {
namespace {

bool is_placeholder_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::count(name.begin(), name.end(), '.') <= 1 && name.front() != '.' &&
         name.back() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
         });
}

}  // namespace

base::Result<std::vector<TextPiece>> take_apart(std::string_view text) {
  std::vector<TextPiece> pieces;
  const auto bad = [&](std::string_view what) {
    return base::fail(base::Code::malformed, "template.malformed",
                      std::string(what) + " in \"" + std::string(text) + "\"");
  };
  while (!text.empty()) {
    const std::size_t brace = text.find_first_of("{}");
    if (brace != 0) pieces.push_back({text.substr(0, brace), false});
    if (brace == std::string_view::npos) break;
    text.remove_prefix(brace);
    const std::size_t close = text.find("}}");
    if (!text.starts_with("{{") || close == std::string_view::npos)
      return bad("a brace that belongs to no placeholder");
    const std::string_view name = text.substr(2, close - 2);
    if (!is_placeholder_name(name)) return bad("a placeholder without a proper name");
    pieces.push_back({name, true});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

std::string_view field_of(std::string_view placeholder) { return placeholder.substr(0, placeholder.find('.')); }

}  // namespace segell::templates
