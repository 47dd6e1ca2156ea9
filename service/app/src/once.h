#pragma once

#include "app/reply.h"
#include "state.h"

#include <optional>
#include <string>

namespace segell::app {

/// A creating call that happens at most once for its key (design 4.4). Holds the key while it lives.
class Once {
 public:
  /// Looks for the answer given before. Errors of Idempotency.
  static base::Result<Once> begin(Service::State& state, const base::TenantId& tenant, std::string caller,
                                  const Idempotency& idempotency);
  ~Once();
  Once(Once&& other) noexcept;
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;
  Once& operator=(Once&&) = delete;

  /// The answer given before, if there is one: give it again and do nothing.
  [[nodiscard]] const std::optional<Reply>& earlier() const { return m_earlier; }
  /// Keeps the answer inside the act's own transaction.
  base::Result<void> record(storage::Transaction& transaction, const base::Json& body) const;

 private:
  Once(Service::State& state, std::string caller, const Idempotency& idempotency);
  Service::State* m_state;
  std::string m_caller;
  Idempotency m_idempotency;
  std::string m_call;
  base::Instant m_now;
  std::optional<Reply> m_earlier;
};

}  // namespace segell::app
