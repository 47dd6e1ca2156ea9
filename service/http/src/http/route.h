#pragma once

#include "app/caller.h"
#include "app/oidc.h"
#include "app/reply.h"
#include "app/service.h"
#include "app/sessions.h"
#include "app/visit_package.h"
#include "base/json.h"
#include "http/message.h"

#include <array>
#include <chrono>
#include <span>
#include <string_view>

namespace segell::http {

/// Whose credential a route asks for.
enum class Access {
  everyone,
  integrator,  ///< a token
  caller,      ///< a token, or a session in a role
  session,     ///< a session, whatever it has still to do
  visit,
  package,  ///< what a device carries
};

/// What a route's body is. signed_file: a PDF, a CMS message, a container, or octets that do not say what they are.
enum class Takes { nothing, json, pdf, signed_file_or_json };

/// The parts of a path that a pattern leaves open, in order.
using Parameters = std::array<std::string_view, 4>;

/// One call on its way to its use case.
struct Call {
  app::Service& service;
  const Request& request;
  Parameters parameters;
  app::Caller caller;          ///< with Access::integrator and Access::caller
  app::VisitCaller visit;      ///< with Access::visit
  app::PackageCaller package;  ///< with Access::package
  app::SessionCaller session;  ///< with Access::session
  app::OidcLogin* oidc;        ///< null: no identity provider
  std::string_view address;    ///< of the client, behind a proxy that is believed too
  app::Idempotency repeat;     ///< where the route needs a key
  base::Json json;             ///< a JSON body
};

using Endpoint = base::Result<Response> (*)(const Call& call);

/// How a route is guarded that a code alone opens. Tries are counted by address, and every answer leaves at a whole
/// multiple of `pace`, so that its moment tells nothing about the code.
struct ByCode {
  std::chrono::milliseconds pace{0};  ///< zero: no such route
  bool counts_all = false;            ///< or only the tries that open nothing (404)
};

struct Route {
  std::string_view method;
  std::string_view pattern;  ///< "{name}" stands for one segment, a last "{name+}" for all that follow
  Access access;
  Takes takes;
  std::uint64_t body_cap;  ///< kDocument, kCheckedFile: as configured
  bool needs_key;          ///< Idempotency-Key
  Endpoint endpoint;
  ByCode by_code{};
};

/// Stands for the configured size of a document.
inline constexpr std::uint64_t kDocument = ~std::uint64_t{0};
/// Stands for the configured size of a file that is checked; in JSON, where it lies in memory, for that of a document.
inline constexpr std::uint64_t kCheckedFile = kDocument - 1;

std::span<const Route> routes();

/// True when the path fits; fills the parameters.
bool match_pattern(std::string_view pattern, std::string_view path, Parameters& parameters);

/// Answers in JSON.
Response json_response(int status, const base::Json& body);
/// 201 with the reply of a creating call; a repeated one says so.
Response created(const app::Reply& reply);
Response done(const app::Reply& reply);
/// A session with its new cookie, or how long the next attempt has to wait (429).
Response granted_or_wait(int status, const app::LoginReply& reply, const Call& call);
/// Octets, not as an attachment: a page reads them itself, and a browser that opens them shows a neutral name.
Response inline_response(app::Content content);
/// Octets to be kept, under a neutral name.
Response attached_response(app::Content content);

namespace endpoints {

base::Result<Response> store_document(const Call& call);
base::Result<Response> describe_document(const Call& call);
base::Result<Response> read_content(const Call& call);
base::Result<Response> read_disclosure(const Call& call);
base::Result<Response> read_void_record(const Call& call);
base::Result<Response> read_envelope(const Call& call);
base::Result<Response> read_document_notes(const Call& call);
base::Result<Response> read_reading_view(const Call& call);
base::Result<Response> list_templates(const Call& call);
base::Result<Response> make_template_document(const Call& call);
base::Result<Response> verify(const Call& call);
base::Result<Response> prepare_seal(const Call& call);
base::Result<Response> complete_seal(const Call& call);

base::Result<Response> create_person(const Call& call);
base::Result<Response> record_decision(const Call& call);
base::Result<Response> erase_person(const Call& call);
base::Result<Response> publish_notice(const Call& call);
base::Result<Response> create_signature_request(const Call& call);
base::Result<Response> describe_signature_request(const Call& call);
base::Result<Response> find_persons(const Call& call);
base::Result<Response> list_signature_requests(const Call& call);
base::Result<Response> cancel_signature_request(const Call& call);
base::Result<Response> renew_request_link(const Call& call);
base::Result<Response> evaluate(const Call& call);

base::Result<Response> read_visit(const Call& call);
base::Result<Response> read_paper(const Call& call);
base::Result<Response> choose(const Call& call);
base::Result<Response> read_frozen(const Call& call);
base::Result<Response> read_visit_reading_view(const Call& call);
base::Result<Response> act(const Call& call);
base::Result<Response> answer(const Call& call);
base::Result<Response> consent_on_behalf(const Call& call);
base::Result<Response> sign_on_behalf(const Call& call);
base::Result<Response> register_official(const Call& call);
base::Result<Response> list_officials(const Call& call);
base::Result<Response> withdraw_official(const Call& call);

base::Result<Response> enrol_device(const Call& call);
base::Result<Response> list_devices(const Call& call);
base::Result<Response> revoke_device(const Call& call);
base::Result<Response> prepare_visit(const Call& call);
base::Result<Response> preview_visit(const Call& call);
base::Result<Response> withdraw_visit(const Call& call);
base::Result<Response> list_visits(const Call& call);
base::Result<Response> describe_visit(const Call& call);
base::Result<Response> issue_package(const Call& call);
base::Result<Response> describe_package(const Call& call);
base::Result<Response> read_package_paper(const Call& call);
base::Result<Response> read_package_reading_view(const Call& call);
base::Result<Response> receive_act(const Call& call);

base::Result<Response> list_my_documents(const Call& call);
base::Result<Response> check_my_document(const Call& call);
base::Result<Response> list_my_decisions(const Call& call);
base::Result<Response> withdraw_my_consent(const Call& call);
base::Result<Response> object_to_my_use(const Call& call);
base::Result<Response> list_my_accesses(const Call& call);
base::Result<Response> list_my_representatives(const Call& call);
base::Result<Response> read_my_receipt(const Call& call);
base::Result<Response> list_my_corrections(const Call& call);
base::Result<Response> ask_my_correction(const Call& call);
base::Result<Response> ask_correction(const Call& call);
base::Result<Response> list_corrections(const Call& call);
base::Result<Response> read_correction(const Call& call);
base::Result<Response> answer_correction(const Call& call);
base::Result<Response> raise_misattribution(const Call& call);
base::Result<Response> list_misattributions(const Call& call);
base::Result<Response> read_misattribution(const Call& call);
base::Result<Response> decide_misattribution(const Call& call);
base::Result<Response> tell_recipient(const Call& call);
base::Result<Response> end_incident(const Call& call);
base::Result<Response> set_protection(const Call& call);
base::Result<Response> list_protections(const Call& call);
base::Result<Response> remove_protection(const Call& call);
base::Result<Response> set_birth_date(const Call& call);
base::Result<Response> record_representation(const Call& call);
base::Result<Response> list_representations(const Call& call);
base::Result<Response> change_representation(const Call& call);
base::Result<Response> record_objection(const Call& call);
base::Result<Response> end_objection(const Call& call);
base::Result<Response> list_reviews(const Call& call);
base::Result<Response> answer_review(const Call& call);
base::Result<Response> describe_organisation(const Call& call);
base::Result<Response> send_feedback(const Call& call);
base::Result<Response> list_feedback(const Call& call);
base::Result<Response> read_feedback(const Call& call);
base::Result<Response> answer_feedback(const Call& call);

base::Result<Response> add_account(const Call& call);
base::Result<Response> list_accounts(const Call& call);
base::Result<Response> describe_account(const Call& call);
base::Result<Response> give_account_role(const Call& call);
base::Result<Response> withdraw_account_role(const Call& call);
base::Result<Response> block_account(const Call& call);
base::Result<Response> unblock_account(const Call& call);
base::Result<Response> reset_second_factor(const Call& call);
base::Result<Response> end_account_sessions(const Call& call);
base::Result<Response> issue_account_letter(const Call& call);

base::Result<Response> log_in(const Call& call);
base::Result<Response> activate(const Call& call);
base::Result<Response> list_logins(const Call& call);
base::Result<Response> begin_oidc(const Call& call);
base::Result<Response> finish_oidc(const Call& call);
base::Result<Response> describe_session(const Call& call);
base::Result<Response> pass_second_factor(const Call& call);
base::Result<Response> begin_authenticator(const Call& call);
base::Result<Response> confirm_authenticator(const Call& call);
base::Result<Response> choose_role(const Call& call);
base::Result<Response> change_password(const Call& call);
base::Result<Response> hand_over(const Call& call);
base::Result<Response> take_back(const Call& call);
base::Result<Response> end_session(const Call& call);
base::Result<Response> begin_passkey(const Call& call);
base::Result<Response> add_passkey(const Call& call);
base::Result<Response> remove_passkey(const Call& call);
base::Result<Response> ask_for_passkey(const Call& call);
base::Result<Response> pass_passkey(const Call& call);
base::Result<Response> ask_for_passkey_back(const Call& call);
base::Result<Response> take_back_by_passkey(const Call& call);
base::Result<Response> issue_slips(const Call& call);
base::Result<Response> issue_request_slip(const Call& call);
base::Result<Response> revoke_slip(const Call& call);
base::Result<Response> look_at_slip(const Call& call);
base::Result<Response> withdraw_by_slip(const Call& call);
base::Result<Response> read_slip_paper(const Call& call);
base::Result<Response> choose_copy(const Call& call);
base::Result<Response> check_code(const Call& call);
base::Result<Response> record_told_decision(const Call& call);

base::Result<Response> read_checkpoint(const Call& call);
base::Result<Response> read_tile(const Call& call);
base::Result<Response> alive(const Call& call);
base::Result<Response> ready(const Call& call);
base::Result<Response> openapi(const Call& call);

}  // namespace endpoints
}  // namespace segell::http
