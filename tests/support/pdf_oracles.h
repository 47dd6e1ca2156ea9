#pragma once

#include "support/child_process.h"

#include <string>
#include <vector>

// What outside programs say about a signed PDF.

namespace segell::tests {

/// One signature as pdfsig (poppler) sees it.
struct PdfsigSignature {
  std::string field;
  bool valid = false;           ///< "Signature is Valid."
  bool total_document = false;  ///< "Total document signed"
  std::string sub_filter;
};
/// Runs pdfsig without certificate validation; the raw output goes to `said`.
std::vector<PdfsigSignature> pdfsig(const std::string& pdf, std::string* said = nullptr);

/// "" when qpdf --check finds nothing to say, else its words.
std::string qpdf_complaints(const std::string& pdf);

/// The file as qpdf writes it anew with those options; throws with qpdf's words when it cannot.
std::string by_qpdf(const std::string& pdf, std::vector<std::string> options);

/// The signed octets and the DER of the nth ByteRange of the file, found by plain text search.
struct CoveredBytes {
  std::string content;
  std::string der;  ///< zero padding trimmed
};
CoveredBytes covered_bytes(const std::string& pdf, std::size_t nth);

/// "" when `openssl cms -verify` accepts the DER over the content with the root of the example PKI.
std::string openssl_cms_complaints(const CoveredBytes& covered);
/// "" when `openssl ts -verify` accepts the token over the data.
std::string openssl_ts_complaints(const std::string& token, const std::string& data);
/// The signature timestamp of a CMS (unsigned attribute), and the signature value it covers, cut out by openssl
/// asn1parse; empty when there is none.
struct SignatureTimestamp {
  std::string token;
  std::string signature;
};
SignatureTimestamp signature_timestamp(const std::string& cms);

/// A page rendered by pdftoppm as grey octets, origin at the top left as displayed.
struct Rendering {
  int width = 0;
  int height = 0;
  std::string grey;
  [[nodiscard]] unsigned at(int x, int y) const {
    return static_cast<unsigned char>(
        grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]);
  }
};
Rendering render(const std::string& pdf, int page, int dots_per_inch);

}  // namespace segell::tests
