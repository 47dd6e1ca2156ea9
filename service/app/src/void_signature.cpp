#include "void_signature.h"

#include "event_reading.h"
#include "json_fields.h"

#include <algorithm>

namespace segell::app {

base::Result<std::optional<SignedAct>> act_of_request(const storage::View& view,
                                                      const storage::RequestRecord& request) {
  SEGELL_TRY(const auto revisions, view.documents().revisions(request.document));
  for (const storage::RevisionRecord& revision : revisions) {
    if (revision.kind != "act") continue;
    const auto opening = view.evidence().opening(revision.log_index);
    if (!opening && opening.error().code != base::Code::expired) return base::fail(opening.error());
    if (!opening) continue;
    SEGELL_TRY(const LoggedEvent event, LoggedEvent::read(opening->event));
    if (event.id<RequestId>(6) != request.id) continue;
    const auto manifest = event.digest(14);
    if (!manifest) return damaged("event");
    return std::optional(SignedAct{revision, event.time(), *manifest});
  }
  return std::optional<SignedAct>();
}

base::Result<std::vector<VoidSignature>> void_signatures(const storage::View& view, const base::DocumentId& document) {
  SEGELL_TRY(const auto records, view.misattributions().of_document(document));
  std::vector<VoidSignature> found;
  for (const storage::MisattributionRecord& record : records) {
    if (record.voided) found.push_back({record.id, record.request, *record.voided});
  }
  return found;
}

base::Json to_json(const VoidSignature& signature) {
  base::Json json =
      base::Json::object({{"act", signature.act.text()}, {"at", base::format_rfc3339(signature.mark.at)}});
  json.set("revision", std::int64_t{signature.mark.revision});
  json.set("logIndex", signature.mark.log_index);
  return json;
}

base::Result<base::Json> void_json(const storage::View& view, const storage::RequestRecord& request) {
  SEGELL_TRY(const auto all, void_signatures(view, request.document));
  const auto own = std::find_if(all.begin(), all.end(),
                                [&](const VoidSignature& signature) { return signature.request == request.id; });
  return own == all.end() ? base::Json() : to_json(*own);
}

}  // namespace segell::app
