#include "log_store.h"
#include "output_file.h"

#include "base/encoding.h"
#include "base/json.h"
#include "storage/fsck.h"
#include "storage/openings.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace segell::cli {

namespace {

using base::Code;
using base::Result;

constexpr std::size_t kChunk = 64 * 1024;

struct OpeningsOptions {
  std::string folder;
  std::string kek;
  std::string out;
  std::string origin;
};

std::string line_of(const storage::Opening& opening) {
  return base::write_json(base::Json::object({{"index", opening.log_index},
                                              {"event", base::to_base64(opening.event)},
                                              {"salt", base::to_base64(opening.salt)}})) +
         "\n";
}

/// What was written, for the person who asked: how many openings of how many entries.
struct Count {
  std::string origin;
  std::uint64_t openings = 0;
  std::uint64_t entries = 0;
};

Result<Count> write_openings(const OpeningsOptions& options) {
  SEGELL_TRY(const LogStore store, open_log_store(options.folder));
  if (!store.keys)
    return base::fail(Code::not_found, "log.no-keys", "no keys.db in " + options.folder,
                      "openings are encrypted: the key store must lie beside segell.db");
  SEGELL_TRY(const base::Secret kek, storage::load_kek_file(options.kek));
  SEGELL_TRY(const auto session, store.database->open_session(storage::Access::read));
  SEGELL_CHECK(session->begin(storage::Access::read));
  SEGELL_TRY(const auto tenant, pick_log(*session, options.origin));
  SEGELL_TRY(const auto head, storage::read_log_head(*session, tenant.id));
  SEGELL_TRY(OutputFile file, OutputFile::create(options.out, kOwnerOnly));
  Count count{tenant.origin, 0, head.size};
  std::string lines;
  SEGELL_CHECK(storage::read_openings(*session, tenant.id, *store.keys, kek,
                                      [&](const storage::Opening& opening) -> Result<void> {
                                        lines += line_of(opening);
                                        ++count.openings;
                                        if (lines.size() < kChunk) return base::ok();
                                        const std::string full = std::exchange(lines, {});
                                        return file.write(base::as_bytes(full));
                                      }));
  SEGELL_CHECK(file.write(base::as_bytes(lines)));
  SEGELL_CHECK(file.commit());
  return count;
}

ExitCode run(const OpeningsOptions& options, const Context& context) {
  const auto count = write_openings(options);
  if (!count) return report(context, count.error());
  context.out << count->origin << "  " << count->openings << " openings of " << count->entries << " entries\n";
  return ExitCode::passed;
}

}  // namespace

Action declare_log_openings(CLI::App& app) {
  const auto options = std::make_shared<OpeningsOptions>();
  app.add_option("DIR", options->folder, "data folder of the service, or a copy of it")->required()->type_name("");
  app.add_option("--kek", options->kek, "key-encryption key file")->required()->type_name("FILE");
  app.add_option("-o,--out", options->out, "file for the openings, one JSON object a line, readable by its owner only")
      ->required()
      ->type_name("FILE");
  app.add_option("--origin", options->origin, "the log, where the folder holds several")->type_name("NAME");
  return [options](const Context& context) { return run(*options, context); };
}

}  // namespace segell::cli
