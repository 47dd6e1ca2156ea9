#pragma once

#include "base/digest.h"
#include "storage/blob_store.h"
#include "storage/database.h"
#include "storage/fatal.h"
#include "storage/key_store.h"
#include "storage/log_reader.h"
#include "storage/transaction.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace segell::storage {

/// The parts a store is made of; all outlive it.
struct StoreParts {
  Database& database;
  KeyStore& keys;
  BlobStore& blobs;
  const base::Secret& kek;
  Fatal& fatal;
};

struct StoreOptions {
  /// Sealed revisions up to this size lie in their row and share the act's one fsync; larger ones are blobs.
  std::uint64_t inline_limit = 65536;
  std::uint64_t max_document = 256ULL << 20;
  std::size_t max_group = 1024;  ///< use cases in one commit
  /// How often the newest checkpoint becomes the served one.
  std::chrono::milliseconds serve_every{1000};
  /// Called at named points ("blob-durable", "key-durable", "before-commit", "committed") so that a test driver can
  /// kill the process there. Empty in products.
  std::function<void(std::string_view)> at_point;
};

struct FoundAccount {
  TenantId home;
  AccountRecord account;
};

using UseCase = std::function<base::Result<void>(Transaction&)>;
/// Called once on the committer's thread; must be quick and must not call the store.
using Completion = std::function<void(const base::Result<void>&)>;

/// One data store: database, keys, blobs and the tenants' logs, with the one committer that changes them. Thread-safe.
class Store {
 public:
  /// Migrates, repeats unfinished key destructions, and refuses with a named reason where database, log head, tiles,
  /// checkpoint signature, key store and served head do not agree. Errors: corrupt "store.head-mismatch",
  /// "store.checkpoint-signature", "store.checkpoint-mismatch", "store.older-than-served", "store.keys-older",
  /// "store.key-missing", "store.log-key-mismatch"; unsupported "store.newer-schema"; untrusted "store.wrong-kek".
  static base::Result<std::unique_ptr<Store>> open(StoreParts parts, StoreOptions options = {});
  ~Store();  ///< finishes what was submitted, then stops

  /// Runs the use case in the tenant's next group commit and waits. The result comes back only when it is durable and
  /// covered by a signed checkpoint. Errors: the use case's own (nothing was changed); storage_full "storage.full"
  /// (nothing was changed); unavailable "store.stopped".
  template <class F>
  auto run(const TenantId& tenant, F use_case) -> std::invoke_result_t<F&, Transaction&> {
    using Out = std::invoke_result_t<F&, Transaction&>;
    std::optional<Out> out;
    base::Result<void> done = run_erased(tenant, [&](Transaction& transaction) -> base::Result<void> {
      out.emplace(use_case(transaction));
      if (!*out) return base::fail(out->error());
      return base::ok();
    });
    if (!done) return base::fail(std::move(done).error());
    return std::move(*out);
  }
  void submit(const TenantId& tenant, UseCase use_case, Completion completion);

  /// Runs `read(const View&)` in one snapshot, on this thread.
  template <class F>
  auto read(const TenantId& tenant, F read) -> std::invoke_result_t<F&, const View&> {
    using Out = std::invoke_result_t<F&, const View&>;
    std::optional<Out> out;
    base::Result<void> done = read_erased(tenant, [&](const View& view) { out.emplace(read(view)); });
    if (!done) return base::fail(std::move(done).error());
    return std::move(*out);
  }

  /// Makes tenant key, log key and an empty signed log. Error: already_exists "tenant.exists".
  base::Result<TenantRecord> create_tenant(const TenantId& id, const std::string& name, const std::string& origin,
                                           base::Instant now);
  base::Result<std::vector<TenantRecord>> tenants();
  /// By the hash of the bearer credential; revoked ones are not found, expired ones are. Error: unauthenticated
  /// "credential.unknown".
  base::Result<CredentialRecord> find_credential(const base::Sha256& hash);

  /// By the hash of the cookie, with what account and holding say now; those past their end are found. Error:
  /// unauthenticated "session.unknown".
  base::Result<FoundSession> find_session(const base::Sha256& hash);
  /// By the name that is typed at login, in whichever tenant.
  base::Result<std::optional<FoundAccount>> find_account(const std::string& name);
  /// Under what attempts at a name, from an address or on an account are counted: a blind index of this node.
  [[nodiscard]] base::Bytes login_tag(std::string_view use, std::string_view value) const;
  base::Result<LoginFailures> login_failures(const base::Bytes& tag);
  /// By the hash of a slip's code; free, revoked and expired slips are found too. Error: not_found "slip.unknown".
  base::Result<SlipPlace> find_slip(const base::Sha256& code_hash);
  /// By the hash of a package's capability; expired ones are found too. Error: not_found "package.unknown".
  base::Result<PackagePlace> find_package(const base::Sha256& capability_hash);

  /// Before the transaction: makes the document's key if it has none, seals the revision, and makes a large one
  /// durable. What a failed transaction leaves behind is an unreferenced blob, which fsck names and nothing reads.
  base::Result<StagedBlob> stage_blob(const TenantId& tenant, const DocumentId& document, std::uint32_t revision,
                                      base::BytesView octets);
  /// Removes blobs that acts of earlier processes left behind without committing, and says how many; those of this
  /// process stay, because their act may still come. Never call it on a database that was restored without the blobs
  /// of its day: what only the newer database names would go.
  base::Result<std::uint64_t> remove_orphan_blobs();
  /// The document up to and including a revision (all of it by default), checked against its digests. Errors:
  /// not_found "document.unknown"; corrupt "document.digest-mismatch", "blob.corrupt"; limit_exceeded.
  /// `absorbed`: a fresh SHA-256 state, left having absorbed the content, for whoever would hash it again.
  base::Result<base::Bytes> document_content(const TenantId& tenant, const DocumentId& document,
                                             std::optional<std::uint32_t> up_to = {}, base::Hasher* absorbed = nullptr);

  /// The served checkpoint (a signed note), renewed on the fixed cadence, never newer than what is durable.
  base::Result<std::string> served_checkpoint(const std::string& origin);
  /// "tile/0/x001/234", "tile/1/000.p/7", "tile/entries/000": C2SP tlog-tiles. Error: not_found "log.no-tile".
  base::Result<base::Bytes> log_tile(const std::string& origin, std::string_view path);
  /// A text of C2SP tlog-proof for one entry under the newest checkpoint. Error: not_found "log.no-entry".
  base::Result<std::string> log_proof(const TenantId& tenant, std::uint64_t index);

  /// Makes the newest checkpoints the served ones now (tests; the cadence does it otherwise).
  base::Result<void> serve_now();
  /// Not stopped, and the database answers.
  base::Result<void> ready();

  struct Core;

 private:
  explicit Store(std::unique_ptr<Core> core);
  base::Result<void> run_erased(const TenantId& tenant, UseCase use_case);
  base::Result<void> read_erased(const TenantId& tenant, const std::function<void(const View&)>& read);
  std::unique_ptr<Core> m_core;
};

}  // namespace segell::storage
