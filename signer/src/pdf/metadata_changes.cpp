#include "pdf/metadata_changes.h"

#include "pdf/change_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kPacket = 1U << 20U;  ///< octets of XMP that are compared

/// Of document information, and of a page (/LastModified).
constexpr std::array kSaving{std::string_view("CreationDate"), std::string_view("ModDate"),
                             std::string_view("Producer"), std::string_view("Creator"),
                             std::string_view("LastModified")};
/// Properties of XMP that say the same (XMP part 1, 8.4; part 2, 2.2), under their prefixes of today and of once; and
/// what marks the packet.
struct SavingProperty {
  std::array<std::string_view, 2> prefixes;
  std::string_view name;
};
constexpr std::array kBasic{std::string_view("xmp:"), std::string_view("xap:")};
constexpr std::array kManagement{std::string_view("xmpMM:"), std::string_view("xapMM:")};
constexpr std::array kProperties{SavingProperty{kBasic, "ModifyDate"},
                                 SavingProperty{kBasic, "MetadataDate"},
                                 SavingProperty{kBasic, "CreateDate"},
                                 SavingProperty{kBasic, "CreatorTool"},
                                 SavingProperty{kManagement, "InstanceID"},
                                 SavingProperty{kManagement, "DocumentID"},
                                 SavingProperty{kManagement, "OriginalDocumentID"},
                                 SavingProperty{kManagement, "VersionID"},
                                 SavingProperty{kManagement, "History"},
                                 SavingProperty{{"pdf:", "pdf:"}, "Producer"},
                                 SavingProperty{{"x:", "x:"}, "xmptk"},
                                 SavingProperty{{"rdf:", "rdf:"}, "about"}};

/// Whether a qualified name is one of these.
bool is_saving_property(std::string_view word) {
  return std::ranges::any_of(kProperties, [&](const SavingProperty& property) {
    return std::ranges::any_of(property.prefixes, [&](std::string_view prefix) {
      return word.size() == prefix.size() + property.name.size() && word.starts_with(prefix) &&
             word.ends_with(property.name);
    });
  });
}

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

/// The packet without those properties, be they elements or attributes, without processing instructions and without
/// space between tags. Nothing when its tags do not close. No reader of XML is needed: whatever is left must be the
/// same octets.
std::optional<std::string> what_it_says(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '<') {
      const std::size_t end = std::min(text.find('<', at), text.size());
      const std::string_view words = text.substr(at, end - at);
      if (!std::ranges::all_of(words, is_space)) out += words;
      at = end;
      continue;
    }
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view tag = text.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with('?')) continue;
    const std::string_view name = tag.substr(0, std::min(tag.find_first_of(" \t\r\n/"), tag.size()));
    if (is_saving_property(name)) {
      if (tag.ends_with('/')) continue;
      const std::string closing = "</" + std::string(name) + ">";
      const std::size_t close = text.find(closing, at);
      if (close == std::string_view::npos) return std::nullopt;
      at = close + closing.size();
      continue;
    }
    out += '<';
    out += name;
    // attributes: name="value"
    for (std::size_t from = name.size(); from < tag.size();) {
      if (is_space(tag[from])) {
        ++from;
        continue;
      }
      const std::size_t equals = tag.find('=', from);
      const char quote = equals == std::string_view::npos || equals + 1 >= tag.size() ? '\0' : tag[equals + 1];
      const std::size_t close = quote == '"' || quote == '\'' ? tag.find(quote, equals + 2) : std::string_view::npos;
      if (close == std::string_view::npos) {
        out += tag.substr(from);
        break;
      }
      if (!is_saving_property(tag.substr(from, equals - from))) {
        out += ' ';
        out += tag.substr(from, close + 1 - from);
      }
      from = close + 1;
    }
    out += '>';
  }
  return out;
}

std::optional<std::string> packet_of(const RevisionPair& pair, const Stream& stream) {
  const auto octets = pair.look_at(stream, kPacket);
  return octets ? what_it_says(base::as_text(*octets)) : std::nullopt;
}

}  // namespace

bool only_says_when(const RevisionPair& pair, const Object& before, const Object& now) {
  if (before.as_stream() != nullptr && now.as_stream() != nullptr) {
    const auto said = packet_of(pair, *before.as_stream());
    return said && said == packet_of(pair, *now.as_stream());
  }
  const Dictionary& entries = plain_dictionary(now);
  if (entries.empty() || before.as_stream() != nullptr) return false;
  const auto keys = pair.differing_keys(plain_dictionary(before), entries);
  return std::ranges::all_of(keys,
                             [](const std::string& key) { return std::ranges::find(kSaving, key) != kSaving.end(); });
}

void judge_metadata(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  out.add({ChangeKind::metadata, object.ref, "metadata changed", {}, !only_says_when(pair, object.before, object.now)});
}

}  // namespace segell::signer::pdf
