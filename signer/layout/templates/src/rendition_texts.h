#pragma once

#include "templates/template.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

/// Which part of a rendition a text is; `label` are terms, headings and the words over a signature, which are no
/// sentences.
enum class TextRole { title, label, sentence, consequence, first_layer };

/// One text of a rendition and where it stands: "body[2].p[1]", "items.income-tax.consequence".
struct PlacedText {
  std::string where;
  std::string_view text;
  TextRole role = TextRole::sentence;
  std::string_view only_if;  ///< the block's condition
  bool in_item = false;      ///< "{{until}}" may stand here
};

/// Every text of the rendition, borrowed from it, in the order of the file.
std::vector<PlacedText> texts_of(const Rendition& rendition);

/// The words of a text as readers count them: split at white space, placeholders as one word.
std::vector<std::string> words_of(std::string_view text);
/// The sentences of a text: ended by . ! ? or the end; a point inside a number or a placeholder ends nothing.
std::vector<std::string_view> sentences_of(std::string_view text);

}  // namespace segell::templates
