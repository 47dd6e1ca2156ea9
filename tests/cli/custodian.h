#pragma once

#include "cli/program.h"
#include "support/example_pki.h"
#include "support/ink_samples.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace segell::tests {

inline constexpr const char* kHalfOne = "una-meitat-ben-llarga-i-inventada";
inline constexpr const char* kHalfTwo = "otra mitad bastante larga, inventada";

using Options = std::vector<std::pair<std::string, std::string>>;

/// Whether the key is as `segell ink key` makes it, or the same key under the same passphrase in one round instead of
/// 600,000: what each guess must cost is not what most of these cases are about, and each opening pays it.
enum class KeyCost { real, low };

/// A custodian's folder: a key of two halves, an envelope, and the register beside the key.
struct Custodian {
  TemporaryFolder folder{};
  std::string record = base::write_json(ink_record());

  explicit Custodian(KeyCost cost = KeyCost::low) {
    write_file(file("one"), std::string(kHalfOne) + "\n");
    write_file(file("two"), std::string(kHalfTwo) + "\r\n");
    write_passphrase();
    const auto made =
        cost == KeyCost::real
            ? run({kSegell, "ink", "key", "--key", pki_file("custodian.key"), "--half", file("one"), "--half",
                   file("two"), "-o", file("key.pem")})
            : run({"openssl", "pkcs8", "-topk8", "-in", pki_file("custodian.key"), "-v2", "aes-256-cbc", "-v2prf",
                   "hmacWithSHA256", "-iter", "1", "-passout", "file:" + file("pass"), "-out", file("key.pem")});
    REQUIRE_MESSAGE(made.ok(), made.err);
    envelop();
  }
  [[nodiscard]] std::string file(const std::string& name) const { return folder / name; }

  /// What docs/custody.md makes of the two halves in shell, in the file "pass".
  void write_passphrase() const {
    const auto shell = run({"bash", "-c",
                            "{ printf 'segell.custody-passphrase/1\\n'; tr -d '\\r' < \"$1\" > \"$1.u\"; "
                            "LC_ALL=C sort \"$0\" \"$1.u\"; } | openssl dgst -sha256 -r | cut -c1-64",
                            file("one"), file("two")});
    REQUIRE(shell.ok());
    write_file(file("pass"), shell.out);
  }
  void envelop(std::vector<std::string> how = {"-recip", pki_file("custodian.pem"), "-keyopt", "rsa_padding_mode:oaep",
                                               "-keyopt", "rsa_oaep_md:sha256", "-recip",
                                               pki_file("custodian-p256.pem"), "-keyopt", "ecdh_kdf_md:sha256"}) {
    write_file(file("record"), record);
    std::vector<std::string> command = {"openssl", "cms", "-encrypt",     "-binary", "-aes-256-cbc",  "-outform",
                                        "DER",     "-in", file("record"), "-out",    file("envelope")};
    command.insert(command.end(), how.begin(), how.end());
    REQUIRE(run(command).ok());
  }
  [[nodiscard]] std::vector<std::string> command(const Options& changes = {}) const {
    std::vector<std::pair<std::string, std::string>> options = {{"--key", file("key.pem")},
                                                                {"--opener", "Marta Inventada"},
                                                                {"--witness", "Pere Exemple"},
                                                                {"--reason", "ordre 12/2026"},
                                                                {"-o", file("out")},
                                                                {"--passphrase-file", file("one")},
                                                                {"--passphrase-file", file("two")}};
    for (const auto& change : changes) std::erase_if(options, [&](const auto& o) { return o.first == change.first; });
    options.insert(options.end(), changes.begin(), changes.end());
    std::vector<std::string> command = {kSegell, "ink", "open", file("envelope")};
    for (const auto& [name, value] : options)
      if (!value.empty()) command.insert(command.end(), {name, value});
    return command;
  }
  [[nodiscard]] RunResult open(const Options& changes = {}) const { return run(command(changes)); }
  [[nodiscard]] bool wrote() const { return std::filesystem::exists(file("out")); }
  [[nodiscard]] std::string log() const { return read_file(file("openings.jsonl")); }
  [[nodiscard]] RunResult openings(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {kSegell, "ink", "openings", folder.path().string()});
    return run(more);
  }
};

inline void check_ink_refused(const RunResult& result, int exit_code, std::string_view words) {
  CAPTURE(result.all());
  CHECK(result.exit_code == exit_code);
  CHECK(result.out.empty());
  CHECK(result.err.find(words) != std::string::npos);
  CHECK(result.err.find("hint: ") != std::string::npos);
}

}  // namespace segell::tests
