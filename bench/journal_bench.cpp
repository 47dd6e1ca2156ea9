// journal.append: events appended durably through the committer; journal.fsck: the whole log derived again.
#include "bench.h"

#include "base/digest.h"
#include "base/random.h"
#include "folder/blob_folder.h"
#include "sqlite/database.h"
#include "storage/fsck.h"
#include "storage/store.h"
#include "support/temp_folder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace segell::bench {
namespace {

using namespace storage;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }
double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

struct World {
  test::TempFolder folder;
  base::Secret kek{base::Bytes(32, std::byte{7})};
  ExitOnFatal fatal;
  std::unique_ptr<Database> database = must(sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::serve));
  std::unique_ptr<KeyStore> keys = must(sqlite::open_key_store(folder.path("keys.db"), sqlite::OpenMode::serve));
  std::unique_ptr<BlobStore> blobs = must(folder::open_blob_folder(folder.path("blobs")));
  std::size_t group_size;
  std::unique_ptr<Store> store = open();
  TenantId tenant = TenantId::make();
  /// Commits hold groups of that many use cases.
  explicit World(std::size_t size) : group_size(size) {
    must(store->create_tenant(tenant, "Bench", "segell.example/bench", base::Instant()));
  }
  std::unique_ptr<Store> open() {
    StoreOptions options;
    options.max_group = group_size;
    return must(Store::open({*database, *keys, *blobs, kek, fatal}, options));
  }

  std::atomic<std::size_t> failed{0};
  std::atomic<std::size_t> done{0};

  /// Sleeps without polling: what waiting costs would be counted as the journal's.
  void wait_until(std::size_t count) const {
    for (std::size_t now = done; now < count; now = done) done.wait(now);
  }

  /// Appends `groups` groups of use cases, one event of 300 octets each, and gives events a second.
  double append(std::size_t groups, std::optional<PersonId> subject = {}) {
    const base::Bytes event(300, std::byte{0x5A});
    const std::size_t size = group_size;
    done = 0;
    const auto start = Clock::now();
    for (std::size_t group = 0; group < groups; ++group) {
      for (std::size_t i = 0; i < size; ++i) {
        store->submit(
            tenant,
            [&event, &subject](Transaction& tx) -> base::Result<void> {
              SEGELL_CHECK(tx.append_event(event, subject));
              return base::ok();
            },
            [this](const base::Result<void>& result) {
              if (!result) ++failed;
              if (++done % group_size == 0) done.notify_one();
            });
      }
      // Three groups may wait behind the one that runs: the committer always finds a whole one.
      wait_until((group + 1) * size - std::min((group + 1) * size, 4 * size));
    }
    wait_until(groups * size);
    if (failed > 0) throw std::runtime_error("an append failed");
    return static_cast<double>(groups * size) / seconds_since(start);
  }

  [[nodiscard]] std::uintmax_t wal_octets() const { return std::filesystem::file_size(folder.path("segell.db-wal")); }
  /// Octets that a commit of a group adds to the write-ahead log.
  double commit_octets() {
    constexpr std::size_t kGroups = 16;
    const std::uintmax_t before = wal_octets();
    append(kGroups);
    return static_cast<double>(wal_octets() - before) / kGroups;
  }
  /// Appends until the write-ahead log was begun anew, as it is for ever in a store that runs: its file grows no more.
  void warm_up() {
    constexpr std::uintmax_t kMost = 256 << 20;
    const std::size_t step = 1 + 4096 / group_size;
    for (std::uintmax_t last = 0; wal_octets() > last && last < kMost;) {
      last = wal_octets();
      append(step);
    }
  }
};

/// The physical limit beside it: as many octets as a commit writes, in a file that has its length, one write and one
/// fdatasync a group. Microseconds a group, the mean: others' use of the disk weighs on both alike.
double raw_commit(const std::string& path, std::size_t octets, std::size_t groups) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) throw std::runtime_error("open");
  const base::Bytes content(octets, std::byte{1});
  const auto write = [&](std::size_t group) {
    if (::pwrite(fd, content.data(), octets, static_cast<off_t>(group * octets)) < 0) throw std::runtime_error("write");
  };
  const auto sync = [fd] {
    if (::fdatasync(fd) != 0) throw std::runtime_error("fdatasync");
  };
  for (std::size_t group = 0; group < groups; ++group) write(group);
  sync();
  const auto start = Clock::now();
  for (std::size_t group = 0; group < groups; ++group) {
    write(group);
    sync();
  }
  const double mean = seconds_since(start) * 1e6 / static_cast<double>(groups);
  ::close(fd);
  return mean;
}

/// The same when every event has a subject: a row and a key of its own for each opening.
void run_append_subjects() {
  constexpr std::size_t kSize = 256;
  constexpr std::size_t kGroups = 60'000 / kSize;
  constexpr auto kEvents = static_cast<double>(kGroups * kSize);
  std::vector<double> ours;
  std::vector<double> cpu;
  for (int round = 0; round < 3; ++round) {
    World world(kSize);
    const PersonId person = PersonId::make();
    must(world.store->run(world.tenant, [&](Transaction& tx) {
      return tx.persons().add({person, false, nullptr, {}, base::Instant(), 0});
    }));
    world.append(kGroups, person);
    const double before = cpu_seconds();
    ours.push_back(world.append(kGroups, person));
    cpu.push_back((cpu_seconds() - before) * 1e6 / kEvents);
  }
  report({"journal.append.subjects", median(ours), "events/s", 150'000, median(ours) / 150'000,
          "no bar of its own: groups of 256, openings under a person's key", true});
  report({"journal.append.subjects.cpu", median(cpu), "CPU us an event", 1e6 / 150'000, median(cpu) * 0.15,
          "no bar of its own", true});
}

void run_append() {
  for (const std::size_t size : {std::size_t{64}, std::size_t{256}, std::size_t{1024}}) {
    const std::size_t groups = 60'000 / size;
    const auto events = static_cast<double>(groups * size);
    std::vector<double> ours;
    std::vector<double> raw;
    std::vector<double> cpu;
    double octets = 0;
    for (int round = 0; round < 3; ++round) {
      World world(size);
      octets = world.commit_octets();
      world.warm_up();
      const double before = cpu_seconds();
      ours.push_back(world.append(groups));
      cpu.push_back((cpu_seconds() - before) * 1e6 / events);
      raw.push_back(raw_commit(world.folder.path("raw"), static_cast<std::size_t>(octets), groups));
    }
    const std::string name = "journal.append." + std::to_string(size);
    const double value = median(ours);
    const double commit = median(raw);
    const double limit = static_cast<double>(size) * 1e6 / commit;
    report({name, value, "events/s", limit, value / limit, ">= 150000/s", value >= 150'000});
    // What other load on the machine cannot change so much: the processor time of an event, kernel and commit included.
    constexpr double kBudget = 1e6 / 150'000;
    report({name + ".cpu", median(cpu), "CPU us an event", kBudget, median(cpu) / kBudget,
            "no bar of its own: 6.7 us fill one core at 150,000/s", median(cpu) <= kBudget});
    report({name + ".commit", commit, "us a group", kBudget * static_cast<double>(size),
            commit / (kBudget * static_cast<double>(size)),
            "no bar of its own: bare write and fdatasync of " + std::to_string(static_cast<int>(octets)) +
                " octets, against the time of a group at 150,000/s",
            true});
  }
}

/// CPU microseconds an entry, median of three passes without the keys of the openings.
double fsck_cost(World& world) {
  std::vector<double> each;
  for (int round = 0; round < 3; ++round) {
    const double before = cpu_seconds();
    const FsckReport report = must(fsck({*world.database, world.keys.get()}));
    if (!report.findings.empty()) throw std::runtime_error(report.findings[0].id);
    each.push_back((cpu_seconds() - before) * 1e6 / static_cast<double>(report.logs[0].size));
  }
  return median(each);
}

/// 1 M entries, SEGELL_BENCH_QUICK for 100,000, SEGELL_BENCH_LONG for 10 M.
std::size_t fsck_entries() {
  if (std::getenv("SEGELL_BENCH_QUICK") != nullptr) return 100'000;
  return std::getenv("SEGELL_BENCH_LONG") != nullptr ? 10'000'000 : 1'000'000;
}

void run_fsck() {
  const std::size_t entries = fsck_entries();
  World world(256);
  world.append(entries / 10 / 256);
  const double at_a_tenth = fsck_cost(world);
  world.append((entries - entries / 10) / 256);
  const base::Bytes leaf(34, std::byte{2});
  const double hashes = rate(std::chrono::milliseconds(300), [&] { keep(base::sha256(leaf)); });
  const double value = fsck_cost(world);
  // Two hashes an entry (leaf and node) are the least that deriving a tree can cost.
  const double limit = 2 * 1e6 / hashes;
  report({"journal.fsck", value, "CPU s per 1 M entries", limit, value / limit, "<= 2 s a core, linear", value <= 2.0});
  report({"journal.fsck.linear", value, "CPU us an entry", at_a_tenth, value / at_a_tenth,
          "an entry of " + std::to_string(entries) + " against one of a tenth as many: ratio <= 1.2",
          value <= 1.2 * at_a_tenth});
  const double before = cpu_seconds();
  const FsckReport full = must(fsck({*world.database, world.keys.get(), &world.kek, world.blobs.get()}));
  const double with_openings = (cpu_seconds() - before) * 1e6 / static_cast<double>(full.logs[0].size);
  report({"journal.fsck.openings", with_openings, "CPU s per 1 M entries", limit, with_openings / limit,
          "no bar: decrypts every opening as well", true});
}

void run_start() {
  World world(256);
  world.append(4000);
  world.store.reset();
  const auto start = Clock::now();
  world.store = world.open();
  const double seconds = seconds_since(start);
  report({"journal.start", seconds, "s on 1 M events", 2.0, seconds / 2.0, "<= 2 s", seconds <= 2.0});
}

const Register kAppend{"journal.append", run_append};
const Register kAppendSubjects{"journal.append.subjects", run_append_subjects};
const Register kFsck{"journal.fsck", run_fsck};
const Register kStart{"journal.start", run_start};

}  // namespace
}  // namespace segell::bench
