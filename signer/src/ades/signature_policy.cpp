#include "signature_policy.h"

#include "algorithms.h"

namespace segell::signer::ades {
namespace {

using Answer = SignatureFacts::NamedPolicy;

// SigPolicyHash (EN 319 122-1 5.2.9.1) has the form of OtherHashAlgAndValue.
bool read_policy_hash(base::BytesView content, NamedPolicy& out) {
  BerReader fields(content);
  const auto element = fields.expect(kBerSequence);
  const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
  const auto value = fields.expect(kBerOctetString);
  if (!algorithm || !value || !fields.done()) return false;
  out.digest = digest_of_algorithm(*algorithm);
  out.hash = base::to_bytes(value->content);
  return true;
}

bool read_policy_id(const BerElement& element, NamedPolicy& out) {
  BerReader fields(element.content);
  const auto oid = fields.expect(kBerOid);
  if (!oid) return false;
  out.oid = oid_text(oid->content);
  if (fields.done()) return !fields.failed();
  const auto hash = fields.expect(kBerSequence);
  return hash && read_policy_hash(hash->content, out);  // qualifiers may follow: where the document is, in words
}

// Whether the digest that the signer gave is that of the document which the verifier knows; else why not.
std::string policy_fault(const NamedPolicy& named, const PolicyDigests& known) {
  // no digest, or one of no octets: the signer did not know it, and the identifier alone counts
  if (named.hash.empty()) return {};
  const auto digest = named.digest ? known.find(*named.digest) : known.end();
  if (digest == known.end()) return "its document is not known by a digest of this kind";
  return digest->second == named.hash ? std::string() : "its document is another one than the one that is known";
}

}  // namespace

std::optional<NamedPolicy> read_signature_policy(base::BytesView value) {
  BerReader outer(value);
  const auto element = outer.next();
  if (element && element->tag == kBerNull && outer.done()) return std::nullopt;
  NamedPolicy out;
  out.readable = element && element->tag == kBerSequence && outer.done() && read_policy_id(*element, out);
  return out;
}

void judge_signature_policy(Inquiry& file, Work& work) {
  if (!work.cms || !work.cms->policy) return;
  const NamedPolicy& named = *work.cms->policy;
  const std::string name = named.readable ? "the signature policy " + named.oid : "a signature policy";
  const auto tell = [&](Answer answer, CheckStatus status, const std::string& words) {
    work.facts.named_policy = answer;
    work.check("cms.signature-policy", status, name + words);
  };
  const auto& known = file.options.policy.signature_policies;
  if (!known) {
    file.not_checked("signature-policy", name + " was not applied");
    return tell(Answer::fine, CheckStatus::skip, " is named; this program's own rules stand in its place");
  }
  if (!named.readable) return tell(Answer::not_processed, CheckStatus::fail, " is named in a way that cannot be read");
  const auto policy = known->find(named.oid);
  if (policy == known->end())
    return tell(Answer::not_available, CheckStatus::fail, " is named, and its document is not at hand");
  const std::string fault = policy_fault(named, policy->second);
  if (!fault.empty()) return tell(Answer::not_processed, CheckStatus::fail, " is named; " + fault);
  tell(Answer::fine, CheckStatus::pass, " is one that the verifier accepts");
}

}  // namespace segell::signer::ades
