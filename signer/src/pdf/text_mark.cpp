#include "pdf/text_mark.h"

#include "pdf/content_operators.h"
#include "pdf/content_path.h"
#include "pdf/saved_states.h"
#include "pdf/veil.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr double kPieces = 1e5;                   ///< of one line
constexpr std::size_t kMarkOctets = 256U << 10U;  ///< of one form object
constexpr std::size_t kMarksInside = 4;           ///< form objects inside one another
constexpr std::size_t kSavedStates = 32;
constexpr double kLineShare = 0.08;  ///< of the height of its text: how thick a viewer draws a line
constexpr double kThickLine = 4;     ///< points: a line that words no longer are read through

/// How light a colour is: 0 black, 1 as light as its lightest part can be. Of one, three or four numbers (8.6.4).
std::optional<double> lightness(std::span<const double> colour) {
  if (colour.size() == 1) return colour[0];
  if (colour.size() == 3) return std::max({colour[0], colour[1], colour[2]});
  if (colour.size() == 4) return (1 - colour[3]) * (1 - std::min({colour[0], colour[1], colour[2]}));
  return std::nullopt;
}

/// The part of the graphics state that says how much is seen through what is painted (8.4, 11.6.4.4).
struct MarkState {
  Matrix ctm;
  double fill = 0, line = 0;                  ///< lightness; a stream begins with black
  bool plain_fill = true, plain_line = true;  ///< the colour space is one of the device's own
  double fill_alpha = 1, line_alpha = 1;      ///< ca, CA
  bool multiplies = false;                    ///< darkens what lies below, and never lightens it
  double width = 1;

  [[nodiscard]] double seen_through(double light, double alpha) const {
    return 1 - alpha * (multiplies ? 1 - std::clamp(light, 0.0, 1.0) : 1);
  }
};

class MarkPainter {
 public:
  MarkPainter(const Document& document, RevisionIndex as_of, Veil& veil, Effort& effort)
      : m_document(document), m_as_of(as_of), m_veil(veil), m_effort(effort) {}

  bool paint(const Stream& form, const Object& outer, MarkState state, std::size_t depth) {
    if (depth > kMarksInside) return false;
    const auto octets = m_document.decode(form, kMarkOctets);
    const auto resources = form_resources(m_document, form, outer, m_as_of);
    if (!octets || !resources || !spend(octets->size() / 8)) return false;
    SavedStates<MarkState> saved(kSavedStates);
    return scan_content(base::as_text(*octets), [&](const Instruction& in) {
      if (!spend(1) || m_path.is_torn_by(in.word)) return false;
      if (const auto kept = saved.take(in.word, state)) return *kept;
      if (path(in, state) || colour(in, state)) return !m_spent;
      if (in.word == "gs") return graphics_state(in, *resources, state);
      if (in.word == "Do") return draw(in, *resources, state, depth);
      return is_harmless(in.word);
    });
  }

 private:
  bool spend(std::size_t steps) {
    m_spent = m_spent || !m_effort.spend(steps);
    return !m_spent;
  }

  static bool is_harmless(std::string_view word) {
    return is_any(word, "J", "j", "M", "d", "ri", "i", "W", "W*", "BMC", "BDC", "EMC", "MP", "DP", "BX", "EX");
  }

  bool graphics_state(const Instruction& in, const Object& resources, MarkState& state) const {
    const auto held = named_resource(m_document, resources, "ExtGState", in, m_as_of);
    const Dictionary* entries = held ? held->as_dictionary() : nullptr;
    if (entries == nullptr) return false;
    if (entries->has("BM")) state.multiplies = entries->is_name("BM", "Multiply") || entries->is_name("BM", "Darken");
    const auto read = [&](std::string_view key, double& into) {
      const Object* value = entries->find(key);
      return value == nullptr || value->as_number(into);
    };
    return read("ca", state.fill_alpha) && read("CA", state.line_alpha) && read("LW", state.width);
  }

  bool draw(const Instruction& in, const Object& resources, const MarkState& state, std::size_t depth) {
    const auto held = named_resource(m_document, resources, "XObject", in, m_as_of);
    const Stream* form = held ? held->as_stream() : nullptr;
    if (form == nullptr || !form->dictionary.is_name("Subtype", "Form")) return false;
    MarkState inside = state;
    Matrix matrix;
    if (!read_matrix(m_document, form->dictionary, m_as_of, matrix)) return false;
    inside.ctm = product(matrix, state.ctm);
    const bool group = form->dictionary.has("Group");
    // A group is composed first and multiplied as a whole (11.6.6): nothing inside of it can switch that off.
    const bool kept = m_multiplied;
    m_multiplied = m_multiplied || (group && state.multiplies);
    const bool done = paint(*form, resources, inside, depth + 1);
    m_multiplied = kept;
    return done;
  }

  static bool colour(const Instruction& in, MarkState& state) {
    const auto chosen = colour_choice(in.word);
    if (!chosen) return false;
    double& light = chosen->strokes ? state.line : state.fill;
    bool& plain = chosen->strokes ? state.plain_line : state.plain_fill;
    if (chosen->kind == ColourChoice::Kind::space) plain = is_device_space(in.name());
    if (chosen->kind == ColourChoice::Kind::device_colour) plain = true;
    // what a pattern paints, and what numbers mean in a space of one's own, is not known
    light = plain && in.only_numbers() ? lightness(in.numbers).value_or(0) : 0;
    return true;
  }

  bool path(const Instruction& in, MarkState& state) {
    const std::vector<double>& n = in.numbers;
    if (in.word == "w" && n.size() == 1) {
      state.width = n[0];
    } else if (in.word == "cm" && n.size() == 6) {
      state.ctm = product(matrix_of(n), state.ctm);
    } else if (const auto painting = painting_of(in.word)) {
      paint_path(*painting, state);
    } else {
      return m_path.take(in.word, n, state.ctm);
    }
    return true;
  }

  void paint_path(const Painting& painting, const MarkState& state) {
    MarkState used = state;
    used.multiplies = used.multiplies || m_multiplied;
    if (painting.closes) m_path.close();
    const std::vector<Subpath> parts = m_path.finish();
    if (painting.fills)
      for (const Subpath& part : parts) fill(box_of(part.points).rect, used.seen_through(used.fill, used.fill_alpha));
    if (painting.strokes)
      for (const Subpath& part : parts)
        for (std::size_t i = 1; i < part.points.size(); ++i) stroke(part.points[i - 1], part.points[i], used);
  }

  void fill(const Rect& area, double share) {
    if (spend(m_veil.squares_of(area) / 8 + 1)) m_veil.paint(area, share);
  }

  void stroke(Point from, Point to, const MarkState& state) {
    const double width = std::max(std::abs(state.width) * largest_scale(state.ctm), 0.5);
    const double share = state.seen_through(state.line, state.line_alpha);
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (width > m_veil.side()) return fill(widened(box_of(std::array{from, to}).rect, width / 2), share);
    const double pieces = std::ceil(length / (m_veil.side() / 2));
    if (!(pieces < kPieces) || !spend(static_cast<std::size_t>(pieces) + 1)) {  // not a number, too
      m_spent = true;
      return;
    }
    for (double i = 0; i < pieces; ++i) {
      const double at = (i + 0.5) / pieces;
      m_veil.touch({from.x + at * (to.x - from.x), from.y + at * (to.y - from.y)}, length / pieces * width, share);
    }
  }

  const Document& m_document;
  RevisionIndex m_as_of;
  Veil& m_veil;
  ContentPath m_path;
  bool m_multiplied = false;
  Effort& m_effort;
  bool m_spent = false;
};

std::optional<Rect> rectangle_of(const Document& document, const Dictionary& annotation, RevisionIndex as_of) {
  const Object* rect = annotation.find("Rect");
  const auto stated = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *rect, as_of);
  return stated ? std::optional(*stated) : std::nullopt;
}

}  // namespace

bool lets_text_through(const Document& document, const Stream& appearance, const Rect& shown, RevisionIndex as_of,
                       Effort& effort) {
  if (!(shown.width() > 0 && shown.height() > 0)) return true;
  const auto matrix = placed(document, appearance.dictionary, shown, as_of);
  if (!matrix) return false;
  Veil veil(shown);
  MarkState state;
  state.ctm = *matrix;
  return effort.spend(veil.size() / 8) &&
         MarkPainter(document, as_of, veil, effort).paint(appearance, Object(), state, 0) && !veil.hides();
}

bool leaves_text(const Document& document, const Dictionary& annotation, RevisionIndex as_of, double line,
                 Effort& effort) {
  const auto shown = rectangle_of(document, annotation, as_of);
  const auto points = document.get(annotation, "QuadPoints", as_of);
  if (!shown || !points) return false;
  std::vector<Rect> lines;  // of text
  if (const Array* items = points->as_array()) {
    const std::vector<double> n = numbers_of(*items);
    if (n.size() != items->size() || n.size() % 8 != 0) return false;
    for (std::size_t i = 0; i + 7 < n.size(); i += 8) {
      Box box;
      for (std::size_t k = i; k < i + 8; k += 2) box.add({n[k], n[k + 1]});
      lines.push_back(box.rect);
    }
  }
  if (lines.empty()) lines.push_back(*shown);
  Box all;
  for (const Rect& one : lines) {
    all.add({one.left, one.bottom});
    all.add({one.right, one.top});
  }
  double light = 0;
  if (line == 0) {
    const auto colour = document.get(annotation, "C", as_of);
    const Array* parts = colour ? colour->as_array() : nullptr;
    // without a colour some viewers paint black
    light = parts == nullptr ? 0 : lightness(numbers_of(*parts)).value_or(0);
  }
  Veil veil(all.rect);
  for (const Rect& one : lines) {
    const double height = std::min(one.height(), one.width());
    const double thick = std::max(line, height * kLineShare);
    if (line != 0 && thick > kThickLine) return false;
    const double share = line == 0 ? std::clamp(light, 0.0, 1.0) : 1 - std::min(1.0, thick / std::max(height, 0.1));
    if (!effort.spend(veil.squares_of(one) / 8 + 1)) return false;
    veil.paint(one, share);
  }
  return !veil.hides();
}

}  // namespace segell::signer::pdf
