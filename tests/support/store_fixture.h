#pragma once

#include "base/encoding.h"
#include "base/file.h"
#include "base/random.h"
#include "base/secret.h"
#include "folder/blob_folder.h"
#include "sqlite/database.h"
#include "storage/store.h"
#include "support/temp_folder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace segell::test {

/// Remembers what it was told instead of ending the process.
class RecordingFatal final : public storage::Fatal {
 public:
  void fatal(const base::Error& error) noexcept override { reasons.emplace_back(error.reason); }
  std::vector<std::string> reasons;
};

inline base::Instant at_second(std::int64_t second) {
  return base::Instant(base::Microseconds(1'770'000'000'000'000 + second * 1'000'000));
}

/// The embedded store of a default installation in a folder: SQLite, its key store, a folder of blobs.
struct OpenStore {
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::KeyStore> keys;
  std::unique_ptr<storage::BlobStore> blobs;
  base::Secret kek;
  RecordingFatal fatal;
  std::unique_ptr<storage::Store> store;  // goes first
};

inline base::Secret test_kek() { return base::Secret(base::Bytes(32, std::byte{0x4B})); }

/// Opens, or tells why not.
inline base::Result<std::unique_ptr<OpenStore>> try_open_store(const std::string& folder,
                                                               storage::StoreOptions options = {},
                                                               base::Secret kek = test_kek()) {
  auto open = std::make_unique<OpenStore>();
  open->kek = std::move(kek);
  SEGELL_TRY(open->database, sqlite::open_database(folder + "/segell.db", sqlite::OpenMode::serve));
  SEGELL_TRY(open->keys, sqlite::open_key_store(folder + "/keys.db", sqlite::OpenMode::serve));
  SEGELL_TRY(open->blobs, folder::open_blob_folder(folder + "/blobs"));
  SEGELL_TRY(open->store, storage::Store::open({*open->database, *open->keys, *open->blobs, open->kek, open->fatal},
                                               std::move(options)));
  return open;
}

inline std::unique_ptr<OpenStore> open_store(const std::string& folder, storage::StoreOptions options = {}) {
  auto open = try_open_store(folder, std::move(options));
  if (!open) FAIL(std::string(open.error().reason) << ": " << open.error().message);
  return *std::move(open);
}

/// Changes the database of a closed store behind its back.
inline void tamper(const TempFolder& folder, const std::string& sql) {
  const auto database = sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::serve);
  REQUIRE(database);
  const auto session = (*database)->open_session(storage::Access::write);
  REQUIRE(session);
  INFO(sql);
  REQUIRE((*session)->execute(sql));
}

inline storage::TenantId test_tenant() { return *storage::TenantId::parse("0123456789abcdefghjkmnpqrs"); }

inline storage::TenantRecord make_test_tenant(storage::Store& store) {
  auto made = store.create_tenant(test_tenant(), "Ajuntament d'Exemple", "segell.example/" + test_tenant().text(),
                                  at_second(0));
  if (!made) FAIL(std::string(made.error().reason) << ": " << made.error().message);
  return *std::move(made);
}

}  // namespace segell::test
