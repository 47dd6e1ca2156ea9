#include "app/provision.h"
#include "base/time.h"
#include "segelld/assembly.h"
#include "segelld/commands.h"

#include <algorithm>
#include <iostream>

namespace segell::segelld {

using base::Code;
using base::fail;

base::Result<base::TenantId> find_tenant(storage::Store& store, const Config& config) {
  SEGELL_TRY(const auto tenants, store.tenants());
  if (tenants.empty())
    return fail(Code::not_found, "segelld.no-tenant", "the store in " + config.data + " has no organisation yet",
                "an init that was cut off: move the folder away and run `segelld init` again");
  if (tenants.size() > 1)
    return fail(Code::unsupported, "segelld.several-tenants", "the store holds several organisations",
                "this version serves one a process");
  return tenants.front().id;
}

namespace {

base::Result<std::vector<app::Right>> parse_rights(std::string_view text) {
  std::vector<app::Right> rights;
  while (true) {
    const auto end = text.find(',');
    const auto right = app::parse_right(text.substr(0, end));
    if (!right)
      return fail(Code::invalid_argument, "segelld.right", "unknown right '" + std::string(text.substr(0, end)) + "'",
                  "documents:write, documents:seal, documents:read, persons:write, persons:erase, notices:write, "
                  "requests:write and evaluate, separated by commas");
    rights.push_back(*right);
    if (end == text.npos) return rights;
    text.remove_prefix(end + 1);
  }
}

base::Result<app::NewToken> parse_wish(const TokenWish& wish) {
  app::NewToken wanted;
  wanted.label = wish.label;
  SEGELL_TRY(wanted.rights, parse_rights(wish.rights));
  const bool evaluates =
      std::find(wanted.rights.begin(), wanted.rights.end(), app::Right::evaluate) != wanted.rights.end();
  const bool named = !wish.purpose.empty() || !wish.category.empty() || !wish.recipient.empty();
  if (evaluates != (named || wish.every_question) || (named && wish.every_question))
    return fail(Code::invalid_argument, "segelld.questions",
                evaluates ? "the right evaluate needs the questions that it covers"
                          : "only the right evaluate covers questions",
                "with evaluate give --purpose, --category or --recipient, or else --every-question");
  if (evaluates) wanted.agreement = {{wish.purpose, wish.category, wish.recipient}};
  return wanted;
}

base::Result<void> issue(storage::Store& store, base::TenantId tenant, const TokenWish& wish) {
  SEGELL_TRY(const auto wanted, parse_wish(wish));
  SEGELL_TRY(const auto issued, app::issue_token(store, base::SystemClock(), tenant, wanted));
  std::cout << "actor " << issued.actor.text() << '\n';
  if (wish.token_file.empty()) {
    std::cout << "token " << issued.token << '\n';
  } else {
    SEGELL_CHECK(write_token(wish.token_file, issued.token));
    std::cout << "token-file " << wish.token_file << '\n';
  }
  return base::ok();
}

base::Result<void> revoke(storage::Store& store, base::TenantId tenant, const std::string& actor) {
  const auto id = app::ActorId::parse(actor);
  if (!id)
    return fail(Code::invalid_argument, "segelld.actor", "'" + actor + "' is no name of a token",
                "the name stood beside the token when it was issued, after the word actor");
  SEGELL_CHECK(app::revoke_token(store, base::SystemClock(), tenant, *id));
  std::cout << "revoked " << id->text() << '\n';
  return base::ok();
}

base::Result<void> run(const Config& config, const TokenWish& wish) {
  // Before the store is opened: what cannot be issued needs no service stopped.
  if (wish.revoke.empty()) SEGELL_CHECK(parse_wish(wish));
  SEGELL_TRY(const auto opened, open_store(config));
  SEGELL_TRY(const auto tenant, find_tenant(*opened->store, config));
  if (wish.revoke.empty()) return issue(*opened->store, tenant, wish);
  return revoke(*opened->store, tenant, wish.revoke);
}

}  // namespace

int token(const Config& config, const TokenWish& wish) {
  if (auto done = run(config, wish); !done) return report(done.error());
  std::cout << std::flush;
  return kExitOk;
}

}  // namespace segell::segelld
