#pragma once

#include "support/child_process.h"
#include "verify/samples.h"

#include "base/http_exchange.h"
#include "net/curl_exchange.h"
#include "signer/ades/asic.h"
#include "signer/ades/cades.h"
#include "signer/ades/long_term.h"
#include "signer/ades/seal.h"

#include <doctest/doctest.h>

// Authorities whose clock a test sets (tests/trust/authority.mjs), and what is sealed and extended with them.

namespace segell::tests {

using namespace segell::signer::ades;
namespace ades = segell::signer::ades;
namespace pdf = segell::signer::pdf;

inline base::Instant day(const std::string& text) { return base::parse_rfc3339(text + "T12:00:00Z").value(); }

class Drill {
 public:
  Drill()
      : m_peer({"node", SEGELL_SOURCE_DIR "/tests/trust/authority.mjs", m_folder.path().string()}),
        m_url("http://127.0.0.1:" + m_peer.wait_for_line("port ") + "/"),
        m_http(net::make_curl_exchange()) {
    REQUIRE(m_trust.add_pem(read_file(m_folder / "root.pem")));
    set_time("2026-11-20");
  }

  void set_time(const std::string& text) {
    m_clock.set(day(text));
    say("time/" + text);
  }
  std::string root_path() const { return (m_folder.path() / "root.pem").string(); }
  void set_mode(const std::string& mode) { say("mode/" + mode); }
  int answered() { return std::stoi(say("count")); }

  TimestampClient tsa(const std::string& first = "tsa", std::vector<std::string> more = {}) {
    for (std::string& one : more) one.insert(0, m_url);
    return {*m_http,
            m_clock,
            {.url = m_url + first, .anchors = m_trust.anchors, .intermediates = {}, .policy = {}, .fallbacks = more}};
  }

  base::SealIdentity identity(const std::string& name, bool with_issuer = true) {
    const auto certificate = [&](const std::string& file) {
      return base::Certificate::parse_pem(read_file(m_folder / (file + ".pem"))).value().front();
    };
    const std::string key = read_file(m_folder / (name + ".key"));
    return base::make_seal_identity(
               base::parse_signing_key_pem(base::as_bytes(key), base::Secret()).value(), certificate(name),
               with_issuer ? std::vector{certificate("issuing")} : std::vector<base::Certificate>())
        .value();
  }

  base::Bytes seal(const std::string& name = "seal", TimeDemand demand = TimeDemand::required,
                   bool with_issuer = true) {
    const auto plain = m_samples.plain();
    const auto document = pdf::Document::open_strict(pdf::borrow_source(plain)).value();
    const auto client = tsa();
    SealRequest request;
    request.claimed_time = m_clock.now();
    auto sealed =
        Sealer::make(identity(name, with_issuer)).value().seal(document, std::move(request), demand, &client).value();
    base::Bytes out = plain;
    base::append(out, sealed.bytes);
    return out;
  }

  base::Result<base::Bytes> extend(const base::Bytes& file, LongTermLevel level = LongTermLevel::b_lta,
                                   const TimestampClient* client = nullptr) {
    const auto own = tsa();
    auto made = extend_document(pdf::borrow_source(file), level, m_trust,
                                {.http = *m_http, .clock = m_clock, .tsa = client == nullptr ? &own : client});
    if (!made) return base::fail(made.error());
    base::Bytes out = file;
    for (const base::Bytes& revision : made->revisions) base::append(out, revision);
    return out;
  }

  /// A CAdES signature at B-B or B-T over `content`, beside it or around it.
  base::Bytes seal_cades(base::BytesView content, ContentPlace place, TimeDemand demand = TimeDemand::none) {
    const auto client = tsa();
    auto sealed = CadesSealer::make(identity("seal"))
                      .value()
                      .seal(*pdf::borrow_source(content), place, m_clock.now(), demand, &client);
    return sealed.value().der;
  }

  base::Bytes seal_container(ContainerKind kind, TimeDemand demand = TimeDemand::none) {
    const auto client = tsa();
    base::Bytes out;
    std::vector<ContainerFile> files{{"informe.txt", pdf::own_source(base::to_bytes(base::as_bytes("Informe\n")))}};
    const auto sealed = ContainerSealer::make(identity("seal"))
                            .value()
                            .seal(kind, std::move(files), m_clock.now(), demand, &client, [&](auto piece) {
                              base::append(out, piece);
                              return base::ok();
                            });
    REQUIRE(sealed);
    return out;
  }

  base::Result<base::Bytes> extend_container(const base::Bytes& container, LongTermLevel level = LongTermLevel::b_lta) {
    const auto client = tsa();
    auto made = ades::extend_container(pdf::borrow_source(container), level, m_trust,
                                       {.http = *m_http, .clock = m_clock, .tsa = &client});
    if (!made) return base::fail(made.error());
    return std::move(made->octets);
  }

  base::Result<base::Bytes> extend_cades(const base::Bytes& signature, const pdf::SourcePtr& content,
                                         LongTermLevel level = LongTermLevel::b_lta) {
    const auto client = tsa();
    auto made = ades::extend_cades(pdf::borrow_source(signature), content, level, m_trust,
                                   {.http = *m_http, .clock = m_clock, .tsa = &client});
    if (!made) return base::fail(made.error());
    return std::move(made->der);
  }

  Verdict verify_cades(base::BytesView signature, const pdf::SourcePtr& content, const std::string& at) const {
    return Verifier(m_trust).verify(pdf::borrow_source(signature), "drill.p7s",
                                    {.at = day(at), .disclosures = {}, .content = content});
  }

  Verdict verify(base::BytesView file, const std::string& at) const {
    return Verifier(m_trust).verify_pdf(pdf::borrow_source(file), "drill.pdf", {.at = day(at), .disclosures = {}});
  }

 private:
  std::string say(const std::string& path) {
    const auto answer = base::fetch(*m_http, {.url = m_url + path}, {});
    REQUIRE(answer);
    return base::to_text(answer->body);
  }

  TemporaryFolder m_folder;
  ChildProcess m_peer;
  std::string m_url;
  std::unique_ptr<base::HttpExchange> m_http;
  base::FixedClock m_clock{day("2026-11-20")};
  TrustMaterial m_trust;
  Samples m_samples;
};

}  // namespace segell::tests
