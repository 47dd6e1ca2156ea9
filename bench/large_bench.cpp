// verify.large: a sealed PDF of 500 MB, against SHA-256 over the same file; peak memory (design, section 7).
#include "bench.h"

#include "support/child_process.h"
#include "support/example_pki.h"

#include "base/digest.h"
#include "base/random.h"
#include "base/time.h"
#include "signer/ades/seal.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace segell::bench {
namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;

constexpr std::size_t kPages = 100;
constexpr std::size_t kPageOctets = 5'000'000;
constexpr double kSlower = 1.2;
constexpr double kPeak = 48;  ///< MiB

class FileSource final : public pdf::ByteSource {
 public:
  explicit FileSource(const std::filesystem::path& path)
      : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), m_size(std::filesystem::file_size(path)) {}
  ~FileSource() override { ::close(m_descriptor); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  [[nodiscard]] std::uint64_t size() const override { return m_size; }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
    while (!out.empty()) {
      const ssize_t count = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
      if (count <= 0) return base::fail(base::Code::io, "bench.file", "the bench's file cannot be read");
      out = out.subspan(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return base::ok();
  }

 private:
  int m_descriptor;
  std::uint64_t m_size;
};

// Pages whose content does not compress, written piece by piece.
void write_plain(const std::filesystem::path& path) {
  std::ofstream out(path, std::ios::binary);
  std::vector<std::streamoff> places;
  const auto object = [&](const std::string& body) {
    places.push_back(out.tellp());
    out << places.size() << " 0 obj\n" << body << "\nendobj\n";
  };
  out << "%PDF-1.7\n";
  std::string kids;
  for (std::size_t i = 0; i < kPages; ++i) kids += std::to_string(3 + 2 * i) + " 0 R ";
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /MediaBox [0 0 595 842] /Count " + std::to_string(kPages) + " /Kids [" + kids + "] >>");
  const base::Bytes noise = base::random_bytes(kPageOctets);
  for (std::size_t i = 0; i < kPages; ++i) {
    object("<< /Type /Page /Parent 2 0 R /Contents " + std::to_string(4 + 2 * i) + " 0 R >>");
    object("<< /Length " + std::to_string(noise.size()) + " >>\nstream\n" + base::to_text(noise) + "\nendstream");
  }
  const std::streamoff table = out.tellp();
  out << "xref\n0 1\n0000000000 65535 f \n1 " << places.size() << "\n";
  for (const std::streamoff place : places) {
    char line[32];
    std::snprintf(line, sizeof line, "%010lld 00000 n \n", static_cast<long long>(place));
    out << line;
  }
  out << "trailer\n<< /Size " << places.size() + 1 << " /Root 1 0 R >>\nstartxref\n" << table << "\n%%EOF\n";
}

void seal(const std::filesystem::path& path) {
  const auto sealer = ades::Sealer::make(tests::pki_identity("seal-rsa")).value();
  const auto document = pdf::Document::open_strict(std::make_shared<FileSource>(path)).value();
  ades::SealRequest request;
  request.claimed_time = base::SystemClock().now();
  const auto revision = sealer.seal(document, std::move(request), ades::TimeDemand::none, nullptr).value();
  std::ofstream(path, std::ios::binary | std::ios::app) << base::as_text(revision.bytes);
}

// Peak resident memory of the whole process, MiB.
double verify(const std::filesystem::path& path) {
  const std::string program = std::string(SEGELL_BIN) + "/segell", anchors = tests::pki_file("anchors").string();
  const char* arguments[] = {program.c_str(), "verify", "--quiet", "--trust", anchors.c_str(), path.c_str(), nullptr};
  pid_t pid = 0;
  if (posix_spawn(&pid, program.c_str(), nullptr, nullptr, const_cast<char**>(arguments), environ) != 0)
    throw std::runtime_error("segell did not start; ./dev build makes it");
  int status = 0;
  struct rusage used {};
  if (wait4(pid, &status, 0, &used) != pid || status != 0) throw std::runtime_error("the large file does not verify");
  return static_cast<double>(used.ru_maxrss) / 1024;
}

void run_large() {
  const tests::TemporaryFolder folder;
  const auto path = folder / "large.pdf";
  write_plain(path);
  seal(path);
  const FileSource file(path);
  double peak = 0;
  const auto hash = [&] {
    base::Hasher hasher(base::HashAlgorithm::sha256);
    if (!pdf::for_each_piece(file, {0, file.size()}, [&](base::BytesView piece) { hasher.update(piece); }))
      throw std::runtime_error("the large file cannot be read");
    keep(hasher.finish_sha256());
  };
  hash();  // both find the file in memory
  const auto rates =
      interleaved_rates(5, std::chrono::milliseconds(1), {[&] { peak = std::max(peak, verify(path)); }, hash});
  report({"verify.large.time", 1 / rates[0], "s", 1 / rates[1], rates[1] / rates[0],
          "≤ 1.2 × SHA-256 of the file in process", rates[1] <= kSlower * rates[0]});
  report({"verify.large.memory", peak, "MiB", kPeak, peak / kPeak, "≤ 48 MiB", peak <= kPeak});
}

const Register kLargeFile{"verify.large", run_large};

}  // namespace
}  // namespace segell::bench
