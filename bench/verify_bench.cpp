#include "bench.h"

#include "support/child_process.h"
#include "support/example_pki.h"

#include "base/certificate.h"
#include "base/digest.h"
#include "base/random.h"
#include "base/signing_key.h"
#include "base/time.h"
#include "signer/ades/verify.h"

#include <openssl/evp.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <stdexcept>

// verify.small: a full verdict (B-B, trusted root) on a 100 KB PDF of three pages.

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace {

using namespace segell;
using namespace segell::bench;

constexpr double kNeverSeen = 2000;
constexpr double kSeen = 5000;
constexpr double kProcess = 0.7;

std::filesystem::path pki(const std::string& name) { return std::filesystem::path(SEGELL_PKI) / name; }

struct Sample {
  tests::TemporaryFolder folder;
  std::filesystem::path file = folder / "sealed.pdf";
  base::Bytes bytes;

  Sample() {
    const std::string script = SEGELL_SOURCE_DIR "/tests/support/sign_pdf.py";
    const auto plain = (folder / "plain.pdf").string();
    // about 100 KB: the text of the pages is long
    require({tests::kPython, script, "plain", plain, "--pages", "3", "--text", std::string(27000, 'x')});
    require({tests::kPython, script, "sign", plain, file.string(), "--key", pki("seal-rsa.key").string(), "--cert",
             pki("seal-rsa.pem").string(), "--chain", pki("issuing.pem").string()});
    bytes = base::to_bytes(tests::read_file(file));
  }

  static void require(const std::vector<std::string>& command) {
    const auto done = tests::run(command);
    if (!done.ok()) throw std::runtime_error(command[0] + ": " + done.err);
  }
};

void verify_once(const signer::ades::Verifier& verifier, base::BytesView bytes, base::Instant now) {
  const auto verdict = verifier.verify_pdf(signer::pdf::borrow_source(bytes), "bench", {.at = now, .disclosures = {}});
  if (verdict.indication != signer::ades::Indication::total_passed)
    throw std::runtime_error("the bench's own sample does not verify: " + verdict.summary);
}

// What no verdict can do without: bare RSA-3072 verifications.
class Floor {
 public:
  Floor() : m_certificate(tests::pki_certificate("seal-rsa")) {
    const std::string pem = tests::read_file(pki("seal-rsa.key"));
    const auto key = base::parse_signing_key_pem(base::as_bytes(pem), base::Secret()).value();
    m_signature = key->sign(m_message).value();
    m_digest = base::sha256(m_message);
  }
  void verify() const {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(m_certificate.native_public_key(), nullptr), &EVP_PKEY_CTX_free);
    const bool fits = context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
                      EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
                      EVP_PKEY_verify(context.get(), base::as_u8(base::BytesView(m_signature)), m_signature.size(),
                                      base::as_u8(base::BytesView(m_digest)), m_digest.size()) == 1;
    if (!fits) throw std::runtime_error("the bare verification fails");
  }

 private:
  base::Certificate m_certificate;
  base::Bytes m_message = base::random_bytes(32);
  base::Sha256 m_digest{};
  base::Bytes m_signature;
};

// posix_spawn with the output thrown away: what a shell loop would cost, without the shell.
void spawn(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
  pid_t pid = 0;
  const int spawned = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (spawned != 0 || waitpid(pid, &status, 0) != pid || status != 0)
    throw std::runtime_error(command[0] + " did not succeed");
}

void run_verify() {
  using namespace std::chrono_literals;
  const Sample sample;
  signer::ades::TrustMaterial trust;
  for (const char* name : {"root.pem", "root.crl.pem", "issuing.crl.pem"})
    if (!trust.add_pem(tests::read_file(pki(name)))) throw std::runtime_error("no anchors in the example PKI");
  const base::Instant now = base::SystemClock().now();
  const signer::ades::Verifier verifier(trust);
  verify_once(verifier, sample.bytes, now);

  const Floor floor;
  const auto rates = interleaved_rates(5, 300ms,
                                       {[&] {
                                          verifier.forget();
                                          verify_once(verifier, sample.bytes, now);
                                        },
                                        [&] { verify_once(verifier, sample.bytes, now); },
                                        [&] {
                                          keep(base::sha256(sample.bytes));
                                          for (int i = 0; i < 3; ++i) floor.verify();
                                        },
                                        [&] {
                                          keep(base::sha256(sample.bytes));
                                          floor.verify();
                                        }},
                                       Seconds::processor);
  report({"verify.small.never-seen", rates[0], "1/s", rates[2], rates[0] / kNeverSeen,
          "≥ 2000/s (limit: SHA-256 and three RSA-3072 verifications alone)", rates[0] >= kNeverSeen});
  report({"verify.small.seen", rates[1], "1/s", rates[3], rates[1] / kSeen,
          "≥ 5000/s (limit: SHA-256 and one RSA-3072 verification alone)", rates[1] >= kSeen});

  const std::string segell = std::string(SEGELL_BIN) + "/segell";
  const auto processes = interleaved_rates(
      5, 600ms,
      {[&] {
         spawn({segell, "verify", "--quiet", "--trust", pki("anchors").string(), sample.file.string()});
       },
       [&] {
         spawn({"pdfsig", "-nocert", sample.file.string()});
       }},
      Seconds::children);
  const double own = 1000 / processes[0], peer = 1000 / processes[1];
  report({"verify.small.process", own, "ms", peer, own / peer, "≤ 0.7 × pdfsig -nocert", own <= kProcess * peer});
}

const Register kVerify{"verify.small", run_verify};

}  // namespace
