#include "consent/basis.h"

#include <utility>

namespace segell::consent {

namespace {

/// What does not belong together in these parts, or null.
const char* inconsistency(const LegalBasis& parts) noexcept {
  switch (parts.kind) {
    case BasisKind::express_consent:
      if (parts.article6 != Article6::a) return "express consent rests on article 6(1)(a)";
      if (parts.article9 != Article9::none && parts.article9 != Article9::a) {
        return "express consent to special categories rests on article 9(2)(a)";
      }
      return parts.opposable == Opposable::no ? nullptr : "consent is withdrawn, not opposed";
    case BasisKind::non_opposition:
      if (parts.article6 != Article6::c && parts.article6 != Article6::e) {
        return "non-opposition rests on article 6(1)(c) or (e)";
      }
      if (parts.article9 == Article9::a) return "article 9(2)(a) belongs to express consent";
      return parts.opposable == Opposable::no ? "non-opposition names the right to oppose" : nullptr;
    case BasisKind::law:
      if (parts.article6 != Article6::c && parts.article6 != Article6::e) return "law rests on article 6(1)(c) or (e)";
      if (parts.article9 == Article9::a) return "article 9(2)(a) belongs to express consent";
      if (parts.law.empty()) return "law names its legal reference";
      return parts.article6 == Article6::c && parts.opposable != Opposable::no ? "article 6(1)(c) leaves no objection"
                                                                               : nullptr;
    case BasisKind::vital_interest:
      if (parts.article6 != Article6::d) return "vital interest rests on article 6(1)(d)";
      if (parts.article9 != Article9::none && parts.article9 != Article9::c) {
        return "vital interest in special categories rests on article 9(2)(c)";
      }
      return parts.opposable == Opposable::no ? nullptr : "vital interest is not opposable";
    case BasisKind::agreement:
      if (parts.article6 != Article6::none || parts.article9 != Article9::none) {
        return "an agreement is no ground for using data";
      }
      return parts.opposable == Opposable::no ? nullptr : "an agreement is not opposable";
  }
  return "unknown kind of basis";
}

}  // namespace

base::Result<LegalBasis> make_legal_basis(LegalBasis parts) {
  if (const char* what = inconsistency(parts)) {
    return base::fail(base::Code::invalid_argument, "consent.basis-inconsistent", what);
  }
  return parts;
}

Scsp scsp_value(const LegalBasis& basis) noexcept {
  switch (basis.kind) {
    case BasisKind::express_consent:
      return Scsp::si;
    case BasisKind::non_opposition:
      return Scsp::no_opo;
    case BasisKind::law:
      return Scsp::ley;
    case BasisKind::vital_interest:
      return Scsp::none;
    case BasisKind::agreement:
      return Scsp::none;
  }
  return Scsp::none;
}

}  // namespace segell::consent
