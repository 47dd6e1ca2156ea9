#include "pdf/state_look.h"

#include "pdf/colours.h"
#include "pdf/content_operators.h"
#include "pdf/content_path.h"
#include "pdf/plain_form.h"
#include "pdf/saved_states.h"
#include "pdf/text_position.h"

#include <algorithm>
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
constexpr double kOpen = 0.5;             ///< sine between the axes of what is seen
constexpr double kSeenShare = 0.08;       ///< of its bounds, that a mark fills
constexpr double kGroundInset = 2.5;      ///< points that a ground leaves free at each border
constexpr double kShade = 0.15;           ///< of luminance, that nobody takes for a mark
constexpr double kEdge = 3.5;             ///< points from its border in which a frame lies
constexpr double kFrameShare = 0.3;       ///< of a widget's lesser side, that its frame takes from each border
constexpr std::size_t kFramePieces = 16;  ///< of one part of a frame
constexpr double kThick = 4;              ///< points: the thickest line
constexpr double kDarkMark = 0.6;         ///< luminance of a mark, at most
constexpr double kSeenMark = 2;           ///< points: the least height and width of a mark that is seen
constexpr std::size_t kStrokes = 4;       ///< pieces of a mark of lines: two of a cross, two of a check
constexpr std::size_t kCorners = 32;      ///< pieces of a mark that is filled
constexpr double kRoundFrame = 0.55;      ///< of half the widget: what a round frame leaves free
constexpr double kRound = 0.12;           ///< by how much the radius of a circle may differ
constexpr double kGlyphWidth = 0.8, kGlyphHeight = 0.7;  ///< em, of the signs below
/// Check marks and crosses, circle, square, diamond and star of ZapfDingbats (annex D.6).
constexpr std::string_view kSigns = "345678lnuH";

double area_of(const Rect& r) { return std::max(0.0, r.width()) * std::max(0.0, r.height()); }

/// Whether what it transforms keeps some room.
bool is_open(const Matrix& m) {
  return std::abs(m.a * m.d - m.b * m.c) >= kOpen * std::hypot(m.a, m.b) * std::hypot(m.c, m.d);
}

/// A point of a piece of a path, from 0, where it begins, to 1.
Point point_at(char piece, std::span<const Point> points, double t) {
  const Point &from = points.front(), &to = points.back();
  if (piece == 'l') return {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
  const Point& one = piece == 'v' ? from : points[1];
  const Point& two = piece == 'y' ? to : points[points.size() - 2];
  const double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
  return {a * from.x + b * one.x + c * two.x + d * to.x, a * from.y + b * one.y + c * two.y + d * to.y};
}

/// A part of a path, in points from the lower left corner of its widget.
struct Outline {
  std::vector<Point> points;  ///< some between the ends of its pieces, too
  std::vector<Point> ends;    ///< of its pieces alone
  std::size_t pieces = 0;
  bool curves = false, lines = false, rectangle = false;

  explicit Outline(const Subpath& part)
      : points{part.points.front()}, pieces(part.pieces.size()), rectangle(rectangle_of(part).has_value()) {
    part.each([&](char piece, std::span<const Point> along) {
      for (const double t : {0.25, 0.5, 0.75, 1.0}) points.push_back(point_at(piece, along, t));
      ends.push_back(along.back());
      (piece == 'l' ? lines : curves) = true;
    });
  }

  /// Whether it goes twice through a point, so that it may undo itself.
  [[nodiscard]] bool returns() const {
    for (std::size_t i = 0; i < ends.size(); ++i)
      for (std::size_t j = i + 1; j < ends.size(); ++j)
        if (std::hypot(ends[i].x - ends[j].x, ends[i].y - ends[j].y) < 0.01) return true;
    return false;
  }

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

  bool take(const Instruction& in) {
    const std::string_view word = in.word;
    if (m_path.is_torn_by(word)) return false;
    if (const auto kept = m_saved.take(word, m_state)) return *kept;
    if (word == "Tf") return select(in);
    if (word == "Tj" || word == "TJ") return show(in.operands);
    if (const auto chosen = colour_choice(word)) return colour(*chosen, in);
    if (word == "d") m_state.dashed = in.operands.empty() || in.operands.front() != Object(Array{});
    if (!in.only_numbers()) return word == "d" || word == "BMC";
    return path(word, in.numbers) || text(word, in.numbers) ||
           is_any(word, "d", "j", "J", "M", "i", "BMC", "EMC", "ET", "TL");
  }

 private:
  struct State {
    Matrix ctm;
    Rect clip;
    double fill = 0, line = 0;  ///< luminance
    std::size_t components = 1, line_components = 1;
    double width = 1, size = 0;
    bool dashed = false, signs = false;  ///< the latter: the font is one of signs
  };

  /// In a space of the device, with as many numbers as it has.
  bool colour(const ColourChoice& chosen, const Instruction& in) {
    const bool space = chosen.kind == ColourChoice::Kind::space;
    std::size_t& components = chosen.strokes ? m_state.line_components : m_state.components;
    const std::size_t count = space ? device_components(in.name()) : in.numbers.size();
    if (space || chosen.kind == ColourChoice::Kind::device_colour) components = count;
    (chosen.strokes ? m_state.line : m_state.fill) = space ? 0 : luminance(in.numbers);
    return count != 0 && count == components && in.operands.size() == (space ? 1 : count);
  }

  bool path(std::string_view word, const std::vector<double>& n) {
    if (word == "cm" && n.size() == 6) {
      m_state.ctm = product(matrix_of(n), m_state.ctm);
      return is_open(m_state.ctm);
    } else if (word == "w" && n.size() == 1) {
      m_state.width = std::abs(n[0]);
    } else if (word == "W" || word == "W*") {
      m_clips = true;
    } else if (word == "h") {
      close();
    } else if (const auto painting = painting_of(word)) {
      return paint_path(*painting);
    } else if (!m_path.take(word, n, m_state.ctm)) {
      return false;
    }
    return 4 * m_path.last_pieces() + 1 < kPathPoints;
  }

  void close() {
    if (!m_path.is_closed()) m_path.close();
  }

  bool paint_path(const Painting& painting) {
    if (painting.closes) close();
    m_outlines.clear();
    for (const Subpath& part : m_path.finish()) m_outlines.emplace_back(part);
    const bool fits = m_outlines.empty() ||
                      ((!painting.fills || fill(painting.even_odd)) && (!painting.strokes || stroke(painting.fills)));
    if (m_clips) {
      const Box box = bounds();
      m_state.clip = box.any() ? common(m_state.clip, box.rect) : Rect{};
      // what a clip of another form lets through is not known
      if (m_outlines.size() != 1 || m_outlines[0].curves || std::abs(m_outlines[0].area() - area_of(box.rect)) > 0.01)
        m_state.clip = {};
    }
    m_clips = false;
    return fits;
  }

  [[nodiscard]] Box bounds() const {
    Box box;
    for (const Outline& one : m_outlines)
      for (const Point p : one.points) box.add(p);
    return box;
  }

  [[nodiscard]] bool holds(auto predicate) const {
    return std::ranges::all_of(m_outlines,
                               [&](const Outline& one) { return std::ranges::all_of(one.points, predicate); });
  }

  /// All of it beside the border of the widget, each part along half a side at least, and within a share of it with the
  /// line that is half as thick as `width`: no letters, and no mark.
  [[nodiscard]] bool is_frame(double width = 0) const {
    const Rect& box = m_rules.box;
    const double least = std::min(box.width(), box.height());
    const double edge = std::min({kEdge, least / 4, least * kFrameShare - width / 2});
    const auto is_long = [&](const Outline& one) {
      Box part;
      for (const Point p : one.points) part.add(p);
      return one.pieces <= kFramePieces &&
             (part.rect.width() >= box.width() / 2 || part.rect.height() >= box.height() / 2);
    };
    return std::ranges::all_of(m_outlines, is_long) && holds([&](Point p) {
             return std::min({p.x - box.left, box.right - p.x, p.y - box.bottom, box.top - p.y}) <= edge;
           });
  }

  /// Parts of a circle around the middle of the widget.
  [[nodiscard]] std::optional<double> radius() const {
    const Point middle{(m_rules.box.left + m_rules.box.right) / 2, (m_rules.box.bottom + m_rules.box.top) / 2};
    double least = 1e9, most = 0;
    for (const Outline& one : m_outlines) {
      if (one.lines) return std::nullopt;
      for (const Point p : one.points) {
        least = std::min(least, std::hypot(p.x - middle.x, p.y - middle.y));
        most = std::max(most, std::hypot(p.x - middle.x, p.y - middle.y));
      }
    }
    return most - least <= kRound * most ? std::optional(least) : std::nullopt;
  }

  /// A rectangle or a circle over most of the widget, as far as it is not cut off.
  [[nodiscard]] bool is_ground() const {
    const Outline& one = m_outlines.front();
    return m_outlines.size() == 1 && (one.rectangle || radius()) &&
           std::min(one.area(), area_of(common(bounds().rect, m_state.clip))) > area_of(m_rules.box) / 2;
  }

  /// One more shade of it stands in a shape that nobody takes for a mark.
  bool ground() {
    const Rect& box = m_rules.box;
    const Rect at = common(bounds().rect, m_state.clip);
    const double inset = std::max({at.left - box.left, box.right - at.right, at.bottom - box.bottom, box.top - at.top});
    const bool named = m_rules.signed_already || std::abs(*m_rules.ground - m_state.fill) <= kShade;
    const bool shades = m_grounded && std::abs(m_ground - m_state.fill) >= kShade;
    m_ground = m_state.fill;
    m_grounded = true;
    return named || (!shades || inset <= kGroundInset);
  }

  bool fill(bool even_odd) {
    double area = 0;
    for (const Outline& one : m_outlines) area = even_odd ? std::abs(area - one.area()) : area + one.area();
    const bool rim = is_frame() && area <= area_of(m_rules.box) / 2;
    const bool own = m_rules.ground && std::abs(*m_rules.ground - m_state.fill) <= kSameColour;
    if (m_state.fill > kDarkMark || (own && !m_marked && is_ground())) {
      if (!m_rules.ground || m_marked) return false;
      return is_ground() ? ground() : rim || std::abs(m_ground - m_state.fill) < kShade;
    }
    if (rim) {
      m_framed += area;
      return !m_marked && m_framed <= area_of(m_rules.box) / 2;
    }
    const Rect at = bounds().rect;
    return m_outlines.size() == 1 && m_outlines.front().pieces <= kCorners && !m_outlines.front().returns() &&
           area >= kSeenShare * area_of(at) && is_seen(m_state.fill) && mark(at);
  }

  bool stroke(bool filled) {
    const double width = m_state.width * largest_scale(m_state.ctm);
    if (width > kThick || (m_marked && m_state.line > kDarkMark && width > 1)) return false;
    const auto round = radius();
    const double half = std::min(m_rules.box.width(), m_rules.box.height()) / 2;
    if (is_frame(width) || (round && *round - width / 2 >= half * kRoundFrame)) return true;
    if (filled && m_marked) return true;  // the line around what it has just filled
    std::size_t pieces = 0;
    for (const Outline& one : m_outlines) pieces += one.pieces;
    return is_seen(m_state.line) && !m_state.dashed && m_outlines.size() <= 2 && (round || pieces <= kStrokes) &&
           mark(bounds().rect);
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
  bool select(const Instruction& in) {
    const std::string* name = in.operands.size() == 2 ? in.name() : nullptr;
    if (name == nullptr || !in.operands.back().as_number(m_state.size)) return false;
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
    double leading = 0;  // lines that it parts are not followed
    if (is_any(word, "BT", "Td", "TD", "Tm")) return (word != "BT" || n.empty()) && m_text.take(word, n, leading);
    const bool plain = is_any(word, "Tr", "Ts", "Tc", "Tw");
    return n.size() == 1 && ((plain && n[0] == 0) || (word == "Tz" && n[0] == 100));
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
    const Matrix drawn = product(m_text.at(), m_state.ctm);
    return is_open(drawn) && mark(transformed(drawn, {0, 0, kGlyphWidth * m_state.size, kGlyphHeight * m_state.size}));
  }

  const RevisionPair& m_pair;
  RevisionIndex m_as_of;
  const StateRules& m_rules;
  Object m_resources;
  State m_state;
  SavedStates<State> m_saved{kSaved};
  ContentPath m_path;
  std::vector<Outline> m_outlines;  ///< of the path that is painted
  TextPosition m_text;
  double m_ground = 1;  ///< luminance
  double m_framed = 0;  ///< square points
  bool m_clips = false, m_marked = false, m_grounded = false;
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
  const bool fits = stream != nullptr && area_of(rules.box) <= kLargestBox && draws_by_itself(pair, *stream, as_of) &&
                    read_matrix(pair.document, stream->dictionary, as_of, matrix) && is_turned_straight(matrix);
  if (!fits) return Says::other;
  const auto ctm = placed(pair.document, stream->dictionary, rules.box, as_of);
  const auto octets = pair.look_at(*stream, kStateOctets);
  const auto resources = pair.document.get(stream->dictionary, "Resources", as_of);
  if (!ctm || !octets || !resources) return Says::other;
  StateLook state(pair, as_of, rules, *ctm, *resources);
  const bool read = scan_content(base::as_text(*octets), [&](const Instruction& in) { return state.take(in); });
  return read ? state.said() : Says::other;
}

}  // namespace segell::signer::pdf
