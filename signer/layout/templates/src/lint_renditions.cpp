#include "lint_rules.h"
#include "placeholders.h"
#include "rendition_texts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace segell::templates {
namespace {

constexpr std::array<std::string_view, 6> kLanguages{"ca", "es", "en", "ca-simple", "es-simple", "en-simple"};

std::string join(const std::set<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::set<std::string> without(const std::set<std::string>& from, const std::set<std::string>& what) {
  std::set<std::string> out;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::inserter(out, out.end()));
  return out;
}

class RenditionLint {
 public:
  RenditionLint(const Template& subject, const Rendition& rendition, LintReport& report)
      : m_subject(subject),
        m_rendition(rendition),
        m_report(report),
        m_front("renditions." + rendition.language + ".") {}

  void run() {
    for (const PlacedText& text : texts_of(m_rendition)) look_at(text);
    look_at_conditions();
    look_at_items();
    look_at_signers();
    for (const FirstLayerPart& part : first_layer_parts())
      if ((m_rendition.first_layer.*part.text).empty())
        error("first-layer-incomplete", "first_layer", "\"" + std::string(part.name) + "\" is missing");
    require_once<BodyBlock::FirstLayer>("first-layer-incomplete", "the first layer");
    require_once<BodyBlock::Signatures>("signer-missing", "the place to sign");
  }
  [[nodiscard]] const std::set<std::string>& fields() const { return m_fields; }

 private:
  void error(std::string_view rule, const std::string& where, std::string words) {
    m_report.error(rule, m_front + where, std::move(words));
  }

  void look_at(const PlacedText& text) {
    const auto pieces = take_apart(text.text);
    if (!pieces) return error("placeholder-malformed", text.where, pieces.error().message);
    if (text.text.empty() && text.role != TextRole::first_layer && text.role != TextRole::consequence)
      error("text-empty", text.where, "there are no words");
    for (const TextPiece& piece : *pieces)
      if (piece.is_placeholder) look_at_placeholder(text, piece.text);
  }

  void look_at_placeholder(const PlacedText& text, std::string_view placeholder) {
    const std::string mark = "{{" + std::string(placeholder) + "}}";
    if (placeholder == "until") {
      if (!text.in_item) error("placeholder-unknown", text.where, mark + " belongs to an item");
      return;
    }
    const std::string name(field_of(placeholder));
    const Field* field = m_subject.field(name);
    if (field == nullptr || field->type == FieldType::code)
      return error("placeholder-unknown", text.where, mark + " is no field that can be printed");
    m_fields.insert(name);
    const bool part = placeholder.size() != name.size();
    if (part && (field->type != FieldType::person || placeholder.substr(name.size()) != ".given_name"))
      error("placeholder-unknown", text.where, mark + " names a part that the field has not");
    if (!field->required && !text.in_item && text.only_if != name)
      error("placeholder-unguarded", text.where, mark + " may be missing: put \"if\": \"" + name + "\" on the block");
  }

  void look_at_conditions() {
    for (std::size_t i = 0; i < m_rendition.body.size(); ++i) {
      for (const std::string* name : {&m_rendition.body[i].only_if, &m_rendition.body[i].unless}) {
        if (!name->empty() && m_subject.field(*name) == nullptr && !m_subject.has_group(*name))
          error("condition-unknown", "body[" + std::to_string(i) + "]",
                "\"" + *name + "\" is neither a field nor a group of items");
      }
    }
  }

  void look_at_items() {
    std::map<std::string, int> placed;
    for (const BodyBlock& block : m_rendition.body)
      if (const auto* items = std::get_if<BodyBlock::Items>(&block.content)) ++placed[items->group];
    for (const auto& [group, times] : placed)
      if (!m_subject.has_group(group)) error("item-missing", "body", "there is no group \"" + group + "\"");
    for (const Item& item : m_subject.items) {
      if (placed[item.group] != 1)
        error("item-missing", "body", "the group \"" + item.group + "\" must be placed exactly once");
      const auto text = std::find_if(m_rendition.items.begin(), m_rendition.items.end(),
                                     [&](const ItemText& one) { return one.item == item.name; });
      if (text == m_rendition.items.end()) {
        error("item-missing", "items", "there are no words for the item \"" + item.name + "\"");
      } else if (text->consequence.empty()) {
        error("item-without-consequence", "items." + item.name, "what follows from refusing is not said");
      }
    }
    for (const ItemText& text : m_rendition.items)
      if (m_subject.item(text.item) == nullptr)
        error("item-missing", "items." + text.item, "the template has no such item");
  }

  void look_at_signers() {
    for (const Signer& signer : m_subject.signers) {
      const bool named = std::any_of(m_rendition.signers.begin(), m_rendition.signers.end(),
                                     [&](const auto& pair) { return pair.first == signer.name; });
      if (!named) error("signer-missing", "signers", "there are no words for the signer \"" + signer.name + "\"");
    }
    for (const auto& [name, text] : m_rendition.signers)
      if (m_subject.signer(name) == nullptr)
        error("signer-missing", "signers." + name, "the template has no such signer");
  }

  template <class Content>
  void require_once(std::string_view rule, const char* what) {
    const auto times = std::count_if(m_rendition.body.begin(), m_rendition.body.end(), [](const BodyBlock& block) {
      return std::holds_alternative<Content>(block.content) && block.only_if.empty() && block.unless.empty();
    });
    if (times != 1)
      error(rule, "body", std::string(what) + " must stand in the body exactly once, without a condition");
  }

  const Template& m_subject;
  const Rendition& m_rendition;
  LintReport& m_report;
  std::string m_front;
  std::set<std::string> m_fields;
};

}  // namespace

void lint_renditions(const Template& subject, LintReport& report) {
  for (const auto language : kLanguages)
    if (subject.rendition(language) == nullptr)
      report.error("rendition-missing", "renditions", "there is no rendition \"" + std::string(language) + "\"");
  std::set<std::string> first;
  for (const Rendition& rendition : subject.renditions) {
    RenditionLint one(subject, rendition, report);
    one.run();
    if (&rendition == &subject.renditions.front()) first = one.fields();
    const std::string where = "renditions." + rendition.language;
    const std::string other = " than " + subject.renditions.front().language;
    if (const auto less = without(first, one.fields()); !less.empty())
      report.error("placeholders-differ", where, "tells less" + other + ": " + join(less));
    if (const auto more = without(one.fields(), first); !more.empty())
      report.error("placeholders-differ", where, "tells more" + other + ": " + join(more));
  }
  for (const Field& field : subject.fields)
    if (field.type != FieldType::code && !first.contains(field.name))
      report.error("field-unused", "fields", "\"" + field.name + "\" is asked for and never printed");
}

}  // namespace segell::templates
