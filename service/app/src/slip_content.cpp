#include "slip_content.h"

#include "base/encoding.h"
#include "basis_json.h"
#include "consent_facts.h"
#include "json_fields.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

using base::Json;
using consent::DecisionKind;
using consent::ItemState;

constexpr std::chrono::hours kShortestSlip{24 * 90};

constexpr std::pair<SlipEnding, std::string_view> kSlipEndings[] = {{SlipEnding::signed_, "signed"},
                                                                    {SlipEnding::refused, "refused"},
                                                                    {SlipEnding::deferred, "deferred"},
                                                                    {SlipEnding::told, "told"}};

base::Result<SlipEnding> parse_slip_ending(std::string_view text) {
  for (const auto& [ending, word] : kSlipEndings) {
    if (word == text) return ending;
  }
  return damaged("ending");
}

Json slip_line_json(const SlipLine& line) {
  Json json = Json::object({{"id", line.id.text()}, {"text", line.text}});
  json.set("purpose", line.scope.purpose);
  json.set("category", line.scope.category);
  json.set("recipient", line.scope.recipient);
  json.set("basis", to_json(line.basis));
  json.set("notice", Json::object({{"key", line.notice.key},
                                   {"version", std::int64_t{line.notice.version}},
                                   {"language", line.notice.language}}));
  json.set("choice", to_string(line.choice));
  if (line.until) json.set("until", base::format_rfc3339(*line.until));
  return json;
}

base::Result<SlipLine> slip_line_from_json(const Json& json) {
  SlipLine line;
  SEGELL_TRY(const std::string id, text_field(json, "id"));
  SEGELL_TRY(line.id, consent::ItemId::parse(id));
  SEGELL_TRY(line.text, text_field(json, "text"));
  SEGELL_TRY(line.scope.purpose, text_field(json, "purpose"));
  SEGELL_TRY(line.scope.category, text_field(json, "category"));
  SEGELL_TRY(line.scope.recipient, text_field(json, "recipient"));
  const Json* basis = json.find("basis");
  const Json* notice = json.find("notice");
  if (basis == nullptr || notice == nullptr) return damaged("basis or notice");
  SEGELL_TRY(line.basis, basis_from_json(*basis));
  SEGELL_TRY(line.notice.key, text_field(*notice, "key"));
  SEGELL_TRY(const std::int64_t version, int_field(*notice, "version"));
  line.notice.version = static_cast<std::uint32_t>(version);
  SEGELL_TRY(line.notice.language, text_field(*notice, "language"));
  SEGELL_TRY(const std::string choice, text_field(json, "choice"));
  SEGELL_TRY(line.choice, consent::parse_decision_kind(choice));
  if (json.find("until") != nullptr) {
    SEGELL_TRY(const std::string until, text_field(json, "until"));
    SEGELL_TRY(line.until, base::parse_rfc3339(until));
  }
  return line;
}

/// When the paper was signed: what was decided on it is effective from then. `now` where it held no question.
base::Result<base::Instant> slip_signed_at(const storage::View& view, const VisitState& visit, base::Instant now) {
  for (const consent::ConsentItem& item : visit.payload.items) {
    SEGELL_TRY(const auto facts, view.consents().of_item(visit.request.person, {item.scope.purpose, item.scope.category,
                                                                                item.scope.recipient}));
    for (const storage::ConsentFact& fact : facts) {
      if (fact.document == visit.request.document && fact.channel == "visit") return fact.effective;
    }
  }
  return now;
}

base::Result<SlipEnding> slip_ending_of(std::string_view state) {
  if (request_state::is_signed(state)) return SlipEnding::signed_;
  if (state == request_state::kRefused) return SlipEnding::refused;
  if (state == request_state::kDeferred) return SlipEnding::deferred;
  if (state == request_state::kRepudiated) {
    return base::fail(base::Code::conflict, "slip.signature-void", "somebody else signed this: the signature is void",
                      "ask the right person anew, and give them the slip of that");
  }
  return base::fail(base::Code::conflict, "slip.not-over", "the person has not answered this request yet",
                    "a slip tells how a visit ended: ask for it then");
}

}  // namespace

std::string_view to_string(SlipEnding ending) noexcept {
  for (const auto& [candidate, word] : kSlipEndings) {
    if (candidate == ending) return word;
  }
  return "deferred";
}

Json to_json(const SlipContent& content) {
  Json json = Json::object({{"language", content.language}, {"ending", to_string(content.ending)}});
  json.set("at", base::format_rfc3339(content.at));
  json.set("person", content.person);
  json.set("title", content.title);
  json.set("code", content.verification_code);
  if (content.document) json.set("document", content.document->text());
  json.set("discreet", content.discreet);
  Json lines = Json::array();
  for (const SlipLine& line : content.lines) lines.push(slip_line_json(line));
  json.set("lines", std::move(lines));
  return json;
}

base::Result<SlipContent> slip_content_from_json(const Json& json) {
  SlipContent content;
  SEGELL_TRY(content.language, text_field(json, "language"));
  SEGELL_TRY(const std::string ending, text_field(json, "ending"));
  SEGELL_TRY(content.ending, parse_slip_ending(ending));
  SEGELL_TRY(const std::string at, text_field(json, "at"));
  SEGELL_TRY(content.at, base::parse_rfc3339(at));
  SEGELL_TRY(content.person, text_field(json, "person"));
  SEGELL_TRY(content.title, text_field(json, "title"));
  SEGELL_TRY(content.verification_code, text_field(json, "code"));
  if (json.find("document") != nullptr) {
    SEGELL_TRY(const std::string document, text_field(json, "document"));
    SEGELL_TRY(content.document, base::DocumentId::parse(document));
  }
  const Json* discreet = json.find("discreet");
  if (discreet == nullptr || discreet->as_bool() == nullptr) return damaged("discreet");
  content.discreet = *discreet->as_bool();
  SEGELL_TRY(const Json::Array* lines, array_field(json, "lines"));
  for (const Json& line : *lines) {
    SEGELL_TRY(auto parsed, slip_line_from_json(line));
    content.lines.push_back(std::move(parsed));
  }
  return content;
}

base::Result<SlipContent> content_of_visit(const storage::View& view, const VisitState& visit, base::Instant now) {
  SlipContent content;
  SEGELL_TRY(content.ending, slip_ending_of(visit.request.state));
  SEGELL_TRY(const bool under_protection, is_protected(view, visit.request.person, now));
  content.language = visit.payload.language;
  content.at = now;
  content.discreet = visit.payload.discreet || under_protection;
  content.document = visit.request.document;
  if (!content.discreet) {
    content.person = visit.person_name;
    content.title = visit.payload.title;
  }
  if (content.ending != SlipEnding::signed_) return content;  // nothing was decided
  SEGELL_TRY(content.at, slip_signed_at(view, visit, now));
  if (!content.discreet) content.verification_code = visit.document.verification_code;
  for (std::size_t i = 0; i < visit.payload.choices.size(); ++i) {
    const consent::ConsentItem& item = visit.payload.items[i];
    SlipLine line{item.id,     content.discreet ? std::string() : item.text,
                  item.scope,  item.basis,
                  item.notice, visit.payload.choices[i],
                  {}};
    if (line.choice == DecisionKind::grant || line.choice == DecisionKind::inform) line.until = item.valid_until;
    content.lines.push_back(std::move(line));
  }
  return content;
}

base::Instant slip_expiry(const SlipContent& content, base::Instant now) {
  base::Instant end = now + kShortestSlip;
  for (const SlipLine& line : content.lines) {
    if (way_back(line)) end = std::max(end, line.until.value_or(end));
  }
  return end;
}

std::optional<DecisionKind> way_back(const SlipLine& line) noexcept {
  if (line.choice == DecisionKind::grant) return DecisionKind::withdraw;
  if (line.choice == DecisionKind::inform && line.basis.opposable != consent::Opposable::no)
    return DecisionKind::object;
  return {};
}

base::Result<ItemState> state_of_line(const storage::View& view, const base::PersonId& person,
                                      const SlipContent& content, const SlipLine& line) {
  const consent::Scope& scope = line.scope;
  SEGELL_TRY(const auto facts, view.consents().of_item(person, {scope.purpose, scope.category, scope.recipient}));
  SEGELL_TRY(const auto history, from_records(facts));
  std::vector<consent::DecisionFact> own = consent::without_errors(history);
  const auto ends_it = [&](const consent::DecisionFact& fact) {
    const bool is_no =
        fact.kind == DecisionKind::withdraw || fact.kind == DecisionKind::object || fact.kind == DecisionKind::refuse;
    return is_no && fact.at > content.at;
  };
  if (own.empty()) return consent::item_state(history);
  const auto end = std::find_if(own.begin(), own.end(), ends_it);
  if (end != own.end()) own.erase(std::next(end), own.end());
  return consent::item_state(own);
}

bool is_taken_back(ItemState now) noexcept {
  return now == ItemState::withdrawn || now == ItemState::refused || now == ItemState::opposed ||
         now == ItemState::entered_in_error;
}

}  // namespace segell::app
