#include "app/notices.h"

#include "base/encoding.h"
#include "checks.h"
#include "events.h"
#include "notice_lookup.h"
#include "once.h"
#include "state.h"

#include <algorithm>

namespace segell::app {

namespace {

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

base::Result<void> check(const NewNotice& notice) {
  if (!consent::is_code(notice.key) || !is_language(notice.language) || !is_plain_text(notice.title, 300) ||
      !is_plain_text(notice.text, 20'000, /*lines=*/true)) {
    return base::fail(base::Code::invalid_argument, "notice.invalid",
                      "a notice needs a key, a language, a title and a text within bounds");
  }
  return base::ok();
}

}  // namespace

base::Result<Reply> publish_notice(Service& service, const Caller& caller, const NewNotice& notice,
                                   const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::notices_write));
  SEGELL_CHECK(check(notice));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  const base::Instant now = state.clock.now();
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(const std::int64_t latest, transaction.notices().latest_version(notice.key, notice.language));
        const auto version = static_cast<std::uint32_t>(latest + 1);
        const consent::Notice text{notice.key, version, notice.language, notice.title, notice.text};
        const base::Sha256 digest = consent::notice_digest(text);
        SEGELL_TRY(const std::uint64_t index,
                   transaction.append_event(encode(EventHead{now, caller.actor},
                                                   NoticePublished{notice.key, version, notice.language, digest})));
        SEGELL_CHECK(transaction.notices().add(
            {notice.key, latest + 1, notice.language, notice.title, notice.text, digest, now, index}));
        base::Json answer = base::Json::object();
        answer.set("notice", base::Json::object({{"key", notice.key},
                                                 {"version", latest + 1},
                                                 {"language", notice.language},
                                                 {"sha256", base::to_hex(digest)}}));
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<consent::NoticeReference> find_notice(const storage::View& view, const NoticeInput& wanted,
                                                   const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    std::int64_t version = wanted.version;
    if (version == 0) {
      SEGELL_TRY(version, view.notices().latest_version(wanted.key, language));
    }
    auto found = view.notices().get(wanted.key, version, language);
    if (found) {
      return consent::NoticeReference{found->key, static_cast<std::uint32_t>(found->version), found->language,
                                      found->sha256};
    }
    if (found.error().code != base::Code::not_found) return base::fail(std::move(found).error());
  }
  return base::fail(base::Code::not_found, "notice.unknown", "no such version of that notice in that language",
                    "publish the notice first");
}

}  // namespace segell::app
