#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "layout/paper.h"
#include "templates/tree.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace segell::layout {

/// The honest statement beside the ink: a block of exactly width × height points.
struct Statement {
  std::string language{};
  std::vector<std::string> lines{};
  double width = 0;
  double height = 0;
  base::Instant created{};
};

struct SlipPage;

/// Sets text with the packaged Noto fonts of one folder and no other font of the machine. One input gives identical
/// bytes. Thread-safe; calls take turns.
///
/// Errors of every call: invalid_argument "layout.text" (not UTF-8, or control or direction-override characters),
/// unsupported "layout.no-glyph" (the message names the character), invalid_argument "layout.size" (a page too small,
/// or not finite), limit_exceeded "layout.too-long".
class Typesetter {
 public:
  /// Reads the Noto fonts in the folder (Debian: /usr/share/fonts/truetype/noto). Error: not_found "layout.fonts" when
  /// NotoSans-Regular.ttf or NotoSans-Bold.ttf is not there.
  static base::Result<Typesetter> load(const std::filesystem::path& font_folder);
  ~Typesetter();
  Typesetter(Typesetter&&) noexcept;
  Typesetter& operator=(Typesetter&&) noexcept;

  /// A filled template as a tagged PDF (ISO 32000-1 14.8) in its language: headings, paragraphs, lists and tables in
  /// the order of the tree, nothing twice and nothing left out, boxes for choices and signatures. What stands at the
  /// foot of every page stands outside of the text.
  [[nodiscard]] base::Result<Paper> lay_out_paper(const templates::Tree& tree, const PaperSetting& setting) const;

  /// A one-page PDF of exactly the block's size, with embedded fonts and no background: for import as a form XObject.
  /// The type shrinks to fit, down to 5 points; text that does not fit then is limit_exceeded "layout.too-long".
  [[nodiscard]] base::Result<base::Bytes> lay_out_statement(const Statement& statement) const;

  /// A tagged PDF of exactly one A4 page with embedded fonts (layout/slip_page.h): type and questions get shorter
  /// before a decision is left out, and then the page says how many are.
  [[nodiscard]] base::Result<base::Bytes> lay_out_slip(const SlipPage& page) const;

 private:
  struct State;
  explicit Typesetter(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace segell::layout
