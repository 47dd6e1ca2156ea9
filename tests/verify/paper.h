#pragma once

#include "verify/samples.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "signer/ades/cms_seal.h"

#include <cstdio>
#include <map>
#include <string>

// A form written as plain text, revision by revision, and signed in this process: fast enough for hundreds of them.

namespace segell::tests {

class Paper {
 public:
  using Objects = std::map<int, std::string>;

  struct Seal {
    int field = 40;           ///< 40 "Seal", invisible; 41 "Visible"; 42 "Other", on page 2
    int docmdp = 0;           ///< /P of a certification
    std::string reference{};  ///< further entries of the signature dictionary
    Objects also{};           ///< further objects of the same revision
    std::string identity = "seal-p256";
  };

  // 1 catalog, 2 pages, 3 font of the pages, 4 and 5 page 1, 6 and 7 page 2, 8 form, 9 font of the form, 10 a form
  // object on page 1, 11 an optional content group, 12 a link, 20 to 26 fields, 30 to 35 appearances, 40 to 42
  // signature fields
  Paper() {
    const std::string page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> ";
    m_objects = {
        {1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R >>"},
        {2, "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>"},
        {3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"},
        {4, page +
                "/XObject << /X1 10 0 R >> /Properties << /L1 11 0 R >> >> /Contents 5 0 R /Annots [12 0 R 20 0 R 21 0 "
                "R 22 0 R 24 0 R 25 0 R 40 0 R 41 0 R] >>"},
        {5, stream("BT /F1 18 Tf 72 720 Td (You get 100 euros) Tj ET /X1 Do")},
        {6, page + ">> /Contents 7 0 R /Annots [42 0 R] >>"},
        {7, stream("BT /F1 18 Tf 72 720 Td (page two) Tj ET")},
        {8,
         "<< /Fields [20 0 R 21 0 R 23 0 R 26 0 R 40 0 R 41 0 R 42 0 R] /DR << /Font << /Helv 9 0 R >> >> /DA (/Helv "
         "12 "
         "Tf) >>"},
        {9, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"},
        {10, stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]")},
        {11, "<< /Type /OCG /Name (layer) >>"},
        {12, "<< /Type /Annot /Subtype /Link /Rect [10 10 60 20] /Dest [6 0 R /Fit] >>"},
        {20, widget("/FT /Tx /T (name)", "72 600 300 620", "/AP << /N 30 0 R >>")},
        {21,
         widget("/FT /Btn /T (agree)", "72 560 90 578", "/V /Off /AS /Off /AP << /N << /Yes 31 0 R /Off 32 0 R >> >>")},
        {22, widget("/Parent 23 0 R", "72 520 300 540", "/AP << /N 33 0 R >>")},
        {23, "<< /FT /Tx /T (town) /Kids [22 0 R] >>"},
        {24, widget("/Parent 26 0 R /FT /Tx /T (one)", "72 480 300 500", "")},
        {25, widget("/Parent 26 0 R /FT /Tx /T (two)", "72 440 300 460", "")},
        {26, "<< /T (part) /Kids [24 0 R 25 0 R] >>"},
        {30, appearance("()")},
        {31, stream("0 0 18 18 re f", kForm)},
        {32, stream("", kForm)},
        {33, appearance("()")},
        {40, widget("/FT /Sig /T (Seal)", "0 0 0 0", "")},
        {41, widget("/FT /Sig /T (Visible)", "72 100 300 160", "")},
        {42, widget("/FT /Sig /T (Other)", "72 100 300 160", "")}};
    m_text = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  }

  static std::string stream(const std::string& octets, const std::string& keys = {}) {
    return "<< " + keys + " /Length " + std::to_string(octets.size()) + " >>\nstream\n" + octets + "\nendstream";
  }
  static constexpr const char* kForm = "/Type /XObject /Subtype /Form /BBox [0 0 228 20]";
  /// What a text field shows.
  static std::string appearance(const std::string& text) {
    return stream("/Tx BMC BT /Helv 12 Tf 2 5 Td " + text + " Tj ET EMC",
                  std::string(kForm) + " /Resources << /Font << /Helv 9 0 R >> >>");
  }
  static std::string widget(const std::string& field, const std::string& rect, const std::string& rest,
                            const std::string& page = "4 0 R") {
    return "<< /Type /Annot /Subtype /Widget " + field + " /P " + page + " /F 4 /Rect [" + rect + "] " + rest + " >>";
  }

  /// The object as it stands, to be edited.
  [[nodiscard]] const std::string& body(int number) const { return m_objects.at(number); }
  [[nodiscard]] bool knows(int number) const { return m_objects.contains(number); }
  /// The body with one piece of text in the place of another that it must hold.
  [[nodiscard]] std::string edited(int number, const std::string& from, const std::string& to) const {
    std::string out = m_objects.at(number);
    const auto at = out.find(from);
    if (at == std::string::npos) throw std::logic_error("object " + std::to_string(number) + " holds no " + from);
    return out.replace(at, from.size(), to);
  }
  /// Changes the document before anything is written.
  Paper& with(const Objects& objects) {
    for (const auto& [number, text] : objects) m_objects[number] = text;
    return *this;
  }

  /// One more revision; an empty body frees the object. The first one takes all objects.
  Paper& save(const Objects& changed, const std::string& trailer = {}) {
    append(changed, trailer);
    return *this;
  }

  Paper& sign(const Seal& seal) {
    const int number = m_next++;
    Objects changed = seal.also;
    const std::string field = changed.contains(seal.field) ? changed.at(seal.field) : m_objects.at(seal.field);
    changed[seal.field] = field.substr(0, field.rfind(">>")) + "/V " + std::to_string(number) + " 0 R >>";
    std::string reference = seal.reference;
    if (seal.docmdp != 0) {
      reference +=
          " /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P " +
          std::to_string(seal.docmdp) + " /V /1.2 >> >>]";
      const std::string catalog = changed.contains(1) ? changed.at(1) : m_objects.at(1);
      changed[1] =
          catalog.substr(0, catalog.rfind(">>")) + "/Perms << /DocMDP " + std::to_string(number) + " 0 R >> >>";
    }
    const std::string ranges = "[0 0000000000 0000000000 0000000000]";
    changed[number] = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20261120091407Z)" +
                      reference + " /ByteRange " + ranges + " /Contents <" + std::string(kRoom * 2, '0') + "> >>";
    append(changed, {});
    fill(ranges, seal.identity);
    return *this;
  }

  [[nodiscard]] base::BytesView octets() const { return base::as_bytes(m_text); }
  [[nodiscard]] const std::string& text() const { return m_text; }
  /// A number that no object has, taken from now on.
  int fresh() { return m_next++; }

 private:
  static constexpr std::size_t kRoom = 4096;

  void append(const Objects& changed, const std::string& trailer) {
    const bool first = m_section == 0;
    for (const auto& [number, text] : changed) m_objects[number] = text;
    const Objects written = first ? m_objects : changed;
    std::string entries = first ? "0 1\n0000000000 65535 f \n" : "";
    for (const auto& [number, text] : written) {
      char line[64];
      std::snprintf(line, sizeof line, "%d 1\n%010zu 00000 %c \n", number, text.empty() ? 0 : m_text.size(),
                    text.empty() ? 'f' : 'n');
      entries += line;
      if (!text.empty()) m_text += std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
    }
    const std::size_t at = m_text.size();
    m_text += "xref\n" + entries + "trailer\n<< /Size 1000 /Root 1 0 R" +
              (first ? "" : " /Prev " + std::to_string(m_section)) + trailer + " >>\nstartxref\n" + std::to_string(at) +
              "\n%%EOF\n";
    m_section = at;
  }

  void fill(const std::string& ranges, const std::string& name) {
    const std::size_t begin = m_text.rfind("/Contents <0000") + 10, end = begin + kRoom * 2 + 2;
    char line[64];
    std::snprintf(line, sizeof line, "[0 %zu %zu %zu]", begin, end, m_text.size() - end);
    std::string written = line;
    written.resize(ranges.size(), ' ');
    m_text.replace(m_text.rfind(ranges), ranges.size(), written);
    base::Hasher hasher(base::HashAlgorithm::sha256);
    hasher.update(base::as_bytes(std::string_view(m_text).substr(0, begin)));
    hasher.update(base::as_bytes(std::string_view(m_text).substr(end)));
    static std::map<std::string, base::SealIdentity> identities;
    if (!identities.contains(name)) identities.emplace(name, pki_identity(name));
    const base::SealIdentity& identity = identities.at(name);
    const auto signer =
        signer::ades::CmsSigner::make(identity.certificate, identity.chain, identity.key->scheme()).value();
    signer::ades::CmsToBeSigned message(signer, hasher.finish_sha256());
    const auto signature = identity.key->sign(message.octets()).value();
    const auto cms = std::move(message).complete(signature).value();
    const std::string hex = base::to_hex(cms.der());
    m_text.replace(begin + 1, hex.size(), hex);
  }

  std::string m_text;
  Objects m_objects;
  std::size_t m_section = 0;
  int m_next = 100;
};

}  // namespace segell::tests
