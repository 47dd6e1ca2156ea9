#include "visit_acts.h"

#include "base/encoding.h"

#include <algorithm>

namespace segell::app {

base::Json flags_json(std::string_view words) {
  base::Json flags = base::Json::array();
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    flags.push(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return flags;
}

base::Result<std::vector<NonceStanding>> standings_of(const storage::View& view, const storage::VisitRecord& visit) {
  SEGELL_TRY(auto nonces, view.visits().nonces_of(visit.id));
  SEGELL_TRY(auto acts, view.visits().acts_of(visit.id));
  const auto place = [&](const storage::NonceRecord& nonce) {
    return std::find(visit.requests.begin(), visit.requests.end(), nonce.request) - visit.requests.begin();
  };
  std::stable_sort(nonces.begin(), nonces.end(), [&](const auto& a, const auto& b) {
    return a.issued != b.issued ? a.issued < b.issued : place(a) < place(b);
  });
  std::vector<NonceStanding> standings;
  for (storage::NonceRecord& nonce : nonces) {
    const auto act = std::find_if(acts.begin(), acts.end(), [&](const auto& one) { return one.nonce == nonce.nonce; });
    standings.push_back({std::move(nonce), act == acts.end() ? std::nullopt : std::optional(std::move(*act))});
  }
  return standings;
}

base::Json standing_json(const NonceStanding& standing) {
  base::Json json = base::Json::object({{"request", standing.nonce.request.text()}});
  json.set("nonce", base::to_base64url(standing.nonce.nonce));
  json.set("state", standing.act ? std::string_view(standing.act->state) : captured_state::kWaiting);
  if (!standing.act) return json;
  const storage::CapturedActRecord& act = *standing.act;
  if (!act.reason.empty()) json.set("reason", act.reason);
  json.set("receivedAt", base::format_rfc3339(act.received));
  if (act.state == captured_state::kSealed && act.finished) json.set("sealedAt", base::format_rfc3339(*act.finished));
  if (!act.flags.empty()) json.set("flags", flags_json(act.flags));
  return json;
}

}  // namespace segell::app
