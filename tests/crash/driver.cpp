// crash_driver DIR FIRST...: opens (or makes) the store in DIR and acts until it is killed; FIRST are the sequence
// numbers with which its threads begin. On stdout, a line each: "ack KEY INDEX" once an act is acknowledged, and
// "checkpoint BASE64-OF-NOTE" whenever one is served. SEGELL_CRASH_AT=POINT:N kills it the N-th time it passes POINT.
// SEGELL_CRASH_ACTS=N ends it after N acts of each thread.
#include "base/digest.h"
#include "base/encoding.h"
#include "base/random.h"
#include "folder/blob_folder.h"
#include "sqlite/database.h"
#include "storage/store.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

using namespace segell;
using namespace segell::storage;

namespace {

struct KillPoint {
  std::string name;
  std::atomic<int> left{0};
  void pass(std::string_view point) {
    if (point == name && left.fetch_sub(1) == 1) ::kill(::getpid(), SIGKILL);
  }
} g_kill;

void say(const std::string& line) {
  const std::string whole = line + "\n";  // one write below PIPE_BUF: whole or not at all
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::_Exit(3);
}

base::Instant at(std::uint64_t sequence) {
  return base::Instant(base::Microseconds(1'770'000'000'000'000 + static_cast<std::int64_t>(sequence)));
}

/// Ids that a repeated act makes again: as a caller would, who keeps them until it has its answer.
template <class IdType>
IdType id_from(const std::string& text) {
  const base::Sha256 digest = base::sha256(base::as_bytes(text));
  return *IdType::from_bytes(base::BytesView(digest).first(16));
}

base::Result<std::uint64_t> act(Store& store, const TenantId& tenant, const std::string& key, std::uint64_t sequence) {
  const auto document = id_from<DocumentId>("document " + key);
  const auto person = id_from<PersonId>("person " + key);
  const bool with_person = sequence % 3 == 1;
  const bool with_document = sequence % 3 == 2;
  const base::Bytes content(80'000, static_cast<std::byte>(sequence));
  std::optional<StagedBlob> blob;
  if (with_document) {
    SEGELL_TRY(blob, store.stage_blob(tenant, document, 0, content));
  }
  return store.run(tenant, [&](Transaction& tx) -> base::Result<std::uint64_t> {
    SEGELL_TRY(const auto known, tx.idempotency().find("driver", "act", key));
    if (known) return std::stoull(known->response);
    if (with_person) SEGELL_CHECK(tx.persons().add({person, false, nullptr, {}, at(sequence), 0}));
    SEGELL_TRY(const std::uint64_t index,
               tx.append_event(base::as_bytes(key), with_person ? std::optional(person) : std::nullopt));
    if (with_document) {
      SEGELL_CHECK(tx.documents().add({document, "draft", "", nullptr, at(sequence)}));
      RevisionRecord revision;
      revision.kind = "original";
      revision.length = revision.total_length = content.size();
      revision.sha256 = base::sha256(content);
      revision.sha512 = base::sha512(content);
      revision.log_index = index;
      revision.time_state = "none";
      SEGELL_CHECK(tx.documents().add_revision(document, revision, *blob));
    }
    SEGELL_CHECK(tx.idempotency().add({"driver", "act", key, {}, 201, std::to_string(index), at(sequence)}));
    return index;
  });
}

void run_thread(Store& store, const TenantId& tenant, std::size_t number, std::uint64_t sequence, std::uint64_t acts) {
  for (std::uint64_t done = 0; done < acts; ++done, ++sequence) {
    const std::string key = std::to_string(number) + "-" + std::to_string(sequence);
    const auto index = act(store, tenant, key, sequence);
    if (!index) {
      say("refused " + key + " " + std::string(index.error().reason));
      return;
    }
    say("ack " + key + " " + std::to_string(*index));
    g_kill.pass("acknowledged");
  }
}

int run(const std::string& folder, const std::vector<std::uint64_t>& first) {
  const base::Secret kek(base::Bytes(32, std::byte{0x4B}));
  ExitOnFatal fatal;
  auto database = sqlite::open_database(folder + "/segell.db", sqlite::OpenMode::serve);
  auto keys = sqlite::open_key_store(folder + "/keys.db", sqlite::OpenMode::serve);
  auto blobs = folder::open_blob_folder(folder + "/blobs");
  if (!database || !keys || !blobs) return 4;
  StoreOptions options;
  options.serve_every = std::chrono::milliseconds(5);
  options.at_point = [](std::string_view point) { g_kill.pass(point); };
  auto store = Store::open({**database, **keys, **blobs, kek, fatal}, options);
  if (!store) {
    std::fprintf(stderr, "%s: %s\n", store.error().reason.data(), store.error().message.c_str());
    return 5;
  }
  const TenantId tenant = *TenantId::parse("0123456789abcdefghjkmnpqrs");
  const std::string origin = "segell.example/crash";
  const auto tenants = (*store)->tenants();
  if (!tenants) return 6;
  if (tenants->empty() && !(*store)->create_tenant(tenant, "Crash", origin, at(0))) return 6;

  const char* acts = std::getenv("SEGELL_CRASH_ACTS");
  const std::uint64_t count = acts == nullptr ? UINT64_MAX : std::stoull(acts);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < first.size(); ++i)
    threads.emplace_back(run_thread, std::ref(**store), tenant, i, first[i], count);
  std::atomic<bool> ending{false};
  std::thread observer([&] {
    std::string last;
    while (!ending) {
      const auto note = (*store)->served_checkpoint(origin);
      if (note && *note != last) {
        last = *note;
        say("checkpoint " + base::to_base64(base::as_bytes(last)));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  for (auto& thread : threads) thread.join();
  ending = true;
  observer.join();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  if (const char* point = std::getenv("SEGELL_CRASH_AT")) {
    const std::string text(point);
    g_kill.name = text.substr(0, text.find(':'));
    g_kill.left = std::stoi(text.substr(text.find(':') + 1));
  }
  std::vector<std::uint64_t> first;
  for (int i = 2; i < argc; ++i) first.push_back(std::stoull(argv[i]));
  return run(argv[1], first);
}
