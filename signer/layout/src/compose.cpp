#include "sheet.h"

#include <algorithm>

namespace segell::layout {
namespace {

using base::Result;

constexpr double kTermShare = 0.3;  // of a table's width
constexpr double kColumnGap = 10;
constexpr double kNarrow = 300;  // below that the columns of a table would hold no word

class Composer {
 public:
  Composer(PangoContext* context, const templates::Tree& tree, const Body& body, const PaperSetting& setting)
      : m_context(context), m_tree(tree), m_body(body), m_setting(setting), m_scale(tree.is_simple ? 1.25 : 1) {}

  Result<std::vector<Block>> compose() {
    for (const templates::Part& part : m_tree.parts)
      SEGELL_CHECK(std::visit([this](const auto& one) { return add(one); }, part));
    return std::move(m_blocks);
  }

 private:
  /// Type and space in the size that the tree is set in.
  [[nodiscard]] TextStyle style(double size, bool bold = false, double grey = 0) const {
    return {.size = size * m_scale, .bold = bold, .grey = grey};
  }
  [[nodiscard]] double space(double points) const { return points * m_scale; }

  /// A paragraph that begins that far from the body's reading edge.
  Result<Strip> paragraph(std::string_view text, const TextStyle& style, const char* tag, double before,
                          double indent = 0) const {
    SEGELL_TRY(Paragraph words, Paragraph::make(m_context, text, style, m_body.width - indent));
    Strip strip;
    strip.cells.push_back({std::move(words), tag, m_body.right_to_left ? 0 : indent});
    strip.space_before = space(before);
    return strip;
  }

  Result<void> add_alone(Result<Strip> strip, bool keeps_with_next = false) {
    SEGELL_TRY(Strip made, std::move(strip));
    Block block;
    block.strips.push_back(std::move(made));
    block.keeps_with_next = keeps_with_next;
    m_blocks.push_back(std::move(block));
    return base::ok();
  }

  Result<void> add(const templates::Title& title) {
    return add_alone(paragraph(title.text, style(18, true), "H1", 6), true);
  }
  Result<void> add(const templates::Heading& heading) {
    return add_alone(paragraph(heading.text, style(13, true), "H2", 16), true);
  }
  Result<void> add(const templates::Lines& lines) {
    const TextStyle wanted = lines.is_small ? style(9.5, false, kGrey) : style(10.5);
    for (const auto& line : lines.lines)
      SEGELL_CHECK(add_alone(paragraph(line, wanted, "P", m_blocks.empty() ? 0 : 5)));
    return base::ok();
  }
  Result<void> add(const templates::List& list) {
    const std::size_t group = ++m_groups;
    for (const auto& entry : list.entries) {
      SEGELL_TRY(Strip strip, paragraph(entry, style(10.5), "LBody", 4, kIndent));
      strip.row = "LI";
      strip.container = "L";
      strip.group = group;
      strip.has_bullet = true;
      SEGELL_CHECK(add_alone(std::move(strip)));
    }
    return base::ok();
  }
  Result<void> add(const templates::Rows& rows) {
    const std::size_t group = ++m_groups;
    for (const auto& row : rows.rows)
      SEGELL_CHECK(add_alone(table_row(row, group, 10.5, &row == &rows.rows.front() ? 10 : 5, 0)));
    return base::ok();
  }
  Result<void> add(const templates::ItemPart& item);
  Result<void> add(const templates::SignaturePlace& place);

  Result<Strip> table_row(const templates::Row& row, std::size_t group, double size, double before,
                          double indent) const {
    const double width = m_body.width - indent;
    const double term_width = width < kNarrow ? width * 0.5 - kColumnGap : width * kTermShare;
    const double text_width = width - term_width - kColumnGap;
    SEGELL_TRY(Paragraph term, Paragraph::make(m_context, row.term + ":", style(size, true), term_width));
    SEGELL_TRY(Paragraph text, Paragraph::make(m_context, row.text, style(size), text_width));
    Strip strip;
    const bool mirrored = m_body.right_to_left;
    strip.cells.push_back({std::move(term), "TH", mirrored ? text_width + kColumnGap : indent});
    strip.cells.push_back({std::move(text), "TD", mirrored ? 0 : indent + term_width + kColumnGap});
    strip.row = "TR";
    strip.container = "Table";
    strip.group = group;
    strip.space_before = space(before);
    return strip;
  }

  Result<Strip> choice_box(const templates::ItemPart& item) const {
    FieldRoom room;
    room.field = item.field;
    room.label = item.question;
    room.x = m_body.right_to_left ? 0 : kIndent;
    room.width = m_body.width - kIndent;
    double tallest = 0;
    const auto add_state = [&](const std::string& name, const std::string& words,
                               const TextStyle& wanted) -> Result<void> {
      SEGELL_TRY(Paragraph text, Paragraph::make(m_context, words, wanted, room.width - 2 * kBoxPadding));
      tallest = std::max(tallest, text.height());
      room.names.push_back(name);
      room.states.push_back(std::move(text));
      return base::ok();
    };
    SEGELL_CHECK(add_state("Off", item.undecided, style(12, false, kGrey)));
    for (const auto& choice : item.choices) SEGELL_CHECK(add_state(choice.name, choice.words, style(12, true)));
    room.height = tallest + 2 * kBoxPadding;
    Strip strip;
    strip.room = std::move(room);
    strip.space_before = space(6);
    return strip;
  }

  PangoContext* m_context;
  const templates::Tree& m_tree;
  const Body& m_body;
  const PaperSetting& m_setting;
  double m_scale;
  std::vector<Block> m_blocks;
  std::size_t m_groups = 0;
};

Result<void> Composer::add(const templates::ItemPart& item) {
  Block block;
  block.has_bar = true;
  const auto add_strip = [&](Result<Strip> strip) -> Result<void> {
    SEGELL_TRY(Strip made, std::move(strip));
    block.strips.push_back(std::move(made));
    return base::ok();
  };
  SEGELL_CHECK(add_strip(paragraph(item.question, style(12, true), item.level == 3 ? "H3" : "H2", 20, kIndent)));
  for (const auto& line : item.more) SEGELL_CHECK(add_strip(paragraph(line, style(10.5), "P", 4, kIndent)));
  const std::size_t group = ++m_groups;
  for (const auto& row : item.rows) SEGELL_CHECK(add_strip(table_row(row, group, 10, 4, kIndent)));
  SEGELL_CHECK(
      add_strip(item.decided.empty() ? choice_box(item) : paragraph(item.decided, style(12, true), "P", 6, kIndent)));
  m_blocks.push_back(std::move(block));
  return base::ok();
}

Result<void> Composer::add(const templates::SignaturePlace& place) {
  SEGELL_TRY(Strip label, paragraph(place.label, style(10.5, true), "P", 16));
  FieldRoom room;
  room.field = place.field;
  room.label = place.label;
  room.width = std::min(m_setting.signature_width, m_body.width);
  room.height = m_setting.signature_height;
  room.x = m_body.right_to_left ? m_body.width - room.width : 0;
  Strip box;
  box.room = std::move(room);
  box.space_before = space(4);
  Block block;
  block.strips.push_back(std::move(label));
  block.strips.push_back(std::move(box));
  m_blocks.push_back(std::move(block));
  return base::ok();
}

}  // namespace

Result<std::vector<Block>> compose(PangoContext* context, const templates::Tree& tree, const Body& body,
                                   const PaperSetting& setting) {
  return Composer(context, tree, body, setting).compose();
}

}  // namespace segell::layout
