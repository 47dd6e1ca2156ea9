#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

namespace segell::http {

/// Octets that the process holds at one time, together; what goes beyond is told to come again. Thread-safe.
class BodyBudget {
 public:
  explicit BodyBudget(std::uint64_t octets) : m_left(static_cast<std::int64_t>(octets)) {}
  bool take(std::uint64_t octets);
  void give_back(std::uint64_t octets);

 private:
  std::atomic<std::int64_t> m_left;
};

/// Where the bodies of requests are while they are answered.
struct BodyRoom {
  BodyBudget memory;
  BodyBudget disk{0};              ///< for those that are too many for memory (Admission::spool_above)
  std::filesystem::path folder{};  ///< of their files, which have no names
};

}  // namespace segell::http
