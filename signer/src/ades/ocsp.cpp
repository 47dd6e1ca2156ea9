#include "ocsp.h"

#include "ber.h"

namespace segell::signer::ades {
namespace {

constexpr std::string_view kBasicResponse = "1.3.6.1.5.5.7.48.1.1";

}  // namespace

std::optional<base::Bytes> basic_ocsp_of(base::BytesView response) {
  BerReader reader(response);
  const auto outer = reader.expect(kBerSequence);
  if (!outer || !reader.done()) return std::nullopt;
  BerReader fields(outer->content);
  const auto status = fields.expect(kBerEnumerated);
  const auto wrapped = fields.expect(ber_context_constructed(0));
  if (!status || base::as_text(status->content) != std::string_view("\0", 1) || !wrapped) return std::nullopt;
  BerReader inner(wrapped->content);
  const auto bytes = inner.expect(kBerSequence);
  BerReader parts(bytes ? bytes->content : base::BytesView());
  const auto type = parts.expect(kBerOid);
  const auto value = parts.next();
  if (!type || !value || oid_text(type->content) != kBasicResponse) return std::nullopt;
  return ber_octets(*value);
}

}  // namespace segell::signer::ades
