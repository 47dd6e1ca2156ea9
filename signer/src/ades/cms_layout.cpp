#include "cms_layout.h"

#include "cms_parts.h"

namespace segell::signer::ades {
namespace {

using base::BytesView;
using base::Result;

// From the first octet of one element to the last of another one behind it.
BytesView span_of(const BerElement& first, const BerElement& last) {
  return {first.whole.data(), last.whole.data() + last.whole.size()};
}

bool take_members(const BerElement& set, std::vector<BytesView>& out) {
  BerReader items(set.content);
  while (!items.done()) {
    const auto item = items.next();
    if (item) out.push_back(item->whole);
  }
  return !items.failed();
}

bool take_values(SignerLayout& out) {
  for (const BytesView attribute : out.attributes) {
    BerReader outer(attribute);
    const auto sequence = outer.expect(kBerSequence);
    BerReader fields(sequence ? sequence->content : BytesView());
    const auto type = fields.expect(kBerOid);
    const auto values = fields.expect(kBerSet);
    std::vector<BytesView> members;
    if (!type || !values || !take_members(*values, members)) return false;
    for (const BytesView value : members) out.values.push_back({type->whole, value});
  }
  return true;
}

bool lay_out_signer(const BerElement& info, SignerLayout& out) {
  BerReader fields(info.content);
  const auto version = fields.next();
  const auto name = fields.next();
  const auto digest = fields.next();
  (void)fields.accept(ber_context_constructed(0));
  const auto algorithm = fields.next();
  const auto signature = fields.next();
  if (!version || !name || !digest || !algorithm || !signature) return false;
  out.head = span_of(*version, *signature);
  if (const auto attributes = fields.accept(ber_context_constructed(1)))
    if (!take_members(*attributes, out.attributes)) return false;
  return fields.done() && !fields.failed() && take_values(out);
}

bool lay_out_signed_data(BytesView sequence, CmsLayout& out) {
  BerReader fields(sequence);
  const auto version = fields.expect(kBerInteger);
  const auto digests = fields.expect(kBerSet);
  const auto content = fields.expect(kBerSequence);
  if (!version || !digests || !content) return false;
  out.version = version->whole;
  out.digests = digests->whole;
  out.content = content->whole;
  BerReader inside(content->content);
  const auto type = inside.expect(kBerOid);
  if (!type) return false;
  out.content_type = type->whole;
  if (const auto list = fields.accept(ber_context_constructed(0)))
    if (!take_members(*list, out.certificates)) return false;
  if (const auto list = fields.accept(ber_context_constructed(1)))
    if (!take_members(*list, out.revocations)) return false;
  const auto signers = fields.expect(kBerSet);
  if (!signers || !fields.done()) return false;
  BerReader list(signers->content);
  while (!list.done()) {
    const auto info = list.expect(kBerSequence);
    if (!info || !lay_out_signer(*info, out.signers.emplace_back())) return false;
  }
  return !list.failed();
}

}  // namespace

Result<CmsLayout> lay_out_cms(BytesView octets) {
  BerReader reader(octets);
  const auto outer = reader.expect(kBerSequence);
  BerReader fields(outer ? outer->content : BytesView());
  (void)fields.expect(kBerOid);
  const auto content = fields.expect(ber_context_constructed(0));
  BerReader inner(content ? content->content : BytesView());
  const auto signed_data = inner.expect(kBerSequence);
  CmsLayout out;
  if (!signed_data || !lay_out_signed_data(signed_data->content, out))
    return malformed_cms("the signed data cannot be read");
  return out;
}

}  // namespace segell::signer::ades
