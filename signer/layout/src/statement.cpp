#include "pdf_canvas.h"
#include "text.h"
#include "typesetter_state.h"

#include <cmath>

namespace segell::layout {
namespace {

constexpr double kLargest = 9;
constexpr double kSmallest = 5;
constexpr double kStep = 0.25;
constexpr double kInset = 1;

struct Block {
  std::vector<Paragraph> paragraphs;
  double height = 0;
};

base::Result<Block> set_block(PangoContext* context, const Statement& statement, double size) {
  Block block;
  for (const std::string& line : statement.lines) {
    SEGELL_TRY(Paragraph paragraph, Paragraph::make(context, line, {.size = size}, statement.width - 2 * kInset));
    block.height += paragraph.height();
    block.paragraphs.push_back(std::move(paragraph));
  }
  return block;
}

bool is_side(double points) { return std::isfinite(points) && points >= 10 && points <= 14400; }

}  // namespace

base::Result<base::Bytes> draw_statement(const Fonts& fonts, const Statement& statement) {
  if (!is_side(statement.width) || !is_side(statement.height))
    return base::fail(base::Code::invalid_argument, "layout.size", "a block of text needs 10 to 14400 points each way");
  if (statement.lines.empty() || statement.lines.size() > 50)
    return base::fail(base::Code::invalid_argument, "layout.text", "a statement has 1 to 50 lines");
  SEGELL_TRY(const GObjectPtr<PangoContext> context, context_for(fonts, statement.language));
  for (double size = kLargest; size >= kSmallest; size -= kStep) {
    SEGELL_TRY(const Block block, set_block(context.get(), statement, size));
    if (block.height > statement.height - 2 * kInset) continue;
    PdfCanvas canvas(statement.width, statement.height, statement.created);
    double y = kInset;
    for (const Paragraph& paragraph : block.paragraphs) {
      const PdfCanvas::Element element(canvas, "P");
      paragraph.draw_all(canvas.cairo(), kInset, y);
      y += paragraph.height();
    }
    return canvas.finish(statement.language);
  }
  return base::fail(base::Code::limit_exceeded, "layout.too-long",
                    "the statement does not fit its place in readable type", "give it more room or fewer words");
}

}  // namespace segell::layout
