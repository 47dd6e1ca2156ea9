#include "harness.h"

#include "base/file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <optional>

#include <sys/mount.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

/// A small disk in memory; needs the right to mount, as the tests' machine gives it.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : m_path(path) {
    std::filesystem::create_directories(path);
    if (::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=3m,mode=0700") != 0)
      FAIL("cannot mount a small disk for the full-disk test: run as root, with the right to mount");
  }
  ~SmallDisk() { ::umount(m_path.c_str()); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  void grow() { REQUIRE(::mount("tmpfs", m_path.c_str(), "tmpfs", MS_REMOUNT, "size=64m,mode=0700") == 0); }

 private:
  std::string m_path;
};

base::Result<std::uint64_t> append(Store& store, std::size_t octets) {
  return store.run(test_tenant(), [&](Transaction& tx) { return tx.append_event(base::Bytes(octets)); });
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

/// "<path>" of the call that failed, whose line may stand in two parts: "123 fsync(5<path> <unfinished ...>" and
/// "123 <... fsync resumed>) = -1 EIO".
std::string file_of_failure(const std::string& calls, std::size_t failed) {
  std::size_t line = calls.rfind('\n', failed) + 1;
  if (calls.find("resumed>", line) < failed) {
    const std::string process = "\n" + calls.substr(line, calls.find(' ', line) - line) + " ";
    line = calls.rfind(process, line - 2) + 1;
  }
  const std::size_t begin = calls.find('<', line);
  return calls.substr(begin, calls.find('>', begin) + 1 - begin);
}

}  // namespace

TEST_CASE("on a full disk the act is refused, reading goes on, and afterwards all continues without repair") {
  const TempFolder folder;
  SmallDisk disk(folder.path("disk"));
  {
    const auto open = open_store(folder.path("disk"));
    const TenantRecord tenant = make_test_tenant(*open->store);
    std::uint64_t stored = 0;
    std::optional<base::Error> refusal;
    while (!refusal && stored < 1000) {
      auto index = append(*open->store, 20'000);
      if (index) {
        REQUIRE(*index == stored++);
      } else {
        refusal = index.error();
      }
    }
    REQUIRE(refusal);
    CHECK(refusal->code == base::Code::storage_full);
    CHECK(stored > 10);
    for (int i = 0; i < 3; ++i) CHECK(append(*open->store, 20'000).error().code == base::Code::storage_full);
    const auto blob = open->store->stage_blob(test_tenant(), DocumentId::make(), 0, base::random_bytes(2'000'000));
    REQUIRE_FALSE(blob);
    CHECK(blob.error().code == base::Code::storage_full);

    CHECK(open->fatal.reasons.empty());
    CHECK(open->store->ready());
    const auto opening =
        open->store->read(test_tenant(), [&](const View& view) { return view.evidence().opening(stored - 1); });
    CHECK(opening.has_value());
    CHECK(open->store->served_checkpoint(tenant.origin));

    disk.grow();
    const auto index = append(*open->store, 20'000);
    REQUIRE(index);
    CHECK(*index == stored);
    CHECK(open->store->stage_blob(test_tenant(), DocumentId::make(), 0, base::random_bytes(2'000'000)));
  }
  const auto database = *sqlite::open_database(folder.path("disk/segell.db"), sqlite::OpenMode::read);
  const auto keys = *sqlite::open_key_store(folder.path("disk/keys.db"), sqlite::OpenMode::read);
  const base::Secret kek = test_kek();
  const auto report = fsck({*database, keys.get(), &kek});
  REQUIRE(report);
  CHECK(report->findings.empty());
}

TEST_CASE("an act that outgrows the page cache and then the disk is refused whole, and the next ones are stored") {
  const TempFolder folder;
  SmallDisk disk(folder.path("disk"));
  const auto open = open_store(folder.path("disk"));
  make_test_tenant(*open->store);
  REQUIRE(append(*open->store, 100));
  const auto large = open->store->run(test_tenant(), [](Transaction& tx) -> base::Result<void> {
    for (int i = 0; i < 700; ++i) SEGELL_CHECK(tx.append_event(base::Bytes(65'536)));  // 45 MB
    return base::ok();
  });
  REQUIRE_FALSE(large);
  CHECK(large.error().code == base::Code::storage_full);
  for (std::uint64_t i = 1; i < 4; ++i) {
    const auto index = append(*open->store, 100);
    REQUIRE(index);
    CHECK(*index == i);
  }
  CHECK(open->fatal.reasons.empty());
  const auto report = fsck({*open->database, open->keys.get(), &open->kek});
  REQUIRE(report);
  CHECK(report->findings.empty());
  CHECK(report->logs[0].openings_checked == 4);
}

TEST_CASE("after a failed fsync the process ends, asks for no second one, and the next start loses nothing") {
  const TempFolder folder;
  CrashHarness harness(folder.path());
  harness.run({{"SEGELL_CRASH_ACTS", "3"}}, std::chrono::milliseconds(0));
  REQUIRE(harness.acknowledged() == 12);
  for (const int when : {12, 15, 19}) {
    const std::string trace = folder.path("trace-" + std::to_string(when));
    const int status = harness.run({{"SEGELL_CRASH_ACTS", "20"}}, std::chrono::milliseconds(0),
                                   {"strace", "-f", "-y", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync", "-e",
                                    "inject=fsync,fdatasync:error=EIO:when=" + std::to_string(when)});
    INFO("fsync number " << when << " status " << status);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 70);
    const std::string calls = base::to_text(*base::load_file(trace, 1 << 20));
    INFO(calls);
    const std::size_t failed = calls.find("EIO");
    REQUIRE(failed != std::string::npos);
    const std::string file = file_of_failure(calls, failed);
    INFO(file);
    CHECK(file.find(folder.path()) != std::string::npos);
    // What the kernel dropped cannot be synced a second time. (A folder may be in another thread's hands just then.)
    if (!std::filesystem::is_directory(file.substr(1, file.size() - 2)))
      CHECK(calls.find(file, failed) == std::string::npos);
    harness.check();
  }
}

TEST_CASE("every signed checkpoint was synced before it counted") {
  const TempFolder folder;
  CrashHarness harness(folder.path());
  const std::string trace = folder.path("trace");
  harness.run({{"SEGELL_CRASH_ACTS", "10"}}, std::chrono::milliseconds(0),
              {"strace", "-f", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync"});
  const std::size_t syncs = count_of(base::to_text(*base::load_file(trace, 1 << 20)), "sync(");
  const auto database = *sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::read);
  const auto session = *database->open_session(Access::read);
  const auto checkpoints = read_checkpoints(*session, test_tenant());
  REQUIRE(checkpoints);
  CHECK(harness.acknowledged() == 40);
  CHECK(checkpoints->size() > 5);
  CHECK(syncs >= checkpoints->size());
}

TEST_CASE("the pages of a commit reach the write-ahead log together") {
  const TempFolder folder;
  CrashHarness harness(folder.path());
  const std::string trace = folder.path("trace");
  harness.run({{"SEGELL_CRASH_ACTS", "1"}}, std::chrono::milliseconds(0));  // makes the tables, which is long
  harness.run({{"SEGELL_CRASH_ACTS", "10"}}, std::chrono::milliseconds(0),
              {"strace", "-f", "-y", "-qq", "-s", "0", "-o", trace, "-e", "trace=pwrite64,fdatasync"});
  const std::string calls = base::to_text(*base::load_file(trace, 1 << 20));
  std::size_t writes = 0;
  std::size_t syncs = 0;
  for (std::size_t at = calls.find("/segell.db-wal>"); at != std::string::npos;
       at = calls.find("/segell.db-wal>", at + 1)) {
    const std::string line = calls.substr(calls.rfind('\n', at) + 1, at - calls.rfind('\n', at));
    writes += line.find(" pwrite64(") != std::string::npos ? 1 : 0;
    syncs += line.find(" fdatasync(") != std::string::npos ? 1 : 0;
  }
  CHECK(harness.acknowledged() == 44);
  CHECK(writes > 5);
  CHECK(writes < 2 * syncs);  // one for each 96 KiB; SQLite alone makes two for each page
}
