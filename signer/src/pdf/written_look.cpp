#include "pdf/written_look.h"

#include "pdf/colours.h"
#include "pdf/content_operators.h"
#include "pdf/content_path.h"
#include "pdf/plain_form.h"
#include "pdf/saved_states.h"
#include "pdf/text_position.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kFrames = 4;      ///< rectangles of ground and frame
constexpr std::size_t kBands = 64;      ///< rectangles of a list's look
constexpr double kEdge = 4;             ///< points from the box within which its frame and the ends of grounds lie
constexpr double kThick = 4;            ///< points: the thickest frame
constexpr double kMargin = 3;           ///< points of the box that a clip cuts off, without the letters
constexpr double kTouching = 0.01;      ///< points: no gap between letters
constexpr double kDark = 0.6;           ///< luminance of letters, at most
constexpr double kReadContrast = 0.3;   ///< of luminance, between letters and their ground
constexpr double kReadLetters = 3;      ///< points, of letters that are read
constexpr double kNarrow = 50;          ///< percent
constexpr double kOverlap = 0.25;       ///< em that a letter may stand over the one before, or beyond the box
constexpr double kOverlapShare = 0.45;  ///< of that one
constexpr double kWordGap = 0.15;       ///< em: a shift that may stand for a blank
constexpr double kLineGap = 0.7;        ///< em between lines
constexpr double kUnevenLine = 0.25;    ///< em by which letters of one line stand higher or lower
constexpr double kDescent = 0.1;        ///< em below the line that grounds leave: of letters' tails most
constexpr double kCutInList = 0.15;     ///< em below the last choice that a list shows
constexpr double kCutLeft = 0.05;       ///< em: less than what is left of any letter
constexpr double kSlant = 0.001;        ///< of letters that stand upright
constexpr double kScale = 2;            ///< how much larger or smaller the page shows an appearance
constexpr double kBandHeight = 2.5;     ///< of letters: the highest ground of one choice
constexpr double kBandContrast = 0.15;  ///< of luminance, between what is chosen and what is not
constexpr double kWideGap = 1;          ///< em: a gap that is one, but in the cells of a comb
constexpr double kEvenSize = 0.7;       ///< of the largest letters, the smallest
constexpr double kEvenColour = 0.15;    ///< of luminance, between letters of a text
constexpr char kMoved = 1, kGap = 2;    ///< in what was written: a blank, or none; a blank, or the cells of a comb

/// The name of a font that nothing gives: readers take their own.
bool is_readers_own(const Object& fonts, const std::string* name) {
  return name != nullptr && !plain_dictionary(fonts).has(*name) && is_any(*name, "Helvetica", "Times-Roman", "Courier");
}

Object fonts_of(const RevisionPair& pair, const Object& resources) {
  return pair.new_entry(plain_dictionary(resources), "Font");
}

/// Letters of a size, one after another, within the box that shows them, on a ground and a frame. Whatever could show
/// them otherwise than they are written ends it.
class Writing {
 public:
  Writing(const RevisionPair& pair, const Stream& look, bool list, const KnownFonts& known)
      : m_pair(pair),
        m_fonts(fonts_of(pair, pair.new_entry(look.dictionary, "Resources"))),
        m_known(known),
        m_list(list) {
    const Object* box = look.dictionary.find("BBox");
    const auto stated = box == nullptr ? base::Result<Rect>(Rect{}) : read_rect(pair.document, *box, pair.now);
    m_fits = stated.has_value() && draws_by_itself(pair, look, pair.now);
    if (stated) m_box = *stated;
    m_inner = m_state.clip = m_box;
  }

  [[nodiscard]] bool fits() const { return m_fits; }

  /// Whether the widget shows the box upright as it is turned, and in about its size (12.5.5, algorithm of appearance
  /// streams).
  [[nodiscard]] bool stands_in(const WidgetPair& widget, const Stream& look) {
    const std::int64_t stated = quarters_stated(widget.now);
    return stands_turned(widget.now, look, stated) || stands_turned(widget.now, look, quarters_before(widget.before));
  }

  [[nodiscard]] WrittenLook take_read() && {
    for (WrittenLine& line : m_read.lines) line.text = text_of(String{line.text});
    return std::move(m_read);
  }

  bool take(const Instruction& in) {
    const std::string_view word = in.word;
    const std::vector<double>& n = in.numbers;
    if (const auto kept = m_saved.take(word, m_state)) return *kept;
    if (word == "Tf") return select(in);
    if (is_any(word, "Tj", "TJ", "'")) return show(in);
    if (const auto chosen = colour_choice(word)) return colour(*chosen, in);
    if (const auto painting = painting_of(word)) return paint(*painting);
    if (!in.only_numbers()) return is_any(word, "d", "BMC", "ri");
    if (word == "W" || word == "W*") return m_clips = true;
    if (is_any(word, "re", "m", "l", "h") && m_path.take(word, n, Matrix{})) return m_drawn = true;
    if (word == "w" && n.size() == 1) m_state.width = std::abs(n[0]);
    return place(word, n) || is_any(word, "ET", "w", "d", "j", "J", "M", "BMC", "EMC", "i", "ri");
  }

 private:
  struct State {
    Rect clip;
    double colour = 0, line = 0;  ///< luminance
    std::size_t components = 1, line_components = 1;
    double width = 1, size = 0, leading = 0, narrow = 1;
    const LookLetters* letters = nullptr;
  };

  /// Quarters of a turn that a widget says it has.
  [[nodiscard]] std::int64_t quarters_stated(const Dictionary& widget) const {
    const Object turned = m_pair.new_entry(plain_dictionary(m_pair.new_entry(widget, "MK")), "R");
    const std::int64_t* degrees = turned.as_integer();
    return ((degrees == nullptr ? 0 : *degrees / 90) % 4 + 4) % 4;
  }

  /// Those by which the widget's look was turned before: what does not say so in /MK is drawn so again.
  [[nodiscard]] std::int64_t quarters_before(const Dictionary& widget) const {
    const Object look = m_pair.old_entry(plain_dictionary(m_pair.old_entry(widget, "AP")), "N");
    Matrix m;
    if (look.as_stream() == nullptr || !read_matrix(m_pair.document, look.as_stream()->dictionary, m_pair.before, m))
      return 0;
    if (m.a == 0 && m.d == 0) return m.b > 0 && m.c < 0 ? 1 : 3;
    return m.a < 0 && m.d < 0 ? 2 : 0;
  }

  bool stands_turned(const Dictionary& widget, const Stream& look, std::int64_t quarters) {
    Matrix matrix;
    const Object place = m_pair.new_entry(widget, "Rect");
    const auto rect = read_rect(m_pair.document, place, m_pair.now);
    if (!rect || !read_matrix(m_pair.document, look.dictionary, m_pair.now, matrix)) return false;
    // the appearance's own axes on the page, turned back
    const std::array<Matrix, 4> back{Matrix{}, Matrix{0, -1, 1, 0, 0, 0}, Matrix{-1, 0, 0, -1, 0, 0},
                                     Matrix{0, 1, -1, 0, 0, 0}};
    const Matrix upright = product(matrix, back[static_cast<std::size_t>(quarters)]);
    const Rect shown = transformed(matrix, m_box);
    const double wide = (rect->right - rect->left) / (shown.right - shown.left);
    const double high = (rect->top - rect->bottom) / (shown.top - shown.bottom);
    const bool across = quarters % 2 == 1;
    const double along = upright.a * (across ? high : wide);
    m_height = upright.d * (across ? wide : high);
    const auto is_fair = [](double scale) { return scale * kScale >= 1 && scale <= kScale; };
    return std::abs(upright.b) < kSlant && std::abs(upright.c) < kSlant && is_fair(along) && is_fair(m_height);
  }

  bool select(const Instruction& in) {
    if (in.operands.size() != 2 || in.name() == nullptr || !in.operands.back().as_number(m_state.size)) return false;
    auto font = m_read_fonts.find(*in.name());
    if (font == m_read_fonts.end()) {
      const auto letters = LookLetters::of(m_pair, m_fonts, in.name(), m_known);
      if (!letters) return false;
      font = m_read_fonts.emplace(*in.name(), *letters).first;
    }
    m_state.letters = &font->second;
    return true;
  }

  /// In a space of the device, with as many numbers as it has.
  bool colour(const ColourChoice& chosen, const Instruction& in) {
    const bool space = chosen.kind == ColourChoice::Kind::space;
    std::size_t& components = chosen.strokes ? m_state.line_components : m_state.components;
    const std::size_t count = space ? device_components(in.name()) : in.numbers.size();
    if (space || chosen.kind == ColourChoice::Kind::device_colour) components = count;
    (chosen.strokes ? m_state.line : m_state.colour) = space ? 0 : luminance(in.numbers);
    return count != 0 && count == components && (space || in.only_numbers());
  }

  /// A ground, a frame or a clip. Nothing is painted over letters.
  bool paint(const Painting& painting) {
    const bool clips = std::exchange(m_clips, false);
    m_drawn = false;
    std::vector<Rect> parts;
    for (const Subpath& part : m_path.finish()) {
      const auto rectangle = rectangle_of(part);
      if (!rectangle || (painting.strokes && !painting.closes && part.points.size() != 5)) return false;
      parts.push_back(*rectangle);
    }
    m_frames += parts.size();
    const bool paints = (painting.fills || painting.strokes) && !parts.empty();
    if (m_frames > (m_list ? kBands : kFrames) || (paints && !stand_below_lines(parts))) return false;
    // of several parts the even-odd rule leaves holes, and some turn the other way round
    if (parts.size() > 1 && (clips || (painting.fills && (!m_list || overlap(parts))))) return false;
    if (painting.fills && !std::ranges::all_of(parts, [&](const Rect& part) { return fill(part); })) return false;
    if (painting.strokes && !std::ranges::all_of(parts, [&](const Rect& part) { return frame(part); })) return false;
    if (!clips || parts.empty()) return true;
    m_state.clip = common(m_state.clip, parts.front());
    return lies_at_edges(m_state.clip, kMargin);
  }

  static bool overlap(const std::vector<Rect>& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (std::size_t j = i + 1; j < parts.size(); ++j)
        if (const Rect both = common(parts[i], parts[j]); both.width() > kTouching && both.height() > kTouching)
          return true;
    return false;
  }

  /// In a list the ground of the next line, over none that is written; elsewhere nothing comes behind letters.
  [[nodiscard]] bool stand_below_lines(const std::vector<Rect>& parts) const {
    return m_read.lines.empty() || (m_list && std::ranges::all_of(parts, [&](const Rect& part) {
                                      return part.top <= m_last.y - kDescent * m_largest;
                                    }));
  }

  /// All sides about where those of the box are.
  [[nodiscard]] bool lies_at_edges(const Rect& part, double edge) const {
    const auto from_left = part.left - m_box.left, from_right = m_box.right - part.right;
    return from_left <= edge && from_right <= edge && part.bottom - m_box.bottom <= edge &&
           m_box.top - part.top <= edge;
  }

  /// The ground of all; of a list, the choices that are made have a ground of their own.
  bool fill(const Rect& part) {
    const bool across = part.left - m_box.left <= kEdge && m_box.right - part.right <= kEdge;
    if (!across || (!m_list && (m_state.colour <= kDark || !lies_at_edges(part, kEdge)))) return false;
    m_read.ground = true;
    m_grounds.emplace_back(part, m_state.colour);
    return true;
  }

  bool frame(const Rect& part) {
    const double edge = std::min(kEdge, std::min(m_box.width(), m_box.height()) / 4);
    const auto is_near = [&](double a, double b) { return std::abs(a - b) <= edge; };
    if (m_state.width > kThick || !is_near(part.left, m_box.left) || !is_near(part.right, m_box.right) ||
        !is_near(part.bottom, m_box.bottom) || !is_near(part.top, m_box.top))
      return false;
    const double half = m_state.width / 2;
    if (m_state.line > kDark)
      m_read.ground = true;  // it covers what lies below
    else
      m_inner = common(m_inner, {part.left + half, part.bottom + half, part.right - half, part.top - half});
    return true;
  }

  /// What letters stand on, and whether that marks a choice.
  [[nodiscard]] std::pair<double, bool> ground_of(Point at) const {
    std::pair<double, bool> out{1, false};
    double all = 1;
    const double middle = at.y + m_state.size / 4;
    for (const auto& [area, colour] : m_grounds) {
      if (middle < area.bottom || middle > area.top) continue;
      const bool band = area.height() <= kBandHeight * m_state.size && area.height() < m_box.height() - kMargin;
      if (!band) all = colour;
      out = {colour, std::abs(colour - all) >= kBandContrast};
    }
    return out;
  }

  bool place(std::string_view word, const std::vector<double>& n) {
    constexpr std::array kUpright{1.0, 0.0, 0.0, 1.0, 0.0, 0.0};
    if (word == "cm") return std::ranges::equal(n, kUpright);
    if (word == "Tm" && !(n.size() == 6 && std::equal(n.begin(), n.begin() + 4, kUpright.begin()))) return false;
    if (m_text.take(word, n, m_state.leading)) return true;
    if (is_any(word, "Tr", "Ts", "Tc", "Tw")) return n.size() == 1 && n[0] == 0;
    if (word != "Tz" || n.size() != 1 || n[0] < kNarrow || n[0] > 100) return false;
    m_state.narrow = n[0] / 100;
    return true;
  }

  [[nodiscard]] Point at() const { return {m_text.at().e, m_text.at().f}; }

  /// Letters of about one size and, but in a list, of about one colour.
  bool is_even() {
    const double size = m_state.size;
    m_smallest = m_largest == 0 ? size : std::min(m_smallest, size);
    if (m_largest == 0) m_first_colour = m_state.colour;
    m_largest = std::max(m_largest, size);
    return m_smallest >= kEvenSize * m_largest && (m_list || std::abs(m_first_colour - m_state.colour) <= kEvenColour);
  }

  void gap(double width) {
    if (width > kTouching) add(width > kWideGap * m_state.size ? kGap : kMoved);
  }

  /// On, or on a line below.
  bool begin(bool marked) {
    const Point from = at();
    const double size = m_state.size;
    const bool below = m_read.lines.empty() || from.y < m_last.y - kLineGap * size;
    if (!below && std::abs(from.y - m_last.y) > kUnevenLine * size) return false;
    if (below) {
      m_read.lines.push_back({"\xFE\xFF", marked});
      m_last = from;
    } else {
      gap(from.x - m_last.x);
    }
    return true;
  }

  bool show(const Instruction& in) {
    if (in.word == "'") m_text.next_line(m_state.leading);
    const auto [ground, marked] = ground_of(at());
    const bool read = std::abs(ground - m_state.colour) >= kReadContrast && (m_list || m_state.colour <= kDark);
    if (!read || m_drawn || m_state.letters == nullptr || m_state.size * m_height < kReadLetters) return false;
    if (!is_even() || !begin(marked)) return false;
    if (const std::uint32_t own = m_state.letters->own_shapes(); own != 0) m_read.fonts.insert(own);
    for (const Object* part : shown_parts(in)) {
      double shift = 0;
      if (const String* shown = part->as_string()) {
        if (!std::ranges::all_of(shown->octets, [&](char c) { return write(static_cast<unsigned char>(c)); }))
          return false;
      } else if (!part->as_number(shift) || shift > kOverlap * 1000) {
        return false;
      } else {
        const double move = -shift / 1000 * m_state.size * m_state.narrow;
        m_text.advance(move);
        if (-shift >= kWordGap * 1000) gap(move);
      }
    }
    return true;
  }

  bool write(unsigned char code) {
    const LookLetters::Letter& letter = m_state.letters->letter(code);
    const Point from = at();
    const double size = m_state.size;
    // shifts add up
    if (letter.point == 0 || from.x < m_last.x - std::min(kOverlap * size, m_last_room)) return false;
    m_text.advance(letter.width * size * m_state.narrow);
    m_last_room = letter.point == ' ' ? kOverlap * size : kOverlapShare * (at().x - from.x);
    m_last.x = at().x;
    add(static_cast<char>(letter.point >> 8U), static_cast<char>(letter.point & 0xFFU));
    const Rect& clip = m_state.clip;
    const double below = m_list ? -kCutInList : letter.below;
    return letter.point == ' ' || (from.x >= std::max(clip.left, m_inner.left - 1) - kCutLeft * size &&
                                   m_last.x <= clip.right + kOverlap * size && from.y - below * size >= clip.bottom &&
                                   from.y + letter.above * size <= clip.top);
  }

  void add(char low) { add(0, low); }
  void add(char high, char low) { (m_read.lines.back().text += high) += low; }

  const RevisionPair& m_pair;
  Object m_fonts;
  const KnownFonts& m_known;
  Rect m_box, m_inner;  ///< the latter within dark frames
  bool m_fits = false, m_list = false;
  bool m_drawn = false, m_clips = false;  ///< a path that is not yet ended
  State m_state;
  SavedStates<State> m_saved{kLookOctets};
  ContentPath m_path;
  std::vector<std::pair<Rect, double>> m_grounds;
  double m_height = 1;
  TextPosition m_text;
  double m_smallest = 0, m_largest = 0, m_first_colour = 0;
  Point m_last;            ///< where the last letter ends, on its line
  double m_last_room = 0;  ///< that the next may take of it
  std::size_t m_frames = 0;
  std::map<std::string, LookLetters> m_read_fonts;
  WrittenLook m_read;
};

}  // namespace

bool says_words(std::string_view written, std::string_view meant, bool comb) {
  const auto is_blank = [](char c) { return std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos; };
  std::size_t i = 0, j = 0;
  bool begins = true;
  while (true) {
    bool blank = false, moved = false, parted = false, wrapped = false;
    for (; i < written.size() && (is_blank(written[i]) || written[i] == kMoved || written[i] == kGap); ++i)
      (written[i] == kMoved || (comb && written[i] == kGap) ? moved : blank) = true;
    for (; j < meant.size() && is_blank(meant[j]); ++j) (meant[j] == ' ' ? parted : wrapped) = true;
    const bool ends = i == written.size() || j == meant.size();
    if (ends) return i == written.size() && j == meant.size();
    if (!std::exchange(begins, false) && ((parted && !blank && !moved) || (blank && !parted && !wrapped))) return false;
    if (written[i++] != meant[j++]) return false;
  }
}

bool writes_plainly(const RevisionPair& pair, const Object& style, const Object& resources, bool button) {
  const String* text = style.as_string();
  const Object fonts = fonts_of(pair, resources);
  const KnownFonts known{true, {}};
  bool font = false;
  const bool read =
      text != nullptr && scan_content(text->octets, [&](const Instruction& in) {
        const std::vector<double>& n = in.numbers;
        if (in.word == "Tf") {
          font = in.operands.size() == 2 && n.size() == 1 && (n[0] == 0 || n[0] >= kReadLetters) &&
                 (button || LookLetters::of(pair, fonts, in.name(), known) || is_readers_own(fonts, in.name()));
          return font;
        }
        return is_any(in.word, "g", "rg", "k") && in.only_numbers() && luminance(n) <= kDark;
      });
  return read && font;
}

std::optional<WrittenLook> read_written(const RevisionPair& pair, const Stream& look, bool list,
                                        const WidgetPair* widget, const KnownFonts& known) {
  const auto octets = pair.look_at(look, kLookOctets);
  if (!octets) return std::nullopt;
  Writing writing(pair, look, list, known);
  if (!writing.fits() || (widget != nullptr && !writing.stands_in(*widget, look)) ||
      !scan_content(base::as_text(*octets), [&](const Instruction& in) { return writing.take(in); }))
    return std::nullopt;
  return std::move(writing).take_read();
}

}  // namespace segell::signer::pdf
