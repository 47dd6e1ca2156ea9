#pragma once

#include "base/json.h"
#include "templates/tree.h"

namespace segell::templates {

/// The tree as JSON and back, for keeping beside the document made from it: a later version of the program lays out
/// templates otherwise, or has other ones, and must still read this document aloud as it is. Error: corrupt
/// "template.tree".
base::Json to_json(const Tree& tree);
base::Result<Tree> tree_from_json(const base::Json& json);

}  // namespace segell::templates
