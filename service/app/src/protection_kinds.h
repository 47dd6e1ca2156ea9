#pragma once

#include <string_view>

namespace segell::app {

/// The closed words of ProtectionFlag::kind.
namespace protection_kind {
inline constexpr std::string_view kExcludedPerson = "excluded-person";
inline constexpr std::string_view kAddress = "address";
/// One document is kept from whoever represents the person (domain: minor_confidential).
inline constexpr std::string_view kConfidential = "confidential";
}  // namespace protection_kind

}  // namespace segell::app
