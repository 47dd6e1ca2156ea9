#include "judge_path.h"

#include "policy.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

struct PathJudge {
  Inquiry& file;
  std::optional<base::Instant> best;
  std::optional<Digest> covered;
  PathJudgement out;

  void check(std::string id, CheckStatus status, std::string detail = {}) {
    out.checks.push_back({std::move(id), status, std::move(detail)});
  }

  void usage(const base::Certificate& signer, Purpose purpose) {
    const Usage usage = usage_of(signer);
    const bool fits = purpose == Purpose::stamp_time ? usage.stamps_time : usage.signs_documents;
    check("cert.key-usage", fits ? CheckStatus::pass : CheckStatus::fail,
          fits                             ? ""
          : purpose == Purpose::stamp_time ? "the certificate is not for timestamps alone (critical extended key usage)"
                                           : "the certificate's key usage does not allow to sign documents");
    if (!fits && out.facts.chain == SignatureFacts::Chain::found) out.facts.chain = SignatureFacts::Chain::constraints;
  }

  void validity(const Path& path) {
    const base::Certificate& signer = path.certificates.front();
    out.facts.not_before = signer.not_before();
    out.facts.not_after = signer.not_after();
    for (const base::Certificate& above : std::span(path.certificates).subspan(1)) {
      out.facts.ca_not_before = std::max(out.facts.ca_not_before, above.not_before());
      out.facts.ca_not_after = std::min(out.facts.ca_not_after, above.not_after());
    }
    const base::Instant at = best ? std::min(*best, file.options.at) : file.options.at;
    const bool inside = at >= std::max(out.facts.not_before, out.facts.ca_not_before) &&
                        at <= std::min(out.facts.not_after, out.facts.ca_not_after);
    check("cert.validity", inside ? CheckStatus::pass : CheckStatus::fail,
          "valid from " + base::format_rfc3339(signer.not_before()) + " to " +
              base::format_rfc3339(signer.not_after()) + (best ? ", proven at " : ", judged at ") +
              base::format_rfc3339(at));
  }

  void revocation(const Path& path, const RevocationLists& embedded) {
    RevocationLists lists = embedded;
    lists.insert(lists.end(), file.lists.begin(), file.lists.end());
    out.answered_from_document = path.certificates.size() > 1;
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const base::Certificate& certificate = path.certificates[i];
      const base::Certificate& issuer = path.certificates[i + 1];
      const RevocationStatus status = check_revocation(certificate, issuer, lists, file.options.at, best);
      note_revocation(certificate, status, i == 0);
      if (embedded.empty() || check_revocation(certificate, issuer, embedded, file.options.at, best).state ==
                                  RevocationStatus::State::unknown)
        out.answered_from_document = false;
    }
  }

  void note_revocation(const base::Certificate& certificate, const RevocationStatus& status, bool is_signer) {
    const std::string who = is_signer ? "the signer's certificate" : "the certificate of " + certificate.common_name();
    switch (status.state) {
      case RevocationStatus::State::good:
        return check("cert.revocation", CheckStatus::pass, who + " is not revoked");
      case RevocationStatus::State::unknown:
        check("cert.revocation", CheckStatus::skip, who + ": " + status.reason);
        return file.not_checked("revocation", status.reason);
      case RevocationStatus::State::revoked:
        break;
    }
    // the date of the entry is what counts, whatever its reason: a proof of existence from before it stands
    const bool counts = !best || *best >= *status.revoked_at;
    check("cert.revocation", counts ? CheckStatus::fail : CheckStatus::warn,
          who + " was revoked at " + base::format_rfc3339(*status.revoked_at) + " (" + status.reason + ")" +
              (counts ? "" : ", after the proven time"));
    (is_signer ? out.facts.revoked_at : out.facts.ca_revoked_at) = status.revoked_at;
  }

  void algorithms(const Path& path, const CmsMessage& message) {
    const AlgorithmSuite& suite = suite_of(file.options);
    AlgorithmPolicy verdict;
    if (message.digest) verdict.add(limit_of(suite, *message.digest));
    if (covered) verdict.add(limit_of(suite, *covered));
    verdict.add(
        limit_of_signature(suite, message.method, message.digest, path.certificates.front().native_public_key()));
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const CertificateLimits limits = limits_of_certificate(suite, path.certificates[i], path.certificates[i + 1]);
      verdict.add(limits.digest);
      verdict.add(limits.signature);
    }
    out.facts.algorithms_accepted = verdict.accepted;
    out.facts.algorithms_until = verdict.until;
    const base::Instant at = best.value_or(file.options.at);
    const bool fine = verdict.accepted && (!verdict.until || at <= *verdict.until);
    check("crypto.algorithms", fine ? CheckStatus::pass : CheckStatus::fail,
          fine ? ""
               : "the suite does not rely on " + verdict.weakest +
                     (verdict.accepted ? " after " + base::format_rfc3339(*verdict.until) : std::string()));
  }
};

}  // namespace

PathJudgement judge_path(Inquiry& file, const base::Certificate& signer, std::span<const base::Certificate> others,
                         const CmsMessage& message, std::optional<Digest> covered, std::optional<base::Instant> best,
                         Purpose purpose) {
  PathJudge judge{file, best, covered, {}};
  const Path path = file.paths.build(signer, others, best.value_or(file.options.at));
  judge.out.facts.chain = path.chain;
  if (path.chain == SignatureFacts::Chain::found)
    judge.check("cert.chain", CheckStatus::pass, "anchored in " + path.certificates.back().common_name());
  else
    judge.check("cert.chain", CheckStatus::fail, path.detail);
  judge.usage(signer, purpose);
  judge.algorithms(path, message);
  if (path.chain != SignatureFacts::Chain::found) return std::move(judge.out);
  judge.validity(path);
  RevocationLists embedded = file.own_lists;
  for (const base::Bytes& der : message.crls)
    if (auto list = RevocationList::parse(der)) embedded.push_back(std::move(list));
  judge.revocation(path, embedded);
  return std::move(judge.out);
}

void judge_trust(Inquiry& file, Work& work) {
  if (!work.signer) return;
  const Purpose purpose = work.signature.document_timestamp ? Purpose::stamp_time : Purpose::sign_documents;
  PathJudgement judged = judge_path(file, *work.signer, work.certificates, *work.cms, digest_to_plan(work),
                                    work.facts.proven_before, purpose);
  for (Check& check : judged.checks) work.verdict.checks.push_back(std::move(check));
  work.revocation_complete = judged.answered_from_document;
  const SignatureFacts& found = judged.facts;
  work.facts.chain = found.chain;
  work.facts.not_before = found.not_before;
  work.facts.not_after = found.not_after;
  work.facts.ca_not_before = found.ca_not_before;
  work.facts.ca_not_after = found.ca_not_after;
  work.facts.revoked_at = found.revoked_at;
  work.facts.ca_revoked_at = found.ca_revoked_at;
  work.facts.algorithms_accepted = found.algorithms_accepted;
  work.facts.algorithms_until = found.algorithms_until;
}

}  // namespace segell::signer::ades
