#include "algorithms.h"
#include "cms_parts.h"
#include "judge_message.h"
#include "tst_info.h"
#include "work.h"

#include <algorithm>
#include <cstring>

namespace segell::signer::ades {
namespace {

void read_manifest(Work& work) {
  if (!work.signature.manifest) return;
  auto manifest = parse_manifest(*work.signature.manifest);
  if (manifest)
    work.manifest = *std::move(manifest);
  else
    work.manifest_fault = manifest.error().message;
}

bool is_padding(base::BytesView tail) {
  // all octets are like their neighbours, and the first is zero
  return tail.empty() ||
         (tail.front() == std::byte{0} && std::memcmp(tail.data(), tail.data() + 1, tail.size() - 1) == 0);
}

SignatureType type_of(const pdf::Signature& signature, const SignerFacts& signer) {
  if (signature.document_timestamp) return SignatureType::document_timestamp;
  // a natural person's certificate names one: givenName, surname or pseudonym (EN 319 412-2 4.2.4)
  const std::string& subject = signer.subject;
  const bool person = subject.find("GN=") != std::string::npos || subject.find("SN=") != std::string::npos ||
                      subject.find("givenName=") != std::string::npos ||
                      subject.find("surname=") != std::string::npos || subject.find("pseudonym=") != std::string::npos;
  return !person && !signer.organisation.empty() ? SignatureType::seal : SignatureType::signature;
}

void describe_signer(Work& work) {
  const base::Certificate& signer = *work.signer;
  work.verdict.signer = {.common_name = signer.common_name(),
                         .subject = signer.subject(),
                         .serial = signer.serial_hex(),
                         .organisation = signer.organisation()};
  work.verdict.type = type_of(work.signature, work.verdict.signer);
}

bool is_bare_rsa(const Work& work) { return work.signature.sub_filter == "adbe.x509.rsa_sha1"; }

// adbe.pkcs7.sha1 signs the SHA-1 of the ranges as content (ISO 32000-1, table 257).
bool encapsulates_sha1(const Work& work) { return work.signature.sub_filter == "adbe.pkcs7.sha1"; }

std::optional<Digest> digest_over_ranges(const Work& work) {
  if (encapsulates_sha1(work)) return Digest::sha1;
  if (!work.signature.document_timestamp) return work.cms->digest;
  if (!work.cms->content) return std::nullopt;
  const auto info = read_tst_info(*work.cms->content);
  return info ? info->imprint_digest : std::nullopt;
}

// /Cert of adbe.x509.rsa_sha1 (ISO 32000-1, table 252): one certificate, or an array with the signer's first.
std::vector<base::Bytes> certificates_of_dictionary(const Case& file, const Work& work) {
  std::vector<base::Bytes> out;
  const auto add = [&](const pdf::Object& object) {
    const auto value = file.document.resolve(object);
    if (value && value->as_string() != nullptr && out.size() < kMaxCertificates)
      out.push_back(base::to_bytes(value->as_string()->octets));
  };
  const auto value = file.document.get(work.signature.dictionary, "Cert");
  if (!value) return out;
  if (const pdf::Array* array = value->as_array()) {
    for (const pdf::Object& one : *array) add(one);
  } else {
    add(*value);
  }
  return out;
}

base::Result<CmsMessage> read_message(const Case& file, const Work& work) {
  if (is_bare_rsa(work)) return read_x509_rsa(work.signature.contents, certificates_of_dictionary(file, work));
  return parse_cms(work.signature.contents);
}

void judge_sub_filter(Work& work) {
  const std::string& name = work.signature.sub_filter;
  if (name == "ETSI.CAdES.detached" || name == "adbe.pkcs7.detached" || name == "ETSI.RFC3161") {
    work.check("pdf.sub-filter", CheckStatus::pass, name);
  } else if (encapsulates_sha1(work) || is_bare_rsa(work)) {
    work.check("pdf.sub-filter", CheckStatus::warn, name + " is a legacy form");
  } else {
    work.break_constraint("pdf.sub-filter", name.empty() ? "the signature does not say its form"
                                                         : "signatures of the form " + name + " are not accepted");
  }
}

}  // namespace

void adopt(Work& work, MessageJudgement judged) {
  for (Check& check : judged.checks) work.verdict.checks.push_back(std::move(check));
  work.facts.format_holds = work.facts.format_holds && judged.format_holds;
  work.facts.constraints_hold = work.facts.constraints_hold && judged.constraints_hold;
  work.facts.digest_matches = judged.digest_matches;
  work.facts.signing_certificate_found = judged.signing_certificate_found;
  work.facts.value = judged.value;
  work.signer = std::move(judged.signer);
  if (work.signer) describe_signer(work);
  if (!judged.digest_matches || judged.value == SignatureFacts::Value::does_not_fit)
    work.verdict.integrity = Integrity::broken;
  else if (judged.value == SignatureFacts::Value::fits && judged.digest_known)
    work.verdict.integrity = Integrity::intact;
}

void read_parts(Case& file, Work& work) {
  read_manifest(work);
  judge_sub_filter(work);
  auto message = read_message(file, work);
  if (!message) {
    work.break_format("cms.format", message.error().message);
    return;
  }
  work.cms = *std::move(message);
  for (const base::Bytes& der : work.cms->certificates) {
    if (auto certificate = file.certificates.get(der)) work.certificates.push_back(*std::move(certificate));
  }
  work.certificates.insert(work.certificates.end(), file.own_certificates.begin(), file.own_certificates.end());
  const base::BytesView room = work.signature.contents;
  if (!is_padding(room.subspan(work.cms->length)) &&
      !file.document.encrypts_zeros(room, work.cms->length, work.signature.ref))
    work.break_constraint("cms.padding", "octets other than zero follow the signature in its place");
}

void judge_cms(Case& file, Work& work, const DigestPlan& plan) {
  if (!work.cms) return;
  if (!work.digest) {
    if (work.signature.document_timestamp && work.facts.format_holds)
      work.break_format("time.token", "the document timestamp holds no timestamp token that can be read");
    return;
  }
  const base::Bytes& ranges = plan.result(*work.digest);
  if (ranges.empty()) {
    work.break_constraint("pdf.digest", "the signed ranges of this file overlap too often to be hashed");
    return;
  }
  (void)file;
  MessageRules rules{.content_type = kPlainData, .prefix = "cms."};
  rules.requires_attributes =
      work.signature.sub_filter != "adbe.pkcs7.detached" && !encapsulates_sha1(work) && !is_bare_rsa(work);
  rules.requires_reference = rules.requires_attributes;
  if (work.signature.document_timestamp) rules.content_type = kTstInfo;
  const bool encapsulated = encapsulates_sha1(work) || work.signature.document_timestamp;
  if (encapsulated != work.cms->content.has_value()) {
    work.break_format("cms.content", encapsulated ? "the signature lacks the content that its form puts inside"
                                                  : "a detached signature must not carry content");
    return;
  }
  if (encapsulates_sha1(work) && *work.cms->content != ranges) {
    work.facts.digest_matches = false;
    work.verdict.integrity = Integrity::broken;
    work.check("cms.message-digest", CheckStatus::fail, "the signed octets are not those that were signed");
    return;
  }
  base::Bytes digest = ranges;
  if (encapsulated && work.cms->digest) digest = digest_of(*work.cms->digest, *work.cms->content);
  adopt(work, judge_message(*work.cms, digest, work.certificates, rules));
}

std::optional<Digest> digest_to_plan(const Work& work) { return work.cms ? digest_over_ranges(work) : std::nullopt; }

}  // namespace segell::signer::ades
