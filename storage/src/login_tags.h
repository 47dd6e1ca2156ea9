#pragma once

#include "storage/persons.h"
#include "storage/scope.h"

#include <string>

namespace segell::storage {

// The keyed indexes by which people are found without their names: one place, so that what is compared is equal.

/// Of the name of a login, across the tenants of the node.
base::Result<base::Bytes> login_name_tag(const Scope& scope, const std::string& name);
/// Of an identifier known outside.
base::Result<base::Bytes> identifier_tag(const Scope& scope, const OutsideIdentifier& identifier);

/// SQL: a flag by which the account in parameter `account` is excluded from the person in that expression. Parameter 1
/// is the tenant.
std::string exclusion_of(const std::string& person, const std::string& account);

}  // namespace segell::storage
