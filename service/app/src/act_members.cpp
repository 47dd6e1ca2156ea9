#include "app/act_members.h"

namespace segell::app {

namespace {

void read_picture(base::Fields& fields, PictureInput& to) {
  fields.required("width", to.width);
  fields.required("height", to.height);
  fields.required_base64("bits", to.zlib);
}

void read_diligence(base::Fields& fields, Diligence& to) {
  fields.required("reason", to.reason);
  fields.required_list("witnesses", to.witnesses, [](base::Fields& inner, Diligence::Witness& one) {
    inner.required("name", one.name);
    inner.required("identity", one.identity);
    inner.required("adult", one.adult);
    inner.required("answer", one.answer);
    inner.optional("picture", one.picture, read_picture);
  });
}

base::Failure missing_member(const char* name) {
  return base::fail(base::Code::malformed, "request.missing-field", std::string("field ") + name + " is missing");
}

}  // namespace

bool ActMembers::any() const {
  return shown || method || meaning || reservation || picture || envelope || diligence || capture != nullptr;
}

void read_act_members(base::Fields& fields, ActMembers& to) {
  fields.optional("shown", to.shown, [](base::Fields& inner, ActMembers::Shown& shown) {
    inner.required("sha256", shown.sha256);
    inner.required("sha512", shown.sha512);
    inner.required("length", shown.length);
  });
  fields.optional("method", to.method);
  fields.optional("meaning", to.meaning);
  fields.optional("reservation", to.reservation);
  fields.optional("picture", to.picture, read_picture);
  fields.optional_base64("envelope", to.envelope);
  fields.optional("diligence", to.diligence, read_diligence);
  fields.optional_object("capture", to.capture);
}

void read_notes(base::Fields& fields, Notes& to) {
  fields.required_list("questions", to.questions, [](base::Fields& inner, Notes::Question& one) {
    inner.required("asked", one.asked);
    inner.required("answered", one.answered);
  });
  fields.optional("interpreter", to.interpreter, [](base::Fields& inner, Notes::Interpreter& one) {
    inner.required("name", one.name);
    inner.required("language", one.language);
    inner.required("presence", one.presence);
  });
  fields.optional("supportPerson", to.support_person, [](base::Fields& inner, Notes::SupportPerson& one) {
    inner.required("name", one.name);
    inner.required("relation", one.relation);
  });
  fields.required("spokeAlone", to.spoke_alone);
}

base::Result<Act> to_act(ActMembers members) {
  if (!members.shown) return missing_member("shown");
  if (!members.method) return missing_member("method");
  if (!members.meaning) return missing_member("meaning");
  Act act;
  act.shown_sha256 = std::move(members.shown->sha256);
  act.shown_sha512 = std::move(members.shown->sha512);
  act.shown_length = members.shown->length;
  act.method = *std::move(members.method);
  act.meaning = *std::move(members.meaning);
  act.reservation = std::move(members.reservation);
  act.picture = std::move(members.picture);
  act.envelope = std::move(members.envelope);
  act.diligence = std::move(members.diligence);
  if (members.capture != nullptr) act.capture = *members.capture;
  return act;
}

}  // namespace segell::app
