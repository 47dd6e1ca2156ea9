// How a custodian comes to a key that needs two people.
#include "custody_key.h"
#include "ink_files.h"
#include "output_file.h"
#include "verbs.h"

#include "base/encoding.h"
#include "base/random.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

namespace segell::cli {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kHalfOctets = 20;  ///< 160 bits

Result<void> write_new(const std::filesystem::path& path, base::BytesView octets) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
    return fail(Code::already_exists, "output.exists", path.string() + ": exists already",
                "name a new file with -o; nothing is ever written over");
  SEGELL_TRY(OutputFile file, OutputFile::create(path, kOwnerOnly));
  SEGELL_CHECK(file.write(octets));
  return file.commit();
}

struct KeyOptions {
  std::string key, passphrase_file, output;
  std::vector<std::string> halves;
};

Result<void> protect_key(const KeyOptions& options) {
  base::Secret old;
  if (!options.passphrase_file.empty()) {
    SEGELL_TRY(old, load_passphrase(options.passphrase_file));
  }
  SEGELL_TRY(const base::DecryptionKey key, load_custody_key(options.key, old));
  const auto half = [&](std::size_t number) -> Result<base::Secret> {
    if (number < options.halves.size()) return load_passphrase(options.halves[number]);
    return ask_passphrase(number == 0 ? "half of the first person: " : "half of the second person: ");
  };
  if (options.halves.size() == 1)
    return fail(Code::invalid_argument, "custody.halves", "one half was given, and two are needed",
                "give --half twice, one of each person, or leave it out to be asked");
  SEGELL_TRY(const base::Secret one, half(0));
  SEGELL_TRY(const base::Secret other, half(1));
  SEGELL_TRY(const base::Secret passphrase, combine_halves(one, other));
  SEGELL_TRY(const base::Secret pem, key.write_encrypted_pem(passphrase));
  return write_new(options.output, pem.view());
}

}  // namespace

Action declare_ink_half(CLI::App& app) {
  const auto output = std::make_shared<std::string>();
  app.add_option("-o,--output", *output, "new file for the half, readable by its owner only")->required();
  return [output](const Context& context) {
    base::Bytes octets = base::random_bytes(kHalfOctets);
    const base::Secret random(std::move(octets));
    const base::Secret line(base::to_bytes(base::to_hex(random.view()) + "\n"));
    const auto written = write_new(*output, line.view());
    if (!written) return report(context, written.error());
    context.out << *output << ": a half of a passphrase; keep it where the other half never is\n";
    return ExitCode::passed;
  };
}

Action declare_ink_key(CLI::App& app) {
  const auto options = std::make_shared<KeyOptions>();
  app.add_option("--key", options->key, "the key as it is: a PEM or PKCS#12 file")->required();
  app.add_option("--passphrase-file", options->passphrase_file, "file whose first line opens it");
  app.add_option("--half", options->halves,
                 "file with the half of one person; give it twice, or leave it out to be asked")
      ->take_all();
  app.add_option("-o,--output", options->output, "new file for the key that needs both halves")->required();
  return [options](const Context& context) {
    const auto done = protect_key(*options);
    if (!done) return report(context, done.error());
    context.out << options->output << ": opens with both halves only; try it, then destroy the old key file\n";
    return ExitCode::passed;
  };
}

}  // namespace segell::cli
