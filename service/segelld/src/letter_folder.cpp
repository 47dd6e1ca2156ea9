#include "segelld/letter_folder.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/random.h"
#include "segelld/letter.h"

#include <spdlog/spdlog.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace segell::segelld {

using base::Code;
using base::fail;

LetterFolder::LetterFolder(std::string folder, std::string organisation, std::string address)
    : m_folder(std::move(folder)), m_organisation(std::move(organisation)), m_address(std::move(address)) {}

base::Result<std::unique_ptr<LetterFolder>> LetterFolder::open(const Config& config) {
  const std::string& folder = config.login_letters;
  if (folder.empty()) return std::unique_ptr<LetterFolder>();
  struct stat is {};
  if (::stat(folder.c_str(), &is) != 0 || !S_ISDIR(is.st_mode) || ::access(folder.c_str(), W_OK | X_OK) != 0)
    return fail(Code::io, "config.letters", "login.letters: cannot write letters into " + folder,
                "make the folder, for the service's user: install -d -m 0700 " + folder);
  if ((is.st_mode & S_IRWXO) != 0)
    return fail(Code::io, "config.letters", "login.letters: everybody on this machine can open " + folder,
                "chmod 0700 (or 0750 with the group of whoever prints)");
  return std::unique_ptr<LetterFolder>(new LetterFolder(folder, config.organisation, config.public_url + "/login"));
}

std::string LetterFolder::path_of(const std::string& reference) const { return m_folder + '/' + reference + ".txt"; }

base::Result<std::string> LetterFolder::put(const app::Letter& letter) {
  std::string reference = "letter-" + base::to_hex(base::random_bytes(6));
  const LetterFacts facts{m_organisation, m_address, letter.shown, letter.name, letter.code, letter.until};
  auto written = write_secret_file(path_of(reference), write_letter(facts, letter.language));
  if (!written) {
    spdlog::error("a letter could not be written: {}", written.error().message);
    take_out(reference);
    return fail(Code::io, "letter.not-kept", "the letter could not be written, and nothing was changed",
                "tell whoever runs the service: the folder of letters");
  }
  return reference;
}

void LetterFolder::take_out(const std::string& reference) noexcept { ::unlink(path_of(reference).c_str()); }

}  // namespace segell::segelld
