// seal.rsa3072, seal.act, seal.p256: one core, a PDF of 100 KB with 3 pages (design, section 7).
#include "bench.h"

#include "signer/ades/disclosure.h"
#include "signer/ades/seal.h"
#include "support/example_pki.h"
#include "support/sample_pdf.h"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace segell::bench {
namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using namespace std::chrono_literals;

constexpr int kRounds = 11;
constexpr auto kSlice = 120ms;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Deleter<Free>>;

void require(bool succeeded, const char* what) {
  if (!succeeded) throw std::runtime_error(what);
}

// The peer: OpenSSL itself with the same key and certificates.
class Peer {
 public:
  explicit Peer(const std::string& name) {
    const std::string key = tests::read_file(tests::pki_file(name + ".key"));
    const Owned<BIO, BIO_free_all> bio(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    m_key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    require(m_key != nullptr, "peer key");
  }

  // The signature alone, over 32 octets.
  void sign_bare(base::BytesView message) const {
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    unsigned char signature[1024];
    std::size_t length = sizeof signature;
    require(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1 &&
                EVP_DigestSign(context.get(), signature, &length, base::as_u8(message), message.size()) == 1,
            "peer signature");
    keep(signature);
  }

  // A detached CAdES over the octets, through the CMS API, as DER.
  void sign_cms(base::BytesView octets, const base::SealIdentity& identity) const {
    constexpr unsigned kFlags = CMS_DETACHED | CMS_BINARY;
    const Owned<CMS_ContentInfo, CMS_ContentInfo_free> cms(
        CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags | CMS_PARTIAL));
    require(cms && CMS_add1_signer(cms.get(), identity.certificate.native(), m_key.get(), EVP_sha256(),
                                   kFlags | CMS_CADES | CMS_NOSMIMECAP),
            "peer CMS");
    for (const auto& issuer : identity.chain) require(CMS_add1_cert(cms.get(), issuer.native()) == 1, "peer chain");
    const Owned<BIO, BIO_free_all> content(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
    require(CMS_final(cms.get(), content.get(), nullptr, kFlags) == 1, "peer CMS");
    unsigned char* der = nullptr;
    require(i2d_CMS_ContentInfo(cms.get(), &der) > 0, "peer DER");
    OPENSSL_free(der);
  }

 private:
  Owned<EVP_PKEY, EVP_PKEY_free> m_key;
};

const std::string& classic_pdf() {
  static const std::string kPdf = tests::make_sample_pdf({.pages = 3, .padding = 99'000});
  return kPdf;
}
const std::string& object_stream_pdf() {
  static const std::string kPdf = tests::with_object_streams(classic_pdf());
  return kPdf;
}

// From the document's octets to the octets of the sealed revision.
base::Bytes seal(const ades::Sealer& sealer, const std::string& pdf, ades::SealRequest request) {
  const auto document = pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(pdf))).value();
  return sealer.seal(document, std::move(request), ades::TimeDemand::none, nullptr).value().bytes;
}

ades::SealRequest plain_request() {
  ades::SealRequest request;
  request.reason = "Acord (exemple)";
  request.claimed_time = base::Instant(1'795'168'800s);
  return request;
}

// What is known of a document since it was frozen.
struct Frozen {
  ades::Manifest::Shown shown;
  base::Hasher hasher{base::HashAlgorithm::sha256};
  ades::VerificationCode code = ades::VerificationCode::make();
  explicit Frozen(const std::string& pdf)
      : shown{pdf.size(), base::sha256(base::as_bytes(pdf)), base::sha512(base::as_bytes(pdf))} {
    hasher.update(base::as_bytes(pdf));
  }
};

ades::SealRequest act_request(const Frozen& frozen) {
  const auto facts = ades::make_facts({{ades::FactType::signer_name, base::Json("Rosa Exemple Fictícia")},
                                       {ades::FactType::evidence_level, base::Json(3)},
                                       {ades::FactType::device, base::Json("tablet-12")}})
                         .value();
  ades::Manifest manifest{.verification_code = frozen.code};
  manifest.shown = frozen.shown;
  manifest.base = {frozen.shown.length, frozen.shown.sha256};
  manifest.method = ades::Method::drawn;
  manifest.nonce = base::random_array<32>();
  manifest.signer = ades::DocumentSignerId::make();
  manifest.commitments = ades::commitments(facts).value();
  ades::SealRequest request = plain_request();
  request.manifest = ades::write_manifest(manifest).value();
  request.document_hash = &frozen.hasher;
  return request;
}

void report_ratio(const std::string& name, double value, double limit, double bar) {
  char words[32];
  std::snprintf(words, sizeof words, "ratio ≥ %.2f", bar);
  report({name, value, "seals/s", limit, value / limit, words, value / limit >= bar});
}

void run_rsa() {
  const auto sealer = ades::Sealer::make(tests::pki_identity("seal-rsa")).value();
  const Peer peer("seal-rsa");
  const auto message = base::random_bytes(32);
  const Frozen frozen(classic_pdf());
  const auto rates =
      interleaved_rates(kRounds, kSlice,
                        {[&] { peer.sign_bare(message); }, [&] { keep(seal(sealer, classic_pdf(), plain_request())); },
                         [&] { keep(seal(sealer, classic_pdf(), act_request(frozen))); }},
                        Seconds::processor);
  report_ratio("seal.rsa3072", rates[1], rates[0], 0.93);
  report_ratio("seal.act", rates[2], rates[0], 0.88);
}

void run_p256() {
  const auto identity = tests::pki_identity("seal-p256");
  const auto sealer = ades::Sealer::make(identity).value();
  const Peer peer("seal-p256");
  const auto sealed_octets = [&](const std::string& pdf) {
    base::Bytes octets = base::to_bytes(pdf);
    base::append(octets, seal(sealer, pdf, plain_request()));
    return octets;
  };
  const base::Bytes classic = sealed_octets(classic_pdf());
  const base::Bytes streams = sealed_octets(object_stream_pdf());
  const auto rates = interleaved_rates(
      kRounds, kSlice,
      {[&] { peer.sign_cms(classic, identity); }, [&] { keep(seal(sealer, classic_pdf(), plain_request())); },
       [&] { peer.sign_cms(streams, identity); }, [&] { keep(seal(sealer, object_stream_pdf(), plain_request())); }},
      Seconds::processor);
  report_ratio("seal.p256.classic", rates[1], rates[0], 1.00);
  report_ratio("seal.p256.object-streams", rates[3], rates[2], 0.90);
}

const Register kSeal{"seal", [] {
                       run_rsa();
                       run_p256();
                     }};

}  // namespace
}  // namespace segell::bench
