#pragma once

#include "app/diligence.h"
#include "base/json.h"
#include "signer/ink/picture.h"
#include "visit_state.h"

#include <array>
#include <optional>
#include <string>

namespace segell::app {

/// A diligence that is whole: two adults, told apart, neither of whom has a part in the document.
struct CheckedDiligence {
  struct Witness {
    std::string name;
    std::string identity;
    std::optional<signer::ink::Picture> picture;  ///< none: confirmed with a button
  };
  std::string reason;
  std::array<Witness, 2> witnesses;
};

/// Errors: invalid_argument "act.diligence-reason", "act.witnesses-two", "act.witness-name", "act.witness-identity",
/// "act.witness-minor", "act.witness-same", "act.witness-signer", "act.witness-professional", "act.witness-party",
/// "act.witness-answer", "act.witness-picture"; those of Picture::parse_zlib.
base::Result<CheckedDiligence> check_diligence(const Diligence& diligence, const VisitState& visit);

/// The fact: {by:"witnesses",reason,witnesses[{name,identity,adult,answer,picture?{width,height,sha256}}]}; the digest
/// is of the picture's packed rows.
base::Json diligence_fact(const CheckedDiligence& diligence);

/// What the witnesses drew, one above the other; none where both pressed a button. Error: invalid_argument "ink.size".
base::Result<std::optional<signer::ink::Picture>> witnesses_ink(const CheckedDiligence& diligence);

}  // namespace segell::app
