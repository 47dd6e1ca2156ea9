#include "inputs.h"

#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace segell::cli {
namespace {

namespace pdf = signer::pdf;

constexpr std::uint64_t kLoadedWhole = 16U << 20U;
constexpr std::size_t kMaxTrustFile = 16U << 20U;

base::Failure unreadable(const std::filesystem::path& path, int error) {
  if (error == ENOENT || error == ENOTDIR)
    return base::fail(base::Code::not_found, "file.not-found", path.string() + ": no such file",
                      "check the name, and the folder you are in");
  return base::fail(base::Code::io, "file.unreadable",
                    path.string() + ": cannot be read: " + base::system_words(error));
}

class FileSource final : public pdf::ByteSource {
 public:
  FileSource(int descriptor, std::uint64_t size) : m_descriptor(descriptor), m_size(size) {}
  ~FileSource() override { ::close(m_descriptor); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  [[nodiscard]] std::uint64_t size() const override { return m_size; }

  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
    if (offset > m_size || out.size() > m_size - offset)
      return base::fail(base::Code::invalid_argument, "pdf.source.range", "a range lies beyond the end of the file");
    while (!out.empty()) {
      const ssize_t count = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0)
        return base::fail(base::Code::io, "file.unreadable",
                          count == 0 ? "the file became shorter while it was read"
                                     : std::string("the file cannot be read: ") + base::system_words(errno));
      out = out.subspan(static_cast<std::size_t>(count));
      offset += static_cast<std::uint64_t>(count);
    }
    return base::ok();
  }

 private:
  int m_descriptor;
  std::uint64_t m_size;
};

base::Result<void> add_trust_file(const std::filesystem::path& path, signer::ades::TrustMaterial& trust) {
  SEGELL_TRY(const auto bytes, base::load_file(path, kMaxTrustFile));
  if (base::as_text(bytes).find("-----BEGIN ") != std::string_view::npos) return trust.add_pem(base::as_text(bytes));
  return trust.add_der(bytes);
}

base::Result<void> add_trust_folder(const std::filesystem::path& path, signer::ades::TrustMaterial& trust) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path, error))
    if (entry.is_regular_file(error)) files.push_back(entry.path());
  if (error) return unreadable(path, error.value());
  std::sort(files.begin(), files.end());
  const std::size_t before = trust.anchors.size() + trust.crls.size();
  for (const auto& file : files) {
    const auto added = add_trust_file(file, trust);
    // a folder may hold other things too (keys, notes); what claims to be a certificate must be one
    if (!added && added.error().reason != "trust.nothing-found") return base::fail(added.error());
  }
  if (trust.anchors.size() + trust.crls.size() == before)
    return base::fail(base::Code::malformed, "trust.nothing-found",
                      path.string() + ": the folder holds no certificate and no revocation list");
  return base::ok();
}

}  // namespace

base::Result<pdf::SourcePtr> open_document(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) {
    const int error = errno;
    ::close(descriptor);
    return unreadable(path, error);
  }
  if (S_ISREG(facts.st_mode) && static_cast<std::uint64_t>(facts.st_size) > kLoadedWhole)
    return pdf::SourcePtr(std::make_shared<FileSource>(descriptor, static_cast<std::uint64_t>(facts.st_size)));
  ::close(descriptor);
  SEGELL_TRY(auto bytes, base::load_file(path, kLoadedWhole));
  return pdf::own_source(std::move(bytes));
}

std::string content_beside(const std::string& path) {
  for (const std::string_view end : {".p7s", ".tst"}) {
    if (!path.ends_with(end)) continue;
    std::string content = path.substr(0, path.size() - end.size());
    std::error_code error;
    if (std::filesystem::is_regular_file(content, error)) return content;
  }
  return {};
}

base::Result<signer::ades::TrustMaterial> load_trust(const std::vector<std::string>& paths) {
  signer::ades::TrustMaterial trust;
  for (const std::string& path : paths) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      SEGELL_CHECK(add_trust_folder(path, trust));
      continue;
    }
    const auto added = add_trust_file(path, trust);
    if (!added && added.error().reason == "trust.nothing-found") {
      base::Error named = added.error();
      named.message = path + ": " + named.message;
      return base::fail(std::move(named));
    }
    if (!added) return base::fail(added.error());
  }
  return trust;
}

}  // namespace segell::cli
