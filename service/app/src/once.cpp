#include "once.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

constexpr std::chrono::hours kKept{24 * 7};
constexpr int kCreated = 201;
/// Bounds of answers that we gave ourselves: a package holds the papers of a whole visit.
constexpr base::JsonLimits kOwnAnswer{64 << 20, 64, 4'000'000};

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= 128 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

base::Failure in_flight() {
  return base::fail(base::Code::conflict, "idempotency.in-flight", "the same call is running",
                    "ask again with the same key after a moment");
}

}  // namespace

Once::Once(Service::State& state, std::string caller, const Idempotency& idempotency)
    : m_state(&state),
      m_caller(std::move(caller)),
      m_idempotency(idempotency),
      m_call(m_caller + '\n' + idempotency.route + '\n' + idempotency.key),
      m_now(state.clock.now()) {}

Once::Once(Once&& other) noexcept
    : m_state(std::exchange(other.m_state, nullptr)),
      m_caller(std::move(other.m_caller)),
      m_idempotency(std::move(other.m_idempotency)),
      m_call(std::move(other.m_call)),
      m_now(other.m_now),
      m_earlier(std::move(other.m_earlier)) {}

Once::~Once() {
  if (m_state != nullptr) m_state->in_flight.leave(m_call);
}

base::Result<Once> Once::begin(Service::State& state, const base::TenantId& tenant, std::string caller,
                               const Idempotency& idempotency) {
  if (!is_key(idempotency.key)) {
    return base::fail(base::Code::invalid_argument, "idempotency.bad-key",
                      "a creating call needs an idempotency key of 1 to 128 visible characters");
  }
  const std::string call = caller + '\n' + idempotency.route + '\n' + idempotency.key;
  if (!state.in_flight.enter(call)) return in_flight();
  Once once(state, std::move(caller), idempotency);
  SEGELL_TRY(const auto found, state.store.read(tenant, [&](const storage::View& view) {
    return view.idempotency().find(once.m_caller, idempotency.route, idempotency.key);
  }));
  if (!found || found->expires <= once.m_now) return once;
  if (found->body_hash != idempotency.body) {
    return base::fail(base::Code::invalid_argument, "idempotency.other-body",
                      "that idempotency key was used for another body", "use a fresh key for a new call");
  }
  SEGELL_TRY(auto body, base::parse_json(found->response, kOwnAnswer));
  once.m_earlier = Reply{std::move(body), true};
  return once;
}

base::Result<void> Once::record(storage::Transaction& transaction, const base::Json& body) const {
  SEGELL_TRY(const auto found, transaction.idempotency().find(m_caller, m_idempotency.route, m_idempotency.key));
  if (found && found->expires > m_now) return in_flight();  // another node was faster
  if (found) SEGELL_CHECK(transaction.idempotency().purge_expired(m_now));
  storage::IdempotencyRecord record;
  record.caller = m_caller;
  record.route = m_idempotency.route;
  record.key = m_idempotency.key;
  record.body_hash = m_idempotency.body;
  record.status = kCreated;
  record.response = base::write_json(body);
  record.expires = m_now + kKept;
  return transaction.idempotency().add(record);
}

}  // namespace segell::app
