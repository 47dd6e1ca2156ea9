#include "pdf_canvas.h"
#include "qr_code.h"
#include "sheet.h"
#include "typesetter_state.h"

#include <cmath>
#include <numbers>

namespace segell::layout {
namespace {

using base::Code;
using base::fail;

constexpr double kFooterHeight = 84;
constexpr double kQrSize = 84;
constexpr double kMinimumBody = 120;
constexpr double kLineWidth = 0.6;
constexpr std::size_t kMaxParts = 2000;
constexpr std::size_t kMaxPages = 100;

std::string page_label(std::string words, std::size_t page, std::size_t pages) {
  const auto replace = [&](std::string_view mark, std::size_t number) {
    if (const std::size_t at = words.find(mark); at != std::string::npos)
      words.replace(at, mark.size(), std::to_string(number));
  };
  replace("{page}", page);
  replace("{pages}", pages);
  return words;
}

void fill_rectangle(cairo_t* cairo, double x, double y, double width, double height) {
  cairo_set_source_rgb(cairo, kGrey, kGrey, kGrey);
  cairo_rectangle(cairo, x, y, width, height);
  cairo_fill(cairo);
}

/// Draws the pages and notes where the boxes are.
class Painter {
 public:
  Painter(PdfCanvas& canvas, PangoContext* context, const templates::Tree& tree, const PaperSetting& setting,
          const Body& body)
      : m_canvas(canvas), m_context(context), m_tree(tree), m_setting(setting), m_body(body) {}

  base::Result<void> draw(const std::vector<Page>& pages) {
    const PdfCanvas::Element document(m_canvas, "Document");
    for (m_page = 0; m_page < pages.size(); ++m_page) {
      if (m_page > 0) m_canvas.next_page();
      draw_body(pages[m_page]);
      SEGELL_CHECK(draw_foot(pages.size()));
    }
    m_container.reset();
    return base::ok();
  }

  /// A box and the room it was drawn for.
  struct Found {
    PaperBox box;
    const FieldRoom* room = nullptr;
  };
  std::vector<Found> found;

 private:
  void draw_body(const Page& page) {
    double bar_end = 0;  // of the bar just drawn: the next strip of the same decision goes on from there
    for (const Placed& placed : page) {
      open_container(*placed.strip);
      draw_strip(placed);
      if (!placed.has_bar) continue;
      const double start = placed.starts_bar ? placed.y : bar_end;
      bar_end = placed.y + placed.height;
      const double x = m_body.right_to_left ? m_body.left + m_body.width - 2 : m_body.left;
      fill_rectangle(m_canvas.cairo(), x, start, 2, bar_end - start);
    }
  }

  /// Rows of one table stand in one element, over the end of a page too.
  void open_container(const Strip& strip) {
    if (m_container && (strip.container == nullptr || strip.group != m_group)) m_container.reset();
    if (strip.container == nullptr || m_container) return;
    m_container.emplace(m_canvas, strip.container);
    m_group = strip.group;
  }

  void draw_strip(const Placed& placed) {
    const Strip& strip = *placed.strip;
    std::optional<PdfCanvas::Element> row;
    if (strip.row != nullptr) row.emplace(m_canvas, strip.row);
    if (strip.has_bullet && placed.is_first) draw_bullet(placed);
    for (std::size_t i = 0; i < strip.cells.size(); ++i) {
      const Cell& cell = strip.cells[i];
      const auto [first, count] = placed.lines[i];
      if (count == 0) continue;
      const PdfCanvas::Element element(m_canvas, cell.tag);
      double y = placed.y;
      for (std::size_t line = first; line < first + count; ++line) {
        cell.paragraph.draw(m_canvas.cairo(), cell.paragraph.lines()[line], m_body.left + cell.x, y);
        y += cell.paragraph.lines()[line].height;
      }
    }
    if (strip.room) draw_room(*strip.room, placed.y);
  }

  void draw_bullet(const Placed& placed) {
    const TextLine& line = placed.strip->cells.front().paragraph.lines().front();
    const double x = m_body.right_to_left ? m_body.left + m_body.width - 5 : m_body.left + 5;
    cairo_t* const cairo = m_canvas.cairo();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_arc(cairo, x, placed.y + line.baseline - line.height * 0.2, 1.7, 0, 2 * std::numbers::pi);
    cairo_fill(cairo);
  }

  void draw_room(const FieldRoom& room, double y) {
    const double x = m_body.left + room.x;
    cairo_t* const cairo = m_canvas.cairo();
    cairo_set_source_rgb(cairo, kGrey, kGrey, kGrey);
    cairo_set_line_width(cairo, kLineWidth);
    cairo_rectangle(cairo, x, y, room.width, room.height);
    cairo_stroke(cairo);
    { const PdfCanvas::Element element(m_canvas, "Form"); }  // the field that takes this place is put into it later
    PaperBox box{room.field, room.label,  m_page,      x, m_setting.height - y - room.height,
                 room.width, room.height, found.size()};
    found.push_back({std::move(box), &room});
  }

  /// Code, QR and page number, outside of the text: the last part of every tree says code and address to who listens.
  /// They must fit the foot: a code or an address cut off would be worse than an error.
  base::Result<void> draw_foot(std::size_t pages) {
    const templates::Foot& foot = m_tree.foot;
    const double top = m_setting.height - kMargin / 2 - kFooterHeight;
    const bool mirrored = m_body.right_to_left;
    const double qr = mirrored ? m_setting.width - kMargin - kQrSize : kMargin;
    const double left = mirrored ? kMargin : kMargin + kQrSize + 10;
    const double width = m_setting.width - 2 * kMargin - kQrSize - 10;
    cairo_t* const cairo = m_canvas.cairo();
    fill_rectangle(cairo, kMargin, top - 6, m_setting.width - 2 * kMargin, kLineWidth);
    SEGELL_CHECK(draw_qr_code(cairo, foot.address, qr, top, kQrSize));
    const std::string front = foot.code_label + ": ";
    const std::size_t before = m_setting.pages_before;
    SEGELL_TRY(const Paragraph code,
               Paragraph::make(m_context, front + foot.code, {.size = 10, .strong = front.size()}, width));
    SEGELL_TRY(const Paragraph check, Paragraph::make(m_context, foot.check, {.size = 9}, width));
    SEGELL_TRY(const Paragraph address, Paragraph::make(m_context, foot.address, {.size = 9}, width));
    SEGELL_TRY(const Paragraph label,
               Paragraph::make(m_context, page_label(foot.page_of, before + m_page + 1, before + pages),
                               {.size = 9, .grey = kGrey}, width));
    double y = top + 4;
    for (const Paragraph* paragraph : {&code, &check, &address, &label}) {
      paragraph->draw_all(cairo, left, y);
      y += paragraph->height() + 2;
    }
    if (y > m_setting.height - kMargin / 4)
      return fail(Code::limit_exceeded, "layout.too-long", "the code and the address do not fit the foot of the page");
    return base::ok();
  }

  PdfCanvas& m_canvas;
  PangoContext* m_context;
  const templates::Tree& m_tree;
  const PaperSetting& m_setting;
  const Body& m_body;
  std::size_t m_page = 0;
  std::optional<PdfCanvas::Element> m_container;
  std::size_t m_group = 0;
};

base::Result<Body> body_of(const PaperSetting& setting, bool right_to_left) {
  const Body body{.left = kMargin,
                  .width = setting.width - 2 * kMargin,
                  .top = kMargin,
                  .bottom = setting.height - kMargin - kFooterHeight - setting.signature_room,
                  .right_to_left = right_to_left};
  const bool is_sensible = std::isfinite(setting.width) && std::isfinite(setting.height) &&
                           setting.signature_room >= 0 && setting.signature_width > 0 && setting.signature_height > 0 &&
                           setting.width <= 14400 && setting.height <= 14400 && body.width >= 220 &&
                           body.height() >= kMinimumBody;
  if (!is_sensible)
    return fail(Code::invalid_argument, "layout.size", "a page too small or too large to set a paper on");
  return body;
}

base::Result<void> check_bounds(const std::vector<Block>& blocks, const std::vector<Page>& pages, const Body& body) {
  if (pages.size() > kMaxPages)
    return fail(Code::limit_exceeded, "layout.too-long", "more than " + std::to_string(kMaxPages) + " pages");
  for (const Block& block : blocks)
    for (const Strip& strip : block.strips)
      if (strip.room && strip.room->height > body.height())
        return fail(Code::limit_exceeded, "layout.too-long", "a choice whose words do not fit a page");
  return base::ok();
}

/// A page for each state of each box, without tags: they become appearances of form fields.
base::Bytes draw_states(const std::vector<Painter::Found>& found, const std::string& language, base::Instant created,
                        std::vector<ChoiceBox>& out) {
  std::optional<PdfCanvas> canvas;
  std::size_t pages = 0;
  for (const auto& [box, room] : found) {
    if (room->names.empty()) continue;
    ChoiceBox choice{box, {}};
    for (std::size_t i = 0; i < room->states.size(); ++i) {
      if (!canvas) canvas.emplace(room->width, room->height, created);
      if (pages > 0) canvas->next_page(room->width, room->height);
      const Paragraph& words = room->states[i];
      words.draw_all(canvas->cairo(), kBoxPadding, (room->height - words.height()) / 2);
      choice.states.push_back({room->names[i], pages++});
    }
    out.push_back(std::move(choice));
  }
  return canvas ? canvas->finish(language) : base::Bytes();
}

}  // namespace

base::Result<Paper> draw_paper(const Fonts& fonts, const templates::Tree& tree, const PaperSetting& setting) {
  SEGELL_TRY(const Body body, body_of(setting, tree.right_to_left));
  if (tree.parts.size() > kMaxParts)
    return fail(Code::limit_exceeded, "layout.too-long", "more than " + std::to_string(kMaxParts) + " parts");
  SEGELL_TRY(const GObjectPtr<PangoContext> context, context_for(fonts, tree.language, tree.right_to_left));
  SEGELL_TRY(const std::vector<Block> blocks, compose(context.get(), tree, body, setting));
  const std::vector<Page> pages = flow(blocks, body);
  SEGELL_CHECK(check_bounds(blocks, pages, body));
  Paper paper;
  paper.pages = pages.size();
  PdfCanvas canvas(setting.width, setting.height, setting.created);
  canvas.set_title(tree.title);
  Painter painter(canvas, context.get(), tree, setting, body);
  SEGELL_CHECK(painter.draw(pages));
  paper.pdf = canvas.finish(tree.language);
  paper.appearances = draw_states(painter.found, tree.language, setting.created, paper.choices);
  for (const auto& [box, room] : painter.found)
    if (room->names.empty()) paper.signatures.push_back(box);
  return paper;
}

}  // namespace segell::layout
