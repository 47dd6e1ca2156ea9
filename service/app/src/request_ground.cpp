#include "request_ground.h"

#include "address_cover.h"
#include "basis_json.h"
#include "checks.h"
#include "consent_facts.h"
#include "notice_lookup.h"
#include "request_acting.h"
#include "request_standing.h"
#include "template_document.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Result<consent::ConsentItem> make_item(const NewRequestItem& input, const storage::View& view,
                                             const std::string& language, base::Instant now,
                                             const consent::ItemId& id) {
  if (!is_plain_text(input.text, 2000, /*lines=*/true)) {
    return invalid("consent.no-text", "an item needs the text that the person is shown");
  }
  if (!input.consequence_if_refused.empty() && !is_plain_text(input.consequence_if_refused, 1000, /*lines=*/true)) {
    return invalid("request.bad-consequence", "the consequence of refusing is no plain text");
  }
  consent::ConsentItem item;
  item.id = id;
  item.scope = {input.purpose, input.category, input.recipient};
  SEGELL_TRY(item.basis, make_basis(input.basis));
  SEGELL_TRY(item.valid_until, base::parse_rfc3339(input.valid_until));
  item.text = input.text;
  item.consequence_if_refused = input.consequence_if_refused;
  SEGELL_TRY(item.notice, find_notice(view, input.notice, {language}));
  SEGELL_TRY(item, consent::make_consent_item(std::move(item), now));
  if (item.basis.kind == consent::BasisKind::express_consent && item.consequence_if_refused.empty()) {
    return invalid("request.bad-consequence", "an item of consent says what a refusal means");
  }
  return item;
}

/// A place to sign takes only what its template says that a signature there may mean.
base::Result<void> check_meanings(const TemplateDocument& made, const RequestPayload& payload) {
  const auto is_place = [&](const TemplateDocument::Signer& one) { return one.field == payload.signature_field; };
  const auto place = std::find_if(made.signers.begin(), made.signers.end(), is_place);
  if (place == made.signers.end() || place->meanings.empty()) return base::ok();
  for (const std::string& meaning : payload.meanings) {
    if (std::find(place->meanings.begin(), place->meanings.end(), meaning) == place->meanings.end())
      return invalid("request.bad-meaning", "the document does not let this signer say \"" + meaning + "\"",
                     "GET /api/v1/templates lists what each signer may say");
  }
  return base::ok();
}

/// What a document made from a template says of the request: its items for the one who decides first, its places.
base::Result<void> take_from_template(const storage::View& view, const storage::DocumentRecord& document,
                                      const NewSignatureRequest& request, base::Instant now, RequestPayload& payload) {
  SEGELL_TRY(const auto made, template_of(document));
  if (!made) {
    if (request.signer.empty()) return base::ok();
    return invalid("request.unknown-signer", "only a document made from a template names its signers");
  }
  if (!request.items.empty())
    return invalid("request.items-in-document", "the document says itself what is to be decided",
                   "send no items for a document made from a template");
  SEGELL_TRY(const Standing standing, standing_of(view, document.id, now));
  SEGELL_TRY(payload.signature_field, signing_place(*made, standing, request.signer));
  SEGELL_CHECK(check_meanings(*made, payload));
  if (document.state != "draft" || standing.has_decider) return base::ok();
  for (const auto& [item, field] : made->items) {
    if (item.valid_until <= now) return invalid("consent.no-term", "the term of an item is over");
    payload.items.push_back(item);
  }
  return base::ok();
}

base::Failure address_on_paper() {
  return base::fail(base::Code::conflict, "request.protected-address",
                    "the document says an address that is kept from others",
                    "make the document anew, with personId beside its signers: it then says a token instead");
}

/// Nothing that is written from here on says an address that is kept from others; a paper that says it already is made
/// anew.
base::Result<void> cover_addresses(const storage::View& view, const base::PersonId& person, RequestGround& ground) {
  AddressCover cover;
  SEGELL_CHECK(cover.add(view, person));
  if (cover.is_empty()) return base::ok();
  SEGELL_TRY(const auto made, template_of(ground.document));
  if (made && cover.cover_all(to_json(*made)) != to_json(*made)) return address_on_paper();
  RequestPayload& payload = ground.payload;
  for (std::string* text : {&payload.title, &payload.identity_detail, &payload.professional})
    *text = cover.cover(*text);
  for (consent::ConsentItem& item : payload.items) {
    item.text = cover.cover(item.text);
    item.consequence_if_refused = cover.cover(item.consequence_if_refused);
  }
  return base::ok();
}

storage::RequestRecord asked_of(const base::PersonId& person, const RequestGround& ground) {
  storage::RequestRecord asked;
  asked.person = person;
  asked.document = ground.document.id;
  return asked;
}

/// Who signs, as the person's age and the register of representations say.
base::Result<void> settle_signer(const storage::View& view, const base::PersonId& person, base::Instant now,
                                 RequestGround& ground) {
  SEGELL_TRY(const auto acting, who_signs(view, asked_of(person, ground), ground.payload, now));
  if (!acting) return base::ok();
  SEGELL_CHECK(settle_other_holder(*acting, ground.payload));
  SEGELL_TRY(const auto signer, signer_for(view, ground.payload, ground.person_name));
  SEGELL_TRY(const bool guarded, is_protected(view, person, now));
  if (signer) ground.signer = signer_words(ground.payload, *signer, guarded || ground.payload.discreet);
  return base::ok();
}

}  // namespace

base::Result<RequestGround> load_ground(const storage::View& view, const NewSignatureRequest& request,
                                        RequestPayload draft, const base::DocumentId& document,
                                        const base::PersonId& person, base::Instant now) {
  RequestGround ground{std::move(draft), {}, {}, {}, {}, {}};
  SEGELL_TRY(ground.document, view.documents().get(document));
  SEGELL_TRY(ground.last, view.documents().last_revision(document));
  SEGELL_TRY(const auto who, view.persons().get(person));
  if (who.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
  if (const base::Json* name = who.profile.find("name"); name != nullptr && name->as_string() != nullptr)
    ground.person_name = *name->as_string();
  SEGELL_CHECK(take_from_template(view, ground.document, request, now, ground.payload));
  for (const NewRequestItem& input : request.items) {
    SEGELL_TRY(auto item, make_item(input, view, ground.payload.language, now, consent::ItemId::make()));
    ground.payload.items.push_back(std::move(item));
  }
  SEGELL_CHECK(settle_signer(view, person, now, ground));
  SEGELL_CHECK(cover_addresses(view, person, ground));
  for (const consent::ConsentItem& item : ground.payload.items) {
    SEGELL_TRY(const auto notice, view.notices().get(item.notice.key, item.notice.version, item.notice.language));
    ground.notice_titles[notice.key] = notice.title;
  }
  return ground;
}

base::Result<void> check_ground(const storage::View& view, const RequestGround& ground, const base::PersonId& person,
                                base::Instant now) {
  SEGELL_TRY(const bool there, view.persons().is_there(person));
  if (!there) return base::fail(base::Code::not_found, "person.unknown", "no such person");
  SEGELL_CHECK(who_signs(view, asked_of(person, ground), ground.payload, now));
  AddressCover cover;
  SEGELL_CHECK(cover.add(view, person));  // one that was protected meanwhile
  if (cover.holds_any(base::write_json(to_json(ground.payload)))) return address_on_paper();
  if (ground.payload.signature_field.empty()) return base::ok();
  SEGELL_TRY(const Standing standing, standing_of(view, ground.document.id, now));
  return check_free(standing, ground.payload);
}

}  // namespace segell::app
