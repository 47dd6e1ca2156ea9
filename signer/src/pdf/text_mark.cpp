#include "pdf/text_mark.h"

#include "pdf/content_scan.h"
#include "pdf/geometry.h"
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

std::vector<double> numbers_of(std::span<const Object> values) {
  std::vector<double> out;
  for (const Object& value : values)
    if (double number = 0; value.as_number(number)) out.push_back(number);
  return out;
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
    auto own = m_document.get(form.dictionary, "Resources", m_as_of);
    if (!octets || !own || !spend(octets->size() / 8)) return false;
    const Object resources = own->as_dictionary() != nullptr ? *std::move(own) : outer;
    std::vector<MarkState> saved;
    return scan_content(base::as_text(*octets), [&](std::string_view word, const std::vector<Object>& operands) {
      if (!spend(1)) return false;
      if (word == "q") {
        saved.push_back(state);
        return saved.size() <= kSavedStates;
      }
      if (word == "Q") {
        if (!saved.empty()) {
          state = saved.back();
          saved.pop_back();
        }
        return true;
      }
      const std::vector<double> numbers = numbers_of(operands);
      if (path(word, numbers, state) || colour(word, numbers, operands, state)) return !m_spent;
      if (word == "gs") return graphics_state(operands, resources, state);
      if (word == "Do") return draw(operands, resources, state, depth);
      return is_harmless(word);
    });
  }

 private:
  bool spend(std::size_t steps) {
    m_spent = m_spent || !m_effort.spend(steps);
    return !m_spent;
  }

  static bool is_harmless(std::string_view word) {
    constexpr std::array kWords{std::string_view("J"),   std::string_view("j"),   std::string_view("M"),
                                std::string_view("d"),   std::string_view("ri"),  std::string_view("i"),
                                std::string_view("W"),   std::string_view("W*"),  std::string_view("BMC"),
                                std::string_view("BDC"), std::string_view("EMC"), std::string_view("MP"),
                                std::string_view("DP"),  std::string_view("BX"),  std::string_view("EX")};
    return std::ranges::find(kWords, word) != kWords.end();
  }

  /// An entry of the resources; null when absent.
  [[nodiscard]] base::Result<Object> resource(const Object& resources, std::string_view kind,
                                              const std::vector<Object>& operands) const {
    const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
    if (name == nullptr || resources.as_dictionary() == nullptr) return Object();
    SEGELL_TRY(const auto list, m_document.get(*resources.as_dictionary(), kind, m_as_of));
    if (list.as_dictionary() == nullptr) return Object();
    return m_document.get(*list.as_dictionary(), *name, m_as_of);
  }

  bool graphics_state(const std::vector<Object>& operands, const Object& resources, MarkState& state) const {
    const auto held = resource(resources, "ExtGState", operands);
    const Dictionary* entries = held ? held->as_dictionary() : nullptr;
    if (entries == nullptr) return false;
    if (entries->has("BM")) state.multiplies = entries->is_name("BM", "Multiply") || entries->is_name("BM", "Darken");
    const auto read = [&](std::string_view key, double& into) {
      const Object* value = entries->find(key);
      return value == nullptr || value->as_number(into);
    };
    return read("ca", state.fill_alpha) && read("CA", state.line_alpha) && read("LW", state.width);
  }

  bool draw(const std::vector<Object>& operands, const Object& resources, const MarkState& state, std::size_t depth) {
    const auto held = resource(resources, "XObject", operands);
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

  bool colour(std::string_view word, const std::vector<double>& numbers, const std::vector<Object>& operands,
              MarkState& state) const {
    const bool fills = word == "g" || word == "rg" || word == "k" || word == "sc" || word == "scn";
    const bool lines = word == "G" || word == "RG" || word == "K" || word == "SC" || word == "SCN";
    double& light = word == "cs" || fills ? state.fill : state.line;
    bool& plain = word == "cs" || fills ? state.plain_fill : state.plain_line;
    if (word == "cs" || word == "CS") {
      const std::string* space = operands.empty() ? nullptr : operands.front().as_name();
      plain = space != nullptr && (*space == "DeviceGray" || *space == "DeviceRGB" || *space == "DeviceCMYK");
      light = 0;
      return true;
    }
    if (!fills && !lines) return false;
    if (word.size() == 1 || word == "rg" || word == "RG") plain = true;
    // what a pattern paints, and what numbers mean in a space of one's own, is not known
    light = plain && numbers.size() == operands.size() ? lightness(numbers).value_or(0) : 0;
    return true;
  }

  bool path(std::string_view word, const std::vector<double>& n, MarkState& state) {
    if (word == "w") {
      if (n.size() == 1) state.width = n[0];
      return n.size() == 1;
    }
    if (word == "cm" && n.size() == 6) {
      state.ctm = product({n[0], n[1], n[2], n[3], n[4], n[5]}, state.ctm);
    } else if (word == "m" && n.size() == 2) {
      m_shapes.emplace_back();
      m_start = m_at = apply(state.ctm, n[0], n[1]);
    } else if (word == "l" && n.size() == 2) {
      line_to(apply(state.ctm, n[0], n[1]));
    } else if ((word == "c" && n.size() == 6) || ((word == "v" || word == "y") && n.size() == 4)) {
      for (std::size_t i = 0; i < n.size(); i += 2) line_to(apply(state.ctm, n[i], n[i + 1]));
    } else if (word == "h") {
      line_to(m_start);
    } else if (word == "re" && n.size() == 4) {
      m_shapes.emplace_back();
      m_start = m_at = apply(state.ctm, n[0], n[1]);
      line_to(apply(state.ctm, n[0] + n[2], n[1]));
      line_to(apply(state.ctm, n[0] + n[2], n[1] + n[3]));
      line_to(apply(state.ctm, n[0], n[1] + n[3]));
      line_to(m_start);
    } else {
      return paints(word, state);
    }
    return true;
  }

  bool paints(std::string_view word, const MarkState& state) {
    const bool both = word == "B" || word == "B*" || word == "b" || word == "b*";
    const bool fills = both || word == "f" || word == "F" || word == "f*";
    const bool lines = both || word == "S" || word == "s";
    if (!fills && !lines && word != "n") return false;
    MarkState used = state;
    used.multiplies = used.multiplies || m_multiplied;
    if (word == "s" || word == "b" || word == "b*") line_to(m_start);
    if (fills)
      for (const Box& shape : m_shapes) fill(shape.rect, used.seen_through(used.fill, used.fill_alpha));
    if (lines)
      for (const auto& [from, to] : m_lines) stroke(from, to, used);
    m_shapes.clear();
    m_lines.clear();
    return true;
  }

  void line_to(Point to) {
    if (m_shapes.empty()) m_shapes.emplace_back();
    m_shapes.back().add(m_at);
    m_shapes.back().add(to);
    m_lines.emplace_back(m_at, to);
    m_at = to;
  }

  void fill(const Rect& area, double share) {
    if (spend(m_veil.squares_of(area) / 8 + 1)) m_veil.paint(area, share);
  }

  void stroke(Point from, Point to, const MarkState& state) {
    const Matrix& m = state.ctm;
    const double scale = std::max(std::hypot(m.a, m.b), std::hypot(m.c, m.d));
    const double width = std::max(std::abs(state.width) * scale, 0.5);
    const double share = state.seen_through(state.line, state.line_alpha);
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (width > m_veil.side()) {
      Box box;
      box.add(from);
      box.add(to);
      const double reach = width / 2;
      return fill({box.rect.left - reach, box.rect.bottom - reach, box.rect.right + reach, box.rect.top + reach},
                  share);
    }
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
  std::vector<Box> m_shapes;
  std::vector<std::pair<Point, Point>> m_lines;
  Point m_at, m_start;
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
