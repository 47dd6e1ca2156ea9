#include "pdf/content_painter.h"

#include "pdf/content_scan.h"
#include "pdf/font_widths.h"
#include "pdf/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kAreas = 20'000;
constexpr std::size_t kSteps = 1'000'000;  ///< operators of a page and all its form objects
constexpr std::size_t kForms = 8;          ///< form objects inside one another
constexpr std::size_t kFormCalls = 500;    ///< of one page
constexpr std::size_t kStates = 128;       ///< saved ones
constexpr double kAscent = 1, kDescent = 0.35;

constexpr double kNowhere = 1e9;  ///< farther than any page reaches

struct State {
  Matrix ctm;
  Rect clip{-kNowhere, -kNowhere, kNowhere, kNowhere};  ///< holds whatever may be painted in
  double line_width = 1;
  bool white = false;         ///< what fills
  bool plain_colours = true;  ///< 1 is light in them
  bool odd = false;           ///< white may show: a blend mode or a transfer function
  const FontWidths* font = nullptr;
  double size = 0, spacing = 0, word_spacing = 0, scale = 1, leading = 0, rise = 0;
};

class Painter {
 public:
  Painter(const Document& document, RevisionIndex as_of, std::vector<Rect>& areas)
      : m_document(document), m_as_of(as_of), m_areas(areas) {}

  /// False when it cannot be followed.
  bool paint(std::string_view text, const Object& resources, const Matrix& ctm, std::size_t depth) {
    const State outer = m_state;
    std::vector<State> saved = std::move(m_saved);
    m_saved.clear();
    m_state = State{};
    m_state.ctm = ctm;
    m_state.clip = outer.clip;
    const bool done = scan_content(text, [&](std::string_view word, const std::vector<Object>& operands) {
      return step(word, operands, resources, depth);
    });
    m_state = outer;
    m_saved = std::move(saved);
    return done;
  }

 private:
  bool step(std::string_view word, const std::vector<Object>& operands, const Object& resources, std::size_t depth) {
    if (++m_steps > kSteps) return false;
    std::array<double, 6> n{};
    std::size_t count = 0;
    for (const Object& operand : operands)
      if (count < n.size() && operand.as_number(n[count])) ++count;
    if (state_operator(word, n) || path_operator(word, n, count)) return !m_lost && m_areas.size() < kAreas;
    if (word == "Tf") return select_font(operands, n, resources);
    if (text_operator(word, n) || show_operator(word, operands, n)) return m_areas.size() < kAreas;
    if (word == "Do") return draw(operands, resources, depth);
    if (word == "gs") return graphics_state(operands, resources);
    if (word == "BI") {
      add(transformed(m_state.ctm, {0, 0, 1, 1}));
    } else if (word == "sh") {
      if (m_state.clip.width() >= kNowhere || m_state.clip.height() >= kNowhere) return false;
      add(m_state.clip);  // fills whatever the clipping lets it
    } else if (word == "g" || word == "rg" || word == "sc" || word == "scn") {
      if (word == "g" || word == "rg") m_state.plain_colours = true;
      m_state.white =
          m_state.plain_colours && count > 0 && count == operands.size() && count != 4 &&
          std::all_of(n.begin(), n.begin() + static_cast<std::ptrdiff_t>(count), [](double v) { return v >= 1; });
    } else if (word == "k") {
      m_state.white = n[0] <= 0 && n[1] <= 0 && n[2] <= 0 && n[3] <= 0;
    } else if (word == "cs") {
      m_state.white = false;
      m_state.plain_colours = is_plain_space(operands, resources);
    }
    return !m_lost;
  }

  /// A resource by the name that is the operand; null when there is none.
  [[nodiscard]] base::Result<Object> resource(const Object& resources, std::string_view kind,
                                              const std::vector<Object>& operands) const {
    const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
    if (name == nullptr || resources.as_dictionary() == nullptr) return Object();
    SEGELL_TRY(const auto list, m_document.get(*resources.as_dictionary(), kind, m_as_of));
    return list.as_dictionary() == nullptr ? Object() : m_document.get(*list.as_dictionary(), *name, m_as_of);
  }

  /// Whether all ones are white in a colour space: of inks, they are the darkest (8.6).
  [[nodiscard]] bool is_plain_space(const std::vector<Object>& operands, const Object& resources) const {
    const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
    if (name == nullptr) return false;
    if (*name == "DeviceGray" || *name == "DeviceRGB") return true;
    const auto held = resource(resources, "ColorSpace", operands);
    const Array* parts = held ? held->as_array() : nullptr;
    const auto family = parts == nullptr || parts->empty() ? held : m_document.resolve(parts->front(), m_as_of);
    const std::string* kind = family ? family->as_name() : nullptr;
    return kind != nullptr && (*kind == "ICCBased" || *kind == "CalGray" || *kind == "CalRGB" ||
                               *kind == "DeviceGray" || *kind == "DeviceRGB");
  }

  /// What of a dictionary of graphics state (8.4.5) says where something is painted. One that brings a font is not
  /// followed.
  bool graphics_state(const std::vector<Object>& operands, const Object& resources) {
    const auto held = resource(resources, "ExtGState", operands);
    const Dictionary* entries = held ? held->as_dictionary() : nullptr;
    if (entries == nullptr) return held.has_value();
    double width = 0;
    const auto stated = m_document.get(*entries, "LW", m_as_of);
    if (stated && stated->as_number(width)) m_state.line_width = std::abs(width);
    if (entries->has("BM"))
      m_state.odd = !entries->is_name("BM", "Normal") && !entries->is_name("BM", "Compatible") &&
                    !entries->is_name("BM", "Multiply") && !entries->is_name("BM", "Darken");
    const auto transfers = [&](std::string_view key) {
      return entries->has(key) && !entries->is_name(key, "Identity") && !entries->is_name(key, "Default");
    };
    m_state.odd = m_state.odd || transfers("TR") || transfers("TR2");
    return !entries->has("Font");
  }

  bool state_operator(std::string_view word, const std::array<double, 6>& n) {
    if (word == "q") {
      m_lost = m_lost || m_saved.size() >= kStates;
      if (!m_lost) m_saved.push_back(m_state);
    } else if (word == "Q") {
      if (!m_saved.empty()) {
        m_state = m_saved.back();
        m_saved.pop_back();
      }
    } else if (word == "cm") {
      m_state.ctm = product({n[0], n[1], n[2], n[3], n[4], n[5]}, m_state.ctm);
    } else if (word == "w") {
      m_state.line_width = std::abs(n[0]);
    } else {
      return false;
    }
    return true;
  }

  void line_to(double x, double y) {
    Box segment;
    segment.add(apply(m_state.ctm, m_at.x, m_at.y));
    segment.add(apply(m_state.ctm, x, y));
    if (m_segments.size() < kAreas) m_segments.push_back(segment.rect);
    m_path.add(apply(m_state.ctm, m_at.x, m_at.y));
    m_path.add(apply(m_state.ctm, x, y));
    m_at = {x, y};
  }

  void curve(const std::array<Point, 3>& points) {
    Box hull;
    hull.add(apply(m_state.ctm, m_at.x, m_at.y));
    for (const Point p : points) hull.add(apply(m_state.ctm, p.x, p.y));
    m_segments.push_back(hull.rect);
    m_path.add({hull.rect.left, hull.rect.bottom});
    m_path.add({hull.rect.right, hull.rect.top});
    m_at = points[2];
  }

  bool path_operator(std::string_view word, const std::array<double, 6>& n, std::size_t count) {
    if (word == "m") {
      m_at = m_start = {n[0], n[1]};
    } else if (word == "l") {
      line_to(n[0], n[1]);
    } else if (word == "c") {
      curve({Point{n[0], n[1]}, Point{n[2], n[3]}, Point{n[4], n[5]}});
    } else if (word == "v" || word == "y") {
      curve({Point{n[0], n[1]}, Point{n[2], n[3]}, Point{n[2], n[3]}});
    } else if (word == "h") {
      line_to(m_start.x, m_start.y);
    } else if (word == "re" && count >= 4) {
      m_at = m_start = {n[0], n[1]};
      line_to(n[0] + n[2], n[1]);
      line_to(n[0] + n[2], n[1] + n[3]);
      line_to(n[0], n[1] + n[3]);
      line_to(n[0], n[1]);
    } else if (word == "f" || word == "F" || word == "f*") {
      fill();
      end_path();
    } else if (word == "S" || word == "s") {
      stroke();
      end_path();
    } else if (word == "B" || word == "B*" || word == "b" || word == "b*") {
      fill();
      stroke();
      end_path();
    } else if (word == "n") {
      end_path();
    } else if (word == "W" || word == "W*") {
      m_clips = true;
    } else {
      return false;
    }
    return true;
  }

  void fill() {
    if ((!m_state.white || m_state.odd) && m_path.any()) add(m_path.rect);
  }
  void stroke() {
    const double scale = std::max(std::hypot(m_state.ctm.a, m_state.ctm.b), std::hypot(m_state.ctm.c, m_state.ctm.d));
    const double wide = std::max(m_state.line_width * scale / 2, 0.1);
    for (const Rect& r : m_segments) add({r.left - wide, r.bottom - wide, r.right + wide, r.top + wide});
  }
  void end_path() {
    if (m_clips && m_path.any()) m_state.clip = common(m_state.clip, m_path.rect);
    m_clips = false;
    m_segments.clear();
    m_path = {};
  }

  bool select_font(const std::vector<Object>& operands, const std::array<double, 6>& n, const Object& resources) {
    m_state.size = n[0];
    m_state.font = nullptr;
    const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
    if (name == nullptr) return true;
    const auto held = resource(resources, "Font", operands);
    const Dictionary* dictionary = held ? held->as_dictionary() : nullptr;
    if (dictionary == nullptr) return true;
    auto font = FontWidths::read(m_document, *dictionary, m_as_of);
    if (!font) return false;
    m_fonts.push_back(std::make_unique<FontWidths>(*std::move(font)));
    m_state.font = m_fonts.back().get();
    return m_fonts.size() < kFormCalls * 4;
  }

  bool text_operator(std::string_view word, const std::array<double, 6>& n) {
    if (word == "BT") {
      m_text = m_line = {};
    } else if (word == "Tm") {
      m_text = m_line = {n[0], n[1], n[2], n[3], n[4], n[5]};
    } else if (word == "Td" || word == "TD") {
      if (word == "TD") m_state.leading = -n[1];
      next_line(n[0], n[1]);
    } else if (word == "T*") {
      next_line(0, -m_state.leading);
    } else if (word == "TL") {
      m_state.leading = n[0];
    } else if (word == "Tc") {
      m_state.spacing = n[0];
    } else if (word == "Tw") {
      m_state.word_spacing = n[0];
    } else if (word == "Tz") {
      m_state.scale = n[0] / 100;
    } else if (word == "Ts") {
      m_state.rise = n[0];
    } else {
      return false;
    }
    return true;
  }

  void next_line(double x, double y) { m_text = m_line = product({1, 0, 0, 1, x, y}, m_line); }

  bool show_operator(std::string_view word, const std::vector<Object>& operands, const std::array<double, 6>& n) {
    if (word == "'" || word == "\"") {
      if (word == "\"") {
        m_state.word_spacing = n[0];
        m_state.spacing = n[1];
      }
      next_line(0, -m_state.leading);
    } else if (word != "Tj" && word != "TJ") {
      return false;
    }
    for (const Object& operand : operands) {
      if (const String* text = operand.as_string()) show(text->octets);
      const Array* pieces = operand.as_array();
      if (pieces == nullptr) continue;
      for (const Object& piece : *pieces) {
        double shift = 0;
        if (const String* text = piece.as_string())
          show(text->octets);
        else if (piece.as_number(shift))
          advance(-shift / 1000 * m_state.size * m_state.scale);
      }
    }
    return true;
  }

  void advance(double x) { m_text = product({1, 0, 0, 1, x, 0}, m_text); }

  [[nodiscard]] double width_of(std::string_view octets) const {
    static const FontWidths kUnknown;
    const FontWidths& font = m_state.font == nullptr ? kUnknown : *m_state.font;
    double width = 0;
    for (std::size_t i = 0; i < octets.size(); i += font.composite() ? 2 : 1) {
      width += font.of(octets.substr(i)) * m_state.size + m_state.spacing;
      if (octets[i] == ' ') width += m_state.word_spacing;
    }
    return width * m_state.scale;
  }

  void show(std::string_view octets) {
    if (octets.find_first_not_of(' ') == std::string_view::npos &&
        (m_state.font == nullptr || !m_state.font->composite())) {
      advance(width_of(octets));
      return;
    }
    const double width = width_of(octets);
    const double size = m_state.size;
    const Rect line{std::min(0.0, width), m_state.rise - kDescent * std::abs(size), std::max(0.0, width),
                    m_state.rise + kAscent * std::abs(size)};
    add(transformed(product(m_text, m_state.ctm), line));
    advance(width);
  }

  bool draw(const std::vector<Object>& operands, const Object& resources, std::size_t depth) {
    const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
    if (name == nullptr || resources.as_dictionary() == nullptr) return true;
    const auto list = m_document.get(*resources.as_dictionary(), "XObject", m_as_of);
    if (!list || list->as_dictionary() == nullptr) return true;
    const auto held = m_document.get(*list->as_dictionary(), *name, m_as_of);
    const Stream* stream = held ? held->as_stream() : nullptr;
    if (stream == nullptr) return held.has_value();
    if (!stream->dictionary.is_name("Subtype", "Form")) {
      add(transformed(m_state.ctm, {0, 0, 1, 1}));
      return true;
    }
    if (depth >= kForms || ++m_calls > kFormCalls) return false;
    const auto text = m_document.decode(*stream, kPaintedOctets);
    if (!text || (m_octets += text->size()) > 2 * kPaintedOctets) return false;
    Matrix matrix;
    if (!read_matrix(m_document, stream->dictionary, m_as_of, matrix)) return false;
    const auto own = m_document.get(stream->dictionary, "Resources", m_as_of);
    const Object& used = own && own->as_dictionary() != nullptr ? *own : resources;
    const Matrix text_before = m_text, line_before = m_line;
    const bool done = paint(base::as_text(*text), used, product(matrix, m_state.ctm), depth + 1);
    m_text = text_before;
    m_line = line_before;
    return done;
  }

  void add(const Rect& area) {
    const bool known =
        std::isfinite(area.left) && std::isfinite(area.right) && std::isfinite(area.bottom) && std::isfinite(area.top);
    const Rect shown = known ? common(area, m_state.clip) : m_state.clip;
    if (shown.width() >= 0 && shown.height() >= 0) m_areas.push_back(shown);
  }

  const Document& m_document;
  RevisionIndex m_as_of;
  std::vector<Rect>& m_areas;
  State m_state;
  std::vector<State> m_saved;
  std::vector<std::unique_ptr<FontWidths>> m_fonts;
  Matrix m_text, m_line;
  Point m_at, m_start;
  Box m_path;
  bool m_lost = false;   ///< states that cannot be followed
  bool m_clips = false;  ///< the path that is being made will clip
  std::vector<Rect> m_segments;
  std::size_t m_calls = 0;
  std::size_t m_steps = 0;
  std::size_t m_octets = 0;  ///< of form objects
};

}  // namespace

bool paint_content(const Document& document, RevisionIndex as_of, std::string_view text, const Object& resources,
                   std::vector<Rect>& areas) {
  return Painter(document, as_of, areas).paint(text, resources, {}, 0);
}

}  // namespace segell::signer::pdf
