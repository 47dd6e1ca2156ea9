#include "app/caller.h"

#include "state.h"

#include <algorithm>
#include <array>

namespace segell::app {

namespace {

constexpr std::pair<Right, std::string_view> kRights[] = {{Right::documents_write, "documents:write"},
                                                          {Right::documents_read, "documents:read"},
                                                          {Right::persons_write, "persons:write"},
                                                          {Right::persons_erase, "persons:erase"},
                                                          {Right::notices_write, "notices:write"},
                                                          {Right::requests_write, "requests:write"},
                                                          {Right::evaluate, "evaluate"}};

}  // namespace

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

base::Result<void> require(const Caller& caller, Right right) {
  if (caller.may(right)) return base::ok();
  return base::fail(base::Code::forbidden, "auth.missing-right",
                    "this credential may not do that: it lacks " + std::string(to_string(right)));
}

ActorId visit_actor(const VisitCaller& caller) {
  std::array<std::byte, ActorId::kSize> bits{};
  std::copy(caller.request.bytes().begin(), caller.request.bytes().end(), bits.begin());
  return ActorId(bits);
}

}  // namespace segell::app
