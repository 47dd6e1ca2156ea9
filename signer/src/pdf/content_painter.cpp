#include "pdf/content_painter.h"

#include "pdf/content_operators.h"
#include "pdf/content_path.h"
#include "pdf/font_widths.h"
#include "pdf/saved_states.h"
#include "pdf/text_position.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

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
    SavedStates<State> saved = std::exchange(m_saved, SavedStates<State>(kStates));
    m_state = State{};
    m_state.ctm = ctm;
    m_state.clip = outer.clip;
    const ContentPath path = std::exchange(m_path, {});
    const bool done = scan_content(text, [&](const Instruction& in) { return step(in, resources, depth); });
    m_state = outer;
    m_path = path;
    m_saved = std::move(saved);
    return done;
  }

 private:
  bool step(const Instruction& in, const Object& resources, std::size_t depth) {
    if (++m_steps > kSteps) return false;
    const std::string_view word = in.word;
    std::array<double, 6> n{};  // what is missing counts as 0
    const std::size_t count = std::min(in.numbers.size(), n.size());
    std::copy_n(in.numbers.begin(), count, n.begin());
    const auto taken = std::span<const double>(n).first(numbers_taken(word).value_or(n.size()));
    if (m_path.is_torn_by(word)) return false;
    if (const auto kept = m_saved.take(word, m_state)) return *kept && has_room();
    if (state_operator(word, n) || ((word != "re" || count >= 4) && path_operator(word, taken))) return has_room();
    if (word == "Tf") return select_font(in, n[0], resources);
    if (text_operator(word, taken) || show_operator(in, n)) return has_room();
    if (word == "Do") return draw(in, resources, depth);
    if (word == "gs") return graphics_state(in, resources);
    if (const auto chosen = colour_choice(word); chosen && !chosen->strokes) choose_colour(*chosen, in, resources);
    if (word == "BI") add(transformed(m_state.ctm, {0, 0, 1, 1}));
    if (word == "sh") {
      if (m_state.clip.width() >= kNowhere || m_state.clip.height() >= kNowhere) return false;
      add(m_state.clip);  // fills whatever the clipping lets it
    }
    return true;
  }

  [[nodiscard]] bool has_room() const { return m_areas.size() < kAreas; }

  void choose_colour(const ColourChoice& chosen, const Instruction& in, const Object& resources) {
    const std::vector<double>& n = in.numbers;
    if (chosen.kind == ColourChoice::Kind::space) {
      m_state.white = false;
      m_state.plain_colours = is_plain_space(in, resources);
    } else if (in.word == "k") {
      m_state.white = std::none_of(n.begin(), n.begin() + std::min<std::ptrdiff_t>(std::ssize(n), 4),
                                   [](double ink) { return ink > 0; });
    } else {
      if (chosen.kind == ColourChoice::Kind::device_colour) m_state.plain_colours = true;
      m_state.white = m_state.plain_colours && in.only_numbers() && !n.empty() && n.size() < 4 &&
                      std::ranges::all_of(n, [](double light) { return light >= 1; });
    }
  }

  /// Whether all ones are white in a colour space: of inks, they are the darkest (8.6).
  [[nodiscard]] bool is_plain_space(const Instruction& in, const Object& resources) const {
    const std::string* name = in.name();
    if (name == nullptr) return false;
    if (*name == "DeviceGray" || *name == "DeviceRGB") return true;
    const auto held = named_resource(m_document, resources, "ColorSpace", in, m_as_of);
    const Array* parts = held ? held->as_array() : nullptr;
    const auto family = parts == nullptr || parts->empty() ? held : m_document.resolve(parts->front(), m_as_of);
    const std::string* kind = family ? family->as_name() : nullptr;
    if (kind != nullptr && *kind == "ICCBased") return parts != nullptr && parts->size() > 1 && is_light((*parts)[1]);
    return kind != nullptr && is_any(*kind, "CalGray", "CalRGB", "DeviceGray", "DeviceRGB");
  }

  /// Whether ones are the most light of a profile (8.6.5.5): of one component or three, each from 0 to 1.
  [[nodiscard]] bool is_light(const Object& held) const {
    const auto profile = m_document.resolve(held, m_as_of);
    const Stream* stream = profile ? profile->as_stream() : nullptr;
    if (stream == nullptr) return false;
    const auto stated = m_document.get(stream->dictionary, "N", m_as_of);
    const auto range = m_document.get(stream->dictionary, "Range", m_as_of);
    const std::int64_t* components = stated ? stated->as_integer() : nullptr;
    const Array* limits = range ? range->as_array() : nullptr;
    const auto is_most = [](const Object& limit) {
      double number = 0;
      return limit.as_number(number) && number <= 1;
    };
    return components != nullptr && (*components == 1 || *components == 3) && range &&
           (limits == nullptr || std::ranges::all_of(*limits, is_most));
  }

  /// What of a dictionary of graphics state (8.4.5) says where something is painted. One that brings a font is not
  /// followed.
  bool graphics_state(const Instruction& in, const Object& resources) {
    const auto held = named_resource(m_document, resources, "ExtGState", in, m_as_of);
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

  bool state_operator(std::string_view word, std::span<const double> n) {
    if (word == "cm") m_state.ctm = product(matrix_of(n), m_state.ctm);
    if (word == "w") m_state.line_width = std::abs(n[0]);
    return word == "cm" || word == "w";
  }

  bool path_operator(std::string_view word, std::span<const double> n) {
    if (m_path.take(word, n, m_state.ctm)) return true;
    const bool clips = word == "W" || word == "W*";
    m_clips = m_clips || clips;
    const auto painting = painting_of(word);
    if (painting) paint_path(*painting);
    return clips || painting;
  }

  void paint_path(const Painting& painting) {
    if (painting.closes) m_path.close();
    const std::vector<Subpath> parts = m_path.finish();
    Box all;
    for (const Subpath& part : parts)
      for (const Point p : part.points) all.add(p);
    if (painting.fills && (!m_state.white || m_state.odd) && all.any()) add(all.rect);
    const double wide = std::max(m_state.line_width * largest_scale(m_state.ctm) / 2, 0.1);
    if (painting.strokes)
      for (const Subpath& part : parts)
        part.each([&](char /*piece*/, std::span<const Point> hull) { add(widened(box_of(hull).rect, wide)); });
    if (m_clips && all.any()) m_state.clip = common(m_state.clip, all.rect);
    m_clips = false;
  }

  bool select_font(const Instruction& in, double size, const Object& resources) {
    m_state.size = size;
    m_state.font = nullptr;
    const auto held = named_resource(m_document, resources, "Font", in, m_as_of);
    const Dictionary* dictionary = held ? held->as_dictionary() : nullptr;
    if (dictionary == nullptr) return true;
    auto font = FontWidths::read(m_document, *dictionary, m_as_of);
    if (!font) return false;
    m_fonts.push_back(std::make_unique<FontWidths>(*std::move(font)));
    m_state.font = m_fonts.back().get();
    return m_fonts.size() < kFormCalls * 4;
  }

  bool text_operator(std::string_view word, std::span<const double> n) {
    if (m_text.take(word, n, m_state.leading)) return true;
    if (word == "Tc") m_state.spacing = n[0];
    if (word == "Tw") m_state.word_spacing = n[0];
    if (word == "Tz") m_state.scale = n[0] / 100;
    if (word == "Ts") m_state.rise = n[0];
    return is_any(word, "Tc", "Tw", "Tz", "Ts");
  }

  bool show_operator(const Instruction& in, std::span<const double> n) {
    if (!is_any(in.word, "Tj", "TJ", "'", "\"")) return false;
    if (in.word == "\"") {
      m_state.word_spacing = n[0];
      m_state.spacing = n[1];
    }
    if (in.word == "'" || in.word == "\"") m_text.next_line(m_state.leading);
    for (const Object* part : shown_parts(in)) {
      double shift = 0;
      if (const String* text = part->as_string())
        show(text->octets);
      else if (part->as_number(shift))
        m_text.advance(-shift / 1000 * m_state.size * m_state.scale);
    }
    return true;
  }

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
      m_text.advance(width_of(octets));
      return;
    }
    const double width = width_of(octets);
    const double size = m_state.size;
    const Rect line{std::min(0.0, width), m_state.rise - kDescent * std::abs(size), std::max(0.0, width),
                    m_state.rise + kAscent * std::abs(size)};
    add(transformed(product(m_text.at(), m_state.ctm), line));
    m_text.advance(width);
  }

  bool draw(const Instruction& in, const Object& resources, std::size_t depth) {
    const auto held = named_resource(m_document, resources, "XObject", in, m_as_of);
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
    const auto own = form_resources(m_document, *stream, resources, m_as_of);
    const TextPosition position = m_text;
    const bool done = paint(base::as_text(*text), own ? *own : resources, product(matrix, m_state.ctm), depth + 1);
    m_text = position;
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
  SavedStates<State> m_saved{kStates};
  std::vector<std::unique_ptr<FontWidths>> m_fonts;
  TextPosition m_text;
  ContentPath m_path;
  bool m_clips = false;  ///< the path that is being made will clip
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
