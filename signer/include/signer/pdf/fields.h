#pragma once

#include "signer/pdf/document.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::signer::pdf {

/// What a field's /Lock or a FieldMDP transform locks (ISO 32000-1, 12.7.4.5 and 12.8.2.4).
struct FieldLock {
  enum class Action { all, include, exclude };
  Action action = Action::all;
  std::vector<std::string> fields;  ///< qualified names, UTF-8
  int permission = 0;               ///< /P of a Lock dictionary (ISO 32000-2), 0 when absent

  /// Compared on dot boundaries: "Signature 1" does not lock "Signature 10".
  [[nodiscard]] bool locks(std::string_view qualified_name) const;
};

/// A terminal form field with what it inherits.
struct Field {
  std::string name;  ///< fully qualified, UTF-8, parts joined by '.'
  std::string type;  ///< "Tx", "Btn", "Ch", "Sig" or empty
  Ref ref;           ///< the field dictionary
  Object object;
  std::vector<Ref> widgets;  ///< the field itself when both are one dictionary
  Object value;              ///< /V as written (for a signed field a reference, usually)
  std::optional<FieldLock> lock;

  [[nodiscard]] bool is_signature() const { return type == "Sig"; }
  [[nodiscard]] bool is_empty() const { return value.is_null(); }
};

/// The interactive form as of a revision.
struct Form {
  bool present = false;
  Ref ref;  ///< of the AcroForm dictionary; none when it is direct in the catalog
  Object object;
  std::int64_t sig_flags = 0;
  bool has_xfa = false;
  std::vector<Field> fields;
};

/// Walks the field tree. Errors: malformed "pdf.field-tree" (a cycle); limit_exceeded "pdf.limit.fields"; load's.
base::Result<Form> read_form(const Document& document, RevisionIndex as_of);
inline base::Result<Form> read_form(const Document& document) { return read_form(document, document.latest()); }

}  // namespace segell::signer::pdf
