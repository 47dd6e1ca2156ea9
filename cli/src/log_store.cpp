#include "log_store.h"

#include "base/encoding.h"
#include "base/file.h"
#include "sqlite/database.h"

#include <algorithm>
#include <filesystem>

namespace segell::cli {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using base::Result;
using storage::BlobName;

class BlobReader final : public storage::BlobStore {
 public:
  explicit BlobReader(fs::path root) : m_root(std::move(root)) {}

  Result<BlobName> put(base::BytesView) override {
    return fail(Code::invalid_argument, "blob.read-only", "this folder was opened for reading");
  }
  Result<void> remove(const BlobName&) override {
    return fail(Code::invalid_argument, "blob.read-only", "this folder was opened for reading");
  }
  Result<base::Bytes> get(const BlobName& name, std::uint64_t max_size) override {
    auto octets = base::load_file(m_root / storage::blob_path(name), max_size);
    if (!octets && octets.error().code == Code::not_found)
      return fail(Code::not_found, "blob.missing", "the blob is not there");
    if (octets && base::sha256(*octets) != name)
      return fail(Code::corrupt, "blob.corrupt", "the blob does not match its name");
    return octets;
  }
  Result<bool> exists(const BlobName& name) override {
    std::error_code error;
    return fs::exists(m_root / storage::blob_path(name), error);
  }
  Result<void> list(const std::function<void(const BlobName&, std::uint64_t)>& each) override {
    std::error_code error;
    for (fs::recursive_directory_iterator it(m_root, error), end; !error && it != end; it.increment(error)) {
      const std::string file = it->path().filename().string();
      if (file.size() != 64 || !it->is_regular_file(error)) continue;
      const auto octets = base::from_hex(file);
      if (!octets) continue;
      BlobName name;
      std::copy(octets->begin(), octets->end(), name.begin());
      each(name, it->file_size(error));
    }
    if (error) return fail(Code::io, "blob.io", "cannot read the blob folder: " + error.message());
    return base::ok();
  }

 private:
  fs::path m_root;
};

}  // namespace

std::unique_ptr<storage::BlobStore> read_blob_folder(const std::string& folder) {
  return std::make_unique<BlobReader>(folder);
}

Result<LogStore> open_log_store(const std::string& folder) {
  const fs::path root(folder);
  std::error_code error;
  if (!fs::is_regular_file(root / "segell.db", error)) {
    return fail(Code::not_found, "log.no-store", "no segell.db in " + folder,
                "give the data folder of the service, or a copy of it");
  }
  LogStore store;
  SEGELL_TRY(store.database, sqlite::open_database((root / "segell.db").string(), sqlite::OpenMode::read));
  if (fs::is_regular_file(root / "keys.db", error)) {
    SEGELL_TRY(store.keys, sqlite::open_key_store((root / "keys.db").string(), sqlite::OpenMode::read));
  }
  if (fs::is_directory(root / "blobs", error)) store.blobs = read_blob_folder((root / "blobs").string());
  return store;
}

Result<storage::TenantRecord> pick_log(storage::Session& session, const std::string& origin) {
  SEGELL_TRY(const auto tenants, storage::read_tenants(session));
  if (origin.empty() && tenants.size() == 1) return tenants.front();
  if (origin.empty() && tenants.size() > 1) {
    std::string names;
    for (const auto& tenant : tenants) names += (names.empty() ? "" : ", ") + tenant.origin;
    return fail(Code::invalid_argument, "log.which", "there are several logs", "add --origin with one of: " + names);
  }
  for (const auto& tenant : tenants)
    if (tenant.origin == origin) return tenant;
  return fail(Code::not_found, "log.unknown",
              "there is no such log: " + (origin.empty() ? "the store is empty" : origin));
}

}  // namespace segell::cli
