#pragma once

#include "signer/pdf/source.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

// PDF files written by hand, revision by revision, sound or deliberately not; and sources that are no memory.

namespace segell::tests {

class PdfText {
 public:
  enum class Place { offset, compressed, freed };
  struct Entry {
    Place place = Place::offset;
    std::size_t first = 0;   ///< offset, or number of the object stream, or next free object
    std::size_t second = 0;  ///< generation, or index in the object stream
  };
  using Entries = std::map<int, Entry>;

  std::string text = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  Entries entries;  ///< of the revision that is being written

  /// "N G obj … endobj"; the entry is noted.
  PdfText& object(int number, const std::string& body, int generation = 0) {
    entries[number] = {Place::offset, text.size(), static_cast<std::size_t>(generation)};
    text += std::to_string(number) + " " + std::to_string(generation) + " obj\n" + body + "\nendobj\n";
    return *this;
  }
  static std::string stream(const std::string& octets, const std::string& keys = {}) {
    return "<< " + keys + " /Length " + std::to_string(octets.size()) + " >>\nstream\n" + octets + "\nendstream";
  }
  /// Objects inside one object stream; their entries are noted.
  PdfText& object_stream(int number, const std::vector<std::pair<int, std::string>>& objects,
                         const std::string& keys = {}) {
    std::string head, body;
    std::size_t index = 0;
    for (const auto& [inner, value] : objects) {
      head += std::to_string(inner) + " " + std::to_string(body.size()) + " ";
      body += value + " ";
      entries[inner] = {Place::compressed, static_cast<std::size_t>(number), index++};
    }
    return object(number, stream(head + body, "/Type /ObjStm /N " + std::to_string(objects.size()) + " /First " +
                                                  std::to_string(head.size()) + " " + keys));
  }
  PdfText& catalog_and_page(const std::string& catalog = {}, const std::string& page = {}) {
    object(1, "<< /Type /Catalog /Pages 2 0 R " + catalog + " >>");
    object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 400] >>");
    return object(3, "<< /Type /Page /Parent 2 0 R /Resources << >> " + page + " >>");
  }

  /// Where the last section stands.
  [[nodiscard]] std::size_t section() const { return m_section; }

  static std::string table_of(const Entries& entries) {
    std::string out = "xref\n";
    for (const auto& [number, entry] : entries) {
      char line[64];
      std::snprintf(line, sizeof line, "%d 1\n%010zu %05zu %c \n", number, entry.first, entry.second,
                    entry.place == Place::freed ? 'f' : 'n');
      out += line;
    }
    return out;
  }
  static std::string rows_of(const Entries& entries, std::string& index) {
    std::string rows;
    for (const auto& [number, entry] : entries) {
      index += std::to_string(number) + " 1 ";
      rows += static_cast<char>(entry.place == Place::freed ? 0 : entry.place == Place::offset ? 1 : 2);
      for (int shift = 24; shift >= 0; shift -= 8) rows += static_cast<char>(entry.first >> shift & 0xFF);
      rows += static_cast<char>(entry.second >> 8 & 0xFF);
      rows += static_cast<char>(entry.second & 0xFF);
    }
    return rows;
  }

  /// A table with its trailer, startxref and %%EOF. `previous`: -1 for the section before, if there is one.
  PdfText& table(const std::string& trailer = {}, long previous = -1) {
    const std::size_t at = text.size();
    text +=
        table_of(entries) + "trailer\n<< /Size " + size() + " /Root 1 0 R" + prev(previous) + " " + trailer + " >>\n";
    return end_revision(at);
  }
  /// The same as a stream with that object number.
  PdfText& xref_stream(int number, const std::string& keys = {}, long previous = -1) {
    const std::size_t at = text.size();
    entries[number] = {Place::offset, at, 0};
    std::string index;
    const std::string rows = rows_of(entries, index);
    text += std::to_string(number) + " 0 obj\n" +
            stream(rows, "/Type /XRef /W [1 4 2] /Index [" + index + "] /Size " + size() + " /Root 1 0 R" +
                             prev(previous) + " " + keys) +
            "\nendobj\n";
    return end_revision(at);
  }
  /// A stream without an ending of its own, for /XRefStm; its entries are forgotten. Returns its offset.
  std::size_t hidden_stream(int number, const Entries& hidden) {
    const std::size_t at = text.size();
    std::string index;
    const std::string rows = rows_of(hidden, index);
    text += std::to_string(number) + " 0 obj\n" +
            stream(rows, "/Type /XRef /W [1 4 2] /Index [" + index + "] /Size 100") + "\nendobj\n";
    return at;
  }
  PdfText& end_revision(std::size_t section) {
    (void)size();
    m_section = section;
    text += "startxref\n" + std::to_string(section) + "\n%%EOF\n";
    entries.clear();
    return *this;
  }

 private:
  [[nodiscard]] std::string prev(long previous) const {
    if (previous < 0 && m_section == 0) return {};
    return " /Prev " + std::to_string(previous < 0 ? static_cast<long>(m_section) : previous);
  }
  // One past the highest number of all revisions.
  std::string size() {
    if (!entries.empty()) m_size = std::max(m_size, entries.rbegin()->first + 1);
    return std::to_string(m_size);
  }

  std::size_t m_section = 0;
  int m_size = 1;
};

/// Octets that can only be read, never borrowed, like a file's; counts what is read.
class CountingSource final : public signer::pdf::ByteSource {
 public:
  explicit CountingSource(std::string text) : m_text(std::move(text)) {}
  [[nodiscard]] std::uint64_t size() const override { return m_text.size(); }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
    octets_read += out.size();
    largest_read = std::max(largest_read, out.size());
    return signer::pdf::MemorySource(base::as_bytes(m_text)).read(offset, out);
  }
  mutable std::uint64_t octets_read = 0;
  mutable std::size_t largest_read = 0;

 private:
  std::string m_text;
};

inline std::shared_ptr<const CountingSource> as_file(std::string text) {
  return std::make_shared<const CountingSource>(std::move(text));
}

}  // namespace segell::tests
