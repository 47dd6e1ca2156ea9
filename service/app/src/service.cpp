#include "app/service.h"

#include "capacity_reviews.h"
#include "captured_acts_job.h"
#include "late_timestamps.h"
#include "proofs.h"
#include "state.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace segell::app {

namespace {

base::Failure bad_settings(std::string what, std::string hint = {}) {
  return base::fail(base::Code::invalid_argument, "app.settings", std::move(what), std::move(hint));
}

signer::ades::TrustMaterial trust_of(const Settings& settings) {
  signer::ades::TrustMaterial trust;
  trust.anchors = settings.trust;
  trust.crls = settings.crls;
  return trust;
}

base::Result<void> check_tenant(const TenantSettings& tenant) {
  if (tenant.organisation.empty()) return bad_settings("a tenant has no organisation name");
  for (const consent::BasisFact& basis : tenant.bases) {
    if (auto made = consent::make_legal_basis(basis.basis); !made) return bad_settings(made.error().message);
    if (!basis.by_administrator) return bad_settings("a basis in the register is not marked as an administrator's");
  }
  return base::ok();
}

/// Waits for the next round or the end, works, and survives whatever a round throws.
void work(Service& service, Service::State& state) {
  std::unique_lock lock(state.mutex);
  while (!state.stopping) {
    state.wake.wait_for(lock, state.settings.late_timestamp_every, [&] { return state.stopping || state.hurried; });
    if (state.stopping) return;
    state.hurried = false;
    lock.unlock();
    try {
      service.run_jobs_once();
    } catch (const std::exception& error) {
      spdlog::error("background round failed: {}", error.what());
    }
    lock.lock();
  }
}

}  // namespace

Service::State::State(Ports ports, Settings wanted)
    : store(ports.storage),
      http(ports.http),
      clock(ports.clock),
      letters(ports.letters),
      settings(std::move(wanted)),
      party(relying_party(settings.public_url)),
      verifier(trust_of(settings)),
      verifications(settings.max_verifications),
      logins(settings.logins.at_one_time) {
  const TimestampSettings& configured = settings.timestamps;
  if (configured.url.empty()) return;
  signer::ades::TimestampBounds bounds;
  bounds.deadline = configured.deadline;
  tsa.emplace(
      ports.http, ports.clock,
      signer::ades::TimestampAuthority{configured.url, configured.anchors, configured.intermediates, configured.policy},
      bounds);
}

base::Result<const Tenant*> Service::State::tenant(const base::TenantId& id) const {
  const auto found = tenants.find(id);
  if (found == tenants.end()) {
    return base::fail(base::Code::forbidden, "auth.tenant-not-served", "this node does not serve that tenant");
  }
  return &found->second;
}

void Service::State::hurry() {
  {
    const std::lock_guard lock(mutex);
    hurried = true;
  }
  wake.notify_all();
}

bool Service::State::is_stopping() {
  const std::lock_guard lock(mutex);
  return stopping;
}

Service::Service(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Service::~Service() { stop(); }

base::Result<std::unique_ptr<Service>> Service::open(Ports ports, Settings settings) {
  if (settings.tenants.empty()) return bad_settings("no tenant is configured");
  auto state = std::make_unique<State>(ports, std::move(settings));
  SEGELL_TRY(state->typesetter, layout::Typesetter::load(state->settings.font_folder));
  for (const TenantSettings& tenant : state->settings.tenants) {
    SEGELL_CHECK(check_tenant(tenant));
    SEGELL_TRY(auto sealer, signer::ades::Sealer::make(tenant.seal));
    if (!state->tenants.emplace(tenant.tenant, Tenant{tenant, std::move(sealer)}).second) {
      return bad_settings("a tenant is configured twice");
    }
  }
  return std::unique_ptr<Service>(new Service(std::move(state)));
}

void Service::start() {
  if (!m_state->worker.joinable()) m_state->worker = std::thread([this] { work(*this, *m_state); });
}

void Service::stop() {
  if (!m_state->worker.joinable()) return;
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->stopping = true;
  }
  m_state->wake.notify_all();
  m_state->worker.join();
}

std::size_t Service::run_jobs_once() {
  const std::size_t acts = finish_captured_acts(*m_state);
  const std::size_t reviews = raise_capacity_reviews(*m_state);
  const std::size_t timestamps = add_late_timestamps(*m_state);
  return acts + reviews + timestamps + extend_proofs(*m_state);
}

DocumentLocks::Held::Held(DocumentLocks& owner, const base::DocumentId& document)
    : m_owner(owner), m_document(document) {
  std::unique_lock lock(m_owner.m_mutex);
  m_owner.m_released.wait(lock, [&] { return m_owner.m_held.insert(m_document).second; });
}

DocumentLocks::Held::~Held() {
  {
    const std::lock_guard lock(m_owner.m_mutex);
    m_owner.m_held.erase(m_document);
  }
  m_owner.m_released.notify_all();
}

bool InFlight::enter(const std::string& call) {
  const std::lock_guard lock(m_mutex);
  return m_calls.insert(call).second;
}

void InFlight::leave(const std::string& call) {
  const std::lock_guard lock(m_mutex);
  m_calls.erase(call);
}

}  // namespace segell::app
