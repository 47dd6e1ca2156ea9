#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <filesystem>
#include <utility>

namespace segell::cli {

/// Permissions of what nobody but its owner may read, as for open(2).
inline constexpr unsigned kOwnerOnly = 0600;

/// The folder in which a path lies: "." for a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);

/// A file that comes into being whole or not at all: written beside its place under a name of its own, made durable,
/// then renamed. What stood there before stays until the last step, and stays for good when a step fails.
class OutputFile {
 public:
  /// `permissions` as for open(2), narrowed by the umask. Errors: io "output.unwritable", storage_full "output.full".
  static base::Result<OutputFile> create(const std::filesystem::path& path, unsigned permissions = 0666);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept
      : m_path(std::move(other.m_path)),
        m_temporary(std::exchange(other.m_temporary, {})),
        m_descriptor(std::exchange(other.m_descriptor, -1)) {}
  OutputFile& operator=(OutputFile&&) = delete;

  base::Result<void> write(base::BytesView octets);
  base::Result<void> commit();

 private:
  OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor)
      : m_path(std::move(path)), m_temporary(std::move(temporary)), m_descriptor(descriptor) {}
  std::filesystem::path m_path;
  std::filesystem::path m_temporary;
  int m_descriptor;
};

}  // namespace segell::cli
