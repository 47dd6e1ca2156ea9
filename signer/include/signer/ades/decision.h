#pragma once

#include "base/time.h"
#include "signer/ades/verdict.h"

#include <optional>

namespace segell::signer::ades {

/// What was found out about a signature, as data: the decision logic needs neither keys nor files. Defaults are those
/// of a signature with which everything is well, where nobody has revocation data and none are asked for.
struct SignatureFacts {
  bool format_holds = true;               ///< structure, ranges, CMS rules, and no forbidden later change
  bool content_found = true;              ///< what was signed is at hand
  bool digest_matches = true;             ///< message-digest is the digest of the covered octets
  bool signing_certificate_found = true;  ///< one that the signer names and the binding attribute refers to
  enum class Value { fits, does_not_fit, cannot_judge };
  Value value = Value::fits;                      ///< the signature value under that certificate's key
  bool constraints_hold = true;                   ///< nothing unexplained, repaired or missing that the policy wants
  bool algorithms_accepted = true;                ///< false: never acceptable, whatever was proven when
  std::optional<base::Instant> algorithms_until;  ///< relied on only with a proof of existence before this

  /// A signature policy that the signer names, where the verifier wants such to be followed.
  enum class NamedPolicy { fine, not_available, not_processed };
  NamedPolicy named_policy = NamedPolicy::fine;

  enum class Chain { found, none, broken, constraints };
  Chain chain = Chain::found;
  base::Instant not_before = base::Instant::min();     ///< of the signing certificate
  base::Instant not_after = base::Instant::max();      ///< of the signing certificate
  base::Instant ca_not_before = base::Instant::min();  ///< latest of the certificates above
  base::Instant ca_not_after = base::Instant::max();   ///< earliest of the certificates above
  /// The policy's end of trust of the anchor; nothing: it has none.
  std::optional<base::Instant> anchor_until;
  std::optional<base::Instant> revoked_at;
  std::optional<base::Instant> ca_revoked_at;
  bool on_hold = false;  ///< revoked_at is the beginning of a suspension (certificateHold)
  /// What revocation data say of certificates that they do not revoke.
  enum class Answers {
    good,           ///< not revoked, by data that count
    out_of_bounds,  ///< not revoked, by an issuer of data whose certificate is not valid at a time that the data are
                    ///< proven for
    missing         ///< nothing that counts
  };
  Answers signer_answers = Answers::missing;  ///< of the signing certificate
  Answers path_answers = Answers::missing;    ///< the worst of all certificates of the path but the anchor
  bool answers_required = false;              ///< the policy does not do without

  base::Instant now;                           ///< validation time
  std::optional<base::Instant> proven_before;  ///< the signature existed then (trusted timestamp over it)
  std::optional<base::Instant> proven_after;   ///< it did not exist yet (trusted timestamp inside what it covers)
  bool order_holds = true;                     ///< no trusted timestamp contradicts another one
};

struct Conclusion {
  Indication indication = Indication::total_passed;
  SubIndication sub_indication = SubIndication::none;
  bool operator==(const Conclusion&) const = default;
};

/// The conclusion of EN 319 102-1 (basic validation with the past-validation rules for certificates, 5.3, 5.5 and 5.6):
/// proven faults first, then what is missing. The best signature time is proven_before, else now. A CRL entry or an end
/// of validity counts against a signature only if no proof of existence is older; it is a proven fault only if
/// proven_after is younger; a suspension never is: it ends in TRY_LATER (EN 319 102-1 5.2.6.4). Where answers are
/// required, a missing one is TRY_LATER as long as authorities still answer for the path, and NO_POE after its end.
Conclusion decide(const SignatureFacts& facts);

/// What the evidence ladder (domain.md 5.4) needs.
struct EvidenceFacts {
  bool passed = false;                   ///< the signature's own conclusion is TOTAL-PASSED
  bool act_present = false;              ///< the seal declares a person's act
  bool identity_proven = false;          ///< the identity evidence was disclosed and is not "none"
  std::optional<int> disclosed_level{};  ///< the disclosed fact `evidence-level`
  Level level = Level::none;
};

/// 0 to 6: the lower of "who and how" and "durability". Who and how: without a person's act 3; with one the disclosed
/// level, and 0 while no identity evidence is disclosed. Durability: B-B and B-T 4 (a time without the revocation data
/// of that time completes nothing), B-LT 5, B-LTA 6. Anything but TOTAL-PASSED is 0: a level counts what is proven.
int evidence_level(const EvidenceFacts& facts);

}  // namespace segell::signer::ades
