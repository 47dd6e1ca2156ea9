#include "pdf/metadata_changes.h"

#include "pdf/change_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

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

constexpr std::string_view kTitle = "title";

/// The text between tags, with the entities that XML has of itself.
std::string plain_text(std::string_view markup) {
  constexpr std::array kEntities{std::pair{std::string_view("&lt;"), '<'}, std::pair{std::string_view("&gt;"), '>'},
                                 std::pair{std::string_view("&quot;"), '"'},
                                 std::pair{std::string_view("&apos;"), '\''},
                                 std::pair{std::string_view("&amp;"), '&'}};
  std::string out;
  for (std::size_t at = 0; at < markup.size();) {
    if (markup[at] == '<') {
      at = std::min(markup.find('>', at), markup.size() - 1) + 1;
      continue;
    }
    const auto entity =
        std::ranges::find_if(kEntities, [&](const auto& one) { return markup.substr(at).starts_with(one.first); });
    out += entity == kEntities.end() ? markup[at] : entity->second;
    at += entity == kEntities.end() ? 1 : entity->first.size();
  }
  return out;
}

void trim(std::string& text) {
  while (!text.empty() && is_space(text.back())) text.pop_back();
  text.erase(text.begin(), std::ranges::find_if_not(text, is_space));
}

/// The titles of a packet, one for every language, and of attributes of that name.
void add_titles(std::string_view packet, std::set<std::string>& out) {
  const auto add = [&](std::string_view markup) {
    std::string text = plain_text(markup);
    trim(text);
    if (!text.empty()) out.insert(std::move(text));
  };
  for (std::size_t at = packet.find(kTitle); at != std::string_view::npos; at = packet.find(kTitle, at + 1)) {
    const std::size_t behind = at + kTitle.size();
    const std::size_t start = packet.find_last_of("< \t\r\n", at) + 1;
    const std::string_view name = packet.substr(start, behind - start);
    // the property itself, under whatever prefix or none
    if (name.starts_with('/') || (name.size() > kTitle.size() && !name.ends_with(":title"))) continue;
    const std::size_t value = packet.find_first_not_of(" \t\r\n", behind);
    if (value == std::string_view::npos) return;
    if (packet[value] == '=') {
      const std::size_t open = packet.find_first_of("\"'", value);
      const std::size_t close = open == std::string_view::npos ? open : packet.find(packet[open], open + 1);
      if (close != std::string_view::npos) add(packet.substr(open + 1, close - open - 1));
      continue;
    }
    const std::size_t close = packet.find("</" + std::string(name), behind);
    const std::size_t begin = packet.find('>', behind);
    if (close == std::string_view::npos || begin >= close) continue;
    std::string_view inside = packet.substr(begin + 1, close - begin - 1);
    for (std::size_t item = inside.find("</"); item != std::string_view::npos; item = inside.find("</")) {
      add(inside.substr(0, item));
      inside.remove_prefix(item + 2);
      inside.remove_prefix(std::min(inside.find('>'), inside.size() - 1) + 1);
    }
    add(inside);
  }
}

/// All titles as of a revision; nothing when there is a packet that cannot be read.
std::optional<std::set<std::string>> titles_of(const RevisionPair& pair, RevisionIndex as_of) {
  const bool is_now = as_of == pair.now;
  const auto entry = [&](const Dictionary& dictionary, std::string_view key) {
    return is_now ? pair.new_entry(dictionary, key) : pair.old_entry(dictionary, key);
  };
  std::set<std::string> out;
  const Object info = entry(pair.document.revisions()[as_of].trailer, "Info");
  const Object title = entry(plain_dictionary(info), "Title");
  if (const String* text = title.as_string()) {
    std::string words = text_of(*text);
    trim(words);
    if (!words.empty()) out.insert(std::move(words));
  }
  const auto catalog = pair.document.catalog(as_of);
  const Object metadata = catalog ? entry(plain_dictionary(*catalog), "Metadata") : Object();
  const Stream* stream = metadata.as_stream();
  if (stream == nullptr) return out;
  const auto packet = pair.look_at(*stream, kPacket);
  // a packet in UTF-16 or UTF-32 (XMP part 1, 7.1) has zeros
  if (!packet || std::ranges::find(*packet, std::byte{0}) != packet->end()) return std::nullopt;
  add_titles(base::as_text(*packet), out);
  return out;
}

}  // namespace

bool has_other_title(const RevisionPair& pair) {
  const auto before = titles_of(pair, pair.before), now = titles_of(pair, pair.now);
  return !before || !now || !std::ranges::includes(*before, *now);
}

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
  const bool says_more = !only_says_when(pair, object.before, object.now);
  const bool titles = says_more && has_other_title(pair);
  out.add({ChangeKind::metadata,
           object.ref,
           titles ? "metadata changed, the title among them" : "metadata changed",
           {},
           says_more,
           titles});
}

}  // namespace segell::signer::pdf
