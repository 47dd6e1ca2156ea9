#include "app/check_code.h"

#include "document_access.h"
#include "events.h"
#include "signer/ades/verdict.h"
#include "signer/ades/verification_code.h"
#include "state.h"
#include "void_signature.h"

namespace segell::app {

namespace {

namespace ades = signer::ades;

/// A stored document up to the revision that is newest now.
struct FoundByCode {
  base::TenantId tenant;
  base::DocumentId document;
  std::uint32_t revision = 0;
  std::optional<base::PersonId> subject;
  std::vector<VoidSignature> voided;
};

base::Result<std::optional<FoundByCode>> find_by_code(Service::State& state, const std::string& code) {
  for (const auto& entry : state.tenants) {
    const base::TenantId& tenant = entry.first;
    SEGELL_TRY(auto found,
               state.store.read(tenant, [&](const storage::View& view) -> base::Result<std::optional<FoundByCode>> {
                 SEGELL_TRY(const auto document, view.documents().find_by_code(code));
                 if (!document) return std::optional<FoundByCode>();
                 SEGELL_TRY(const auto last, view.documents().last_revision(*document));
                 SEGELL_TRY(const auto subject, subject_of(view, *document));
                 SEGELL_TRY(auto voided, void_signatures(view, *document));
                 return std::optional(FoundByCode{tenant, *document, last.index, subject, std::move(voided)});
               }));
    if (found) return found;
  }
  return std::optional<FoundByCode>();
}

/// As the page on which files are checked says it.
std::string_view verdict_word(ades::Outcome outcome) {
  using ades::Outcome;
  switch (outcome) {
    case Outcome::unchanged:
      return "unchanged";
    case Outcome::extended:
    case Outcome::adapted:  // nothing that was signed is another
      return "extended";
    case Outcome::changed:
      return "changed";
    case Outcome::bad:
      return "false";
    case Outcome::not_signed:
      return "none";
    case Outcome::unknown:
    case Outcome::unreadable:
      return "unknown";
  }
  return "unknown";
}

/// `voided`: signatures that count for nothing, by which act and since when; never whose.
base::Json code_answer(std::string_view word, std::string_view reason, const std::vector<VoidSignature>& voided) {
  base::Json check =
      base::Json::object({{"verdict", word}, {"reason", reason.empty() ? base::Json() : base::Json(reason)}});
  base::Json list = base::Json::array();
  for (const VoidSignature& one : voided) {
    list.push(base::Json::object({{"act", one.act.text()}, {"at", base::format_rfc3339(one.mark.at)}}));
  }
  check.set("void", std::move(list));
  return base::Json::object({{"check", std::move(check)}});
}

}  // namespace

base::Result<base::Json> check_code(Service& service, std::string_view code) {
  Service::State& state = service.state();
  const Slots::Held slot(state.verifications);
  if (!slot) {
    return base::fail(base::Code::unavailable, "verify.busy", "too many files are being verified at this moment",
                      "come again in a moment, or verify the file where you are with the program segell");
  }
  const auto parsed = ades::VerificationCode::parse(code);
  // A mistyped code is looked for all the same: it takes as long as one that is unknown.
  SEGELL_TRY(const auto found, find_by_code(state, parsed ? parsed->text() : std::string(code)));
  if (!parsed || !found) return code_answer("unknown", "no-document", {});

  const base::Instant now = state.clock.now();
  SEGELL_TRY(const base::Bytes bytes, state.store.document_content(found->tenant, found->document, found->revision));
  ades::VerifyOptions options;
  options.at = now;
  const auto verdict = state.verifier.verify_pdf(signer::pdf::borrow_source(bytes), "document.pdf", options);
  const std::string_view word = verdict_word(ades::outcome(verdict));
  // Nobody is known to have asked: the actor is none.
  const CodeChecked event{found->subject, found->document, found->revision, std::string(word)};
  SEGELL_CHECK(state.store.run(found->tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.append_event(encode(EventHead{now, ActorId()}, event), found->subject));
    return base::ok();
  }));
  return code_answer(word, to_string(verdict.sub_indication), found->voided);
}

}  // namespace segell::app
