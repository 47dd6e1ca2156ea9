#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// The graphics states that q keeps and Q restores (ISO 32000-1, 8.4.2).
template <typename State>
class SavedStates {
 public:
  explicit SavedStates(std::size_t limit) : m_limit(limit) {}

  /// Nothing for other operators; false for more states than the limit. A Q without a q does nothing.
  std::optional<bool> take(std::string_view word, State& state) {
    if (word == "q") m_states.push_back(state);
    if (word == "Q" && !m_states.empty()) {
      state = m_states.back();
      m_states.pop_back();
    }
    return word == "q" || word == "Q" ? std::optional(m_states.size() <= m_limit) : std::nullopt;
  }

 private:
  std::size_t m_limit;
  std::vector<State> m_states;
};

}  // namespace segell::signer::pdf
