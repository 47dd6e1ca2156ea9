#pragma once

#include "act_seal.h"
#include "app/visit.h"
#include "custody_envelope.h"
#include "diligence.h"
#include "signer/ades/disclosure.h"
#include "signer/ink/picture.h"
#include "visit_state.h"

#include <optional>

namespace segell::app {

/// An act whose parts fit together; nothing about the document is judged yet.
struct CheckedAct {
  base::Sha256 shown_sha256{};
  base::Sha512 shown_sha512{};
  std::uint64_t shown_length = 0;
  signer::ades::Method method = signer::ades::Method::button;
  signer::ades::Meaning meaning = signer::ades::Meaning::agree;
  std::string reservation;  ///< the person's words; empty for none
  std::optional<signer::ink::Picture> picture;
  base::Bytes envelope;  ///< empty for none
  std::string pointer_type;
  std::optional<CheckedDiligence> diligence;
  std::optional<Notes> notes;
};

/// Who acts: the person, or an official to whose signature the person consents.
enum class ActedBy { person, official };

/// Errors: invalid_argument "act.…", those of check_diligence() and Picture::parse_zlib.
base::Result<CheckedAct> check_act(const Act& act, const VisitState& visit, const TenantSettings& settings,
                                   ActedBy by = ActedBy::person);

/// Every fact that enters the manifest as a commitment, with fresh salts.
base::Result<std::vector<signer::ades::Fact>> make_act_facts(const CheckedAct& act, const VisitState& visit,
                                                             const TenantSettings& settings, base::Instant received,
                                                             const ActOrigin& origin);

}  // namespace segell::app
