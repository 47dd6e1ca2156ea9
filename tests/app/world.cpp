#include "app/world.h"

#include "base/encoding.h"
#include "folder/blob_folder.h"
#include "sqlite/database.h"
#include "support/sample_pdf.h"

#include <zlib.h>

#include <stdexcept>

namespace segell::tests {

namespace {

/// Records instead of ending the process.
class NoteFatal final : public storage::Fatal {
 public:
  void fatal(const base::Error&) noexcept override {}
};

}  // namespace

struct World::Parts {
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::KeyStore> keys;
  std::unique_ptr<storage::BlobStore> blobs;
  base::Secret kek;
  NoteFatal fatal;
};

World::World(const WorldOptions& options)
    : m_options(options), m_clock(base::SystemClock().now()), m_parts(std::make_unique<Parts>()) {
  if (!options.tsa.empty()) m_peer = std::make_unique<TimestampPeer>();
  m_parts->database = must(sqlite::open_database((m_folder / "segell.db").string(), sqlite::OpenMode::serve));
  m_parts->keys = must(sqlite::open_key_store((m_folder / "keys.db").string(), sqlite::OpenMode::serve));
  std::filesystem::create_directories(m_folder / "blobs");
  m_parts->blobs = must(folder::open_blob_folder((m_folder / "blobs").string()));
  m_parts->kek = base::Secret(base::random_bytes(32));
  m_store = must(
      storage::Store::open({*m_parts->database, *m_parts->keys, *m_parts->blobs, m_parts->kek, m_parts->fatal}, {}));
  m_tenant = must(app::create_tenant(*m_store, m_clock, "Ajuntament d'Exemple", "segell.example"));
  app::NewToken wanted;
  wanted.label = "test integration";
  for (const app::Right right :
       {app::Right::documents_write, app::Right::documents_seal, app::Right::documents_read, app::Right::persons_write,
        app::Right::persons_erase, app::Right::notices_write, app::Right::requests_write, app::Right::evaluate}) {
    wanted.rights.push_back(right);
  }
  wanted.agreement = {{"meal-grant", "", "ensenyament"}};
  m_token = must(app::issue_token(*m_store, m_clock, m_tenant.tenant, wanted)).token;
  std::string neighbour_token;
  if (options.neighbour) {
    m_neighbour = must(app::create_tenant(*m_store, m_clock, "Ajuntament Vei d'Exemple", "segell.example"));
    neighbour_token = must(app::issue_token(*m_store, m_clock, m_neighbour->tenant, wanted)).token;
  }
  open_service(options.tsa);
  m_integrator = must(app::authenticate(*m_service, m_token));
  if (options.neighbour) m_neighbour_integrator = must(app::authenticate(*m_service, neighbour_token));
}

base::Result<std::string> HeldLetters::put(const app::Letter& letter) {
  if (is_full) return base::fail(base::Code::io, "letter.not-kept", "the box is full");
  const std::string reference = "letter-" + std::to_string(++m_count);
  waiting.emplace(reference, letter);
  return reference;
}

World::~World() = default;

void World::open_service(const std::string& tsa) {
  app::TenantSettings tenant{m_tenant.tenant, "Ajuntament d'Exemple", "900 000 000", pki_identity(m_options.seal)};
  tenant.require_timestamp = m_options.require_timestamp;
  tenant.officer = "dpd@exemple.invalid";
  tenant.authority = "APDCAT, apdcat.gencat.cat";
  tenant.names = {{"recipient", "ensenyament", "el departament d'Ensenyament", "el departamento de Enseñanza",
                   "the department of Education"}};
  tenant.custody = {{"custodian", "Col·legi de Notaris d'Exemple", pki_certificate("custodian")},
                    {"reserve", "Arxiu d'Exemple", pki_certificate("reserve")}};
  if (m_options.dynamics) {
    tenant.dynamics = {"AIPD-EXEMPLE-2026/03, 12 de gener de 2026",
                       "Ple de l'Ajuntament d'Exemple, 2 de febrer de 2026"};
  }
  app::Settings settings;
  settings.tenants.push_back(tenant);
  if (m_neighbour) {
    tenant.tenant = m_neighbour->tenant;
    tenant.organisation = "Ajuntament Vei d'Exemple";
    settings.tenants.push_back(std::move(tenant));
  }
  settings.logins.second_factor_for_staff = m_options.second_factor_for_staff;
  settings.logins.cost = {4, 8, 1};  // what is tested here is not how long scrypt takes
  settings.trust = {pki_certificate("root")};
  settings.public_url = "https://segell.example";
  settings.max_verifications = m_options.verifications;
  settings.late_timestamp_every = std::chrono::seconds(1);
  if (!tsa.empty()) {
    settings.timestamps.url = tsa == "down" ? "http://127.0.0.1:1/" : m_peer->url(tsa);
    settings.timestamps.anchors = {pki_certificate("root")};
    settings.timestamps.intermediates = {pki_certificate("issuing")};
    settings.timestamps.deadline = std::chrono::milliseconds(1500);
  }
  if (m_options.change) m_options.change(settings);
  m_service = must(
      app::Service::open({*m_store, m_http, m_clock, m_options.letters ? &m_letters : nullptr}, std::move(settings)));
}

void World::reopen(const std::string& tsa) {
  m_service.reset();
  open_service(tsa);
}

void World::reopen(const WorldOptions& options) {
  m_options = options;
  reopen(options.tsa);
}

app::Idempotency World::once_with(const std::string& key, const std::string& body, const std::string& route) {
  return {key, route, base::sha256(base::as_bytes(body))};
}

app::Idempotency World::once(const std::string& route) {
  const std::string n = std::to_string(++m_calls);
  return once_with("key-" + n, n, route);
}

std::string World::person(const std::string& name) {
  return at(must(app::create_person(service(), m_integrator, {name, {}}, once())).body, {"person", "id"});
}

std::string World::invite(const std::string& name, app::Role role, const std::string& person) {
  app::NewAccount wanted{name, "Persona Inventada", role, {}};
  if (!person.empty()) wanted.person = must(base::PersonId::parse(person));
  return must(app::create_account(store(), m_clock, tenant(), wanted, std::chrono::hours(24 * 14))).code;
}

std::string World::empower(const std::string& representative, const std::string& person) {
  app::NewRepresentation wanted;
  wanted.representative = representative;
  wanted.basis = "power";
  wanted.evidence = {"power", "poder inventat", true, {}};
  return at(must(app::record_representation(service(), m_integrator, person, wanted, once())).body,
            {"representation", "id"});
}

std::optional<app::SessionGrant> World::take_role(const std::string& cookie, app::Role role) {
  const auto session = must(app::authenticate_session(service(), cookie));
  const auto described = must(app::describe_session(service(), session));
  for (const base::Json& held : *described.find("session")->find("roles")->as_array()) {
    if (at(held, {"role"}) == to_string(role)) return must(app::choose_role(service(), session, at(held, {"id"})));
  }
  return {};
}

std::string World::join(const std::string& name, app::Role role, const std::string& person) {
  if (role == app::Role::representative) {
    const std::string own = this->person("Persona que Representa");
    const std::string cookie = join(name, app::Role::citizen, own);
    empower(own, person);
    must(app::give_role(store(), m_clock, tenant(), name, role, must(base::PersonId::parse(person))));
    return take_role(cookie, role).value().cookie;
  }
  const std::string code = invite(name, role, person);
  return must(app::activate(service(), {name, code, kPassword, kAddress})).grant.value().cookie;
}

base::Result<app::LoginReply> World::log_in(const std::string& name, const std::string& password,
                                            const std::string& address) {
  return app::log_in(service(), {name, password, address, {}});
}

std::string World::document(const std::string& pdf) {
  return at(must(app::store_document(service(), m_integrator, base::to_bytes(pdf), once())).body, {"document", "id"});
}

std::string World::document() { return document(make_sample_pdf()); }

void World::notice(const std::string& key) {
  must(app::publish_notice(
      service(), m_integrator,
      {key, "ca", "Consulta de la renda", "Per tramitar la beca de menjador consultarem la renda."}, once()));
}

app::NewSignatureRequest World::wish(const std::string& document, const std::string& person) {
  app::NewSignatureRequest request;
  request.document_id = document;
  request.person_id = person;
  request.title = "Beca de menjador";
  request.language = "ca";
  request.capacity = "self";
  request.identity_evidence = {"id-seen", 4, "DNI vist"};
  request.methods = {"drawn", "button"};
  request.expires_at = base::format_rfc3339(m_clock.now() + std::chrono::hours(2));
  const std::string until = base::format_rfc3339(m_clock.now() + std::chrono::hours(24 * 365));
  request.items = {{"meal-grant",
                    "income.tax",
                    "ensenyament",
                    {"EXPRESS_CONSENT", "a", "", "", "no"},
                    {"tax", 1},
                    until,
                    "Consultar la renda a l'Agència Tributària",
                    "Haureu de portar vós el certificat."},
                   {"meal-grant",
                    "register",
                    "ensenyament",
                    {"NON_OPPOSITION", "e", "", "", "art28"},
                    {"tax", 1},
                    until,
                    "Consultar el padró",
                    "Haureu de portar vós el volant."}};
  return request;
}

std::string World::capability(const app::NewSignatureRequest& request) {
  const std::string link =
      at(must(app::create_signature_request(service(), m_integrator, request, once())).body, {"request", "link"});
  return link.substr(link.find('#') + 1);
}

app::VisitCaller World::visit(const app::NewSignatureRequest& request) {
  return must(app::authenticate_visit(service(), capability(request)));
}

std::string World::ask(const std::string& person, const std::string& category) {
  const auto question = must(base::parse_json(
      R"({"subject":{"type":"organization","id":"ensenyament"},"action":{"name":"read","properties":{"purpose":)"
      R"("meal-grant"}},"resource":{"type":"person_data","id":")" +
      person + R"(","properties":{"category":")" + category + R"("}}})"));
  const base::Json answer = must(app::evaluate(service(), m_integrator, question));
  if (*answer.find("decision")->as_bool()) return "permit";
  return answer.find("context") == nullptr ? "neutral" : at(answer, {"context", "reason"});
}

std::uint64_t World::log_size() {
  return must(m_store->read(m_tenant.tenant, [](const storage::View& view) { return view.log_size(); }));
}

std::string at(const base::Json& json, std::initializer_list<const char*> path) {
  const base::Json* here = &json;
  for (const char* name : path) {
    here = here->find(name);
    if (here == nullptr) throw std::runtime_error(std::string("no member ") + name + " in " + base::write_json(json));
  }
  return here->as_string() == nullptr ? base::write_json(*here) : *here->as_string();
}

std::vector<app::Choice> choose_all(const base::Json& visit, const std::vector<std::string>& words) {
  std::vector<app::Choice> choices;
  const base::Json::Array& items = *visit.find("request")->find("items")->as_array();
  for (std::size_t i = 0; i < items.size(); ++i) choices.push_back({at(items[i], {"id"}), words.at(i)});
  return choices;
}

app::PictureInput wave() {
  constexpr std::uint32_t kWidth = 1890, kHeight = 709, kRow = (kWidth + 7) / 8;
  base::Bytes rows(std::size_t{kRow} * kHeight);
  for (std::uint32_t x = 100; x < 1700; ++x) {
    const std::uint32_t y = 300 + (x * 7 / 5) % 120;
    for (std::uint32_t thick = 0; thick < 12; ++thick) {
      rows[std::size_t{y + thick} * kRow + x / 8] |= static_cast<std::byte>(0x80U >> (x % 8));
    }
  }
  uLongf size = compressBound(rows.size());
  base::Bytes zlib(size);
  if (compress(base::as_u8(std::span(zlib)), &size, base::as_u8(base::BytesView(rows)), rows.size()) != Z_OK) {
    throw std::runtime_error("compress");
  }
  zlib.resize(size);
  return {kWidth, kHeight, std::move(zlib)};
}

app::Act act_on(const base::Bytes& frozen, const std::string& method) {
  app::Act act;
  act.shown_sha256 = base::to_hex(base::sha256(frozen));
  act.shown_sha512 = base::to_hex(base::sha512(frozen));
  act.shown_length = frozen.size();
  act.method = method;
  act.meaning = "agree";
  if (method.starts_with("drawn")) act.picture = wave();
  return act;
}

app::Act prepare(World& world, const app::VisitCaller& visit, const std::vector<std::string>& words,
                 const std::string& method) {
  const base::Json opened = must(app::read_visit(world.service(), visit));
  must(app::choose(world.service(), visit, choose_all(opened, words)));
  return act_on(must(app::read_frozen(world.service(), visit)).bytes, method);
}

}  // namespace segell::tests
