#include "support/pdf_oracles.h"

#include <cstdio>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace segell::tests {
namespace {

std::string unhex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  return out;
}

// The element at the front: its own length says where the DER ends and the padding begins.
std::string first_element(const std::string& octets) {
  const auto octet = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(octets.at(i))); };
  std::size_t length = octet(1);
  std::size_t head = 2;
  if (length > 0x80) {
    const std::size_t count = length & 0x7FU;
    length = 0;
    for (; head < 2 + count; ++head) length = length << 8U | octet(head);
  }
  return octets.substr(0, head + length);
}

struct Asn1Line {
  std::size_t offset, header, length;
  int depth;
  std::string text;
};

std::vector<Asn1Line> asn1_lines(const std::filesystem::path& file) {
  const auto dump = run({"openssl", "asn1parse", "-inform", "DER", "-in", file});
  static const std::regex kLine(R"(^\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+)\s+\w+:\s*(.*)$)");
  std::vector<Asn1Line> out;
  std::istringstream lines(dump.out);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, kLine))
      out.push_back({std::stoul(match[1]), std::stoul(match[3]), std::stoul(match[4]), std::stoi(match[2]), match[5]});
  }
  return out;
}

}  // namespace

std::string by_qpdf(const std::string& pdf, std::vector<std::string> options) {
  const TemporaryFolder folder;
  write_file(folder / "in.pdf", pdf);
  options.insert(options.begin(), "qpdf");
  options.push_back((folder / "in.pdf").string());
  options.push_back((folder / "out.pdf").string());
  const auto done = run(options);
  if (!done.ok()) throw std::runtime_error(done.err);
  return read_file(folder / "out.pdf");
}

std::vector<PdfsigSignature> pdfsig(const std::string& pdf, std::string* said) {
  const TemporaryFolder folder;
  write_file(folder / "a.pdf", pdf);
  const auto result = run({"pdfsig", "-nocert", folder / "a.pdf"});
  if (said) *said = result.all();
  std::vector<PdfsigSignature> out;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const auto has = [&](std::string_view text) { return line.find(text) != std::string::npos; };
    if (line.rfind("Signature #", 0) == 0) out.emplace_back();
    if (out.empty()) continue;
    if (has("Signature is Valid.")) out.back().valid = true;
    if (has("Total document signed") && !has("Not total")) out.back().total_document = true;
    if (has("Signature Field Name: ")) out.back().field = line.substr(line.find(": ") + 2);
    if (has("Signature Type: ")) out.back().sub_filter = line.substr(line.find(": ") + 2);
  }
  return out;
}

std::string qpdf_complaints(const std::string& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "a.pdf", pdf);
  const auto result = run({"qpdf", "--check", folder / "a.pdf"});
  return result.ok() && result.all().find("WARNING") == std::string::npos ? std::string() : result.all();
}

CoveredBytes covered_bytes(const std::string& pdf, std::size_t nth) {
  static const std::regex kRange(R"(/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\])");
  std::sregex_iterator at(pdf.begin(), pdf.end(), kRange), end;
  for (; nth && at != end; --nth) ++at;
  if (at == end) throw std::runtime_error("no such ByteRange");
  std::size_t range[4];
  for (std::size_t i = 0; i < 4; ++i) range[i] = std::stoul((*at)[i + 1]);
  const std::string gap = pdf.substr(range[1], range[2] - range[1]);
  if (gap.front() != '<' || gap.back() != '>') throw std::runtime_error("the gap is no hexadecimal string");
  return {pdf.substr(range[0], range[1]) + pdf.substr(range[2], range[3]),
          first_element(unhex(std::string_view(gap).substr(1, gap.size() - 2)))};
}

std::string openssl_cms_complaints(const CoveredBytes& covered) {
  const TemporaryFolder folder;
  write_file(folder / "cms", covered.der);
  write_file(folder / "content", covered.content);
  const auto result = run({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder / "cms",
                           "-content", folder / "content", "-CAfile", std::string(SEGELL_PKI) + "/root.pem", "-purpose",
                           "any", "-out", "/dev/null"});
  return result.ok() ? std::string() : result.all();
}

std::string openssl_ts_complaints(const std::string& token, const std::string& data) {
  const TemporaryFolder folder;
  write_file(folder / "token", token);
  write_file(folder / "data", data);
  const auto result = run({"openssl", "ts", "-verify", "-token_in", "-in", folder / "token", "-data", folder / "data",
                           "-CAfile", std::string(SEGELL_PKI) + "/root.pem"});
  return result.ok() ? std::string() : result.all();
}

SignatureTimestamp signature_timestamp(const std::string& cms) {
  const TemporaryFolder folder;
  write_file(folder / "cms", cms);
  const auto lines = asn1_lines(folder / "cms");
  SignatureTimestamp out;
  for (std::size_t i = 0; i + 2 < lines.size(); ++i) {
    if (lines[i].text.find(":id-smime-aa-timeStampToken") == std::string::npos) continue;
    const Asn1Line& token = lines[i + 2];  // behind the SET
    out.token = cms.substr(token.offset, token.header + token.length);
    // The signature is the last octet string before the unsigned attributes, at their level.
    for (std::size_t j = i; j-- > 0 && out.signature.empty();)
      if (lines[j].depth == lines[i].depth - 2 && lines[j].text.rfind("OCTET STRING", 0) == 0)
        out.signature = cms.substr(lines[j].offset + lines[j].header, lines[j].length);
    break;
  }
  return out;
}

Rendering render(const std::string& pdf, int page, int dots_per_inch) {
  const TemporaryFolder folder;
  write_file(folder / "a.pdf", pdf);
  const std::string number = std::to_string(page);
  const auto result = run({"pdftoppm", "-gray", "-singlefile", "-r", std::to_string(dots_per_inch), "-f", number, "-l",
                           number, folder / "a.pdf", folder / "page"});
  if (!result.ok()) throw std::runtime_error("pdftoppm: " + result.all());
  const std::string pgm = read_file(folder / "page.pgm");
  Rendering out;
  int depth = 0, used = 0;
  if (std::sscanf(pgm.c_str(), "P5 %d %d %d%n", &out.width, &out.height, &depth, &used) != 3 || depth != 255)
    throw std::runtime_error("pdftoppm wrote another format");
  out.grey = pgm.substr(static_cast<std::size_t>(used) + 1);
  return out;
}

}  // namespace segell::tests
