#pragma once

#include "app/service.h"
#include "base/json.h"

#include <string>
#include <string_view>

namespace segell::app {

/// What a code names: a use's purpose, category of data or recipient.
enum class CodeKind { purpose, category, recipient };

/// What the code is called in that language (ca, es or en): by the tenant's register, else by the words of the embedded
/// templates; an empty code is every one. Without a name, the code itself.
std::string code_name(const TenantSettings& settings, CodeKind kind, std::string_view code, std::string_view language);

/// {"ca","es","en"} for pages, which choose the language themselves; null where the code has no name.
base::Json code_names_json(const TenantSettings& settings, CodeKind kind, std::string_view code);

}  // namespace segell::app
