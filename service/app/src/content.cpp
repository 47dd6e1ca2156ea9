#include "app/documents.h"

#include "checks.h"
#include "document_access.h"

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

/// What storage says of a thing beside a document, in the words of this surface.
base::Failure beside_error(base::Error error, std::string_view none, std::string_view erased) {
  if (error.code == base::Code::expired) {
    return base::fail(base::Code::not_found, erased, "erased at the person's request; the sealed document stays valid");
  }
  if (error.code == base::Code::not_found) return base::fail(base::Code::not_found, none, "there is none");
  return base::fail(std::move(error));
}

}  // namespace

base::Result<Content> read_content(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(
      const std::uint32_t revision,
      state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<std::uint32_t> {
        SEGELL_TRY(const auto last, transaction.documents().last_revision(id));
        SEGELL_TRY(const auto subject, subject_of(transaction, id));
        SEGELL_CHECK(transaction.append_event(encode(head, ContentOpened{subject, id, {}, last.index}), subject));
        return last.index;
      }));
  SEGELL_TRY(auto bytes, state.store.document_content(caller.tenant, id, revision));
  return Content{std::move(bytes), "application/pdf", neutral_name(id, ".pdf")};
}

base::Result<Content> read_disclosure(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto bytes,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Bytes> {
               SEGELL_CHECK(transaction.documents().get(id));
               SEGELL_TRY(const auto act, last_act(transaction, id, "disclosure.none"));
               auto found = transaction.evidence().disclosure(id, act.index);
               if (!found) return beside_error(std::move(found).error(), "disclosure.none", "disclosure.erased");
               SEGELL_TRY(const auto subject, subject_of(transaction, id));
               SEGELL_CHECK(transaction.append_event(encode(head, DisclosureOpened{subject, id, act.index}), subject));
               return found;
             }));
  return Content{std::move(bytes), "application/json", neutral_name(id, ".disclosure.json")};
}

base::Result<Content> read_envelope(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto bytes,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Bytes> {
               SEGELL_CHECK(transaction.documents().get(id));
               SEGELL_TRY(const auto act, last_act(transaction, id, "envelope.none"));
               auto found = transaction.evidence().envelope(id, act.index);
               if (!found) return beside_error(std::move(found).error(), "envelope.none", "envelope.erased");
               SEGELL_TRY(const auto subject, subject_of(transaction, id));
               SEGELL_CHECK(transaction.append_event(encode(head, EnvelopeOpened{subject, id, act.index}), subject));
               return found;
             }));
  return Content{std::move(bytes), "application/pkcs7-mime", neutral_name(id, ".p7m")};
}

}  // namespace segell::app
