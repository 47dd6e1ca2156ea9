#include "app/documents.h"

#include "checks.h"
#include "document_access.h"
#include "refused_access.h"

#include <functional>

namespace segell::app {

namespace {

/// The newest revision that a person's act made.
base::Result<storage::RevisionRecord> last_act(const storage::View& view, const base::DocumentId& id,
                                               std::string_view missing) {
  SEGELL_TRY(const auto revisions, view.documents().revisions(id));
  for (auto it = revisions.rbegin(); it != revisions.rend(); ++it) {
    if (it->kind == "act") return *it;
  }
  return base::fail(base::Code::not_found, missing, "the document has no act");
}

/// A kind of thing that lies beside the act on a document: the codes that say why there is none, and how it is handed
/// out.
struct Beside {
  std::string_view none;
  std::string_view erased;
  std::string_view media_type;
  std::string_view suffix;
};

/// What storage says of such a thing, in the words of this surface.
base::Failure beside_error(base::Error error, const Beside& kind) {
  if (error.code == base::Code::expired) {
    return base::fail(base::Code::not_found, kind.erased,
                      "erased at the person's request; the sealed document stays valid");
  }
  if (error.code == base::Code::not_found) return base::fail(base::Code::not_found, kind.none, "there is none");
  return base::fail(std::move(error));
}

/// Opens what lies beside the newest act. That it was opened is an event of the same transaction.
template <typename Opened, typename Read>
base::Result<Content> read_beside(Service& service, const Caller& caller, std::string_view document, Read read,
                                  const Beside& kind) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  auto opened = state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Bytes> {
    SEGELL_CHECK(require_visible(transaction, caller, {.document = id}, "document.unknown", "document"));
    SEGELL_CHECK(transaction.documents().get(id));
    SEGELL_TRY(const auto act, last_act(transaction, id, kind.none));
    auto found = std::invoke(read, transaction.evidence(), id, act.index);
    if (!found) return beside_error(std::move(found).error(), kind);
    SEGELL_TRY(const auto subject, subject_of(transaction, id));
    SEGELL_CHECK(transaction.append_event(encode(head, Opened{subject, id, act.index}), subject));
    return found;
  });
  SEGELL_TRY(auto bytes, noting_refusal(state, caller, {.document = id}, std::move(opened)));
  return Content{std::move(bytes), std::string(kind.media_type), neutral_name(id, kind.suffix)};
}

}  // namespace

base::Result<Content> read_content(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  auto opened = state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<std::uint32_t> {
    SEGELL_CHECK(require_visible(transaction, caller, {.document = id}, "document.unknown", "document"));
    SEGELL_TRY(const auto last, transaction.documents().last_revision(id));
    SEGELL_TRY(const auto subject, subject_of(transaction, id));
    SEGELL_CHECK(transaction.append_event(encode(head, ContentOpened{subject, id, {}, last.index}), subject));
    return last.index;
  });
  SEGELL_TRY(const std::uint32_t revision, noting_refusal(state, caller, {.document = id}, std::move(opened)));
  SEGELL_TRY(auto bytes, state.store.document_content(caller.tenant, id, revision));
  return Content{std::move(bytes), "application/pdf", neutral_name(id, ".pdf")};
}

base::Result<Content> read_disclosure(Service& service, const Caller& caller, std::string_view document) {
  return read_beside<DisclosureOpened>(
      service, caller, document, &storage::Evidence::disclosure,
      {"disclosure.none", "disclosure.erased", "application/json", ".disclosure.json"});
}

base::Result<Content> read_envelope(Service& service, const Caller& caller, std::string_view document) {
  SEGELL_CHECK(require_integrator(caller));
  return read_beside<EnvelopeOpened>(service, caller, document, &storage::Evidence::envelope,
                                     {"envelope.none", "envelope.erased", "application/pkcs7-mime", ".p7m"});
}

}  // namespace segell::app
