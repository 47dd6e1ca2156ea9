#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace segell::layout {

/// One decision as it stands on the page. All texts are ready for print in the page's language.
struct ChoiceLine {
  std::string item{};         ///< the question
  std::string choice{};       ///< what the person chose, in words
  std::string consequence{};  ///< what follows from refusing; empty: no such line
  std::string notice{};       ///< the notice read: title and short hash; empty: no such line
};

/// The words that frame the choices, in the page's language: layout knows none of its own.
struct ChoicesWords {
  std::string person{};       ///< before the person's name: "Persona"
  std::string choice{};       ///< before each choice: "La meva decisió"
  std::string consequence{};  ///< before each consequence
  std::string notice{};       ///< before each notice
  std::string code{};         ///< before the verification code
  std::string check{};        ///< above the address where the document can be checked
  std::string page_of{};      ///< holds {page} and {pages}: "Pàgina {page} de {pages}"
};

/// What a page of choices says (design: a person's act, "one decider, one document").
struct ChoicesPage {
  std::string language{};  ///< BCP 47 tag; decides shaping, and stands in the PDF as /Lang
  std::string title{};
  std::string organisation{};
  std::string person{};
  std::vector<ChoiceLine> choices{};
  ChoicesWords words{};
  std::string verification_code{};  ///< as it is shown
  std::string verification_url{};   ///< printed, and the content of the QR code
  double width = 595.276;           ///< points; A4 unless told otherwise
  double height = 841.89;
  double signature_room = 0;  ///< points kept free above the foot of every page, for what is signed later
  base::Instant created{};    ///< the PDF's creation date: a parameter, so that one input gives one output
};

/// The honest statement beside the ink: a block of exactly width × height points.
struct Statement {
  std::string language{};
  std::vector<std::string> lines{};
  double width = 0;
  double height = 0;
  base::Instant created{};
};

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

  /// A tagged PDF of one or more pages with embedded fonts; code, QR and "page x of y" stand on every page.
  [[nodiscard]] base::Result<base::Bytes> lay_out_choices_page(const ChoicesPage& page) const;

  /// A one-page PDF of exactly the block's size, with embedded fonts and no background: for import as a form XObject.
  /// The type shrinks to fit, down to 5 points; text that does not fit then is limit_exceeded "layout.too-long".
  [[nodiscard]] base::Result<base::Bytes> lay_out_statement(const Statement& statement) const;

 private:
  struct State;
  explicit Typesetter(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace segell::layout
