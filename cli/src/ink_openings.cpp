#include "opening_register.h"
#include "printable.h"
#include "verbs.h"

#include "base/file.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace segell::cli {

namespace {

struct RegisterOptions {
  std::string path, head;
  bool json = false;
};

std::string member(const base::Json& entry, std::string_view name) {
  const base::Json* value = entry.find(name);
  return value != nullptr && value->as_string() != nullptr ? printable(*value->as_string()) : std::string("?");
}

void print_entries(const RegisterCheck& check, std::ostream& out) {
  for (std::size_t i = 0; i < check.entries.size(); ++i) {
    const base::Json& entry = check.entries[i];
    out << i + 1 << ". ";
    if (entry.is_null()) {
      out << "cut short by a crash: nothing was opened\n";
      continue;
    }
    const base::Json* two = entry.find("twoPersons");
    const bool two_persons = two != nullptr && two->as_bool() != nullptr && *two->as_bool();
    out << member(entry, "time") << ' ' << member(entry, "event") << " envelope "
        << member(entry, "envelope").substr(0, 16) << "… by " << member(entry, "opener") << ", witness "
        << member(entry, "witness") << (two_persons ? "" : ", ONE PERSON ALONE: " + member(entry, "singlePersonNote"))
        << ": " << member(entry, "reason");
    if (entry.find("why") != nullptr) out << " (" << member(entry, "why") << ')';
    out << '\n';
  }
}

void print_json(const RegisterCheck& check, bool head_found, std::ostream& out) {
  base::Json json = base::Json::object({{"schema", "segell.openings/1"},
                                        {"lines", static_cast<std::int64_t>(check.lines)},
                                        {"torn", static_cast<std::int64_t>(check.torn)},
                                        {"head", check.head},
                                        {"holds", check.fault.empty() && head_found}});
  if (!check.fault.empty()) json.set("fault", check.fault);
  out << base::write_json(json) << '\n';
}

ExitCode check_openings(const RegisterOptions& options, const Context& context) {
  std::filesystem::path path = options.path;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) path /= "openings.jsonl";
  const auto octets = base::load_file(path, kMaxRegisterBytes);
  if (!octets) return report(context, octets.error());
  const RegisterCheck check = check_register(*octets);
  const bool head_found = options.head.empty() ||
                          std::find(check.digests.begin(), check.digests.end(), options.head) != check.digests.end();
  if (options.json)
    print_json(check, head_found, context.out);
  else
    print_entries(check, context.out);
  if (!check.fault.empty()) context.err << "segell: " << path.string() << ": " << check.fault << '\n';
  if (!head_found)
    context.err << "segell: " << path.string() << ": the line of --head is not there: it was cut off or changed\n";
  if (!check.fault.empty() || !head_found) return ExitCode::proven_bad;
  if (check.pending > 0)
    context.err << "segell: " << path.string() << ": the last line was cut short; nothing was opened with it\n";
  if (check.lines == 0) return ExitCode::nothing_to_verify;
  if (!options.json)
    context.out << "the chain holds: " << check.lines << " lines, head " << check.head
                << "\nnote the head down elsewhere: with --head it shows later that no line was cut off\n";
  return ExitCode::passed;
}

}  // namespace

Action declare_ink_openings(CLI::App& app) {
  const auto options = std::make_shared<RegisterOptions>();
  app.add_option("REGISTER", options->path, "the register (openings.jsonl) or its folder")->required();
  app.add_option("--head", options->head, "a head that was noted down: its line must still be there");
  app.add_flag("--json", options->json, "one JSON object instead of words");
  return [options](const Context& context) { return check_openings(*options, context); };
}

}  // namespace segell::cli
