#include "revocation.h"

#include "certificate_facts.h"
#include "policy.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using State = RevocationAnswer::State;

// How long an answer counts that does not say when the next one comes.
constexpr std::chrono::hours kWithoutNext{7 * 24};
// Clocks differ.
constexpr std::chrono::minutes kTolerance{5};

bool in_force(const RevocationAnswer& answer, base::Instant at) {
  return answer.issued <= at + kTolerance && at <= answer.valid_until.value_or(answer.issued + kWithoutNext);
}

// Empty when the suite relies on the answer's own signature; else why not.
std::string weakness(const RevocationAnswer& answer, const Evidence& evidence, const RevocationQuestion& question) {
  AlgorithmPolicy limits;
  if (answer.digest) limits.add(limit_of(question.suite, *answer.digest));
  limits.add(limit_of_signature(question.suite, answer.method, answer.digest, answer.signer->native_public_key()));
  const base::Instant at = question.existed(evidence).value_or(question.now);
  if (!limits.accepted || (limits.until && at > *limits.until))
    return "the revocation data at hand is signed with " + limits.weakest + ", which the suite does not rely on";
  return {};
}

// Empty when the answer "good" may be used; else why not.
std::string objection(const RevocationAnswer& answer, const base::Certificate& certificate, const Evidence& evidence,
                      const RevocationQuestion& question) {
  const bool kept = answer.keeps_since && certificate.not_after() >= *answer.keeps_since;
  if (answer.issued > certificate.not_after() && !kept)
    return "the revocation data at hand is from after the certificate's end, when its issuer may have forgotten it";
  const bool timely =
      in_force(answer, question.now) || (question.proven && answer.issued <= question.now &&
                                         (answer.issued >= *question.proven || in_force(answer, *question.proven)));
  if (!timely) return "the revocation data at hand is not in force at the time of validation";
  return weakness(answer, evidence, question);
}
bool is_out_of_bounds(const RevocationAnswer& answer, const Evidence& evidence, const RevocationQuestion& question) {
  const base::Instant at = question.existed(evidence).value_or(question.now);
  return at < answer.signer->not_before() || at > answer.signer->not_after();
}

// Empty when the suite relies on the responder's own certificate; else why not.
std::string responder_weakness(const RevocationAnswer& answer, const base::Certificate& issuer,
                               const Evidence& evidence, const RevocationQuestion& question) {
  if (answer.list || !answer.signer || *answer.signer == issuer) return {};
  const auto [digest, signature] = limits_of_certificate(question.suite, *answer.signer, issuer);
  AlgorithmPolicy limits;
  limits.add(digest);
  limits.add(signature);
  const base::Instant at = question.existed(evidence).value_or(question.now);
  if (!limits.accepted || (limits.until && at > *limits.until))
    return "the certificate of the responder is signed with " + limits.weakest + ", which the suite does not rely on";
  return {};
}

// A responder's certificate may be revoked as any other, unless its issuer said that nobody need ask (RFC 6960
// 4.2.2.2.1). Whoever has its key may date an answer back: only a proof from before the revocation holds it.
std::string responder_fault(const RevocationAnswer& answer, const base::Certificate& issuer, const Evidence& evidence,
                            std::span<const Evidence> all, const RevocationQuestion& question) {
  if (!answer.signer || *answer.signer == issuer || has_ocsp_no_check(*answer.signer)) return {};
  const base::Instant proven = question.existed(evidence).value_or(question.now);
  for (const Evidence& other : all) {
    const RevocationAnswer of_responder = other.data->ask(*answer.signer, issuer, question.authorities);
    if (of_responder.state != State::revoked || of_responder.signer == answer.signer) continue;
    if (*of_responder.revoked_at <= proven)
      return "the certificate of the responder was revoked at " + base::format_rfc3339(*of_responder.revoked_at);
  }
  return {};
}

void note_revoked(const RevocationAnswer& answer, RevocationStatus& status) {
  status.state = RevocationStatus::State::revoked;
  if (status.revoked_at && *status.revoked_at <= *answer.revoked_at) return;
  status.revoked_at = answer.revoked_at;
  status.on_hold = answer.on_hold;
  status.reason = answer.reason;
}

// An answer with where it comes from.
struct Answered {
  Evidence evidence;
  RevocationAnswer answer;
  std::string fault{};  // of a list under a delta: why its own signature is not relied on
};

// What a list and its delta say together: what a complete list of the delta's time would (RFC 5280 5.2.4).
Answered combined(const Answered& list, const Answered& delta, const RevocationQuestion& question) {
  Answered out = delta;
  out.evidence.embedded = list.evidence.embedded && delta.evidence.embedded;
  out.evidence.end = std::max(list.evidence.end, delta.evidence.end);
  out.evidence.archived = list.evidence.archived && delta.evidence.archived
                              ? std::max(list.evidence.archived, delta.evidence.archived)
                              : std::nullopt;
  if (delta.answer.state == State::revoked) return out;
  out.fault = weakness(list.answer, out.evidence, question);
  out.answer.state = list.answer.state;
  out.answer.reason = list.answer.reason;
  out.answer.revoked_at = list.answer.revoked_at;
  out.answer.on_hold = list.answer.on_hold;
  // only a suspension is taken back: other entries leave a list because their certificates have ended (5.3.1)
  if (!delta.answer.list->lifts || list.answer.state != State::revoked || !list.answer.on_hold) return out;
  out.answer.state = State::good;
  out.answer.revoked_at.reset();
  out.answer.on_hold = false;
  out.answer.reason.clear();
  return out;
}

// Lists with the latest of their deltas. A delta that some list continues past, or that is put on one, says nothing
// more of its own; any other one revokes, and proves nothing good.
std::vector<Answered> with_deltas(const std::vector<Answered>& all, const RevocationQuestion& question) {
  std::vector<Answered> out;
  std::vector<bool> spent(all.size());
  for (const Answered& one : all) {
    const auto& list = one.answer.list;
    if (!list || list->base_number) continue;
    const Answered* latest = nullptr;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& delta = all[i].answer.list;
      if (!delta || !delta->base_number || delta->scope != list->scope) continue;
      const bool applies = delta->continues(*list);
      // a later list says what became of a suspension; one without a number does not say whether it is later
      spent[i] = spent[i] || applies || (!list->number.empty() && !is_less(list->number, delta->number));
      if (applies && (latest == nullptr || is_less(latest->answer.list->number, delta->number))) latest = &all[i];
    }
    out.push_back(latest == nullptr ? one : combined(one, *latest, question));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].answer.list || (all[i].answer.list->base_number && !spent[i])) out.push_back(all[i]);
  return out;
}

}  // namespace

RevocationStatus check_revocation(const base::Certificate& certificate, const base::Certificate& issuer,
                                  std::span<const Evidence> evidence, const RevocationQuestion& question) {
  RevocationStatus status;
  status.reason = "no revocation data and no network";
  std::vector<Answered> answers;
  for (const Evidence& one : evidence) {
    RevocationAnswer answer = one.data->ask(certificate, issuer, question.authorities);
    if (answer.state != State::silent) answers.push_back({one, std::move(answer)});
  }
  for (const Answered& one : with_deltas(answers, question)) {
    const RevocationAnswer& answer = one.answer;
    if (answer.state == State::revoked) {
      note_revoked(answer, status);
      continue;
    }
    if (status.state == RevocationStatus::State::revoked) continue;
    std::string fault =
        answer.state == State::good ? objection(answer, certificate, one.evidence, question) : answer.reason;
    if (fault.empty()) fault = one.fault;
    if (fault.empty()) fault = responder_weakness(answer, issuer, one.evidence, question);
    if (fault.empty()) fault = responder_fault(answer, issuer, one.evidence, evidence, question);
    if (!fault.empty()) {
      if (status.state == RevocationStatus::State::unknown) status.reason = fault;
      continue;
    }
    const bool first = status.state != RevocationStatus::State::good;
    status.out_of_bounds = (first || status.out_of_bounds) && is_out_of_bounds(answer, one.evidence, question);
    status.state = RevocationStatus::State::good;
    status.reason.clear();
    const Evidence& source = one.evidence;
    if (source.embedded) status.embedded_end = std::min(status.embedded_end.value_or(source.end), source.end);
  }
  if (status.state == RevocationStatus::State::revoked) status.embedded_end.reset();
  return status;
}

}  // namespace segell::signer::ades
