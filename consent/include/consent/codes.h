#pragma once

#include "base/result.h"

#include <array>
#include <string_view>

namespace segell::consent {

/// On what a use of data rests. AGREEMENT (signing a plan) is no data-protection consent: it never answers a question.
enum class BasisKind { express_consent, non_opposition, law, vital_interest, agreement };

/// The lawful ground of GDPR article 6(1) behind a basis; none for an agreement.
enum class Article6 { none, a, c, d, e };

/// The condition of GDPR article 9(2) that lets a special category be used; none for ordinary data.
enum class Article9 { none, a, b, c, f, g, h, i, j };

/// Which right to oppose the person has against a basis other than consent: art. 28 Ley 39/2015 or art. 21 GDPR.
enum class Opposable { no, art28, art21 };

/// What a person's act on one item is. `inform` records that the notice was shown; `expire` that a term ran out;
/// `enter_in_error` that an earlier decision, which it names, was not the person's own.
enum class DecisionKind { inform, grant, refuse, defer, withdraw, object, withdraw_objection, expire, enter_in_error };

/// Why a question was denied: closed, part of the API (reference: consent rule order).
enum class Reason {
  no_basis,
  no_consent,
  refused,
  withdrawn,
  expired,
  opposed,
  not_party,
  wrong_purpose,
  capacity_unclear,
  protected_person,
  unknown_category,
  entered_in_error,
};

/// What a request to another administration carries in the field `Consentimiento` (SCSP; AOC's PCI adds NoOpo).
enum class Scsp { none, si, no_opo, ley };

/// The written forms: "EXPRESS_CONSENT", "a", "art28", "withdraw-objection", "no_consent", "NoOpo".
std::string_view to_string(BasisKind kind) noexcept;
std::string_view to_string(Article6 article) noexcept;
std::string_view to_string(Article9 article) noexcept;
std::string_view to_string(Opposable opposable) noexcept;
std::string_view to_string(DecisionKind kind) noexcept;
std::string_view to_string(Reason reason) noexcept;
std::string_view to_string(Scsp value) noexcept;

/// Exactly the written forms above. Error: invalid_argument, "consent.unknown-code".
base::Result<BasisKind> parse_basis_kind(std::string_view text);
base::Result<Article6> parse_article6(std::string_view text);
base::Result<Article9> parse_article9(std::string_view text);
base::Result<Opposable> parse_opposable(std::string_view text);
base::Result<DecisionKind> parse_decision_kind(std::string_view text);

}  // namespace segell::consent
