#include "carriable.h"

#include "app/templates.h"
#include "template_document.h"
#include "visit_outline.h"

#include <algorithm>

namespace segell::app {

namespace {

/// Whether a device can do everything by itself that the request asks for.
base::Result<void> require_laid_out(const VisitState& visit) {
  if (visit.payload.shown || waits_for_choices(visit)) return base::ok();
  if (!visit.payload.items.empty()) {
    return base::fail(base::Code::conflict, "visit.not-laid-out",
                      "the choices of this request have no place on its paper, so that no device can make them",
                      "let the person decide with a network, by the request's link");
  }
  SEGELL_TRY(const auto made, template_of(visit.document));
  if (made && visit.document.state == "draft" && !made->items.empty()) {
    return base::fail(base::Code::conflict, "visit.decisions-first", "the document's decisions are not made yet",
                      "the person who decides comes first");
  }
  return base::ok();
}

base::Result<void> require_method(const VisitState& visit) {
  const auto& methods = visit.payload.methods;
  if (std::any_of(methods.begin(), methods.end(), [](const std::string& one) { return one != "official"; })) {
    return base::ok();
  }
  return base::fail(base::Code::conflict, "visit.no-method", "only an official could sign this, who needs the network",
                    "ask with another way of signing for a visit without one");
}

base::Result<bool> is_carried_elsewhere(const storage::View& view, const RequestId& request, base::Instant now) {
  SEGELL_TRY(const auto visits, view.visits().carrying(request, now));
  return std::any_of(visits.begin(), visits.end(), [](const storage::VisitRecord& one) { return !is_withdrawn(one); });
}

base::Result<bool> has_newer_notice(const storage::View& view, const VisitState& visit) {
  for (const consent::ConsentItem& item : visit.payload.items) {
    SEGELL_TRY(const std::int64_t latest, view.notices().latest_version(item.notice.key, item.notice.language));
    if (latest > std::int64_t{item.notice.version}) return true;
  }
  return false;
}

}  // namespace

base::Result<VisitState> load_carriable(const storage::View& view, const Caller& caller, const RequestId& request,
                                        base::Instant now) {
  SEGELL_CHECK(require_visible(view, caller, {.request = request}, "request.unknown", "signature request"));
  SEGELL_TRY(VisitState visit, open_visit(view, request, now));
  SEGELL_CHECK(require_open(visit, now));
  SEGELL_CHECK(require_laid_out(visit));
  SEGELL_CHECK(require_method(visit));
  return visit;
}

base::Result<std::vector<std::string>> carrying_notes(const storage::View& view, const VisitState& visit,
                                                      base::Instant now) {
  std::vector<std::string> notes;
  SEGELL_TRY(const auto newer, newer_request(view, visit.request));
  if (newer) notes.emplace_back("request.newer");
  SEGELL_TRY(const bool elsewhere, is_carried_elsewhere(view, visit.request.id, now));
  if (elsewhere) notes.emplace_back("visit.carried-elsewhere");
  SEGELL_TRY(const bool outdated, has_newer_notice(view, visit));
  if (outdated) notes.emplace_back("notice.newer");
  SEGELL_TRY(const auto person, view.persons().get(visit.request.person));
  const base::Json* language = person.profile.find("language");
  if (language == nullptr || language->as_string() == nullptr) {
    notes.emplace_back("person.no-language");
  } else if (*language->as_string() != visit.payload.language) {
    notes.emplace_back("person.other-language");
  }
  SEGELL_TRY(const auto made, template_of(visit.document));
  if (!made) notes.emplace_back("document.no-reading-view");
  return notes;
}

base::Result<std::optional<RequestId>> newer_request(const storage::View& view, const storage::RequestRecord& request) {
  SEGELL_TRY(const auto requests, view.requests().of_document(request.document));
  const storage::RequestRecord* newest = &request;
  for (const storage::RequestRecord& other : requests) {
    if (other.person == request.person && other.created > newest->created) newest = &other;
  }
  return newest == &request ? std::nullopt : std::optional(newest->id);
}

}  // namespace segell::app
