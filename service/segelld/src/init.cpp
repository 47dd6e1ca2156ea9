#include "app/provision.h"
#include "base/file.h"
#include "base/time.h"
#include "segelld/assembly.h"
#include "segelld/commands.h"
#include "segelld/letter_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

namespace segell::segelld {

using base::Code;
using base::fail;

int report(const base::Error& error) {
  std::cerr << "segelld: " << error.message << '\n';
  if (!error.hint.empty()) std::cerr << "hint: " << error.hint << '\n';
  return kExitFailed;
}

base::Result<void> write_token(const std::string& path, const std::string& token) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const auto line = token + '\n';
  const bool written = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (written) return base::ok();
  return fail(Code::io, "segelld.token-file", "cannot write the new file " + path + ": " + base::system_words(reason),
              "name a file that does not exist yet, in a folder you may write to");
}

namespace {

base::Result<void> provision(const Config& config, const InitWish& wish) {
  const base::SystemClock clock;
  SEGELL_TRY(const auto settings, load_settings(config));  // tells wrong files before anything is made
  SEGELL_CHECK(make_data_folder(config));
  SEGELL_TRY(const auto opened, open_store(config));
  SEGELL_TRY(const auto tenant, app::create_tenant(*opened->store, clock, config.organisation, config.log_origin));
  app::NewToken wanted;
  wanted.label = "first integrator";
  wanted.rights = {app::Right::documents_write, app::Right::documents_seal, app::Right::documents_read,
                   app::Right::persons_write,   app::Right::persons_erase,  app::Right::notices_write,
                   app::Right::requests_write,  app::Right::evaluate};
  wanted.agreement = {{}};  // of every question: the organisation's own system
  SEGELL_TRY(const auto issued, app::issue_token(*opened->store, clock, tenant.tenant, wanted));
  std::cout << "tenant " << tenant.tenant.text() << "\nlog " << tenant.origin << "\nlog-key " << tenant.log_key
            << "\nactor " << issued.actor.text() << '\n';
  if (wish.token_file.empty()) {
    std::cout << "token " << issued.token << '\n';
  } else {
    SEGELL_CHECK(write_token(wish.token_file, issued.token));
    std::cout << "token-file " << wish.token_file << '\n';
  }
  std::cout << std::flush;
  return base::ok();
}

}  // namespace

int init(const Config& config, const InitWish& wish) {
  if (auto done = provision(config, wish); !done) return report(done.error());
  return kExitOk;
}

int check(const Config& config) {
  auto settings = load_settings(config);
  if (!settings) {
    report(settings.error());
    return kExitUsage;
  }
  if (const auto oidc = load_oidc(config); !oidc) {
    report(oidc.error());
    return kExitUsage;
  }
  if (const auto letters = LetterFolder::open(config); !letters) {
    report(letters.error());
    return kExitUsage;
  }
  // segelld starts with such a seal, to answer and to show what is stored, and refuses every act.
  const auto usable = app::check_seal(settings->tenants.front().seal, base::SystemClock().now());
  if (!usable) {
    base::Error error = usable.error();
    error.message = "tenant.seal: " + error.message;
    report(error);
    return kExitUsage;
  }
  std::cout << config.file << " is good\n";
  return kExitOk;
}

}  // namespace segell::segelld
