#include "app/caller.h"

#include "state.h"

#include <algorithm>
#include <array>

namespace segell::app {

namespace {

constexpr std::pair<Right, std::string_view> kRights[] = {
    {Right::documents_write, "documents:write"}, {Right::documents_seal, "documents:seal"},
    {Right::documents_read, "documents:read"},   {Right::persons_write, "persons:write"},
    {Right::persons_erase, "persons:erase"},     {Right::notices_write, "notices:write"},
    {Right::requests_write, "requests:write"},   {Right::evaluate, "evaluate"}};

constexpr std::pair<Role, std::string_view> kRoles[] = {{Role::citizen, "citizen"},
                                                        {Role::representative, "representative"},
                                                        {Role::professional, "professional"},
                                                        {Role::referent, "referent"},
                                                        {Role::manager, "manager"},
                                                        {Role::auditor, "auditor"},
                                                        {Role::dpo, "dpo"},
                                                        {Role::integrator, "integrator"},
                                                        {Role::administrator, "administrator"}};

}  // namespace

std::string_view to_string(Role role) noexcept {
  for (const auto& [candidate, word] : kRoles) {
    if (candidate == role) return word;
  }
  return "unknown";
}

base::Result<Role> parse_role(std::string_view text) {
  for (const auto& [candidate, word] : kRoles) {
    if (word == text) return candidate;
  }
  return base::fail(base::Code::invalid_argument, "app.unknown-role", "unknown role");
}

bool is_staff(Role role) noexcept {
  switch (role) {
    case Role::professional:
    case Role::referent:
    case Role::manager:
    case Role::auditor:
    case Role::dpo:
    case Role::administrator:
      return true;
    case Role::citizen:
    case Role::representative:
    case Role::integrator:
      return false;
  }
  return true;
}

bool holds_person(Role role) noexcept { return role == Role::citizen || role == Role::representative; }

std::string_view to_string(Right right) noexcept {
  for (const auto& [candidate, word] : kRights) {
    if (candidate == right) return word;
  }
  return "unknown";
}

base::Result<Right> parse_right(std::string_view text) {
  for (const auto& [candidate, word] : kRights) {
    if (word == text) return candidate;
  }
  return base::fail(base::Code::invalid_argument, "app.unknown-right", "unknown right");
}

bool Caller::may(Right right) const { return std::find(rights.begin(), rights.end(), right) != rights.end(); }

ActorId visit_actor(const VisitCaller& caller) {
  std::array<std::byte, ActorId::kSize> bits{};
  std::copy(caller.request.bytes().begin(), caller.request.bytes().end(), bits.begin());
  return ActorId(bits);
}

}  // namespace segell::app
