#include "base/file.h"
#include "base/random.h"
#include "storage/key_store.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kKekSize = 32;

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

Result<base::Secret> load_kek_file(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0 && errno == ENOENT)
    return fail(Code::not_found, "kek.missing", "the key-encryption key file is not there: " + path,
                "an explicit initialisation makes one; a lost one cannot be replaced");
  struct stat info {};
  if (file.fd < 0 || ::fstat(file.fd, &info) != 0)
    return fail(Code::io, "kek.io", "cannot read " + path + ": " + base::system_words(errno));
  if (!S_ISREG(info.st_mode) || (info.st_mode & 077) != 0)
    return fail(Code::forbidden, "kek.permissions", "others may read the key-encryption key: " + path,
                "chmod 600 " + path);
  base::Bytes octets(kKekSize + 1);
  const ssize_t count = ::read(file.fd, octets.data(), octets.size());
  base::Secret secret(std::move(octets));
  if (count != static_cast<ssize_t>(kKekSize))
    return fail(Code::malformed, "kek.malformed", "the key-encryption key file does not hold 32 octets: " + path);
  return base::Secret(base::to_bytes(secret.view().first(kKekSize)));
}

Result<void> create_kek_file(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.fd < 0 && errno == EEXIST)
    return fail(Code::already_exists, "kek.exists", "the key-encryption key file is there already: " + path);
  if (file.fd < 0) return fail(Code::io, "kek.io", "cannot make " + path + ": " + base::system_words(errno));
  const base::Secret secret(base::random_bytes(kKekSize));
  if (::write(file.fd, secret.view().data(), kKekSize) != static_cast<ssize_t>(kKekSize) || ::fsync(file.fd) != 0) {
    ::unlink(path.c_str());
    return fail(Code::io, "kek.io", "cannot write " + path + ": " + base::system_words(errno));
  }
  return base::ok();
}

}  // namespace segell::storage
