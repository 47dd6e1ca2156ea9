#include "pdf/hidden_content.h"

#include "pdf/annotation_kinds.h"
#include "signer/pdf/pages.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kNamed = 8, kPagesLookedAt = 500, kAnnotationsLookedAt = 5000;
constexpr std::int64_t kHidingFlags = 2 | 32;  ///< Hidden, NoView

bool is_hidden(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const auto flags = document.get(annotation, "F", as_of);
  const std::int64_t* bits = flags ? flags->as_integer() : nullptr;
  return bits != nullptr && (*bits & kHidingFlags) != 0 && annotation.has("AP");
}

void look_at_page(const Document& document, const Object& page, const std::string& name, RevisionIndex as_of,
                  std::size_t& looked, std::vector<std::string>& out) {
  if (page.as_dictionary() == nullptr || !page.as_dictionary()->has("Annots")) return;
  const auto list = document.get(*page.as_dictionary(), "Annots", as_of);
  const Array* items = list ? list->as_array() : nullptr;
  if (items == nullptr) return;
  for (const Object& item : *items) {
    if (++looked > kAnnotationsLookedAt || out.size() >= kNamed) return;
    const auto value = document.resolve(item, as_of);
    const Dictionary* annotation = value ? value->as_dictionary() : nullptr;
    if (annotation != nullptr && is_hidden(document, *annotation, as_of))
      out.push_back(name + ": a hidden annotation (" + annotation_kind(*annotation) + ")");
  }
}

void look_at_layers(const Document& document, RevisionIndex as_of, std::vector<std::string>& out) {
  const auto catalog = document.catalog(as_of);
  if (!catalog || !catalog->as_dictionary()->has("OCProperties")) return;
  const auto layers = document.get(*catalog->as_dictionary(), "OCProperties", as_of);
  if (!layers || layers->as_dictionary() == nullptr) return;
  const auto defaults = document.get(*layers->as_dictionary(), "D", as_of);
  if (!defaults || defaults->as_dictionary() == nullptr) return;
  const auto off = document.get(*defaults->as_dictionary(), "OFF", as_of);
  const bool some = off && off->as_array() != nullptr && !off->as_array()->empty();
  if (some || defaults->as_dictionary()->is_name("BaseState", "OFF"))
    out.emplace_back("optional content that is not shown at first");
}

}  // namespace

std::vector<std::string> hidden_content(const Document& document, RevisionIndex as_of) {
  std::vector<std::string> out;
  look_at_layers(document, as_of, out);
  const auto refs = page_refs(document, as_of);
  if (!refs) return out;
  std::size_t looked = 0;
  for (std::size_t i = 0; i < std::min(refs->size(), kPagesLookedAt); ++i)
    if (const auto page = document.load((*refs)[i], as_of))
      look_at_page(document, *page, "page " + std::to_string(i + 1), as_of, looked, out);
  return out;
}

}  // namespace segell::signer::pdf
