#pragma once

#include "base/json.h"
#include "base/result.h"

#include <string>

namespace segell::signer::ades {

/// How a change that a signature neither allows nor forbids by itself counts (design.md 4.3: `modification`).
enum class ChangeAnswer { permitted, suspicious, not_permitted };

/// What may follow a signature that certifies nothing and locks no field (an approval signature): a question that no
/// standard answers. The default is this service's: whatever is not plain signing is told as a change.
struct ChangePolicy {
  ChangeAnswer form_filling = ChangeAnswer::suspicious;
  ChangeAnswer annotations = ChangeAnswer::suspicious;        ///< that cannot cover what was signed
  ChangeAnswer visible_signatures = ChangeAnswer::permitted;  ///< new fields that show something on a page
  ChangeAnswer metadata_alone = ChangeAnswer::suspicious;     ///< without anything else that a revision adds
  bool operator==(const ChangePolicy&) const = default;
};

/// The member `afterApproval` of a policy file: `{"formFilling":…,"annotations":…,"visibleSignatures":…,
/// "metadataAlone":…}`, each "permitted", "suspicious" or "not-permitted"; what is absent keeps its default. Error:
/// malformed "policy.malformed", with the member in the message.
base::Result<ChangePolicy> read_change_policy(const base::Json& after_approval);

/// The error of a policy file.
base::Failure bad_policy(std::string message);

/// The `afterApproval` object with every member, for the digest that a verdict names.
base::Json to_json(const ChangePolicy& policy);

}  // namespace segell::signer::ades
