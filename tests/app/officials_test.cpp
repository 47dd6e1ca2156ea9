// An official signs on behalf of a person who consented to it expressly, as long as the register lets them.

#include "app/officials.h"
#include "app/authenticator.h"
#include "app/tablet.h"
#include "app/world.h"

#include "base/encoding.h"
#include "storage/transaction.h"
#include "support/pdf_oracles.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace {

/// Roser's request offers an official; Marta works with her and has a second factor; Gemma keeps the register.
struct Office {
  Office() {
    world.notice();
    roser = world.person("Roser Fictícia");
    document = world.document();
    auto wish = world.wish(document, roser);
    wish.methods = {"official", "button"};
    const auto made = must(app::create_signature_request(world.service(), world.integrator(), wish, world.once())).body;
    request = at(made, {"request", "id"});
    const std::string link = at(made, {"request", "link"});
    visit = must(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
    marta_cookie = enrol(world, world.join("marta", app::Role::professional)).cookie;
    must(app::assign(world.store(), world.clock(), world.tenant(), "marta", must(base::PersonId::parse(roser))));
    gemma = session(world, world.join("gemma", app::Role::manager)).caller.value();
  }
  app::Caller marta() { return session(world, marta_cookie).caller.value(); }
  std::string time_in(base::Microseconds away) { return base::format_rfc3339(world.clock().now() + away); }
  app::NewOfficial entry() { return {"marta", "Resolució inventada 7/2026", time_in(-1h), time_in(24h), {}, {}}; }
  base::Result<app::Reply> put(const app::NewOfficial& wanted) {
    return app::register_official(world.service(), gemma, wanted, world.once());
  }
  std::string id_of_entry(const app::NewOfficial& wanted) { return at(must(put(wanted)).body, {"official", "id"}); }
  void withdraw(const std::string& id) {
    must(app::withdraw_official(world.service(), gemma, id, "Canvia de lloc", world.once()));
  }
  app::OnBehalfConsent said() {
    app::OnBehalfConsent consent{prepare(world, visit, {"grant", "informed"}, "official"), true};
    return consent;
  }
  base::Result<app::Reply> consent(const app::OnBehalfConsent& consent) {
    return app::consent_on_behalf(world.service(), visit, consent, world.once());
  }
  base::Result<app::Reply> sign(const app::OfficialSignature& signature = {}) {
    return app::sign_on_behalf(world.service(), marta(), request, signature, world.once());
  }
  std::string methods() {
    return base::write_json(*must(app::read_visit(world.service(), visit)).find("request")->find("methods"));
  }
  base::Json listed() {
    const auto list = must(app::list_signature_requests(world.service(), marta(), {}));
    return *list.find("requests")->as_array()->front().find("onBehalf");
  }
  base::Bytes file() { return must(app::read_content(world.service(), world.integrator(), document)).bytes; }
  std::string text() {
    const TemporaryFolder folder;
    write_file(folder / "sealed.pdf", base::as_text(file()));
    return run({"pdftotext", "-raw", (folder / "sealed.pdf").string(), "-"}).out;
  }
  std::string verdict() {
    const auto opened = must(app::read_disclosure(world.service(), world.integrator(), document)).bytes;
    return must(app::verify(world.service(), file(), base::BytesView(opened)));
  }

  World world{{.second_factor_for_staff = false}};
  std::string roser, document, request, marta_cookie;
  app::VisitCaller visit;
  app::Caller gemma;
};

}  // namespace

TEST_CASE("an official is offered only while the register lets one who works with the person") {
  Office office;
  CHECK(office.methods() == R"(["button"])");
  CHECK(reason(office.consent(office.said())) == "official.none");
  auto later = office.entry();
  later.since = office.time_in(1h);
  office.id_of_entry(later);
  CHECK(office.methods() == R"(["button"])");
  const std::string id = office.id_of_entry(office.entry());
  CHECK(office.methods() == R"(["button","official"])");
  const base::Json opened = must(app::read_visit(office.world.service(), office.visit));
  CHECK(opened.find("request")->find("officials")->as_array()->size() == 1);
  office.withdraw(id);
  CHECK(office.methods() == R"(["button"])");
  office.world.clock().pass(90min);
  CHECK(office.methods() == R"(["button","official"])");
  must(app::unassign(office.world.store(), office.world.clock(), office.world.tenant(), "marta",
                     must(base::PersonId::parse(office.roser))));
  CHECK(office.methods() == R"(["button"])");
}

TEST_CASE("what the person consented to is sealed by the official's act, with the entry that let them") {
  Office office;
  const std::string id = office.id_of_entry(office.entry());
  const auto before = office.world.log_size();
  auto said = office.said();
  const auto shown = office.world.log_size();
  CHECK(at(must(office.consent(said)).body, {"request", "state"}) == "presented");
  CHECK(office.world.log_size() == shown + 1);
  CHECK(before < shown);
  CHECK(at(office.listed(), {"meaning"}) == "agree");
  CHECK(base::write_json(*office.listed().find("may")) == "true");
  CHECK(office.world.ask(office.roser) != "permit");

  CHECK(!at(must(office.sign()).body, {"sealed", "verificationCode"}).empty());
  CHECK(office.world.ask(office.roser) == "permit");
  CHECK(qpdf_complaints(base::to_text(office.file())).empty());
  const std::string text = office.text();
  INFO(text);
  CHECK(text.find("funcionària") != std::string::npos);
  const std::string verdict = office.verdict();
  INFO(verdict);
  CHECK(verdict.find(R"("method":"official")") != std::string::npos);
  CHECK(verdict.find("signed through an authorised official") != std::string::npos);
  CHECK(verdict.find("TOTAL-PASSED") != std::string::npos);
  CHECK(verdict.find(id) != std::string::npos);
  CHECK(verdict.find("Resolució inventada 7/2026") != std::string::npos);
  CHECK(verdict.find(R"("level":"substantial")") != std::string::npos);
  CHECK(base::to_text(office.file()).find("inventada 7/2026") == std::string::npos);
  CHECK(reason(office.sign()) == "visit.over");
}

TEST_CASE("no official signs without the person's express consent, and none by the person's link") {
  Office office;
  office.id_of_entry(office.entry());
  auto said = office.said();
  CHECK(reason(office.sign()) == "official.no-consent");
  CHECK(reason(app::perform_act(office.world.service(), office.visit, said.act, office.world.once())) ==
        "act.official-session");
  auto silent = said;
  silent.consent = false;
  CHECK(reason(office.consent(silent)) == "act.consent-missing");
  auto other = said;
  other.act.shown_sha256[0] = other.act.shown_sha256[0] == '0' ? '1' : '0';
  CHECK(reason(office.consent(other)) == "act.wrong-digest");
  auto button = said;
  button.act.method = "button";
  CHECK(reason(office.consent(button)) == "act.method-not-offered");
  // Consenting is not signing: whoever wants time to think takes it back by that.
  must(office.consent(said));
  must(app::answer_visit(office.world.service(), office.visit, {"deferred", {}}, office.world.once()));
  CHECK(reason(office.sign()) == "official.no-consent");
  // And the person may still choose another way: then nobody signs for them.
  must(office.consent(said));
  app::Act own = said.act;
  own.method = "button";
  must(app::perform_act(office.world.service(), office.visit, own, office.world.once()));
  CHECK(reason(office.sign()) == "visit.over");
}

TEST_CASE("an entry that is over, withdrawn, not begun or for something else refuses with its reason") {
  const auto refused = [](auto change) {
    Office office;
    const std::string good = office.id_of_entry(office.entry());
    must(office.consent(office.said()));
    change(office, good);
    const auto before = office.world.log_size();
    const std::string why = reason(office.sign());
    CHECK(office.world.log_size() == before);
    CHECK(at(office.listed(), {"why"}) == why);
    return why;
  };
  CHECK(refused([](Office& office, const std::string& good) { office.withdraw(good); }) == "official.withdrawn");
  CHECK(refused([](Office& office, const std::string& good) {
          office.withdraw(good);
          auto later = office.entry();
          later.since = office.time_in(1h);
          office.id_of_entry(later);
        }) == "official.not-yet");
  CHECK(refused([](Office& office, const std::string& good) {
          office.withdraw(good);
          auto other = office.entry();
          other.procedures = {"home-help"};
          office.id_of_entry(other);
        }) == "official.other-procedure");
  CHECK(refused([](Office& office, const std::string& good) {
          office.withdraw(good);
          auto old = office.entry();
          old.until = office.time_in(-1min);
          office.id_of_entry(old);
        }) == "official.expired");
}

TEST_CASE("an entry for the procedure of the request is enough") {
  Office office;
  auto named = office.entry();
  named.procedures = {"meal-grant"};
  office.id_of_entry(named);
  CHECK(office.consent(office.said()));
  CHECK(office.sign());
}

TEST_CASE("an official needs a session with a second factor, and to work with the person") {
  Office office;
  office.id_of_entry(office.entry());
  must(office.consent(office.said()));
  office.world.join("pere", app::Role::professional);
  auto wanted = office.entry();
  wanted.account = "pere";
  office.id_of_entry(wanted);
  const auto log_in = [&] {
    return session(office.world, must(office.world.log_in("pere", World::kPassword)).grant->cookie).caller.value();
  };
  const auto try_as = [&](const app::Caller& caller) {
    return reason(app::sign_on_behalf(office.world.service(), caller, office.request, {}, office.world.once()));
  };
  CHECK(try_as(log_in()) == "request.unknown");
  must(app::assign(office.world.store(), office.world.clock(), office.world.tenant(), "pere",
                   must(base::PersonId::parse(office.roser))));
  CHECK(try_as(log_in()) == "official.second-factor");
  CHECK(try_as(office.world.integrator()) == "http.not-found");
  CHECK(try_as(office.gemma) == "http.not-found");
}

TEST_CASE("where the register names a certificate, the act needs a signature by its key") {
  Office office;
  const base::Certificate certificate = pki_certificate("seal-rsa");
  auto bound = office.entry();
  bound.certificate = base::to_hex(certificate.fingerprint());
  office.id_of_entry(bound);
  must(office.consent(office.said()));
  const std::string to_sign = at(office.listed(), {"toSign"});
  CHECK(to_sign.starts_with("segell.official-act/1\n" + office.request + "\n"));
  const TemporaryFolder folder;
  write_file(folder / "to-sign", to_sign);
  // The official's own program signs; OpenSSL stands for it.
  run({"openssl", "dgst", "-sha256", "-sign", pki_file("seal-rsa.key").string(), "-out",
       (folder / "signature").string(), (folder / "to-sign").string()});
  const base::Bytes signature = base::to_bytes(read_file(folder / "signature"));
  const base::Bytes der = base::to_bytes(certificate.der());
  const base::Bytes other = base::to_bytes(pki_certificate("tls").der());
  CHECK(reason(office.sign()) == "official.certificate-missing");
  CHECK(reason(office.sign({der, {}})) == "official.certificate-missing");
  CHECK(reason(office.sign({other, signature})) == "official.certificate-other");
  CHECK(reason(office.sign({base::to_bytes("x"), signature})) == "official.certificate-other");
  base::Bytes wrong = signature;
  wrong.back() ^= std::byte{1};
  CHECK(reason(office.sign({der, wrong})) == "official.bad-signature");
  must(office.sign({der, signature}));
  CHECK(office.verdict().find(base::to_base64(der)) != std::string::npos);
}

TEST_CASE("a certificate that the register does not ask for, or whose time is over, is refused") {
  Office office;
  const std::string free = office.id_of_entry(office.entry());
  must(office.consent(office.said()));
  const base::Bytes der = base::to_bytes(pki_certificate("seal-rsa").der());
  CHECK(reason(office.sign({der, base::to_bytes("x")})) == "official.certificate-unexpected");
  office.withdraw(free);
  const base::Certificate over = pki_certificate("seal-expired");
  auto bound = office.entry();
  bound.certificate = base::to_hex(over.fingerprint());
  office.id_of_entry(bound);
  CHECK(reason(office.sign({base::to_bytes(over.der()), base::to_bytes("x")})) == "official.certificate-over");
}

TEST_CASE("the register is kept by managers and administrators, each entry with its event, and never loses one") {
  Office office;
  const auto before = office.world.log_size();
  const std::string id = office.id_of_entry(office.entry());
  CHECK(office.world.log_size() == before + 1);
  office.withdraw(id);
  CHECK(office.world.log_size() == before + 2);
  office.withdraw(id);
  CHECK(office.world.log_size() == before + 2);
  office.id_of_entry(office.entry());
  const auto list = must(app::list_officials(office.world.service(), office.gemma, {}));
  const auto& entries = *list.find("officials")->as_array();
  REQUIRE(entries.size() == 2);
  CHECK(at(entries[0], {"state"}) == "registered");
  CHECK(at(entries[1], {"state"}) == "withdrawn");
  CHECK(at(entries[1], {"reason"}) == "Canvia de lloc");
  CHECK(at(entries[0], {"account"}) == "marta");
  CHECK(reason(app::list_officials(office.world.service(), office.marta(), {})) == "http.not-found");
  CHECK(reason(app::register_official(office.world.service(), office.world.integrator(), office.entry(),
                                      office.world.once())) == "http.not-found");
  CHECK(reason(app::withdraw_official(office.world.service(), office.gemma, "x", "y", office.world.once())) ==
        "official.unknown");
  CHECK(reason(app::withdraw_official(office.world.service(), office.gemma, id, "", office.world.once())) ==
        "official.bad-reason");
}

TEST_CASE("an entry that says too little is refused") {
  Office office;
  const auto refused = [&](auto change) {
    auto wanted = office.entry();
    change(wanted);
    return reason(office.put(wanted));
  };
  using New = app::NewOfficial;
  CHECK(refused([](New& n) { n.account = "ningu"; }) == "official.no-account");
  CHECK(refused([](New& n) { n.account = "?"; }) == "official.no-account");
  CHECK(refused([](New& n) { n.account = "gemma"; }) == "official.not-staff");
  CHECK(refused([](New& n) { n.resolution = ""; }) == "official.bad-resolution");
  CHECK(refused([](New& n) { n.until = n.since; }) == "official.bad-term");
  CHECK(refused([](New& n) { n.since = "ahir"; }) == "official.bad-term");
  CHECK(refused([](New& n) { n.procedures.assign(65, "a"); }) == "official.bad-procedure");
  CHECK(refused([](New& n) { n.procedures = {""}; }) == "official.bad-procedure");
  CHECK(refused([](New& n) { n.certificate = "abcd"; }) == "official.bad-certificate");
}

TEST_CASE("a tablet without a network never offers an official, and carries nothing that only one could sign") {
  World world;
  world.notice();
  auto wish = world.wish(world.document(), world.person("Roser Fictícia"));
  wish.methods = {"button", "official"};
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request_of(world, wish)}));
  CHECK(base::write_json(*tablet.request(0).find("methods")) == R"(["button"])");
  const base::Json act = tablet.signed_act(0, {"grant", "informed"}, "official");
  must(tablet.send(act));
  CHECK(world.service().run_jobs_once() == 1);
  CHECK(tablet.state(0) == "set-aside act.official-session");

  auto alone = world.wish(world.document(), world.person("Nil Fictici"));
  alone.methods = {"official"};
  const app::NewVisit wanted{tablet.id, {request_of(world, alone)}, alone.expires_at};
  CHECK(reason(app::prepare_visit(world.service(), world.integrator(), wanted, world.once())) == "visit.no-method");
}
