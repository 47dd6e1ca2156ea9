#include "folder/durable_write.h"

#include "base/encoding.h"
#include "base/random.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace segell::folder {

namespace {

using base::Code;
using base::fail;
using base::Result;

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return m_fd; }
  bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

 private:
  int m_fd;
};

base::Failure failed(const char* call, int error) {
  if (error == ENOSPC || error == EDQUOT)
    return fail(Code::storage_full, "blob.full", "no room for the blob", "make room; no repair is needed");
  return fail(Code::io, "blob.io", std::string(call) + ": " + std::strerror(error));
}
base::Failure sync_failed(int error) {
  return fail(Code::internal, "blob.fsync", std::string("fsync failed: ") + std::strerror(error),
              "the process must end: what the kernel kept of it is unknown");
}

Result<void> write_all(int fd, base::BytesView octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(fd, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", errno);
    octets = octets.subspan(static_cast<std::size_t>(written));
  }
  return base::ok();
}

Result<void> sync_folder(const std::string& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return failed("open", errno);
  if (::fsync(fd.get()) != 0) return sync_failed(errno);
  return base::ok();
}

}  // namespace

Result<void> durable_write(const std::string& folder, const std::string& name, base::BytesView octets) {
  const std::string temporary = folder + "/.tmp-" + base::to_hex(base::random_bytes(8));
  Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) return failed("open", errno);
  const auto give_up = [&](base::Failure failure) {
    ::unlink(temporary.c_str());
    return failure;
  };
  if (auto written = write_all(fd.get(), octets); !written) return give_up(fail(std::move(written).error()));
  if (::fsync(fd.get()) != 0) return give_up(sync_failed(errno));
  if (!fd.close()) return give_up(failed("close", errno));
  if (::rename(temporary.c_str(), (folder + "/" + name).c_str()) != 0) return give_up(failed("rename", errno));
  return sync_folder(folder);
}

Result<void> durable_make_folder(const std::string& parent, const std::string& name) {
  if (::mkdir((parent + "/" + name).c_str(), 0700) != 0 && errno != EEXIST) return failed("mkdir", errno);
  return sync_folder(parent);
}

}  // namespace segell::folder
