#pragma once

#include "support/example_pki.h"

#include "base/time.h"
#include "signer/ades/verify.h"

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

// Signed PDFs by the second maker (tests/support/sign_pdf.py: plain text and the openssl command), and their verdicts.

namespace segell::tests {

using signer::ades::Indication;
using signer::ades::SubIndication;
using signer::ades::Verdict;

class Samples {
 public:
  using Options = std::vector<std::string>;

  /// Three pages, unsigned.
  base::Bytes plain() { return script({"plain", path("plain").string()}, "plain"); }

  /// One more signed revision on top of `base`.
  base::Bytes sign(base::BytesView on, const std::string& identity, Options options = {},
                   const std::string& chain = "issuing") {
    const auto in = write(on), out = path("out");
    Options command{"sign",
                    in.string(),
                    out.string(),
                    "--key",
                    pki_file(identity + ".key").string(),
                    "--cert",
                    pki_file(identity + ".pem").string()};
    if (!chain.empty()) command.insert(command.end(), {"--chain", pki_file(chain + ".pem").string()});
    command.insert(command.end(), options.begin(), options.end());
    return script(command, "out");
  }
  base::Bytes timestamp(base::BytesView on, const std::string& identity = "tsa", const std::string& chain = "issuing",
                        const std::string& field = "Timestamp1") {
    return sign(on, identity, {"--timestamp", "--field", field}, chain);
  }
  /// One more revision without a signature.
  base::Bytes update(base::BytesView on, const std::string& kind) {
    return script({"update", write(on).string(), path("out").string(), kind}, "out");
  }
  /// The octets as a file, for outside programs.
  /// The file encrypted by qpdf: user password, owner password, bits, and what else it takes.
  base::Bytes encrypt(const std::filesystem::path& in, const std::vector<std::string>& how) {
    std::vector<std::string> command{"qpdf", "--allow-weak-crypto", in.string(), path("encrypted").string(),
                                     "--encrypt"};
    command.insert(command.end(), how.begin(), how.end());
    command.emplace_back("--");
    const auto done = run(command);
    if (done.exit_code == 2) throw std::runtime_error(done.err);
    return base::to_bytes(read_file(path("encrypted")));
  }
  std::filesystem::path write(base::BytesView octets, const std::string& name = "in") {
    const auto file = path(name);
    write_file(file, base::as_text(octets));
    return file;
  }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return m_folder.path() / (name + ".pdf"); }

 private:
  base::Bytes script(Options arguments, const std::string& out) {
    arguments.insert(arguments.begin(), {kPython, SEGELL_SOURCE_DIR "/tests/support/sign_pdf.py"});
    const auto done = run(arguments);
    if (!done.ok()) throw std::runtime_error(done.err);
    return base::to_bytes(read_file(path(out)));
  }
  TemporaryFolder m_folder;
};

inline signer::ades::TrustMaterial example_trust() {
  signer::ades::TrustMaterial trust;
  for (const char* name : {"root.pem", "root.crl.pem", "issuing.crl.pem"})
    (void)trust.add_pem(read_file(pki_file(name))).has_value();
  return trust;
}

inline Verdict judge(base::BytesView octets, signer::ades::VerifyOptions options = {}) {
  static const signer::ades::Verifier kVerifier(example_trust());
  if (options.at == base::Instant()) options.at = base::SystemClock().now();
  return kVerifier.verify_pdf(signer::pdf::borrow_source(octets), "sample.pdf", options);
}

/// Replaces the last occurrence; the texts must have one length, so that nothing else moves.
inline base::Bytes replaced(base::BytesView octets, std::string_view from, std::string_view to) {
  if (from.size() != to.size()) throw std::logic_error("a replacement must keep the length");
  base::Bytes out = base::to_bytes(octets);
  const std::size_t at = base::as_text(octets).rfind(from);
  if (at == std::string_view::npos) throw std::logic_error("nothing to replace: " + std::string(from));
  const auto text = base::as_bytes(to);
  std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
  return out;
}

/// "TOTAL-FAILED/HASH_FAILURE".
inline std::string name_of(Indication indication, SubIndication sub) {
  std::string text(to_string(indication));
  if (sub != SubIndication::none) text += "/" + std::string(to_string(sub));
  return text;
}
inline std::string name_of(const Verdict& verdict) { return name_of(verdict.indication, verdict.sub_indication); }
inline std::string name_of(const signer::ades::SignatureVerdict& verdict) {
  return name_of(verdict.indication, verdict.sub_indication);
}

/// How bad an outcome is: 0 passed … 3 proven bad. Used by the property "a mutation never improves a verdict".
inline int badness(const Verdict& verdict) {
  switch (verdict.indication) {
    case Indication::total_passed:
      return 0;
    case Indication::indeterminate:
    case Indication::no_signature:
    case Indication::error:
      return 1;
    case Indication::total_failed:
      return 2;
  }
  return 2;
}

}  // namespace segell::tests
