#include "http/body_room.h"

namespace segell::http {

bool BodyBudget::take(std::uint64_t octets) {
  const auto count = static_cast<std::int64_t>(octets);
  if (m_left.fetch_sub(count) >= count) return true;
  m_left.fetch_add(count);
  return false;
}

void BodyBudget::give_back(std::uint64_t octets) { m_left.fetch_add(static_cast<std::int64_t>(octets)); }

}  // namespace segell::http
