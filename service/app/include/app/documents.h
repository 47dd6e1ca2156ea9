#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"

namespace segell::app {

/// Takes a PDF in after the intake checks. Body: {"document":{id,state,length,sha256,sha512,pages,signatures,notes[]}}.
/// Errors: those of the intake ("pdf.…"), limit_exceeded "document.too-large", forbidden "auth.missing-right".
base::Result<Reply> store_document(Service& service, const Caller& caller, base::Bytes pdf,
                                   const Idempotency& idempotency);

/// Body: {"document":{id,state,verificationCode,revisions[]}}. Error: not_found "document.unknown", also for documents
/// of others.
base::Result<base::Json> describe_document(Service& service, const Caller& caller, std::string_view document);

/// A file on its way out; its opening is already an event in the log.
struct Content {
  base::Bytes bytes;
  std::string media_type;
  std::string file_name;  ///< neutral: "document-7F3K.pdf"
};
/// The newest bytes. Error: not_found "document.unknown".
base::Result<Content> read_content(Service& service, const Caller& caller, std::string_view document);
/// The disclosure that lies beside the document. Errors: not_found "disclosure.none", "disclosure.erased".
/// The record of the signatures on it that are void: a page of its own, sealed by the organisation, which names the
/// act, its time and the digest of the document up to and with each. The document stays what it is. Made anew each
/// time; that it was made is an event. `language`: ca, es or en. Errors: not_found "document.unknown",
/// "void-record.none"; invalid_argument "receipt.bad-language"; those of sealing.
base::Result<Content> read_void_record(Service& service, const Caller& caller, std::string_view document,
                                       std::string_view language);

base::Result<Content> read_disclosure(Service& service, const Caller& caller, std::string_view document);
/// What was noted down while people read the document, of each of its requests that the caller reaches; being read is
/// an event of the person. A representative gets none while a protection of the person is in force. Body: {"notes":
/// [{requestId,questions[{asked,answered}],interpreter?{name,language,presence},supportPerson?{name,relation},
/// spokeAlone}]}. Error: not_found "document.unknown".
base::Result<base::Json> read_document_notes(Service& service, const Caller& caller, std::string_view document);
/// The custody envelope of the document's last act. Errors: not_found "envelope.none", "envelope.erased".
base::Result<Content> read_envelope(Service& service, const Caller& caller, std::string_view document);

}  // namespace segell::app
