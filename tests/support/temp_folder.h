#pragma once

#include "base/encoding.h"
#include "base/random.h"

#include <filesystem>
#include <string>

namespace segell::test {

/// A folder that goes when it goes.
class TempFolder {
 public:
  TempFolder()
      : m_path(std::filesystem::temp_directory_path() / ("segell-test-" + base::to_hex(base::random_bytes(8)))) {
    std::filesystem::create_directories(m_path);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::string path(const std::string& name = {}) const { return (m_path / name).string(); }

 private:
  std::filesystem::path m_path;
};

}  // namespace segell::test
