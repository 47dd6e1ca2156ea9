#include "report.h"
#include "cli/program.h"
#include "verify/samples.h"

#include "base/json.h"
#include "base/time.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

// `segell verify --report`: what the three forms tell, judged by programs that read PDF and by the verdict itself.

namespace {

using namespace segell;
using namespace segell::tests;
using cli::Language;

struct Judged {
  Samples samples;
  TemporaryFolder folder;
  std::string good, bad, now = base::format_rfc3339(base::SystemClock().now());
  Judged() {
    const auto sealed = samples.sign(samples.plain(), "seal-rsa");
    good = samples.write(sealed, "good").string();
    bad = samples.write(replaced(sealed, "page 2", "page 9"), "bad").string();
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder.path() / name).string(); }
  RunResult verify(std::vector<std::string> more) const {
    std::vector<std::string> all{tests::kSegell, "verify", "--at", now, "--trust", pki_file("anchors").string()};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
};

signer::ades::Verdict hostile_verdict() {
  signer::ades::Verdict verdict;
  verdict.input = "<script>alert(1)</script>\x1b[31m\xE2\x80\xAE.pdf";
  verdict.summary = std::string(900, 'x');
  verdict.indication = signer::ades::Indication::indeterminate;
  verdict.sub_indication = signer::ades::SubIndication::no_certificate_chain_found;
  signer::ades::SignatureVerdict signature;
  signature.signer.subject = "CN=\xE6\xB5\x8B\xE8\xAF\x95 & \"Ǻbc\" Ελλάδα Україна";
  for (int i = 0; i < 400; ++i) signature.changes.push_back("revision 2: change " + std::to_string(i));
  verdict.signatures.push_back(signature);
  return verdict;
}

}  // namespace

TEST_CASE("a report tells every check of every file in each of its forms, and changes no exit code") {
  const Judged files;
  const auto done = files.verify({"--lang", "es", "--report", files.at("r.pdf"), "--report", files.at("r.html"),
                                  "--report", files.at("r.json"), files.good, files.bad});
  CHECK(done.exit_code == 1);
  CHECK(files.verify({files.good, files.bad}).out != "");
  const std::string json = read_file(files.at("r.json"));
  CHECK(json == files.verify({"--json", files.good, files.bad}).out);
  const std::string html = read_file(files.at("r.html"));
  const std::string text = run({"pdftotext", files.at("r.pdf"), "-"}).out;
  CHECK(html.find("<html lang=\"es\">") != std::string::npos);
  for (const std::string told : {"TOTAL-PASSED", "TOTAL-FAILED / HASH_FAILURE", "No ha cambiado desde que se firmó"}) {
    CHECK_MESSAGE(html.find(told) != std::string::npos, told);
    CHECK_MESSAGE(text.find(told) != std::string::npos, told);
  }
  const auto verdict = base::parse_json(json.substr(0, json.find('\n')));
  REQUIRE(verdict);
  const auto& signature = verdict->find("signatures")->as_array()->front();
  std::size_t checks = 0;
  for (const base::Json& check : *signature.find("checks")->as_array()) {
    const std::string id = *check.find("id")->as_string();
    CHECK_MESSAGE(text.find(id) != std::string::npos, id);
    CHECK_MESSAGE(html.find(id) != std::string::npos, id);
    ++checks;
  }
  CHECK(checks > 8);
  const std::string digest = run({"sha256sum", files.bad}).out.substr(0, 64);
  CHECK(text.find(digest) != std::string::npos);
}

TEST_CASE("a report is a tagged PDF in its language, whole to other programs, and can be sealed") {
  const Judged files;
  REQUIRE(files.verify({"--lang", "ca", "--report", files.at("r.pdf"), files.good}).exit_code == 0);
  CHECK(run({"qpdf", "--check", files.at("r.pdf")}).exit_code == 0);
  const std::string info = run({"pdfinfo", files.at("r.pdf")}).out;
  CHECK(info.find("Tagged:          yes") != std::string::npos);
  CHECK(info.find("Informe de validació de signatures") != std::string::npos);
  const std::string structure = run({"pdfinfo", "-struct-text", files.at("r.pdf")}).out;
  CHECK(structure.starts_with("Document\n  H1"));
  CHECK(structure.find("LBody") != std::string::npos);
  const std::string fonts = run({"pdffonts", files.at("r.pdf")}).out;
  CHECK(fonts.find(" no ") == std::string::npos);  // embedded, subset, with their characters
  const auto sealed = run({tests::kSegell, "seal", "--key", pki_file("seal-rsa.key").string(), "--cert",
                           pki_file("seal-rsa.pem").string(), "-o", files.at("sealed.pdf"), files.at("r.pdf")});
  CHECK_MESSAGE(sealed.exit_code == 0, sealed.err);
  CHECK(run({"pdfsig", "-nocert", files.at("sealed.pdf")}).out.find("Signature is Valid") != std::string::npos);
}

TEST_CASE("a report is sealed if asked, and nothing is judged with a key that does not open") {
  const Judged files;
  const std::vector<std::string> key{"--report-key",   pki_file("seal-rsa.key").string(),
                                     "--report-cert",  pki_file("seal-rsa.pem").string(),
                                     "--report-chain", pki_file("issuing.pem").string()};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), key.begin(), key.end());
    return files.verify(more);
  };
  REQUIRE(with({"--report", files.at("s.pdf"), files.good}).exit_code == 0);
  CHECK(run({"pdfsig", "-nocert", files.at("s.pdf")}).out.find("Signature is Valid") != std::string::npos);
  CHECK(files.verify({files.at("s.pdf")}).exit_code == 0);
  // a bad file's report is sealed as well: the seal vouches for the report
  CHECK(with({"--report", files.at("t.pdf"), files.bad}).exit_code == 1);
  CHECK(files.verify({files.at("t.pdf")}).exit_code == 0);
  // the traditional form of a key under a passphrase names its cipher, as no verdict does
  std::ofstream(files.at("word")) << "geheim\n";
  REQUIRE(run({"openssl", "rsa", "-traditional", "-aes256", "-in", pki_file("seal-rsa.key").string(), "-passout",
               "file:" + files.at("word"), "-out", files.at("locked.key")})
              .exit_code == 0);
  const auto locked =
      files.verify({"--report-key", files.at("locked.key"), "--report-passphrase-file", files.at("word"),
                    "--report-cert", pki_file("seal-rsa.pem").string(), "--report-chain",
                    pki_file("issuing.pem").string(), "--report", files.at("l.pdf"), files.good});
  CHECK_MESSAGE(locked.exit_code == 0, locked.err);
  CHECK(files.verify({files.at("l.pdf")}).exit_code == 0);
  const auto html = with({"--report", files.at("s.html"), files.good});
  CHECK(html.exit_code == 2);
  CHECK(html.err.find("--report FILE.pdf") != std::string::npos);
  const auto other = files.verify({"--report-key", pki_file("seal-rsa.key").string(), "--report-cert",
                                   pki_file("seal-p256.pem").string(), "--report", files.at("u.pdf"), files.good});
  CHECK(other.exit_code == 2);
  CHECK(other.out.empty());
  CHECK_FALSE(std::filesystem::exists(files.at("u.pdf")));
  CHECK(files.verify({"--report-cert", pki_file("seal-rsa.pem").string(), files.good}).exit_code == 2);
}

TEST_CASE("names from hostile files are text and nothing else; the same verdicts give the same octets") {
  const std::vector<signer::ades::Verdict> verdicts(3, hostile_verdict());
  const auto report = cli::make_report(verdicts, {}, Language::ca);
  const std::string html = cli::write_html(report);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(1)") != std::string::npos);
  CHECK(html.find('\x1b') == std::string::npos);
  const base::Bytes pdf = cli::write_pdf(report);
  CHECK(pdf == cli::write_pdf(cli::make_report(verdicts, {}, Language::ca)));
  const TemporaryFolder folder;
  write_file(folder.path() / "r.pdf", base::as_text(pdf));
  CHECK(run({"qpdf", "--check", (folder.path() / "r.pdf").string()}).exit_code == 0);
  const std::string text = run({"pdftotext", "-raw", (folder.path() / "r.pdf").string(), "-"}).out;
  CHECK(text.find("\\u{6d4b}\\u{8bd5} & \"Ǻbc\" Ελλάδα Україна") != std::string::npos);
  CHECK(text.find("revision 2: change 399") != std::string::npos);
  std::size_t letters = 0;
  for (std::size_t from = text.find("xxx"); from < text.size() && text[from] != '\f'; ++from)
    letters += text[from] == 'x' ? 1U : 0U;
  CHECK(letters >= 900);  // one word longer than a line is parted, not cut
}

TEST_CASE("a report that cannot be written says so, and the verdict stands") {
  const Judged files;
  const auto ending = files.verify({"--report", files.at("r.txt"), files.good});
  CHECK(ending.exit_code == 2);
  CHECK(ending.err.find("end it in .pdf, .html or .json") != std::string::npos);
  const auto folder = files.verify({"--report", files.at("none/r.pdf"), files.bad});
  CHECK(folder.exit_code == 1);
  CHECK(folder.out.find("TOTAL-FAILED") != std::string::npos);
  CHECK(folder.err.find("r.pdf") != std::string::npos);
}
