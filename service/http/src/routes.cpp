#include "http/route.h"

#include "http/api.h"

#include <algorithm>

namespace segell::http {
namespace {

constexpr std::uint64_t kSmall = 64 * 1024;
constexpr std::uint64_t kForm = 1024 * 1024;     ///< texts of a whole request
constexpr std::uint64_t kAct = 8 * 1024 * 1024;  ///< a picture and a custody envelope in base64

/// Longer than anything that happens behind a slip's code, a commit included, and too short to be felt.
constexpr ByCode kSlipCode{std::chrono::milliseconds(100)};

/// A stored document is read and verified meanwhile. Whoever asks learns in any case whether a code is one of ours, so
/// that every try counts.
constexpr ByCode kCheckCode{std::chrono::milliseconds(500), true};

/// Nobody needs to be known who says something about the pages: each is counted by address, as the tries of codes are.
constexpr ByCode kFeedback{std::chrono::milliseconds(100), true};

using namespace endpoints;  // NOLINT(google-build-using-namespace): the table below is what they are for
using enum Access;
using enum Takes;

constexpr auto kRoutes = std::to_array<Route>({
    {"POST", "/api/v1/documents", caller, pdf, kDocument, true, &store_document},
    {"GET", "/api/v1/documents/{id}", caller, nothing, 0, false, &describe_document},
    {"GET", "/api/v1/documents/{id}/content", caller, nothing, 0, false, &read_content},
    {"GET", "/api/v1/documents/{id}/disclosure", caller, nothing, 0, false, &read_disclosure},
    {"GET", "/api/v1/documents/{id}/void-record", caller, nothing, 0, false, &read_void_record},
    {"GET", "/api/v1/documents/{id}/notes", caller, nothing, 0, false, &read_document_notes},
    {"GET", "/api/v1/documents/{id}/envelope", integrator, nothing, 0, false, &read_envelope},
    {"GET", "/api/v1/documents/{id}/reading-view", caller, nothing, 0, false, &read_reading_view},
    {"POST", "/api/v1/documents/{id}/seal-preparations", integrator, json, kSmall, true, &prepare_seal},
    {"POST", "/api/v1/seal-preparations/{id}/completion", integrator, json, kSmall, true, &complete_seal},
    {"GET", "/api/v1/templates", caller, nothing, 0, false, &list_templates},
    {"POST", "/api/v1/templates/{key}/documents", caller, json, kForm, true, &make_template_document},
    {"POST", "/api/v1/persons", caller, json, kSmall, true, &create_person},
    {"POST", "/api/v1/persons/search", caller, json, kSmall, false, &find_persons},
    {"POST", "/api/v1/persons/{id}/decisions", caller, json, kSmall, true, &record_decision},
    {"POST", "/api/v1/persons/{id}/told-decisions", caller, json, kSmall, true, &record_told_decision},
    {"POST", "/api/v1/persons/{id}/erasure", caller, json, kSmall, true, &erase_person},
    {"POST", "/api/v1/notices", caller, json, kForm, true, &publish_notice},
    {"POST", "/api/v1/signature-requests", caller, json, kForm, true, &create_signature_request},
    {"GET", "/api/v1/signature-requests", caller, nothing, 0, false, &list_signature_requests},
    {"POST", "/api/v1/signature-requests/{id}/cancellation", caller, json, kSmall, true, &cancel_signature_request},
    {"POST", "/api/v1/signature-requests/{id}/link", caller, json, kSmall, true, &renew_request_link},
    {"GET", "/api/v1/signature-requests/{id}", caller, nothing, 0, false, &describe_signature_request},
    {"POST", "/api/v1/signature-requests/{id}/official-act", caller, json, kSmall, true, &sign_on_behalf},
    {"POST", "/api/v1/signature-requests/{id}/slips", caller, json, kSmall, true, &issue_request_slip},
    {"POST", "/api/v1/slips", caller, json, kSmall, true, &issue_slips},
    {"POST", "/api/v1/slips/{id}/revocation", integrator, json, kSmall, true, &revoke_slip},
    {"POST", "/api/v1/slip/look", everyone, json, kSmall, false, &look_at_slip, kSlipCode},
    {"POST", "/api/v1/slip/withdrawal", everyone, json, kSmall, false, &withdraw_by_slip, kSlipCode},
    {"POST", "/api/v1/slip/paper", everyone, json, kSmall, false, &read_slip_paper, kSlipCode},
    {"GET", "/api/v1/visit", visit, nothing, 0, false, &read_visit},
    {"GET", "/api/v1/visit/paper", visit, nothing, 0, false, &read_paper},
    {"POST", "/api/v1/visit/choices", visit, json, kSmall, false, &choose},
    {"GET", "/api/v1/visit/document", visit, nothing, 0, false, &read_frozen},
    {"GET", "/api/v1/visit/reading-view", visit, nothing, 0, false, &read_visit_reading_view},
    {"POST", "/api/v1/visit/act", visit, json, kAct, true, &act},
    {"POST", "/api/v1/visit/on-behalf", visit, json, kForm, true, &consent_on_behalf},
    {"POST", "/api/v1/visit/answer", visit, json, kForm, true, &answer},
    {"POST", "/api/v1/visit/copy", visit, json, kSmall, true, &choose_copy},
    {"POST", "/api/v1/officials", caller, json, kSmall, true, &register_official},
    {"GET", "/api/v1/officials", caller, nothing, 0, false, &list_officials},
    {"POST", "/api/v1/officials/{id}/withdrawal", caller, json, kSmall, true, &withdraw_official},
    {"POST", "/api/v1/devices", caller, json, kSmall, true, &enrol_device},
    {"GET", "/api/v1/devices", caller, nothing, 0, false, &list_devices},
    {"POST", "/api/v1/devices/{id}/revocation", caller, json, kSmall, true, &revoke_device},
    {"POST", "/api/v1/visits", caller, json, kSmall, true, &prepare_visit},
    {"GET", "/api/v1/visits", caller, nothing, 0, false, &list_visits},
    {"POST", "/api/v1/visits/preview", caller, json, kSmall, false, &preview_visit},
    {"POST", "/api/v1/visits/{id}/withdrawal", caller, json, kSmall, true, &withdraw_visit},
    {"GET", "/api/v1/visits/{id}", caller, nothing, 0, false, &describe_visit},
    {"POST", "/api/v1/visits/{id}/package", caller, json, kSmall, true, &issue_package},
    {"GET", "/api/v1/package", package, nothing, 0, false, &describe_package},
    {"GET", "/api/v1/package/requests/{id}/paper", package, nothing, 0, false, &read_package_paper},
    {"GET", "/api/v1/package/requests/{id}/reading-view", package, nothing, 0, false, &read_package_reading_view},
    {"POST", "/api/v1/package/acts", package, json, kAct, true, &receive_act},
    {"POST", "/api/v1/session", everyone, json, kSmall, false, &log_in},
    {"GET", "/api/v1/session", session, nothing, 0, false, &describe_session},
    {"POST", "/api/v1/session/second-factor", session, json, kSmall, false, &pass_second_factor},
    {"POST", "/api/v1/session/authenticator", session, json, kSmall, false, &begin_authenticator},
    {"POST", "/api/v1/session/authenticator/confirmation", session, json, kSmall, false, &confirm_authenticator},
    {"POST", "/api/v1/session/role", session, json, kSmall, false, &choose_role},
    {"POST", "/api/v1/session/password", session, json, kSmall, false, &change_password},
    {"POST", "/api/v1/session/hand-over", session, json, kSmall, false, &hand_over},
    {"POST", "/api/v1/session/return", everyone, json, kSmall, false, &take_back},
    {"POST", "/api/v1/session/passkeys/options", session, json, kSmall, false, &begin_passkey},
    {"POST", "/api/v1/session/passkeys", session, json, kSmall, false, &add_passkey},
    {"POST", "/api/v1/session/passkeys/{id}/removal", session, json, kSmall, false, &remove_passkey},
    {"POST", "/api/v1/session/second-factor/passkey/options", session, json, kSmall, false, &ask_for_passkey},
    {"POST", "/api/v1/session/second-factor/passkey", session, json, kSmall, false, &pass_passkey},
    {"POST", "/api/v1/session/return/passkey/options", everyone, json, kSmall, false, &ask_for_passkey_back},
    {"POST", "/api/v1/session/return/passkey", everyone, json, kSmall, false, &take_back_by_passkey},
    {"POST", "/api/v1/session/end", session, json, kSmall, false, &end_session},
    {"POST", "/api/v1/activation", everyone, json, kSmall, false, &activate},
    {"GET", "/api/v1/logins", everyone, nothing, 0, false, &list_logins},
    {"POST", "/api/v1/session/oidc", everyone, json, kSmall, false, &begin_oidc},
    {"GET", "/login/return", everyone, nothing, 0, false, &finish_oidc},
    {"POST", "/api/v1/accounts", caller, json, kSmall, true, &add_account},
    {"GET", "/api/v1/accounts", caller, nothing, 0, false, &list_accounts},
    {"GET", "/api/v1/accounts/{id}", caller, nothing, 0, false, &describe_account},
    {"POST", "/api/v1/accounts/{id}/roles", caller, json, kSmall, true, &give_account_role},
    {"POST", "/api/v1/accounts/{id}/role-withdrawal", caller, json, kSmall, true, &withdraw_account_role},
    {"POST", "/api/v1/accounts/{id}/letter", caller, json, kSmall, true, &issue_account_letter},
    {"POST", "/api/v1/accounts/{id}/block", caller, json, kSmall, true, &block_account},
    {"POST", "/api/v1/accounts/{id}/unblock", caller, json, kSmall, true, &unblock_account},
    {"POST", "/api/v1/accounts/{id}/second-factor-reset", caller, json, kSmall, true, &reset_second_factor},
    {"POST", "/api/v1/accounts/{id}/session-end", caller, json, kSmall, true, &end_account_sessions},
    {"GET", "/api/v1/mine/documents", caller, nothing, 0, false, &list_my_documents},
    {"GET", "/api/v1/mine/documents/{id}/verdict", caller, nothing, 0, false, &check_my_document},
    {"GET", "/api/v1/mine/decisions", caller, nothing, 0, false, &list_my_decisions},
    {"POST", "/api/v1/mine/decisions/{id}/withdrawal", caller, json, kSmall, true, &withdraw_my_consent},
    {"POST", "/api/v1/mine/decisions/{id}/objection", caller, json, kSmall, true, &object_to_my_use},
    {"GET", "/api/v1/mine/decisions/{id}/receipt", caller, nothing, 0, false, &read_my_receipt},
    {"GET", "/api/v1/mine/representatives", caller, nothing, 0, false, &list_my_representatives},
    {"GET", "/api/v1/mine/accesses", caller, nothing, 0, false, &list_my_accesses},
    {"GET", "/api/v1/mine/corrections", caller, nothing, 0, false, &list_my_corrections},
    {"POST", "/api/v1/mine/corrections", caller, json, kSmall, true, &ask_my_correction},
    {"POST", "/api/v1/persons/{id}/corrections", caller, json, kSmall, true, &ask_correction},
    {"GET", "/api/v1/corrections", caller, nothing, 0, false, &list_corrections},
    {"GET", "/api/v1/corrections/{id}", caller, nothing, 0, false, &read_correction},
    {"POST", "/api/v1/corrections/{id}/answer", caller, json, kSmall, true, &answer_correction},
    {"POST", "/api/v1/signature-requests/{id}/misattributions", caller, json, kSmall, true, &raise_misattribution},
    {"GET", "/api/v1/misattributions", caller, nothing, 0, false, &list_misattributions},
    {"GET", "/api/v1/misattributions/{id}", caller, nothing, 0, false, &read_misattribution},
    {"POST", "/api/v1/misattributions/{id}/decision", caller, json, kSmall, true, &decide_misattribution},
    {"POST", "/api/v1/misattributions/{id}/told-recipients", caller, json, kSmall, true, &tell_recipient},
    {"POST", "/api/v1/misattributions/{id}/incident-end", caller, json, kSmall, true, &end_incident},
    {"POST", "/api/v1/persons/{id}/protections", caller, json, kSmall, true, &set_protection},
    {"GET", "/api/v1/protections", caller, nothing, 0, false, &list_protections},
    {"POST", "/api/v1/protections/{id}/removal", caller, json, kSmall, true, &remove_protection},
    {"PUT", "/api/v1/persons/{id}/birth-date", caller, json, kSmall, true, &set_birth_date},
    {"POST", "/api/v1/persons/{id}/representations", caller, json, kSmall, true, &record_representation},
    {"GET", "/api/v1/persons/{id}/representations", caller, nothing, 0, false, &list_representations},
    {"POST", "/api/v1/representations/{id}/state", caller, json, kSmall, true, &change_representation},
    {"POST", "/api/v1/representations/{id}/objections", caller, json, kSmall, true, &record_objection},
    {"POST", "/api/v1/objections/{id}/end", caller, json, kSmall, true, &end_objection},
    {"GET", "/api/v1/reviews", caller, nothing, 0, false, &list_reviews},
    {"POST", "/api/v1/reviews/{id}/answer", caller, json, kSmall, true, &answer_review},
    {"GET", "/api/v1/organisation", everyone, nothing, 0, false, &describe_organisation},
    {"POST", "/api/v1/feedback", everyone, json, kSmall, false, &send_feedback, kFeedback},
    {"GET", "/api/v1/feedback", caller, nothing, 0, false, &list_feedback},
    {"GET", "/api/v1/feedback/{id}", caller, nothing, 0, false, &read_feedback},
    {"POST", "/api/v1/feedback/{id}/answer", caller, json, kSmall, true, &answer_feedback},
    {"POST", "/access/v1/evaluation", integrator, json, kSmall, false, &evaluate},
    {"POST", "/api/v1/verify", everyone, signed_file_or_json, kCheckedFile, false, &verify},
    {"POST", "/api/v1/check", everyone, json, kSmall, false, &check_code, kCheckCode},
    {"GET", "/log/{host}/{tenant}/checkpoint", everyone, nothing, 0, false, &read_checkpoint},
    {"GET", "/log/{host}/{tenant}/tile/{path+}", everyone, nothing, 0, false, &read_tile},
    {"GET", "/healthz", everyone, nothing, 0, false, &alive},
    {"GET", "/readyz", everyone, nothing, 0, false, &ready},
    {"GET", "/openapi.json", everyone, nothing, 0, false, &openapi},
});

}  // namespace

std::span<const Route> routes() { return kRoutes; }

std::vector<Operation> list_operations() {
  std::vector<Operation> operations;
  for (const auto& route : kRoutes) operations.push_back({route.method, route.pattern});
  return operations;
}

bool match_pattern(std::string_view pattern, std::string_view path, Parameters& parameters) {
  std::size_t count = 0;
  while (true) {
    // Both stand on a slash, or are at their end.
    if (pattern.empty() || path.empty()) return pattern.empty() && path.empty();
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const auto wanted = pattern.substr(0, pattern.find('/'));
    const auto segment = path.substr(0, path.find('/'));
    if (wanted.ends_with("+}")) {
      parameters[count] = path;
      return !path.empty();
    }
    if (wanted.starts_with('{')) {
      if (segment.empty()) return false;
      parameters[count++] = segment;
    } else if (wanted != segment) {
      return false;
    }
    pattern.remove_prefix(wanted.size());
    path.remove_prefix(segment.size());
  }
}

Response json_response(int status, const base::Json& body) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = base::write_json(body);
  return response;
}

Response created(const app::Reply& reply) {
  auto response = json_response(201, reply.body);
  if (reply.replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
  return response;
}

Response inline_response(app::Content content) {
  Response response;
  response.content_type = std::move(content.media_type);
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"" + content.file_name + "\"");
  response.body = std::move(content.bytes);
  return response;
}

Response attached_response(app::Content content) {
  Response response;
  response.content_type = std::move(content.media_type);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + content.file_name + "\"");
  response.body = std::move(content.bytes);
  return response;
}

Response done(const app::Reply& reply) {
  auto response = created(reply);
  response.status = 200;
  return response;
}

}  // namespace segell::http
