#include "storage/consents.h"

#include "base/encoding.h"
#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Json;
using base::Result;

std::string item_text(const ItemKey& item) { return item.purpose + '\n' + item.category + '\n' + item.recipient; }
std::string fact_context(const DecisionId& decision) { return "consent_fact." + decision.text(); }
std::string protection_context(const DecisionId& id) { return "protection." + id.text(); }

Json item_json(const ItemKey& item) { return Json::array({item.purpose, item.category, item.recipient}); }
ItemKey item_member(const Json& object) {
  const Json* member = object.find("item");
  if (member == nullptr || member->as_array() == nullptr || member->as_array()->size() != 3) return {};
  const auto part = [&](std::size_t i) {
    const std::string* text = (*member->as_array())[i].as_string();
    return text == nullptr ? std::string() : *text;
  };
  return {part(0), part(1), part(2)};
}

Json to_json(const ConsentFact& fact) {
  Json out = Json::object({{"item", item_json(fact.item)},
                           {"kind", fact.kind},
                           {"basis", fact.basis_kind},
                           {"article6", fact.article6},
                           {"article9", fact.article9},
                           {"law", fact.law},
                           {"opposable", fact.opposable},
                           {"voice", fact.voice},
                           {"language", fact.notice_language},
                           {"notice", fact.notice_key},
                           {"version", fact.notice_version},
                           {"channel", fact.channel},
                           {"effective", json_micros(fact.effective)},
                           {"until", json_micros(fact.valid_until)}});
  if (fact.document) out.set("document", fact.document->text());
  if (!fact.heard_by.empty()) out.set("heardBy", fact.heard_by);
  if (fact.voids) out.set("voids", fact.voids->text());
  if (fact.representation) out.set("representation", fact.representation->text());
  return out;
}

Result<ConsentFact> read_fact(const Scope& scope, const PersonId& person, const Statement& row) {
  ConsentFact fact;
  fact.person = person;
  fact.log_index = unsigned_column(row, 0);
  SEGELL_TRY(fact.decision, id_column<DecisionId>(row, 1));
  SEGELL_TRY(const Json json, open_json(scope, scope.person_key(person), row.bytes(2), fact_context(fact.decision)));
  fact.item = item_member(json);
  fact.kind = json_text(json, "kind");
  fact.basis_kind = json_text(json, "basis");
  fact.article6 = json_text(json, "article6");
  fact.article9 = json_text(json, "article9");
  fact.law = json_text(json, "law");
  fact.opposable = json_text(json, "opposable");
  fact.voice = json_text(json, "voice");
  fact.notice_key = json_text(json, "notice");
  fact.notice_version = json_int(json, "version");
  fact.notice_language = json_text(json, "language");
  fact.channel = json_text(json, "channel");
  fact.heard_by = json_text(json, "heardBy");
  fact.effective = json_instant(json, "effective").value_or(base::Instant());
  fact.valid_until = json_instant(json, "until");
  if (const std::string document = json_text(json, "document"); !document.empty()) {
    SEGELL_TRY(fact.document, DocumentId::parse(document));
  }
  if (const std::string voids = json_text(json, "voids"); !voids.empty()) {
    SEGELL_TRY(fact.voids, DecisionId::parse(voids));
  }
  if (const std::string representation = json_text(json, "representation"); !representation.empty()) {
    SEGELL_TRY(fact.representation, RepresentationId::parse(representation));
  }
  return fact;
}

Result<std::vector<ConsentFact>> read_facts(const Scope& scope, const PersonId& person, Statement* row) {
  const Reset reset(row);
  std::vector<ConsentFact> facts;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return facts;
    SEGELL_TRY(ConsentFact fact, read_fact(scope, person, *row));
    facts.push_back(std::move(fact));
  }
}

}  // namespace

Result<std::vector<ConsentFact>> Consents::of_item(const PersonId& person, const ItemKey& item,
                                                   std::optional<std::uint64_t> as_of) const {
  SEGELL_TRY(const base::Bytes tag, m_scope->blind_index("consent.item", item_text(item)));
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT log_index, decision, sealed FROM consent_fact WHERE tenant = ?1 AND person = ?2 AND "
                   "item_tag = ?3 AND log_index < ?4 ORDER BY log_index, decision",
                   m_scope->tenant, person, tag, static_cast<std::int64_t>(as_of.value_or(INT64_MAX))));
  return read_facts(*m_scope, person, row);
}

Result<std::vector<ConsentFact>> Consents::of_person(const PersonId& person) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT log_index, decision, sealed FROM consent_fact WHERE tenant = ?1 AND person = ?2 "
                   "ORDER BY log_index, decision",
                   m_scope->tenant, person));
  return read_facts(*m_scope, person, row);
}

Result<std::vector<ProtectionFact>> Consents::protections(const PersonId& person) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT id, log_index, sealed FROM protection WHERE tenant = ?1 AND person = ?2 ORDER BY log_index, id",
            m_scope->tenant, person));
  const Reset reset(row);
  std::vector<ProtectionFact> facts;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return facts;
    ProtectionFact fact;
    fact.person = person;
    SEGELL_TRY(fact.id, id_column<DecisionId>(*row, 0));
    fact.log_index = unsigned_column(*row, 1);
    SEGELL_TRY(const Json json,
               open_json(*m_scope, m_scope->person_key(person), row->bytes(2), protection_context(fact.id)));
    fact.kind = json_text(json, "kind");
    fact.item = item_member(json);
    fact.from = json_instant(json, "from").value_or(base::Instant());
    fact.until = json_instant(json, "until");
    facts.push_back(std::move(fact));
  }
}

Result<std::vector<LegalBasisRecord>> Consents::bases() const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT id, purpose, category, recipient, kind, article6, article9, law, opposable, valid_from, "
                   "valid_until, log_index FROM legal_basis WHERE tenant = ?1 ORDER BY id",
                   m_scope->tenant));
  const Reset reset(row);
  std::vector<LegalBasisRecord> bases;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return bases;
    const auto text = [row](int column) { return std::string(row->text(column)); };
    bases.push_back({text(0),
                     {text(1), text(2), text(3)},
                     text(4),
                     text(5),
                     text(6),
                     text(7),
                     text(8),
                     instant_column(*row, 9),
                     optional_instant_column(*row, 10),
                     unsigned_column(*row, 11)});
  }
}

Result<void> Consents::add(const ConsentFact& fact) {
  SEGELL_TRY(const base::Bytes tag, m_scope->blind_index("consent.item", item_text(fact.item)));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(fact.person), to_json(fact), fact_context(fact.decision)));
  return run(m_scope->session,
             "INSERT INTO consent_fact (tenant, person, item_tag, log_index, decision, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, fact.person, tag, fact.log_index, fact.decision, sealed);
}

Result<void> Consents::add_protection(const ProtectionFact& fact) {
  const Json json = Json::object({{"kind", fact.kind},
                                  {"item", item_json(fact.item)},
                                  {"from", json_micros(fact.from)},
                                  {"until", json_micros(fact.until)}});
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(fact.person), json, protection_context(fact.id)));
  return run(m_scope->session,
             "INSERT INTO protection (tenant, person, id, log_index, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
             m_scope->tenant, fact.person, fact.id, fact.log_index, sealed);
}

Result<void> Consents::put_basis(const LegalBasisRecord& b) {
  return run(
      m_scope->session,
      "INSERT INTO legal_basis (tenant, id, purpose, category, recipient, kind, article6, article9, law, opposable, "
      "valid_from, valid_until, log_index) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
      "ON CONFLICT (tenant, id) DO UPDATE SET purpose = excluded.purpose, category = excluded.category, "
      "recipient = excluded.recipient, kind = excluded.kind, article6 = excluded.article6, "
      "article9 = excluded.article9, law = excluded.law, opposable = excluded.opposable, "
      "valid_from = excluded.valid_from, valid_until = excluded.valid_until, log_index = excluded.log_index",
      m_scope->tenant, b.id, b.item.purpose, b.item.category, b.item.recipient, b.kind, b.article6, b.article9, b.law,
      b.opposable, b.from, b.until, b.log_index);
}

}  // namespace segell::storage
