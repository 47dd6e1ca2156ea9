#pragma once

#include "consent/facts.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <sstream>
#include <utility>

namespace segell::consent::test {

// Few values, so that facts meet: same instants, general and special scopes, wildcards in restrictions.
inline rc::Gen<Scope> any_scope(bool wildcards) {
  using rc::gen::element;
  using Text = std::string;
  const auto purpose = wildcards ? element<Text>("", "p", "q") : element<Text>("p", "q");
  const auto category = wildcards ? element<Text>("", "a", "a.b", "c") : element<Text>("a", "a.b", "a.b.c", "c");
  const auto recipient = wildcards ? element<Text>("", "r", "s") : element<Text>("r", "s");
  return rc::gen::construct<Scope>(purpose, category, recipient);
}

inline rc::Gen<base::Instant> any_day() { return rc::gen::map(rc::gen::inRange(0, 12), day); }

inline rc::Gen<std::optional<base::Instant>> maybe_day() {
  return rc::gen::oneOf(rc::gen::just(std::optional<base::Instant>()),
                        rc::gen::map(any_day(), [](auto at) { return std::optional(at); }));
}

inline DecisionId id_of(int n) {
  std::array<std::byte, 16> bits{};
  bits[15] = static_cast<std::byte>(n);
  return DecisionId(bits);
}

inline rc::Gen<LegalBasis> any_basis() {
  return rc::gen::construct<LegalBasis>(
      rc::gen::element(BasisKind::express_consent, BasisKind::non_opposition, BasisKind::law, BasisKind::vital_interest,
                       BasisKind::agreement),
      rc::gen::element(Article6::none, Article6::a, Article6::c, Article6::d, Article6::e),
      rc::gen::element(Article9::none, Article9::a, Article9::h), rc::gen::element<std::string>("", "Llei 1/2000"),
      rc::gen::element(Opposable::no, Opposable::art28, Opposable::art21));
}

inline rc::Gen<DecisionFact> any_decision() {
  return rc::gen::mapcat(
      rc::gen::element(DecisionKind::inform, DecisionKind::grant, DecisionKind::grant, DecisionKind::refuse,
                       DecisionKind::defer, DecisionKind::withdraw, DecisionKind::object,
                       DecisionKind::withdraw_objection, DecisionKind::expire),
      [](DecisionKind kind) {
        return rc::gen::map(
            rc::gen::tuple(rc::gen::inRange(0, 256), any_scope(kind != DecisionKind::grant), any_day(), maybe_day(),
                           rc::gen::element(Voice::self, Voice::self, Voice::representative, Voice::unproven),
                           rc::gen::oneOf(rc::gen::just(LegalBasis{}), any_basis())),
            [kind](const auto& parts) {
              const auto& [number, scope, at, until, voice, basis] = parts;
              return DecisionFact{id_of(number), kind, scope, basis, at, until, voice};
            });
      });
}

inline rc::Gen<Facts> any_facts() {
  const auto basis =
      rc::gen::construct<BasisFact>(any_scope(false), any_basis(), any_day(), maybe_day(), rc::gen::arbitrary<bool>());
  const auto prohibition = rc::gen::construct<Prohibition>(any_scope(true), any_day());
  const auto protection = rc::gen::construct<Protection>(any_scope(true), any_day(), maybe_day());
  const auto capacity = rc::gen::construct<CapacityFact>(
      rc::gen::element(Capacity::able, Capacity::represented, Capacity::under_14, Capacity::unclear), any_day(),
      maybe_day(), any_scope(true));
  const auto objection = rc::gen::construct<HolderObjection>(any_scope(true), any_day(), maybe_day());
  const auto few = [](auto gen) {
    return rc::gen::mapcat(rc::gen::element(0, 0, 0, 1), [gen](int n) {
      return rc::gen::container<std::vector<typename decltype(gen)::ValueType>>(static_cast<std::size_t>(n), gen);
    });
  };
  return rc::gen::construct<Facts>(
      rc::gen::container<std::vector<DecisionFact>>(any_decision()), rc::gen::container<std::vector<BasisFact>>(basis),
      few(prohibition), few(protection), few(capacity), few(objection),
      rc::gen::element(CategoryKind::known, CategoryKind::known, CategoryKind::special, CategoryKind::unknown));
}

/// Runs the property and fails the test with RapidCheck's words, seed included.
template <class Property>
void check_property(const char* words, Property property, int times = 2000) {
  std::ostringstream told;
  const auto result = rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata{words, words}, [times] {
    rc::detail::TestParams params;
    params.seed = 20261122;
    params.maxSuccess = times;
    return params;
  }());
  rc::detail::printResultMessage(result, told);
  INFO(words, ": ", told.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace segell::consent::test
