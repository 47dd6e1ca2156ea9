#include "salted_reason.h"

#include "base/encoding.h"
#include "base/random.h"
#include "signer/ades/disclosure.h"

namespace segell::app {

base::Json SaltedReason::json() const {
  return base::Json::object({{"reason", reason}, {"salt", base::to_base64url(salt)}});
}

base::Result<SaltedReason> salted_reason(const std::string& reason) {
  SaltedReason salted{reason, base::random_array<32>(), {}};
  SEGELL_TRY(salted.commitment, signer::ades::commit("reason", reason, salted.salt));
  return salted;
}

}  // namespace segell::app
