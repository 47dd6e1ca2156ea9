#pragma once

#include "verify/paper.h"

#include <functional>

// What the tests of later changes share: words for verdicts, and a paper signed and then edited.

namespace segell::tests {

using signer::ades::Check;
using signer::ades::CheckStatus;
using signer::ades::SignatureVerdict;
using signer::ades::Verdict;
using signer::ades::VerifyOptions;

/// The verdict with what failed and what changed.
inline std::string first_words(const Verdict& verdict) {
  std::string out = name_of(verdict);
  for (const SignatureVerdict& signature : verdict.signatures) {
    for (const Check& check : signature.checks)
      if (check.status == CheckStatus::fail) out += " [" + check.id + ": " + check.detail + "]";
    for (const std::string& change : signature.changes) out += " {" + change + "}";
  }
  return out;
}

enum class Expected { passes, suspicious, forbidden };

inline std::string words(Expected expected) {
  return expected == Expected::passes       ? "TOTAL-PASSED"
         : expected == Expected::suspicious ? "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"
                                            : "TOTAL-FAILED/FORMAT_FAILURE";
}

inline constexpr Expected kPasses = Expected::passes, kSuspicious = Expected::suspicious,
                          kForbidden = Expected::forbidden;

inline const Paper::Objects kFilledName = {
    {20, Paper::widget("/FT /Tx /T (name)", "72 600 300 620", "/V (Aina) /AP << /N 60 0 R >>")},
    {60, Paper::appearance("(Aina)")}};

/// The verdict on the paper, signed and then edited.
inline Verdict after(const std::function<void(Paper&)>& edit, const Paper::Seal& first, VerifyOptions options = {}) {
  Paper paper;
  paper.sign(first);
  edit(paper);
  return judge(paper.octets(), std::move(options));
}

}  // namespace segell::tests
