#include "pdf/structure_tree.h"

#include "signer/pdf/limits.h"
#include "signer/pdf/pages.h"

#include <algorithm>
#include <functional>
#include <set>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kElements = 100'000;
constexpr std::int64_t kLargestKey = 100'000'000;

base::Failure bad_structure(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.structure", std::string(what));
}

/// The highest key that a node of the parent tree states, -1 without any (7.9.7: keys ascend).
base::Result<std::int64_t> highest_key(const Document& document, const Dictionary& node) {
  std::int64_t highest = -1;
  SEGELL_TRY(const auto nums, document.get(node, "Nums"));
  if (const auto* list = nums.as_array()) {
    for (std::size_t i = 0; i + 1 < list->size(); i += 2) {
      const auto* key = (*list)[i].as_integer();
      if (key == nullptr) return bad_structure("a key of the parent tree is no number");
      highest = std::max(highest, *key);
    }
  }
  SEGELL_TRY(const auto kids, document.get(node, "Kids"));
  if (const auto* list = kids.as_array()) {
    for (const auto& kid : *list) {
      SEGELL_TRY(const auto object, document.resolve(kid));
      if (object.as_dictionary() == nullptr) return bad_structure("a node of the parent tree is no dictionary");
      SEGELL_TRY(const auto bounds, document.get(*object.as_dictionary(), "Limits"));
      const auto* pair = bounds.as_array();
      const auto* last = pair == nullptr || pair->size() != 2 ? nullptr : (*pair)[1].as_integer();
      if (last == nullptr) return bad_structure("a node of the parent tree has no limits");
      highest = std::max(highest, *last);
    }
  }
  return highest;
}

/// Depth-first walk over the elements below a value of /K.
class ElementWalk {
 public:
  ElementWalk(const Document& document, std::vector<Ref>& forms) : m_document(document), m_forms(forms) {}

  base::Result<void> kids(const Object& value, std::size_t depth) {
    if (depth > limits::kTreeDepth) return bad_structure("the structure tree is too deep");
    if (const auto* ref = value.as_reference()) return element(*ref, depth);
    const auto* list = value.as_array();
    if (list == nullptr) return base::ok();
    for (const auto& item : *list) {
      if (const auto* ref = item.as_reference()) SEGELL_CHECK(element(*ref, depth));
    }
    return base::ok();
  }

 private:
  base::Result<void> element(Ref ref, std::size_t depth) {
    SEGELL_TRY(const auto object, m_document.load(ref));
    if (object.as_array() != nullptr) return kids(object, depth + 1);
    const auto* dictionary = object.as_dictionary();
    if (dictionary == nullptr) return base::ok();
    if (!m_seen.insert(ref.number).second || m_seen.size() > kElements) return bad_structure("a cycle of elements");
    if (dictionary->is_name("S", "Form")) m_forms.push_back(ref);
    const auto* below = dictionary->find("K");
    return below == nullptr ? base::ok() : kids(*below, depth + 1);
  }

  const Document& m_document;
  std::vector<Ref>& m_forms;
  std::set<std::uint32_t> m_seen;
};

}  // namespace

base::Result<std::optional<StructureTree>> read_structure(const Document& document) {
  SEGELL_TRY(const auto catalog, document.catalog());
  const auto* root = catalog.as_dictionary()->reference("StructTreeRoot");
  if (root == nullptr) return std::optional<StructureTree>();
  SEGELL_TRY(const auto object, document.load(*root));
  const auto* dictionary = object.as_dictionary();
  const auto* parents = dictionary == nullptr ? nullptr : dictionary->reference("ParentTree");
  if (parents == nullptr) return std::optional<StructureTree>();
  SEGELL_TRY(const auto node, document.load(*parents));
  if (node.as_dictionary() == nullptr) return std::optional<StructureTree>();
  StructureTree tree{*root, *parents, node.as_dictionary()->has("Nums"), 0};
  SEGELL_TRY(const std::int64_t highest, highest_key(document, *node.as_dictionary()));
  const auto* next = dictionary->integer("ParentTreeNextKey");
  tree.next_key = std::max(highest + 1, next == nullptr ? 0 : *next);
  if (tree.next_key < 0 || tree.next_key > kLargestKey)
    return bad_structure("a key of the parent tree is out of bounds");
  return std::optional(tree);
}

base::Result<std::vector<Ref>> form_elements(const Document& document, const StructureTree& tree) {
  std::vector<Ref> forms;
  SEGELL_TRY(const auto root, document.load(tree.root));
  const auto* below = root.as_dictionary()->find("K");
  if (below != nullptr) SEGELL_CHECK(ElementWalk(document, forms).kids(*below, 0));
  return forms;
}

base::Result<void> add_parents(RevisionWriter& writer, const StructureTree& tree, std::string_view rows,
                               std::int64_t count) {
  if (count == 0) return base::ok();
  const std::int64_t end = tree.next_key + count;
  if (tree.has_nums) {
    SEGELL_CHECK(writer.append_to_array(tree.parents, "Nums", rows));
  } else {
    const Ref leaf = writer.add("<</Limits[" + std::to_string(tree.next_key) + " " + std::to_string(end - 1) +
                                "]/Nums[" + std::string(rows) + "]>>");
    SEGELL_CHECK(writer.append_to_array(tree.parents, "Kids", reference_text(leaf)));
  }
  return writer.set_key(tree.root, "ParentTreeNextKey", std::to_string(end));
}

Ref StructureCopy::page_of(const Object* source) const {
  const auto* ref = source == nullptr ? nullptr : source->as_reference();
  if (ref == nullptr) return {};
  const auto found = std::find(m_from_pages.begin(), m_from_pages.end(), *ref);
  return found == m_from_pages.end() ? Ref() : m_pages[static_cast<std::size_t>(found - m_from_pages.begin())];
}

/// The value of /K for the copy: marks as they are, elements and pages under their new numbers.
base::Result<std::string> StructureCopy::kids(const Object& value, Ref self, std::size_t depth) {
  if (depth > limits::kTreeDepth) return bad_structure("the structure tree is too deep");
  if (const auto* mark = value.as_integer()) return std::to_string(*mark);
  if (const auto* ref = value.as_reference()) return element(*ref, self, depth);
  if (const auto* list = value.as_array()) {
    std::string out = "[";
    for (const auto& item : *list) {
      SEGELL_TRY(const auto text, kids(item, self, depth + 1));
      out += (out.size() == 1 ? "" : " ") + text;
    }
    return out + "]";
  }
  const auto* mark = value.as_dictionary();
  const auto* number = mark == nullptr ? nullptr : mark->integer("MCID");
  if (number == nullptr) return bad_structure("an element holds what is neither a mark nor an element");
  return "<</Type/MCR/Pg " + reference_text(page_of(mark->find("Pg"))) + "/MCID " + std::to_string(*number) + ">>";
}

base::Result<std::string> StructureCopy::element(Ref source, Ref parent, std::size_t depth) {
  const auto [place, fresh] = m_elements.try_emplace(source);
  if (!fresh || m_elements.size() > kElements) return bad_structure("a cycle of elements");
  const Ref self = place->second = m_writer.reserve();
  SEGELL_TRY(const auto object, m_from.load(source));
  const auto* dictionary = object.as_dictionary();
  const auto* role = dictionary == nullptr ? nullptr : dictionary->name("S");
  if (role == nullptr) return bad_structure("an element of the structure tree has no role");
  const Ref page = page_of(dictionary->find("Pg"));
  if (*role == "Form") {
    m_forms.push_back({self, parent, page});
    return reference_text(self);
  }
  std::string body = "<</Type/StructElem/S/" + *role + "/P " + reference_text(parent);
  if (!page.is_none()) body += "/Pg " + reference_text(page);
  if (const auto* below = dictionary->find("K")) {
    SEGELL_TRY(const auto text, kids(*below, self, depth + 1));
    body += "/K " + text;
  }
  m_writer.define(self, body + ">>");
  return reference_text(self);
}

base::Result<void> StructureCopy::run() {
  SEGELL_TRY(m_from_pages, page_refs(m_from, m_from.latest()));
  SEGELL_TRY(const auto catalog, m_from.catalog());
  SEGELL_TRY(const auto root, m_from.get(*catalog.as_dictionary(), "StructTreeRoot"));
  const auto* below = root.as_dictionary() == nullptr ? nullptr : root.as_dictionary()->find("K");
  if (below == nullptr) return bad_structure("the pages to be added are not tagged");
  // The pages may be in another language than the document that they are added to.
  const Ref part = m_writer.reserve();
  SEGELL_TRY(const auto text, kids(*below, part, 0));
  std::string body = "<</Type/StructElem/S/Part/P " + reference_text(m_tree.root);
  if (const auto* language = catalog.as_dictionary()->string("Lang")) body += "/Lang" + write_text_string(*language);
  m_writer.define(part, body + "/K " + text + ">>");
  SEGELL_TRY(const auto base_root, m_writer.base().load(m_tree.root));
  const auto* kids_before = base_root.as_dictionary()->find("K");
  const auto* single = kids_before == nullptr ? nullptr : kids_before->as_reference();
  SEGELL_TRY(const auto held, single == nullptr ? base::Result<Object>(Object()) : m_writer.base().load(*single));
  if (single != nullptr && held.as_array() == nullptr) {
    SEGELL_CHECK(m_writer.set_key(m_tree.root, "K", "[" + reference_text(*single) + " " + reference_text(part) + "]"));
  } else {
    SEGELL_CHECK(m_writer.append_to_array(m_tree.root, "K", reference_text(part)));
  }
  return parents_of_pages();
}

/// Which element each mark of a page belongs to.
base::Result<void> StructureCopy::parents_of_pages() {
  SEGELL_TRY(const auto tree, read_structure(m_from));
  if (!tree) return bad_structure("the pages to be added are not tagged");
  SEGELL_TRY(const auto node, m_from.load(tree->parents));
  SEGELL_TRY(const auto nums, m_from.get(*node.as_dictionary(), "Nums"));
  const auto* list = nums.as_array();
  for (std::size_t i = 0; i < m_from_pages.size(); ++i) {
    SEGELL_TRY(const auto page, m_from.load(m_from_pages[i]));
    const auto* key = page.as_dictionary()->integer("StructParents");
    std::string row;
    for (std::size_t at = 0; key != nullptr && list != nullptr && at + 1 < list->size(); at += 2) {
      const auto* stated = (*list)[at].as_integer();
      if (stated == nullptr || *stated != *key) continue;
      SEGELL_TRY(const auto elements, m_from.resolve((*list)[at + 1]));
      if (elements.as_array() == nullptr) return bad_structure("a page's entry in the parent tree is no array");
      for (const auto& one : *elements.as_array()) {
        const auto copied = one.as_reference() == nullptr ? m_elements.end() : m_elements.find(*one.as_reference());
        row += (row.empty() ? "" : " ") + (copied == m_elements.end() ? "null" : reference_text(copied->second));
      }
    }
    m_rows +=
        (m_rows.empty() ? "" : " ") + std::to_string(m_tree.next_key + static_cast<std::int64_t>(i)) + "[" + row + "]";
  }
  return base::ok();
}

base::Result<Ref> StructureCopy::define_form(std::size_t index, Ref field) {
  if (index >= m_forms.size()) return bad_structure("a field has no element that stands for it");
  const FormElement& form = m_forms[index];
  std::string body = "<</Type/StructElem/S/Form/P " + reference_text(form.parent) + "/Pg " + reference_text(form.page);
  if (!field.is_none()) {
    body += "/K<</Type/OBJR/Obj " + reference_text(field) + "/Pg " + reference_text(form.page) + ">>";
  }
  m_writer.define(form.ref, body + ">>");
  return form.ref;
}

}  // namespace segell::signer::pdf
