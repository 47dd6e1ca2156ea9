#pragma once

#include "https_client.h"
#include "support/child_process.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace segell::bench {

/// A segelld of its own in a temporary folder, with the example keys: RSA-3072 seal, TLS on a free port.
class SegelldProcess {
 public:
  explicit SegelldProcess(bool tls = true);
  /// In a folder that stays: what an earlier run made there is used again. `fill` gets data folder and key file of a
  /// new store before anything serves it.
  using Fill = std::function<void(const std::filesystem::path& data, const std::filesystem::path& kek)>;
  SegelldProcess(const std::filesystem::path& kept, const Fill& fill);

  /// Starts it and tells how long it took until it was ready.
  std::chrono::duration<double> start();
  void stop() { m_process.reset(); }

  [[nodiscard]] std::uint16_t port() const { return m_port; }
  [[nodiscard]] std::filesystem::path anchor() const;
  [[nodiscard]] const std::string& token() const { return m_token; }

  [[nodiscard]] int pid() const { return m_process->pid(); }
  [[nodiscard]] double cpu_seconds() const;  ///< user and system, all threads
  [[nodiscard]] double resident_mib() const;

 private:
  void init();
  [[nodiscard]] std::string config() const { return (m_home / "segelld.properties").string(); }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_home;
  bool m_tls;
  std::string m_token;
  std::unique_ptr<tests::ChildProcess> m_process;
  std::uint16_t m_port = 0;
};

}  // namespace segell::bench
