// Proofs that last, by the service: extended soon after sealing, kept waiting by an authority that is away, renewed
// before they end. The authorities are those of tests/trust/authority.mjs, whose clock the test sets.

#include "app/seal_preparations.h"
#include "app/world.h"

#include "signer/ades/verify.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace {

/// Certificate, OCSP and timestamp authorities with a clock of their own.
class Authorities {
 public:
  Authorities()
      : m_peer({"node", SEGELL_SOURCE_DIR "/tests/trust/authority.mjs", m_folder.path().string()}),
        m_url("http://127.0.0.1:" + m_peer.wait_for_line("port ") + "/") {}

  void set_time(base::Instant time) { say("time/" + base::format_rfc3339(time).substr(0, 10)); }
  void set_mode(const std::string& mode) { say("mode/" + mode); }
  int answered() { return std::stoi(say("count")); }
  [[nodiscard]] std::string tsa() const { return m_url + "tsa"; }

  [[nodiscard]] base::Certificate certificate(const std::string& name) const {
    return base::Certificate::parse_pem(read_file(m_folder / (name + ".pem"))).value().front();
  }
  [[nodiscard]] base::SealIdentity identity(const std::string& name) const {
    const std::string key = read_file(m_folder / (name + ".key"));
    return base::make_seal_identity(base::parse_signing_key_pem(base::as_bytes(key), base::Secret()).value(),
                                    certificate(name), {certificate("issuing")})
        .value();
  }

 private:
  std::string say(const std::string& path) {
    CurlExchange http;
    return base::to_text(must(base::fetch(http, {.url = m_url + path}, {})).body);
  }

  TemporaryFolder m_folder;
  ChildProcess m_peer;
  std::string m_url;
};

/// A service that keeps proofs at that level, in the authorities' own time: noon of a day, as they count.
struct Keeper {
  explicit Keeper(app::ProofLevel level, const std::string& seal = "seal") {
    options.change = [this, level, seal](app::Settings& settings) {
      settings.trust = {authorities.certificate("root")};
      settings.tenants.front().seal = authorities.identity(seal);
      settings.timestamps.url = authorities.tsa();
      settings.timestamps.anchors = settings.trust;
      settings.timestamps.intermediates.clear();
      settings.proofs.level = level;
      settings.proofs.deadline = std::chrono::milliseconds(2000);
    };
    world.emplace(options);
    go_to("2026-11-27");
    world->notice();
  }

  void go_to(const std::string& date) {
    const base::Instant noon = base::parse_rfc3339(date + "T12:00:00Z").value();
    world->clock().pass(noon - world->clock().now());
    authorities.set_time(noon);
  }
  /// A sealed document.
  std::string seal() {
    const std::string document = world->document();
    const auto visit = world->visit(world->wish(document, world->person()));
    must(app::perform_act(world->service(), visit, prepare(*world, visit, {"grant", "informed"}), world->once()));
    return document;
  }
  std::size_t round() {
    world->clock().pass(std::chrono::seconds(2));
    return world->service().run_jobs_once();
  }
  base::Json proof(const std::string& document) {
    return *must(app::describe_document(world->service(), world->integrator(), document))
                .find("document")
                ->find("proof");
  }
  /// The verdict on what is stored, under the root alone, years on.
  signer::ades::Verdict verdict(const std::string& document, const std::string& date) {
    const auto content = must(app::read_content(world->service(), world->integrator(), document));
    return signer::ades::Verifier({.anchors = {authorities.certificate("root")}, .crls = {}, .ocsp_responses = {}})
        .verify_pdf(signer::pdf::borrow_source(content.bytes), "a.pdf",
                    {.at = base::parse_rfc3339(date + "T12:00:00Z").value(), .disclosures = {}});
  }

  Authorities authorities;
  WorldOptions options;
  std::optional<World> world;
};

}  // namespace

TEST_CASE(
    "what is sealed reaches B-LTA by itself, is renewed before its timestamp ends, and holds when the seal's "
    "certificate is long over") {
  Keeper keeper(app::ProofLevel::b_lta);
  const std::string document = keeper.seal();
  CHECK(at(keeper.proof(document), {"state"}) == "pending");
  const auto before = keeper.world->log_size();
  CHECK(keeper.round() == 1);
  CHECK(keeper.world->log_size() == before + 2);  // evidence and timestamp, each its event
  CHECK(at(keeper.proof(document), {"state"}) == "kept");
  CHECK(at(keeper.proof(document), {"level"}) == "B-LTA");
  CHECK(at(keeper.proof(document), {"endsAt"}) == "2032-01-01T12:00:00Z");
  CHECK(keeper.verdict(document, "2026-11-27").signatures[0].level == signer::ades::Level::b_lta);
  CHECK(keeper.round() == 0);

  keeper.go_to("2031-09-01");
  CHECK(keeper.round() == 0);  // the last ninety days have not begun
  keeper.go_to("2031-10-10");
  CHECK(keeper.round() == 1);
  CHECK(at(keeper.proof(document), {"endsAt"}) == "2042-01-01T12:00:00Z");
  const auto verdict = keeper.verdict(document, "2040-01-01");
  CHECK_MESSAGE(verdict.indication == signer::ades::Indication::total_passed, verdict.summary);
}

TEST_CASE("while a responder is away the document stays what it is and says why, and is extended when it is back") {
  Keeper keeper(app::ProofLevel::b_lt);
  keeper.authorities.set_mode("down");
  const std::string document = keeper.seal();
  CHECK(keeper.round() == 0);
  CHECK(at(keeper.proof(document), {"state"}) == "pending");
  CHECK(at(keeper.proof(document), {"reason"}) == "revocation.unreachable");
  CHECK(keeper.verdict(document, "2026-11-27").signatures[0].level == signer::ades::Level::b_t);
  keeper.authorities.set_mode("good");
  keeper.world->reopen(keeper.options);  // what is to be done outlives the process
  CHECK(keeper.round() == 0);            // not before its time
  keeper.world->clock().pass(std::chrono::minutes(1));
  CHECK(keeper.round() == 1);
  CHECK(at(keeper.proof(document), {"state"}) == "kept");
  CHECK(at(keeper.proof(document), {"level"}) == "B-LT");
  CHECK(keeper.proof(document).find("reason")->is_null());
  CHECK(keeper.verdict(document, "2026-11-27").signatures[0].level == signer::ades::Level::b_lt);
}

TEST_CASE("a seal whose certificate was revoked, or names no place to ask, is told so") {
  Keeper revoked(app::ProofLevel::b_lt);
  const std::string document = revoked.seal();
  revoked.authorities.set_mode("revoked");
  CHECK(revoked.round() == 0);
  CHECK(at(revoked.proof(document), {"reason"}) == "revocation.revoked");
  Keeper silent(app::ProofLevel::b_lt, "silent");
  const std::string other = silent.seal();
  CHECK(silent.round() == 0);
  CHECK(at(silent.proof(other), {"reason"}) == "revocation.no-address");
}

TEST_CASE("nothing is put into a document while people are asked to sign it, and answers serve several documents") {
  Keeper keeper(app::ProofLevel::b_lt);
  const std::string document = keeper.seal();
  const std::string other = keeper.seal();
  const auto before = keeper.authorities.answered();
  auto wish = keeper.world->wish(document, keeper.world->person("Nil Fictici"));
  wish.items.clear();
  const auto visit = keeper.world->visit(wish);
  CHECK(keeper.round() == 1);  // the other one
  CHECK(at(keeper.proof(other), {"state"}) == "kept");
  CHECK(at(keeper.proof(document), {"state"}) == "pending");
  const auto asked = keeper.authorities.answered() - before;
  must(app::perform_act(keeper.world->service(), visit, prepare(*keeper.world, visit, {}), keeper.world->once()));
  keeper.world->clock().pass(std::chrono::hours(1));
  CHECK(keeper.round() == 1);
  CHECK(at(keeper.proof(document), {"state"}) == "kept");
  const auto verdict = keeper.verdict(document, "2026-11-28");
  CHECK_MESSAGE(verdict.indication == signer::ades::Indication::total_passed, verdict.summary);
  CHECK(verdict.signatures.size() == 2);
  CHECK(verdict.signatures[1].level == signer::ades::Level::b_lt);
  CHECK(asked > 0);
}

TEST_CASE("what was sealed before proofs were kept is taken up when the service starts with a level") {
  Keeper keeper(app::ProofLevel::b_t);
  const std::string document = keeper.seal();
  const std::string unsealed = keeper.world->document();
  CHECK(keeper.round() == 0);
  const auto change = keeper.options.change;
  keeper.options.change = [change](app::Settings& settings) {
    change(settings);
    settings.proofs.level = app::ProofLevel::b_lt;
  };
  keeper.world->reopen(keeper.options);
  const std::string later = keeper.seal();
  CHECK(keeper.round() == 2);
  for (const std::string& one : {document, later}) CHECK(at(keeper.proof(one), {"state"}) == "kept");
  CHECK(keeper.proof(unsealed).is_null());
  CHECK(keeper.round() == 0);
  keeper.world->reopen(keeper.options);
  CHECK(keeper.round() == 0);  // once is enough
  CHECK(keeper.verdict(document, "2026-11-27").signatures[0].level == signer::ades::Level::b_lt);
}

TEST_CASE("without a level nothing is extended, and the description says nothing of a proof") {
  Keeper keeper(app::ProofLevel::b_t);
  const std::string document = keeper.seal();
  CHECK(keeper.round() == 0);
  CHECK(keeper.proof(document).is_null());
}
