#include "visit_outline.h"

#include "base/encoding.h"
#include "json_fields.h"
#include "request_payload.h"

namespace segell::app {

base::Json visit_outline(const storage::VisitRecord& visit) {
  base::Json json = base::Json::object({{"id", visit.id.text()}, {"device", visit.device.text()}});
  json.set("createdAt", base::format_rfc3339(visit.created));
  json.set("expiresAt", base::format_rfc3339(visit.expires));
  return json;
}

base::Result<void> add_named_paper(const storage::View& view, const storage::RequestRecord& request, base::Json& json) {
  SEGELL_TRY(const RequestPayload payload, request_payload_from_json(request.payload));
  SEGELL_TRY(const auto person, view.persons().get(request.person));
  json.set("title", payload.title);
  json.set("language", payload.language);
  json.set("personId", request.person.text());
  json.set("personName", member_or_null(person.profile, "name"));
  return base::ok();
}

}  // namespace segell::app
