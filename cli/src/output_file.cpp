#include "output_file.h"
#include "base/file.h"

#include "base/encoding.h"
#include "base/random.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace segell::cli {
namespace {

base::Failure failed(const std::filesystem::path& path, int error) {
  if (error == ENOSPC || error == EDQUOT)
    return base::fail(base::Code::storage_full, "output.full", path.string() + ": no room left",
                      "make room or choose another folder with -o; nothing was changed");
  return base::fail(base::Code::io, "output.unwritable",
                    path.string() + ": cannot be written: " + base::system_words(error));
}

}  // namespace

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

base::Result<OutputFile> OutputFile::create(const std::filesystem::path& path, unsigned permissions) {
  const auto temporary = folder_of(path) / (".segell-" + base::to_hex(base::random_bytes(8)));
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions);
  if (descriptor < 0) return failed(path, errno);
  return OutputFile(path, temporary, descriptor);
}

OutputFile::~OutputFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

base::Result<void> OutputFile::write(base::BytesView octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(m_descriptor, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed(m_path, errno);
    octets = octets.subspan(static_cast<std::size_t>(written));
  }
  return base::ok();
}

base::Result<void> OutputFile::commit() {
  if (::fsync(m_descriptor) != 0) return failed(m_path, errno);
  if (::close(std::exchange(m_descriptor, -1)) != 0) return failed(m_path, errno);
  if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) return failed(m_path, errno);
  m_temporary.clear();
  const int folder = ::open(folder_of(m_path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return failed(m_path, errno);
  const int synced = ::fsync(folder);
  const int error = errno;
  ::close(folder);
  if (synced != 0) return failed(m_path, error);
  return base::ok();
}

}  // namespace segell::cli
