#include "misattribution_record.h"

#include "visibility.h"

namespace segell::app {

base::Json step_json(const EventHead& head) {
  return base::Json::object({{"role", head.role ? base::Json(to_string(*head.role)) : base::Json()},
                             {"actor", head.actor.text()},
                             {"at", base::format_rfc3339(head.time)}});
}

bool is_own_step(const Caller& caller, const base::Json& words, const char* step) {
  const base::Json* done = words.find(step);
  const base::Json* actor = done == nullptr ? nullptr : done->find("actor");
  return actor != nullptr && actor->as_string() != nullptr && *actor->as_string() == caller.actor.text();
}

base::Failure unknown_misattribution() {
  return base::fail(base::Code::not_found, "misattribution.unknown", "there is no such report of a wrong signer");
}

base::Result<storage::MisattributionRecord> followed_misattribution(const storage::View& view, const Caller& caller,
                                                                    const storage::MisattributionId& id) {
  auto record = view.misattributions().get(id);
  if (!record && record.error().code == base::Code::not_found) return unknown_misattribution();
  if (!record) return base::fail(std::move(record).error());
  SEGELL_TRY(const bool follows, follows_misattributions_of(view, caller, record->person));
  if (!follows || record->words.is_null()) return unknown_misattribution();
  return record;
}

base::Json misattribution_answer(const storage::MisattributionRecord& record, std::uint64_t index) {
  return base::Json::object(
      {{"misattribution",
        base::Json::object({{"id", record.id.text()}, {"state", record.state}, {"logIndex", index}})}});
}

base::Json incident_outline(const storage::MisattributionRecord& record) {
  if (record.incident.empty() || !record.due) return {};
  return base::Json::object({{"state", record.incident}, {"dueAt", base::format_rfc3339(*record.due)}});
}

}  // namespace segell::app
