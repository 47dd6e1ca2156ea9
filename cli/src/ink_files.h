#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace segell::cli {

/// A new folder for what came out of an envelope: readable by its owner only, never one that exists. Until keep() is
/// called it goes again with everything in it, so that no failure leaves half of somebody's strokes behind.
class PrivateFolder {
 public:
  /// Errors: already_exists "output.exists"; io "output.unwritable".
  static base::Result<PrivateFolder> create(const std::filesystem::path& path);
  ~PrivateFolder();
  PrivateFolder(PrivateFolder&& other) noexcept;
  PrivateFolder& operator=(PrivateFolder&&) = delete;

  /// A file of permissions 0600, durable when this returns. Errors: storage_full "output.full", io "output.unwritable".
  base::Result<void> write(const std::string& name, base::BytesView octets);
  [[nodiscard]] std::vector<std::string> names() const;
  base::Result<void> keep();

 private:
  explicit PrivateFolder(std::filesystem::path path) : m_path(std::move(path)) {}
  std::filesystem::path m_path;
  std::vector<std::filesystem::path> m_files;
  bool m_kept = false;
};

}  // namespace segell::cli
