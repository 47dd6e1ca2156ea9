#pragma once

#include "app/service.h"

#include "app/caller.h"
#include "known_callers.h"
#include "layout/typesetter.h"
#include "paper_memory.h"
#include "relying_party.h"
#include "signer/ades/seal.h"
#include "signer/ades/timestamp_client.h"
#include "signer/ades/verify.h"
#include "slots.h"
#include "storage/store.h"
#include "visibility.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace segell::app {

/// A tenant ready to seal.
struct Tenant {
  TenantSettings settings;
  signer::ades::Sealer sealer;
};

/// One lock a document: seals on one document are serialised (design 4.5.2). The map holds only locks in use.
class DocumentLocks {
 public:
  class Held {
   public:
    Held(DocumentLocks& owner, const base::DocumentId& document);
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    DocumentLocks& m_owner;
    base::DocumentId m_document;
  };

 private:
  std::mutex m_mutex;
  std::condition_variable m_released;
  std::set<base::DocumentId> m_held;  // guarded by m_mutex
};

/// The creating calls that are running now, by scope and key.
class InFlight {
 public:
  /// False when that call is running already.
  bool enter(const std::string& call);
  void leave(const std::string& call);

 private:
  std::mutex m_mutex;
  std::set<std::string> m_calls;  // guarded by m_mutex
};

/// How far a tenant's documents were gone through for seals whose proof nobody ordered.
struct TakenUp {
  base::DocumentId last;
  bool whole = false;
};

struct Service::State {
  State(Ports ports, Settings wanted);

  storage::Store& store;
  base::HttpExchange& http;
  const base::Clock& clock;
  LetterBox* letters;
  Settings settings;
  std::optional<RelyingParty> party;  ///< none: no passkeys
  std::map<base::TenantId, Tenant> tenants;
  std::optional<signer::ades::TimestampClient> tsa;
  signer::ades::Verifier verifier;
  std::optional<layout::Typesetter> typesetter;
  DocumentLocks documents;
  InFlight in_flight;
  Slots verifications;
  Slots logins;
  KnownCallers callers;
  PaperMemory papers;
  WideDigests wide_digests;

  std::map<base::TenantId, TakenUp> proofs_taken_up;  ///< of the background round alone
  base::Instant next_capacity_review{};               ///< of the background round alone; at the start: at once

  /// Error: forbidden "auth.tenant-not-served": a credential of a tenant that this node has no settings for.
  base::Result<const Tenant*> tenant(const base::TenantId& id) const;

  /// Lets the background thread begin its next round at once.
  void hurry();
  /// A round that takes long looks between two jobs.
  [[nodiscard]] bool is_stopping();

  // The background thread; stopping and hurried are guarded by mutex.
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  bool hurried = true;  ///< what an earlier run left behind is not waited for
  std::thread worker;
};

/// The name under which a visit stands as actor in events.
ActorId visit_actor(const VisitCaller& caller);

}  // namespace segell::app
