#pragma once

#include "tst_info.h"
#include "work.h"

namespace segell::signer::ades {

/// A timestamp token that can be read (RFC 3161 2.4.2) and is not believed yet.
struct ReadToken {
  CmsMessage message;
  TstInfo info;
};

/// Error: malformed, with words that go into a check.
base::Result<ReadToken> read_token(base::BytesView der);

/// What a token inside of a message is asked.
struct TokenQuestion {
  base::BytesView imprint;   ///< the digest of what it should cover, by its own algorithm
  std::string_view covers;   ///< that in words
  const CmsMessage& around;  ///< the message that it stands in: its certificates and revocation data help
  std::span<const base::Certificate> others;  ///< certificates at hand
  std::uint64_t message_end = 0;              ///< one past the message's last octet in the file
  /// When a later trusted timestamp covered it (EN 319 102-1 5.6.3); nothing: it has to hold now.
  std::optional<base::Instant> proven;
};

struct TokenVerdict {
  bool sound = false;    ///< imprint, signature and binding hold, and its time is possible
  bool trusted = false;  ///< and the authority's path holds at the time that the token is proven for
  base::Instant time{};
  base::Microseconds accuracy{0};
  std::optional<std::uint64_t> data_end{};  ///< PathJudgement::data_end of the authority's path
  std::string detail{};
};

TokenVerdict judge_token(Inquiry& file, const ReadToken& token, const TokenQuestion& question);

}  // namespace segell::signer::ades
