#include "log_store.h"

#include "base/json.h"
#include "journal/tile.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <ostream>

namespace segell::cli {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using base::Result;

struct ExportOptions {
  std::string folder;
  std::string out;
  std::string origin;
};

Result<void> write_file(const fs::path& path, base::BytesView octets) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
  file.close();
  if (!file) return fail(Code::io, "log.export", "cannot write " + path.string());
  return base::ok();
}

/// checkpoint, vkey, tile/…, and checkpoints.jsonl with every checkpoint ever signed.
Result<void> export_log(storage::Session& session, const storage::TenantRecord& tenant, const fs::path& out) {
  SEGELL_TRY(const auto head, storage::read_log_head(session, tenant.id));
  SEGELL_CHECK(write_file(out / "checkpoint", base::as_bytes(head.note)));
  SEGELL_CHECK(write_file(out / "vkey", base::as_bytes(tenant.log_vkey + "\n")));
  for (const journal::TileId& tile : journal::tiles_of(head.size)) {
    std::vector<std::string> paths{journal::tile_path(tile)};
    if (tile.level == 0) paths.push_back(journal::entries_path(tile.index, tile.width));
    for (const std::string& path : paths) {
      SEGELL_TRY(const base::Bytes octets, storage::read_log_path(session, tenant.id, head.size, path));
      SEGELL_CHECK(write_file(out / path, octets));
    }
  }
  std::string lines;
  SEGELL_TRY(const auto notes, storage::read_checkpoints(session, tenant.id));
  for (const std::string& note : notes) lines += base::write_json(base::Json(note)) + "\n";
  return write_file(out / "checkpoints.jsonl", base::as_bytes(lines));
}

ExitCode run(const ExportOptions& options, const Context& context) {
  const auto done = [&]() -> Result<void> {
    SEGELL_TRY(const LogStore store, open_log_store(options.folder));
    SEGELL_TRY(const auto session, store.database->open_session(storage::Access::read));
    SEGELL_CHECK(session->begin(storage::Access::read));
    SEGELL_TRY(const auto tenant, pick_log(*session, options.origin));
    SEGELL_CHECK(export_log(*session, tenant, options.out));
    SEGELL_TRY(const auto head, storage::read_log_head(*session, tenant.id));
    context.out << tenant.origin << "  " << head.size << " entries\n";
    return base::ok();
  }();
  return done ? ExitCode::passed : report(context, done.error());
}

}  // namespace

Action declare_log_export(CLI::App& app) {
  const auto options = std::make_shared<ExportOptions>();
  app.add_option("DIR", options->folder, "data folder of the service, or a copy of it")->required()->type_name("");
  app.add_option("-o,--out", options->out, "folder for checkpoint, vkey, tile/ and checkpoints.jsonl")
      ->required()
      ->type_name("DIR");
  app.add_option("--origin", options->origin, "the log, where the folder holds several")->type_name("NAME");
  return [options](const Context& context) { return run(*options, context); };
}

}  // namespace segell::cli
