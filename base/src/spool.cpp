#include "base/spool.h"

#include "base/aead.h"
#include "base/file.h"
#include "base/random.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

namespace segell::base {
namespace {

constexpr std::size_t kSpoolSegment = 64U << 10U;
constexpr std::size_t kSealedSegment = kSpoolSegment + 12 + 16;  ///< with aead_seal's nonce and tag
constexpr std::size_t kKeptSegments = 16;
constexpr std::size_t kSpoolKey = 32;

Failure spool_failure(std::string_view reason, std::string what, int error) {
  if (error == ENOSPC || error == EDQUOT)
    return fail(Code::storage_full, "spool.full", "there is no room on the disk for a file of this size",
                "try again later, or send less");
  return fail(Code::io, reason, std::move(what) + ": " + system_words(error));
}

/// A file that nobody can open by a name. Where the file system knows no such thing it has one for a moment.
int open_unnamed(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return descriptor;
  std::string name = (folder / "spool-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

std::array<std::byte, 8> place_of(std::uint64_t segment) {
  std::array<std::byte, 8> octets{};
  for (std::size_t i = 0; i < octets.size(); ++i) octets[7 - i] = static_cast<std::byte>(segment >> (8 * i) & 0xff);
  return octets;
}

}  // namespace

struct Spool::State {
  explicit State(int file) : descriptor(file), key(random_bytes(kSpoolKey)) { pending.reserve(kSpoolSegment); }
  ~State() { ::close(descriptor); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> write_pending();
  Result<Bytes> load(std::uint64_t segment) const;

  int descriptor;
  Secret key;
  std::uint64_t size = 0;
  std::uint64_t written = 0;  ///< segments
  Bytes pending;              ///< what does not fill a segment yet

  mutable std::mutex mutex;
  mutable std::list<std::pair<std::uint64_t, Bytes>> kept;  ///< newest first; guarded by mutex
};

Result<void> Spool::State::write_pending() {
  const Bytes sealed = aead_seal(key, pending, place_of(written));
  BytesView rest = sealed;
  auto at = static_cast<off_t>(written * kSealedSegment);
  while (!rest.empty()) {
    const ssize_t count = ::pwrite(descriptor, rest.data(), rest.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return spool_failure("spool.write", "a file cannot be written", errno);
    rest = rest.subspan(static_cast<std::size_t>(count));
    at += count;
  }
  ++written;
  pending.clear();
  return ok();
}

Result<Bytes> Spool::State::load(std::uint64_t segment) const {
  const std::uint64_t plain = std::min<std::uint64_t>(kSpoolSegment, size - segment * kSpoolSegment);
  Bytes sealed(static_cast<std::size_t>(plain) + kSealedSegment - kSpoolSegment);
  std::size_t have = 0;
  while (have < sealed.size()) {
    const ssize_t count = ::pread(descriptor, sealed.data() + have, sealed.size() - have,
                                  static_cast<off_t>(segment * kSealedSegment + have));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return spool_failure("spool.read", "a file cannot be read", count == 0 ? EIO : errno);
    have += static_cast<std::size_t>(count);
  }
  return aead_open(key, sealed, place_of(segment));
}

Spool::Spool(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Spool::~Spool() = default;

Result<std::unique_ptr<Spool>> Spool::create(const std::filesystem::path& folder) {
  const int descriptor = open_unnamed(folder);
  if (descriptor < 0) return spool_failure("spool.folder", "no file can be made in " + folder.string(), errno);
  return std::unique_ptr<Spool>(new Spool(std::make_unique<State>(descriptor)));
}

Result<void> Spool::append(BytesView octets) {
  State& state = *m_state;
  while (!octets.empty()) {
    const BytesView piece = octets.first(std::min(octets.size(), kSpoolSegment - state.pending.size()));
    base::append(state.pending, piece);
    state.size += piece.size();
    octets = octets.subspan(piece.size());
    if (state.pending.size() == kSpoolSegment) SEGELL_CHECK(state.write_pending());
  }
  return ok();
}

Result<void> Spool::finish() {
  if (!m_state->pending.empty()) SEGELL_CHECK(m_state->write_pending());
  Bytes().swap(m_state->pending);
  return ok();
}

std::uint64_t Spool::size() const noexcept { return m_state->size; }

Result<void> Spool::read(std::uint64_t offset, std::span<std::byte> out) const {
  const State& state = *m_state;
  if (offset > state.size || out.size() > state.size - offset)
    return fail(Code::invalid_argument, "spool.range", "a range lies beyond the end of the file");
  const std::lock_guard lock(state.mutex);
  while (!out.empty()) {
    const std::uint64_t segment = offset / kSpoolSegment;
    auto found = std::ranges::find(state.kept, segment, &std::pair<std::uint64_t, Bytes>::first);
    if (found == state.kept.end()) {
      SEGELL_TRY(Bytes loaded, state.load(segment));
      if (state.kept.size() == kKeptSegments) state.kept.pop_back();
      state.kept.emplace_front(segment, std::move(loaded));
    } else {
      state.kept.splice(state.kept.begin(), state.kept, found);
    }
    const BytesView whole = state.kept.front().second;
    const auto from = static_cast<std::size_t>(offset % kSpoolSegment);
    const std::size_t count = std::min(out.size(), whole.size() - from);
    std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(from), count, out.begin());
    out = out.subspan(count);
    offset += count;
  }
  return ok();
}

}  // namespace segell::base
