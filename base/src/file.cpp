#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace segell::base {
namespace {

struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

}  // namespace

std::string system_words(int error) {
  std::string words = std::strerror(error);
  if (!words.empty() && words.front() >= 'A' && words.front() <= 'Z') words.front() += 'a' - 'A';
  return words;
}

Result<Bytes> load_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto refuse = [&](int error) {
    const std::string message = path.string() + ": " + system_words(error);
    if (error == ENOENT || error == ENOTDIR) return fail(Code::not_found, "file.not-found", message);
    return fail(Code::io, "file.unreadable", message);
  };
  const auto too_large = [&] {
    return fail(Code::limit_exceeded, "file.too-large",
                path.string() + ": longer than " + std::to_string(max_bytes) + " bytes");
  };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return refuse(errno);
  struct stat facts {};
  if (::fstat(file.fd, &facts) != 0) return refuse(errno);
  if (S_ISDIR(facts.st_mode)) return refuse(EISDIR);
  if (S_ISREG(facts.st_mode) && static_cast<std::uint64_t>(facts.st_size) > max_bytes) return too_large();

  // The size is a hint only: a pipe has none, and a file may grow while it is read.
  Bytes out;
  out.resize(S_ISREG(facts.st_mode) ? static_cast<std::size_t>(facts.st_size) + 1 : std::size_t{1} << 16);
  std::size_t filled = 0;
  while (true) {
    if (filled > max_bytes) return too_large();
    if (filled == out.size()) out.resize(out.size() * 2);
    const ssize_t count = ::read(file.fd, out.data() + filled, out.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refuse(errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  out.resize(filled);
  return out;
}

}  // namespace segell::base
