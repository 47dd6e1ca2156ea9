#include "logged_access.h"

#include "document_access.h"
#include "names.h"

namespace segell::app {

namespace {

/// Who: by role. A visit's actor is its signature request; behind a slip stands whoever holds it, and who types the
/// code of a paper is not known at all.
std::string role_word(const LoggedEvent& event) {
  // Who was not let in is told neither by name nor as what they came.
  if (event.kind() == EventKind::access_refused) return "somebody";
  if (const auto role = event.word(52)) return *role;
  if (event.kind() == EventKind::slip_opened || event.kind() == EventKind::slip_paper_made) return "slip";
  if (event.kind() == EventKind::code_checked) return "anyone";
  if (const auto request = event.id<ActorId>(6); request && request == event.id<ActorId>(3)) return "visit";
  return "unknown";
}

/// Why: what the role stands on, or what the question says it was for.
std::string_view why_word(const LoggedEvent& event, std::string_view role) {
  if (event.kind() == EventKind::evaluation_answered) return "purpose";
  if (event.kind() == EventKind::correction_opened) return "correction";
  if (event.kind() == EventKind::protections_listed) return "protection";
  if (event.kind() == EventKind::misattribution_opened || event.kind() == EventKind::incident_opened)
    return "misattribution";
  if (role == "somebody") return "refused";
  if (role == "visit") return "signing";
  if (role == "slip") return "slip";
  if (role == "anyone") return "check";
  if (role == to_string(Role::citizen)) return "own";
  if (role == to_string(Role::representative)) return "representation";
  if (role == to_string(Role::professional) || role == to_string(Role::referent)) return "relation";
  if (role == to_string(Role::integrator)) return "program";
  if (role == to_string(Role::administrator)) return "administration";
  return "unknown";
}

base::Json question_json(const TenantSettings& settings, const LoggedEvent& event) {
  base::Json question = base::Json::object();
  question.set("purpose", event.word(17).value_or(""));
  question.set("category", event.word(18).value_or(""));
  question.set("recipient", event.word(19).value_or(""));
  const auto name = [&](const char* member, CodeKind kind, std::uint64_t key) {
    question.set(member, code_names_json(settings, kind, event.word(key).value_or("")));
  };
  name("purposeNames", CodeKind::purpose, 17);
  name("categoryNames", CodeKind::category, 18);
  name("recipientNames", CodeKind::recipient, 19);
  question.set("permitted", event.flag(26));
  question.set("basis", event.word(28) ? base::Json(*event.word(28)) : base::Json());
  question.set("reason", event.word(27) ? base::Json(*event.word(27)) : base::Json());
  return question;
}

}  // namespace

std::optional<std::string_view> access_word(EventKind kind) {
  switch (kind) {
    case EventKind::content_opened:
      return "document";
    case EventKind::disclosure_opened:
      return "evidence";
    case EventKind::envelope_opened:
      return "envelope";
    case EventKind::notes_opened:
      return "notes";
    case EventKind::visit_opened:
    case EventKind::package_issued:
      return "visit";
    case EventKind::evaluation_answered:
      return "question";
    case EventKind::correction_opened:
      return "correction";
    case EventKind::slip_opened:
      return "slip";
    case EventKind::slip_paper_made:
      return "slip-paper";
    case EventKind::code_checked:
      return "check";
    case EventKind::protections_listed:
      return "protection";
    case EventKind::receipt_made:
      return "receipt";
    case EventKind::requests_listed:
      return "list";
    case EventKind::person_found:
      return "search";
    case EventKind::account_shown:
      return "login";
    case EventKind::misattribution_opened:
      return "misattribution";
    case EventKind::incident_opened:
      return "wrong-signer";
    case EventKind::access_refused:
      return "attempt";
    case EventKind::void_record_made:
      return "void-record";
    case EventKind::representations_listed:
      return "represented";
    case EventKind::reviews_listed:
      return "review";
    default:
      return std::nullopt;
  }
}

base::Json access_json(const LoggedEvent& event, std::string_view what, const TenantSettings& settings,
                       std::uint64_t index) {
  const std::string role = role_word(event);
  base::Json json = base::Json::object({{"at", base::format_rfc3339(event.time())}, {"what", what}});
  // A question comes from the organisation that it names; everything else happens in the house.
  const bool question = event.kind() == EventKind::evaluation_answered;
  json.set("by",
           base::Json::object({{"role", question ? std::string("recipient") : role},
                               {"organisation", question ? event.word(19).value_or("") : settings.organisation}}));
  json.set("why", why_word(event, role));
  base::Json document;
  if (const auto id = event.id<base::DocumentId>(5)) {
    document = base::Json::object({{"id", id->text()}, {"name", neutral_name(*id, ".pdf")}});
  }
  json.set("document", std::move(document));
  json.set("question", question ? question_json(settings, event) : base::Json());
  json.set("logIndex", index);
  return json;
}

}  // namespace segell::app
