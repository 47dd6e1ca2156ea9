#include "base/spool.h"

#include "base/random.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace segell::base;
using segell::tests::TemporaryFolder;

namespace {

constexpr std::size_t kSegment = 64U << 10U;

std::unique_ptr<Spool> spool_of(const std::filesystem::path& folder, BytesView octets, std::size_t piece) {
  auto spool = Spool::create(folder).value();
  for (std::size_t at = 0; at < octets.size(); at += piece)
    REQUIRE(spool->append(octets.subspan(at, std::min(piece, octets.size() - at))));
  REQUIRE(spool->finish());
  return spool;
}

/// The files below the folder that this process holds and that have no name.
std::vector<std::filesystem::path> unnamed_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const std::string target = std::filesystem::read_symlink(entry.path(), error).string();
    if (target.starts_with(folder.string()) && target.ends_with("(deleted)")) found.push_back(entry.path());
  }
  return found;
}

}  // namespace

TEST_CASE("what was written is read again from anywhere, however it came in") {
  const TemporaryFolder folder;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, kSegment - 1, kSegment, kSegment + 1, 21 * kSegment + 7}) {
    CAPTURE(size);
    const Bytes octets = random_bytes(size);
    for (const std::size_t piece : {std::size_t{1000}, kSegment, 3 * kSegment + 5}) {
      const auto spool = spool_of(folder.path(), octets, piece);
      REQUIRE(spool->size() == size);
      Bytes whole(size);
      REQUIRE(spool->read(0, whole));
      CHECK(whole == octets);
      for (std::size_t from = size; from > 0; from = from / 2) {
        Bytes some(std::min<std::size_t>(size - from, 70'000));
        REQUIRE(spool->read(from, some));
        CHECK(std::equal(some.begin(), some.end(), octets.begin() + static_cast<std::ptrdiff_t>(from)));
      }
      Bytes beyond(2);
      CHECK(spool->read(size == 0 ? 0 : size - 1, beyond).error().reason == "spool.range");
      CHECK(spool->read(~std::uint64_t{0}, beyond).error().reason == "spool.range");
    }
  }
}

TEST_CASE("the file has no name, nothing of it can be read, and it ends with its owner") {
  const TemporaryFolder folder;
  const std::string text = "Roser Exemple i Prova, carrer Inventat 99. ";
  std::string many;
  while (many.size() < 3 * kSegment) many += text;
  auto spool = spool_of(folder.path(), as_bytes(many), 10'000);
  CHECK(std::filesystem::is_empty(folder.path()));
  const auto files = unnamed_files(folder.path());
  REQUIRE(files.size() == 1);
  CHECK(segell::tests::read_file(files.front()).find("Inventat") == std::string::npos);
  // Changed behind its back, it says so instead of giving something else.
  const int other = ::open(files.front().c_str(), O_WRONLY);
  REQUIRE(other >= 0);
  REQUIRE(::pwrite(other, "x", 1, 2 * static_cast<off_t>(kSegment)) == 1);
  ::close(other);
  Bytes whole(many.size());
  CHECK(spool->read(0, whole).error().reason == "aead.forged");
  spool.reset();
  CHECK(unnamed_files(folder.path()).empty());
}

TEST_CASE("several threads read one spool") {
  const TemporaryFolder folder;
  const Bytes octets = random_bytes(40 * kSegment);
  const auto spool = spool_of(folder.path(), octets, kSegment);
  std::vector<int> same(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < same.size(); ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t from = i * 1000; from + 5000 < octets.size(); from += 90'000) {
        Bytes some(5000);
        same[i] += spool->read(from, some) &&
                   std::equal(some.begin(), some.end(), octets.begin() + static_cast<std::ptrdiff_t>(from));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : same) CHECK(count == 30);
}

TEST_CASE("a folder that takes no file is named") {
  const TemporaryFolder folder;
  const auto none = Spool::create(folder / "absent");
  REQUIRE_FALSE(none);
  CHECK(none.error().reason == "spool.folder");
  CHECK(none.error().message.find("absent") != std::string::npos);
}
