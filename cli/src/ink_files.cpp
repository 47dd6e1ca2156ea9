#include "ink_files.h"

#include "output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace segell::cli {

namespace {

constexpr unsigned kFilePermissions = 0600;
constexpr mode_t kFolderPermissions = 0700;

}  // namespace

base::Result<PrivateFolder> PrivateFolder::create(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), kFolderPermissions) == 0) return PrivateFolder(path);
  if (errno == EEXIST)
    return base::fail(base::Code::already_exists, "output.exists", path.string() + ": exists already",
                      "name a new folder with -o; nothing is ever written over");
  return base::fail(base::Code::io, "output.unwritable", path.string() + ": cannot be made: " + std::strerror(errno),
                    "name a new folder with -o inside one that exists");
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept
    : m_path(std::move(other.m_path)), m_files(std::move(other.m_files)), m_kept(std::exchange(other.m_kept, true)) {}

PrivateFolder::~PrivateFolder() {
  if (m_kept) return;
  for (const auto& file : m_files) ::unlink(file.c_str());
  ::rmdir(m_path.c_str());
}

base::Result<void> PrivateFolder::write(const std::string& name, base::BytesView octets) {
  SEGELL_TRY(OutputFile file, OutputFile::create(m_path / name, kFilePermissions));
  SEGELL_CHECK(file.write(octets));
  m_files.push_back(m_path / name);
  return file.commit();
}

std::vector<std::string> PrivateFolder::names() const {
  std::vector<std::string> names;
  for (const auto& file : m_files) names.push_back(file.filename().string());
  return names;
}

base::Result<void> PrivateFolder::keep() {
  const auto parent = std::filesystem::absolute(m_path).parent_path();
  const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!synced) return base::fail(base::Code::io, "output.unwritable", m_path.string() + ": cannot be made durable");
  m_kept = true;
  return base::ok();
}

}  // namespace segell::cli
