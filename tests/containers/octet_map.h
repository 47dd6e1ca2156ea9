#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What each octet of a CMS message or of an archive says, read by the tests' own few lines: their reader is not judged
// by itself.

namespace segell::tests {

/// One element of DER.
struct DerNode {
  std::size_t begin = 0, content = 0, end = 0;
  std::uint8_t tag = 0;
};

/// The elements between two places of well-formed DER.
inline std::vector<DerNode> der_nodes(base::BytesView octets, std::size_t from, std::size_t to) {
  std::vector<DerNode> out;
  const auto at = [&](std::size_t place) { return std::to_integer<std::size_t>(octets[place]); };
  while (from < to) {
    DerNode node{.begin = from, .content = from + 2, .end = 0, .tag = static_cast<std::uint8_t>(at(from))};
    std::size_t length = at(from + 1);
    if (length > 0x80) {
      const std::size_t digits = length & 0x7F;
      length = 0;
      for (std::size_t i = 0; i < digits; ++i) length = length << 8U | at(node.content++);
    }
    node.end = node.content + length;
    from = node.end;
    out.push_back(node);
  }
  return out;
}
inline std::vector<DerNode> der_nodes(base::BytesView octets, const DerNode& around) {
  return der_nodes(octets, around.content, around.end);
}

/// A run of octets and what it is; where runs lie in one another the later one says it closer.
struct OctetRun {
  std::size_t begin = 0, end = 0;
  std::string what;
  [[nodiscard]] bool holds(std::size_t at) const { return at >= begin && at < end; }
};

class OctetMap {
 public:
  void add(std::size_t begin, std::size_t end, std::string what) { m_runs.push_back({begin, end, std::move(what)}); }
  void add(const DerNode& node, std::string what) { add(node.begin, node.end, std::move(what)); }
  [[nodiscard]] const OctetRun* at(std::size_t place) const {
    for (auto run = m_runs.rbegin(); run != m_runs.rend(); ++run)
      if (run->holds(place)) return &*run;
    return nullptr;
  }
  [[nodiscard]] const std::vector<OctetRun>& runs() const { return m_runs; }

 private:
  std::vector<OctetRun> m_runs;
};

namespace octet_map {

inline void add_message(OctetMap& map, base::BytesView octets, const DerNode& message, const std::string& of);

/// A list, or an OCSP response (RFC 5940) with certificates of its responder beside what was signed.
inline void add_evidence(OctetMap& map, base::BytesView octets, const DerNode& choice, const std::string& of) {
  map.add(choice, of + "evidence");
  if (choice.tag != 0xA1) return;
  const DerNode response = der_nodes(octets, choice).at(1);
  const DerNode bytes = der_nodes(octets, der_nodes(octets, response).at(1)).at(0);
  const DerNode basic = der_nodes(octets, der_nodes(octets, bytes).at(1)).at(0);
  const auto fields = der_nodes(octets, basic);
  if (fields.size() < 4) return;
  map.add(fields[3], of + "certificates");
  for (const DerNode& one : der_nodes(octets, der_nodes(octets, fields[3]).at(0))) map.add(one, of + "certificate");
}

/// Unsigned attributes: tokens of timestamps are messages of their own.
inline void add_unsigned(OctetMap& map, base::BytesView octets, const DerNode& list, const std::string& of) {
  map.add(list, of + "unsigned attributes");
  for (const DerNode& attribute : der_nodes(octets, list)) {
    const auto fields = der_nodes(octets, attribute);
    map.add(attribute, of + "unsigned attribute");
    for (const DerNode& value : der_nodes(octets, fields.at(1))) {
      const auto inside = value.tag == 0x30 ? der_nodes(octets, value) : std::vector<DerNode>();
      if (inside.size() == 2 && inside[0].tag == 0x06 && inside[1].tag == 0xA0)
        add_message(map, octets, value, of + "timestamp: ");
    }
  }
}

inline void add_signer(OctetMap& map, base::BytesView octets, const DerNode& info, const std::string& of) {
  const auto fields = der_nodes(octets, info);
  map.add(info, of + "signer information");
  map.add(fields.at(0), of + "version of the signer information");
  map.add(fields.at(1), of + "name of the signer's certificate");
  map.add(fields.at(2), of + "digest algorithm");
  std::size_t next = 3;
  if (fields.at(next).tag == 0xA0) map.add(fields[next++], of + "signed attributes");
  map.add(fields.at(next++), of + "signature algorithm");
  map.add(fields.at(next++), of + "signature value");
  if (next < fields.size()) add_unsigned(map, octets, fields[next], of);
}

/// ContentInfo with SignedData (RFC 5652 3, 5.1).
inline void add_message(OctetMap& map, base::BytesView octets, const DerNode& message, const std::string& of) {
  map.add(message, of + "message");
  const DerNode data = der_nodes(octets, der_nodes(octets, message).at(1)).at(0);
  const auto fields = der_nodes(octets, data);
  map.add(fields.at(0), of + "version");
  map.add(fields.at(1), of + "list of digest algorithms");
  map.add(fields.at(2), of + "content");
  for (std::size_t i = 3; i < fields.size(); ++i) {
    const DerNode& field = fields[i];
    if (field.tag == 0xA0) map.add(field, of + "certificates");
    if (field.tag == 0xA0)
      for (const DerNode& one : der_nodes(octets, field)) map.add(one, of + "certificate");
    if (field.tag == 0xA1) map.add(field, of + "revocation data");
    if (field.tag == 0xA1)
      for (const DerNode& one : der_nodes(octets, field)) add_evidence(map, octets, one, of);
    if (field.tag == 0x31)
      for (const DerNode& info : der_nodes(octets, field)) add_signer(map, octets, info, of);
  }
}

}  // namespace octet_map

/// Of a message that begins at `at`.
inline void map_message(OctetMap& map, base::BytesView octets, std::size_t at, std::size_t end, const std::string& of) {
  for (const DerNode& node : der_nodes(octets, at, end)) octet_map::add_message(map, octets, node, of);
}

}  // namespace segell::tests
