#include "printable.h"
#include "template_verbs.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/json.h"
#include "templates/lint.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace segell::cli {
namespace {

using templates::LintFinding;
using templates::Template;

constexpr std::size_t kMaxTemplate = 1U << 20U;

struct LintArguments {
  bool json = false;
  std::vector<std::string> files;
};

/// What the lint says about one file: the template and its findings, or why it cannot be read.
struct Linted {
  base::Result<Template> subject;
  std::vector<LintFinding> findings;

  [[nodiscard]] ExitCode exit() const {
    if (!subject) return ExitCode::could_not_run;
    const bool clean = std::none_of(findings.begin(), findings.end(),
                                    [](const LintFinding& one) { return one.weight == LintFinding::Weight::error; });
    return clean ? ExitCode::passed : ExitCode::proven_bad;
  }
};

base::Result<Template> read_template(const std::string& path) {
  SEGELL_TRY(const base::Bytes bytes, base::load_file(path, kMaxTemplate));
  return templates::parse_template(base::as_text(bytes));
}

Linted lint_file(const std::string& path) {
  Linted out{read_template(path), {}};
  if (out.subject) out.findings = templates::lint(*out.subject);
  return out;
}

std::string_view word_of(LintFinding::Weight weight) {
  return weight == LintFinding::Weight::error ? "error" : "warning";
}

base::Json to_json(const std::string& path, const Linted& linted) {
  base::Json out =
      base::Json::object({{"schema", "segell.template-lint/1"}, {"input", path}, {"exit", to_int(linted.exit())}});
  if (!linted.subject) {
    const base::Error& error = linted.subject.error();
    out.set("error", base::Json::object({{"code", error.reason}, {"message", error.message}, {"hint", error.hint}}));
    return out;
  }
  out.set("key", linted.subject->key);
  out.set("version", static_cast<std::int64_t>(linted.subject->version));
  out.set("sha256", base::to_hex(linted.subject->digest));
  base::Json renditions = base::Json::object();
  for (const auto& one : linted.subject->renditions) renditions.set(one.language, base::to_hex(one.digest));
  out.set("renditions", std::move(renditions));
  base::Json findings = base::Json::array();
  for (const LintFinding& one : linted.findings)
    findings.push(base::Json::object(
        {{"rule", one.rule}, {"weight", word_of(one.weight)}, {"where", one.where}, {"words", one.words}}));
  out.set("findings", std::move(findings));
  return out;
}

void print(const std::string& path, const Linted& linted, const Context& context) {
  if (!linted.subject) {
    const base::Error& error = linted.subject.error();
    report(context, {error.code, error.reason, printable(path) + ": " + printable(error.message), error.hint});
    return;
  }
  for (const LintFinding& one : linted.findings)
    context.out << printable(path) << ": " << word_of(one.weight) << ' ' << one.rule << ": "
                << (one.where.empty() ? "" : printable(one.where) + ": ") << printable(one.words) << '\n';
  context.out << printable(path) << ": " << linted.subject->key << " version " << linted.subject->version << ", "
              << linted.subject->renditions.size() << " renditions: "
              << (linted.findings.empty() ? std::string("clean") : std::to_string(linted.findings.size()) + " findings")
              << '\n';
}

ExitCode run_lint(const LintArguments& arguments, const Context& context) {
  ExitCode outcome = ExitCode::passed;
  for (const std::string& path : arguments.files) {
    const Linted linted = lint_file(path);
    if (arguments.json) {
      context.out << base::write_json(to_json(path, linted)) << '\n';
    } else {
      print(path, linted, context);
    }
    outcome = worse(outcome, linted.exit());
  }
  return outcome;
}

}  // namespace

Action declare_template_lint(CLI::App& app) {
  auto arguments = std::make_shared<LintArguments>();
  app.add_flag("--json", arguments->json, "print one JSON object for each file, a line each");
  app.add_option("files", arguments->files, "templates (JSON)")->required()->type_name("");
  return [arguments](const Context& context) { return run_lint(*arguments, context); };
}

}  // namespace segell::cli
