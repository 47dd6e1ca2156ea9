// A certificate, its issuer's, and what claims to be a CRL, an OCSP response or a TSTInfo about them, one behind the
// other: any octets end in an answer or an error.
#include "ades/ber.h"
#include "ades/ocsp.h"
#include "ades/revocation_data.h"
#include "ades/tst_info.h"

using namespace segell;
using namespace segell::signer::ades;

namespace {

class Nobody final : public RevocationAuthorities {
 public:
  explicit Nobody(std::span<const base::Certificate> known) : m_known(known) {}
  [[nodiscard]] std::span<const base::Certificate> candidates() const override { return m_known; }
  [[nodiscard]] bool is_anchored(const base::Certificate&) const override { return true; }

 private:
  std::span<const base::Certificate> m_known;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 * 1024) return 0;
  BerReader reader({reinterpret_cast<const std::byte*>(data), size});
  std::vector<base::Certificate> known;
  for (int i = 0; i < 2; ++i) {
    const auto element = reader.next();
    if (!element) return 0;
    auto certificate = base::Certificate::parse_der(element->whole);
    if (!certificate) return 0;
    known.push_back(*std::move(certificate));
  }
  const base::BytesView rest = reader.rest();
  const auto basic = basic_ocsp_of(rest);
  (void)read_tst_info(rest).has_value();
  for (auto data_read : {read_crl(rest), read_ocsp(basic ? base::BytesView(*basic) : rest)})
    if (data_read) (void)(*data_read)->ask(known[0], known[1], Nobody(known));
  return 0;
}
