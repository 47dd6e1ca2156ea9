#include "folder/blob_folder.h"

#include "base/encoding.h"
#include "folder/durable_write.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <unordered_set>

namespace segell::folder {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using base::Result;
using storage::BlobName;

class BlobFolder final : public storage::BlobStore {
 public:
  explicit BlobFolder(std::string root) : m_root(std::move(root)) {}

  Result<void> prepare() {
    std::error_code error;
    fs::create_directories(m_root, error);
    if (error) return fail(Code::io, "blob.io", "cannot make the blob folder: " + error.message());
    fs::permissions(m_root, fs::perms::owner_all, error);
    for (fs::recursive_directory_iterator it(m_root, error), end; !error && it != end; it.increment(error)) {
      if (it->path().filename().string().starts_with(".tmp-")) {
        std::error_code ignored;
        fs::remove(it->path(), ignored);
      }
    }
    if (error) return fail(Code::io, "blob.io", "cannot read the blob folder: " + error.message());
    return base::ok();
  }

  Result<BlobName> put(base::BytesView octets) override {
    if (m_stopped) return fail(Code::unavailable, "blob.stopped", "the blob folder stopped after a failed fsync");
    const BlobName name = base::sha256(octets);
    const std::string path = storage::blob_path(name);  // "ab/cd/abcd…"
    const std::string first = path.substr(0, 2);
    const std::string second = path.substr(3, 2);
    auto done = [&]() -> Result<void> {
      SEGELL_CHECK(make_folder(m_root, first));
      SEGELL_CHECK(make_folder(m_root + "/" + first, second));
      return durable_write(m_root + "/" + first + "/" + second, path.substr(6), octets);
    }();
    if (!done) {
      if (done.error().code == Code::internal) m_stopped = true;
      return fail(std::move(done).error());
    }
    return name;
  }

  Result<base::Bytes> get(const BlobName& name, std::uint64_t max_size) override {
    const std::string path = m_root + "/" + storage::blob_path(name);
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error) return fail(Code::not_found, "blob.missing", "the blob is not there: " + base::to_hex(name));
    if (size > max_size) return fail(Code::limit_exceeded, "blob.too-large", "the blob is larger than expected");
    base::Bytes octets(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(octets.data()), static_cast<std::streamsize>(size));
    if (!file || file.peek() != std::ifstream::traits_type::eof())
      return fail(Code::io, "blob.io", "the blob cannot be read: " + base::to_hex(name));
    if (base::sha256(octets) != name)
      return fail(Code::corrupt, "blob.corrupt", "the blob does not match its name: " + base::to_hex(name));
    return octets;
  }

  Result<bool> exists(const BlobName& name) override {
    std::error_code error;
    return fs::exists(m_root + "/" + storage::blob_path(name), error);
  }

  Result<void> list(const std::function<void(const BlobName&, std::uint64_t)>& each) override {
    std::error_code error;
    for (fs::recursive_directory_iterator it(m_root, error), end; !error && it != end; it.increment(error)) {
      if (!it->is_regular_file(error) || it->path().filename().string().size() != 64) continue;
      const auto octets = base::from_hex(it->path().filename().string());
      if (!octets) continue;
      BlobName name;
      std::copy(octets->begin(), octets->end(), name.begin());
      each(name, it->file_size(error));
    }
    if (error) return fail(Code::io, "blob.io", "cannot read the blob folder: " + error.message());
    return base::ok();
  }

  Result<void> remove(const BlobName& name) override {
    std::error_code error;
    fs::remove(m_root + "/" + storage::blob_path(name), error);
    if (error) return fail(Code::io, "blob.io", "cannot remove a blob: " + error.message());
    return base::ok();
  }

 private:
  /// A folder that is there may have been made a moment ago by another thread and not be durable yet: only those that
  /// this process has synced are trusted.
  Result<void> make_folder(const std::string& parent, const std::string& name) {
    const std::string path = parent + "/" + name;
    {
      const std::scoped_lock lock(m_mutex);
      if (m_durable_folders.contains(path)) return base::ok();
    }
    SEGELL_CHECK(durable_make_folder(parent, name));
    const std::scoped_lock lock(m_mutex);
    m_durable_folders.insert(path);
    return base::ok();
  }

  std::string m_root;
  std::atomic<bool> m_stopped{false};
  std::mutex m_mutex;
  std::unordered_set<std::string> m_durable_folders;  // guarded by m_mutex
};

}  // namespace

Result<std::unique_ptr<storage::BlobStore>> open_blob_folder(const std::string& path) {
  auto folder = std::make_unique<BlobFolder>(path);
  SEGELL_CHECK(folder->prepare());
  return std::unique_ptr<storage::BlobStore>(std::move(folder));
}

}  // namespace segell::folder
