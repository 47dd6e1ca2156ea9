#include "pdf/change_rules.h"
#include "pdf/structure_changes.h"

#include <algorithm>
#include <array>

namespace segell::signer::pdf {
namespace {

struct EntryWords {
  std::string_view key;
  ChangeKind kind;
  std::string_view words;
};

constexpr std::array kEntries{
    EntryWords{"Extensions", ChangeKind::catalog_entry, "catalog: /Extensions changed"},
    EntryWords{"PieceInfo", ChangeKind::metadata, "private data of an application changed"},
    EntryWords{"Pages", ChangeKind::structure, "the page tree is replaced"},
    EntryWords{"Perms", ChangeKind::structure, "the permissions changed"},
    EntryWords{"OCProperties", ChangeKind::structure, "optional content changed: something may show or hide"},
    EntryWords{"Names", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"Dests", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"AF", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"Outlines", ChangeKind::structure, "bookmarks changed"},
    EntryWords{"OpenAction", ChangeKind::structure, "an action on opening changed"},
    EntryWords{"AA", ChangeKind::structure, "an action changed"},
    EntryWords{"StructTreeRoot", ChangeKind::structure, "the structure tree is replaced"}};

}  // namespace

void judge_catalog(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const Dictionary& before = plain_dictionary(object.before);
  const Dictionary& now = plain_dictionary(object.now);
  for (const std::string& key : pair.differing_keys(before, now)) {
    if (key == "DSS") {
      judge_store(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    } else if (key == "AcroForm") {
      out.add({ChangeKind::catalog_entry, object.ref, "catalog: /AcroForm changed", {}});
      judge_form(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    } else if (key == "Metadata") {
      judge_metadata(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    } else if (key == "Version") {
      const Object was = pair.old_entry(before, key), is = pair.new_entry(now, key);
      const bool raised =
          is.as_name() != nullptr && (was.is_null() || (was.as_name() != nullptr && *was.as_name() < *is.as_name()));
      out.add(
          {raised ? ChangeKind::catalog_entry : ChangeKind::structure, object.ref, "catalog: /Version changed", {}});
    } else if (key == "LastModified") {
      out.add({ChangeKind::metadata, object.ref, "metadata changed", {}});
    } else if (key == "MarkInfo" || key == "Lang" || key == "ViewerPreferences") {
      out.add({ChangeKind::structure, object.ref, "catalog: /" + key + " changed", {}});
    } else if (key == "StructTreeRoot" && before.has(key) &&
               structure_grew(pair, pair.old_entry(before, key), pair.new_entry(now, key))) {
      out.add({ChangeKind::page_entry, object.ref, "structure of a signature field or an annotation added", {}});
    } else {
      const auto row = std::ranges::find(kEntries, key, &EntryWords::key);
      if (row != kEntries.end())
        out.add({row->kind, object.ref, std::string(row->words), {}, row->kind == ChangeKind::metadata});
      else
        out.add({ChangeKind::other, object.ref, "catalog: /" + key + " changed", {}});
    }
  }
}

}  // namespace segell::signer::pdf
