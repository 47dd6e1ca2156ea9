#pragma once

#include "signer/pdf/fields.h"
#include "signer/pdf/signatures.h"

#include <optional>
#include <vector>

namespace segell::signer::pdf {

/// DocMDP and FieldMDP as one signature dictionary's /Reference states them.
struct Transforms {
  std::optional<int> doc_mdp;  ///< /P; 2 when absent, 0 when it is anything else
  std::optional<FieldLock> field_mdp;
};
base::Result<Transforms> read_transforms(const Document& document, const Dictionary& signature, RevisionIndex as_of);

/// The signature that the catalog's /Perms /DocMDP names; none when there is none.
base::Result<Ref> certifying_signature(const Document& document, RevisionIndex as_of);

/// What earlier signatures allow to be signed still.
struct SigningLimits {
  int certified = 0;  ///< DocMDP permission, 0 when the document is not certified
  std::size_t signatures = 0;
  std::vector<FieldLock> locks;
};
base::Result<SigningLimits> read_signing_limits(const Document& document, const Form& form);

}  // namespace segell::signer::pdf
