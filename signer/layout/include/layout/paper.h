#pragma once

#include "base/bytes.h"
#include "base/time.h"

#include <string>
#include <vector>

namespace segell::layout {

/// How a filled template becomes pages. Lengths in points.
struct PaperSetting {
  double width = 595.276;  ///< A4 unless told otherwise
  double height = 841.89;
  double signature_width = 483;  ///< of a place to sign; narrower where the page is
  double signature_height = 86;
  double signature_room = 0;     ///< kept free above the foot of every page, for what is signed later
  std::size_t pages_before = 0;  ///< of the document that these pages are added to: the numbering goes on
  base::Instant created{};       ///< the PDF's creation date: a parameter, so that one input gives one output
};

/// A place for a form field: points from the page's lower left corner.
struct PaperBox {
  std::string field;
  std::string label;     ///< what the field is for, in the language of the page
  std::size_t page = 0;  ///< 0 is the first of these pages
  double left = 0;
  double bottom = 0;
  double width = 0;
  double height = 0;
  std::size_t form = 0;  ///< which of the structure elements /Form, in their order, stands for it
};

/// One way in which a choice can stand in its box.
struct ChoiceState {
  std::string name;        ///< "Off" until a choice is made, else the choice's name
  std::size_t appearance;  ///< its page in Paper::appearances, exactly as large as the box
};

struct ChoiceBox {
  PaperBox box;
  std::vector<ChoiceState> states;  ///< "Off" first
};

/// A document laid out: its pages, and what the form fields on them need.
struct Paper {
  base::Bytes pdf;          ///< tagged, fonts embedded, with code, QR and "page x of y" at the foot of every page
  base::Bytes appearances;  ///< a PDF of one page a state; empty when there is nothing to choose
  std::vector<ChoiceBox> choices;
  std::vector<PaperBox> signatures;
  std::size_t pages = 0;
};

}  // namespace segell::layout
