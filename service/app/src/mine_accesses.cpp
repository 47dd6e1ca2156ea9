#include "app/mine.h"

#include "logged_access.h"
#include "page_cursor.h"
#include "state.h"
#include "storage/evidence.h"
#include "visibility.h"

namespace segell::app {

namespace {

/// How many entries of the log one answer may open: a person of many events gets short pages, never a slow one.
constexpr std::size_t kMostOpened = 512;
constexpr std::size_t kAtOnce = 64;
constexpr std::uint64_t kDocumentKey = 5;  ///< of events.cddl

/// That something is protected, that somebody else signed, and that who decides was looked at, is told to the person,
/// and not to whoever represents them: it may be about that one.
bool is_for_the_person_alone(EventKind kind) {
  return kind == EventKind::protections_listed || kind == EventKind::misattribution_opened ||
         kind == EventKind::incident_opened || kind == EventKind::representations_listed ||
         kind == EventKind::reviews_listed;
}

}  // namespace

base::Result<base::Json> list_my_accesses(Service& service, const Caller& caller, const Page& page) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  SEGELL_TRY(auto before, index_cursor(page));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "http.not-found", "page"));
    base::Json::Array list;
    std::optional<std::uint64_t> next = before;
    for (std::size_t opened = 0; opened < kMostOpened; opened += kAtOnce) {
      SEGELL_TRY(const auto openings, view.evidence().openings_of(person, next, kAtOnce));
      for (const storage::Opening& opening : openings) {
        next = opening.log_index;
        SEGELL_TRY(const LoggedEvent event, LoggedEvent::read(opening.event));
        const auto what = access_word(event.kind());
        SEGELL_TRY(const bool kept_from, is_kept_from(view, caller, event.id<base::DocumentId>(kDocumentKey)));
        const bool hidden = kept_from || (is_for_the_person_alone(event.kind()) && caller.role != Role::citizen);
        if (!what || hidden) continue;
        list.push_back(access_json(event, *what, tenant->settings, opening.log_index));
        if (list.size() == page.limit) break;
      }
      const bool over = openings.size() < kAtOnce && (openings.empty() || openings.back().log_index == next);
      if (over) next.reset();
      if (over || list.size() == page.limit) break;
    }
    base::Json body = base::Json::object({{"accesses", std::move(list)}});
    body.set("next", next_json(next));
    return body;
  });
}

}  // namespace segell::app
