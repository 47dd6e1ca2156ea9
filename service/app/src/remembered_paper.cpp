#include "remembered_paper.h"

#include "words.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace ades = signer::ades;

/// What a page says by default: what was offered first, or where every item was only to be informed of, that the person
/// is.
ades::Meaning usual_meaning(const RequestPayload& request) {
  if (!request.meanings.empty()) {
    if (const auto first = ades::parse_meaning(request.meanings.front())) return *first;
  }
  const bool informed = !request.choices.empty() &&
                        std::all_of(request.choices.begin(), request.choices.end(), [](consent::DecisionKind kind) {
                          return kind == consent::DecisionKind::inform || kind == consent::DecisionKind::object;
                        });
  return informed ? ades::Meaning::informed : ades::Meaning::agree;
}

std::string key_of(std::initializer_list<std::string_view> parts) {
  std::string key;
  for (const std::string_view part : parts) key.append(std::to_string(part.size())).append(":").append(part);
  return key;
}

}  // namespace

double statement_left(bool ink) noexcept { return ink ? kInkWidth + 8 : 0; }

base::Result<base::Bytes> remembered_statement(Service::State& state, const std::string& language,
                                               const PaperFacts& facts, const StatedAct& act, bool ink) {
  std::string key =
      key_of({"statement", language, facts.organisation, facts.people.person, facts.people.signer,
              facts.verification_code, to_string(act.method), to_string(act.meaning), ink ? "ink" : "none"});
  for (const std::string& name : act.names) key += key_of({name});
  return state.papers.get(key, [&] {
    return lay_out_statement(*state.typesetter, language, facts, act, kFieldWidth - statement_left(ink),
                             kFieldHeight - kTimeHeight);
  });
}

base::Result<base::Bytes> remembered_time(Service::State& state, const std::string& language, TimeLabel label,
                                          base::Instant now, double width) {
  const std::string key =
      key_of({label == TimeLabel::act ? "time" : "time-later", language, format_minute(now), std::to_string(width)});
  return state.papers.get(key, [&] { return lay_out_time(*state.typesetter, language, label, now, width); });
}

void prepare_statements(Service::State& state, const RequestPayload& request, const PaperFacts& facts) {
  for (const std::string& word : request.methods) {
    const auto method = ades::parse_method(word);
    // Who bears witness, or signs for somebody, is known when they do.
    if (!method || *method == ades::Method::witnesses || *method == ades::Method::official) continue;
    const bool ink = *method != ades::Method::button;
    // What cannot be set is told by the act, which needs it.
    (void)remembered_statement(state, request.language, facts, {*method, usual_meaning(request)}, ink);
  }
}

}  // namespace segell::app
