#include "captured_acts_job.h"

#include "act_facts.h"
#include "base/encoding.h"
#include "captured_act.h"
#include "copy_choice.h"
#include "freeze.h"
#include "job_pause.h"
#include "json_fields.h"
#include "superseded.h"
#include "visit_acts.h"
#include "visit_events.h"

#include <spdlog/spdlog.h>

namespace segell::app {

namespace {

constexpr std::size_t kCapturedARound = 32;
/// What fails so often for a reason that does not pass by itself is set aside.
constexpr std::int64_t kMostTries = 8;

/// What was received, and what it stands on.
struct CapturedWork {
  VisitCaller caller;
  storage::CapturedActRecord record;
  storage::NonceRecord nonce;
  storage::DeviceRecord device;
  CapturedAct act;
  std::string signature;
};

base::Failure finished_already() {
  return base::fail(base::Code::conflict, "act.finished-already", "the act came to its end meanwhile");
}

/// The act as it waits, inside a transaction. Error: conflict "act.finished-already".
base::Result<storage::CapturedActRecord> still_received(const storage::View& view, const base::Bytes& nonce) {
  SEGELL_TRY(auto record, view.visits().act(nonce));
  if (!record || record->state != captured_state::kReceived) return finished_already();
  return *std::move(record);
}

base::Result<void> finish_as(storage::Transaction& transaction, const base::Bytes& nonce, std::string_view state,
                             base::Instant now) {
  SEGELL_TRY(auto record, still_received(transaction, nonce));
  record.state = state;
  record.finished = now;
  return transaction.visits().update_act(record);
}

base::Result<void> add_flag(storage::Transaction& transaction, const base::Bytes& nonce, std::string_view flag) {
  SEGELL_TRY(auto record, transaction.visits().act(nonce));
  if (!record || (" " + record->flags + " ").find(" " + std::string(flag) + " ") != std::string::npos)
    return base::ok();
  record->flags.append(record->flags.empty() ? "" : " ").append(flag);
  return transaction.visits().update_act(*record);
}

CapturedEvidence evidence_of(const CapturedWork& work) {
  CapturedEvidence evidence;
  evidence.not_before = work.nonce.issued;
  evidence.received = work.record.received;
  evidence.nonce = work.record.nonce;
  evidence.device = base::Json::object({{"id", work.device.id.text()},
                                        {"counter", work.record.counter},
                                        {"key", base::to_hex(base::sha256(work.device.key))},
                                        {"captured", base::to_hex(work.record.digest)},
                                        {"signature", work.signature}});
  evidence.times = base::Json::object({{"handedOver", base::format_rfc3339(work.act.handed_over)},
                                       {"captured", base::format_rfc3339(work.act.captured)}});
  evidence.identity = work.act.identity;
  return evidence;
}

struct CapturedGround {
  VisitState visit;
  storage::RevisionRecord last;
  bool asked_anew = false;
};

base::Result<CapturedGround> load_captured_ground(Service::State& state, const CapturedWork& work) {
  return state.store.read(work.caller.tenant, [&](const storage::View& view) -> base::Result<CapturedGround> {
    CapturedGround ground;
    SEGELL_TRY(ground.visit, open_visit(view, work.caller.request, work.record.received));
    SEGELL_TRY(ground.last, view.documents().last_revision(ground.visit.request.document));
    SEGELL_TRY(ground.asked_anew, asked_anew(view, ground.visit.request, work.nonce.issued));
    return ground;
  });
}

/// Choices and act by the same way as over the network. Everything about the act itself is judged before anything of it
/// becomes part of a document.
base::Result<void> seal_captured(Service::State& state, const CapturedWork& work) {
  SEGELL_TRY(const Tenant* tenant, state.tenant(work.caller.tenant));
  SEGELL_TRY(const CapturedGround ground, load_captured_ground(state, work));
  SEGELL_CHECK(require_open(ground.visit, work.record.received));
  SEGELL_TRY(const CheckedAct checked, check_act(*work.act.act, ground.visit, tenant->settings));
  if (paper_left_behind(ground.visit, ground.last)) {
    SEGELL_CHECK(branch_document(state, work.caller.tenant, ground.visit, work.record.nonce));
  }
  const MadeOctets made{base::to_hex(checked.shown_sha256), base::to_hex(checked.shown_sha512), checked.shown_length};
  SEGELL_CHECK(freeze_choices(state, work.caller, work.act.choices, made, work.record.received));
  const CapturedEvidence evidence = evidence_of(work);
  const base::Instant now = state.clock.now();
  SEGELL_CHECK(seal_act(state, work.caller, *work.act.act, {.captured = &evidence},
                        [&](storage::Transaction& transaction, const base::Json&) -> base::Result<void> {
                          SEGELL_CHECK(finish_as(transaction, work.record.nonce, captured_state::kSealed, now));
                          if (!ground.asked_anew) return base::ok();
                          return add_flag(transaction, work.record.nonce, captured_flag::kSuperseded);
                        }));
  return base::ok();
}

base::Result<void> record_captured_answer(Service::State& state, const CapturedWork& work) {
  const base::Instant now = state.clock.now();
  return state.store.run(work.caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(finish_as(transaction, work.record.nonce, captured_state::kRecorded, now));
    return record_answer(transaction, work.caller, {work.act.answer, work.act.notes}, work.record.received, now);
  });
}

/// The end: the copy that the person chose, and what was captured is forgotten but for what became of it.
base::Result<void> finish_copy(Service::State& state, const CapturedWork& work, const storage::JobId& job) {
  const base::Instant now = state.clock.now();
  const auto forget = [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto record, transaction.visits().act(work.record.nonce));
    if (record) {
      record->content = {};
      SEGELL_CHECK(transaction.visits().update_act(*record));
    }
    return transaction.jobs().remove(job);
  };
  if (!work.act.copy) return state.store.run(work.caller.tenant, forget);
  const CopyChoice& copy = *work.act.copy;
  auto bound = [&]() -> base::Result<void> {
    if (takes_slip(copy.kind) && !copy.code) {
      return base::fail(base::Code::conflict, "slip.code-taken", "no code was told that the person took along");
    }
    SEGELL_TRY(const SlipWish wish, prepare_slip(state, work.caller.tenant, work.caller.request, copy.code));
    return state.store.run(work.caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
      SEGELL_CHECK(record_copy(transaction, work.caller, copy.kind, wish, now));
      return forget(transaction);
    });
  }();
  if (bound || bound.error().code != base::Code::conflict) return bound;
  spdlog::warn("the copy of captured act could not be recorded: {}", bound.error().reason);
  return state.store.run(work.caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(add_flag(transaction, work.record.nonce, captured_flag::kCopyFailed));
    return forget(transaction);
  });
}

constexpr std::string_view kAnsweredAlready = "request.answered-already";

/// In the words of this surface.
std::string_view set_aside_reason(const base::Error& error) {
  if (error.reason == "visit.over") return kAnsweredAlready;
  if (error.reason == "visit.frozen") return "act.stale";
  if (error.reason == "visit.other-bytes") return "act.wrong-digest";
  return error.reason;
}

/// Whether trying again cannot help, because the act itself is at fault or somebody was faster.
bool is_final(const base::Error& error) {
  switch (error.code) {
    case base::Code::invalid_argument:
    case base::Code::malformed:
    case base::Code::unsupported:
    case base::Code::limit_exceeded:
    case base::Code::conflict:
    case base::Code::stale:
    case base::Code::expired:
      return error.reason.starts_with("act.") || error.reason.starts_with("visit.") ||
             error.reason.starts_with("ink.") || error.reason.starts_with("representation.");
    default:
      return false;
  }
}

/// Whether it may pass by itself: a peer, a disk, a key that does not answer now.
bool may_pass(const base::Error& error) {
  switch (error.code) {
    case base::Code::unavailable:
    case base::Code::timed_out:
    case base::Code::storage_full:
    case base::Code::io:
    case base::Code::untrusted:
      return true;
    default:
      return false;
  }
}

/// Nobody answered a request that the office took back.
base::Result<std::string_view> sharper_reason(const storage::View& view, const RequestId& request,
                                              std::string_view reason) {
  if (reason != kAnsweredAlready) return reason;
  SEGELL_TRY(const auto standing, view.requests().standing(request));
  return standing.state == request_state::kCancelled ? std::string_view("request.cancelled") : reason;
}

base::Result<void> put_aside(Service::State& state, const base::TenantId& tenant, const base::Bytes& nonce,
                             const storage::JobId& job, std::string_view reason) {
  const base::Instant now = state.clock.now();
  return state.store.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    const auto record = still_received(transaction, nonce);
    if (!record && record.error().reason != "act.finished-already") return base::fail(record.error());
    if (!record) return transaction.jobs().remove(job);
    SEGELL_TRY(const std::string_view why, sharper_reason(transaction, record->request, reason));
    SEGELL_CHECK(set_act_aside(transaction, *record, why, now));
    return transaction.jobs().remove(job);
  });
}

/// None where nothing is there any more: its person was erased, or another node was faster.
base::Result<std::optional<CapturedWork>> load_captured_work(Service::State& state, const base::TenantId& tenant,
                                                             const base::Bytes& nonce) {
  return state.store.read(tenant, [&](const storage::View& view) -> base::Result<std::optional<CapturedWork>> {
    SEGELL_TRY(auto record, view.visits().act(nonce));
    if (!record || record->content.is_null()) return std::optional<CapturedWork>();
    CapturedWork work{{tenant, record->request}, *std::move(record), {}, {}, {}, {}};
    const base::Json* act = work.record.content.find("act");
    if (act == nullptr) return damaged("act");
    SEGELL_TRY(work.act, parse_captured_act(*act));
    SEGELL_TRY(work.signature, text_field(work.record.content, "signature"));
    SEGELL_TRY(work.nonce, view.visits().nonce(nonce));
    SEGELL_TRY(work.device, view.devices().get(work.record.device));
    return std::optional(std::move(work));
  });
}

/// One act to its end. A failure is tried again.
base::Result<void> finish_captured_act(Service::State& state, const base::TenantId& tenant,
                                       const storage::JobRecord& job) {
  SEGELL_TRY(const std::string text, text_field(job.payload, "nonce"));
  SEGELL_TRY(const base::Bytes nonce, base::from_base64url(text));
  SEGELL_TRY(const auto work, load_captured_work(state, tenant, nonce));
  if (!work) return put_aside(state, tenant, nonce, job.id, "person.erased");
  if (work->record.state == captured_state::kReceived) {
    const auto done = work->act.act ? seal_captured(state, *work) : record_captured_answer(state, *work);
    if (!done && done.error().reason != "act.finished-already") {
      const base::Error& error = done.error();
      const bool over = is_final(error) || (!may_pass(error) && job.attempts + 1 >= kMostTries);
      if (!over) return base::fail(error);
      return put_aside(state, tenant, nonce, job.id, set_aside_reason(error));
    }
  }
  return finish_copy(state, *work, job.id);
}

std::size_t finish_captured_of(Service::State& state, const base::TenantId& tenant) {
  const base::Instant now = state.clock.now();
  const auto jobs = state.store.read(
      tenant, [&](const storage::View& view) { return view.jobs().due(kCapturedActJob, now, kCapturedARound); });
  if (!jobs) {
    spdlog::error("captured acts: jobs cannot be read: {}", jobs.error().reason);
    return 0;
  }
  std::size_t finished = 0;
  for (const storage::JobRecord& job : *jobs) {
    if (state.is_stopping()) break;
    const auto done = finish_captured_act(state, tenant, job);
    if (done) {
      ++finished;
      continue;
    }
    spdlog::warn("captured act of job {} waits: {}", job.id.text(), done.error().reason);
    const auto again = state.store.run(tenant, [&](storage::Transaction& transaction) {
      return transaction.jobs().reschedule(job.id, next_try(now, job.attempts), job.attempts + 1);
    });
    if (!again) spdlog::error("job {} could not be put off: {}", job.id.text(), again.error().reason);
  }
  return finished;
}

}  // namespace

storage::JobRecord captured_act_job(const base::Bytes& nonce, base::Instant due) {
  storage::JobRecord job;
  job.id = storage::JobId::make();
  job.kind = kCapturedActJob;
  job.payload = base::Json::object({{"nonce", base::to_base64url(nonce)}});
  job.due = due;
  return job;
}

base::Result<void> set_act_aside(storage::Transaction& transaction, storage::CapturedActRecord act,
                                 std::string_view reason, base::Instant now) {
  SEGELL_TRY(const bool there, transaction.persons().is_there(act.person));
  const auto person = there ? std::optional(act.person) : std::nullopt;
  const ActSetAside event{person, act.request, act.device, act.visit, base::sha256(act.nonce), std::string(reason)};
  SEGELL_CHECK(transaction.append_event(encode(EventHead{now, ActorId()}, event), person));
  act.state = captured_state::kSetAside;
  act.reason = reason;
  act.finished = now;
  return transaction.visits().update_act(act);
}

std::size_t finish_captured_acts(Service::State& state) {
  std::size_t finished = 0;
  for (const auto& [id, tenant] : state.tenants) {
    std::size_t now = 0;
    // A tablet that comes home brings many at once.
    do {
      now = finish_captured_of(state, id);
      finished += now;
    } while (now == kCapturedARound);
  }
  return finished;
}

}  // namespace segell::app
