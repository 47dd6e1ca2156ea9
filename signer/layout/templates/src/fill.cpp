#include "templates/fill.h"

#include "values.h"

#include <algorithm>
#include <set>

namespace segell::templates {
namespace {

base::Failure invalid(std::string_view reason, std::string message) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message));
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

class Filler {
 public:
  Filler(const Template& from, const Rendition& rendition, const Frame& frame, const Input& input, const Values& values)
      : m_from(from), m_rendition(rendition), m_frame(frame), m_input(input), m_values(values) {}

  base::Result<Tree> run() {
    m_tree.language = m_rendition.language;
    m_tree.right_to_left = is_right_to_left(m_rendition.language);
    m_tree.is_simple = is_simple(m_rendition.language);
    m_tree.template_key = m_from.key;
    m_tree.template_version = m_from.version;
    m_tree.rendition = m_rendition.digest;
    SEGELL_CHECK(check_input());
    SEGELL_CHECK(head());
    for (const BodyBlock& block : m_rendition.body) {
      if (!is_wanted(block)) continue;
      SEGELL_CHECK(std::visit([this](const auto& content) { return add(content); }, block.content));
    }
    foot();
    return std::move(m_tree);
  }

 private:
  [[nodiscard]] std::string say(std::string_view key, std::string_view name = {}, std::string_view value = {}) const {
    return m_frame.say(m_rendition.language, key, name, value);
  }
  base::Result<std::string> text(std::string_view words, const Day* until = nullptr) const {
    return fill_text(words, m_values, m_rendition.language, until);
  }
  [[nodiscard]] std::string shielded(std::string_view value) const { return shield(value, m_tree.right_to_left); }

  base::Result<void> check_input() const;
  base::Result<void> head();
  void foot();
  [[nodiscard]] bool holds(const std::string& name) const;
  [[nodiscard]] bool is_wanted(const BodyBlock& block) const {
    return (block.only_if.empty() || holds(block.only_if)) && (block.unless.empty() || !holds(block.unless));
  }

  base::Result<void> add(const BodyBlock::Heading& heading);
  base::Result<void> add(const BodyBlock::Lines& lines);
  base::Result<void> add(const BodyBlock::List& list);
  base::Result<void> add(const BodyBlock::Rows& rows);
  base::Result<void> add(const BodyBlock::Items& items);
  base::Result<void> add(const BodyBlock::FirstLayer& layer);
  base::Result<void> add(const BodyBlock::Signatures& signatures);
  base::Result<ItemPart> item_part(const ItemInput& input) const;

  const Template& m_from;
  const Rendition& m_rendition;
  const Frame& m_frame;
  const Input& m_input;
  const Values& m_values;
  Tree m_tree;
};

bool Filler::holds(const std::string& name) const {
  if (m_values.find(name) != m_values.end()) return true;
  return std::any_of(m_input.items.begin(), m_input.items.end(), [&](const ItemInput& one) {
    const Item* item = m_from.item(one.item);
    return item != nullptr && item->group == name;
  });
}

base::Result<void> Filler::check_input() const {
  SEGELL_CHECK(checked_text("organisation", m_input.organisation));
  SEGELL_CHECK(checked_text("verification code", m_input.verification_code));
  SEGELL_CHECK(checked_text("verification address", m_input.verification_address));
  std::set<std::string> items;
  std::set<std::string> fields;
  for (const ItemInput& one : m_input.items) {
    if (m_from.item(one.item) == nullptr)
      return invalid("template.item", "the template has no item \"" + one.item + "\"");
    if (!items.insert(one.item).second) return invalid("template.item", "the item \"" + one.item + "\" stands twice");
    if (one.field.empty() || !fields.insert(one.field).second)
      return invalid("template.item", "a field's name is empty or used twice");
    if (one.choices.empty()) return invalid("template.choice", "the item \"" + one.item + "\" offers no choice");
    if (!one.until.ok()) return invalid("template.item", "the item \"" + one.item + "\" has no term");
    if (!one.notice.empty()) SEGELL_CHECK(checked_text("notice", one.notice));
  }
  std::set<std::string> signers;
  for (const SignerInput& one : m_input.signers) {
    if (m_from.signer(one.signer) == nullptr)
      return invalid("template.signer", "the template has no signer \"" + one.signer + "\"");
    if (one.field.empty() || !fields.insert(one.field).second)
      return invalid("template.signer", "a field's name is empty or used twice");
    SEGELL_CHECK(checked_text("signer", one.person));
    signers.insert(one.signer);
  }
  for (const Signer& signer : m_from.signers)
    if (signer.required && !signers.contains(signer.name))
      return invalid("template.signer", "the signer \"" + signer.name + "\" is missing");
  return base::ok();
}

base::Result<void> Filler::head() {
  m_tree.parts.emplace_back(Lines{{shielded(m_input.organisation)}, true});
  Lines notes{{}, true};
  const std::string& asked = m_input.asked_language;
  if (!asked.empty() && asked != m_rendition.language) {
    if (!is_language_tag(asked)) return invalid("template.field", "the language asked for is no BCP 47 tag");
    notes.lines.push_back(say("not-in-language", "asked", shielded(asked)));
  }
  if (m_rendition.status == Status::unreviewed) notes.lines.push_back(say("unreviewed"));
  if (m_tree.is_simple) notes.lines.push_back(say(m_rendition.validation ? "easy-read" : "simple-text"));
  if (!notes.lines.empty()) m_tree.parts.emplace_back(std::move(notes));
  SEGELL_TRY(m_tree.title, text(m_rendition.title));
  m_tree.parts.emplace_back(Title{m_tree.title});
  return base::ok();
}

void Filler::foot() {
  m_tree.foot.code_label = say("code");
  m_tree.foot.code = m_input.verification_code;
  m_tree.foot.check = say("check");
  m_tree.foot.address = m_input.verification_address;
  m_tree.foot.page_of = say("page-of");
  m_tree.parts.emplace_back(Rows{
      {{say("code"), shielded(m_input.verification_code)}, {say("check"), shielded(m_input.verification_address)}}});
}

base::Result<void> Filler::add(const BodyBlock::Heading& heading) {
  SEGELL_TRY(auto words, text(heading.text));
  m_tree.parts.emplace_back(Heading{std::move(words)});
  return base::ok();
}

base::Result<void> Filler::add(const BodyBlock::Lines& lines) {
  Lines out;
  for (const auto& line : lines.lines) {
    SEGELL_TRY(auto words, text(line));
    out.lines.push_back(std::move(words));
  }
  m_tree.parts.emplace_back(std::move(out));
  return base::ok();
}

base::Result<void> Filler::add(const BodyBlock::List& list) {
  List out;
  for (const auto& entry : list.entries) {
    const bool whole = entry.starts_with("{{") && entry.find("}}") + 2 == entry.size();
    const auto value = whole ? m_values.find(entry.substr(2, entry.size() - 4)) : m_values.end();
    if (value != m_values.end() && value->second.type == FieldType::list) {
      for (const auto& one : value->second.list) out.entries.push_back(shielded(one));
      continue;
    }
    SEGELL_TRY(auto words, text(entry));
    out.entries.push_back(std::move(words));
  }
  m_tree.parts.emplace_back(std::move(out));
  return base::ok();
}

base::Result<void> Filler::add(const BodyBlock::Rows& rows) {
  Rows out;
  for (const auto& [term, words] : rows.rows) {
    SEGELL_TRY(auto filled, text(words));
    out.rows.push_back({term, std::move(filled)});
  }
  m_tree.parts.emplace_back(std::move(out));
  return base::ok();
}

base::Result<void> Filler::add(const BodyBlock::Items& items) {
  const bool has_heading = std::any_of(m_tree.parts.begin(), m_tree.parts.end(),
                                       [](const Part& part) { return std::holds_alternative<Heading>(part); });
  for (const ItemInput& one : m_input.items) {
    if (m_from.item(one.item)->group != items.group) continue;
    SEGELL_TRY(ItemPart part, item_part(one));
    part.level = has_heading ? 3 : 2;
    m_tree.parts.emplace_back(std::move(part));
  }
  return base::ok();
}

base::Result<ItemPart> Filler::item_part(const ItemInput& input) const {
  const auto words = std::find_if(m_rendition.items.begin(), m_rendition.items.end(),
                                  [&](const ItemText& one) { return one.item == input.item; });
  if (words == m_rendition.items.end())
    return invalid("template.item", "the rendition has no words for the item \"" + input.item + "\"");
  ItemPart part;
  part.field = input.field;
  SEGELL_TRY(part.question, text(words->question, &input.until));
  for (const auto& line : words->more) {
    SEGELL_TRY(auto filled, text(line, &input.until));
    part.more.push_back(std::move(filled));
  }
  if (!words->consequence.empty()) {
    SEGELL_TRY(auto consequence, text(words->consequence, &input.until));
    part.rows.push_back({say("consequence"), std::move(consequence)});
  }
  if (!input.notice.empty()) part.rows.push_back({say("notice"), shielded(input.notice)});
  const std::string front = say("decision") + ": ";
  for (const auto& choice : input.choices) {
    const std::string key = "choice-" + choice;
    if (!is_word(choice) || m_frame.find(m_rendition.language, key) == nullptr)
      return invalid("template.choice", "there are no words for the choice \"" + choice + "\"");
    part.choices.push_back({choice, front + say(key, "until", write_day(input.until, m_rendition.language))});
  }
  part.undecided = front + say("undecided");
  return part;
}

base::Result<void> Filler::add(const BodyBlock::FirstLayer&) {
  m_tree.parts.emplace_back(Heading{say("first-layer")});
  Rows out;
  for (const FirstLayerPart& part : first_layer_parts()) {
    SEGELL_TRY(auto words, text(m_rendition.first_layer.*part.text));
    out.rows.push_back({say("first-layer-" + std::string(part.name)), std::move(words)});
  }
  m_tree.parts.emplace_back(std::move(out));
  return base::ok();
}

base::Result<void> Filler::add(const BodyBlock::Signatures&) {
  for (const SignerInput& one : m_input.signers) {
    const auto label = std::find_if(m_rendition.signers.begin(), m_rendition.signers.end(),
                                    [&](const auto& pair) { return pair.first == one.signer; });
    if (label == m_rendition.signers.end())
      return invalid("template.signer", "the rendition has no words for the signer \"" + one.signer + "\"");
    SEGELL_TRY(auto words, text(label->second));
    m_tree.parts.emplace_back(SignaturePlace{one.field, words + ": " + shielded(one.person)});
  }
  return base::ok();
}

base::Result<std::string> scope_part(const Template& from, const std::string& part, const Values& values) {
  if (!part.starts_with("{{")) return part;
  const std::string name = part.size() > 4 ? part.substr(2, part.size() - 4) : std::string();
  const Field* field = from.field(name);
  const auto value = values.find(name);
  if (field == nullptr || field->type != FieldType::code || value == values.end())
    return invalid("template.field", "the scope needs the code " + part);
  return value->second.text;
}

}  // namespace

const Rendition& choose_rendition(const Template& from, std::string_view asked) {
  if (const Rendition* exact = from.rendition(asked)) return *exact;
  const std::string plain = plain_tag(asked);
  if (const Rendition* same = from.rendition(plain)) return *same;
  const std::string primary(primary_language(asked));
  for (const Rendition& one : from.renditions)
    if (primary_language(one.language) == primary) return one;
  if (const Rendition* catalan = from.rendition("ca")) return *catalan;
  return from.renditions.front();
}

base::Result<Tree> fill(const Template& from, std::string_view language, const Frame& frame, const Input& input) {
  const Rendition* rendition = from.rendition(language);
  if (rendition == nullptr)
    return base::fail(base::Code::not_found, "template.no-rendition",
                      "the template has no rendition in " + std::string(language));
  if (!frame.has(language))
    return base::fail(base::Code::not_found, "template.no-frame",
                      "there are no frame words in " + std::string(language));
  SEGELL_TRY(const Values values, read_values(from, input.fields));
  return Filler(from, *rendition, frame, input, values).run();
}

base::Result<FilledScope> fill_scope(const Template& from, std::string_view item, const base::Json& fields) {
  const Item* found = from.item(item);
  if (found == nullptr) return invalid("template.item", "the template has no item \"" + std::string(item) + "\"");
  SEGELL_TRY(const Values values, read_values(from, fields));
  FilledScope out;
  SEGELL_TRY(out.purpose, scope_part(from, found->purpose, values));
  SEGELL_TRY(out.category, scope_part(from, found->category, values));
  SEGELL_TRY(out.recipient, scope_part(from, found->recipient, values));
  return out;
}

}  // namespace segell::templates
