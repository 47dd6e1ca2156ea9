#pragma once

#include <string>

namespace segell::tests {

struct SamplePdf {
  int pages = 3;
  int rotate = 0;               ///< /Rotate of every page
  std::size_t padding = 0;      ///< octets of incompressible comment in the content streams together
  std::string extra_catalog{};  ///< written into the catalog, "/Lang (ca)" say
  std::string annotations{};    ///< written into page 1, "/Annots [...]" say
  std::string extra_objects{};  ///< complete "N 0 obj … endobj" from number 1000 on, in order without gaps
  int extra_count = 0;
};

/// A small PDF 1.7 with a cross-reference table, A4 pages with a line of text and a frame; the same octets for the same
/// wishes.
std::string make_sample_pdf(const SamplePdf& wishes = {});

/// The same document rewritten by qpdf with object streams and a cross-reference stream.
std::string with_object_streams(const std::string& pdf);

/// As many revisions behind a file with a cross-reference table and the catalog in object 1. Each lists the object
/// again, where it stands already, and adds a small one that names it and that nothing leads to.
std::string with_revisions_naming(int number, std::string pdf, int revisions);

}  // namespace segell::tests
