#include "formats.h"

#include "base/encoding.h"
#include "cms_parts.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

// The message of a PEM text (RFC 7468 section 9), or the octets themselves.
base::Result<base::Bytes> unarmour(base::Bytes octets) {
  const std::string_view text = base::as_text(octets);
  if (!text.starts_with("-----BEGIN ")) return octets;
  const std::size_t begin = text.find('\n');
  const std::size_t end = text.find("-----END ");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
    return base::fail(base::Code::malformed, "cms.malformed", "the PEM text ends before its message does");
  std::string body;
  for (const char c : text.substr(begin, end - begin))
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') body += c;
  const std::string_view rest = text.substr(end);
  const std::size_t last = rest.find_last_not_of("\r\n");
  if (rest.substr(0, last + 1).find('\n') != std::string_view::npos)
    return base::fail(base::Code::malformed, "cms.malformed", "something follows the message in the PEM text");
  auto message = base::from_base64(body);
  if (!message) return base::fail(base::Code::malformed, "cms.malformed", "the PEM text holds no Base64");
  return message;
}

// One end-of-line behind the message is nobody's harm; anything more is octets that nobody signed.
bool is_end_of_line(base::BytesView tail) {
  const std::string_view text = base::as_text(tail);
  return text.empty() || text == "\n" || text == "\r\n" || text == "\r";
}

Verdict without_signature(Verdict verdict, std::string why) {
  verdict.checks.push_back({"cms.format", CheckStatus::warn, why});
  conclude_from_signatures(verdict);
  verdict.summary = "no signature found: " + std::move(why);
  return verdict;
}

// A message that cannot be read is a broken signature, and one that is too large an open question.
Verdict unreadable_message(Verdict verdict, const base::Error& error) {
  const bool too_large = error.code == base::Code::limit_exceeded;
  SignatureVerdict& signature = verdict.signatures.emplace_back();
  signature.indication = too_large ? Indication::indeterminate : Indication::total_failed;
  signature.sub_indication = too_large ? SubIndication::sig_constraints_failure : SubIndication::format_failure;
  signature.checks.push_back({"cms.format", CheckStatus::fail, error.message});
  conclude_from_signatures(verdict);
  verdict.summary = "holds a signature that cannot be read: " + error.message;
  return verdict;
}

struct CmsFile {
  Inquiry& inquiry;
  base::Bytes octets;
  CmsSignatures message;

  /// What was signed: the content inside, else the one that the caller has.
  [[nodiscard]] pdf::SourcePtr content() const {
    if (!message.has_content) return inquiry.options.content;
    std::vector<pdf::SourcePtr> pieces;
    for (const base::BytesView piece : message.content) pieces.push_back(pdf::borrow_source(piece));
    return std::make_shared<pdf::ConcatenatedSource>(std::move(pieces));
  }

  [[nodiscard]] bool is_token() const {
    return message.signers.size() == 1 && message.has_content && message.signers.front().content_type == kTstInfo;
  }

  base::Result<void> judge_token() {
    Work work;
    work.signature.contents = base::to_bytes(base::BytesView(octets).first(message.length));
    std::optional<Digests> content;
    if (inquiry.options.content) {
      std::set<Digest> wanted;
      if (const auto digest = imprint_digest(work.signature.contents)) wanted.insert(*digest);
      SEGELL_TRY(content, digests_of(*inquiry.options.content, wanted));
    }
    judge_token_over(inquiry, work, content ? &*content : nullptr);
    add(std::move(work));
    return base::ok();
  }

  base::Result<void> judge_signers() {
    std::optional<Digests> signed_content;
    if (const pdf::SourcePtr source = content()) {
      std::set<Digest> wanted;
      for (const CmsMessage& signer : message.signers) wanted.merge(digests_wanted(signer));
      SEGELL_TRY(signed_content, digests_of(*source, wanted));
    }
    for (std::size_t i = 0; i < message.signers.size(); ++i) {
      Work work;
      work.cms = std::move(message.signers[i]);
      judge_detached(inquiry, work, {octets, i}, signed_content ? &*signed_content : nullptr, Profile::cms);
      if (!work.cms->has_signed_attributes && signed_content) SEGELL_CHECK(judge_bare_content(work));
      add(std::move(work));
    }
    return base::ok();
  }

  /// A signature over the content itself is as good over another message's signed attributes as over a document.
  [[nodiscard]] base::Result<void> judge_bare_content(Work& work) const {
    const pdf::SourcePtr source = content();
    if (source->size() > kMaxCmsBytes) return base::ok();
    SEGELL_TRY(const base::Bytes whole, pdf::read_range(*source, {0, source->size()}, kMaxCmsBytes));
    if (are_signed_attributes(whole))
      work.break_format("cms.attributes", "the content is the signed attributes of another signature, as their own");
    return base::ok();
  }

  void add(Work work) {
    if (!is_end_of_line(base::BytesView(octets).subspan(message.length))) {
      work.verdict.coverage = Coverage::anomalous;
      work.break_format("cms.trailing", "octets follow the signature that belong to nobody");
    }
    conclude_detached(inquiry, work, false);
    work.verdict.index = static_cast<int>(inquiry.verdict.signatures.size());
    inquiry.verdict.signatures.push_back(std::move(work.verdict));
  }

  /// A file given beside an enveloping signature is somebody's belief about its content: it is compared.
  base::Result<void> compare_given() {
    if (!message.has_content || is_token() || !inquiry.options.content) return base::ok();
    SEGELL_TRY(const Digests inside, digests_of(*content(), {Digest::sha256}));
    SEGELL_TRY(const Digests given, digests_of(*inquiry.options.content, {Digest::sha256}));
    const bool same = inside == given;
    inquiry.verdict.checks.push_back({"cms.given-content", same ? CheckStatus::pass : CheckStatus::fail,
                                      same ? "" : "the content given is not the one inside the signature"});
    if (same) return base::ok();
    for (SignatureVerdict& signature : inquiry.verdict.signatures) {
      if (signature.indication != Indication::total_passed) continue;
      signature.indication = Indication::indeterminate;
      signature.sub_indication = SubIndication::sig_constraints_failure;
      signature.checks.push_back(inquiry.verdict.checks.back());
    }
    return base::ok();
  }

  base::Result<void> judge() {
    if (is_token()) return judge_token();
    SEGELL_CHECK(judge_signers());
    return compare_given();
  }
};

}  // namespace

base::Result<base::Bytes> read_cms_file(const pdf::ByteSource& file, std::size_t most) {
  SEGELL_TRY(base::Bytes octets, pdf::read_range(file, {0, file.size()}, most));
  return unarmour(std::move(octets));
}

Verdict judge_cms_file(Inquiry& inquiry, const pdf::ByteSource& file) {
  const Verdict blank = inquiry.verdict;
  const std::size_t most = inquiry.options.max_message_bytes;
  auto octets = read_cms_file(file, most);
  if (!octets && octets.error().code == base::Code::io) return unreadable_input(blank, octets.error());
  if (!octets) return unreadable_message(blank, octets.error());
  auto message = parse_cms_signers(*octets, most);
  if (!message && message.error().reason == "cms.not-signed-data")
    return without_signature(blank, message.error().message);
  if (!message && message.error().reason == "cms.signer-count")
    return without_signature(blank, "the file holds certificates and no signature");
  if (!message) return unreadable_message(blank, message.error());
  CmsFile one{inquiry, *std::move(octets), *std::move(message)};
  if (const auto judged = one.judge(); !judged) return unreadable_input(blank, judged.error());
  conclude_from_signatures(one.inquiry.verdict);
  one.inquiry.verdict.summary = summarise(one.inquiry.verdict);
  return std::move(one.inquiry.verdict);
}

}  // namespace segell::signer::ades
