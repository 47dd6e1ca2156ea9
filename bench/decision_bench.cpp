// decision.core: what one answer costs when its facts are loaded.

#include "bench.h"

#include "consent/decide.h"

#include <array>
#include <stdexcept>

namespace segell::bench {
namespace {

using namespace segell::consent;  // NOLINT(google-build-using-namespace): nothing else is spoken of here

constexpr base::Instant kNow{base::Microseconds(1'750'000'000'000'000)};
constexpr std::array<std::string_view, 4> kPurposes{"coordination", "meal-grant", "housing", "school-place"};
constexpr std::array<std::string_view, 5> kCategories{"health.summary", "income.tax", "address", "family.members",
                                                      "disability.degree"};
constexpr std::array<std::string_view, 3> kRecipients{"primary-care", "tax-agency", "school-board"};

base::Instant days(int count) { return kNow + std::chrono::hours(24 * count); }

/// A person with some years of history: decisions granted, withdrawn and granted again, an objection, a protection, and
/// the administration's register.
Facts history() {
  Facts facts;
  int at = -900;
  const auto decide_so = [&](DecisionKind kind, const Scope& scope) {
    facts.decisions.push_back({DecisionId::make(), kind, scope, {}, days(at), days(700), Voice::self});
    at += 20;
  };
  for (const auto category : kCategories) {
    for (const auto purpose : kPurposes) {
      const Scope scope{std::string(purpose), std::string(category), std::string(kRecipients[0])};
      decide_so(DecisionKind::grant, scope);
      if (purpose == kPurposes[1]) decide_so(DecisionKind::withdraw, scope);
      if (purpose == kPurposes[2]) {
        decide_so(DecisionKind::refuse, scope);
        decide_so(DecisionKind::grant, scope);
      }
    }
  }
  decide_so(DecisionKind::inform, {"meal-grant", "income", "tax-agency"});
  decide_so(DecisionKind::object, {"housing", "address", "school-board"});
  const LegalBasis law{BasisKind::law, Article6::e, Article9::none, "Llei 12/2007, art. 5", Opposable::art21};
  for (const auto purpose : kPurposes)
    facts.bases.push_back({{std::string(purpose), "income", "tax-agency"}, law, days(-2000), {}, true});
  facts.prohibitions.push_back({{"", "shelter-address", ""}, days(-2000)});
  facts.protections.push_back({{"", "address", "school-board"}, days(-30), days(30)});
  return facts;
}

void run_core() {
  const Facts facts = history();
  std::vector<Question> questions;
  for (const auto purpose : kPurposes)
    for (const auto category : kCategories)
      for (const auto recipient : kRecipients)
        questions.push_back({{std::string(purpose), std::string(category), std::string(recipient)}});
  int permits = 0;
  for (const auto& question : questions) permits += decide(facts, question, kNow).permit ? 1 : 0;
  if (permits == 0 || permits == static_cast<int>(questions.size()))
    throw std::runtime_error("a history of one answer");

  std::size_t next = 0;
  const auto asked = [&]() -> const Question& { return questions[next++ % questions.size()]; };
  const auto rates = interleaved_rates(5, std::chrono::milliseconds(200),
                                       {[&] { keep(decide(facts, asked(), kNow)); },
                                        // The limit: each fact compared with the question once, and nothing concluded.
                                        [&] {
                                          const auto& scope = asked().scope;
                                          std::size_t seen = 0;
                                          for (const auto& fact : facts.decisions)
                                            seen += covers(fact.scope, scope) ? 1U : 0U;
                                          for (const auto& fact : facts.bases)
                                            seen += covers(fact.scope, scope) ? 1U : 0U;
                                          for (const auto& fact : facts.protections)
                                            seen += covers(fact.scope, scope) ? 1U : 0U;
                                          keep(seen);
                                        }});
  report({"decision.core", rates[0], "decisions/s", rates[1], rates[0] / rates[1],
          "at least 300000/s a core, over " + std::to_string(facts.decisions.size()) + " decisions of one person",
          rates[0] >= 300'000});
}
const Register kCore{"decision.core", run_core};

}  // namespace
}  // namespace segell::bench
