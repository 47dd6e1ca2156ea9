#include "pdf/written_look.h"

#include "pdf/colours.h"
#include "pdf/content_operators.h"
#include "pdf/geometry.h"
#include "pdf/saved_states.h"
#include "pdf/text_position.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kFrames = 4;      ///< rectangles of ground and frame
constexpr double kMargin = 3;           ///< points
constexpr double kDark = 0.6;           ///< luminance of letters, at most
constexpr double kReadLetters = 3;      ///< points, of letters that are read
constexpr double kNarrow = 50;          ///< percent
constexpr double kKerning = 250;        ///< thousandths of an em, backwards
constexpr double kLetter = 0.2;         ///< em: the narrowest that letters are
constexpr double kDescent = 0.1;        ///< em below the line that grounds leave: of letters' tails most
constexpr double kCapital = 0.7;        ///< em: how high letters stand
constexpr double kCut = 0.15;           ///< em that a box cuts off above and below: no letter becomes another
constexpr double kCutAnyway = 1;        ///< points: of small letters
constexpr double kSlant = 0.001;        ///< of letters that stand upright
constexpr double kScale = 2;            ///< how much larger or smaller the page shows an appearance
constexpr std::size_t kBands = 64;      ///< rectangles of a list's look
constexpr double kBandHeight = 2.5;     ///< of letters: the highest ground of one choice
constexpr double kBandContrast = 0.15;  ///< of luminance, between what is chosen and what is not
constexpr double kReadContrast = 0.3;   ///< between letters and their ground

/// Keys by which a font brings letters or widths of its own.
constexpr std::array kOwnLetters{std::string_view("FontDescriptor"), std::string_view("Widths"),
                                 std::string_view("ToUnicode")};

/// What codes of a font are known to look as they say: those of ASCII, or the upper half of Latin-1 too, in which
/// WinAnsiEncoding and PDFDocEncoding agree (annex D).
enum class Letters { unknown, ascii, latin };

/// The name of a font that nothing gives: readers take their own.
bool is_readers_own(const Object& fonts, const std::string* name) {
  return name != nullptr && !plain_dictionary(fonts).has(*name) && is_any(*name, "Helvetica", "Times-Roman", "Courier");
}

Object fonts_of(const RevisionPair& pair, const Object& resources) {
  return pair.new_entry(plain_dictionary(resources), "Font");
}

/// Of a font of every reader's own, or of one that the form had before and that is no alphabet of signs.
Letters letters_of(const RevisionPair& pair, const Object& fonts, const std::string* name) {
  const Object* held = name == nullptr ? nullptr : plain_dictionary(fonts).find(*name);
  if (held == nullptr) return Letters::unknown;
  const auto font = pair.document.resolve(*held, pair.now);
  if (!font) return Letters::unknown;
  const Dictionary& entries = plain_dictionary(*font);
  const std::string* base = entries.name("BaseFont");
  if (base == nullptr || base->find("Symbol") != std::string::npos || base->find("Dingbats") != std::string::npos)
    return Letters::unknown;
  const Object encoding = pair.new_entry(entries, "Encoding");
  const std::string* table = encoding.as_name();
  const bool latin = table != nullptr && (*table == "WinAnsiEncoding" || *table == "PDFDocEncoding");
  const Letters letters = latin || encoding.as_dictionary() != nullptr ? Letters::latin : Letters::ascii;
  if (const Ref* ref = held->as_reference(); ref != nullptr && pair.existed(ref->number)) return letters;
  const bool known = encoding.is_null() || (table != nullptr && is_any(*table, "WinAnsiEncoding", "MacRomanEncoding",
                                                                       "StandardEncoding", "PDFDocEncoding"));
  const bool plain = known && (entries.is_name("Subtype", "Type1") || entries.is_name("Subtype", "TrueType")) &&
                     std::ranges::none_of(kOwnLetters, [&](std::string_view key) { return entries.has(key); });
  return plain ? letters : Letters::unknown;
}

/// Letters of a size, one after another, within the box that shows them. Whatever could show them otherwise than they
/// are written ends it.
class Writing {
 public:
  Writing(const RevisionPair& pair, const Stream& look, bool list)
      : m_pair(pair), m_fonts(fonts_of(pair, pair.new_entry(look.dictionary, "Resources"))), m_list(list) {
    const Object* box = look.dictionary.find("BBox");
    const auto stated = box == nullptr ? base::Result<Rect>(Rect{}) : read_rect(pair.document, *box, pair.now);
    m_fits = stated.has_value() && !look.dictionary.has("OC");
    if (stated) m_box = *stated;
  }

  [[nodiscard]] bool fits() const { return m_fits; }

  /// Whether the widget shows the box upright as it is turned, and in about its size (12.5.5, algorithm of appearance
  /// streams).
  [[nodiscard]] bool stands_in(const WidgetPair& widget, const Stream& look) {
    const std::int64_t stated = quarters_stated(widget.now);
    return stands_turned(widget.now, look, stated) || stands_turned(widget.now, look, quarters_before(widget.before));
  }

  [[nodiscard]] WrittenLook take_read() && { return std::move(m_read); }

  bool take(const Instruction& in) {
    const std::string_view word = in.word;
    const std::vector<double>& n = in.numbers;
    if (word == "Tf") {
      m_size = n.empty() ? 0 : n.back();
      m_letters = letters_of(m_pair, m_fonts, in.name());
      return m_letters != Letters::unknown;
    }
    if (is_any(word, "Tj", "TJ", "'")) return show(in);
    if (word == "re")
      return ++m_frames <= (m_list ? kBands : kFrames) && in.only_numbers() && n.size() == 4 && frame(n) &&
             stands_below_lines();
    if (is_any(word, "m", "l", "h")) return corner(word, n);
    if (!m_corners.empty()) return false;  // a path that is no rectangle
    if (word == "W" || word == "W*") return holds_most(m_frame);
    if (const auto chosen = colour_choice(word)) return colour(*chosen, in);
    if (const auto kept = m_saved.take(word, m_colour)) return *kept;
    if (const auto painting = painting_of(word)) {
      // B* and b* are nothing that writers of fields are known to say
      const bool known = !painting->fills || (!(painting->strokes && painting->even_odd) && fill());
      m_path.clear();
      return known;
    }
    return (in.only_numbers() && place(word, n)) ||
           is_any(word, "ET", "w", "d", "j", "J", "M", "BMC", "EMC", "i", "ri");
  }

 private:
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

  // four corners, one after another
  bool corner(std::string_view word, const std::vector<double>& n) {
    if (word == "m" && (!m_corners.empty() || !m_read.lines.empty() || ++m_frames > kFrames)) return false;
    if (word != "h") {
      if (n.size() == 2) m_corners.push_back({n[0], n[1]});
      return n.size() == 2 && m_corners.size() <= 4;
    }
    if (m_corners.size() != 4) return false;
    const Point &a = m_corners[0], &b = m_corners[1], &c = m_corners[2], &d = m_corners[3];
    const bool straight = (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y) ||
                          (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x);
    frame({a.x, a.y, c.x - a.x, c.y - a.y});
    m_corners.clear();
    return straight;
  }

  bool colour(const ColourChoice& chosen, const Instruction& in) {
    const bool space = chosen.kind == ColourChoice::Kind::space;
    if (!chosen.strokes) m_colour = space ? 0 : in.only_numbers() ? luminance(in.numbers) : 1;
    return !space || is_device_space(in.name());
  }

  bool fill() {
    if (m_path.empty()) return true;
    m_read.ground = true;
    if (!m_list) return m_colour > kDark;  // dark letters on a dark ground
    for (const Rect& area : m_path) m_grounds.emplace_back(area, m_colour);
    return true;
  }

  // In a list the ground of the next line, over none that is written; elsewhere nothing comes behind letters.
  [[nodiscard]] bool stands_below_lines() const {
    return m_read.lines.empty() || (m_list && m_frame.top <= m_last.y - kDescent * m_size);
  }

  /// What letters stand on: of a list, the choices that are made have a ground of their own.
  [[nodiscard]] std::pair<double, bool> ground_of(Point at) const {
    std::pair<double, bool> out{1, false};
    for (const auto& [area, colour] : m_grounds) {
      const double middle = at.y + m_size / 4;
      if (middle < area.bottom || middle > area.top || at.x > area.right - m_size) continue;
      const bool band = area.height() <= kBandHeight * m_size && !(area.height() >= m_box.height() - kMargin);
      out = {colour, band && std::abs(colour - out.first) >= kBandContrast};
    }
    return out;
  }

  bool frame(const std::vector<double>& n) {
    m_frame = {std::min(n[0], n[0] + n[2]), std::min(n[1], n[1] + n[3]), std::max(n[0], n[0] + n[2]),
               std::max(n[1], n[1] + n[3])};
    m_path.push_back(m_frame);
    return true;
  }

  // what clips cuts off no more than a margin
  [[nodiscard]] bool holds_most(const Rect& part) const {
    return part.left <= m_box.left + kMargin && part.bottom <= m_box.bottom + kMargin &&
           part.right >= m_box.right - kMargin && part.top >= m_box.top - kMargin;
  }

  bool place(std::string_view word, const std::vector<double>& n) {
    constexpr std::array kUpright{1.0, 0.0, 0.0, 1.0, 0.0, 0.0};
    if (word == "cm") return std::ranges::equal(n, kUpright);
    if (word == "Tm" && !(n.size() == 6 && std::equal(n.begin(), n.begin() + 4, kUpright.begin()))) return false;
    if (m_text.take(word, n, m_leading)) return true;
    if (is_any(word, "Tr", "Ts", "Tc", "Tw")) return n.size() == 1 && n[0] == 0;
    return word == "Tz" && n.size() == 1 && n[0] >= kNarrow && n[0] <= 100;
  }

  [[nodiscard]] Point at() const { return {m_text.at().e, m_text.at().f}; }

  bool show(const Instruction& in) {
    if (in.word == "'") m_text.next_line(m_leading);
    const Point from = at();
    const auto [ground, marked] = ground_of(from);
    const bool read = m_list ? std::abs(ground - m_colour) >= kReadContrast : m_colour <= kDark;
    if (!read || m_size * m_height < kReadLetters) return false;
    // on, or on a line below
    const bool below = m_read.lines.empty() || from.y < m_last.y - kMargin;
    const double cut = std::max(kCutAnyway, kCut * m_size);
    const bool onward = below || (std::abs(from.y - m_last.y) <= kMargin && from.x >= m_last.x - kMargin);
    if (!onward || from.y < m_box.bottom - cut || from.y + m_size * kCapital > m_box.top + cut ||
        from.x < m_box.left - kMargin)
      return false;
    if (below) m_read.lines.push_back({{}, marked});
    for (const Object* part : shown_parts(in)) {
      double shift = 0;
      if (const String* shown = part->as_string())
        write(shown->octets);
      else if (!part->as_number(shift) || shift > kKerning)
        return false;
      else
        m_text.advance(-shift / 1000 * m_size);
    }
    m_last = at();
    return m_last.x <= m_box.right + kMargin;
  }

  void write(std::string_view octets) {
    std::string& text = m_read.lines.back().text;
    for (const char c : octets) {
      const auto code = static_cast<unsigned char>(c);
      if (m_letters == Letters::latin && code > 0xA0)
        (text += static_cast<char>(0xC0 | code >> 6)) += static_cast<char>(0x80 | (code & 0x3F));
      else
        add_letters({&c, 1}, text);
    }
    m_text.advance(static_cast<double>(octets.size()) * m_size * kLetter);
  }

  const RevisionPair& m_pair;
  Object m_fonts;
  Rect m_box, m_frame;
  bool m_fits = false;
  bool m_list = false;
  double m_colour = 0;  ///< luminance
  SavedStates<double> m_saved{kLookOctets};
  std::vector<Rect> m_path;  ///< rectangles that nothing painted yet
  std::vector<std::pair<Rect, double>> m_grounds;
  double m_size = 0, m_leading = 0, m_height = 1;
  TextPosition m_text;
  Point m_last;
  std::size_t m_frames = 0;
  Letters m_letters = Letters::unknown;
  std::vector<Point> m_corners;
  WrittenLook m_read;
};

}  // namespace

void add_letters(std::string_view text, std::string& out) {
  for (const char c : text)
    if (std::isspace(static_cast<unsigned char>(c)) == 0) out += c;
}

bool writes_plainly(const RevisionPair& pair, const Object& style, const Object& resources, bool button) {
  const String* text = style.as_string();
  const Object fonts = fonts_of(pair, resources);
  bool font = false;
  const bool read =
      text != nullptr && scan_content(text->octets, [&](const Instruction& in) {
        const std::vector<double>& n = in.numbers;
        if (in.word == "Tf") {
          font = in.operands.size() == 2 && n.size() == 1 && (n[0] == 0 || n[0] >= kReadLetters) &&
                 (button || letters_of(pair, fonts, in.name()) != Letters::unknown || is_readers_own(fonts, in.name()));
          return font;
        }
        return is_any(in.word, "g", "rg", "k") && in.only_numbers() && luminance(n) <= kDark;
      });
  return read && font;
}

std::optional<WrittenLook> read_written(const RevisionPair& pair, const Stream& look, bool list,
                                        const WidgetPair* widget) {
  const auto octets = pair.look_at(look, kLookOctets);
  if (!octets) return std::nullopt;
  Writing writing(pair, look, list);
  if (!writing.fits() || (widget != nullptr && !writing.stands_in(*widget, look)) ||
      !scan_content(base::as_text(*octets), [&](const Instruction& in) { return writing.take(in); }))
    return std::nullopt;
  return std::move(writing).take_read();
}

}  // namespace segell::signer::pdf
