#pragma once

#include "https_client.h"
#include "support/child_process.h"

#include <chrono>
#include <memory>
#include <string>

namespace segell::bench {

/// A segelld of its own in a temporary folder, with the example keys: RSA-3072 seal, TLS on a free port.
class SegelldProcess {
 public:
  explicit SegelldProcess(bool tls = true);

  /// Starts it and tells how long it took until it was ready.
  std::chrono::duration<double> start();
  void stop() { m_process.reset(); }

  [[nodiscard]] std::uint16_t port() const { return m_port; }
  [[nodiscard]] std::filesystem::path anchor() const;
  [[nodiscard]] const std::string& token() const { return m_token; }
  [[nodiscard]] std::filesystem::path data() const { return m_folder / "data"; }
  [[nodiscard]] std::filesystem::path kek() const { return m_folder / "kek"; }

  [[nodiscard]] double cpu_seconds() const;  ///< user and system, all threads
  [[nodiscard]] double resident_mib() const;

 private:
  tests::TemporaryFolder m_folder;
  bool m_tls;
  std::string m_token;
  std::unique_ptr<tests::ChildProcess> m_process;
  std::uint16_t m_port = 0;
};

}  // namespace segell::bench
