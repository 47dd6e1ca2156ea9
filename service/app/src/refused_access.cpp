#include "refused_access.h"

#include "event_reading.h"
#include "protection_events.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

/// Who tries again and again leaves one event for so long.
constexpr std::chrono::minutes kOneAttempt{10};
/// How many of a person's newest entries are looked through for the attempt before.
constexpr std::size_t kNewestLooked = 64;

constexpr std::string_view kNothingToNote = "access.not-noted";
/// Ends a use case that has nothing to say: nothing is committed.
base::Failure nothing_to_note() { return base::fail(base::Code::conflict, kNothingToNote, "nothing to note"); }

base::Result<std::vector<base::PersonId>> persons_at(const storage::View& view, const Target& target) {
  if (target.document) return view.requests().persons_of(*target.document);
  const auto request = view.requests().get(*target.request);
  if (!request && request.error().code == base::Code::not_found) return std::vector<base::PersonId>();
  if (!request) return base::fail(request.error());
  return std::vector{request->person};
}

base::Result<bool> noted_before(const storage::View& view, const AccessRefused& event, const EventHead& head) {
  SEGELL_TRY(const auto openings, view.evidence().openings_of(event.person, {}, kNewestLooked));
  for (const storage::Opening& opening : openings) {
    SEGELL_TRY(const LoggedEvent logged, LoggedEvent::read(opening.event));
    if (logged.kind() == EventKind::access_refused && logged.id<ActorId>(3) == head.actor &&
        logged.id<base::DocumentId>(5) == event.document && logged.time() > head.time - kOneAttempt) {
      return true;
    }
  }
  return false;
}

base::Result<void> note_in(storage::Transaction& transaction, const Caller& caller, const Target& target,
                           const EventHead& head) {
  SEGELL_TRY(const auto persons, persons_at(transaction, target));
  bool noted = false;
  for (const base::PersonId& person : persons) {
    SEGELL_TRY(const bool there, transaction.persons().is_there(person));
    SEGELL_TRY(const bool excluded, is_excluded(transaction, caller, person));
    if (!there || !excluded) continue;
    const AccessRefused event{person, target.document};
    SEGELL_TRY(const bool before, noted_before(transaction, event, head));
    if (before) continue;
    SEGELL_CHECK(transaction.append_event(encode(head, event), person));
    noted = true;
  }
  if (!noted) return nothing_to_note();
  return base::ok();
}

}  // namespace

void note_refusal(Service::State& state, const Caller& caller, const Target& target) {
  if (!caller.account || (!target.document && !target.request)) return;  // a program is excluded from nobody
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  state.store.submit(
      caller.tenant,
      [caller, target, head](storage::Transaction& transaction) { return note_in(transaction, caller, target, head); },
      [](const base::Result<void>& noted) {
        // The caller was answered already; an attempt that could not be kept is told to whoever runs the service.
        if (noted || noted.error().reason == kNothingToNote) return;
        spdlog::error("an attempt of somebody excluded could not be noted: {}", noted.error().reason);
      });
}

}  // namespace segell::app
