#include "cms_extend.h"

#include "ber.h"
#include "der.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using base::Bytes;
using base::BytesView;

constexpr std::string_view kOidOcspResponse{"\x2B\x06\x01\x05\x05\x07\x10\x02", 8};  // id-ri-ocsp-response, RFC 5940
constexpr std::string_view kVersion5{"\x02\x01\x05", 3};

void add_once(std::vector<Bytes>& members, BytesView element) {
  const auto same = [&](const Bytes& one) { return std::ranges::equal(one, element); };
  if (std::ranges::none_of(members, same)) members.push_back(base::to_bytes(element));
}

std::vector<Bytes> copies_of(const std::vector<BytesView>& elements) {
  std::vector<Bytes> out;
  for (const BytesView element : elements) add_once(out, element);
  return out;
}

// Nothing at all where the set would be empty.
Bytes tagged_set(std::uint8_t number, std::vector<Bytes> members) {
  return members.empty() ? Bytes() : der::set_of(std::move(members), der::context(number));
}

Bytes ocsp_choice(BytesView response) { return der::element(der::context(1), {der::oid(kOidOcspResponse), response}); }

Bytes signer_with(const SignerLayout& signer, BytesView attribute) {
  std::vector<Bytes> attributes = copies_of(signer.attributes);
  if (!attribute.empty()) attributes.push_back(base::to_bytes(attribute));
  return der::element(der::kSequence, {signer.head, tagged_set(1, std::move(attributes))});
}

// An OCSP response is another form of revocation data: version 5 (RFC 5652 5.1). Whatever else is there had its
// version.
Bytes version_with(const CmsLayout& message, const std::vector<Bytes>& revocations) {
  const auto other = [](const Bytes& one) { return one.front() == std::byte{ber_context_constructed(1)}; };
  return base::to_bytes(std::ranges::any_of(revocations, other) ? base::as_bytes(kVersion5) : message.version);
}

}  // namespace

Bytes extend_cms(const CmsLayout& message, const CmsAddition& addition) {
  std::vector<Bytes> certificates = copies_of(message.certificates), revocations = copies_of(message.revocations);
  for (const Bytes& one : addition.certificates) add_once(certificates, one);
  for (const Bytes& one : addition.crls) add_once(revocations, one);
  for (const Bytes& one : addition.ocsp_responses) add_once(revocations, ocsp_choice(one));
  std::vector<Bytes> signers;
  for (std::size_t i = 0; i < message.signers.size(); ++i)
    signers.push_back(signer_with(message.signers[i],
                                  i < addition.attributes.size() ? BytesView(addition.attributes[i]) : BytesView()));
  const Bytes version = version_with(message, revocations);
  Bytes signer_list;
  for (const Bytes& signer : signers) base::append(signer_list, signer);  // in their order: verdicts name them by it
  const Bytes signed_data =
      der::element(der::kSequence, {version, message.digests, message.content, tagged_set(0, std::move(certificates)),
                                    tagged_set(1, std::move(revocations)), der::element(der::kSet, {signer_list})});
  return der::element(der::kSequence, {der::oid(der::kOidSignedData), der::element(der::context(0), {signed_data})});
}

}  // namespace segell::signer::ades
