#include "base/encoding.h"
#include "base/markup.h"
#include "templates/tree.h"

#include <algorithm>

namespace segell::templates {
namespace {

/// Writes parts as HTML. Class names are the only hooks for style; nothing here is taken from input unescaped.
class Writer {
 public:
  explicit Writer(const Choices& choices) : m_choices(choices) {}
  std::string out;

  void element(std::string_view open, std::string_view text, std::string_view name) {
    out.append("<").append(open).append(">");
    out += base::escape_markup(text);
    out.append("</").append(name).append(">\n");
  }

  void operator()(const Title& part) { element("h1", part.text, "h1"); }
  void operator()(const Heading& part) { element("h2", part.text, "h2"); }
  void operator()(const Lines& part) {
    out += part.is_small ? "<div class=\"lines small\">\n" : "<div class=\"lines\">\n";
    for (const auto& line : part.lines) element("p", line, "p");
    out += "</div>\n";
  }
  void operator()(const List& part) {
    out += "<ul>\n";
    for (const auto& entry : part.entries) element("li", entry, "li");
    out += "</ul>\n";
  }
  void operator()(const Rows& part) { rows(part.rows); }
  void operator()(const SignaturePlace& part) {
    out += "<p class=\"signature\" data-field=\"";
    out += base::escape_markup(part.field);
    out += "\">";
    out += base::escape_markup(part.label);
    out += "</p>\n";
  }
  void operator()(const ItemPart& part) {
    out += "<section class=\"item\" data-field=\"";
    out += base::escape_markup(part.field);
    out += "\">\n";
    const std::string_view heading = part.level == 3 ? "h3" : "h2";
    element(heading, part.question, heading);
    for (const auto& line : part.more) element("p", line, "p");
    if (!part.rows.empty()) rows(part.rows);
    decision(part);
    out += "</section>\n";
  }

 private:
  void rows(const std::vector<Row>& list) {
    out += "<dl>\n";
    for (const Row& row : list) {
      out += "<div><dt>";
      out += base::escape_markup(row.term);
      out += ":</dt> <dd>";
      out += base::escape_markup(row.text);
      out += "</dd></div>\n";
    }
    out += "</dl>\n";
  }

  void decision(const ItemPart& part) {
    if (!part.decided.empty()) return element("p class=\"decided\"", part.decided, "p");
    const auto chosen = m_choices.find(part.field);
    const auto offered = std::find_if(part.choices.begin(), part.choices.end(), [&](const OfferedChoice& one) {
      return chosen != m_choices.end() && one.name == chosen->second;
    });
    const bool made = offered != part.choices.end();
    element(made ? "p class=\"decision made\"" : "p class=\"decision\"", made ? offered->words : part.undecided, "p");
  }

  const Choices& m_choices;
};

}  // namespace

std::string reading_view(const Tree& tree, const Choices& choices) {
  Writer writer(choices);
  writer.out = "<article class=\"paper";
  writer.out += tree.is_simple ? " simple\" lang=\"" : "\" lang=\"";
  writer.out += base::escape_markup(tree.language);
  writer.out += "\" dir=\"";
  writer.out += tree.right_to_left ? "rtl" : "ltr";
  if (!tree.template_key.empty()) {
    writer.out += "\" data-template=\"";
    writer.out += base::escape_markup(tree.template_key + "/" + std::to_string(tree.template_version));
    writer.out += "\" data-rendition=\"" + base::to_hex(tree.rendition);
  }
  writer.out += "\">\n";
  for (const Part& part : tree.parts) std::visit(writer, part);
  return writer.out + "</article>\n";
}

}  // namespace segell::templates
