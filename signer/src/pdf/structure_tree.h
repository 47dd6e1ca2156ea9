#pragma once

#include "signer/pdf/revision_writer.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segell::signer::pdf {

/// The structure tree of a document (ISO 32000-1, 14.7) as far as fields and pages can be entered into it.
struct StructureTree {
  Ref root;                   ///< /StructTreeRoot
  Ref parents;                ///< its /ParentTree
  bool has_nums = false;      ///< the parent tree is one node
  std::int64_t next_key = 0;  ///< the first free key of the parent tree
};

/// None where the document is not tagged, or its tree is not written as references (then it is left alone). Errors: the
/// document's.
base::Result<std::optional<StructureTree>> read_structure(const Document& document);

/// The elements /Form below the root, in their order. Errors: malformed "pdf.structure" (too deep, a cycle); the
/// document's.
base::Result<std::vector<Ref>> form_elements(const Document& document, const StructureTree& tree);

/// Gives rows to the parent tree: "key value key value", keys from tree.next_key on, as many as `count`.
base::Result<void> add_parents(RevisionWriter& writer, const StructureTree& tree, std::string_view rows,
                               std::int64_t count);

/// Copies the structure of other pages behind the base's own.
class StructureCopy {
 public:
  /// `pages` are the copies of the other document's pages, whose /StructParents are tree.next_key + index.
  StructureCopy(RevisionWriter& writer, const StructureTree& tree, const Document& from, const std::vector<Ref>& pages)
      : m_writer(writer), m_tree(tree), m_from(from), m_pages(pages) {}

  /// Writes all elements but /Form, which wait for their fields. Errors: malformed "pdf.structure".
  base::Result<void> run();
  /// How many elements /Form wait.
  [[nodiscard]] std::size_t forms() const { return m_forms.size(); }
  /// Writes the element /Form with that number; `field` may be none: it stays empty. Gives its reference.
  base::Result<Ref> define_form(std::size_t index, Ref field);
  /// Rows of the parent tree for the pages.
  [[nodiscard]] const std::string& rows() const { return m_rows; }

 private:
  struct FormElement {
    Ref ref;
    Ref parent;
    Ref page;
  };
  base::Result<std::string> kids(const Object& value, Ref self, std::size_t depth);
  base::Result<std::string> element(Ref source, Ref parent, std::size_t depth);
  [[nodiscard]] Ref page_of(const Object* source) const;
  base::Result<void> parents_of_pages();

  RevisionWriter& m_writer;
  const StructureTree& m_tree;
  const Document& m_from;
  const std::vector<Ref>& m_pages;
  std::vector<Ref> m_from_pages;
  std::map<Ref, Ref> m_elements;
  std::vector<FormElement> m_forms;
  std::string m_rows;
};

}  // namespace segell::signer::pdf
