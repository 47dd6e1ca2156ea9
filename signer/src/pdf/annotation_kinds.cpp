#include "pdf/annotation_kinds.h"

#include "pdf/geometry.h"
#include "pdf/text_mark.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr double kIcon = 40;  ///< points: the largest icon of a comment
constexpr std::size_t kKind = 24;
constexpr std::size_t kMaxActions = 16;     ///< of one annotation, one after another
constexpr std::size_t kMaxPoints = 40'000;  ///< numbers that say where an annotation is drawn

constexpr double kThinLine = 4;     ///< points: a border that is none of the ways to cover something
constexpr double kLinkBorder = 3;   ///< points: the thickest that viewers offer for a link
constexpr double kInside = 4;       ///< borders: how wide what they frame is at least
constexpr double kLineEnding = 10;  ///< lines: how far the arrow or the square at its end reaches

template <std::size_t N>
bool is_one_of(const std::string& kind, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, kind) != list.end();
}

constexpr std::array kIcons{std::string_view("Text"), std::string_view("FileAttachment"), std::string_view("Sound"),
                            std::string_view("Caret")};
constexpr std::array kLeading{std::string_view("GoTo"), std::string_view("GoToR"), std::string_view("URI"),
                              std::string_view("Named")};
constexpr std::array kMarks{std::string_view("Highlight"), std::string_view("Underline"), std::string_view("StrikeOut"),
                            std::string_view("Squiggly")};

/// Keys by which a viewer draws an annotation that has no appearance (12.5.6.6 to 12.5.6.13).
constexpr std::array kPoints{std::string_view("QuadPoints"), std::string_view("L"),  std::string_view("Vertices"),
                             std::string_view("InkList"),    std::string_view("CL"), std::string_view("Path")};
/// Keys of a line that a viewer draws beside itself (table 175).
constexpr std::array kLeaders{std::string_view("LL"), std::string_view("LLE"), std::string_view("LLO")};
/// What plays something, when its page is shown if it likes (12.6.4.13, 13.2 to 13.7).
constexpr std::array kPlaying{std::string_view("Screen"), std::string_view("Movie"), std::string_view("RichMedia"),
                              std::string_view("3D")};

/// What an annotation looks like when nobody touches it (12.5.5): null when it has no appearance.
base::Result<Object> normal_appearance(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  SEGELL_TRY(const auto appearances, document.get(annotation, "AP", as_of));
  if (appearances.as_dictionary() == nullptr) return appearances;
  return document.get(*appearances.as_dictionary(), "N", as_of);
}

bool has_appearance(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const auto appearances = document.get(annotation, "AP", as_of);
  return !appearances || !appearances->is_null();
}

/// An appearance that viewers find: a stream, or the one of its state (12.5.5). Without it they draw by themselves.
bool is_drawn(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const auto look = normal_appearance(document, annotation, as_of);
  if (!look || look->as_stream() != nullptr) return look.has_value();
  const auto state = document.get(annotation, "AS", as_of);
  const std::string* name = state ? state->as_name() : nullptr;
  if (name == nullptr || look->as_dictionary() == nullptr) return false;
  const auto shown = document.get(*look->as_dictionary(), *name, as_of);
  return shown && shown->as_stream() != nullptr;
}

/// Another look under the pointer or the button of a mouse.
bool differs_when_met(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const auto appearances = document.get(annotation, "AP", as_of);
  const Dictionary* entries = appearances ? appearances->as_dictionary() : nullptr;
  return entries != nullptr && (entries->has("R") || entries->has("D"));
}

/// Width of the border, /BS before /Border (12.5.4); 1 when nothing says it.
double border_width(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  double width = 1;
  const auto style = document.get(annotation, "BS", as_of);
  const Dictionary* entries = style ? style->as_dictionary() : nullptr;
  if (entries != nullptr) {
    const auto stated = document.get(*entries, "W", as_of);
    if (stated && stated->as_number(width)) return std::abs(width);
  }
  const auto border = document.get(annotation, "Border", as_of);
  const Array* items = border ? border->as_array() : nullptr;
  if (items != nullptr && items->size() > 2) {
    const auto stated = document.resolve((*items)[2], as_of);
    if (stated && stated->as_number(width)) return std::abs(width);
  }
  return 1;
}

/// Pairs of numbers, in lists of lists too. False when there are more than are looked at, or what is no number.
bool add_points(const Document& document, const Object& value, RevisionIndex as_of, Box& out, std::size_t& left,
                std::size_t depth = 0) {
  const auto held = document.resolve(value, as_of);
  const Array* items = held ? held->as_array() : nullptr;
  if (items == nullptr || depth > 2 || items->size() > left) return held && held->is_null();
  left -= items->size();
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto item = document.resolve((*items)[i], as_of);
    if (item && item->as_array() != nullptr) {
      if (!add_points(document, *item, as_of, out, left, depth + 1)) return false;
      continue;
    }
    if (i + 1 >= items->size()) return true;
    const auto next = document.resolve((*items)[i + 1], as_of);
    Point at;
    if (!item || !next || !item->as_number(at.x) || !next->as_number(at.y)) return false;
    out.add(at);
    ++i;
  }
  return true;
}

double number_of(const Document& document, const Dictionary& dictionary, std::string_view key, RevisionIndex as_of) {
  double out = 0;
  const auto value = document.get(dictionary, key, as_of);
  return value && value->as_number(out) ? std::abs(out) : 0;
}

/// How far the drawing of a viewer reaches beyond the points and the rectangle. Nothing when no rule says it.
std::optional<double> reach_of(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const auto caption = document.get(annotation, "Cap", as_of);
  if (!caption || (caption->as_bool() != nullptr && *caption->as_bool())) return std::nullopt;
  const auto inset = document.get(annotation, "RD", as_of);
  const Array* sides = inset ? inset->as_array() : nullptr;
  if (sides != nullptr && std::ranges::any_of(*sides, [](const Object& side) {
        double value = 0;
        return !side.as_number(value) || value < 0;
      }))
    return std::nullopt;
  double reach = border_width(document, annotation, as_of);
  if (annotation.has("LE")) reach *= kLineEnding;
  for (const std::string_view key : kLeaders) reach += number_of(document, annotation, key, as_of);
  const auto effect = document.get(annotation, "BE", as_of);
  if (effect && effect->as_dictionary() != nullptr)
    reach += kLineEnding * number_of(document, *effect->as_dictionary(), "I", as_of);
  return reach;
}

/// A border that fills what it frames, or paints over what stands beside it.
bool has_covering_border(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const double width = border_width(document, annotation, as_of);
  if (width == 0) return false;
  const Object* rect = annotation.find("Rect");
  const auto box = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *rect, as_of);
  return width > kLinkBorder || !box || std::min(box->width(), box->height()) < kInside * width;
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

std::optional<Rect> painted_area(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const Object* rect = annotation.find("Rect");
  const auto stated = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *rect, as_of);
  if (!stated) return std::nullopt;
  // its place is another one on paper (12.5.6.22)
  if (annotation.is_name("Subtype", "Watermark") && annotation.has("FixedPrint")) return std::nullopt;
  // an appearance is fitted into the rectangle (12.5.5); without one, viewers differ
  if (rect == nullptr && has_appearance(document, annotation, as_of)) return std::nullopt;
  if (is_drawn(document, annotation, as_of)) return *stated;
  Box box{*stated};
  std::size_t left = kMaxPoints;
  for (const std::string_view key : kPoints) {
    const Object* points = annotation.find(key);
    if (points != nullptr && !add_points(document, *points, as_of, box, left)) return std::nullopt;
  }
  const auto reach = reach_of(document, annotation, as_of);
  if (!reach) return std::nullopt;
  if (*reach <= kThinLine && box.rect == *stated) return *stated;
  return Rect{box.rect.left - *reach, box.rect.bottom - *reach, box.rect.right + *reach, box.rect.top + *reach};
}

bool may_cover(const Document& document, const Dictionary& annotation, RevisionIndex as_of, Effort& effort) {
  if (annotation.empty()) return false;
  const std::string kind = annotation_kind(annotation);
  const bool present = has_appearance(document, annotation, as_of);
  if (kind == "Popup") return present;  // viewers draw it themselves, when it is opened
  if (kind == "Link") return present || has_covering_border(document, annotation, as_of);
  // viewers draw the icon of a note in one size, others in the size of their rectangle
  if (is_one_of(kind, kIcons)) return (present || kind != "Text") && !is_small(document, annotation, as_of);
  if (!is_one_of(kind, kMarks)) return true;
  if (differs_when_met(document, annotation, as_of)) return true;
  // some viewers draw every highlight by themselves, whatever its appearance
  const bool highlights = kind == "Highlight";
  if (highlights || !present) {
    const double line = highlights ? 0 : std::max(0.1, border_width(document, annotation, as_of));
    if (!leaves_text(document, annotation, as_of, line, effort)) return true;
  }
  if (!present) return false;
  const auto look = normal_appearance(document, annotation, as_of);
  const Object* rect = annotation.find("Rect");
  const auto shown = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *rect, as_of);
  return !look || look->as_stream() == nullptr || !shown ||
         !lets_text_through(document, *look->as_stream(), *shown, as_of, effort);
}

bool has_active_action(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  if (annotation.has("AA") || is_one_of(annotation_kind(annotation), kPlaying)) return true;
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
