#include "misattribution_uses.h"

#include "event_reading.h"
#include "logged_access.h"
#include "names.h"

#include <algorithm>
#include <map>

namespace segell::app {

namespace {

constexpr std::size_t kMostUses = 500;
constexpr std::size_t kLookedAtOnce = 256;
/// How many entries of the log are opened in all: the transaction that asks stays short.
constexpr std::size_t kMostOpenings = 16'384;

struct UsesByRecipient {
  std::int64_t count = 0;
  base::Instant first{};
  base::Instant last{};
};

base::Json recipient_json(const TenantSettings& settings, const std::string& recipient, const UsesByRecipient& uses) {
  base::Json json = base::Json::object({{"recipient", recipient}});
  json.set("recipientNames", code_names_json(settings, CodeKind::recipient, recipient));
  json.set("count", uses.count);
  json.set("first", base::format_rfc3339(uses.first));
  json.set("last", base::format_rfc3339(uses.last));
  json.set("told", base::Json());
  return json;
}

bool rests_on(const LoggedEvent& event, const std::vector<storage::ConsentFact>& decisions) {
  if (event.kind() != EventKind::evaluation_answered || !event.flag(26)) return false;
  const auto decision = event.id<storage::DecisionId>(29);
  return decision && std::any_of(decisions.begin(), decisions.end(),
                                 [&](const storage::ConsentFact& fact) { return fact.decision == *decision; });
}

}  // namespace

base::Result<UsesOfSignature> uses_of_signature(const storage::View& view, const TenantSettings& settings,
                                                const storage::RequestRecord& request, const SignedAct& act,
                                                const std::vector<storage::ConsentFact>& decisions) {
  UsesOfSignature found;
  std::map<std::string, UsesByRecipient> recipients;
  std::optional<std::uint64_t> before;
  std::size_t looked = 0;
  for (bool more = true; more;) {
    SEGELL_TRY(const auto openings, view.evidence().openings_of(request.person, before, kLookedAtOnce));
    more = openings.size() == kLookedAtOnce;
    for (const storage::Opening& opening : openings) {
      before = opening.log_index;
      more = more && opening.log_index > act.revision.log_index;
      if (opening.log_index <= act.revision.log_index) break;
      SEGELL_TRY(const LoggedEvent event, LoggedEvent::read(opening.event));
      const auto what = access_word(event.kind());
      const bool use = rests_on(event, decisions);
      const bool opened = what && event.id<base::DocumentId>(5) == request.document;
      if (!use && !opened) continue;
      if (use) {
        UsesByRecipient& uses = recipients[event.word(19).value_or("")];
        uses.first = event.time();
        if (uses.count++ == 0) uses.last = event.time();
      }
      if (found.uses.size() == kMostUses) {
        found.complete = false;
      } else {
        found.uses.push_back(access_json(event, *what, settings, opening.log_index));
      }
    }
    looked += openings.size();
    if (more && looked >= kMostOpenings) {
      found.complete = false;
      break;
    }
  }
  for (const auto& [recipient, uses] : recipients)
    found.recipients.push_back(recipient_json(settings, recipient, uses));
  return found;
}

}  // namespace segell::app
