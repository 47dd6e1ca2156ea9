#include "archive_timestamp.h"

#include "algorithms.h"
#include "ber.h"
#include "der.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

Bytes digest_of_value(Digest digest, const UnsignedValue& value) {
  Bytes octets = base::to_bytes(value.type);
  base::append(octets, value.value);
  return digest_of(digest, octets);
}

std::string type_of_value(const UnsignedValue& value) {
  BerReader reader(value.type);
  const auto oid = reader.next();
  return oid ? oid_text(oid->content) : std::string();
}

bool read_digests_of_index(BerReader& fields, std::set<Bytes>& out) {
  const auto list = fields.expect(kBerSequence);
  if (!list) return false;
  BerReader items(list->content);
  while (!items.done()) {
    const auto item = items.expect(kBerOctetString);
    if (!item) return false;
    out.insert(base::to_bytes(item->content));
  }
  return !items.failed();
}

Bytes write_digests_of_index(std::set<Bytes> digests) {
  Bytes content;
  for (const Bytes& digest : digests) base::append(content, der::element(der::kOctetString, {digest}));
  return der::element(der::kSequence, {content});
}

std::set<Bytes> digests_of_elements(Digest digest, const std::vector<BytesView>& elements) {
  std::set<Bytes> out;
  for (const BytesView element : elements) out.insert(digest_of(digest, element));
  return out;
}

}  // namespace

bool HashIndex::has_certificate(BytesView element) const { return certificates.contains(digest_of(digest, element)); }
bool HashIndex::has_revocation(BytesView element) const { return revocations.contains(digest_of(digest, element)); }
bool HashIndex::has_value(const UnsignedValue& value) const { return values.contains(digest_of_value(digest, value)); }

Result<HashIndex> read_hash_index(BytesView value) {
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  BerReader fields(sequence ? sequence->content : BytesView());
  const auto element = fields.expect(kBerSequence);
  const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
  HashIndex out;
  if (!algorithm || !read_digests_of_index(fields, out.certificates) ||
      !read_digests_of_index(fields, out.revocations) || !read_digests_of_index(fields, out.values) || !fields.done() ||
      !outer.done())
    return fail(Code::malformed, "cms.hash-index", "the hash index of an archive timestamp cannot be read");
  const auto digest = digest_of_algorithm(*algorithm);
  if (!digest)
    return fail(Code::unsupported, "cms.hash-index", "the hash index of an archive timestamp is of an unknown digest");
  out.digest = *digest;
  return out;
}

bool index_fits(const HashIndex& index, const CmsLayout& message, const SignerLayout& signer) {
  std::set<Bytes> values;
  for (const UnsignedValue& value : signer.values) values.insert(digest_of_value(index.digest, value));
  const auto certificates = digests_of_elements(index.digest, message.certificates);
  const auto revocations = digests_of_elements(index.digest, message.revocations);
  return std::ranges::includes(certificates, index.certificates) &&
         std::ranges::includes(revocations, index.revocations) && std::ranges::includes(values, index.values);
}

Bytes write_hash_index(const CmsLayout& message, const SignerLayout& signer, Digest digest) {
  std::set<Bytes> values;
  for (const UnsignedValue& value : signer.values) values.insert(digest_of_value(digest, value));
  const Bytes algorithm = der::element(der::kSequence, {der::oid_from_dotted(oid_of(digest))});
  return der::element(der::kSequence,
                      {algorithm, write_digests_of_index(digests_of_elements(digest, message.certificates)),
                       write_digests_of_index(digests_of_elements(digest, message.revocations)),
                       write_digests_of_index(std::move(values))});
}

Bytes archived_octets(const CmsLayout& message, const SignerLayout& signer, BytesView content_digest, BytesView index) {
  Bytes out = base::to_bytes(message.content_type);
  base::append(out, content_digest);
  base::append(out, signer.head);
  base::append(out, index);
  return out;
}

BytesView index_of_token(const CmsLayout& token) {
  if (token.signers.size() != 1) return {};
  for (const UnsignedValue& value : token.signers.front().values)
    if (type_of_value(value) == kHashIndex) return value.value;
  return {};
}

}  // namespace segell::signer::ades
