#include "committer.h"

#include "opening.h"
#include "query.h"

#include <algorithm>
#include <exception>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMostKnownLogs = 256;

base::Failure stopped_failure() {
  return fail(Code::unavailable, "store.stopped", "the store stopped after a failure", "start the service again");
}

Result<void> run_guarded(const UseCase& use_case, Transaction& transaction) {
  try {
    return use_case(transaction);
  } catch (const std::exception& error) {
    return fail(Code::internal, "store.use-case-threw", std::string("a use case failed: ") + error.what());
  }
}

}  // namespace

Committer::Committer(Parts parts) : m_parts(std::move(parts)) {}

Committer::~Committer() {
  {
    const std::scoped_lock lock(m_mutex);
    m_ending = true;
  }
  m_wake.notify_all();
  if (m_thread.joinable()) m_thread.join();
}

Result<void> Committer::start() {
  SEGELL_TRY(m_session, m_parts.database.open_session(Access::write));
  m_thread = std::thread([this] { loop(); });
  return base::ok();
}

void Committer::submit(const TenantId& tenant, UseCase use_case, Completion completion) {
  {
    const std::scoped_lock lock(m_mutex);
    if (!m_stopped && !m_ending) {
      std::deque<Work>& waiting = m_waiting[tenant];
      if (waiting.empty()) m_turns.push_back(tenant);
      waiting.push_back({std::move(use_case), std::move(completion)});
      if (m_idle) m_wake.notify_one();
      return;
    }
  }
  completion(stopped_failure());
}

bool Committer::stopped() const {
  const std::scoped_lock lock(m_mutex);
  return m_stopped;
}

void Committer::stop_for_good(const base::Error& error) {
  {
    const std::scoped_lock lock(m_mutex);
    if (m_stopped) return;
    m_stopped = true;
  }
  m_parts.fatal.fatal(error);
}

std::set<TenantId> Committer::take_grown() {
  const std::scoped_lock lock(m_mutex);
  return std::exchange(m_grown, {});
}

void Committer::loop() {
  while (true) {
    TenantId tenant;
    std::vector<Work> group;
    bool stopped = false;
    {
      std::unique_lock lock(m_mutex);
      m_idle = true;
      m_wake.wait(lock, [this] { return m_ending || !m_turns.empty(); });
      m_idle = false;
      if (m_turns.empty()) return;
      stopped = m_stopped;
      tenant = m_turns.front();
      m_turns.pop_front();
      std::deque<Work>& waiting = m_waiting[tenant];
      const std::size_t count = std::min(waiting.size(), m_parts.max_group);
      group.reserve(count);
      std::move(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(group));
      waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
      if (waiting.empty()) {
        m_waiting.erase(tenant);
      } else {
        m_turns.push_back(tenant);
      }
    }
    if (stopped) {
      for (Work& work : group) work.completion(stopped_failure());
    } else {
      run_group(tenant, group);
      m_pending.clear();
    }
  }
}

void Committer::run_group(const TenantId& tenant, std::vector<Work>& group) {
  if (try_group(tenant, group) == Progress::done) return;
  // One member may be what did not fit; the others must not suffer for it.
  for (Work& work : group) {
    std::vector<Work> single;
    single.push_back(std::move(work));
    if (stopped()) {
      single[0].completion(stopped_failure());
    } else {
      try_group(tenant, single);
    }
  }
}

Result<void> Committer::begin_on_head(const TenantId& tenant) {
  SEGELL_CHECK(m_session->begin(Access::write));
  if (const auto known = m_logs.find(tenant); known != m_logs.end()) {
    SEGELL_TRY(const bool same, lock_head(*m_session, known->second));
    if (same) return base::ok();
  }
  if (m_logs.size() >= kMostKnownLogs) m_logs.clear();
  SEGELL_TRY(LogState state, load_log(*m_session, m_parts.keys, tenant));
  SEGELL_TRY(const bool same, lock_head(*m_session, state));
  if (!same) return fail(Code::unavailable, "storage.busy", "the log's head moved");
  m_logs.insert_or_assign(tenant, std::move(state));
  return base::ok();
}

/// False when the back end gave up the whole transaction.
Result<bool> Committer::run_members(const TenantId& tenant, std::vector<Work>& group,
                                    std::vector<Result<void>>& results) {
  for (Work& work : group) {
    SEGELL_CHECK(m_session->savepoint());
    const PendingGroup::Mark mark = m_pending.mark();
    Transaction transaction(Scope{*m_session, tenant, m_parts.keys, &m_pending});
    results.push_back(run_guarded(work.use_case, transaction));
    if (results.back()) {
      SEGELL_CHECK(m_session->release_savepoint());
      continue;
    }
    m_pending.cut_back(mark);
    if (!m_session->rollback_to_savepoint()) return false;
    // A member that found the disk full may only have come when the group was large already.
    if (results.back().error().code == Code::storage_full && group.size() > 1) return false;
  }
  return true;
}

/// Writes what the group's events add, and gives the log as the commit will leave it.
Result<LogState> Committer::write_log(const TenantId& tenant) {
  const LogState& state = m_logs.at(tenant);
  if (m_pending.events.empty()) return state;
  SEGELL_CHECK(write_openings(Scope{*m_session, tenant, m_parts.keys, nullptr}, m_pending));
  return append_to_log(*m_session, state, m_pending);
}

Result<void> Committer::store_keys() {
  if (m_pending.keys.empty()) return base::ok();
  SEGELL_CHECK(m_parts.keys.store(m_pending.keys));
  at_point("key-durable");
  SEGELL_TRY(const std::uint64_t generation, m_parts.keys.generation());
  return write_meta(*m_session, "key-generation", static_cast<std::int64_t>(generation));
}

/// Commits, and where the answer is lost asks the head row, which only we write.
CommitState Committer::commit(const TenantId& tenant, const LogState& next, base::Error& error) {
  CommitOutcome outcome = m_session->commit();
  error = std::move(outcome.error);
  if (outcome.state != CommitState::unknown) return outcome.state;
  auto session = m_parts.database.open_session(Access::write);
  if (!session) return CommitState::fatal;
  m_session = *std::move(session);
  if (!m_session->begin(Access::write)) return CommitState::fatal;
  const auto is_next = lock_head(*m_session, next);
  const auto is_before = lock_head(*m_session, m_logs.at(tenant));
  m_session->rollback();
  if (is_next && *is_next && !(is_before && *is_before)) return CommitState::committed;
  if (is_before && *is_before && !(is_next && *is_next)) return CommitState::refused;
  return CommitState::fatal;  // the same head before and after tells nothing, another head is not ours
}

Committer::Progress Committer::try_group(const TenantId& tenant, std::vector<Work>& group) {
  const auto refuse_all = [&](const base::Error& error) {
    m_session->rollback();
    const bool clean = error.code == Code::storage_full || error.code == Code::unavailable;
    if (clean && group.size() > 1) return Progress::run_singly;
    for (Work& work : group) work.completion(fail(error));
    return Progress::done;
  };
  const auto end_for_good = [&](const base::Error& error) {
    stop_for_good(error);
    for (Work& work : group)
      work.completion(fail(Code::unavailable, "store.outcome-unknown", "whether the act was stored is not known",
                           "ask again with the same idempotency key"));
    return Progress::done;
  };

  m_pending.clear();
  std::vector<Result<void>> results;
  results.reserve(group.size());
  if (auto begun = begin_on_head(tenant); !begun) return refuse_all(begun.error());
  m_pending.first_index = m_logs.at(tenant).frontier.size();
  auto ran = run_members(tenant, group, results);
  if (!ran) return refuse_all(ran.error());
  if (!*ran) return refuse_all(results.back().error());
  const bool any = std::any_of(results.begin(), results.end(), [](const auto& r) { return r.has_value(); });
  if (!any) {
    m_session->rollback();
    for (std::size_t i = 0; i < group.size(); ++i) group[i].completion(results[i]);
    return Progress::done;
  }

  auto next = write_log(tenant);
  const auto keys_stored = next ? store_keys() : base::ok();
  if (!next || !keys_stored) {
    const base::Error error = next ? keys_stored.error() : next.error();
    if (error.reason == "log.second-path" || error.reason == "keys.durability-unknown") {
      m_session->rollback();
      return end_for_good(error);
    }
    return refuse_all(error);
  }
  at_point("before-commit");
  base::Error error;
  switch (commit(tenant, *next, error)) {
    case CommitState::committed:
      break;
    case CommitState::refused:
      return refuse_all(error);
    case CommitState::unknown:
    case CommitState::fatal:
      return end_for_good(error);
  }
  at_point("committed");
  m_logs.insert_or_assign(tenant, *std::move(next));
  if (!m_pending.events.empty()) {
    const std::scoped_lock lock(m_mutex);
    m_grown.insert(tenant);
  }
  if (!m_pending.blobs.empty()) m_parts.blobs_named(m_pending.blobs);
  // If this fails the erasure still stands: the next start destroys the keys again.
  if (!m_pending.destroy.empty()) (void)m_parts.keys.destroy(m_pending.destroy);
  for (std::size_t i = 0; i < group.size(); ++i) group[i].completion(results[i]);
  return Progress::done;
}

}  // namespace segell::storage
