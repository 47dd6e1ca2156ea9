#include "pdf/written_look.h"

#include "pdf/colours.h"
#include "pdf/content_scan.h"
#include "pdf/geometry.h"

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
constexpr double kCapital = 0.7;        ///< em: how high letters stand
constexpr double kCut = 0.15;           ///< em that a box cuts off above and below: no letter becomes another
constexpr double kCutAnyway = 1;        ///< points: of small letters
constexpr double kSlant = 0.001;        ///< of letters that stand upright
constexpr double kScale = 2;            ///< how much larger or smaller the page shows an appearance
constexpr std::size_t kBands = 64;      ///< rectangles of a list's look
constexpr double kBandHeight = 2.5;     ///< of letters: the highest ground of one choice
constexpr double kBandContrast = 0.15;  ///< of luminance, between what is chosen and what is not
constexpr double kReadContrast = 0.3;   ///< between letters and their ground

constexpr std::array kShowing{std::string_view("Tj"), std::string_view("TJ"), std::string_view("'")};
constexpr std::array kColours{std::string_view("g"), std::string_view("rg"), std::string_view("k"),
                              std::string_view("sc"), std::string_view("scn")};
/// What changes nothing about letters.
constexpr std::array kHarmless{
    std::string_view("q"),   std::string_view("Q"), std::string_view("ET"), std::string_view("n"),
    std::string_view("f"),   std::string_view("F"), std::string_view("f*"), std::string_view("S"),
    std::string_view("s"),   std::string_view("B"), std::string_view("b"),  std::string_view("w"),
    std::string_view("d"),   std::string_view("j"), std::string_view("J"),  std::string_view("G"),
    std::string_view("RG"),  std::string_view("K"), std::string_view("M"),  std::string_view("BMC"),
    std::string_view("EMC"), std::string_view("i"), std::string_view("ri"), std::string_view("SC"),
    std::string_view("SCN")};
constexpr std::array kFills{std::string_view("f"), std::string_view("F"), std::string_view("f*"), std::string_view("B"),
                            std::string_view("b")};
constexpr std::array kEncodings{std::string_view("WinAnsiEncoding"), std::string_view("MacRomanEncoding"),
                                std::string_view("StandardEncoding"), std::string_view("PDFDocEncoding")};
/// Keys by which a font brings letters or widths of its own.
constexpr std::array kOwnLetters{std::string_view("FontDescriptor"), std::string_view("Widths"),
                                 std::string_view("ToUnicode")};

template <std::size_t N>
bool is_listed(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, word) != list.end();
}

/// What codes of a font are known to look as they say: those of ASCII, or the upper half of Latin-1 too, in which
/// WinAnsiEncoding and PDFDocEncoding agree (annex D).
enum class Letters { unknown, ascii, latin };

/// The name of a font that nothing gives: readers take their own.
bool is_readers_own(const Object& fonts, const std::vector<Object>& operands) {
  constexpr std::array kOwnFonts{std::string_view("Helvetica"), std::string_view("Times-Roman"),
                                 std::string_view("Courier")};
  const std::string* name = operands.front().as_name();
  return name != nullptr && !plain_dictionary(fonts).has(*name) && is_listed(*name, kOwnFonts);
}

Object fonts_of(const RevisionPair& pair, const Object& resources) {
  return pair.new_entry(plain_dictionary(resources), "Font");
}

/// Of a font of every reader's own, or of one that the form had before and that is no alphabet of signs.
Letters letters_of(const RevisionPair& pair, const Object& fonts, const std::vector<Object>& operands) {
  const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
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
  const bool known = encoding.is_null() || (table != nullptr && is_listed(*table, kEncodings));
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

  bool take(std::string_view word, const std::vector<Object>& operands) {
    std::vector<double> n;
    for (const Object& operand : operands)
      if (double number = 0; operand.as_number(number)) n.push_back(number);
    const bool numbers = n.size() == operands.size();
    if (word == "Tf") {
      m_size = n.empty() ? 0 : n.back();
      m_letters = letters_of(m_pair, m_fonts, operands);
      return m_letters != Letters::unknown;
    }
    if (is_listed(word, kShowing)) return show(word, operands);
    if (word == "re")
      return m_read.lines.empty() && ++m_frames <= (m_list ? kBands : kFrames) && numbers && n.size() == 4 && frame(n);
    if (word == "m" || word == "l" || word == "h") return corner(word, n);
    if (!m_corners.empty()) return false;  // a path that is no rectangle
    if (word == "W" || word == "W*") return holds_most(m_frame);
    if (word == "cs" || word == "CS") {
      if (word == "cs") m_colour = 0;
      const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
      return name != nullptr && (*name == "DeviceGray" || *name == "DeviceRGB" || *name == "DeviceCMYK");
    }
    if (is_listed(word, kColours)) {
      m_colour = numbers ? luminance(n) : 1;
      return true;
    }
    if (word == "q") m_saved.push_back(m_colour);
    if (word == "Q" && !m_saved.empty()) {
      m_colour = m_saved.back();
      m_saved.pop_back();
    }
    if (is_listed(word, kFills)) return fill();
    return (numbers && place(word, n)) || is_listed(word, kHarmless);
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

  bool fill() {
    m_read.ground = true;
    if (!m_list) return m_colour > kDark;  // dark letters on a dark ground
    m_grounds.emplace_back(m_frame, m_colour);
    return true;
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
    return true;
  }

  // what clips cuts off no more than a margin
  [[nodiscard]] bool holds_most(const Rect& part) const {
    return part.left <= m_box.left + kMargin && part.bottom <= m_box.bottom + kMargin &&
           part.right >= m_box.right - kMargin && part.top >= m_box.top - kMargin;
  }

  bool place(std::string_view word, const std::vector<double>& n) {
    if (word == "BT") m_at = m_line = {};
    if (word == "BT" || (word == "TL" && n.size() == 1)) {
      if (word == "TL") m_leading = n[0];
      return true;
    }
    if ((word == "Td" || word == "TD") && n.size() == 2) {
      if (word == "TD") m_leading = -n[1];
      return move({m_line.x + n[0], m_line.y + n[1]});
    }
    if (word == "T*") return move({m_line.x, m_line.y - m_leading});
    if (word == "Tm" && n.size() == 6) return n[0] == 1 && n[1] == 0 && n[2] == 0 && n[3] == 1 && move({n[4], n[5]});
    if (word == "cm" && n.size() == 6)
      return n[0] == 1 && n[1] == 0 && n[2] == 0 && n[3] == 1 && n[4] == 0 && n[5] == 0;
    if (word == "Tr" || word == "Ts" || word == "Tc" || word == "Tw") return n.size() == 1 && n[0] == 0;
    return word == "Tz" && n.size() == 1 && n[0] >= kNarrow && n[0] <= 100;
  }

  bool move(Point to) {
    m_at = m_line = to;
    return true;
  }

  bool show(std::string_view word, const std::vector<Object>& operands) {
    if (word == "'") move({m_line.x, m_line.y - m_leading});
    const auto [ground, marked] = ground_of(m_at);
    const bool read = m_list ? std::abs(ground - m_colour) >= kReadContrast : m_colour <= kDark;
    if (!read || m_size * m_height < kReadLetters) return false;
    // on, or on a line below
    const bool below = m_read.lines.empty() || m_at.y < m_last.y - kMargin;
    const double cut = std::max(kCutAnyway, kCut * m_size);
    const bool onward = below || (std::abs(m_at.y - m_last.y) <= kMargin && m_at.x >= m_last.x - kMargin);
    if (!onward || m_at.y < m_box.bottom - cut || m_at.y + m_size * kCapital > m_box.top + cut ||
        m_at.x < m_box.left - kMargin)
      return false;
    if (below) m_read.lines.push_back({{}, marked});
    for (const Object& operand : operands) {
      if (const String* shown = operand.as_string()) write(shown->octets);
      const Array* pieces = operand.as_array();
      if (pieces == nullptr) continue;
      for (const Object& piece : *pieces) {
        double shift = 0;
        if (const String* shown = piece.as_string())
          write(shown->octets);
        else if (!piece.as_number(shift) || shift > kKerning)
          return false;
        else
          m_at.x -= shift / 1000 * m_size;
      }
    }
    m_last = m_at;
    return m_at.x <= m_box.right + kMargin;
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
    m_at.x += static_cast<double>(octets.size()) * m_size * kLetter;
  }

  const RevisionPair& m_pair;
  Object m_fonts;
  Rect m_box, m_frame;
  bool m_fits = false;
  bool m_list = false;
  double m_colour = 0;  ///< luminance
  std::vector<double> m_saved;
  std::vector<std::pair<Rect, double>> m_grounds;
  double m_size = 0, m_leading = 0, m_height = 1;
  Point m_at, m_line, m_last;
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
      text != nullptr && scan_content(text->octets, [&](std::string_view word, const auto& operands) {
        std::vector<double> n;
        for (const Object& operand : operands)
          if (double number = 0; operand.as_number(number)) n.push_back(number);
        if (word == "Tf") {
          font = operands.size() == 2 && n.size() == 1 && (n[0] == 0 || n[0] >= kReadLetters) &&
                 (button || letters_of(pair, fonts, operands) != Letters::unknown || is_readers_own(fonts, operands));
          return font;
        }
        return (word == "g" || word == "rg" || word == "k") && n.size() == operands.size() && luminance(n) <= kDark;
      });
  return read && font;
}

std::optional<WrittenLook> read_written(const RevisionPair& pair, const Stream& look, bool list,
                                        const WidgetPair* widget) {
  const auto octets = pair.look_at(look, kLookOctets);
  if (!octets) return std::nullopt;
  Writing writing(pair, look, list);
  if (!writing.fits() || (widget != nullptr && !writing.stands_in(*widget, look)) ||
      !scan_content(base::as_text(*octets),
                    [&](std::string_view word, const auto& operands) { return writing.take(word, operands); }))
    return std::nullopt;
  return std::move(writing).take_read();
}

}  // namespace segell::signer::pdf
