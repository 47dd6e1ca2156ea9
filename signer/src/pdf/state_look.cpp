#include "pdf/state_look.h"

#include "pdf/colours.h"
#include "pdf/content_scan.h"
#include "pdf/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kStateOctets = 64U << 10U;
constexpr std::size_t kSaved = 16;        ///< graphics states
constexpr std::size_t kPathPoints = 500;  ///< of one path
constexpr double kLargestBox = 2000;      ///< square points: of a widget whose marks cover nothing that matters
constexpr double kContrast = 0.3;         ///< of luminance, between a mark and its ground
constexpr double kSameColour = 0.02;
constexpr double kEdge = 3.5;                            ///< points from its border in which a frame lies
constexpr double kThick = 4;                             ///< points: the thickest line
constexpr double kDarkMark = 0.6;                        ///< luminance of a mark, at most
constexpr double kSeenMark = 2;                          ///< points: the least height and width of a mark that is seen
constexpr std::size_t kStrokes = 4;                      ///< pieces of a mark of lines: two of a cross, two of a check
constexpr std::size_t kCorners = 32;                     ///< pieces of a mark that is filled
constexpr double kRound = 0.12;                          ///< by how much the radius of a circle may differ
constexpr double kGlyphWidth = 0.8, kGlyphHeight = 0.7;  ///< em, of the signs below
/// Check marks and crosses, circle, square, diamond and star of ZapfDingbats (annex D.6).
constexpr std::string_view kSigns = "345678lnuH";

constexpr std::array kHarmlessInState{std::string_view("d"),   std::string_view("j"),  std::string_view("J"),
                                      std::string_view("M"),   std::string_view("i"),  std::string_view("BMC"),
                                      std::string_view("EMC"), std::string_view("ET"), std::string_view("TL")};

double area_of(const Rect& r) { return std::max(0.0, r.width()) * std::max(0.0, r.height()); }

/// A part of a path, in points from the lower left corner of its widget.
struct Outline {
  std::vector<Point> points;  ///< some between the ends of its pieces, too
  std::size_t pieces = 0;
  bool curves = false, lines = false;

  [[nodiscard]] double area() const {
    double twice = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point a = points[i], b = points[(i + 1) % points.size()];
      twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
  }
};

/// Follows the drawing of one state. Whatever may show something else than a mark, a frame and a ground ends it.
class StateLook {
 public:
  StateLook(const RevisionPair& pair, RevisionIndex as_of, const StateRules& rules, const Matrix& ctm, Object resources)
      : m_pair(pair), m_as_of(as_of), m_rules(rules), m_resources(std::move(resources)) {
    m_state.ctm = ctm;
    m_state.clip = rules.box;
  }

  [[nodiscard]] Says said() const { return m_marked ? Says::mark : Says::nothing; }

  bool take(std::string_view word, const std::vector<Object>& operands) {
    std::vector<double> n;
    for (const Object& operand : operands)
      if (double number = 0; operand.as_number(number)) n.push_back(number);
    const bool numbers = n.size() == operands.size();
    if (word == "q") m_saved.push_back(m_state);
    if (word == "Q" && !m_saved.empty()) {
      m_state = m_saved.back();
      m_saved.pop_back();
    }
    if (word == "q" || word == "Q") return m_saved.size() <= kSaved;
    if (word == "Tf") return select(operands);
    if (word == "Tj" || word == "TJ") return show(operands);
    if (word == "cs" || word == "CS") return space(operands);
    if (!numbers) return word == "d" || word == "BMC";
    return colour(word, n) || path(word, n) || text(word, n) ||
           std::ranges::find(kHarmlessInState, word) != kHarmlessInState.end();
  }

 private:
  struct State {
    Matrix ctm;
    Rect clip;
    double fill = 0, line = 0;  ///< luminance
    double width = 1, size = 0;
    bool signs = false;  ///< the font is one of signs
  };

  bool space(const std::vector<Object>& operands) {
    const std::string* name = operands.size() == 1 ? operands.front().as_name() : nullptr;
    m_state.fill = m_state.line = 0;
    return name != nullptr && (*name == "DeviceGray" || *name == "DeviceRGB" || *name == "DeviceCMYK");
  }

  bool colour(std::string_view word, const std::vector<double>& n) {
    const bool fills = word == "g" || word == "rg" || word == "k" || word == "sc" || word == "scn";
    const bool lines = word == "G" || word == "RG" || word == "K" || word == "SC" || word == "SCN";
    if ((!fills && !lines) || (n.size() != 1 && n.size() != 3 && n.size() != 4)) return false;
    (fills ? m_state.fill : m_state.line) = luminance(n);
    return true;
  }

  bool path(std::string_view word, const std::vector<double>& n) {
    if (word == "cm" && n.size() == 6) {
      m_state.ctm = product({n[0], n[1], n[2], n[3], n[4], n[5]}, m_state.ctm);
    } else if (word == "w" && n.size() == 1) {
      m_state.width = std::abs(n[0]);
    } else if (word == "m" && n.size() == 2) {
      begin(n[0], n[1]);
    } else if (word == "l" && n.size() == 2) {
      line_to({n[0], n[1]});
    } else if (word == "c" && n.size() == 6) {
      curve({n[0], n[1]}, {n[2], n[3]}, {n[4], n[5]});
    } else if (word == "v" && n.size() == 4) {
      curve(m_at, {n[0], n[1]}, {n[2], n[3]});
    } else if (word == "y" && n.size() == 4) {
      curve({n[0], n[1]}, {n[2], n[3]}, {n[2], n[3]});
    } else if (word == "re" && n.size() == 4) {
      begin(n[0], n[1]);
      for (const Point p : {Point{n[0] + n[2], n[1]}, Point{n[0] + n[2], n[1] + n[3]}, Point{n[0], n[1] + n[3]}})
        line_to(p);
      close();
    } else if (word == "h") {
      close();
    } else if (word == "W" || word == "W*") {
      m_clips = true;
    } else {
      return paints(word);
    }
    return m_path.empty() || m_path.back().points.size() < kPathPoints;
  }

  void begin(double x, double y) {
    m_at = m_start = {x, y};
    m_path.emplace_back();
    m_path.back().points.push_back(apply(m_state.ctm, x, y));
  }

  void line_to(Point to) {
    if (m_path.empty()) begin(m_at.x, m_at.y);
    for (const double t : {0.25, 0.5, 0.75, 1.0})
      m_path.back().points.push_back(apply(m_state.ctm, m_at.x + t * (to.x - m_at.x), m_at.y + t * (to.y - m_at.y)));
    m_path.back().lines = true;
    ++m_path.back().pieces;
    m_at = to;
  }

  void close() {
    if (!m_path.empty() && (m_at.x != m_start.x || m_at.y != m_start.y)) line_to(m_start);
  }

  void curve(Point one, Point two, Point end) {
    if (m_path.empty()) begin(m_at.x, m_at.y);
    for (const double t : {0.25, 0.5, 0.75, 1.0}) {
      const double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
      m_path.back().points.push_back(apply(m_state.ctm, a * m_at.x + b * one.x + c * two.x + d * end.x,
                                           a * m_at.y + b * one.y + c * two.y + d * end.y));
    }
    m_path.back().curves = true;
    ++m_path.back().pieces;
    m_at = end;
  }

  bool paints(std::string_view word) {
    const bool both = word == "B" || word == "B*" || word == "b" || word == "b*";
    const bool fills = both || word == "f" || word == "F" || word == "f*";
    const bool strokes = both || word == "S" || word == "s";
    if (!fills && !strokes && word != "n") return false;
    if (word == "s" || word == "b" || word == "b*") close();
    std::erase_if(m_path, [](const Outline& one) { return one.pieces == 0; });
    const bool fits = m_path.empty() || ((!fills || fill(word)) && (!strokes || stroke(both)));
    if (m_clips) {
      Box box = bounds();
      m_state.clip = box.any() ? common(m_state.clip, box.rect) : Rect{};
      // what a clip of another form lets through is not known
      if (m_path.size() != 1 || m_path.front().curves || std::abs(m_path.front().area() - area_of(box.rect)) > 0.01)
        m_state.clip = {};
    }
    m_clips = false;
    m_path.clear();
    return fits;
  }

  [[nodiscard]] Box bounds() const {
    Box box;
    for (const Outline& one : m_path)
      for (const Point p : one.points) box.add(p);
    return box;
  }

  [[nodiscard]] bool holds(auto predicate) const {
    return std::ranges::all_of(m_path, [&](const Outline& one) { return std::ranges::all_of(one.points, predicate); });
  }

  /// All of it beside the border of the widget.
  [[nodiscard]] bool is_frame() const {
    const Rect& box = m_rules.box;
    const double edge = std::min(kEdge, std::min(box.width(), box.height()) / 4);
    return holds([&](Point p) {
      return std::min({p.x - box.left, box.right - p.x, p.y - box.bottom, box.top - p.y}) <= edge;
    });
  }

  /// Parts of a circle around the middle of the widget.
  [[nodiscard]] std::optional<double> radius() const {
    const Point middle{(m_rules.box.left + m_rules.box.right) / 2, (m_rules.box.bottom + m_rules.box.top) / 2};
    double least = 1e9, most = 0;
    for (const Outline& one : m_path) {
      if (one.lines) return std::nullopt;
      for (const Point p : one.points) {
        least = std::min(least, std::hypot(p.x - middle.x, p.y - middle.y));
        most = std::max(most, std::hypot(p.x - middle.x, p.y - middle.y));
      }
    }
    return most - least <= kRound * most ? std::optional(least) : std::nullopt;
  }

  /// Over most of the widget.
  [[nodiscard]] bool is_ground() const {
    return m_path.size() == 1 && m_path.front().area() > area_of(m_rules.box) / 2;
  }

  bool fill(std::string_view word) {
    const bool own = m_rules.ground && std::abs(*m_rules.ground - m_state.fill) <= kSameColour;
    if (m_state.fill > kDarkMark || (own && !m_marked && is_ground())) {
      m_ground = m_state.fill;
      return m_rules.ground && !m_marked;
    }
    double area = 0;
    for (const Outline& one : m_path) area = word.ends_with('*') ? std::abs(area - one.area()) : area + one.area();
    if (is_frame() && area <= area_of(m_rules.box) / 2) return !m_marked;
    return m_path.size() == 1 && m_path.front().pieces <= kCorners && is_seen(m_state.fill) && mark(bounds().rect);
  }

  bool stroke(bool filled) {
    const Matrix& m = m_state.ctm;
    if (m_state.width * std::max(std::hypot(m.a, m.b), std::hypot(m.c, m.d)) > kThick) return false;
    const auto round = radius();
    const double half = std::min(m_rules.box.width(), m_rules.box.height()) / 2;
    if (is_frame() || (round && *round >= half / 2)) return true;
    if (filled && m_marked) return true;  // the line around what it has just filled
    std::size_t pieces = 0;
    for (const Outline& one : m_path) pieces += one.pieces;
    return is_seen(m_state.line) && m_path.size() <= 2 && (round || pieces <= kStrokes) && mark(bounds().rect);
  }

  [[nodiscard]] bool is_seen(double colour) const { return colour <= std::min(kDarkMark, m_ground - kContrast); }

  /// One is all that a state may show, and it is seen.
  bool mark(const Rect& at) {
    const Rect seen = common(at, m_state.clip);
    const bool shown = seen.width() >= kSeenMark && seen.height() >= kSeenMark &&
                       area_of(seen) >= std::min(area_of(m_rules.box) / 5, area_of(at) / 2);
    return shown && !std::exchange(m_marked, true);
  }

  /// A font whose signs are known.
  bool select(const std::vector<Object>& operands) {
    const std::string* name = operands.size() == 2 ? operands.front().as_name() : nullptr;
    if (name == nullptr || !operands.back().as_number(m_state.size)) return false;
    const auto fonts = m_pair.document.get(plain_dictionary(m_resources), "Font", m_as_of);
    const Object* held = fonts ? plain_dictionary(*fonts).find(*name) : nullptr;
    const auto font = held == nullptr ? base::Result<Object>(Object()) : m_pair.document.resolve(*held, m_as_of);
    if (!font) return false;
    const Dictionary& entries = plain_dictionary(*font);
    const Ref* ref = held == nullptr ? nullptr : held->as_reference();
    const bool own = entries.has("FontDescriptor") || entries.has("Encoding") || !entries.is_name("Subtype", "Type1");
    const bool known = ref != nullptr && m_rules.fonts->contains(ref->number);
    m_state.signs = entries.is_name("BaseFont", "ZapfDingbats") && (!own || known);
    return true;
  }

  bool text(std::string_view word, const std::vector<double>& n) {
    if (word == "BT" && n.empty()) {
      m_text = m_line = {};
    } else if ((word == "Td" || word == "TD") && n.size() == 2) {
      m_text = m_line = product({1, 0, 0, 1, n[0], n[1]}, m_line);
    } else if (word == "Tm" && n.size() == 6) {
      m_text = m_line = {n[0], n[1], n[2], n[3], n[4], n[5]};
    } else {
      const bool state = word == "Tr" || word == "Ts" || word == "Tc" || word == "Tw";
      return n.size() == 1 && ((state && n[0] == 0) || (word == "Tz" && n[0] == 100));
    }
    return true;
  }

  bool show(const std::vector<Object>& operands) {
    const Object* shown = operands.size() == 1 ? &operands.front() : nullptr;
    if (shown != nullptr && shown->as_array() != nullptr)
      shown = shown->as_array()->size() == 1 ? &shown->as_array()->front() : nullptr;
    const String* sign = shown == nullptr ? nullptr : shown->as_string();
    if (sign == nullptr) return false;
    if (sign->octets.empty()) return true;
    const bool known = m_rules.signed_already || (m_state.signs && kSigns.find(sign->octets[0]) != std::string::npos);
    if (sign->octets.size() != 1 || !known || !is_seen(m_state.fill)) return false;
    return mark(
        transformed(product(m_text, m_state.ctm), {0, 0, kGlyphWidth * m_state.size, kGlyphHeight * m_state.size}));
  }

  const RevisionPair& m_pair;
  RevisionIndex m_as_of;
  const StateRules& m_rules;
  Object m_resources;
  State m_state;
  std::vector<State> m_saved;
  std::vector<Outline> m_path;
  Point m_at, m_start;
  Matrix m_text, m_line;
  double m_ground = 1;  ///< luminance
  bool m_clips = false, m_marked = false;
};

/// By quarters of a turn, and not mirrored; how large it is does not matter (12.5.5).
bool is_turned_straight(const Matrix& m) {
  return (m.b == 0 && m.c == 0 && m.a * m.d > 0) || (m.a == 0 && m.d == 0 && m.b * m.c < 0);
}

}  // namespace

Says state_says(const RevisionPair& pair, const Object& look, RevisionIndex as_of, const StateRules& rules) {
  if (look.is_null()) return Says::nothing;
  const Stream* stream = look.as_stream();
  Matrix matrix;
  const bool fits = stream != nullptr && area_of(rules.box) <= kLargestBox && !stream->dictionary.has("OC") &&
                    read_matrix(pair.document, stream->dictionary, as_of, matrix) && is_turned_straight(matrix);
  if (!fits) return Says::other;
  const auto ctm = placed(pair.document, stream->dictionary, rules.box, as_of);
  const auto octets = pair.look_at(*stream, kStateOctets);
  const auto resources = pair.document.get(stream->dictionary, "Resources", as_of);
  if (!ctm || !octets || !resources) return Says::other;
  StateLook state(pair, as_of, rules, *ctm, *resources);
  const bool read = scan_content(
      base::as_text(*octets), [&](std::string_view word, const auto& operands) { return state.take(word, operands); });
  return read ? state.said() : Says::other;
}

}  // namespace segell::signer::pdf
