#include "formats.h"

#include "algorithms.h"
#include "cms_parts.h"
#include "tst_info.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

base::BytesView digest_in(const Digests* digests, std::optional<Digest> wanted) {
  if (digests == nullptr || !wanted) return {};
  const auto found = digests->find(*wanted);
  return found == digests->end() ? base::BytesView() : base::BytesView(found->second);
}

void gather_certificates(Inquiry& file, Work& work) {
  for (const base::Bytes& der : work.cms->certificates)
    if (auto certificate = file.certificates.get(der)) work.certificates.push_back(*std::move(certificate));
  work.certificates.insert(work.certificates.end(), file.own_certificates.begin(), file.own_certificates.end());
}

}  // namespace

base::Result<Digests> digests_of(const pdf::ByteSource& source, const std::set<Digest>& digests) {
  DigestStream stream(digests);
  SEGELL_CHECK(pdf::for_each_piece(source, {0, source.size()}, [&](base::BytesView piece) { stream.feed(piece); }));
  return stream.finish();
}

void judge_detached(Inquiry& file, Work& work, const SignerPlace& place, const Digests* content, Profile profile) {
  gather_certificates(file, work);
  const CmsMessage& message = *work.cms;
  work.verdict.coverage = Coverage::whole_file;
  // RFC 5652 5.3: signed attributes must be there when the content is anything but data
  const bool attributes = profile == Profile::cades || message.content_type != kPlainData;
  MessageRules rules{.content_type = kPlainData, .prefix = "cms."};
  if (profile == Profile::cms) rules.content_type = message.content_type;
  rules.requires_attributes = attributes;
  rules.requires_reference = profile == Profile::cades;
  if (content == nullptr) {
    work.facts.content_found = false;
    work.check("cms.content", CheckStatus::fail, "what was signed was not found");
  }
  const base::BytesView digest = digest_in(content, message.digest);
  MessageJudgement judged = judge_message(message, digest, work.certificates, rules);
  if (content == nullptr) {
    // nothing was compared: the attribute's digest stands for the content, and the verdict says that it was not found
    std::erase_if(judged.checks, [](const Check& check) { return check.id == "cms.message-digest"; });
    judged.digest_known = false;
    judged.digest_matches = true;
    if (!message.has_signed_attributes) judged.value = SignatureFacts::Value::cannot_judge;
  }
  adopt(work, std::move(judged));
  judge_archive_timestamps(file, work, place, content);
  judge_signature_times(file, work);
  judge_trust(file, work);
}

std::optional<Digest> imprint_digest(base::BytesView token) {
  const auto message = parse_cms(token);
  const auto info = message && message->content ? read_tst_info(*message->content)
                                                : base::Result<TstInfo>(malformed_cms("no timestamp token"));
  return info ? info->imprint_digest : std::nullopt;
}

void judge_token_over(Inquiry& file, Work& work, const Digests* content, std::optional<base::Instant> proven) {
  work.signature.document_timestamp = true;  // whose certificate must be for timestamps alone
  work.verdict.type = SignatureType::document_timestamp;
  work.verdict.coverage = Coverage::whole_file;
  auto message = parse_cms(work.signature.contents);
  if (!message) return work.break_format("time.token", message.error().message);
  work.cms = *std::move(message);
  gather_certificates(file, work);
  if (!work.cms->content) return work.break_format("time.token", "the timestamp has no content");
  const auto info = read_tst_info(*work.cms->content);
  if (!info) return work.break_format("time.token", info.error().message);
  if (!work.cms->digest) return work.break_constraint("time.token", "the timestamp's digest is of an unknown kind");
  adopt(work, judge_message(*work.cms, digest_of(*work.cms->digest, *work.cms->content), work.certificates,
                            {.content_type = kTstInfo, .prefix = "time."}));
  if (content == nullptr) {
    work.facts.content_found = false;
    work.check("time.imprint", CheckStatus::fail, "what was timestamped was not found");
  } else if (!info->imprint_digest) {
    work.break_constraint("time.imprint", "the timestamp's imprint is of an unknown kind");
  } else if (std::ranges::equal(info->imprint, digest_in(content, info->imprint_digest))) {
    work.check("time.imprint", CheckStatus::pass);
  } else {
    work.facts.digest_matches = false;
    work.verdict.integrity = Integrity::broken;
    work.check("time.imprint", CheckStatus::fail, "the timestamp is over other octets than these");
  }
  if (work.signer) {
    const std::string impossible = impossible_time(file, *info, *work.signer);
    if (!impossible.empty()) work.break_constraint("time.token", impossible);
  }
  work.facts.proven_before = proven;
  judge_trust(file, work, info->time);
  SignatureFacts facts = work.facts;
  facts.now = file.options.at;
  if (decide(facts).indication != Indication::total_passed) return;
  work.verdict.proven_time = info->time;
  work.verdict.time_basis = TimeBasis::tsa;
}

void conclude_detached(Inquiry& file, Work& work, bool archived) {
  // a token claims nothing: its time is what is to be proven
  if (work.cms && !work.signature.document_timestamp) work.verdict.claimed_time = work.cms->signing_time;
  const bool baseline =
      work.cms && work.cms->has_reference() && work.facts.format_holds && !work.signature.document_timestamp;
  if (!baseline)
    work.verdict.level = Level::none;
  else if (!work.timestamped)
    work.verdict.level = Level::b_b;
  else if (!work.evidence_end())
    work.verdict.level = Level::b_t;
  else
    work.verdict.level = archived || work.archived ? Level::b_lta : Level::b_lt;
  conclude(file, work);
}

}  // namespace segell::signer::ades
