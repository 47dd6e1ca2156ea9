#include "templates/tree_json.h"

#include "base/encoding.h"

#include <algorithm>

namespace segell::templates {
namespace {

using base::Json;
using base::Result;

base::Failure damaged() {
  return base::fail(base::Code::corrupt, "template.tree", "the stored text of a document is damaged");
}

Json texts(const std::vector<std::string>& list) {
  Json json = Json::array();
  for (const auto& text : list) json.push(text);
  return json;
}

Json rows_json(const std::vector<Row>& rows) {
  Json json = Json::array();
  for (const Row& row : rows) json.push(Json::array({row.term, row.text}));
  return json;
}

struct PartWriter {
  Json operator()(const Title& part) const { return Json::object({{"part", "title"}, {"text", part.text}}); }
  Json operator()(const Heading& part) const { return Json::object({{"part", "heading"}, {"text", part.text}}); }
  Json operator()(const Lines& part) const {
    return Json::object({{"part", "lines"}, {"lines", texts(part.lines)}, {"small", part.is_small}});
  }
  Json operator()(const List& part) const { return Json::object({{"part", "list"}, {"entries", texts(part.entries)}}); }
  Json operator()(const Rows& part) const { return Json::object({{"part", "rows"}, {"rows", rows_json(part.rows)}}); }
  Json operator()(const SignaturePlace& part) const {
    return Json::object({{"part", "signature"}, {"field", part.field}, {"label", part.label}});
  }
  Json operator()(const ItemPart& part) const {
    Json choices = Json::array();
    for (const OfferedChoice& choice : part.choices) choices.push(Json::array({choice.name, choice.words}));
    return Json::object({{"part", "item"},
                         {"field", part.field},
                         {"level", part.level},
                         {"question", part.question},
                         {"more", texts(part.more)},
                         {"rows", rows_json(part.rows)},
                         {"choices", std::move(choices)},
                         {"undecided", part.undecided},
                         {"decided", part.decided}});
  }
};

/// Takes members out of one object; the first that is not as it was written spoils the whole.
class Reader {
 public:
  explicit Reader(const Json& json) : m_json(json) {}

  std::string text(const char* name) { return text_of(m_json.find(name)); }
  std::int64_t number(const char* name) {
    const Json* member = m_json.find(name);
    const std::int64_t* value = member == nullptr ? nullptr : member->as_int();
    return value == nullptr ? spoil(std::int64_t{0}) : *value;
  }
  bool flag(const char* name) {
    const Json* member = m_json.find(name);
    const bool* value = member == nullptr ? nullptr : member->as_bool();
    return value == nullptr ? spoil(false) : *value;
  }
  std::vector<std::string> list(const char* name) {
    std::vector<std::string> out;
    for (const Json& one : array(name)) out.push_back(text_of(&one));
    return out;
  }
  /// Pairs of texts.
  template <class Pair>
  std::vector<Pair> pairs(const char* name) {
    std::vector<Pair> out;
    for (const Json& one : array(name)) {
      const Json::Array* pair = one.as_array();
      if (pair == nullptr || pair->size() != 2) return spoil(std::vector<Pair>());
      out.push_back({text_of(&(*pair)[0]), text_of(&(*pair)[1])});
    }
    return out;
  }
  const Json::Array& array(const char* name) {
    static const Json::Array kNone;
    const Json* member = m_json.find(name);
    if (member != nullptr && member->as_array() != nullptr) return *member->as_array();
    m_good = false;
    return kNone;
  }
  [[nodiscard]] bool good() const { return m_good; }

 private:
  std::string text_of(const Json* value) {
    const std::string* text = value == nullptr ? nullptr : value->as_string();
    return text == nullptr ? spoil(std::string()) : *text;
  }
  template <class T>
  T spoil(T value) {
    m_good = false;
    return value;
  }
  const Json& m_json;
  bool m_good = true;
};

Result<Part> part_from_json(const Json& json) {
  Reader from(json);
  const std::string kind = from.text("part");
  Part part;
  if (kind == "title") {
    part = Title{from.text("text")};
  } else if (kind == "heading") {
    part = Heading{from.text("text")};
  } else if (kind == "lines") {
    part = Lines{from.list("lines"), from.flag("small")};
  } else if (kind == "list") {
    part = List{from.list("entries")};
  } else if (kind == "rows") {
    part = Rows{from.pairs<Row>("rows")};
  } else if (kind == "signature") {
    part = SignaturePlace{from.text("field"), from.text("label")};
  } else if (kind == "item") {
    part = ItemPart{
        from.text("field"),      static_cast<int>(from.number("level")), from.text("question"),  from.list("more"),
        from.pairs<Row>("rows"), from.pairs<OfferedChoice>("choices"),   from.text("undecided"), from.text("decided")};
  } else {
    return damaged();
  }
  if (!from.good()) return damaged();
  return part;
}

}  // namespace

Json to_json(const Tree& tree) {
  Json parts = Json::array();
  for (const Part& part : tree.parts) parts.push(std::visit(PartWriter{}, part));
  Json foot = Json::object({{"codeLabel", tree.foot.code_label},
                            {"code", tree.foot.code},
                            {"check", tree.foot.check},
                            {"address", tree.foot.address},
                            {"pageOf", tree.foot.page_of}});
  return Json::object({{"language", tree.language},
                       {"rightToLeft", tree.right_to_left},
                       {"simple", tree.is_simple},
                       {"title", tree.title},
                       {"template", tree.template_key},
                       {"version", std::int64_t{tree.template_version}},
                       {"rendition", base::to_hex(tree.rendition)},
                       {"parts", std::move(parts)},
                       {"foot", std::move(foot)}});
}

Result<Tree> tree_from_json(const Json& json) {
  Reader from(json);
  Tree tree;
  tree.language = from.text("language");
  tree.right_to_left = from.flag("rightToLeft");
  tree.is_simple = from.flag("simple");
  tree.title = from.text("title");
  tree.template_key = from.text("template");
  tree.template_version = static_cast<std::uint32_t>(from.number("version"));
  const auto rendition = base::from_hex(from.text("rendition"));
  if (!rendition || rendition->size() != tree.rendition.size()) return damaged();
  std::copy(rendition->begin(), rendition->end(), tree.rendition.begin());
  for (const Json& part : from.array("parts")) {
    SEGELL_TRY(auto made, part_from_json(part));
    tree.parts.push_back(std::move(made));
  }
  const Json* foot = json.find("foot");
  if (foot == nullptr) return damaged();
  Reader below(*foot);
  tree.foot = {below.text("codeLabel"), below.text("code"), below.text("check"), below.text("address"),
               below.text("pageOf")};
  if (!from.good() || !below.good()) return damaged();
  return tree;
}

}  // namespace segell::templates
