#include "ades/issuer_client.h"

#include "ades/certificate_facts.h"
#include "ades/cms_layout.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxIssuerBytes = 64 * 1024, kMaxIssuerAddresses = 2;
constexpr int kMaxSteps = 6;

const base::Certificate* issuer_among(const base::Certificate& certificate,
                                      std::span<const base::Certificate> candidates) {
  const auto found = std::ranges::find_if(candidates, [&](const base::Certificate& one) {
    return std::ranges::equal(one.subject_der(), certificate.issuer_der());
  });
  return found == candidates.end() ? nullptr : &*found;
}

// RFC 5280 4.2.2.1: DER, or a "certs-only" message; PEM is what some authorities serve.
std::vector<base::Certificate> read_issuers(const base::Bytes& body) {
  if (auto one = base::Certificate::parse_der(body)) return {*std::move(one)};
  if (auto all = base::Certificate::parse_pem(base::as_text(body))) return *std::move(all);
  std::vector<base::Certificate> out;
  if (const auto message = lay_out_cms(body))
    for (const base::BytesView element : message->certificates)
      if (auto one = base::Certificate::parse_der(element)) out.push_back(*std::move(one));
  return out;
}

}  // namespace

std::vector<base::Certificate> IssuerClient::fetch_issuers(const base::Certificate& certificate) {
  std::size_t asked = 0;
  for (const std::string& address : issuer_addresses(certificate)) {
    if (!address.starts_with("http://") || asked++ >= kMaxIssuerAddresses) continue;
    const auto answer = base::fetch(m_http, {.method = "GET", .url = address},
                                    {.deadline = m_deadline, .max_response_bytes = kMaxIssuerBytes});
    if (!answer || answer->head.status != 200) continue;
    if (auto found = read_issuers(answer->body); issuer_among(certificate, found) != nullptr) return found;
  }
  return {};
}

std::vector<base::Certificate> IssuerClient::fetch_above(const base::Certificate& certificate,
                                                         std::span<const base::Certificate> others) {
  std::vector<base::Certificate> fetched;
  base::Certificate below = certificate;
  for (int step = 0; step < kMaxSteps && !below.is_self_issued(); ++step) {
    const base::Certificate* above = issuer_among(below, others);
    if (above == nullptr) above = issuer_among(below, fetched);
    if (above == nullptr) {
      auto found = fetch_issuers(below);
      if (found.empty()) break;
      std::ranges::move(found, std::back_inserter(fetched));
      above = issuer_among(below, fetched);
    }
    below = base::Certificate(*above);
  }
  return fetched;
}

}  // namespace segell::signer::ades
