#pragma once

#include "app/documents.h"
#include "app/service.h"

#include <string>
#include <string_view>
#include <utility>

/// How the use cases of the fake service write down what they were called with, and what they answer.
namespace segell::tests {

/// What last_call() gives next.
void write_down(std::string call);

/// The parts of a call as one line.
template <class... Parts>
void note(Parts&&... parts) {
  std::string line;
  ((line += line.empty() ? "" : "|", line += std::string(std::forward<Parts>(parts))), ...);
  write_down(std::move(line));
}

app::Reply reply(std::string_view name);
std::string key_of(const app::Idempotency& idempotency);
app::Content content(std::string_view type);

}  // namespace segell::tests
