#pragma once

#include "base/openssl_ptr.h"

#include <openssl/x509.h>

namespace segell::signer::ades {

inline void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }

/// A list of certificates that somebody else owns.
using BorrowedCertificates = base::Owned<STACK_OF(X509), free_stack>;

}  // namespace segell::signer::ades
