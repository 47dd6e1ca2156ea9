#pragma once

#include "base/digest.h"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace segell::templates {

/// A filled template as a tree of few kinds of parts. Paper and reading view are made from this and nothing else, so
/// that what is read aloud or zoomed is what is sealed. All texts are ready for print in the tree's language.

struct Title {
  std::string text;
};
struct Heading {
  std::string text;
};
/// Lines that belong together; each is a paragraph of its own.
struct Lines {
  std::vector<std::string> lines;
  bool is_small = false;
};
struct List {
  std::vector<std::string> entries;
};
struct Row {
  std::string term;
  std::string text;
};
struct Rows {
  std::vector<Row> rows;
};
/// A choice on offer: its name for machines ("grant") and the whole words that will stand on paper.
struct OfferedChoice {
  std::string name;
  std::string words;
};
/// One thing to decide. Which choice was made is no part of the tree unless `decided` says so.
struct ItemPart {
  std::string field;  ///< the form field's name
  int level = 2;      ///< of the question as a heading: 3 below a Heading
  std::string question;
  std::vector<std::string> more;
  std::vector<Row> rows;  ///< consequence, notice
  std::vector<OfferedChoice> choices;
  std::string undecided;  ///< what stands there until a choice is made
  std::string decided;    ///< the decision printed as text in place of the box; empty: a box is reserved
};
/// Where a signature will stand.
struct SignaturePlace {
  std::string field;
  std::string label;
};
using Part = std::variant<Title, Heading, Lines, List, Rows, ItemPart, SignaturePlace>;

/// What stands at the foot of every page.
struct Foot {
  std::string code_label;
  std::string code;
  std::string check;    ///< above the address
  std::string address;  ///< printed, and the content of the QR code
  std::string page_of;  ///< holds {page} and {pages}
};

struct Tree {
  std::string language;
  bool right_to_left = false;
  bool is_simple = false;  ///< set larger and with more room
  std::string title;       ///< of the document
  std::string template_key;
  std::uint32_t template_version = 0;
  base::Sha256 rendition{};
  std::vector<Part> parts;
  Foot foot;
};

/// What was chosen: by an item's field, the name of the choice.
using Choices = std::map<std::string, std::string, std::less<>>;

/// The tree as an HTML fragment: one <article> with lang and dir, all text escaped, no script, no style. An item
/// without an entry in `choices` says that it is not decided yet; a choice that the item does not offer counts as none.
std::string reading_view(const Tree& tree, const Choices& choices = {});

}  // namespace segell::templates
