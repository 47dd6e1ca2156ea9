#include "support/sample_pdf.h"

#include "support/child_process.h"

#include <cstdio>
#include <map>
#include <random>
#include <stdexcept>

namespace segell::tests {
namespace {

std::string stream_object(const std::string& content) {
  return "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
}

// Octets that do not compress, in a comment of the content stream; a fixed seed.
std::string padding_comment(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string out = "%";
  while (out.size() < size) {
    const char c = static_cast<char>(33 + random() % 90);
    out += c;
  }
  return out + "\n";
}

}  // namespace

std::string make_sample_pdf(const SamplePdf& wishes) {
  std::map<int, std::string> objects;
  std::string kids;
  for (int page = 0; page < wishes.pages; ++page) {
    const int number = 4 + 2 * page;
    kids += std::to_string(number) + " 0 R ";
    std::string content = "0.8 G 20 20 555 802 re S BT /F1 18 Tf 60 780 Td (Full d'exemple, pagina " +
                          std::to_string(page + 1) + ") Tj ET\n";
    if (wishes.padding) content += padding_comment(wishes.padding / static_cast<unsigned>(wishes.pages), 7U);
    objects[number] = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate " + std::to_string(wishes.rotate) +
                      " /Resources << /Font << /F1 3 0 R >> >> /Contents " + std::to_string(number + 1) + " 0 R" +
                      (page == 0 ? wishes.annotations : std::string()) + " >>";
    objects[number + 1] = stream_object(content);
  }
  objects[1] = "<< /Type /Catalog /Pages 2 0 R " + wishes.extra_catalog + " >>";
  objects[2] = "<< /Type /Pages /Count " + std::to_string(wishes.pages) + " /Kids [ " + kids + "] >>";
  objects[3] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  std::string entries;
  const auto entry = [&](std::size_t offset) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
    return std::string(line);
  };
  for (const auto& [number, body] : objects) {
    entries += entry(out.size());
    out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }
  std::string sections = "0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n" + entries;
  std::size_t size = objects.size() + 1;
  if (wishes.extra_count) {
    sections += "1000 " + std::to_string(wishes.extra_count) + "\n";
    for (int i = 0; i < wishes.extra_count; ++i) {
      const auto at = wishes.extra_objects.find(std::to_string(1000 + i) + " 0 obj");
      if (at == std::string::npos) throw std::runtime_error("an extra object is missing");
      sections += entry(out.size() + at);
    }
    out += wishes.extra_objects + "\n";
    size = static_cast<std::size_t>(1000 + wishes.extra_count);
  }
  const std::size_t xref = out.size();
  return out + "xref\n" + sections + "trailer\n<< /Size " + std::to_string(size) +
         " /Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>\nstartxref\n" +
         std::to_string(xref) + "\n%%EOF\n";
}

std::string with_object_streams(const std::string& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "in.pdf", pdf);
  const auto result = run({"qpdf", "--object-streams=generate", "--static-id", "--compress-streams=n",
                           "--decode-level=none", folder / "in.pdf", folder / "out.pdf"});
  if (!result.ok()) throw std::runtime_error("qpdf: " + result.all());
  return read_file(folder / "out.pdf");
}

std::string with_revisions_naming(int number, std::string pdf, int revisions) {
  constexpr int kFirst = 2000;
  const std::string named = std::to_string(number);
  const std::size_t place = pdf.find("\n" + named + " 0 obj") + 1;
  for (int i = 0; i < revisions; ++i) {
    const std::size_t start = pdf.rfind("startxref\n") + 10;
    const std::string previous = pdf.substr(start, pdf.find('\n', start) - start);
    const std::size_t added = pdf.size();
    pdf += std::to_string(kFirst + i) + " 0 obj\n[" + named + " 0 R]\nendobj\n";
    const std::size_t table = pdf.size();
    char entries[128];
    std::snprintf(entries, sizeof entries, "%d 1\n%010zu 00000 n \n%d 1\n%010zu 00000 n \n", number, place, kFirst + i,
                  added);
    pdf += "xref\n" + std::string(entries) + "trailer\n<< /Size " + std::to_string(kFirst + 1 + i) +
           " /Root 1 0 R /Prev " + previous + " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  }
  return pdf;
}

}  // namespace segell::tests
