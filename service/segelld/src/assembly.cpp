#include "segelld/assembly.h"

#include "base/file.h"
#include "folder/blob_folder.h"
#include "sqlite/database.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace segell::segelld {
namespace {

using base::Code;
using base::fail;

/// The names that `segell log` looks for in a data folder or a copy of it.
std::string database_path(const Config& config) { return config.data + "/segell.db"; }
std::string key_store_path(const Config& config) { return config.data + "/keys.db"; }
std::string blob_path(const Config& config) { return config.data + "/blobs"; }

base::Result<void> make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return base::ok();
  return fail(Code::io, "segelld.folder", "cannot make the folder " + path + ": " + base::system_words(errno),
              "check the folder above it and its owner");
}

}  // namespace

base::Result<void> make_data_folder(const Config& config) {
  if (std::filesystem::exists(database_path(config)))
    return fail(Code::already_exists, "segelld.initialised", "there is a store already in " + config.data,
                "start segelld with it, or name another data folder");
  SEGELL_CHECK(make_folder(config.data));
  SEGELL_CHECK(make_folder(blob_path(config)));
  std::error_code error;
  const auto kek_folder = std::filesystem::path(config.kek).parent_path();
  if (!kek_folder.empty()) std::filesystem::create_directories(kek_folder, error);
  // A key file that is there is used: it may have been made by hand, or by an init that was cut off.
  if (std::filesystem::exists(config.kek)) return base::ok();
  return storage::create_kek_file(config.kek);
}

base::Result<std::unique_ptr<OpenStore>> open_store(const Config& config) {
  auto opened = std::make_unique<OpenStore>();
  if (!std::filesystem::exists(config.data))
    return fail(Code::not_found, "segelld.not-initialised", "there is no data folder " + config.data,
                "`segelld init --config " + config.file + "` makes it");
  SEGELL_TRY(opened->kek, storage::load_kek_file(config.kek));
  SEGELL_TRY(opened->database, sqlite::open_database(database_path(config), sqlite::OpenMode::serve));
  SEGELL_TRY(opened->keys, sqlite::open_key_store(key_store_path(config), sqlite::OpenMode::serve));
  SEGELL_TRY(opened->blobs, folder::open_blob_folder(blob_path(config)));
  storage::StoreOptions options;
  options.max_document = config.document_bytes * 4;  // a document grows by revisions
  SEGELL_TRY(
      opened->store,
      storage::Store::open({*opened->database, *opened->keys, *opened->blobs, opened->kek, opened->fatal}, options));
  return opened;
}

}  // namespace segell::segelld
