#pragma once

#include "layout/paper.h"
#include "templates/tree.h"
#include "text.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::layout {

/// Where the body of every page stands: points from the upper left corner.
struct Body {
  double left = 0;
  double width = 0;
  double top = 0;
  double bottom = 0;
  bool right_to_left = false;

  [[nodiscard]] double height() const { return bottom - top; }
};

/// A paragraph with its place across the body.
struct Cell {
  Paragraph paragraph;
  const char* tag = "P";
  double x = 0;  ///< from the body's left edge
};

/// A box for a form field. A choice has a paragraph for each of its states.
struct FieldRoom {
  std::string field;
  std::string label;
  double x = 0;
  double width = 0;
  double height = 0;
  std::vector<std::string> names;  ///< of the states; none: a place to sign
  std::vector<Paragraph> states;
};

/// What stands side by side: a paragraph, a row of a table, an entry of a list, or a box.
struct Strip {
  std::vector<Cell> cells;
  std::optional<FieldRoom> room;
  const char* row = nullptr;        ///< the element that holds the cells: "TR", "LI"
  const char* container = nullptr;  ///< the element that holds neighbouring rows: "Table", "L"
  std::size_t group = 0;            ///< neighbouring rows of one container have one number
  double space_before = 0;
  bool has_bullet = false;

  [[nodiscard]] double height() const;
};

/// Strips that stay on one page unless they are taller than a page.
struct Block {
  std::vector<Strip> strips;
  bool has_bar = false;          ///< a bar at the side ties a decision together
  bool keeps_with_next = false;  ///< a heading never ends a page

  [[nodiscard]] double height() const;
};

/// Lines of one strip that stand together on a page.
struct Placed {
  const Strip* strip = nullptr;
  std::vector<std::pair<std::size_t, std::size_t>> lines;  ///< of each cell: first, and how many
  double y = 0;
  double height = 0;
  bool has_bar = false;
  bool starts_bar = false;  ///< at the top of its page, or first of its decision
  bool is_first = false;    ///< of its strip
};
using Page = std::vector<Placed>;

constexpr double kMargin = 56;
constexpr double kIndent = 14;
constexpr double kBoxPadding = 8;  // around the words in a box
constexpr double kGrey = 0.27;     // 10:1 against white

/// The tree's parts as blocks, in their order. Errors: Paragraph::make's.
base::Result<std::vector<Block>> compose(PangoContext* context, const templates::Tree& tree, const Body& body,
                                         const PaperSetting& setting);

/// Fills pages from the top. A block that would break, and fits a page of its own, goes to the next page whole.
std::vector<Page> flow(const std::vector<Block>& blocks, const Body& body);

}  // namespace segell::layout
