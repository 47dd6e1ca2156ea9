#include "support/curl_exchange.h"
#include "support/mutations.h"
#include "support/timestamp_peer.h"
#include "verify/samples.h"

#include "signer/ades/cms.h"
#include "signer/ades/seal.h"
#include "signer/pdf/signatures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <random>

// One octet of a sealed file changed at random: the file does not pass any more, unless what was changed means the same
// as before. What may change and pass is listed here by name, and counted.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer;

constexpr std::string_view kCase = "a hexadecimal digit in the other case";
constexpr std::string_view kName = "the case of a letter in an issuer's name (RFC 5280, 7.1)";
constexpr std::string_view kCertificate = "a certificate that nothing needs";
constexpr std::string_view kSpacing = "white space or a comment in a revision that nobody signed";
constexpr std::string_view kEvidence = "evidence in a revision that nobody signed, which anybody may renew";

base::Bytes flipped(base::BytesView octets, std::size_t at, unsigned bits = 0x01) {
  base::Bytes out = base::to_bytes(octets);
  out[at] ^= static_cast<std::byte>(bits);
  return out;
}

bool passes(base::BytesView octets) { return judge(octets).indication == Indication::total_passed; }

// A sealed file, and which of its octets could change without harm.
class Sealed {
 public:
  Sealed(std::string name, base::Bytes octets) : m_name(std::move(name)), m_octets(std::move(octets)) {
    const auto document = pdf::Document::open(pdf::borrow_source(m_octets)).value();
    m_signatures = pdf::find_signatures(document).value();
    for (const pdf::Signature& signature : m_signatures) {
      m_signed_end = std::max<std::size_t>(m_signed_end, signature.covered_end());
      const auto message = ades::parse_cms(signature.contents).value();
      for (const base::Bytes& certificate : message.certificates) add_certificate(signature, certificate);
      for (const base::Bytes& token : message.timestamps) {
        const auto inner = ades::parse_cms(token).value();
        for (const base::Bytes& certificate : inner.certificates) add_certificate(signature, certificate);
      }
    }
  }

  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] const base::Bytes& octets() const { return m_octets; }

  // Half of the places lie where a message stands: its padding and the text around it are most of a small file.
  template <class Random>
  std::size_t place(Random& random) const {
    if (random() % 2 == 0) return random() % m_octets.size();
    const pdf::Signature& signature = m_signatures[random() % m_signatures.size()];
    const std::size_t length = 2 * ades::parse_cms(signature.contents).value().length + 2;
    return signature.gap.offset + random() % length;
  }

  /// Why a file that passes differs from this one in no value, or nothing.
  [[nodiscard]] std::string_view excuse(base::BytesView mutant, std::size_t at) const {
    for (const pdf::Signature& signature : m_signatures) {
      if (at <= signature.gap.offset || at + 1 >= signature.gap.end()) continue;
      if (recases_a_name(signature, mutant, at)) return kName;
      const char was = static_cast<char>(m_octets[at]), is = static_cast<char>(mutant[at]);
      return (was ^ is) == 0x20 && std::isxdigit(static_cast<unsigned char>(was)) ? kCase : in_spare_certificate(at);
    }
    return at < m_signed_end ? std::string_view() : in_unsigned_revision(mutant);
  }

 private:
  // Wherever the certificate stands in the file, if the verdict is the same without it.
  void add_certificate(const pdf::Signature& signature, const base::Bytes& certificate) {
    const auto& contents = signature.contents;
    for (auto at = contents.begin();; ++at) {
      at = std::search(at, contents.end(), certificate.begin(), certificate.end());
      if (at == contents.end()) return;
      const std::size_t from = signature.gap.offset + 1 + 2 * static_cast<std::size_t>(at - contents.begin());
      // another digit inside of its key
      if (passes(flipped(m_octets, from + certificate.size()))) m_spare.push_back({from, 2 * certificate.size()});
    }
  }

  // Where a message names an issuer: such names are compared without regard to case.
  [[nodiscard]] static bool recases_a_name(const pdf::Signature& signature, base::BytesView mutant, std::size_t at) {
    static const base::Bytes kIssuer = base::to_bytes(pki_certificate("seal-p256").issuer_der());
    const std::size_t place = (at - signature.gap.offset - 1) / 2;
    const std::string_view digits = base::as_text(mutant).substr(signature.gap.offset + 1 + 2 * place, 2);
    int is = 0;
    if (std::from_chars(digits.data(), digits.data() + 2, is, 16).ptr != digits.data() + 2) return false;
    const int was = std::to_integer<int>(signature.contents[place]);
    if ((was ^ is) != 0x20 || std::isalpha(was) == 0) return false;
    const auto from =
        signature.contents.begin() + static_cast<std::ptrdiff_t>(place - std::min(place, kIssuer.size() - 1));
    const auto name = std::search(from, signature.contents.end(), kIssuer.begin(), kIssuer.end());
    return static_cast<std::size_t>(name - signature.contents.begin()) <= place;
  }

  [[nodiscard]] std::string_view in_spare_certificate(std::size_t at) const {
    const auto holds = [at](pdf::Range range) { return at >= range.offset && at < range.end(); };
    return std::ranges::any_of(m_spare, holds) ? kCertificate : std::string_view();
  }

  // Object by object, as values.
  [[nodiscard]] std::string_view in_unsigned_revision(base::BytesView mutant) const {
    const auto was = pdf::Document::open(pdf::borrow_source(m_octets)).value();
    const auto is = pdf::Document::open(pdf::borrow_source(mutant)).value();
    if (is.repaired() || is.revisions().size() != was.revisions().size()) return {};
    std::string_view excuse = kSpacing;
    for (std::uint32_t number = 0; number < std::max(was.object_count(), is.object_count()); ++number) {
      const auto before = was.load({number, 0}), now = is.load({number, 0});
      if (!before || !now) return {};
      // no stream stands behind what is signed here
      if (*before == *now || (before->as_stream() != nullptr && before->where() == now->where())) continue;
      if (before->as_dictionary() == nullptr || !before->as_dictionary()->is_name("Type", "DSS")) return {};
      excuse = kEvidence;
    }
    return excuse;
  }

  std::string m_name;
  base::Bytes m_octets;
  std::vector<pdf::Signature> m_signatures;
  std::vector<pdf::Range> m_spare;
  std::size_t m_signed_end = 0;
};

base::Bytes with_timestamp(const base::Bytes& plain) {
  const TimestampPeer peer;
  CurlExchange http;
  base::SystemClock clock;
  const ades::TimestampClient authority(
      http, clock, {.url = peer.url("good"), .anchors = {pki_certificate("root")}, .intermediates = {}, .policy = {}},
      {});
  const auto document = pdf::Document::open(pdf::borrow_source(plain)).value();
  const auto sealer = ades::Sealer::make(pki_identity("seal-rsa")).value();
  const auto revision =
      sealer.seal(document, {.claimed_time = clock.now()}, ades::TimeDemand::required, &authority).value();
  base::Bytes out = plain;
  base::append(out, revision.bytes);
  return out;
}

std::vector<Sealed> sealed_files() {
  Samples samples;
  const base::Bytes plain = samples.plain();
  const base::Bytes bare = samples.sign(plain, "seal-p256", {"--room", "4096"});
  std::vector<Sealed> out;
  out.emplace_back("B-B", bare);
  out.emplace_back("two approvals", samples.sign(bare, "seal-rsa", {"--field", "Second", "--room", "6144"}));
  out.emplace_back("B-T", with_timestamp(plain));
  out.emplace_back("B-B, then evidence", samples.update(bare, "dss"));
  out.emplace_back("B-B, evidence, document timestamp", samples.timestamp(samples.update(bare, "dss")));
  return out;
}

}  // namespace

TEST_CASE("no octet of a sealed file changes unnoticed") {
  const auto files = sealed_files();
  for (const Sealed& file : files) REQUIRE_MESSAGE(passes(file.octets()), file.name());
  (void)passes(files.back().octets());  // what it takes once is not what a mutant takes
  check_mutations(
      {.rounds = 3'000, .seed = 20261120},
      [&](std::size_t round, std::mt19937& random) {
        const std::size_t which = round % files.size();
        const std::size_t at = files[which].place(random);
        return Mutant{which, at, flipped(files[which].octets(), at, 1 + random() % 255), files[which].name()};
      },
      [](const Mutant& mutant) { return judge(mutant.octets); },
      [&](const Mutant& mutant, const Verdict& /*verdict*/) {
        return files[mutant.which].excuse(mutant.octets, mutant.at);
      });
}
