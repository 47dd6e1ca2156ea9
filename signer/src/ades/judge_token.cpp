#include "judge_token.h"

#include "algorithms.h"
#include "judge_path.h"

#include <algorithm>

namespace segell::signer::ades {

base::Result<ReadToken> read_token(base::BytesView der) {
  const auto unreadable = [](const std::string& why) {
    return base::fail(base::Code::malformed, "timestamp.malformed", "the timestamp cannot be read: " + why);
  };
  auto message = parse_cms(der);
  if (!message) return unreadable(message.error().message);
  if (!message->content || !message->digest) return unreadable("it has no content or an unknown digest");
  if (message->length != der.size()) return unreadable("octets follow it");
  auto info = read_tst_info(*message->content);
  if (!info) return unreadable(info.error().message);
  return ReadToken{*std::move(message), *std::move(info)};
}

TokenVerdict judge_token(Inquiry& file, const ReadToken& token, const TokenQuestion& question) {
  TokenVerdict out;
  out.time = token.info.time;
  out.accuracy = token.info.accuracy;
  if (!token.info.imprint_digest) {
    out.detail = "the timestamp is over a digest that is not known";
    return out;
  }
  if (!std::ranges::equal(question.imprint, token.info.imprint)) {
    out.detail = "the timestamp is over other octets than " + std::string(question.covers);
    return out;
  }
  std::vector<base::Certificate> certificates;
  for (const base::Bytes& one : token.message.certificates)
    if (auto certificate = file.certificates.get(one)) certificates.push_back(*std::move(certificate));
  certificates.insert(certificates.end(), question.others.begin(), question.others.end());
  const MessageJudgement judged = judge_message(token.message, digest_of(*token.message.digest, *token.message.content),
                                                certificates, {.content_type = kTstInfo, .prefix = "time."});
  if (!judged.holds()) {
    out.detail = "the timestamp's signature does not hold: " + judged.first_fault();
    return out;
  }
  out.detail = impossible_time(file, token.info, *judged.signer);
  if (!out.detail.empty()) return out;
  out.sound = true;
  const PathJudgement path = judge_path(file, {.signer = *judged.signer,
                                               .others = certificates,
                                               .message = token.message,
                                               .around = &question.around,
                                               .message_end = question.message_end,
                                               .covered = token.info.imprint_digest,
                                               .best = question.proven,
                                               .stamped = token.info.time,
                                               .purpose = Purpose::stamp_time});
  out.data_end = path.data_end;
  SignatureFacts facts = path.facts;
  facts.now = file.options.at;
  facts.proven_before = question.proven;
  const Conclusion conclusion = decide(facts);
  out.trusted = conclusion.indication == Indication::total_passed;
  out.detail = base::format_rfc3339(out.time) + " by " + judged.signer->common_name();
  if (!out.trusted) out.detail += ", not trusted: " + std::string(to_string(conclusion.sub_indication));
  return out;
}

}  // namespace segell::signer::ades
