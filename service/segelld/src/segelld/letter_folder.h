#pragma once

#include "app/letter_box.h"
#include "segelld/config.h"

#include <memory>
#include <string>

namespace segell::segelld {

/// Letters as text files that nobody but the service's user opens, in the configured folder.
class LetterFolder final : public app::LetterBox {
 public:
  /// None where no folder is configured. Error: io "config.letters".
  static base::Result<std::unique_ptr<LetterFolder>> open(const Config& config);

  base::Result<std::string> put(const app::Letter& letter) override;
  void take_out(const std::string& reference) noexcept override;

 private:
  LetterFolder(std::string folder, std::string organisation, std::string address);
  [[nodiscard]] std::string path_of(const std::string& reference) const;
  std::string m_folder;
  std::string m_organisation;
  std::string m_address;
};

}  // namespace segell::segelld
