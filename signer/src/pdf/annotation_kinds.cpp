#include "pdf/annotation_kinds.h"

#include "pdf/content_scan.h"
#include "signer/pdf/pages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr double kIcon = 40;                     ///< points: the largest icon of a comment
constexpr std::size_t kMarkOctets = 64U << 10U;  ///< of the appearance of a mark that is looked at
constexpr std::size_t kKind = 24;
constexpr std::size_t kMaxActions = 16;  ///< of one annotation, one after another

constexpr double kThinLine = 4;                 ///< points
constexpr std::string_view kWideLine = "wide";  ///< stands for the operator w with more than that

template <std::size_t N>
bool is_one_of(const std::string& kind, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, kind) != list.end();
}

constexpr std::array kIcons{std::string_view("Text"), std::string_view("FileAttachment"), std::string_view("Sound"),
                            std::string_view("Caret")};
constexpr std::array kLeading{std::string_view("GoTo"), std::string_view("GoToR"), std::string_view("URI"),
                              std::string_view("Named")};
constexpr std::array kLines{std::string_view("Underline"), std::string_view("StrikeOut"), std::string_view("Squiggly")};

/// The octets of the normal appearance; nothing when there is none or it cannot be read.
std::optional<std::string> appearance_of(const Document& document, const Dictionary& annotation, RevisionIndex as_of,
                                         bool& present, Object& resources) {
  const auto appearances = document.get(annotation, "AP", as_of);
  present = appearances && !appearances->is_null();
  if (!present || appearances->as_dictionary() == nullptr) return std::nullopt;
  const auto normal = document.get(*appearances->as_dictionary(), "N", as_of);
  const Stream* stream = normal ? normal->as_stream() : nullptr;
  if (stream == nullptr) return std::nullopt;
  if (auto held = document.get(stream->dictionary, "Resources", as_of)) resources = *std::move(held);
  const auto octets = document.decode(*stream, kMarkOctets);
  if (!octets) return std::nullopt;
  return base::to_text(*octets);
}

/// The operators of a content stream, without their operands; nothing when it does not read or has a picture inside.
std::optional<std::vector<std::string>> operators_of(std::string_view text) {
  std::vector<std::string> out;
  const bool read = scan_content(text, [&](std::string_view word, const std::vector<Object>& operands) {
    double width = 0;
    const bool wide = word == "w" && (operands.empty() || !operands[0].as_number(width) || width > kThinLine);
    out.emplace_back(wide ? kWideLine : word);
    return word != "BI";
  });
  if (!read) return std::nullopt;
  return out;
}

bool paints_lines_only(const std::vector<std::string>& operators) {
  constexpr std::array kPainting{std::string_view("f"),  std::string_view("F"),  std::string_view("f*"),
                                 std::string_view("B"),  std::string_view("B*"), std::string_view("b"),
                                 std::string_view("b*"), std::string_view("Do"), std::string_view("sh"),
                                 std::string_view("Tj"), std::string_view("TJ"), std::string_view("'"),
                                 std::string_view("\""), std::string_view("cm"), kWideLine};
  return std::ranges::none_of(
      operators, [&](const std::string& one) { return std::ranges::find(kPainting, one) != kPainting.end(); });
}

/// Every graphics state of the appearance lets what lies below through, and one of them is set first.
bool is_translucent(const Document& document, const Object& resources, RevisionIndex as_of,
                    const std::vector<std::string>& operators) {
  const bool set = std::ranges::find(operators, "gs") != operators.end();
  const bool paints_others = std::ranges::any_of(
      operators, [](const std::string& one) { return one == "Do" || one == "sh" || one == "Tj" || one == "TJ"; });
  if (!set || paints_others || resources.as_dictionary() == nullptr) return false;
  const auto states = document.get(*resources.as_dictionary(), "ExtGState", as_of);
  const Dictionary* list = states ? states->as_dictionary() : nullptr;
  if (list == nullptr || list->empty()) return false;
  return std::ranges::all_of(list->entries(), [&](const DictionaryEntry& entry) {
    const auto state = document.resolve(entry.value, as_of);
    const Dictionary* dictionary = state ? state->as_dictionary() : nullptr;
    if (dictionary == nullptr) return false;
    const Object* alpha = dictionary->find("ca");
    double value = 1;
    return dictionary->is_name("BM", "Multiply") || dictionary->is_name("BM", "Darken") ||
           (alpha != nullptr && alpha->as_number(value) && value <= 0.6);
  });
}

bool is_small(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const Object* rect = annotation.find("Rect");
  if (rect == nullptr) return true;
  const auto box = read_rect(document, *rect, as_of);
  return box && box->width() <= kIcon && box->height() <= kIcon;
}

}  // namespace

std::string annotation_kind(const Dictionary& annotation) {
  const std::string* name = annotation.name("Subtype");
  std::string out;
  if (name != nullptr)
    for (const char c : *name)
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 && out.size() < kKind) out.push_back(c);
  return out.empty() ? "of no kind" : out;
}

bool may_cover(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  if (annotation.empty()) return false;
  const std::string kind = annotation_kind(annotation);
  bool present = false;
  Object resources;
  const auto appearance = appearance_of(document, annotation, as_of, present, resources);
  if (kind == "Popup") return present;  // viewers draw it themselves, when it is opened
  if (kind == "Link") return present;
  if (is_one_of(kind, kIcons)) return present && !is_small(document, annotation, as_of);
  if (kind != "Highlight" && !is_one_of(kind, kLines)) return true;
  if (!present) return false;
  const auto operators = appearance ? operators_of(*appearance) : std::nullopt;
  if (!operators) return true;
  if (is_one_of(kind, kLines) && paints_lines_only(*operators)) return false;
  return !is_translucent(document, resources, as_of, *operators);
}

bool has_active_action(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  if (annotation.has("AA")) return true;
  const Object* first = annotation.find("A");
  std::vector<Object> open;
  if (first != nullptr) open.push_back(*first);
  for (std::size_t looked_at = 0; !open.empty(); ++looked_at) {
    const auto action = document.resolve(open.back(), as_of);
    open.pop_back();
    if (action && action->is_null()) continue;
    const Dictionary* dictionary = action ? action->as_dictionary() : nullptr;
    const std::string* kind = dictionary == nullptr ? nullptr : dictionary->name("S");
    if (kind == nullptr || !is_one_of(*kind, kLeading) || looked_at >= kMaxActions) return true;
    const auto next = document.get(*dictionary, "Next", as_of);
    if (!next) return true;
    if (const Array* list = next->as_array())
      open.insert(open.end(), list->begin(), list->end());
    else if (!next->is_null())
      open.push_back(*next);
  }
  return false;
}

}  // namespace segell::signer::pdf
