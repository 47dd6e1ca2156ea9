#include "app/documents.h"

#include "base/encoding.h"
#include "checks.h"
#include "document_access.h"
#include "once.h"
#include "proofs.h"
#include "refused_access.h"
#include "signer/pdf/intake.h"
#include "void_signature.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace pdf = signer::pdf;

base::Json notes_of(const pdf::IntakeFacts& facts) {
  base::Json notes = base::Json::array();
  for (const pdf::IntakeFinding& finding : facts.findings) {
    if (!finding.refuses) notes.push(base::Json::object({{"code", finding.id}, {"detail", finding.words}}));
  }
  return notes;
}

/// What the document is, or the first reason why it is not taken in.
base::Result<pdf::IntakeFacts> inspect(base::BytesView bytes, std::size_t max_bytes) {
  if (bytes.size() > max_bytes) {
    return base::fail(base::Code::limit_exceeded, "document.too-large",
                      "a document may have " + std::to_string(max_bytes) + " octets");
  }
  auto document = pdf::Document::open(pdf::borrow_source(bytes));
  if (!document) {
    base::Error error = std::move(document).error();
    if (error.hint.empty()) error.hint = "store a PDF file that a PDF viewer opens without complaint";
    return base::fail(std::move(error));
  }
  SEGELL_TRY(auto facts, pdf::check_intake(*document));
  for (const pdf::IntakeFinding& finding : facts.findings) {
    if (finding.refuses) {
      return base::fail(base::Code::unsupported, finding.id, finding.words,
                        "make a plain PDF from the original and store that");
    }
  }
  return facts;
}

base::Json document_json(const base::DocumentId& id, base::BytesView bytes, const storage::RevisionRecord& revision,
                         const pdf::IntakeFacts& facts) {
  base::Json document = base::Json::object();
  document.set("id", id.text());
  document.set("state", "draft");
  document.set("length", std::uint64_t{bytes.size()});
  document.set("sha256", base::to_hex(revision.sha256));
  document.set("sha512", base::to_hex(revision.sha512));
  document.set("pages", std::uint64_t{facts.pages});
  document.set("signatures", std::uint64_t{facts.signatures});
  document.set("notes", notes_of(facts));
  return document;
}

base::Json revision_json(const storage::RevisionRecord& revision, const std::vector<VoidSignature>& voided) {
  base::Json json = base::Json::object();
  json.set("index", std::int64_t{revision.index});
  json.set("kind", revision.kind);
  json.set("length", revision.length);
  json.set("totalLength", revision.total_length);
  json.set("sha256", base::to_hex(revision.sha256));
  json.set("time", revision.time_state);
  json.set("logIndex", revision.log_index);
  const auto own = std::find_if(voided.begin(), voided.end(),
                                [&](const VoidSignature& one) { return one.mark.revision == revision.index; });
  json.set("void", own == voided.end() ? base::Json() : to_json(*own));
  return json;
}

}  // namespace

std::string neutral_name(const base::DocumentId& document, std::string_view extension) {
  return neutral_name("document-", document.text(), extension);
}

std::string neutral_name(std::string_view kind, std::string_view id, std::string_view extension) {
  std::string tail(id.substr(22));
  for (char& c : tail) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return std::string(kind) + tail + std::string(extension);
}

RevisionFact revision_fact(const storage::RevisionRecord& record) {
  return {record.index, record.total_length, record.sha256};
}

storage::RevisionRecord revision_after(std::uint32_t last, std::string_view kind, base::BytesView whole,
                                       std::uint64_t added, TimeState time_state) {
  storage::RevisionRecord revision;
  revision.index = last + 1;
  revision.kind = kind;
  revision.length = added;
  revision.total_length = whole.size();
  revision.sha256 = base::sha256(whole);
  revision.sha512 = base::sha512(whole);
  revision.time_state = to_string(time_state);
  return revision;
}

base::Result<std::optional<base::PersonId>> subject_of(const storage::View& view, const base::DocumentId& document) {
  SEGELL_TRY(const auto requests, view.requests().of_document(document));
  const storage::RequestRecord* newest = nullptr;
  for (const storage::RequestRecord& request : requests) {
    if (newest == nullptr || request.created >= newest->created) newest = &request;
  }
  if (newest == nullptr) return std::optional<base::PersonId>();
  SEGELL_TRY(const auto person, view.persons().get(newest->person));
  return person.erased ? std::optional<base::PersonId>() : std::optional(newest->person);
}

base::Result<Reply> store_document(Service& service, const Caller& caller, base::Bytes pdf,
                                   const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_write));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(const pdf::IntakeFacts facts, inspect(pdf, state.settings.max_document_bytes));

  storage::DocumentRecord record;
  record.id = base::DocumentId::make();
  record.state = "draft";
  record.created = state.clock.now();
  record.details = base::Json::object({{"pages", std::uint64_t{facts.pages}},
                                       {"signatures", std::uint64_t{facts.signatures}},
                                       {"alreadySigned", facts.already_signed},
                                       {kStoredBy, caller.actor.text()}});
  storage::RevisionRecord revision;
  revision.kind = "original";
  revision.length = revision.total_length = pdf.size();
  revision.sha256 = base::sha256(pdf);
  revision.sha512 = base::sha512(pdf);
  revision.time_state = "none";
  const base::Json answer = base::Json::object({{"document", document_json(record.id, pdf, revision, facts)}});
  const base::Bytes event =
      encode(EventHead{record.created, caller.actor}, DocumentStored{record.id, revision_fact(revision)});
  SEGELL_TRY(const auto blob, state.store.stage_blob(caller.tenant, record.id, 0, pdf));
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    storage::RevisionRecord row = revision;
    SEGELL_TRY(row.log_index, transaction.append_event(event));
    SEGELL_CHECK(transaction.documents().add(record));
    SEGELL_CHECK(transaction.documents().add_revision(record.id, row, blob));
    return once.record(transaction, answer);
  }));
  return Reply{answer};
}

base::Result<base::Json> describe_document(Service& service, const Caller& caller, std::string_view document) {
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  Service::State& state = service.state();
  auto described = state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.document = id}, "document.unknown", "document"));
    SEGELL_TRY(const auto record, view.documents().get(id));
    SEGELL_TRY(const auto revisions, view.documents().revisions(id));
    base::Json list = base::Json::array();
    SEGELL_TRY(const auto voided, void_signatures(view, id));
    for (const storage::RevisionRecord& revision : revisions) list.push(revision_json(revision, voided));
    base::Json json = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
    json.set("verificationCode",
             record.verification_code.empty() ? base::Json() : base::Json(record.verification_code));
    json.set("revisions", std::move(list));
    json.set("proof", proof_json(state.settings, record, revisions));
    return base::Json::object({{"document", std::move(json)}});
  });
  return noting_refusal(state, caller, {.document = id}, std::move(described));
}

}  // namespace segell::app
