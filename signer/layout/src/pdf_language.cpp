#include "pdf_language.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>

namespace segell::layout {
namespace {

[[noreturn]] void unexpected() { throw std::logic_error("a PDF that Cairo does not write"); }

std::size_t number_at(std::string_view text, std::size_t at) {
  std::size_t value = 0;
  if (at >= text.size() || std::from_chars(text.data() + at, text.data() + text.size(), value).ec != std::errc())
    unexpected();
  return value;
}

}  // namespace

base::Bytes with_language(const base::Bytes& pdf, const std::string& language) {
  const std::string_view text = base::as_text(pdf);
  constexpr std::string_view kCatalog = "<< /Type /Catalog";
  constexpr std::string_view kStart = "startxref\n";
  const std::size_t start_mark = text.rfind(kStart);
  const std::size_t catalog = text.rfind(kCatalog);
  if (catalog == std::string_view::npos || start_mark == std::string_view::npos) unexpected();
  const std::size_t insertion = catalog + kCatalog.size();
  const std::size_t table = number_at(text, start_mark + kStart.size());
  if (table < insertion || !text.substr(table).starts_with("xref\n0 ")) unexpected();

  const std::string added = "\n   /Lang (" + language + ")\n   /ViewerPreferences << /DisplayDocTitle true >>";
  base::Bytes out;
  out.reserve(pdf.size() + added.size() + 16);
  base::append(out, text.substr(0, insertion));
  base::append(out, added);
  base::append(out, text.substr(insertion, table - insertion));

  // The table's entries have 20 octets each (ISO 32000-1 7.5.4).
  const std::size_t count = number_at(text, table + 7);
  std::size_t at = text.find('\n', table + 5) + 1;
  base::append(out, text.substr(table, at - table));
  for (std::size_t i = 0; i < count; ++i, at += 20) {
    if (text.size() < at + 20) unexpected();
    std::size_t offset = 0;
    const std::string_view digits = text.substr(at, 10);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), offset).ec != std::errc()) unexpected();
    if (offset > insertion) offset += added.size();
    std::array<char, 24> moved{};
    std::snprintf(moved.data(), moved.size(), "%010zu", offset);
    base::append(out, std::string_view(moved.data(), 10));
    base::append(out, text.substr(at + 10, 10));
  }
  base::append(out, text.substr(at, start_mark - at));
  base::append(out, std::string(kStart) + std::to_string(table + added.size()) + "\n%%EOF\n");
  return out;
}

}  // namespace segell::layout
