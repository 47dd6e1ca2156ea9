#pragma once

#include "support/child_process.h"

#include <string>

namespace segell::tests {

/// tests/support/tsa.mjs on a free port of 127.0.0.1, with the example PKI; its first line says how it may misbehave.
class TimestampPeer {
 public:
  TimestampPeer()
      : m_server({"node", SEGELL_SOURCE_DIR "/tests/support/tsa.mjs", SEGELL_PKI, m_folder.path().string()}),
        m_port(m_server.wait_for_line("port ")) {}
  /// "http://127.0.0.1:<port>/<behaviour>"
  [[nodiscard]] std::string url(const std::string& behaviour) const {
    return "http://127.0.0.1:" + m_port + "/" + behaviour;
  }

 private:
  TemporaryFolder m_folder;
  ChildProcess m_server;
  std::string m_port;
};

}  // namespace segell::tests
