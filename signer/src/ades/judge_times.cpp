#include "algorithms.h"
#include "judge_message.h"
#include "judge_path.h"
#include "work.h"

#include "signer/ades/timestamp_token.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

void prove_before(Work& work, base::Instant time) {
  work.timestamped = true;
  work.facts.proven_before = work.facts.proven_before ? std::min(*work.facts.proven_before, time) : time;
}

struct TokenVerdict {
  bool sound = false;    // imprint, signature and binding hold
  bool trusted = false;  // and the authority's path holds at genTime
  base::Instant time;
  std::string detail;
};

TokenVerdict judge_token(Case& file, const Work& work, base::BytesView der) {
  TokenVerdict out;
  const auto token = TimestampToken::parse(der);
  const auto message = parse_cms(der);
  if (!token || !message) {
    out.detail = "the timestamp cannot be read: " + (token ? message.error().message : token.error().message);
    return out;
  }
  out.time = token->time();
  if (!timestamp_covers(*token, work.cms->signature)) {
    out.detail = "the timestamp is over other octets than the signature value";
    return out;
  }
  if (!message->content || !message->digest) {
    out.detail = "the timestamp has no content or an unknown digest";
    return out;
  }
  std::vector<base::Certificate> certificates;
  for (const base::Bytes& one : message->certificates)
    if (auto certificate = file.certificates.get(one)) certificates.push_back(*std::move(certificate));
  certificates.insert(certificates.end(), work.certificates.begin(), work.certificates.end());
  const MessageJudgement judged = judge_message(*message, digest_of(*message->digest, *message->content), certificates,
                                                {.content_type = kTstInfo, .prefix = "time."});
  if (!judged.holds()) {
    out.detail = "the timestamp's signature does not hold: " + judged.first_fault();
    return out;
  }
  out.sound = true;
  const PathJudgement path =
      judge_path(file, *judged.signer, certificates, *message, token->time(), Purpose::stamp_time);
  SignatureFacts facts = path.facts;
  facts.now = file.options.at;
  facts.proven_before = token->time();
  const Conclusion conclusion = decide(facts);
  out.trusted = conclusion.indication == Indication::total_passed;
  out.detail = base::format_rfc3339(token->time()) + " by " + judged.signer->common_name();
  if (!out.trusted) out.detail += ", not trusted: " + std::string(to_string(conclusion.sub_indication));
  return out;
}

void judge_signature_timestamps(Case& file, Work& work) {
  for (const base::Bytes& der : work.cms->timestamps) {
    const TokenVerdict token = judge_token(file, work, der);
    if (!token.sound) {
      work.break_constraint("time.signature-timestamp", token.detail);
    } else if (!token.trusted) {
      work.check("time.signature-timestamp", CheckStatus::warn, token.detail);
      file.not_checked("time", "the timestamp's authority is not trusted here");
    } else {
      work.check("time.signature-timestamp", CheckStatus::pass, token.detail);
      prove_before(work, token.time);
    }
  }
}

}  // namespace

void judge_document_timestamp(Case& file, Work& work, std::size_t index, const DigestPlan& plan) {
  if (!work.cms || !work.digest) return;
  const auto token = TimestampToken::parse(base::BytesView(work.signature.contents).first(work.cms->length));
  if (!token) return work.break_format("time.token", token.error().message);
  const base::Bytes& ranges = plan.result(*work.digest);
  if (!std::ranges::equal(token->imprint(), ranges)) {
    work.facts.digest_matches = false;
    work.verdict.integrity = Integrity::broken;
    work.check("time.imprint", CheckStatus::fail, "the timestamp is over other octets than the document has");
  } else {
    work.check("time.imprint", CheckStatus::pass);
  }
  work.facts.proven_before = token->time();
  judge_trust(file, work);
  SignatureFacts facts = work.facts;
  facts.now = file.options.at;
  if (decide(facts).indication != Indication::total_passed || !work.signature.covers) return;
  file.times.push_back({.time = token->time(), .signature = index, .covers = *work.signature.covers});
  work.verdict.proven_time = token->time();
  work.verdict.time_basis = TimeBasis::tsa;
}

void judge_times(Case& file, Work& work) {
  if (!work.cms) return;
  judge_signature_timestamps(file, work);
  for (const TrustedTime& time : file.times) {
    if (time.covers > work.signature.revision) {
      prove_before(work, time.time);
      work.check("time.document-timestamp", CheckStatus::pass, base::format_rfc3339(time.time));
    } else if (time.covers < work.signature.revision) {
      work.facts.proven_after = std::max(work.facts.proven_after.value_or(time.time), time.time);
    }
  }
  if (!work.facts.proven_before) return;
  work.verdict.proven_time = work.facts.proven_before;
  work.verdict.time_basis = TimeBasis::tsa;
}

}  // namespace segell::signer::ades
