#include "log_store.h"

#include "base/json.h"
#include "storage/fsck.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace segell::cli {

namespace {

struct FsckOptions {
  std::string folder;
  std::string kek;
  bool json = false;
};

ExitCode outcome(const storage::FsckReport& report) {
  if (!report.findings.empty()) return ExitCode::proven_bad;
  return report.logs.empty() ? ExitCode::nothing_to_verify : ExitCode::passed;
}

void print_text(const storage::FsckReport& report, std::ostream& out) {
  for (const auto& finding : report.findings) out << "FAIL  " << finding.id << "  " << finding.where << '\n';
  if (report.findings_left_out > 0) out << "      and " << report.findings_left_out << " more\n";
  for (const auto& log : report.logs) {
    out << (report.findings.empty() ? "ok    " : "log   ") << log.origin << "  " << log.size << " entries, "
        << log.checkpoints << " checkpoints, " << log.openings_checked << " openings (" << log.openings_absent
        << " absent), " << log.revisions_checked << " revisions\n";
  }
  if (report.orphan_blobs > 0) out << "note  " << report.orphan_blobs << " blobs that no revision names (harmless)\n";
  for (const auto& what : report.not_checked) out << "not checked: " << what << '\n';
}

void print_json(const storage::FsckReport& report, ExitCode code, std::ostream& out) {
  base::Json findings = base::Json::array();
  for (const auto& finding : report.findings)
    findings.push(base::Json::object({{"id", finding.id}, {"where", finding.where}}));
  base::Json logs = base::Json::array();
  for (const auto& log : report.logs) {
    logs.push(base::Json::object({{"origin", log.origin},
                                  {"size", log.size},
                                  {"checkpoints", log.checkpoints},
                                  {"openings", log.openings_checked},
                                  {"openingsAbsent", log.openings_absent},
                                  {"revisions", log.revisions_checked}}));
  }
  base::Json not_checked = base::Json::array();
  for (const auto& what : report.not_checked) not_checked.push(what);
  out << base::write_json(base::Json::object({{"schema", "segell.fsck/1"},
                                              {"exit", to_int(code)},
                                              {"logs", logs},
                                              {"findings", findings},
                                              {"findingsLeftOut", report.findings_left_out},
                                              {"orphanBlobs", report.orphan_blobs},
                                              {"notChecked", not_checked}}))
      << '\n';
}

ExitCode run(const FsckOptions& options, const Context& context) {
  const auto store = open_log_store(options.folder);
  if (!store) return report(context, store.error());
  base::Secret kek;
  if (!options.kek.empty()) {
    auto loaded = storage::load_kek_file(options.kek);
    if (!loaded) return report(context, loaded.error());
    kek = *std::move(loaded);
  }
  const auto checked =
      storage::fsck({*store->database, store->keys.get(), kek.empty() ? nullptr : &kek, store->blobs.get()});
  if (!checked) return report(context, checked.error());
  const ExitCode code = outcome(*checked);
  if (options.json) {
    print_json(*checked, code, context.out);
  } else {
    print_text(*checked, context.out);
  }
  return code;
}

}  // namespace

Action declare_log_fsck(CLI::App& app) {
  const auto options = std::make_shared<FsckOptions>();
  app.add_option("DIR", options->folder, "data folder of the service, or a copy of it")->required()->type_name("");
  app.add_option("--kek", options->kek, "key-encryption key file: openings and documents are then opened and checked")
      ->type_name("FILE");
  app.add_flag("--json", options->json, "print one JSON object");
  return [options](const Context& context) { return run(*options, context); };
}

}  // namespace segell::cli
