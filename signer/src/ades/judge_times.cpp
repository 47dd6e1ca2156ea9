#include "algorithms.h"
#include "judge_token.h"
#include "tst_info.h"
#include "work.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace segell::signer::ades {
namespace {

// Timestamps of two authorities whose clocks differ by less do not contradict each other.
constexpr std::chrono::minutes kClockDifference{1};

std::optional<base::Instant> earlier(std::optional<base::Instant> a, std::optional<base::Instant> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

// The earliest trusted document timestamp behind that revision.
std::optional<base::Instant> proven_by_later(const Inquiry& file, pdf::RevisionIndex revision) {
  std::optional<base::Instant> earliest;
  for (const TrustedTime& time : file.times)
    if (time.covers > revision) earliest = std::min(earliest.value_or(time.time), time.time);
  return earliest;
}

TokenVerdict judge_signature_timestamp(Inquiry& file, const Work& work, base::BytesView der) {
  const auto token = read_token(der);
  if (!token) return {.detail = token.error().message};
  const auto imprint =
      token->info.imprint_digest ? digest_of(*token->info.imprint_digest, work.cms->signature) : base::Bytes();
  return judge_token(file, *token,
                     {.imprint = imprint,
                      .covers = "the signature value",
                      .around = *work.cms,
                      .others = work.certificates,
                      .message_end = work.signature.covered_end(),
                      .proven = earlier(proven_by_later(file, work.signature.revision), file.archived_since(der))});
}

void judge_signature_timestamps(Inquiry& file, Work& work) {
  for (const base::Bytes& der : work.cms->timestamps) {
    const TokenVerdict token = judge_signature_timestamp(file, work, der);
    if (!token.sound) {
      work.break_constraint("time.signature-timestamp", token.detail);
    } else if (!token.trusted) {
      work.check("time.signature-timestamp", CheckStatus::warn, token.detail);
      file.not_checked("time", "the timestamp's authority is not trusted here");
    } else {
      work.check("time.signature-timestamp", CheckStatus::pass, token.detail);
      work.prove_before(token.time);
      if (work.own_time && *work.own_time <= token.time) continue;
      work.own_time = token.time;
      work.own_accuracy = token.accuracy;
      work.time_data_end = token.data_end;
    }
  }
}

// The latest moment that a timestamp can mean.
base::Instant latest_of(const TrustedTime& time) { return time.time + time.accuracy + kClockDifference; }

void contradict(Work& work) {
  if (!std::exchange(work.facts.order_holds, false)) return;
  work.check("time.order", CheckStatus::fail, "it is older than a timestamp inside what it covers");
}

void note_proven_time(Work& work) {
  if (!work.facts.proven_before) return;
  work.verdict.proven_time = work.facts.proven_before;
  work.verdict.time_basis = TimeBasis::tsa;
}

}  // namespace

std::string impossible_time(const Inquiry& file, const TstInfo& info, const base::Certificate& authority) {
  const std::string when = "the timestamp says " + base::format_rfc3339(info.time);
  if (info.time - info.accuracy > file.options.at + kClockDifference) return when + ", which has not come yet";
  if (info.time + info.accuracy < authority.not_before())
    return when + ", before its authority's certificate began to be valid";
  if (info.time - info.accuracy > authority.not_after())
    return when + ", after its authority's certificate had ceased to be valid";
  return {};
}

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
  if (work.signer) {
    const std::string impossible = impossible_time(file, *info, *work.signer);
    if (!impossible.empty()) work.break_constraint("time.token", impossible);
  }
  work.facts.proven_before = proven_by_later(file, work.signature.revision);
  judge_trust(file, work, info->time);
  SignatureFacts facts = work.facts;
  facts.now = file.options.at;
  if (decide(facts).indication != Indication::total_passed || !work.signature.covers) return;
  file.times.push_back({.time = info->time,
                        .accuracy = info->accuracy,
                        .signature = index,
                        .covers = *work.signature.covers,
                        .end = work.signature.covered_end()});
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
      work.prove_before(time.time);
      work.check("time.document-timestamp", CheckStatus::pass, base::format_rfc3339(time.time));
    } else if (time.covers < work.signature.revision) {
      work.facts.proven_after = std::max(work.facts.proven_after.value_or(time.time), time.time);
    }
  }
  note_proven_time(work);
}

void judge_order(Case& file, std::vector<Work>& works) {
  // Ordered by what they cover, so that whatever is inside a timestamp stands before it. The latest inner time at least
  // decides for all of them.
  std::vector<const TrustedTime*> outward;
  for (const TrustedTime& time : file.times) outward.push_back(&time);
  std::ranges::sort(outward, {}, &TrustedTime::covers);
  std::optional<base::Instant> inside;
  auto passed = outward.begin();
  for (const TrustedTime* outer : outward) {
    for (; (*passed)->covers < outer->covers; ++passed) {
      const base::Instant earliest = (*passed)->time - (*passed)->accuracy;
      inside = std::max(inside.value_or(earliest), earliest);
    }
    if (inside && *inside > latest_of(*outer)) contradict(works[outer->signature]);
  }
  // and the earliest of the timestamps around a signature
  std::optional<std::pair<base::Instant, const TrustedTime*>> around;
  std::vector<Work*> inward;
  for (Work& work : works)
    if (work.own_time) inward.push_back(&work);
  std::ranges::sort(inward, std::greater<>(), [](const Work* work) { return work->signature.revision; });
  auto next = outward.rbegin();
  for (Work* work : inward) {
    for (; next != outward.rend() && (*next)->covers > work->signature.revision; ++next)
      if (!around || latest_of(**next) < around->first) around.emplace(latest_of(**next), *next);
    if (!around || *work->own_time - work->own_accuracy <= around->first) continue;
    work->facts.order_holds = false;
    work->check("time.order", CheckStatus::fail, "a document timestamp around it is older than its own timestamp");
    contradict(works[around->second->signature]);
  }
}

}  // namespace segell::signer::ades
