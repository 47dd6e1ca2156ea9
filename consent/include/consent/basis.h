#pragma once

#include "consent/codes.h"

#include <string>

namespace segell::consent {

/// A legal basis as it is stored: the kind, the articles it stands on, the law that says so, the right to oppose.
struct LegalBasis {
  BasisKind kind = BasisKind::express_consent;
  Article6 article6 = Article6::a;
  Article9 article9 = Article9::none;
  std::string law;  ///< legal reference in words, for example "Llei 12/2007, DA 15"; mandatory for LAW
  Opposable opposable = Opposable::no;

  bool operator==(const LegalBasis&) const = default;
};

/// Checks that the parts belong together: consent rests on 6(1)(a) and is withdrawn, not opposed; non-opposition rests
/// on 6(1)(c) or (e) and is opposable; law rests on 6(1)(c), which leaves no objection, or on (e), and names its
/// reference; vital interest rests on 6(1)(d); an agreement has no article 6. Error: invalid_argument,
/// "consent.basis-inconsistent".
base::Result<LegalBasis> make_legal_basis(LegalBasis parts);

/// What a request to another administration says about this basis.
Scsp scsp_value(const LegalBasis& basis) noexcept;

}  // namespace segell::consent
