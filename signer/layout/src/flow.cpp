#include "sheet.h"

#include <algorithm>

namespace segell::layout {
namespace {

class Flow {
 public:
  explicit Flow(const Body& body) : m_body(body), m_y(body.top) {}

  void add(const Block& block, double needed) {
    if (m_y + needed > m_body.bottom && needed <= m_body.height()) break_page();
    for (const Strip& strip : block.strips) {
      if (m_y > m_body.top) m_y += strip.space_before;
      add(strip, block, &strip == &block.strips.front());
    }
  }

  std::vector<Page> take() { return std::move(m_pages); }

 private:
  void add(const Strip& strip, const Block& block, bool is_first_of_block) {
    const double height = strip.height();
    if (m_y + height > m_body.bottom && height <= m_body.height()) break_page();
    std::vector<std::size_t> next(strip.cells.size());
    for (bool first = true, done = false; !done; first = false) {
      Placed placed{&strip, {}, m_y, 0, block.has_bar, is_first_of_block || m_pages.back().empty(), first};
      done = take_lines(strip, next, placed);
      is_first_of_block = false;
      m_y += placed.height;
      if (placed.height > 0) m_pages.back().push_back(std::move(placed));
      if (!done) break_page();
    }
  }

  /// As many lines of each cell as this page has room for; true when that was all.
  bool take_lines(const Strip& strip, std::vector<std::size_t>& next, Placed& placed) const {
    bool done = true;
    if (strip.room) placed.height = strip.room->height;
    for (std::size_t i = 0; i < strip.cells.size(); ++i) {
      const auto& lines = strip.cells[i].paragraph.lines();
      double height = 0;
      const std::size_t first = next[i];
      while (next[i] < lines.size()) {
        // A page takes a line in any case, so that this ends.
        const bool fits = m_y + height + lines[next[i]].height <= m_body.bottom;
        if (!fits && (height > 0 || m_y > m_body.top)) break;
        height += lines[next[i]++].height;
      }
      placed.lines.emplace_back(first, next[i] - first);
      placed.height = std::max(placed.height, height);
      done = done && next[i] == lines.size();
    }
    return done;
  }

  void break_page() {
    if (m_pages.back().empty()) return;
    m_pages.emplace_back();
    m_y = m_body.top;
  }

  Body m_body;
  double m_y;
  std::vector<Page> m_pages = std::vector<Page>(1);
};

}  // namespace

double Strip::height() const {
  double tallest = room ? room->height : 0;
  for (const Cell& cell : cells) tallest = std::max(tallest, cell.paragraph.height());
  return tallest;
}

double Block::height() const {
  double sum = 0;
  for (const Strip& strip : strips) sum += strip.space_before + strip.height();
  return sum;
}

std::vector<Page> flow(const std::vector<Block>& blocks, const Body& body) {
  Flow flow(body);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    double needed = blocks[i].height();
    if (blocks[i].keeps_with_next && i + 1 < blocks.size()) {
      const Block& next = blocks[i + 1];
      const double whole = next.height();
      // A decision stays with its heading as a whole; of anything longer the first strip is enough.
      needed += next.has_bar && needed + whole <= body.height()
                    ? whole
                    : next.strips.front().space_before + next.strips.front().height();
    }
    flow.add(blocks[i], needed);
  }
  return flow.take();
}

}  // namespace segell::layout
