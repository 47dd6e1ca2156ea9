#include "judge_message.h"

#include "algorithms.h"
#include "base/encoding.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

struct MessageJudge {
  const CmsMessage& message;
  const MessageRules& rules;
  MessageJudgement out;

  void check(std::string_view id, CheckStatus status, std::string detail = {}) {
    out.checks.push_back({std::string(rules.prefix) + std::string(id), status, std::move(detail)});
  }
  void break_format(std::string_view id, std::string detail) {
    out.format_holds = false;
    check(id, CheckStatus::fail, std::move(detail));
  }

  void content_type() {
    if (message.content_type != rules.content_type)
      return break_format("content-type", "the content is of the type " + message.content_type);
    if (!message.has_signed_attributes) {
      if (rules.requires_attributes) return break_format("attributes", "the signature has no signed attributes");
      return check("attributes", CheckStatus::warn, "the signature is over the content itself, without attributes");
    }
    if (message.attribute_content_type != rules.content_type)
      return break_format("content-type", "the signed content-type is missing or another one");
    check("content-type", CheckStatus::pass);
    if (!message.attributes_sorted)
      check("attributes", CheckStatus::warn, "the signed attributes are not in DER order");
  }

  // Real signers write 1 where 3 or 5 is due: it says nothing that anybody relies on.
  void version() {
    if (message.version == message.version_due) return;
    check("version", CheckStatus::warn,
          "the message has version " + std::to_string(message.version) + " where its parts make it version " +
              std::to_string(message.version_due));
  }

  void digest(base::BytesView content_digest) {
    if (!message.digest) return check("message-digest", CheckStatus::skip, "the digest algorithm is not known");
    out.digest_known = true;
    if (!message.has_signed_attributes) return;  // the signature value itself speaks
    if (!message.message_digest) return break_format("message-digest", "the message-digest attribute is missing");
    out.digest_matches = std::ranges::equal(*message.message_digest, content_digest);
    check("message-digest", out.digest_matches ? CheckStatus::pass : CheckStatus::fail,
          out.digest_matches
              ? std::string(to_string(*message.digest)) + " " + base::to_hex(content_digest)
              : "expected " + base::to_hex(*message.message_digest) + ", computed " + base::to_hex(content_digest));
  }

  void signer(std::span<const base::Certificate> certificates) {
    const auto named = std::ranges::find_if(certificates, [&](const auto& one) { return names_signer(message, one); });
    if (named == certificates.end()) {
      out.signing_certificate_found = false;
      return check("signing-certificate", CheckStatus::fail, "the certificate of the signer is not in the file");
    }
    out.signer = *named;
    if (!message.has_reference()) {
      if (!rules.requires_reference)
        return check("signing-certificate", CheckStatus::warn, "the signature does not bind its certificate");
      out.constraints_hold = false;
      return check("signing-certificate", CheckStatus::fail, "the signature does not bind its certificate");
    }
    // several certificates may share issuer and serial number in a forged file: the bound one is the signer
    // and where both attributes stand, both must bind it
    const auto binds = [](const std::vector<CertificateReference>& references, const base::Certificate& one) {
      return references.empty() || refers_to(references.front(), one);
    };
    const auto bound = std::ranges::find_if(certificates, [&](const auto& one) {
      return names_signer(message, one) && binds(message.references, one) && binds(message.references_v1, one);
    });
    if (bound == certificates.end()) {
      out.signing_certificate_found = false;
      return check("signing-certificate", CheckStatus::fail, "the signature binds another certificate");
    }
    out.signer = *bound;
    check("signing-certificate", CheckStatus::pass, message.references.empty() ? "bound by SHA-1" : std::string());
  }

  void algorithms() {
    if (!message.digest_listed) {
      out.constraints_hold = false;
      check("algorithms", CheckStatus::fail, "the message's list of digest algorithms does not name the signer's");
    }
    if (message.algorithms_agree()) return parameters();
    break_format("algorithms", message.protection_fits
                                   ? "digest algorithm, signature algorithm and its parameters contradict each other"
                                   : "the algorithms are not those that the signature protects (RFC 6211)");
  }

  // RFC 4055 3.1 lets MGF1 use another digest and advises against it: no proof of a fault, and no clean pass.
  void parameters() {
    if (message.method != SignatureMethod::rsa_pss || !message.digest || message.mask_digest == message.digest) return;
    out.constraints_hold = false;
    check("algorithms", CheckStatus::fail, "the mask of RSASSA-PSS is made with another digest than the signature");
  }

  void value(base::BytesView content_digest) {
    if (!out.signer) return check("signature", CheckStatus::skip, "no certificate to check it with");
    switch (check_signature_value(message, *out.signer, content_digest)) {
      case SignatureCheck::fits:
        out.value = SignatureFacts::Value::fits;
        return check("signature", CheckStatus::pass);
      case SignatureCheck::does_not_fit:
        out.value = SignatureFacts::Value::does_not_fit;
        return check("signature", CheckStatus::fail, "the signature value does not fit the certificate's key");
      case SignatureCheck::cannot_judge:
        return check("signature", CheckStatus::skip,
                     "the signature algorithm " + message.signature_algorithm + " is not known");
    }
  }
};

}  // namespace

std::string MessageJudgement::first_fault() const {
  const auto fault = std::ranges::find(checks, CheckStatus::fail, &Check::status);
  return fault == checks.end() ? std::string() : fault->detail;
}

MessageJudgement judge_message(const CmsMessage& message, base::BytesView content_digest,
                               std::span<const base::Certificate> certificates, const MessageRules& rules) {
  MessageJudge judge{message, rules, {}};
  judge.version();
  judge.content_type();
  judge.digest(content_digest);
  judge.signer(certificates);
  judge.algorithms();
  judge.value(content_digest);
  return std::move(judge.out);
}

}  // namespace segell::signer::ades
