#include "tst_info.h"

#include "algorithms.h"
#include "ber.h"

namespace segell::signer::ades {
namespace {

base::Failure malformed_info(std::string what) {
  return base::fail(base::Code::malformed, "timestamp.malformed",
                    "the timestamp token is malformed: " + std::move(what));
}

// A small non-negative INTEGER; nothing when it is negative or larger than any accuracy is.
std::optional<std::int64_t> small_number(base::BytesView content) {
  if (content.empty() || content.size() > 4 || (std::to_integer<unsigned>(content[0]) & 0x80U) != 0)
    return std::nullopt;
  std::int64_t value = 0;
  for (const std::byte octet : content) value = value << 8 | std::to_integer<std::int64_t>(octet);
  return value;
}

// Accuracy (RFC 3161 2.4.2): seconds, and milliseconds [0] and microseconds [1] of 1 to 999.
std::optional<base::Microseconds> read_accuracy_of(base::BytesView content) {
  base::Microseconds total{0};
  BerReader fields(content);
  const auto add = [&](std::uint8_t tag, base::Microseconds unit) {
    const auto part = fields.accept(tag);
    if (!part) return true;
    const auto value = small_number(part->content);
    if (value) total += *value * unit;
    return value.has_value();
  };
  const bool read = add(kBerInteger, std::chrono::seconds(1)) && add(ber_context(0), std::chrono::milliseconds(1)) &&
                    add(ber_context(1), base::Microseconds(1));
  if (!read || !fields.done() || fields.failed()) return std::nullopt;
  return total;
}

bool has_critical_extension(base::BytesView extensions) {
  BerReader reader(extensions);
  while (!reader.done()) {
    const auto extension = reader.expect(kBerSequence);
    BerReader fields(extension ? extension->content : base::BytesView());
    if (!fields.expect(kBerOid)) return true;
    const auto critical = fields.accept(kBerBoolean);
    if (critical && !critical->content.empty() && critical->content[0] != std::byte{0}) return true;
  }
  return reader.failed();
}

base::Result<void> read_imprint(BerReader& fields, TstInfo& out) {
  const auto element = fields.expect(kBerSequence);
  BerReader parts(element ? element->content : base::BytesView());
  const auto algorithm_element = parts.expect(kBerSequence);
  const auto algorithm = algorithm_element ? read_algorithm(algorithm_element->content) : std::nullopt;
  const auto octets = parts.next();
  auto imprint = octets ? ber_octets(*octets) : std::nullopt;
  if (!algorithm || !imprint || !parts.done()) return malformed_info("its imprint cannot be read");
  out.imprint_digest = digest_of_algorithm(*algorithm);
  out.imprint = *std::move(imprint);
  return base::ok();
}

}  // namespace

base::Result<TstInfo> read_tst_info(base::BytesView content) {
  BerReader reader(content);
  const auto outer = reader.expect(kBerSequence);
  if (!outer || !reader.done()) return malformed_info("its TSTInfo cannot be read");
  BerReader fields(outer->content);
  TstInfo out;
  const auto version = fields.expect(kBerInteger);
  if (!version || small_number(version->content) != 1) return malformed_info("its version is not 1");
  const auto policy = fields.expect(kBerOid);
  if (!policy) return malformed_info("its policy cannot be read");
  out.policy = oid_text(policy->content);
  SEGELL_CHECK(read_imprint(fields, out));
  if (!fields.expect(kBerInteger)) return malformed_info("its serial number cannot be read");
  const auto time = fields.expect(kBerGeneralizedTime);
  const auto instant = time ? parse_generalized_time(base::as_text(time->content)) : std::nullopt;
  if (!instant) return malformed_info("its time cannot be read");
  out.time = *instant;
  if (const auto accuracy = fields.accept(kBerSequence)) {
    const auto read = read_accuracy_of(accuracy->content);
    if (!read) return malformed_info("its accuracy cannot be read");
    out.accuracy = *read;
  }
  if (const auto ordering = fields.accept(kBerBoolean))
    out.ordering = !ordering->content.empty() && ordering->content[0] != std::byte{0};
  (void)fields.accept(kBerInteger);  // a nonce speaks to whoever asked
  (void)fields.accept(ber_context_constructed(0));
  if (const auto extensions = fields.accept(ber_context_constructed(1)); extensions) {
    if (has_critical_extension(extensions->content)) return malformed_info("it has a critical extension");
  }
  if (!fields.done() || fields.failed()) return malformed_info("its TSTInfo has further parts");
  return out;
}

}  // namespace segell::signer::ades
