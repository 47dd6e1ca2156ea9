#pragma once

#include "key_ring.h"
#include "storage/store.h"

namespace segell::storage {

/// Everything that must hold before the first act; see Store::open for the reasons of refusal.
base::Result<void> check_at_start(Session& session, KeyStore& store, KeyRing& keys);

/// Destroys, again if need be, the keys of everyone whose erasure is committed: a crash may have come between the
/// commit and the destruction, and a restored key store may have brought keys back.
base::Result<void> finish_erasures(Session& session, KeyRing& keys);

}  // namespace segell::storage
