#include "app/slips.h"

#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace slip_paper_test {

namespace {

struct Ended {
  std::string person;
  std::string request;
  app::VisitCaller visit;
};

Ended open_visit(World& world, const std::string& language = "ca", bool discreet = false) {
  Ended ended;
  ended.person = world.person();
  auto wish = world.wish(world.document(), ended.person);
  wish.language = language;
  wish.discreet = discreet;
  const auto made = must(app::create_signature_request(world.service(), world.integrator(), wish, world.once()));
  ended.request = at(made.body, {"request", "id"});
  const std::string link = at(made.body, {"request", "link"});
  ended.visit = must(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
  return ended;
}

Ended sign(World& world, Ended visit) {
  const app::Act act = prepare(world, visit.visit, {"grant", "informed"}, "button");
  must(app::perform_act(world.service(), visit.visit, act, world.once()));
  world.clock().pass(std::chrono::seconds(1));
  return visit;
}

base::Json choose(World& world, const Ended& visit, const std::string& kind) {
  return must(app::choose_copy(world.service(), visit.visit, {kind, {}}, world.once())).body;
}

void publish(World& world, const std::string& language) {
  must(app::publish_notice(world.service(), world.integrator(), {"tax", language, "Renda", "Renda."}, world.once()));
}

struct Paper {
  Paper(World& world, const std::string& code) {
    const app::Content content = must(app::read_slip_paper(world.service(), code));
    CHECK(content.file_name.starts_with("slip-"));
    CHECK(content.file_name.size() == std::string("slip-7F3K.pdf").size());
    bytes = content.bytes;
    write_file(file, base::as_text(bytes));
    text = run({"pdftotext", "-layout", file.string(), "-"}).out;
  }
  [[nodiscard]] std::string scanned() const {
    run({"pdftoppm", "-r", "150", "-png", "-singlefile", file.string(), (folder / "slip").string()});
    return run({"zbarimg", "--quiet", "--raw", (folder / "slip.png").string()}).out;
  }
  TemporaryFolder folder;
  std::filesystem::path file = folder / "slip.pdf";
  base::Bytes bytes;
  std::string text;
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the slip says in plain words what was decided, is sealed, and its code comes back from a picture of it") {
  World world;
  world.notice();
  const Ended visit = sign(world, open_visit(world));
  const base::Json copy = choose(world, visit, "printed");
  const std::string code = at(copy, {"copy", "slip", "code"});
  const auto before = world.log_size();
  const Paper paper(world, code);
  CHECK(world.log_size() == before + 1);
  for (const char* words :
       {"Resguard", "Roser Exemple i Prova", "Consultar la renda", "Sí, hi dono permís. Fins al", "Me n'han informat",
        "Per a: el departament d'Ensenyament", "Com ho puc canviar", "900 000 000"}) {
    CAPTURE(words);
    CHECK(contains(paper.text, words));
  }
  CHECK(contains(paper.text, code));
  CHECK(paper.scanned() == "https://segell.example/slip#" + code + "\n");
  const auto verdict = must(base::parse_json(must(app::verify(world.service(), paper.bytes, {}))));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(verdict.find("signatures")->as_array()->size() == 1);
  const auto checked = run({"pdfsig", "-nocert", paper.file.string()});
  CHECK(contains(checked.out, "Signature is Valid"));
  CHECK(contains(checked.out, "Total document signed"));
  CHECK(run({"qpdf", "--check", paper.file.string()}).ok());
  const std::string facts = run({"pdfinfo", paper.file.string()}).out;
  CHECK(contains(facts, "Pages:           1"));
  CHECK_FALSE(contains(facts, "Roser"));
}

TEST_CASE("every way a visit ends has the same slip, in the person's language") {
  World world;
  for (const char* language : {"ca", "es", "en"}) publish(world, language);
  const std::pair<const char*, const char*> kTitles[] = {{"ca", "Resguard"}, {"es", "Resguardo"}, {"en", "Receipt"}};
  for (const auto& [language, title] : kTitles) {
    for (const std::string answer : {"refused", "deferred"}) {
      CAPTURE(answer);
      const Ended visit = open_visit(world, language);
      CHECK(reason(app::choose_copy(world.service(), visit.visit, {"printed", {}}, world.once())) == "slip.not-over");
      must(app::answer_visit(world.service(), visit.visit, {answer, {}}, world.once()));
      const std::string code = at(choose(world, visit, "phone"), {"copy", "slip", "code"});
      const Paper paper(world, code);
      CHECK(contains(paper.text, title));
      CHECK(contains(paper.text, "menjador"));
      CHECK(paper.scanned() == "https://segell.example/slip#" + code + "\n");
      CHECK(contains(run({"pdfsig", "-nocert", paper.file.string()}).out, "Signature is Valid"));
    }
  }
}

TEST_CASE("a slip that was used still prints, with what holds now") {
  World world;
  world.notice();
  const Ended visit = sign(world, open_visit(world));
  const std::string code = at(choose(world, visit, "phone"), {"copy", "slip", "code"});
  const base::Json shown = must(app::look_at_slip(world.service(), code));
  std::vector<std::string> ids;
  for (const base::Json& line : *shown.find("slip")->find("lines")->as_array()) ids.push_back(at(line, {"id"}));
  must(app::withdraw_by_slip(world.service(), code, ids));
  CHECK(reason(app::look_at_slip(world.service(), code)) == "slip.unknown");
  const Paper paper(world, code);
  CHECK(contains(paper.text, "Ja no hi dono permís"));
  CHECK(contains(paper.text, "No vull que ho consulteu"));
  CHECK_FALSE(contains(paper.text, "Sí, hi dono permís"));
  CHECK(reason(app::read_slip_paper(world.service(), "23456-789AB")) == "slip.unknown");
}

TEST_CASE("a discreet slip names no service, person or subject, in its text or its octets") {
  World world;
  world.notice();
  const Ended visit = sign(world, open_visit(world, "ca", /*discreet=*/true));
  const Paper paper(world, at(choose(world, visit, "printed"), {"copy", "slip", "code"}));
  const std::string octets = base::to_text(paper.bytes) + run({"qpdf", "--qdf", paper.file.string(), "-"}).out;
  // An offset in a table of cross-references may end in "900 000": the number is looked for whole.
  for (const char* word : {"Ajuntament", "Exemple", "Roser", "Beca", "renda", "ensenyament", "meal", "900 000 000"}) {
    CAPTURE(std::string(word));
    CHECK_FALSE(contains(paper.text, word));
    CHECK_FALSE(contains(octets, word));
  }
  CHECK_FALSE(contains(paper.text, "900 000"));
  CHECK(contains(paper.text, "Decisió 1"));
  CHECK(contains(paper.text, "Sí, hi dono permís"));
}

TEST_CASE(
    "the copy is chosen once the visit is over, each choice is an event, and a lost answer makes no second slip") {
  World world;
  world.notice();
  const Ended visit = sign(world, open_visit(world));
  for (const char* kind : {"post", "none"}) {
    const auto before = world.log_size();
    const base::Json copy = choose(world, visit, kind);
    CHECK(world.log_size() == before + 1);
    CHECK(copy.find("copy")->find("slip") == nullptr);
  }
  const auto again = world.once();
  const auto first = must(app::choose_copy(world.service(), visit.visit, {"phone", {}}, again)).body;
  const auto second = must(app::choose_copy(world.service(), visit.visit, {"phone", {}}, again));
  CHECK(second.replayed);
  CHECK(base::write_json(first) == base::write_json(second.body));
  const base::Json::Array& rows = *first.find("copy")->find("slip")->find("qr")->as_array();
  CHECK(rows.size() == rows.front().as_string()->size());
  CHECK(reason(app::choose_copy(world.service(), visit.visit, {"carrier-pigeon", {}}, world.once())) ==
        "copy.bad-kind");
  CHECK(reason(app::choose_copy(world.service(), visit.visit, {"none", "x"}, world.once())) == "copy.code-unexpected");
}

TEST_CASE("a code from beforehand is bound by the tablet when it is back in coverage") {
  World world;
  world.notice();
  const auto batch =
      must(app::issue_slips(world.service(), world.integrator(),
                            {1, base::format_rfc3339(world.clock().now() + std::chrono::hours(48))}, world.once()));
  const std::string code = at((*batch.body.find("slips")->as_array())[0], {"code"});
  const Ended visit = sign(world, open_visit(world));
  CHECK(reason(app::read_slip_paper(world.service(), code)) == "slip.unknown");
  must(app::choose_copy(world.service(), visit.visit, {"printed", code}, world.once()));
  CHECK(contains(Paper(world, code).text, "Consultar la renda"));
}

}  // namespace slip_paper_test
