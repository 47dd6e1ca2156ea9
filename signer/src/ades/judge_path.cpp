#include "judge_path.h"

#include "policy.h"
#include "signature_policy.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

// A root that renewed its key keeps its name; of authorities above one another both may be believed.
bool are_related(const base::Certificate& a, const base::Certificate& b) {
  const auto same = [](base::BytesView x, base::BytesView y) { return std::ranges::equal(x, y); };
  return same(a.subject_der(), b.subject_der()) || same(a.issuer_der(), b.subject_der()) ||
         same(a.subject_der(), b.issuer_der());
}

class Authorities final : public RevocationAuthorities {
 public:
  Authorities(const Inquiry& file, const base::Certificate& anchor, std::span<const base::Certificate> others,
              base::Instant at)
      : m_file(file), m_anchor(anchor), m_others(others), m_at(at) {}
  [[nodiscard]] std::span<const base::Certificate> candidates() const override { return m_others; }
  [[nodiscard]] bool is_anchored(const base::Certificate& certificate) const override {
    const Path path = m_file.paths.build(certificate, m_others, m_at);
    if (path.chain != SignatureFacts::Chain::found || !are_related(path.certificates.back(), m_anchor)) return false;
    AlgorithmPolicy limits;
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const auto [digest, signature] =
          limits_of_certificate(suite_of(m_file.options), path.certificates[i], path.certificates[i + 1]);
      limits.add(digest);
      limits.add(signature);
    }
    return limits.accepted && (!limits.until || m_at <= *limits.until);
  }

 private:
  const Inquiry& m_file;
  const base::Certificate& m_anchor;
  std::span<const base::Certificate> m_others;
  base::Instant m_at;
};

struct PathJudge {
  Inquiry& file;
  const PathQuestion& question;
  std::optional<base::Instant> best;
  PathJudgement out;

  void check(std::string id, CheckStatus status, std::string detail = {}) {
    out.checks.push_back({std::move(id), status, std::move(detail)});
  }

  void anchor(const Path& path) {
    if (path.chain != SignatureFacts::Chain::found) return check("cert.chain", CheckStatus::fail, path.detail);
    const base::Certificate& anchor = path.certificates.back();
    const auto end = file.options.policy.trusted_until.find(anchor.fingerprint());
    if (end == file.options.policy.trusted_until.end())
      return check("cert.chain", CheckStatus::pass, "anchored in " + anchor.common_name());
    out.facts.anchor_until = end->second;
    check("cert.chain", judged_at() <= end->second ? CheckStatus::pass : CheckStatus::fail,
          "anchored in " + anchor.common_name() + ", trusted until " + base::format_rfc3339(end->second));
  }

  [[nodiscard]] base::Instant judged_at() const { return best ? std::min(*best, file.options.at) : file.options.at; }

  void usage(const Path& path) {
    const std::string fault = usage_fault(path.certificates, question.purpose == Purpose::stamp_time);
    check("cert.key-usage", fault.empty() ? CheckStatus::pass : CheckStatus::fail, fault);
    if (!fault.empty() && out.facts.chain == SignatureFacts::Chain::found)
      out.facts.chain = SignatureFacts::Chain::constraints;
  }

  void validity(const Path& path) {
    const base::Certificate& signer = path.certificates.front();
    out.facts.not_before = signer.not_before();
    out.facts.not_after = signer.not_after();
    for (const base::Certificate& above : std::span(path.certificates).subspan(1)) {
      out.facts.ca_not_before = std::max(out.facts.ca_not_before, above.not_before());
      out.facts.ca_not_after = std::min(out.facts.ca_not_after, above.not_after());
    }
    const base::Instant at = judged_at();
    const bool inside = at >= std::max(out.facts.not_before, out.facts.ca_not_before) &&
                        at <= std::min(out.facts.not_after, out.facts.ca_not_after);
    check("cert.validity", inside ? CheckStatus::pass : CheckStatus::fail,
          "valid from " + base::format_rfc3339(signer.not_before()) + " to " +
              base::format_rfc3339(signer.not_after()) + (best ? ", proven at " : ", judged at ") +
              base::format_rfc3339(at));
  }

  // When a timestamp of the file proves that the evidence existed.
  [[nodiscard]] std::optional<base::Instant> existed(const Evidence& evidence) const {
    std::optional<base::Instant> earliest = evidence.archived;
    if (!evidence.embedded) return earliest;
    for (const TrustedTime& time : file.times)
      if (time.end >= evidence.end) earliest = std::min(earliest.value_or(time.time), time.time);
    return earliest;
  }

  std::vector<Evidence> gather() const {
    std::vector<Evidence> all;
    const auto add = [&](const base::Bytes& der, base::Result<RevocationDataPtr> data) {
      if (data)
        all.push_back({.data = *std::move(data),
                       .embedded = true,
                       .end = question.message_end,
                       .archived = file.archived_since(der)});
    };
    for (const CmsMessage* message : {&question.message, question.around}) {
      if (message == nullptr) continue;
      for (const base::Bytes& der : message->crls) add(der, read_crl(der));
      for (const base::Bytes& der : message->ocsp) add(der, read_ocsp(der));
    }
    all.insert(all.end(), file.own_evidence.begin(), file.own_evidence.end());
    all.insert(all.end(), file.evidence.begin(), file.evidence.end());
    return all;
  }

  void note_certificates(const Path& path) {
    for (const base::Certificate& one : path.certificates)
      if (std::ranges::find(file.path_certificates, one) == file.path_certificates.end())
        file.path_certificates.push_back(one);
  }

  void note_gap(const base::Certificate& certificate, const base::Certificate& issuer) {
    const auto known = [&](const ValidationGaps::Gap& gap) { return gap.certificate == certificate; };
    if (std::ranges::none_of(file.gaps, known)) file.gaps.push_back({certificate, issuer});
  }

  void revocation(const Path& path) {
    const std::vector<Evidence> evidence = gather();
    const Authorities authorities(file, path.certificates.back(), question.others, best.value_or(file.options.at));
    const RevocationQuestion asked{.now = file.options.at,
                                   .proven = best || file.fresh_evidence ? best : question.stamped,
                                   .suite = suite_of(file.options),
                                   .authorities = authorities,
                                   .existed = [this](const Evidence& one) { return existed(one); }};
    note_certificates(path);
    out.data_end = 0;
    out.facts.path_answers = SignatureFacts::Answers::good;
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const base::Certificate& certificate = path.certificates[i];
      const RevocationStatus status = check_revocation(certificate, path.certificates[i + 1], evidence, asked);
      note_revocation(certificate, status, i == 0);
      note_answers(status, i == 0);
      if (!status.embedded_end || (file.fresh_evidence && status.out_of_bounds)) {
        if (status.state != RevocationStatus::State::revoked) note_gap(certificate, path.certificates[i + 1]);
        out.data_end.reset();
      }
      if (status.embedded_end && out.data_end) out.data_end = std::max(*out.data_end, *status.embedded_end);
    }
    // an anchor that signs itself needs no answer; as evidence for a signer that is too little
    if (path.certificates.size() == 1 && question.purpose == Purpose::sign_documents) out.data_end.reset();
  }

  void note_answers(const RevocationStatus& status, bool is_signer) {
    using Answers = SignatureFacts::Answers;
    const bool good = status.state == RevocationStatus::State::good;
    // a revocation is an answer: what it comes to depends on its time alone
    const bool answered = good || status.state == RevocationStatus::State::revoked;
    const Answers answers = !answered              ? Answers::missing
                            : status.out_of_bounds ? Answers::out_of_bounds
                                                   : Answers::good;
    if (is_signer && good) out.facts.signer_answers = answers;
    out.facts.path_answers = std::max(out.facts.path_answers, answers);
  }

  void note_revocation(const base::Certificate& certificate, const RevocationStatus& status, bool is_signer) {
    const std::string who = is_signer ? "the signer's certificate" : "the certificate of " + certificate.common_name();
    switch (status.state) {
      case RevocationStatus::State::good:
        return check("cert.revocation", status.out_of_bounds ? CheckStatus::warn : CheckStatus::pass,
                     who + " is not revoked" +
                         (status.out_of_bounds ? ", says somebody whose own certificate is not valid at this time; "
                                                 "nothing proves the answer older"
                                               : ""));
      case RevocationStatus::State::unknown:
        check("cert.revocation", CheckStatus::skip, who + ": " + status.reason);
        return file.not_checked("revocation", status.reason);
      case RevocationStatus::State::revoked:
        break;
    }
    // the date of the entry is what counts, whatever its reason: a proof of existence from before it stands
    const bool counts = judged_at() >= *status.revoked_at;
    check("cert.revocation", counts ? CheckStatus::fail : CheckStatus::warn,
          who + " was revoked at " + base::format_rfc3339(*status.revoked_at) + " (" + status.reason + ")" +
              (counts ? ""
               : best ? ", after the proven time"
                      : ", which is to come"));
    if (is_signer) out.facts.on_hold = status.on_hold;
    // of several authorities the one that was revoked first
    auto& revoked = is_signer ? out.facts.revoked_at : out.facts.ca_revoked_at;
    if (!revoked || *status.revoked_at < *revoked) revoked = status.revoked_at;
  }

  void algorithms(const Path& path) {
    const CmsMessage& message = question.message;
    const AlgorithmSuite& suite = suite_of(file.options);
    AlgorithmPolicy verdict;
    if (message.digest) verdict.add(limit_of(suite, *message.digest));
    if (question.covered) verdict.add(limit_of(suite, *question.covered));
    // whoever asks for two certificates of one MD5 gets them (RFC 6151 2.1), and exchanges them later
    const bool by_v2 = message.references_v1.empty() && !message.references.empty();
    if (by_v2 && message.references.front().digest == Digest::md5) verdict.add(limit_of(suite, Digest::md5));
    verdict.add(
        limit_of_signature(suite, message.method, message.digest, path.certificates.front().native_public_key()));
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const CertificateLimits limits = limits_of_certificate(suite, path.certificates[i], path.certificates[i + 1]);
      verdict.add(limits.digest);
      verdict.add(limits.signature);
    }
    out.facts.algorithms_accepted = verdict.accepted;
    out.facts.algorithms_until = verdict.until;
    const base::Instant at = judged_at();
    const bool fine = verdict.accepted && (!verdict.until || at <= *verdict.until);
    check("crypto.algorithms", fine ? CheckStatus::pass : CheckStatus::fail,
          fine ? ""
               : "the suite does not rely on " + verdict.weakest +
                     (verdict.accepted ? " after " + base::format_rfc3339(*verdict.until) : std::string()));
  }
};

}  // namespace

void PathJudgement::tell(SignatureFacts& into) const {
  into.chain = facts.chain;
  into.not_before = facts.not_before;
  into.not_after = facts.not_after;
  into.ca_not_before = facts.ca_not_before;
  into.ca_not_after = facts.ca_not_after;
  into.revoked_at = facts.revoked_at;
  into.on_hold = facts.on_hold;
  into.anchor_until = facts.anchor_until;
  into.signer_answers = facts.signer_answers;
  into.path_answers = facts.path_answers;
  into.answers_required = facts.answers_required;
  into.ca_revoked_at = facts.ca_revoked_at;
  into.algorithms_accepted = facts.algorithms_accepted;
  into.algorithms_until = facts.algorithms_until;
}

PathJudgement judge_path(Inquiry& file, const PathQuestion& question) {
  PathJudge judge{file, question, question.best, {}};
  const Path path = file.paths.build(question.signer, question.others, question.best.value_or(file.options.at));
  judge.out.facts.chain = path.chain;
  judge.out.facts.answers_required = file.options.policy.revocation == RevocationDemand::required;
  judge.anchor(path);
  judge.usage(path);
  judge.algorithms(path);
  if (path.chain == SignatureFacts::Chain::none && file.fresh_evidence)
    file.pathless.push_back({question.signer, {question.others.begin(), question.others.end()}});
  if (path.chain != SignatureFacts::Chain::found) return std::move(judge.out);
  judge.validity(path);
  judge.revocation(path);
  return std::move(judge.out);
}

void judge_trust(Inquiry& file, Work& work, std::optional<base::Instant> stamped) {
  if (!work.signature.document_timestamp) judge_signature_policy(file, work);
  judge_counter_signatures(file, work);
  if (!work.signer) return;
  PathJudgement judged =
      judge_path(file, {.signer = *work.signer,
                        .others = work.certificates,
                        .message = *work.cms,
                        .message_end = work.signature.covered_end(),
                        .covered = digest_to_plan(work),
                        .best = work.facts.proven_before,
                        .stamped = stamped,
                        .purpose = work.signature.document_timestamp ? Purpose::stamp_time : Purpose::sign_documents});
  for (Check& check : judged.checks) work.verdict.checks.push_back(std::move(check));
  work.data_end = judged.data_end;
  judged.tell(work.facts);
}

}  // namespace segell::signer::ades
