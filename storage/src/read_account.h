#pragma once

#include "storage/accounts.h"

namespace segell::storage {

/// Where an account lies.
struct AccountPlace {
  TenantId tenant;
  AccountId account;
};

/// Across tenants, because the name tells the tenant.
base::Result<std::optional<AccountPlace>> find_account_place(const Scope& scope, const std::string& name);

}  // namespace segell::storage
