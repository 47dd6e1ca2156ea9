#include "storage/store.h"

#include "base/aead.h"
#include "base/digest.h"
#include "blob_context.h"
#include "blob_names.h"
#include "committer.h"
#include "journal/checkpoint.h"
#include "query.h"
#include "read_account.h"
#include "read_credential.h"
#include "read_package_place.h"
#include "read_session.h"
#include "read_slip_place.h"
#include "schema.h"
#include "startup.h"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

namespace segell::storage {

using base::Code;
using base::fail;
using base::Result;

struct Store::Core {
  Core(StoreParts p, StoreOptions o)
      : parts(p),
        options(std::move(o)),
        keys(p.keys, p.kek),
        committer({p.database, keys, p.fatal, options.max_group, options.at_point,
                   [this](const std::vector<BlobName>& named) { forget_staged(named); }}) {}

  StoreParts parts;
  StoreOptions options;
  KeyRing keys;

  std::mutex sessions_mutex;
  std::vector<std::unique_ptr<Session>> sessions;  // guarded by sessions_mutex

  struct Served {
    TenantId tenant;
    ServedHead head;
    std::string note;
  };
  std::mutex served_mutex;
  std::map<std::string, Served, std::less<>> served;  // guarded by served_mutex; by origin

  std::shared_mutex putting;  // shared while a blob is put and entered in `staged`
  std::mutex staged_mutex;
  std::set<BlobName> staged;  // guarded by staged_mutex; blobs of this process that no commit has named yet

  std::mutex background_mutex;
  std::condition_variable background_wake;
  bool ending = false;  // guarded by background_mutex
  std::thread background;

  Committer committer;  // calls forget_staged until its end: behind what that needs

  void forget_staged(const std::vector<BlobName>& named) {
    const std::scoped_lock lock(staged_mutex);
    for (const BlobName& name : named) staged.erase(name);
  }

  Result<std::unique_ptr<Session>> take_session() {
    {
      const std::scoped_lock lock(sessions_mutex);
      if (!sessions.empty()) {
        auto session = std::move(sessions.back());
        sessions.pop_back();
        return session;
      }
    }
    return parts.database.open_session(Access::read);
  }
  void give_back(std::unique_ptr<Session> session) {
    constexpr std::size_t kMostKept = 32;
    const std::scoped_lock lock(sessions_mutex);
    if (sessions.size() < kMostKept) sessions.push_back(std::move(session));
  }

  /// Runs `work` in one read transaction.
  template <class F>
  auto reading(F work) -> decltype(work(std::declval<Session&>())) {
    SEGELL_TRY(std::unique_ptr<Session> session, take_session());
    SEGELL_CHECK(session->begin(Access::read));
    auto result = work(*session);
    session->rollback();
    give_back(std::move(session));
    return result;
  }

  /// A key store that cannot tell what is durable ends the process like a commit that cannot.
  Result<void> checked(Result<void> keys_written) {
    if (!keys_written && keys_written.error().reason == "keys.durability-unknown")
      committer.stop_for_good(keys_written.error());
    return keys_written;
  }

  Result<void> serve(const TenantRecord& tenant);
  Result<void> serve_all();
  void serve_grown(std::set<TenantId>& due);
  void run_background();
};

/// The head leaves the process only after the key store remembers it: an older database will then not sign again.
Result<void> Store::Core::serve(const TenantRecord& tenant) {
  SEGELL_TRY(LogHead head, reading([&](Session& session) { return read_log_head(session, tenant.id); }));
  {
    const std::scoped_lock lock(served_mutex);
    const auto now = served.find(tenant.origin);
    if (now != served.end() && now->second.head.size == head.size) return base::ok();
  }
  const ServedHead served_head{head.size, head.root};
  SEGELL_TRY(const auto remembered, parts.keys.served(tenant.id));
  if (!remembered || remembered->size != served_head.size || remembered->root != served_head.root)
    SEGELL_CHECK(checked(parts.keys.put_served(tenant.id, served_head)));
  const std::scoped_lock lock(served_mutex);
  served.insert_or_assign(tenant.origin, Served{tenant.id, served_head, std::move(head.note)});
  return base::ok();
}

Result<void> Store::Core::serve_all() {
  SEGELL_TRY(const auto tenants, reading([](Session& session) { return read_tenants(session); }));
  for (const TenantRecord& tenant : tenants) SEGELL_CHECK(serve(tenant));
  return base::ok();
}

/// A failure leaves the older checkpoint served, which is true as well; the tenant stays due for the next round.
void Store::Core::serve_grown(std::set<TenantId>& due) {
  due.merge(committer.take_grown());
  if (due.empty() || committer.stopped()) return;
  const auto tenants = reading([](Session& session) { return read_tenants(session); });
  if (!tenants) return;
  for (const TenantRecord& tenant : *tenants)
    if (due.contains(tenant.id) && serve(tenant)) due.erase(tenant.id);
}

void Store::Core::run_background() {
  constexpr std::chrono::milliseconds kTick{20};
  auto next_serving = std::chrono::steady_clock::now() + options.serve_every;
  std::set<TenantId> due;
  std::unique_lock lock(background_mutex);
  while (!background_wake.wait_for(lock, kTick, [this] { return ending; })) {
    lock.unlock();
    const CommitOutcome copied = parts.database.maintain();
    if (copied.state == CommitState::fatal) committer.stop_for_good(copied.error);
    if (std::chrono::steady_clock::now() >= next_serving) {
      next_serving += options.serve_every;
      serve_grown(due);
    }
    lock.lock();
  }
}

Store::Store(std::unique_ptr<Core> core) : m_core(std::move(core)) {}

Store::~Store() {
  if (m_core == nullptr) return;
  {
    const std::scoped_lock lock(m_core->background_mutex);
    m_core->ending = true;
  }
  m_core->background_wake.notify_all();
  if (m_core->background.joinable()) m_core->background.join();
}

Result<std::unique_ptr<Store>> Store::open(StoreParts parts, StoreOptions options) {
  auto core = std::make_unique<Core>(parts, std::move(options));
  {
    SEGELL_TRY(const std::unique_ptr<Session> session, parts.database.open_session(Access::write));
    SEGELL_CHECK(migrate(*session));
    SEGELL_CHECK(session->begin(Access::read));
    auto checked = check_at_start(*session, parts.keys, core->keys);
    if (checked) checked = finish_erasures(*session, core->keys);
    session->rollback();
    if (!checked) return fail(std::move(checked).error());
  }
  SEGELL_CHECK(core->committer.start());
  SEGELL_CHECK(core->serve_all());
  Core& running = *core;
  core->background = std::thread([&running] { running.run_background(); });
  return std::unique_ptr<Store>(new Store(std::move(core)));
}

void Store::submit(const TenantId& tenant, UseCase use_case, Completion completion) {
  m_core->committer.submit(tenant, std::move(use_case), std::move(completion));
}

Result<void> Store::run_erased(const TenantId& tenant, UseCase use_case) {
  std::promise<Result<void>> promise;
  auto future = promise.get_future();
  submit(tenant, std::move(use_case), [&promise](const Result<void>& result) { promise.set_value(result); });
  return future.get();
}

Result<void> Store::read_erased(const TenantId& tenant, const std::function<void(const View&)>& read) {
  return m_core->reading([&](Session& session) -> Result<void> {
    const View view(Scope{session, tenant, m_core->keys, nullptr});
    read(view);
    return base::ok();
  });
}

Result<TenantRecord> Store::create_tenant(const TenantId& id, const std::string& name, const std::string& origin,
                                          base::Instant now) {
  TenantRecord tenant{id, name, origin, {}, now};
  for (const KeyOwner& owner : {tenant_key_owner(id), log_key_owner(id)}) {
    SEGELL_TRY(const bool there, m_core->keys.exists(owner));
    if (there) continue;  // an earlier attempt got this far
    SEGELL_TRY(const NewKey key, m_core->keys.make(owner));
    SEGELL_CHECK(m_core->checked(m_core->keys.store({&key, 1})));
  }
  SEGELL_TRY(const LogKey key, load_log_key(m_core->keys, id, origin));
  tenant.log_vkey = key.verifier.text();

  SEGELL_TRY(const std::unique_ptr<Session> session, m_core->parts.database.open_session(Access::write));
  SEGELL_CHECK(session->begin(Access::write));
  auto made = [&]() -> Result<void> {
    SEGELL_CHECK(storage::run(*session,
                              "INSERT INTO tenant (id, name, origin, log_vkey, created) VALUES (?1, ?2, ?3, ?4, ?5)",
                              id, name, origin, tenant.log_vkey, now));
    SEGELL_TRY(const std::uint64_t generation, m_core->keys.generation());
    SEGELL_CHECK(write_meta(*session, "key-generation", static_cast<std::int64_t>(generation)));
    return create_log(*session, id, origin, key);
  }();
  if (!made) {
    session->rollback();
    if (made.error().code == Code::already_exists)
      return fail(Code::already_exists, "tenant.exists", "a tenant with this id or origin is there");
    return fail(std::move(made).error());
  }
  const CommitOutcome outcome = session->commit();
  if (outcome.state == CommitState::fatal || outcome.state == CommitState::unknown)
    m_core->committer.stop_for_good(outcome.error);
  if (outcome.state != CommitState::committed) return fail(outcome.error);
  SEGELL_CHECK(m_core->serve(tenant));
  return tenant;
}

Result<std::vector<TenantRecord>> Store::tenants() {
  return m_core->reading([](Session& session) { return read_tenants(session); });
}

Result<CredentialRecord> Store::find_credential(const base::Sha256& hash) {
  return m_core->reading([&](Session& session) { return read_credential(session, hash); });
}

Result<FoundSession> Store::find_session(const base::Sha256& hash) {
  return m_core->reading([&](Session& session) { return read_session(session, hash); });
}

Result<std::optional<FoundAccount>> Store::find_account(const std::string& name) {
  return m_core->reading([&](Session& session) -> Result<std::optional<FoundAccount>> {
    SEGELL_TRY(const auto place, find_account_place(Scope{session, {}, m_core->keys, nullptr}, name));
    if (!place) return std::optional<FoundAccount>();
    const View view(Scope{session, place->tenant, m_core->keys, nullptr});
    SEGELL_TRY(auto account, view.accounts().get(place->account));
    return std::optional(FoundAccount{place->tenant, std::move(account)});
  });
}

base::Bytes Store::login_tag(std::string_view use, std::string_view value) const {
  return index_tag(*m_core->keys.node_index_key(), "login." + std::string(use), value);
}

Result<LoginFailures> Store::login_failures(const base::Bytes& tag) {
  return m_core->reading([&](Session& session) { return read_login_failures(session, tag); });
}

Result<SlipPlace> Store::find_slip(const base::Sha256& code_hash) {
  return m_core->reading([&](Session& session) { return read_slip_place(session, code_hash); });
}

Result<PackagePlace> Store::find_package(const base::Sha256& capability_hash) {
  return m_core->reading([&](Session& session) { return read_package_place(session, capability_hash); });
}

Result<StagedBlob> Store::stage_blob(const TenantId& tenant, const DocumentId& document, std::uint32_t revision,
                                     base::BytesView octets) {
  if (octets.size() > m_core->options.max_document)
    return fail(Code::limit_exceeded, "document.too-large", "the document is too large");
  const KeyOwner owner = document_key_owner(tenant, document);
  SEGELL_TRY(const bool there, m_core->keys.exists(owner));
  if (!there) {
    SEGELL_TRY(const NewKey key, m_core->keys.make(owner));
    SEGELL_CHECK(m_core->checked(m_core->keys.store({&key, 1})));
    if (m_core->options.at_point) m_core->options.at_point("key-durable");
  }
  SEGELL_TRY(const SharedSecret key, m_core->keys.get(owner));
  base::Bytes sealed = base::stream_seal(*key, octets, blob_context(tenant, document, revision));
  StagedBlob blob{document, revision, {}, octets.size(), {}};
  if (sealed.size() <= m_core->options.inline_limit) {
    blob.name = base::sha256(sealed);
    blob.inline_octets = std::move(sealed);
    return blob;
  }
  const std::shared_lock putting(m_core->putting);
  auto name = m_core->parts.blobs.put(sealed);
  if (!name && name.error().reason == "blob.fsync") m_core->committer.stop_for_good(name.error());
  if (!name) return fail(std::move(name).error());
  blob.name = *name;
  {
    const std::scoped_lock lock(m_core->staged_mutex);
    m_core->staged.insert(*name);
  }
  if (m_core->options.at_point) m_core->options.at_point("blob-durable");
  return blob;
}

Result<std::uint64_t> Store::remove_orphan_blobs() {
  // In this order: what is listed was put by an earlier process, or is entered in `staged` once the puts that run now
  // have ended; and what left `staged` was committed before, so that the snapshot names it.
  std::vector<BlobName> unnamed;
  SEGELL_CHECK(m_core->parts.blobs.list([&](const BlobName& name, std::uint64_t) { unnamed.push_back(name); }));
  std::set<BlobName> kept;
  {
    const std::unique_lock no_put_runs(m_core->putting);
    const std::scoped_lock lock(m_core->staged_mutex);
    kept = m_core->staged;
  }
  SEGELL_TRY(const std::set<BlobName> named,
             m_core->reading([](Session& session) { return read_blob_names(session); }));
  std::uint64_t removed = 0;
  for (const BlobName& name : unnamed) {
    if (named.contains(name) || kept.contains(name)) continue;
    SEGELL_CHECK(m_core->parts.blobs.remove(name));
    ++removed;
  }
  return removed;
}

Result<base::Bytes> Store::document_content(const TenantId& tenant, const DocumentId& document,
                                            std::optional<std::uint32_t> up_to, base::Hasher* absorbed) {
  struct Part {
    RevisionRecord revision;
    base::Bytes row_octets;
  };
  std::vector<Part> parts;
  SEGELL_CHECK(m_core->reading([&](Session& session) -> Result<void> {
    const View view(Scope{session, tenant, m_core->keys, nullptr});
    SEGELL_TRY(const auto revisions, view.documents().revisions(document));
    for (const RevisionRecord& revision : revisions) {
      if (up_to && revision.index > *up_to) break;
      Part part{revision, {}};
      if (revision.in_row) {
        SEGELL_TRY(part.row_octets, view.documents().row_octets(document, revision.index));
      }
      parts.push_back(std::move(part));
    }
    return base::ok();
  }));
  if (parts.empty() || (up_to && parts.back().revision.index != *up_to))
    return fail(Code::not_found, "document.unknown", "there is no such document or revision");
  const std::uint64_t total = parts.back().revision.total_length;
  if (total > m_core->options.max_document)
    return fail(Code::limit_exceeded, "document.too-large", "the document is too large");

  SEGELL_TRY(const SharedSecret key, m_core->keys.get(document_key_owner(tenant, document)));
  base::Bytes content;
  content.reserve(total);
  for (Part& part : parts) {
    if (!part.revision.in_row) {
      SEGELL_TRY(part.row_octets,
                 m_core->parts.blobs.get(part.revision.blob, base::stream_sealed_size(part.revision.length)));
    }
    auto plain = base::stream_open(*key, part.row_octets, blob_context(tenant, document, part.revision.index));
    if (!plain) return fail(Code::corrupt, "blob.corrupt", "a stored revision does not open");
    base::append(content, *plain);
  }
  base::Hasher own(base::HashAlgorithm::sha256);
  base::Hasher& hasher = absorbed == nullptr ? own : *absorbed;
  hasher.update(content);
  if (content.size() != total || hasher.clone().finish_sha256() != parts.back().revision.sha256)
    return fail(Code::corrupt, "document.digest-mismatch", "the stored document is not what was recorded");
  return content;
}

Result<std::string> Store::served_checkpoint(const std::string& origin) {
  const std::scoped_lock lock(m_core->served_mutex);
  const auto served = m_core->served.find(origin);
  if (served == m_core->served.end()) return fail(Code::not_found, "log.unknown", "there is no such log");
  return served->second.note;
}

Result<base::Bytes> Store::log_tile(const std::string& origin, std::string_view path) {
  TenantId tenant;
  std::uint64_t size = 0;
  {
    const std::scoped_lock lock(m_core->served_mutex);
    const auto served = m_core->served.find(origin);
    if (served == m_core->served.end()) return fail(Code::not_found, "log.unknown", "there is no such log");
    tenant = served->second.tenant;
    size = served->second.head.size;
  }
  return m_core->reading([&](Session& session) { return read_log_path(session, tenant, size, path); });
}

Result<std::string> Store::log_proof(const TenantId& tenant, std::uint64_t index) {
  // The checkpoint of a proof leaves the process as well: it is served first.
  SEGELL_TRY(const auto all, tenants());
  const auto found = std::find_if(all.begin(), all.end(), [&](const TenantRecord& t) { return t.id == tenant; });
  if (found == all.end()) return fail(Code::not_found, "tenant.unknown", "there is no such tenant");
  SEGELL_CHECK(m_core->serve(*found));
  LogHead head;
  {
    const std::scoped_lock lock(m_core->served_mutex);
    const Core::Served& served = m_core->served.at(found->origin);
    head = {served.head.size, served.head.root, served.note};
  }
  return m_core->reading([&](Session& session) { return prove_entry(session, tenant, index, head); });
}

Result<void> Store::serve_now() { return m_core->serve_all(); }

Result<void> Store::ready() {
  if (m_core->committer.stopped()) return fail(Code::unavailable, "store.stopped", "the store stopped after a failure");
  return m_core->reading([](Session& session) -> Result<void> {
    SEGELL_CHECK(read_meta(session, "schema"));
    return base::ok();
  });
}

}  // namespace segell::storage
