#pragma once

#include "support/child_process.h"
#include "support/example_pki.h"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace segell::tests {

inline constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";

/// A PKCS#11 token of SoftHSM in a folder of its own: label "proves", PIN 4711, and the key of a certificate of the
/// example PKI as object "k". Its configuration is this process's environment: one token at a time.
struct SoftToken {
  TemporaryFolder folder{};

  explicit SoftToken(const std::string& identity = "seal-p256") {
    std::filesystem::create_directory(tokens());
    write_file(folder / "softhsm.conf",
               "directories.tokendir = " + tokens().string() + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", (folder / "softhsm.conf").c_str(),
             1);  // NOLINT(concurrency-mt-unsafe): before any thread
    must({"softhsm2-util", "--init-token", "--free", "--label", "proves", "--so-pin", "12345678", "--pin", "4711"});
    const std::string key = folder / "key.p8";
    must({"openssl", "pkcs8", "-topk8", "-nocrypt", "-in", pki_file(identity + ".key"), "-out", key});
    must({"softhsm2-util", "--import", key, "--token", "proves", "--label", "k", "--id", "0A", "--pin", "4711"});
  }
  [[nodiscard]] std::filesystem::path tokens() const { return folder.path() / "tokens"; }
  [[nodiscard]] std::string uri() const { return std::string("pkcs11:token=proves;object=k?module-path=") + kSoftHsm; }

 private:
  static void must(const std::vector<std::string>& arguments) {
    const auto done = run(arguments);
    if (!done.ok()) throw std::runtime_error(done.err);
  }
};

}  // namespace segell::tests
