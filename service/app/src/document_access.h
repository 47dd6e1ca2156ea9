#pragma once

#include "events.h"
#include "state.h"
#include "storage/transaction.h"

namespace segell::app {

/// "document-7F3K.pdf": neutral, tells two files apart.
std::string neutral_name(const base::DocumentId& document, std::string_view extension);
/// The same for another kind of paper: "slip-7F3K.pdf", from the text of an id.
std::string neutral_name(std::string_view kind, std::string_view id, std::string_view extension);

/// The person whose document it is (of its newest request), unless erased: the subject of events about it.
base::Result<std::optional<base::PersonId>> subject_of(const storage::View& view, const base::DocumentId& document);

RevisionFact revision_fact(const storage::RevisionRecord& record);

/// The record of one more revision behind that one. `whole`: the document up to and including it; `added`: its own
/// octets.
storage::RevisionRecord revision_after(std::uint32_t last, std::string_view kind, base::BytesView whole,
                                       std::uint64_t added, TimeState time_state);

}  // namespace segell::app
