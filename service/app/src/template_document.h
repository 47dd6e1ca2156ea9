#pragma once

#include "base/json.h"
#include "consent/item.h"
#include "storage/documents.h"
#include "templates/tree.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// What is kept beside a document that was made from a template: its text as it was laid out, and what is to be decided
/// and signed on it.
struct TemplateDocument {
  struct Item {
    consent::ConsentItem item;
    std::string field;  ///< of the document's form
  };
  struct Signer {
    std::string signer;  ///< its name in the template
    std::string field;
    std::vector<std::string> meanings{};  ///< what a signature there may say; empty: not known
  };
  templates::Tree tree;
  std::vector<Item> items;
  std::vector<Signer> signers;
};

base::Json to_json(const TemplateDocument& document);

/// None for a document that a program stored as a PDF. Errors: corrupt "app.record", "template.tree".
base::Result<std::optional<TemplateDocument>> template_of(const storage::DocumentRecord& record);

}  // namespace segell::app
