#include "captured_act.h"

#include "app/act_members.h"
#include "base/encoding.h"
#include "base/fields.h"
#include "checks.h"
#include "copy_choice.h"
#include "notes.h"
#include "request_payload.h"

namespace segell::app {

namespace {

using base::Fields;
using base::Json;

constexpr std::string_view kCapturedSchema = "segell.captured-act/1";
constexpr std::string_view kIdentities[] = {"id-seen", "known", "none"};
constexpr std::string_view kAnswers[] = {captured_answer::kSigned, request_state::kRefused, request_state::kDeferred};
constexpr std::size_t kNonceLength = 32;

base::Failure bad_captured(std::string what) { return invalid("act.bad-captured", std::move(what)); }

/// A member that is null is as good as absent.
Json without_nulls(const Json& json) {
  if (json.as_object() == nullptr) return json;
  Json::Object kept;
  for (const auto& [name, value] : *json.as_object()) {
    if (!value.is_null()) kept.emplace_back(name, without_nulls(value));
  }
  return Json(std::move(kept));
}

base::Result<void> take_signed(ActMembers members, CapturedAct& act) {
  if (act.answer != captured_answer::kSigned) {
    if (!members.any() && act.choices.empty()) return base::ok();
    return bad_captured(
        "choices, shown, method, meaning, reservation, picture, envelope, diligence and capture come with a signature "
        "only");
  }
  SEGELL_TRY(act.act, to_act(std::move(members)));
  act.act->notes = act.notes;
  return base::ok();
}

/// The members that are names and words.
struct Plain {
  std::string schema, visit, device, request, nonce;
  struct Times {
    std::string handed_over, captured;
  } times;
  struct Identity {
    std::string kind;
  };
  std::optional<Identity> identity;
};

base::Result<void> take_plain(const Plain& plain, CapturedAct& act) {
  if (plain.schema != kCapturedSchema) return bad_captured("the schema is segell.captured-act/1");
  const auto visit = storage::VisitId::parse(plain.visit);
  const auto device = storage::DeviceId::parse(plain.device);
  const auto request = RequestId::parse(plain.request);
  if (!visit || !device || !request) return bad_captured("visit, device and request are identifiers");
  act.visit = *visit;
  act.device = *device;
  act.request = *request;
  auto nonce = base::from_base64url(plain.nonce);
  if (!nonce || nonce->size() != kNonceLength) return bad_captured("the nonce is none of 32 octets in base64url");
  act.nonce = *std::move(nonce);
  const auto handed_over = base::parse_rfc3339(plain.times.handed_over);
  const auto captured = base::parse_rfc3339(plain.times.captured);
  if (!handed_over || !captured) return bad_captured("the times are RFC 3339");
  act.handed_over = *handed_over;
  act.captured = *captured;
  if (act.counter == 0 || act.counter > kMostCounter) return bad_captured("the counter goes from 1 to 2^53-1");
  if (!one_of(kAnswers, act.answer)) return bad_captured("the answer is signed, refused or deferred");
  if (!plain.identity) return base::ok();
  if (!one_of(kIdentities, plain.identity->kind)) return bad_captured("the identity is id-seen, known or none");
  act.identity = plain.identity->kind;
  return base::ok();
}

}  // namespace

base::Result<CapturedAct> parse_captured_act(const Json& json) {
  if (json.as_object() == nullptr) {
    return base::fail(base::Code::malformed, "request.wrong-type", "field act is not an object");
  }
  const Json whole = without_nulls(json);
  CapturedAct act;
  Plain plain;
  ActMembers members;
  Fields fields(whole, "act");
  fields.required("schema", plain.schema);
  fields.required("visit", plain.visit);
  fields.required("device", plain.device);
  fields.required("request", plain.request);
  fields.required("nonce", plain.nonce);
  fields.required("counter", act.counter);
  fields.required("times", plain.times, [](Fields& inner, Plain::Times& to) {
    inner.required("handedOver", to.handed_over);
    inner.required("captured", to.captured);
  });
  fields.optional("identity", plain.identity,
                  [](Fields& inner, Plain::Identity& to) { inner.required("kind", to.kind); });
  fields.required("answer", act.answer);
  if (whole.find("choices") != nullptr) {
    fields.required_list("choices", act.choices, [](Fields& inner, Choice& to) {
      inner.required("item", to.item);
      inner.required("choice", to.choice);
    });
  }
  read_act_members(fields, members);
  fields.optional("copy", act.copy, [](Fields& inner, CopyChoice& to) {
    inner.required("kind", to.kind);
    inner.optional("code", to.code);
  });
  fields.optional("notes", act.notes, read_notes);
  SEGELL_CHECK(fields.finish());
  SEGELL_CHECK(take_plain(plain, act));
  if (act.notes) SEGELL_CHECK(check_notes(*act.notes));
  SEGELL_CHECK(take_signed(std::move(members), act));
  if (act.copy) SEGELL_CHECK(check_copy(*act.copy));
  return act;
}

}  // namespace segell::app
