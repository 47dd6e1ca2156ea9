#pragma once

#include "http/api.h"
#include "segelld/config.h"
#include "storage/store.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::segelld {

/// Exit codes of segelld; 70 comes from storage::ExitOnFatal.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  ///< could not start, or could not stop in time
inline constexpr int kExitUsage = 2;   ///< wrong arguments or configuration

/// Serves until SIGTERM or SIGINT; writes "listening URL" to stdout once it is ready.
int serve(const Config& config);

struct InitWish {
  std::string token_file;  ///< empty: the token goes to stdout
};
/// Writes a new file that nobody else on this machine can read: a token gives rights.
base::Result<void> write_token(const std::string& path, const std::string& token);
/// What went wrong, to stderr; kExitFailed.
int report(const base::Error& error);
/// The configuration speaks of one organisation; the store must hold exactly that one.
base::Result<base::TenantId> find_tenant(storage::Store& store, const Config& config);

/// Makes data folder, key file, tenant and the first integrator's token, which is shown once.
int init(const Config& config, const InitWish& wish);

struct TokenWish {
  std::string label;
  std::string rights;           ///< "evaluate,documents:read"
  std::string purpose;          ///< of the questions it may ask; empty: every one
  std::string category;         ///< the same
  std::string recipient;        ///< the same
  bool every_question = false;  ///< said aloud, when none of the three is given
  std::string token_file;       ///< empty: the token goes to stdout
  std::string revoke;           ///< an actor's name: end that token instead
};
/// Issues one more token, shown once, or ends one. segelld must not be running on the store.
int token(const Config& config, const TokenWish& wish);

/// `segelld account …` with the words behind `account`: makes accounts and keeps them, while segelld is stopped.
int account(const std::vector<std::string>& words);
inline constexpr std::string_view kAccountHelp =
    "       segelld account create --config FILE --name N --shown \"FIRST LAST\" --role R [--person ID]\n"
    "               --letter FILE [--days D] [--lang ca|es|en]\n"
    "                                                   a new login; its letter goes to its person, closed\n"
    "       segelld account create --config FILE --subject S --shown \"FIRST LAST\" --role R [--person ID]\n"
    "                                                   a login of that identity at the configured provider\n"
    "       segelld account code --config FILE --name N --letter FILE [--days D] [--lang ca|es|en]\n"
    "                                                   a new code: password and second factor are void at once\n"
    "       segelld account role --config FILE --name N --role R [--person ID] [--withdraw]\n"
    "       segelld account assign --config FILE --name N --person ID [--withdraw]\n"
    "       segelld account disable|enable|end-sessions|close --config FILE --name N\n"
    "       segelld account list --config FILE\n"
    "                                                   all of them while segelld is stopped\n";

/// Opens every file that the configuration names; opens no store and no port.
int check(const Config& config);

/// The built pages; none in builds with SEGELL_WEB=OFF.
std::span<const http::Asset> embedded_assets();

}  // namespace segell::segelld
