#include "algorithms.h"
#include "judge_message.h"
#include "judge_path.h"
#include "tst_info.h"
#include "work.h"

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

TokenVerdict judge_token(Inquiry& file, const Work& work, base::BytesView der) {
  TokenVerdict out;
  const auto message = parse_cms(der);
  if (!message) {
    out.detail = "the timestamp cannot be read: " + message.error().message;
    return out;
  }
  if (!message->content || !message->digest) {
    out.detail = "the timestamp has no content or an unknown digest";
    return out;
  }
  const auto info = read_tst_info(*message->content);
  if (!info || message->length != der.size()) {
    out.detail = "the timestamp cannot be read: " + (info ? "octets follow it" : info.error().message);
    return out;
  }
  out.time = info->time;
  if (!info->imprint_digest) {
    out.detail = "the timestamp is over a digest that is not known";
    return out;
  }
  if (digest_of(*info->imprint_digest, work.cms->signature) != info->imprint) {
    out.detail = "the timestamp is over other octets than the signature value";
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
      judge_path(file, *judged.signer, certificates, *message, info->imprint_digest, info->time, Purpose::stamp_time);
  SignatureFacts facts = path.facts;
  facts.now = file.options.at;
  facts.proven_before = info->time;
  const Conclusion conclusion = decide(facts);
  out.trusted = conclusion.indication == Indication::total_passed;
  out.detail = base::format_rfc3339(info->time) + " by " + judged.signer->common_name();
  if (!out.trusted) out.detail += ", not trusted: " + std::string(to_string(conclusion.sub_indication));
  return out;
}

void judge_signature_timestamps(Inquiry& file, Work& work) {
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

void note_proven_time(Work& work) {
  if (!work.facts.proven_before) return;
  work.verdict.proven_time = work.facts.proven_before;
  work.verdict.time_basis = TimeBasis::tsa;
}

}  // namespace

void judge_document_timestamp(Case& file, Work& work, std::size_t index, const DigestPlan& plan) {
  if (!work.cms || !work.digest) return;
  const auto info = work.cms->content ? read_tst_info(*work.cms->content)
                                      : base::fail(base::Code::malformed, "timestamp.malformed", "it has no content");
  if (!info) return work.break_format("time.token", info.error().message);
  const base::Bytes& ranges = plan.result(*work.digest);
  if (info->imprint != ranges) {
    work.facts.digest_matches = false;
    work.verdict.integrity = Integrity::broken;
    work.check("time.imprint", CheckStatus::fail, "the timestamp is over other octets than the document has");
  } else {
    work.check("time.imprint", CheckStatus::pass);
  }
  work.facts.proven_before = info->time;
  judge_trust(file, work);
  SignatureFacts facts = work.facts;
  facts.now = file.options.at;
  if (decide(facts).indication != Indication::total_passed || !work.signature.covers) return;
  file.times.push_back({.time = info->time, .signature = index, .covers = *work.signature.covers});
  work.verdict.proven_time = info->time;
  work.verdict.time_basis = TimeBasis::tsa;
}

void judge_signature_times(Inquiry& file, Work& work) {
  judge_signature_timestamps(file, work);
  note_proven_time(work);
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
  note_proven_time(work);
}

}  // namespace segell::signer::ades
