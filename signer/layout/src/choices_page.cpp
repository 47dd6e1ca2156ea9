#include "pdf_canvas.h"
#include "qr_code.h"
#include "text.h"
#include "typesetter_state.h"

#include <algorithm>
#include <cmath>

namespace segell::layout {
namespace {

using base::Code;
using base::fail;

constexpr double kMargin = 56;
constexpr double kFooterHeight = 84;
constexpr double kQrSize = 84;
constexpr double kIndent = 14;
constexpr double kMinimumBody = 120;
constexpr double kGrey = 0.27;  // 10:1 against white
constexpr std::size_t kMaxChoices = 200;
constexpr std::size_t kMaxPages = 100;

struct Item {
  Paragraph paragraph;
  const char* tag = "P";
  double indent = 0;
  double space_before = 0;
};

/// Paragraphs that stay on one page unless they are taller than a page.
struct Group {
  std::vector<Item> items;
  bool has_bar = false;  ///< a bar at the side ties a decision together

  [[nodiscard]] double height() const {
    double sum = 0;
    for (const Item& item : items) sum += item.space_before + item.paragraph.height();
    return sum;
  }
};

/// Lines of one paragraph that stand together on a page.
struct Placed {
  const Item* item = nullptr;
  std::size_t first = 0;
  std::size_t count = 0;
  double y = 0;
  bool has_bar = false;
  bool starts_bar = false;  ///< at the top of its page, or first of its decision
};
using Page = std::vector<Placed>;

struct Frame {
  double width = 0;
  double top = 0;
  double bottom = 0;
};

/// Fills pages from the top. A group that would break, and fits a page of its own, goes to the next page whole.
class Flow {
 public:
  explicit Flow(const Frame& frame) : m_frame(frame), m_y(frame.top) {}

  void add(const Group& group) {
    if (m_y + group.height() > m_frame.bottom && group.height() <= m_frame.bottom - m_frame.top) break_page();
    for (const Item& item : group.items) {
      if (m_y > m_frame.top) m_y += item.space_before;
      add(item, group, &item == &group.items.front());
    }
  }

  std::vector<Page> take() { return std::move(m_pages); }

 private:
  void add(const Item& item, const Group& group, bool is_first) {
    const auto& lines = item.paragraph.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (m_y + lines[i].height > m_frame.bottom) break_page();
      Page& page = m_pages.back();
      if (page.empty() || page.back().item != &item)
        page.push_back({&item, i, 0, m_y, group.has_bar, is_first || page.empty()});
      ++page.back().count;
      m_y += lines[i].height;
    }
  }

  void break_page() {
    if (m_pages.back().empty()) return;
    m_pages.emplace_back();
    m_y = m_frame.top;
  }

  Frame m_frame;
  double m_y;
  std::vector<Page> m_pages = std::vector<Page>(1);
};

/// "Label: text", the label in bold.
base::Result<Paragraph> labelled(PangoContext* context, const std::string& label, const std::string& text,
                                 TextStyle style, double width) {
  const std::string front = label.empty() ? std::string() : label + ": ";
  style.strong = front.size();
  return Paragraph::make(context, front + text, style, width);
}

class Composer {
 public:
  Composer(PangoContext* context, const ChoicesPage& page, const Frame& frame)
      : m_context(context), m_page(page), m_frame(frame) {}

  base::Result<std::vector<Group>> compose() const {
    std::vector<Group> groups;
    SEGELL_TRY(Group head, head_group());
    groups.push_back(std::move(head));
    for (const ChoiceLine& choice : m_page.choices) {
      SEGELL_TRY(Group group, choice_group(choice));
      groups.push_back(std::move(group));
    }
    return groups;
  }

 private:
  base::Result<Group> head_group() const {
    Group group;
    SEGELL_TRY(Paragraph organisation,
               Paragraph::make(m_context, m_page.organisation, {.size = 10, .grey = kGrey}, m_frame.width));
    SEGELL_TRY(Paragraph title, Paragraph::make(m_context, m_page.title, {.size = 18, .bold = true}, m_frame.width));
    SEGELL_TRY(Paragraph person, labelled(m_context, m_page.words.person, m_page.person, {.size = 12}, m_frame.width));
    group.items.push_back({std::move(organisation), "P", 0, 0});
    group.items.push_back({std::move(title), "H1", 0, 6});
    group.items.push_back({std::move(person), "P", 0, 8});
    return group;
  }

  base::Result<Group> choice_group(const ChoiceLine& choice) const {
    const double width = m_frame.width - kIndent;
    Group group{.items = {}, .has_bar = true};
    const auto add = [&](Paragraph paragraph, const char* tag, double space) {
      group.items.push_back({std::move(paragraph), tag, kIndent, space});
    };
    SEGELL_TRY(Paragraph item, Paragraph::make(m_context, choice.item, {.size = 12}, width));
    add(std::move(item), "H2", 22);
    SEGELL_TRY(Paragraph decision, Paragraph::make(m_context, m_page.words.choice + ": " + choice.choice,
                                                   {.size = 13, .bold = true}, width));
    add(std::move(decision), "P", 5);
    if (!choice.consequence.empty()) {
      SEGELL_TRY(Paragraph text,
                 labelled(m_context, m_page.words.consequence, choice.consequence, {.size = 10.5}, width));
      add(std::move(text), "P", 5);
    }
    if (!choice.notice.empty()) {
      SEGELL_TRY(Paragraph text,
                 labelled(m_context, m_page.words.notice, choice.notice, {.size = 9.5, .grey = kGrey}, width));
      add(std::move(text), "P", 4);
    }
    return group;
  }

  PangoContext* m_context;
  const ChoicesPage& m_page;
  const Frame& m_frame;
};

std::string page_label(std::string words, std::size_t page, std::size_t pages) {
  const auto replace = [&](std::string_view mark, std::size_t number) {
    if (const std::size_t at = words.find(mark); at != std::string::npos)
      words.replace(at, mark.size(), std::to_string(number));
  };
  replace("{page}", page);
  replace("{pages}", pages);
  return words;
}

/// Code, QR and page number. They must fit the footer: a code or an address cut off would be worse than an error.
base::Result<void> draw_footer(const PdfCanvas& canvas, PangoContext* context, const ChoicesPage& page,
                               std::size_t number, std::size_t pages) {
  const double top = page.height - kMargin / 2 - kFooterHeight;
  const double left = kMargin + kQrSize + 10;
  const double width = page.width - kMargin - left;
  cairo_t* const cairo = canvas.cairo();
  cairo_set_source_rgb(cairo, kGrey, kGrey, kGrey);
  cairo_rectangle(cairo, kMargin, top - 6, page.width - 2 * kMargin, 0.6);
  cairo_fill(cairo);
  {
    const PdfCanvas::Element element(canvas, "Figure");
    SEGELL_CHECK(draw_qr_code(cairo, page.verification_url, kMargin, top, kQrSize));
  }
  SEGELL_TRY(const Paragraph code, labelled(context, page.words.code, page.verification_code, {.size = 10}, width));
  SEGELL_TRY(const Paragraph check, Paragraph::make(context, page.words.check, {.size = 9}, width));
  SEGELL_TRY(const Paragraph address, Paragraph::make(context, page.verification_url, {.size = 9}, width));
  SEGELL_TRY(const Paragraph label, Paragraph::make(context, page_label(page.words.page_of, number, pages),
                                                    {.size = 9, .grey = kGrey}, width));
  double y = top + 4;
  for (const Paragraph* paragraph : {&code, &check, &address, &label}) {
    const PdfCanvas::Element element(canvas, "P");
    paragraph->draw_all(cairo, left, y);
    y += paragraph->height() + 2;
  }
  if (y > page.height - kMargin / 4)
    return fail(Code::limit_exceeded, "layout.too-long", "the code and the address do not fit the foot of the page");
  return base::ok();
}

void draw_body(const PdfCanvas& canvas, const Page& page) {
  double bar_end = 0;  // of the bar just drawn: the next paragraph of the same decision goes on from there
  for (const Placed& placed : page) {
    const auto& lines = placed.item->paragraph.lines();
    const double x = kMargin + placed.item->indent;
    double y = placed.y;
    {
      const PdfCanvas::Element element(canvas, placed.item->tag);
      for (std::size_t i = placed.first; i < placed.first + placed.count; ++i) {
        placed.item->paragraph.draw(canvas.cairo(), lines[i], x, y);
        y += lines[i].height;
      }
    }
    if (!placed.has_bar) continue;
    const double bar_start = placed.starts_bar ? placed.y : bar_end;
    bar_end = y;
    cairo_set_source_rgb(canvas.cairo(), kGrey, kGrey, kGrey);
    cairo_rectangle(canvas.cairo(), kMargin, bar_start, 2, y - bar_start);
    cairo_fill(canvas.cairo());
  }
}

base::Result<Frame> frame_of(const ChoicesPage& page) {
  const Frame frame{.width = page.width - 2 * kMargin,
                    .top = kMargin,
                    .bottom = page.height - kMargin - kFooterHeight - page.signature_room};
  const bool is_sensible = std::isfinite(page.width) && std::isfinite(page.height) && page.signature_room >= 0 &&
                           page.width <= 14400 && page.height <= 14400 && frame.width >= 220 &&
                           frame.bottom - frame.top >= kMinimumBody;
  if (!is_sensible)
    return fail(Code::invalid_argument, "layout.size", "a page too small or too large to set choices on");
  return frame;
}

}  // namespace

base::Result<base::Bytes> draw_choices(const Fonts& fonts, const ChoicesPage& page) {
  SEGELL_TRY(const Frame frame, frame_of(page));
  if (page.choices.size() > kMaxChoices)
    return fail(Code::limit_exceeded, "layout.too-long", "more than " + std::to_string(kMaxChoices) + " choices");
  SEGELL_TRY(const GObjectPtr<PangoContext> context, context_for(fonts, page.language));
  SEGELL_TRY(const std::vector<Group> groups, Composer(context.get(), page, frame).compose());
  Flow flow(frame);
  for (const Group& group : groups) flow.add(group);
  const std::vector<Page> pages = flow.take();
  if (pages.size() > kMaxPages)
    return fail(Code::limit_exceeded, "layout.too-long", "more than " + std::to_string(kMaxPages) + " pages");

  PdfCanvas canvas(page.width, page.height, page.created);
  canvas.set_title(page.title);
  {
    const PdfCanvas::Element document(canvas, "Document");
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (i > 0) canvas.next_page();
      draw_body(canvas, pages[i]);
      SEGELL_CHECK(draw_footer(canvas, context.get(), page, i + 1, pages.size()));
    }
  }
  return canvas.finish(page.language);
}

}  // namespace segell::layout
