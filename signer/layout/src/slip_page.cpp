#include "layout/slip_page.h"

#include "pdf_canvas.h"
#include "qr_code.h"
#include "text.h"
#include "typesetter_state.h"

#include <algorithm>
#include <optional>

namespace segell::layout {

// Its parts are named as those of other pages are.
namespace slip_page {
namespace {

using base::Result;

constexpr double kWidth = 595.276;  // A4
constexpr double kHeight = 841.89;
constexpr double kMargin = 56;
constexpr double kSlipQrSize = 132;
constexpr double kGap = 14;
constexpr double kIndent = 12;
constexpr double kGrey = 0.27;  // 10:1 against white
constexpr std::size_t kMostLines = 200;

/// How much smaller the type is, and how many characters of a question are kept. One page is the promise, so that a
/// paper full of decisions gets smaller type first, then shorter questions, and at last not all of them.
struct Fit {
  double scale;
  std::size_t characters;
};
constexpr Fit kFits[] = {{1, 2000}, {0.9, 2000}, {0.8, 2000}, {0.8, 240}, {0.7, 160}, {0.62, 90}};

struct Item {
  Paragraph paragraph;
  const char* tag = "P";
  double indent = 0;
  double space = 0;  ///< above it
};

double height_of(const std::vector<Item>& items) {
  double sum = 0;
  for (const Item& item : items) sum += item.space + item.paragraph.height();
  return sum;
}

/// The first so many characters of a text (UTF-8), with a mark where some are left out.
std::string shortened(const std::string& text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts && seen++ == most) return text.substr(0, at) + "…";
  }
  return text;
}

class SlipComposer {
 public:
  SlipComposer(PangoContext* context, const SlipPage& page) : m_context(context), m_page(page) {}

  [[nodiscard]] Result<std::vector<Item>> head(double scale) const {
    std::vector<Item> items;
    if (!m_page.organisation.empty())
      SEGELL_CHECK(add(items, m_page.organisation, {.size = 11 * scale, .grey = kGrey}, "P", 0, 0));
    SEGELL_CHECK(add(items, m_page.title, {.size = 22 * scale, .bold = true}, "H1", 0, 4));
    for (const std::string& text : m_page.intro) SEGELL_CHECK(add(items, text, {.size = 12.5 * scale}, "P", 0, 6));
    return items;
  }

  [[nodiscard]] Result<std::vector<Item>> line(const SlipPageLine& line, const Fit& fit) const {
    std::vector<Item> items;
    const double scale = fit.scale;
    SEGELL_CHECK(add(items, shortened(line.item, fit.characters), {.size = 12.5 * scale}, "H2", kIndent, 14 * scale));
    SEGELL_CHECK(add(items, line.decision, {.size = 13.5 * scale, .bold = true}, "P", kIndent, 2 * scale));
    if (!line.detail.empty())
      SEGELL_CHECK(add(items, line.detail, {.size = 10.5 * scale, .grey = kGrey}, "P", kIndent, 2 * scale));
    return items;
  }

  [[nodiscard]] Result<Item> more(std::size_t count, double scale) const {
    std::string text = m_page.more;
    if (const auto at = text.find("{count}"); at != text.npos) text.replace(at, 7, std::to_string(count));
    SEGELL_TRY(Paragraph paragraph, Paragraph::make(m_context, text, {.size = 12 * scale}, kWidth - 2 * kMargin));
    return Item{std::move(paragraph), "P", 0, 14 * scale};
  }

  /// Beside the QR code, or over the whole width where there is none.
  [[nodiscard]] Result<std::vector<Item>> how() const {
    std::vector<Item> items;
    const double left = m_page.qr.empty() ? 0 : kSlipQrSize + kGap;
    SEGELL_CHECK(add(items, m_page.how_title, {.size = 14, .bold = true}, "H2", left, 0));
    for (const std::string& text : m_page.how) SEGELL_CHECK(add(items, text, {.size = 11}, "P", left, 4));
    if (!m_page.code.empty()) {
      const std::string front = m_page.code_label + ": ";
      TextStyle style{.size = 11};
      style.strong = front.size();
      SEGELL_CHECK(add(items, front + m_page.code, style, "P", left, 6));
      SEGELL_CHECK(add(items, m_page.address, {.size = 11}, "P", left, 1));
    }
    return items;
  }

  [[nodiscard]] Result<std::vector<Item>> foot() const {
    std::vector<Item> items;
    for (const std::string& text : m_page.foot) SEGELL_CHECK(add(items, text, {.size = 9, .grey = kGrey}, "P", 0, 3));
    return items;
  }

 private:
  Result<void> add(std::vector<Item>& items, const std::string& text, const TextStyle& style, const char* tag,
                   double indent, double space) const {
    if (text.empty()) return base::ok();
    SEGELL_TRY(Paragraph paragraph, Paragraph::make(m_context, text, style, kWidth - 2 * kMargin - indent));
    items.push_back({std::move(paragraph), tag, indent, space});
    return base::ok();
  }

  PangoContext* m_context;
  const SlipPage& m_page;
};

/// The upper part of the page: what was decided, in a height.
struct Body {
  std::vector<Item> head;
  std::vector<std::vector<Item>> lines;
  std::optional<Item> more;
};

/// All lines in that type, or nothing when they do not fit; with `cut`, as many as fit and how many are left out.
Result<std::optional<Body>> compose_body(const SlipComposer& composer, const SlipPage& page, const Fit& fit,
                                         double room, bool cut) {
  Body body;
  SEGELL_TRY(body.head, composer.head(fit.scale));
  SEGELL_TRY(Item more, composer.more(page.lines.size(), fit.scale));
  double used = height_of(body.head);
  const double mark = more.space + more.paragraph.height();
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    SEGELL_TRY(auto line, composer.line(page.lines[i], fit));
    const double height = height_of(line);
    const bool is_last = i + 1 == page.lines.size();
    if (used + height + (cut && !is_last ? mark : 0) > room) {
      if (!cut) return std::optional<Body>();
      SEGELL_TRY(body.more, composer.more(page.lines.size() - i, fit.scale));
      return std::optional(std::move(body));
    }
    used += height;
    body.lines.push_back(std::move(line));
  }
  if (used > room) return std::optional<Body>();
  return std::optional(std::move(body));
}

Result<Body> fit_body(const SlipComposer& composer, const SlipPage& page, double room) {
  for (const Fit& fit : kFits) {
    SEGELL_TRY(auto body, compose_body(composer, page, fit, room, /*cut=*/false));
    if (body) return *std::move(body);
  }
  SEGELL_TRY(auto body, compose_body(composer, page, *std::rbegin(kFits), room, /*cut=*/true));
  if (body) return *std::move(body);
  return base::fail(base::Code::limit_exceeded, "layout.too-long", "the slip does not fit one page");
}

double draw(const PdfCanvas& canvas, const std::vector<Item>& items, double y) {
  for (const Item& item : items) {
    y += item.space;
    const PdfCanvas::Element element(canvas, item.tag);
    item.paragraph.draw_all(canvas.cairo(), kMargin + item.indent, y);
    y += item.paragraph.height();
  }
  return y;
}

void draw_rule(cairo_t* cairo, double y) {
  cairo_set_source_rgb(cairo, kGrey, kGrey, kGrey);
  cairo_rectangle(cairo, kMargin, y, kWidth - 2 * kMargin, 0.8);
  cairo_fill(cairo);
}

void draw_body(const PdfCanvas& canvas, const Body& body) {
  double y = draw(canvas, body.head, kMargin);
  for (const auto& line : body.lines) {
    const double top = y + line.front().space;
    y = draw(canvas, line, y);
    cairo_set_source_rgb(canvas.cairo(), kGrey, kGrey, kGrey);
    cairo_rectangle(canvas.cairo(), kMargin, top, 2, y - top);
    cairo_fill(canvas.cairo());
  }
  if (!body.more) return;
  y += body.more->space;
  const PdfCanvas::Element element(canvas, body.more->tag);
  body.more->paragraph.draw_all(canvas.cairo(), kMargin, y);
}

}  // namespace

Result<base::Bytes> draw_page(const Fonts& fonts, const SlipPage& page) {
  if (page.lines.size() > kMostLines)
    return base::fail(base::Code::limit_exceeded, "layout.too-long",
                      "more than " + std::to_string(kMostLines) + " decisions");
  SEGELL_TRY(const GObjectPtr<PangoContext> context, context_for(fonts, page.language));
  const SlipComposer composer(context.get(), page);
  SEGELL_TRY(const auto how, composer.how());
  SEGELL_TRY(const auto foot, composer.foot());
  const double how_height = std::max(height_of(how), page.qr.empty() ? 0 : kSlipQrSize);
  const double foot_top = kHeight - kMargin / 2 - height_of(foot);
  const double how_top = foot_top - kGap - how_height;
  const double room = how_top - 2 * kGap - kMargin;
  SEGELL_TRY(const Body body, fit_body(composer, page, room));

  PdfCanvas canvas(kWidth, kHeight, page.created);
  canvas.set_title(page.title);
  {
    const PdfCanvas::Element document(canvas, "Document");
    draw_body(canvas, body);
    draw_rule(canvas.cairo(), how_top - kGap);
    if (!page.qr.empty()) {
      const PdfCanvas::Element element(canvas, "Figure");
      SEGELL_CHECK(draw_qr_code(canvas.cairo(), page.qr, kMargin, how_top, kSlipQrSize));
    }
    draw(canvas, how, how_top);
    draw(canvas, foot, foot_top);
  }
  return canvas.finish(page.language);
}

}  // namespace slip_page

base::Result<base::Bytes> draw_slip(const Fonts& fonts, const SlipPage& page) {
  return slip_page::draw_page(fonts, page);
}

}  // namespace segell::layout
