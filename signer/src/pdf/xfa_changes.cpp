#include "pdf/change_rules.h"
#include "pdf/same_markup.h"

#include <algorithm>
#include <optional>
#include <string>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kPackets = 64;
constexpr std::uint64_t kPacketOctets = 4U << 20U;  ///< of one packet that was written anew

/// The packets that filling in writes (XFA 3.3, part 1, chapter 3: "datasets" holds the data, "form" the state).
bool holds_data(std::string_view name) { return name == "datasets" || name == "form"; }

/// /XFA as of a revision; null when the form has none.
Object xfa_of(const RevisionPair& pair, RevisionIndex as_of) {
  const auto catalog = pair.document.catalog(as_of);
  const auto form = catalog ? pair.document.get(plain_dictionary(*catalog), "AcroForm", as_of) : catalog;
  const auto held = form ? pair.document.get(plain_dictionary(*form), "XFA", as_of) : form;
  return held ? *held : Object();
}

/// The name of the packet that an object is; empty when it is none.
std::string packet_name(const RevisionPair& pair, Ref ref, RevisionIndex as_of) {
  const Object packets = xfa_of(pair, as_of);
  const Array* items = packets.as_array();
  if (items == nullptr || items->size() > 2 * kPackets) return {};
  for (std::size_t i = 0; i + 1 < items->size(); i += 2) {
    const Ref* held = (*items)[i + 1].as_reference();
    const String* name = (*items)[i].as_string();
    if (held != nullptr && *held == ref && name != nullptr) return name->octets;
  }
  return {};
}

std::optional<std::string> markup_of(const RevisionPair& pair, const Object& item, RevisionIndex as_of) {
  const auto held = pair.document.resolve(item, as_of);
  const Stream* stream = held ? held->as_stream() : nullptr;
  const auto octets = stream == nullptr ? std::nullopt : pair.look_at(*stream, kPacketOctets);
  return octets ? plain_markup(base::as_text(*octets)) : std::nullopt;
}

/// The same packet, be it that a program read it and wrote it anew.
bool same_packet(const RevisionPair& pair, const Object& before, const Object& now) {
  if (pair.same(before, now)) return true;
  const auto markup = markup_of(pair, before, pair.before);
  return markup && markup == markup_of(pair, now, pair.now);
}

/// Both lists name the same packets, and all but those with data are the same.
bool only_data_differs(const RevisionPair& pair, const Object& before, const Object& now) {
  const Array* old_items = before.as_array();
  const Array* items = now.as_array();
  if (old_items == nullptr || items == nullptr || old_items->size() != items->size() || items->size() > 2 * kPackets ||
      items->size() % 2 != 0)
    return false;
  for (std::size_t i = 0; i + 1 < items->size(); i += 2) {
    const String* name = (*items)[i].as_string();
    if (name == nullptr || !pair.same((*old_items)[i], (*items)[i])) return false;
    if (!holds_data(name->octets) && !same_packet(pair, (*old_items)[i + 1], (*items)[i + 1])) return false;
  }
  return true;
}

Change data_filled_in(Ref ref) { return {ChangeKind::form_filling, ref, "form: data of its XFA form filled in", {}}; }

}  // namespace

void judge_xfa(const RevisionPair& pair, Ref ref, const Object& before, const Object& now, ChangeList& out) {
  if (only_data_differs(pair, before, now))
    out.add(data_filled_in(ref));
  else
    out.add({ChangeKind::structure, ref, "form: /XFA changed", {}});
}

void judge_form_part(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const bool list = object.before.as_array() != nullptr && pair.same(object.now, xfa_of(pair, pair.now));
  if (list) return judge_xfa(pair, object.ref, object.before, object.now, out);
  const std::string name = packet_name(pair, object.ref, pair.before);
  if (!name.empty() && object.now.as_stream() != nullptr && packet_name(pair, object.ref, pair.now) == name &&
      (holds_data(name) || same_packet(pair, object.before, object.now)))
    out.add(data_filled_in(object.ref));
  else
    out.add({ChangeKind::structure, object.ref, "the form's settings or a field's lock changed", {}});
}

}  // namespace segell::signer::pdf
