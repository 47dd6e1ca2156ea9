#include "captured_act.h"

#include "base/encoding.h"
#include "base/fields.h"
#include "checks.h"
#include "copy_choice.h"
#include "request_payload.h"

namespace segell::app {

namespace {

using base::Fields;
using base::Json;

constexpr std::string_view kCapturedSchema = "segell.captured-act/1";
constexpr std::string_view kIdentities[] = {"id-seen", "known", "none"};
constexpr std::string_view kAnswers[] = {captured_answer::kSigned, request_state::kRefused, request_state::kDeferred};
constexpr std::string_view kAlone[] = {"yes", "no", "not-possible"};
constexpr std::size_t kMostQuestions = 20;
constexpr std::size_t kLongestQuestion = 2000;
constexpr std::size_t kLongestName = 200;
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

struct Question {
  std::string asked;
  std::string answered;
};
struct Notes {
  std::vector<Question> questions;
  std::optional<std::string> interpreter;
  std::optional<std::string> support_person;
  std::string spoke_alone;
};

void read_notes(Fields& fields, Notes& to) {
  fields.required_list("questions", to.questions, [](Fields& inner, Question& one) {
    inner.required("asked", one.asked);
    inner.required("answered", one.answered);
  });
  fields.optional("interpreter", to.interpreter);
  fields.optional("supportPerson", to.support_person);
  fields.required("spokeAlone", to.spoke_alone);
}

base::Result<void> take_notes(const Notes& notes, CapturedAct& act) {
  if (notes.questions.size() > kMostQuestions) return bad_captured("up to 20 questions are noted");
  Json questions = Json::array();
  for (const Question& one : notes.questions) {
    const bool plain = is_plain_text(one.asked, kLongestQuestion, /*lines=*/true) &&
                       (one.answered.empty() || is_plain_text(one.answered, kLongestQuestion, /*lines=*/true));
    if (!plain) return bad_captured("a question or its answer is no plain text of up to 2000 octets");
    questions.push(Json::object({{"asked", one.asked}, {"answered", one.answered}}));
  }
  if (!notes.questions.empty()) act.questions = std::move(questions);
  if (!one_of(kAlone, notes.spoke_alone)) return bad_captured("spokeAlone is yes, no or not-possible");
  act.support = Json::object({{"spokeAlone", notes.spoke_alone}});
  for (const auto& [name, who] :
       {std::pair("interpreter", &notes.interpreter), {"supportPerson", &notes.support_person}}) {
    if (!*who) continue;
    if (!is_plain_text(**who, kLongestName)) return bad_captured(std::string(name) + " is no plain text");
    act.support.set(name, **who);
  }
  return base::ok();
}

/// What POST /api/v1/visit/act takes, among the other members.
struct SignedPart {
  std::optional<Act> shown;
  std::optional<std::string> method;
  std::optional<std::string> meaning;
  std::optional<std::string> reservation;
  std::optional<PictureInput> picture;
  std::optional<base::Bytes> envelope;
  const Json* capture = nullptr;

  [[nodiscard]] bool any() const {
    return shown || method || meaning || reservation || picture || envelope || capture != nullptr;
  }
};

void read_signed(Fields& fields, SignedPart& to) {
  fields.optional("shown", to.shown, [](Fields& inner, Act& act) {
    inner.required("sha256", act.shown_sha256);
    inner.required("sha512", act.shown_sha512);
    inner.required("length", act.shown_length);
  });
  fields.optional("method", to.method);
  fields.optional("meaning", to.meaning);
  fields.optional("reservation", to.reservation);
  fields.optional("picture", to.picture, [](Fields& inner, PictureInput& picture) {
    inner.required("width", picture.width);
    inner.required("height", picture.height);
    inner.required_base64("bits", picture.zlib);
  });
  fields.optional_base64("envelope", to.envelope);
  fields.optional_object("capture", to.capture);
}

base::Result<void> take_signed(SignedPart part, CapturedAct& act) {
  if (act.answer != captured_answer::kSigned) {
    if (!part.any() && act.choices.empty()) return base::ok();
    return bad_captured(
        "choices, shown, method, meaning, reservation, picture, envelope and capture come with a signature only");
  }
  if (!part.shown || !part.method || !part.meaning) {
    return base::fail(base::Code::malformed, "request.missing-field", "a signature needs shown, method and meaning");
  }
  act.act = std::move(part.shown);
  act.act->method = *std::move(part.method);
  act.act->meaning = *std::move(part.meaning);
  act.act->reservation = std::move(part.reservation);
  act.act->picture = std::move(part.picture);
  act.act->envelope = std::move(part.envelope);
  if (part.capture != nullptr) act.act->capture = *part.capture;
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
  SignedPart part;
  std::optional<Notes> notes;
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
  read_signed(fields, part);
  fields.optional("copy", act.copy, [](Fields& inner, CopyChoice& to) {
    inner.required("kind", to.kind);
    inner.optional("code", to.code);
  });
  fields.optional("notes", notes, read_notes);
  SEGELL_CHECK(fields.finish());
  SEGELL_CHECK(take_plain(plain, act));
  SEGELL_CHECK(take_signed(std::move(part), act));
  if (act.copy) SEGELL_CHECK(check_copy(*act.copy));
  if (notes) SEGELL_CHECK(take_notes(*notes, act));
  return act;
}

}  // namespace segell::app
