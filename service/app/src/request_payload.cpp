#include "request_payload.h"

#include "base/encoding.h"
#include "basis_json.h"
#include "json_fields.h"
#include "notes.h"

#include <algorithm>

namespace segell::app {

namespace {

using base::Json;
using consent::ConsentItem;

template <std::size_t N>
base::Result<std::array<std::byte, N>> octets_field(const Json& object, const char* name) {
  SEGELL_TRY(const std::string text, text_field(object, name));
  SEGELL_TRY(const base::Bytes bytes, base::from_hex(text));
  if (bytes.size() != N) return damaged(name);
  std::array<std::byte, N> out;
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

}  // namespace

Json to_json(const ConsentItem& item) {
  Json json = Json::object();
  json.set("id", item.id.text());
  json.set("purpose", item.scope.purpose);
  json.set("category", item.scope.category);
  json.set("recipient", item.scope.recipient);
  json.set("basis", to_json(item.basis));
  Json notice = Json::object();
  notice.set("key", item.notice.key);
  notice.set("version", std::int64_t{item.notice.version});
  notice.set("language", item.notice.language);
  notice.set("sha256", base::to_hex(item.notice.sha256));
  json.set("notice", std::move(notice));
  json.set("validUntil", base::format_rfc3339(item.valid_until));
  json.set("text", item.text);
  json.set("consequence", item.consequence_if_refused);
  return json;
}

base::Result<ConsentItem> item_from_json(const Json& json) {
  ConsentItem item;
  SEGELL_TRY(const std::string id, text_field(json, "id"));
  SEGELL_TRY(item.id, consent::ItemId::parse(id));
  SEGELL_TRY(item.scope.purpose, text_field(json, "purpose"));
  SEGELL_TRY(item.scope.category, text_field(json, "category"));
  SEGELL_TRY(item.scope.recipient, text_field(json, "recipient"));
  const Json* basis = json.find("basis");
  const Json* notice = json.find("notice");
  if (basis == nullptr || notice == nullptr) return damaged("basis or notice");
  SEGELL_TRY(item.basis, basis_from_json(*basis));
  SEGELL_TRY(item.notice.key, text_field(*notice, "key"));
  SEGELL_TRY(const std::int64_t version, int_field(*notice, "version"));
  item.notice.version = static_cast<std::uint32_t>(version);
  SEGELL_TRY(item.notice.language, text_field(*notice, "language"));
  SEGELL_TRY(item.notice.sha256, octets_field<32>(*notice, "sha256"));
  SEGELL_TRY(const std::string until, text_field(json, "validUntil"));
  SEGELL_TRY(item.valid_until, base::parse_rfc3339(until));
  SEGELL_TRY(item.text, text_field(json, "text"));
  SEGELL_TRY(item.consequence_if_refused, text_field(json, "consequence"));
  return item;
}

namespace {

Json shown_json(const ShownRevision& shown) {
  Json json = Json::object();
  json.set("revision", std::int64_t{shown.index});
  json.set("length", shown.length);
  json.set("sha256", base::to_hex(shown.sha256));
  json.set("sha512", base::to_hex(shown.sha512));
  json.set("pages", shown.pages);
  json.set("choicesOnPage", shown.choices_on_page);
  return json;
}

base::Result<ShownRevision> shown_from_json(const Json& json) {
  ShownRevision shown;
  SEGELL_TRY(const std::int64_t index, int_field(json, "revision"));
  shown.index = static_cast<std::uint32_t>(index);
  SEGELL_TRY(const std::int64_t length, int_field(json, "length"));
  shown.length = static_cast<std::uint64_t>(length);
  SEGELL_TRY(shown.sha256, octets_field<32>(json, "sha256"));
  SEGELL_TRY(shown.sha512, octets_field<64>(json, "sha512"));
  SEGELL_TRY(const std::int64_t pages, int_field(json, "pages"));
  shown.pages = static_cast<std::uint64_t>(pages);
  const Json* on_page = json.find("choicesOnPage");
  if (on_page == nullptr || on_page->as_bool() == nullptr) return damaged("choicesOnPage");
  shown.choices_on_page = *on_page->as_bool();
  return shown;
}

Json paper_json(const PreparedPaper& paper) {
  Json json = Json::object();
  json.set("base", std::int64_t{paper.base});
  json.set("code", paper.verification_code);
  json.set("rendition", base::to_hex(paper.rendition));
  json.set("pages", paper.pages);
  json.set("fillIn", to_json(paper.recipe));
  return json;
}

base::Result<PreparedPaper> paper_from_json(const Json& json) {
  PreparedPaper paper;
  SEGELL_TRY(const std::int64_t base, int_field(json, "base"));
  paper.base = static_cast<std::uint32_t>(base);
  SEGELL_TRY(paper.verification_code, text_field(json, "code"));
  SEGELL_TRY(paper.rendition, octets_field<32>(json, "rendition"));
  SEGELL_TRY(const std::int64_t pages, int_field(json, "pages"));
  paper.pages = static_cast<std::uint64_t>(pages);
  const Json* recipe = json.find("fillIn");
  if (recipe == nullptr) return damaged("fillIn");
  SEGELL_TRY(paper.recipe, signer::pdf::parse_fill_in(*recipe));
  return paper;
}

/// Members that stand there only when they say something.
constexpr std::pair<const char*, std::string RequestPayload::*> kOptionalWords[] = {
    {"address", &RequestPayload::address},          {"after", &RequestPayload::after},
    {"insteadOf", &RequestPayload::instead_of},     {"representation", &RequestPayload::representation},
    {"otherHolder", &RequestPayload::other_holder}, {"meaning", &RequestPayload::meaning},
    {"reservation", &RequestPayload::reservation}};

}  // namespace

Json to_json(const RequestPayload& payload) {
  Json json = Json::object();
  json.set("title", payload.title);
  json.set("language", payload.language);
  json.set("capacity", payload.capacity);
  json.set("identityKind", payload.identity_kind);
  json.set("identityLevel", payload.identity_level);
  json.set("identityDetail", payload.identity_detail);
  if (!payload.professional.empty()) json.set("professional", payload.professional);
  if (payload.discreet) json.set("discreet", true);
  Json items = Json::array();
  for (const ConsentItem& item : payload.items) items.push(to_json(item));
  json.set("items", std::move(items));
  json.set("methods", words_json(payload.methods));
  if (!payload.signature_field.empty()) json.set("signatureField", payload.signature_field);
  if (!payload.meanings.empty()) json.set("meanings", words_json(payload.meanings));
  for (const auto& [name, member] : kOptionalWords) {
    if (!(payload.*member).empty()) json.set(name, payload.*member);
  }
  if (payload.notes) json.set("notes", to_json(*payload.notes));
  if (!payload.on_behalf.is_null()) json.set("onBehalf", payload.on_behalf);
  if (payload.paper) json.set("paper", paper_json(*payload.paper));
  Json choices = Json::array();
  for (const consent::DecisionKind kind : payload.choices) choices.push(to_string(kind));
  json.set("choices", std::move(choices));
  json.set("shown", payload.shown ? shown_json(*payload.shown) : Json());
  json.set("rendition", payload.rendition ? Json(base::to_hex(*payload.rendition)) : Json());
  return json;
}

base::Result<RequestPayload> request_payload_from_json(const Json& json) {
  RequestPayload payload;
  SEGELL_TRY(payload.title, text_field(json, "title"));
  SEGELL_TRY(payload.language, text_field(json, "language"));
  SEGELL_TRY(payload.capacity, text_field(json, "capacity"));
  SEGELL_TRY(payload.identity_kind, text_field(json, "identityKind"));
  SEGELL_TRY(const std::int64_t level, int_field(json, "identityLevel"));
  payload.identity_level = static_cast<int>(level);
  SEGELL_TRY(payload.identity_detail, text_field(json, "identityDetail"));
  if (json.find("professional") != nullptr) {
    SEGELL_TRY(payload.professional, text_field(json, "professional"));
  }
  payload.discreet = json.find("discreet") != nullptr;
  SEGELL_TRY(const Json::Array* items, array_field(json, "items"));
  for (const Json& item : *items) {
    SEGELL_TRY(auto parsed, item_from_json(item));
    payload.items.push_back(std::move(parsed));
  }
  SEGELL_TRY(payload.methods, words_field(json, "methods"));
  if (json.find("meanings") != nullptr) {
    SEGELL_TRY(payload.meanings, words_field(json, "meanings"));
  }
  for (const auto& [name, member] : kOptionalWords) {
    if (json.find(name) == nullptr) continue;
    SEGELL_TRY(payload.*member, text_field(json, name));
  }
  SEGELL_TRY(const Json::Array* choices, array_field(json, "choices"));
  for (const Json& choice : *choices) {
    if (choice.as_string() == nullptr) return damaged("choices");
    SEGELL_TRY(const auto kind, consent::parse_decision_kind(*choice.as_string()));
    payload.choices.push_back(kind);
  }
  if (json.find("signatureField") != nullptr) {
    SEGELL_TRY(payload.signature_field, text_field(json, "signatureField"));
  }
  if (const Json* notes = json.find("notes"); notes != nullptr) {
    SEGELL_TRY(payload.notes, notes_from_json(*notes));
  }
  if (const Json* on_behalf = json.find("onBehalf"); on_behalf != nullptr) payload.on_behalf = *on_behalf;
  if (const Json* paper = json.find("paper"); paper != nullptr) {
    SEGELL_TRY(payload.paper, paper_from_json(*paper));
  }
  if (const Json* shown = json.find("shown"); shown != nullptr && !shown->is_null()) {
    SEGELL_TRY(payload.shown, shown_from_json(*shown));
  }
  if (const Json* rendition = json.find("rendition"); rendition != nullptr && !rendition->is_null()) {
    SEGELL_TRY(payload.rendition, octets_field<32>(json, "rendition"));
  }
  return payload;
}

bool professional_checked(const RequestPayload& payload) noexcept {
  return !payload.professional.empty() && (payload.identity_kind == "id-seen" || payload.identity_kind == "known");
}

std::string_view choice_word(consent::DecisionKind kind) noexcept {
  return kind == consent::DecisionKind::inform ? "informed" : to_string(kind);
}

bool request_state::is_open(std::string_view state) noexcept {
  return state == kCreated || state == kPresented || state == kDeferred;
}

bool request_state::is_pending(std::string_view state) noexcept { return state == kWaiting || is_open(state); }

bool request_state::is_signed(std::string_view state) noexcept {
  return state == kSigned || state == kSignedWithReservation;
}
bool request_state::has_signature(std::string_view state) noexcept { return is_signed(state) || state == kRepudiated; }

}  // namespace segell::app
