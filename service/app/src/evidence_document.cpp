#include "evidence_document.h"

#include "checks.h"
#include "visibility.h"

namespace segell::app {

base::Result<std::optional<base::DocumentId>> evidence_document(const storage::View& view, const Caller& caller,
                                                                const std::optional<std::string>& named) {
  if (!named) return std::optional<base::DocumentId>();
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(*named, "document.unknown", "document"));
  SEGELL_CHECK(require_visible(view, caller, {.document = id}, "document.unknown", "document"));
  SEGELL_CHECK(view.documents().get(id));
  return std::optional(id);
}

base::Result<storage::PersonRecord> reachable_person(const storage::View& view, const Caller& caller,
                                                     const base::PersonId& person) {
  SEGELL_CHECK(require_visible(view, caller, {.person = person}, "person.unknown", "person"));
  SEGELL_TRY(auto record, view.persons().get(person));
  if (record.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
  return record;
}

}  // namespace segell::app
