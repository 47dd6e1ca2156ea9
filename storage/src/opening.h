#pragma once

#include "base/bytes.h"
#include "journal/merkle.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>

namespace segell::storage {

/// At rest: salt ‖ event, sealed under the subject's key or the tenant's, bound to its place in the log.
inline std::string opening_context(std::uint64_t log_index) { return "opening." + std::to_string(log_index); }
inline KeyOwner opening_key(const Scope& scope, const std::optional<PersonId>& subject) {
  return subject ? scope.person_key(*subject) : scope.tenant_key();
}

}  // namespace segell::storage
