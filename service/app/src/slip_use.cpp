#include "app/slips.h"

#include "checks.h"
#include "consent_facts.h"
#include "events.h"
#include "open_slip.h"
#include "recipient_notices.h"

#include <algorithm>

namespace segell::app {

namespace {

using consent::DecisionKind;

/// Whether the slip did its work: it had something to take back, and all of it was.
bool is_used_slip(const OpenSlip& slip) {
  bool any = false;
  for (std::size_t i = 0; i < slip.content.lines.size(); ++i) {
    if (!way_back(slip.content.lines[i])) continue;
    if (!is_taken_back(slip.states[i])) return false;
    any = true;
  }
  return any;
}

base::Json shown_line_json(const SlipLine& line, consent::ItemState now) {
  base::Json json = base::Json::object({{"id", line.id.text()}});
  json.set("text", line.text.empty() ? base::Json() : base::Json(line.text));
  json.set("choice", choice_word(line.choice));
  json.set("state", to_string(now));
  const auto back = way_back(line);
  json.set("may", back && !is_taken_back(now) ? base::Json(to_string(*back)) : base::Json());
  json.set("until", line.until ? base::Json(base::format_rfc3339(*line.until)) : base::Json());
  return json;
}

base::Json shown_slip_json(const OpenSlip& slip) {
  base::Json json = base::Json::object();
  json.set("language", slip.content.language);
  json.set("ending", to_string(slip.content.ending));
  json.set("at", base::format_rfc3339(slip.content.at));
  json.set("expiresAt", base::format_rfc3339(slip.record.expires));
  json.set("discreet", slip.content.discreet);
  base::Json lines = base::Json::array();
  for (std::size_t i = 0; i < slip.content.lines.size(); ++i) {
    lines.push(shown_line_json(slip.content.lines[i], slip.states[i]));
  }
  json.set("lines", std::move(lines));
  return base::Json::object({{"slip", std::move(json)}});
}

/// The lines that were named, each once, in the order of the slip.
base::Result<std::vector<std::size_t>> named_slip_lines(const SlipContent& content,
                                                        const std::vector<std::string>& ids) {
  if (ids.empty()) return invalid("slip.no-line", "name the lines of the slip that are taken back");
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < content.lines.size(); ++i) {
    if (std::find(ids.begin(), ids.end(), content.lines[i].id.text()) == ids.end()) continue;
    if (!way_back(content.lines[i])) return invalid("slip.line-fixed", "there is nothing to take back on that line");
    found.push_back(i);
  }
  const bool all = std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return std::any_of(content.lines.begin(), content.lines.end(),
                       [&](const SlipLine& line) { return line.id.text() == id; });
  });
  if (!all) return invalid("slip.line-unknown", "a line is named that does not stand on the slip");
  return found;
}

/// What stays the same however often the transaction runs.
struct SlipOrder {
  const TenantSettings& settings;
  storage::SlipPlace place;
  const std::vector<std::string>& lines;
  EventHead head;
  storage::ReviewId notice;
  std::vector<consent::DecisionId> decisions;  ///< as many as a slip has lines
};

base::Result<base::Json> withdraw_lines(storage::Transaction& transaction, const SlipOrder& order) {
  SEGELL_TRY(OpenSlip slip, open_slip(transaction, order.place.slip, order.head.time));
  SEGELL_TRY(const auto wanted, named_slip_lines(slip.content, order.lines));
  base::Json list = base::Json::array();
  base::Json index;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    const SlipLine& line = slip.content.lines[wanted[at]];
    consent::ItemState state = slip.states[wanted[at]];
    const DecisionKind kind = *way_back(line);
    if (!is_taken_back(state)) {
      NewFact what{*slip.record.person, {}, line.notice, "slip"};
      what.fact.id = order.decisions.at(wanted[at]);
      what.fact.kind = kind;
      what.fact.scope = line.scope;
      what.fact.basis = line.basis;
      what.fact.at = order.head.time;
      what.document = slip.content.document;
      what.request = slip.record.request;
      SEGELL_TRY(const RecordedFact recorded,
                 record_ending_fact(transaction, order.settings, order.head, what, order.notice));
      state = recorded.after;
      index = recorded.log_index;
    }
    list.push(base::Json::object({{"id", line.id.text()}, {"decision", to_string(kind)}, {"state", to_string(state)}}));
  }
  base::Json json = base::Json::object({{"at", base::format_rfc3339(order.head.time)}});
  json.set("lines", std::move(list));
  json.set("logIndex", std::move(index));
  return base::Json::object({{"withdrawn", std::move(json)}});
}

}  // namespace

base::Result<OpenSlip> open_slip(const storage::View& view, const storage::SlipId& id, base::Instant now) {
  OpenSlip slip;
  SEGELL_TRY(slip.record, view.slips().get(id));
  if (slip.record.state != slip_state::kBound || slip.record.expires <= now || slip.record.content.is_null()) {
    return no_such_slip();
  }
  SEGELL_TRY(slip.content, slip_content_from_json(slip.record.content));
  for (const SlipLine& line : slip.content.lines) {
    SEGELL_TRY(const consent::ItemState state, state_of_line(view, *slip.record.person, slip.content, line));
    slip.states.push_back(state);
  }
  return slip;
}

base::Result<base::Json> look_at_slip(Service& service, std::string_view code) {
  Service::State& state = service.state();
  SEGELL_TRY(const storage::SlipPlace place, find_slip(state, code));
  const EventHead head{state.clock.now(), slip_actor(place.slip)};
  // Looked at in a snapshot first, so that a code which opens nothing costs no commit and leaves no event.
  const auto look = [&](const storage::View& view) -> base::Result<OpenSlip> {
    SEGELL_TRY(OpenSlip slip, open_slip(view, place.slip, head.time));
    if (is_used_slip(slip)) return no_such_slip();
    return slip;
  };
  SEGELL_CHECK(state.store.read(place.tenant, look));
  return state.store.run(place.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const OpenSlip slip, look(transaction));
    const base::PersonId& person = *slip.record.person;
    SEGELL_CHECK(transaction.append_event(encode(head, SlipOpened{place.slip, person}), person));
    return shown_slip_json(slip);
  });
}

base::Result<base::Json> withdraw_by_slip(Service& service, std::string_view code,
                                          const std::vector<std::string>& lines) {
  Service::State& state = service.state();
  SEGELL_TRY(const storage::SlipPlace place, find_slip(state, code));
  SEGELL_TRY(const Tenant* tenant, state.tenant(place.tenant));
  const EventHead head{state.clock.now(), slip_actor(place.slip)};
  SlipOrder order{tenant->settings, place, lines, head, storage::ReviewId::make(), {}};
  SEGELL_TRY(const std::size_t count,
             state.store.read(place.tenant, [&](const storage::View& view) -> base::Result<std::size_t> {
               SEGELL_TRY(const OpenSlip slip, open_slip(view, place.slip, order.head.time));
               SEGELL_CHECK(named_slip_lines(slip.content, lines));
               return slip.content.lines.size();
             }));
  while (order.decisions.size() < count) order.decisions.push_back(consent::DecisionId::make());
  return state.store.run(place.tenant,
                         [&](storage::Transaction& transaction) { return withdraw_lines(transaction, order); });
}

}  // namespace segell::app
