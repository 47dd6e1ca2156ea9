#include "judge_archive.h"

#include "algorithms.h"
#include "archive_timestamp.h"
#include "cms_parts.h"
#include "judge_token.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::string_view kArchiveCheck = "time.archive-timestamp";

struct ArchiveTimestamp {
  base::BytesView der;
  ReadToken token;
};

struct ArchiveJudge {
  Inquiry& file;
  Work& work;
  const CmsLayout& message;
  const SignerLayout& signer;
  const Digests* content;

  // What the token is over, and what it should be over; the words of the first fault.
  std::string read_index(base::BytesView der, HashIndex& index, base::BytesView& octets) const {
    const auto layout = lay_out_cms(der);
    octets = layout ? index_of_token(*layout) : base::BytesView();
    if (octets.empty()) return "an archive timestamp does not say what it is over";
    auto read = read_hash_index(octets);
    if (!read) return read.error().message;
    index = *std::move(read);
    return index_fits(index, message, signer) ? std::string()
                                              : "an archive timestamp is over parts that the signature does not have";
  }

  void judge(const ArchiveTimestamp& one) {
    HashIndex index;
    base::BytesView index_octets;
    const std::string fault = read_index(one.der, index, index_octets);
    if (!fault.empty()) return work.break_constraint(std::string(kArchiveCheck), fault);
    const auto digest = one.token.info.imprint_digest;
    const auto known = content != nullptr && digest ? content->find(*digest) : Digests::const_iterator();
    if (content == nullptr || (digest && known == content->end()))
      return work.check(std::string(kArchiveCheck), CheckStatus::skip, "what was signed was not found");
    base::Bytes imprint;
    if (digest) imprint = digest_of(*digest, archived_octets(message, signer, known->second, index_octets));
    const TokenVerdict verdict = judge_token(file, one.token,
                                             {.imprint = imprint,
                                              .covers = "this signature",
                                              .around = *work.cms,
                                              .others = work.certificates,
                                              .message_end = 0,
                                              .proven = file.archived_since(one.der)});
    if (!verdict.sound) return work.break_constraint(std::string(kArchiveCheck), verdict.detail);
    work.check(std::string(kArchiveCheck), verdict.trusted ? CheckStatus::pass : CheckStatus::warn, verdict.detail);
    if (!verdict.trusted) return file.not_checked("time", "the timestamp's authority is not trusted here");
    work.prove_before(verdict.time);
    note_parts(index, verdict.time);
  }

  // Whatever stands in what the index names existed at that time; and whether that is all that B-LT asks for.
  void note_parts(const HashIndex& index, base::Instant time) {
    CmsMessage parts;
    bool all = true;
    for (const base::BytesView choice : message.revocations) {
      const bool named = index.has_revocation(choice);
      all = all && named;
      if (named) (void)read_revocation_choices(choice, parts);  // it was read before: it fits
    }
    for (const UnsignedValue& value : signer.values) {
      BerReader type(value.type);
      const std::string oid = oid_text(type.next()->content);
      const bool named = index.has_value(value);
      all = all && (named || oid == kArchiveTimestamp);
      if (named) (void)read_unsigned_value(oid, value.value, parts);
    }
    for (const auto* list : {&parts.crls, &parts.ocsp, &parts.timestamps, &parts.archive_timestamps})
      for (const base::Bytes& part : *list) file.note_archived(part, time);
    work.archived = work.archived || all;
  }
};

}  // namespace

std::set<Digest> digests_wanted(const CmsMessage& signer) {
  std::set<Digest> out;
  if (signer.digest) out.insert(*signer.digest);
  for (const base::Bytes& der : signer.archive_timestamps)
    if (const auto token = read_token(der); token && token->info.imprint_digest)
      out.insert(*token->info.imprint_digest);
  return out;
}

void judge_archive_timestamps(Inquiry& file, Work& work, const SignerPlace& place, const Digests* content) {
  if (work.cms->archive_timestamps.empty()) return;
  const auto message = lay_out_cms(place.message);
  if (!message || place.signer >= message->signers.size())
    return work.break_constraint(std::string(kArchiveCheck), "the parts of the signature cannot be told apart");
  std::vector<ArchiveTimestamp> archive;
  for (const base::Bytes& der : work.cms->archive_timestamps) {
    auto token = read_token(der);
    if (token)
      archive.push_back({der, *std::move(token)});
    else
      work.break_constraint(std::string(kArchiveCheck), token.error().message);
  }
  std::ranges::stable_sort(archive, std::ranges::greater(),
                           [](const ArchiveTimestamp& one) { return one.token.info.time; });
  ArchiveJudge judge{file, work, *message, message->signers[place.signer], content};
  for (const ArchiveTimestamp& one : archive) judge.judge(one);
}

}  // namespace segell::signer::ades
