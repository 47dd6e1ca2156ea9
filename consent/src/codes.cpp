#include "consent/codes.h"

#include <span>
#include <string>
#include <utility>

namespace segell::consent {

namespace {

template <class E>
using Words = std::span<const std::pair<E, std::string_view>>;

template <class E>
std::string_view word_of(Words<E> words, E value) noexcept {
  for (const auto& [candidate, word] : words) {
    if (candidate == value) return word;
  }
  return "unknown";
}

template <class E>
base::Result<E> value_of(Words<E> words, std::string_view text, const char* what) {
  for (const auto& [candidate, word] : words) {
    if (word == text) return candidate;
  }
  return base::fail(base::Code::invalid_argument, "consent.unknown-code", std::string("unknown ") + what);
}

using enum BasisKind;
constexpr std::pair<BasisKind, std::string_view> kBasisKinds[] = {{express_consent, "EXPRESS_CONSENT"},
                                                                  {non_opposition, "NON_OPPOSITION"},
                                                                  {law, "LAW"},
                                                                  {vital_interest, "VITAL_INTEREST"},
                                                                  {agreement, "AGREEMENT"}};
constexpr std::pair<Article6, std::string_view> kArticles6[] = {
    {Article6::none, "none"}, {Article6::a, "a"}, {Article6::c, "c"}, {Article6::d, "d"}, {Article6::e, "e"}};
constexpr std::pair<Article9, std::string_view> kArticles9[] = {
    {Article9::none, "none"}, {Article9::a, "a"}, {Article9::b, "b"}, {Article9::c, "c"}, {Article9::f, "f"},
    {Article9::g, "g"},       {Article9::h, "h"}, {Article9::i, "i"}, {Article9::j, "j"}};
constexpr std::pair<Opposable, std::string_view> kOpposables[] = {
    {Opposable::no, "no"}, {Opposable::art28, "art28"}, {Opposable::art21, "art21"}};
constexpr std::pair<DecisionKind, std::string_view> kDecisionKinds[] = {
    {DecisionKind::inform, "inform"},
    {DecisionKind::grant, "grant"},
    {DecisionKind::refuse, "refuse"},
    {DecisionKind::defer, "defer"},
    {DecisionKind::withdraw, "withdraw"},
    {DecisionKind::object, "object"},
    {DecisionKind::expire, "expire"},
    {DecisionKind::withdraw_objection, "withdraw-objection"},
    {DecisionKind::enter_in_error, "entered-in-error"}};
constexpr std::pair<Reason, std::string_view> kReasons[] = {{Reason::no_basis, "no_basis"},
                                                            {Reason::no_consent, "no_consent"},
                                                            {Reason::refused, "refused"},
                                                            {Reason::withdrawn, "withdrawn"},
                                                            {Reason::expired, "expired"},
                                                            {Reason::opposed, "opposed"},
                                                            {Reason::not_party, "not_party"},
                                                            {Reason::wrong_purpose, "wrong_purpose"},
                                                            {Reason::capacity_unclear, "capacity_unclear"},
                                                            {Reason::protected_person, "protected_person"},
                                                            {Reason::unknown_category, "unknown_category"},
                                                            {Reason::entered_in_error, "entered_in_error"}};
constexpr std::pair<Scsp, std::string_view> kScsp[] = {
    {Scsp::none, "none"}, {Scsp::si, "Si"}, {Scsp::no_opo, "NoOpo"}, {Scsp::ley, "Ley"}};

}  // namespace

std::string_view to_string(BasisKind kind) noexcept { return word_of<BasisKind>(kBasisKinds, kind); }
std::string_view to_string(Article6 article) noexcept { return word_of<Article6>(kArticles6, article); }
std::string_view to_string(Article9 article) noexcept { return word_of<Article9>(kArticles9, article); }
std::string_view to_string(Opposable opposable) noexcept { return word_of<Opposable>(kOpposables, opposable); }
std::string_view to_string(DecisionKind kind) noexcept { return word_of<DecisionKind>(kDecisionKinds, kind); }
std::string_view to_string(Reason reason) noexcept { return word_of<Reason>(kReasons, reason); }
std::string_view to_string(Scsp value) noexcept { return word_of<Scsp>(kScsp, value); }

base::Result<BasisKind> parse_basis_kind(std::string_view text) {
  return value_of<BasisKind>(kBasisKinds, text, "kind of legal basis");
}
base::Result<Article6> parse_article6(std::string_view text) {
  return value_of<Article6>(kArticles6, text, "ground of article 6");
}
base::Result<Article9> parse_article9(std::string_view text) {
  return value_of<Article9>(kArticles9, text, "condition of article 9");
}
base::Result<Opposable> parse_opposable(std::string_view text) {
  return value_of<Opposable>(kOpposables, text, "right to oppose");
}
base::Result<DecisionKind> parse_decision_kind(std::string_view text) {
  return value_of<DecisionKind>(kDecisionKinds, text, "kind of decision");
}

}  // namespace segell::consent
