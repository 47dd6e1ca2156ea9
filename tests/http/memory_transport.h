#pragma once

#include "http/transport.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace segell::tests {

/// A connection that says a fixed text in pieces of a fixed size and keeps what is answered.
class MemoryTransport final : public http::Transport {
 public:
  MemoryTransport(base::BytesView says, std::size_t piece) : m_says(says), m_piece(std::max<std::size_t>(piece, 1)) {}

  void set_deadline(http::Deadline) override {}
  [[nodiscard]] bool deadline_passed() const override { return false; }
  void set_idle(bool) override {}
  [[nodiscard]] bool stopping() const override { return false; }
  std::size_t receive(std::span<std::byte> into) override {
    const auto count = std::min({into.size(), m_piece, m_says.size()});
    if (count > 0) std::memcpy(into.data(), m_says.data(), count);
    m_says = m_says.subspan(count);
    return count;
  }
  bool send(base::BytesView octets) override {
    m_answers.append(base::as_text(octets));
    return true;
  }
  bool finish_sending() override { return true; }

  std::string m_answers;

 private:
  base::BytesView m_says;
  std::size_t m_piece;
};

}  // namespace segell::tests
