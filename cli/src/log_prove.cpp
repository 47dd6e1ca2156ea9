#include "log_store.h"

#include "base/encoding.h"
#include "base/json.h"
#include "journal/checkpoint.h"
#include "journal/proof.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace segell::cli {

namespace {

struct ProveOptions {
  std::string folder;
  std::string origin;
  std::uint64_t index = 0;
  std::uint64_t old_size = 0;
  std::uint64_t new_size = 0;
};

void declare_common(CLI::App& app, ProveOptions& options) {
  app.add_option("DIR", options.folder, "data folder of the service, or a copy of it")->required()->type_name("");
  app.add_option("--origin", options.origin, "the log, where the folder holds several")->type_name("NAME");
}

/// Opens the log and calls `work(session, tenant)`, which gives an exit code or an error.
template <class F>
ExitCode with_log(const ProveOptions& options, const Context& context, F work) {
  const auto done = [&]() -> base::Result<ExitCode> {
    SEGELL_TRY(const LogStore store, open_log_store(options.folder));
    SEGELL_TRY(const auto session, store.database->open_session(storage::Access::read));
    SEGELL_CHECK(session->begin(storage::Access::read));
    SEGELL_TRY(const auto tenant, pick_log(*session, options.origin));
    return work(*session, tenant);
  }();
  return done ? *done : report(context, done.error());
}

ExitCode prove(const ProveOptions& options, const Context& context) {
  return with_log(options, context,
                  [&](storage::Session& session, const storage::TenantRecord& tenant) -> base::Result<ExitCode> {
                    SEGELL_TRY(const auto head, storage::read_log_head(session, tenant.id));
                    if (options.index >= head.size)
                      return base::fail(base::Code::not_found, "log.no-entry", "the log has no entry of that index",
                                        "it has " + std::to_string(head.size) + " entries, counted from 0");
                    SEGELL_TRY(const std::string proof, storage::prove_entry(session, tenant.id, options.index, head));
                    context.out << proof;
                    return ExitCode::passed;
                  });
}

/// The root at a size: the signed one where a checkpoint of that size was kept, which must then agree.
base::Result<journal::Hash> root_of_size(storage::Session& session, const storage::TenantRecord& tenant,
                                         std::uint64_t size, bool& agrees) {
  SEGELL_TRY(const auto root, journal::root_at(size, storage::read_log_nodes(session, tenant.id)));
  SEGELL_TRY(const auto note, storage::read_checkpoint(session, tenant.id, size));
  if (note) {
    SEGELL_TRY(const auto key, journal::VerifierKey::parse(tenant.log_vkey));
    const auto checkpoint = journal::verify_checkpoint(*note, key);
    agrees = agrees && checkpoint && checkpoint->size == size && checkpoint->root == root;
  }
  return root;
}

ExitCode consistency(const ProveOptions& options, const Context& context) {
  return with_log(
      options, context, [&](storage::Session& session, const storage::TenantRecord& tenant) -> base::Result<ExitCode> {
        SEGELL_TRY(const auto head, storage::read_log_head(session, tenant.id));
        if (options.new_size > head.size)
          return base::fail(base::Code::not_found, "log.no-entry",
                            "the log has " + std::to_string(head.size) + " entries only");
        bool agrees = true;
        SEGELL_TRY(const auto proof, journal::consistency_proof(options.old_size, options.new_size,
                                                                storage::read_log_nodes(session, tenant.id)));
        SEGELL_TRY(const auto old_root, root_of_size(session, tenant, options.old_size, agrees));
        SEGELL_TRY(const auto new_root, root_of_size(session, tenant, options.new_size, agrees));
        const bool holds =
            agrees && journal::verify_consistency(options.old_size, old_root, options.new_size, new_root, proof);
        base::Json hashes = base::Json::array();
        for (const auto& hash : proof) hashes.push(base::to_base64(hash));
        context.out << base::write_json(base::Json::object({{"origin", tenant.origin},
                                                            {"oldSize", options.old_size},
                                                            {"oldRoot", base::to_base64(old_root)},
                                                            {"newSize", options.new_size},
                                                            {"newRoot", base::to_base64(new_root)},
                                                            {"proof", hashes},
                                                            {"consistent", holds}}))
                    << '\n';
        return holds ? ExitCode::passed : ExitCode::proven_bad;
      });
}

ExitCode tail(const ProveOptions& options, const Context& context) {
  return with_log(options, context,
                  [&](storage::Session& session, const storage::TenantRecord& tenant) -> base::Result<ExitCode> {
                    SEGELL_TRY(const auto head, storage::read_log_head(session, tenant.id));
                    const std::uint64_t first = head.size - std::min(head.size, options.index);
                    for (std::uint64_t index = first; index < head.size; ++index) {
                      SEGELL_TRY(const base::Bytes leaf, storage::read_leaf(session, tenant.id, index));
                      context.out << index << ' ' << base::to_hex(leaf) << '\n';
                    }
                    context.out << '\n' << head.note;
                    return ExitCode::passed;
                  });
}

}  // namespace

Action declare_log_prove(CLI::App& app) {
  const auto options = std::make_shared<ProveOptions>();
  declare_common(app, *options);
  app.add_option("INDEX", options->index, "of the entry, from 0")->required()->type_name("");
  return [options](const Context& context) { return prove(*options, context); };
}

Action declare_log_consistency(CLI::App& app) {
  const auto options = std::make_shared<ProveOptions>();
  declare_common(app, *options);
  app.add_option("OLD", options->old_size, "the smaller size, at least 1")->required()->type_name("");
  app.add_option("NEW", options->new_size, "the larger size")->required()->type_name("");
  return [options](const Context& context) { return consistency(*options, context); };
}

Action declare_log_tail(CLI::App& app) {
  const auto options = std::make_shared<ProveOptions>();
  options->index = 10;
  declare_common(app, *options);
  app.add_option("-n", options->index, "how many entries (10)")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{100'000}));
  return [options](const Context& context) { return tail(*options, context); };
}

}  // namespace segell::cli
