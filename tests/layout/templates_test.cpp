#include "templates/fill.h"
#include "templates/lint.h"

#include "base/encoding.h"
#include "base/file.h"
#include "consent/item.h"
#include "support/sample_papers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace segell;
using namespace segell::templates;
using segell::tests::sample_input;
using segell::tests::sample_tree;
using segell::tests::shipped;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string file_of(const std::string& key) {
  return base::to_text(
      base::load_file(std::string(SEGELL_SOURCE_DIR) + "/service/templates/" + key + "-1.json", 1U << 20U).value());
}

base::Json json_of(const std::string& key) { return base::parse_json(file_of(key)).value(); }

/// The value at "renditions/ca/body/3": members and indices.
base::Json& at(base::Json& json, std::string_view path) {
  base::Json* here = &json;
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    const std::string step(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (auto* array = here->as_array()) {
      here = &array->at(std::stoul(step));
      continue;
    }
    auto* object = here->as_object();
    REQUIRE(object != nullptr);
    const auto member =
        std::find_if(object->begin(), object->end(), [&](const auto& one) { return one.first == step; });
    REQUIRE_MESSAGE(member != object->end(), step);
    here = &member->second;
  }
  return *here;
}

void remove(base::Json& object, std::string_view name) {
  auto* members = object.as_object();
  std::erase_if(*members, [&](const auto& one) { return one.first == name; });
}

std::vector<LintFinding> lint_of(const base::Json& json) {
  const auto parsed = parse_template(base::write_json(json));
  REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
  return lint(*parsed);
}

std::string reason_of(const base::Result<Tree>& result) {
  return result ? "filled" : std::string(result.error().reason);
}

base::Result<Tree> fill_with(const std::string& key, const std::string& language, const Input& input) {
  return fill(shipped(key), language, Frame::embedded(), input);
}

}  // namespace

TEST_CASE("the shipped templates are clean, complete and hashed rendition by rendition") {
  std::set<std::string> digests;
  for (const Template& one : embedded_templates()) {
    CAPTURE(one.key);
    const auto findings = lint(one);
    CHECK_MESSAGE(findings.empty(), (findings.empty() ? "" : findings[0].where + ": " + findings[0].words));
    CHECK(one.renditions.size() == 7);
    CHECK(one.digest == base::sha256(base::as_bytes(file_of(one.key))));
    for (const Rendition& rendition : one.renditions) {
      CHECK(digests.insert(base::to_hex(rendition.digest)).second);
      CHECK((rendition.status == Status::unreviewed) == (rendition.language == "ar"));
      CHECK_FALSE(rendition.validation.has_value());
      CHECK(Frame::embedded().has(rendition.language));
    }
  }
  CHECK(digests.size() == 21);
}

TEST_CASE("a rendition's digest follows its words, the template's version and nothing else") {
  base::Json json = json_of("work-plan");
  const Template before = parse_template(base::write_json(json)).value();
  CHECK(before.rendition("ca")->digest == shipped("work-plan").rendition("ca")->digest);
  at(json, "renditions/ca/title") = "Un altre pla";
  const Template after = parse_template(base::write_json(json)).value();
  CHECK(after.rendition("ca")->digest != before.rendition("ca")->digest);
  CHECK(after.rendition("es")->digest == before.rendition("es")->digest);
  at(json, "version") = 2;
  CHECK(parse_template(base::write_json(json)).value().rendition("es")->digest != before.rendition("es")->digest);
}

TEST_CASE("every item of the shipped templates is an item that the consent rules accept") {
  for (const Template& one : embedded_templates()) {
    for (const Item& item : one.items) {
      CAPTURE(item.name);
      const Input input = sample_input(one.key, "ca");
      const FilledScope scope = fill_scope(one, item.name, input.fields).value();
      consent::ConsentItem parts;
      parts.scope = {scope.purpose, scope.category, scope.recipient};
      parts.basis.kind = consent::parse_basis_kind(item.basis).value();
      parts.basis.article6 = consent::parse_article6(item.article6).value();
      parts.basis.article9 = consent::parse_article9(item.article9).value();
      parts.basis.law = item.law;
      parts.basis.opposable = consent::parse_opposable(item.opposable).value();
      parts.notice = {item.notice, 1, "ca", {}};
      parts.valid_until = base::parse_rfc3339("2027-04-01T00:00:00Z").value();
      parts.text = "text";
      parts.consequence_if_refused = "consequence";
      const auto made = consent::make_consent_item(parts, base::parse_rfc3339("2026-11-20T00:00:00Z").value());
      CHECK_MESSAGE(made, (made ? "" : made.error().message));
      if (!made) continue;
      // The sample offers what the consent rules offer.
      const auto sample = std::find_if(input.items.begin(), input.items.end(),
                                       [&](const ItemInput& in) { return in.item == item.name; });
      REQUIRE(sample != input.items.end());
      std::vector<std::string> offered;
      for (const auto kind : consent::offered_choices(made->basis)) offered.emplace_back(to_string(kind));
      CHECK(sample->choices == offered);
    }
  }
}

TEST_CASE("each lint rule finds the fault that it is for, and a rule without a fault would fail here") {
  struct Fault {
    std::string_view rule;
    std::string key;
    void (*plant)(base::Json&);
  };
  const std::vector<Fault> faults{
      {"rendition-missing", "data-consent", [](base::Json& j) { remove(at(j, "renditions"), "en-simple"); }},
      {"text-empty", "data-consent", [](base::Json& j) { at(j, "renditions/es/title") = ""; }},
      {"placeholder-malformed", "data-consent",
       [](base::Json& j) { at(j, "renditions/ca/body/1/p/0") = "{{area} i prou"; }},
      {"placeholder-unknown", "data-consent",
       [](base::Json& j) { at(j, "renditions/ca/body/1/p/0") = "{{area}} {{until}}"; }},
      {"placeholder-unknown", "data-consent", [](base::Json& j) { at(j, "items/4/recipient") = "{{area}}"; }},
      {"placeholder-unknown", "work-plan",
       [](base::Json& j) { at(j, "renditions/ca/title") = "Pla de {{person.age}}"; }},
      {"placeholder-unguarded", "work-plan",
       [](base::Json& j) { at(j, "renditions/en/title") = "Plan {{linked_benefit}}"; }},
      {"placeholders-differ", "work-plan", [](base::Json& j) { at(j, "renditions/es/body/11/p") = "Lo revisaremos."; }},
      {"field-unused", "work-plan",
       [](base::Json& j) {
         at(j, "fields").push(base::Json::object({{"name", "extra"}, {"type", "text"}}));
       }},
      {"condition-unknown", "data-consent", [](base::Json& j) { at(j, "renditions/ca/body/1").set("if", "nothing"); }},
      {"item-missing", "data-consent", [](base::Json& j) { remove(at(j, "renditions/ca/items"), "entity"); }},
      {"item-bundled", "data-consent", [](base::Json& j) { at(j, "items/0/category") = "residence,income"; }},
      {"item-bundled", "data-consent", [](base::Json& j) { at(j, "items/0/recipient") = "all"; }},
      {"item-duplicate", "minor-activity", [](base::Json& j) { at(j, "items/1/recipient") = "centre-wall"; }},
      {"item-group", "minor-activity", [](base::Json& j) { at(j, "items/0/group") = "fee"; }},
      {"item-without-notice", "minor-activity", [](base::Json& j) { at(j, "items/0/notice") = ""; }},
      {"item-without-consequence", "minor-activity",
       [](base::Json& j) { at(j, "renditions/ar/items/image-wall/consequence") = ""; }},
      {"basis-unknown", "data-consent", [](base::Json& j) { at(j, "items/0/basis/kind") = "TRADITION"; }},
      {"basis-inconsistent", "data-consent", [](base::Json& j) { at(j, "items/2/basis/law") = ""; }},
      {"basis-inconsistent", "data-consent", [](base::Json& j) { at(j, "items/3/basis/kind") = "AGREEMENT"; }},
      {"signer-unknown", "work-plan", [](base::Json& j) { at(j, "signers/0/meanings/0") = "amused"; }},
      {"signer-missing", "work-plan", [](base::Json& j) { remove(at(j, "renditions/en/signers"), "professional"); }},
      {"first-layer-incomplete", "work-plan",
       [](base::Json& j) { remove(at(j, "renditions/ca/first_layer"), "officer"); }},
      {"first-layer-incomplete", "work-plan",
       [](base::Json& j) {
         at(j, "renditions/ca/body/16") = base::Json::object({{"p", "Res"}});
       }},
      {"address-unknown", "work-plan", [](base::Json& j) { at(j, "renditions/ca/address") = "usted"; }},
      {"address-mixed", "work-plan",
       [](base::Json& j) { at(j, "renditions/ca/body/14/h") = "Si alguna cosa no pots fer"; }},
      {"easy-read-unvalidated", "work-plan",
       [](base::Json& j) { at(j, "renditions/ca-simple/body/1/h") = "Lectura fàcil"; }},
      {"abbreviation", "work-plan", [](base::Json& j) { at(j, "renditions/ca-simple/body/1/h") = "El teu DNI"; }},
      {"one-idea", "work-plan",
       [](base::Json& j) {
         at(j, "renditions/en-simple/body/11/p/0") = "We meet on {{review_date}}. You can come earlier.";
       }},
      {"sentence-long", "work-plan",
       [](base::Json& j) {
         at(j, "renditions/en-simple/body/11/p/1") =
             "If things change for you or for one of the people who live with you we will look at this plan a long "
             "time earlier.";
       }},
      {"sentence-length", "work-plan",
       [](base::Json& j) {
         std::string words;
         for (int i = 0; i < 600; ++i) words += "word ";
         at(j, "renditions/en-simple/body/11/p/1") = words + "end.";
       }},
  };
  std::set<std::string_view> found_rules;
  for (const Fault& fault : faults) {
    CAPTURE(std::string(fault.rule));
    base::Json json = json_of(fault.key);
    fault.plant(json);
    const auto findings = lint_of(json);
    const bool found =
        std::any_of(findings.begin(), findings.end(), [&](const LintFinding& one) { return one.rule == fault.rule; });
    CHECK(found);
    found_rules.insert(fault.rule);
    for (const LintFinding& one : findings)
      CHECK(std::find(lint_rules().begin(), lint_rules().end(), one.rule) != lint_rules().end());
  }
  CHECK(found_rules.size() == lint_rules().size());
}

TEST_CASE("easy reading may be claimed once readers validated the version, and the paper then says so") {
  base::Json json = json_of("work-plan");
  at(json, "renditions/ca-simple")
      .set("validation", base::Json::object({{"by", "Grup de lectors d'Exemple"},
                                             {"date", "2026-10-01"},
                                             {"protocol", "UNE 153101"},
                                             {"readers", 5}}));
  const Template validated = parse_template(base::write_json(json)).value();
  CHECK(lint(validated).empty());
  const auto view = [](const Template& one) {
    return reading_view(fill(one, "ca-simple", Frame::embedded(), sample_input("work-plan", "ca-simple")).value());
  };
  CHECK(holds(view(validated), "Lectura fàcil"));
  CHECK_FALSE(holds(view(shipped("work-plan")), "Lectura fàcil"));
  CHECK(holds(view(shipped("work-plan")), "Text senzill"));
}

TEST_CASE("a malformed template is refused with the place") {
  const auto message = [](auto change) {
    base::Json json = json_of("work-plan");
    change(json);
    const auto parsed = parse_template(base::write_json(json));
    return parsed ? std::string("parsed") : std::string(parsed.error().reason) + " " + parsed.error().message;
  };
  CHECK(message([](base::Json&) {}) == "parsed");
  CHECK(message([](base::Json& j) { at(j, "schema") = "segell.template/2"; }).starts_with("template.malformed schema"));
  CHECK(holds(message([](base::Json& j) { j.set("extra", 1); }), "\"extra\""));
  CHECK(holds(message([](base::Json& j) { at(j, "renditions/ca/body/0").set("p", "x"); }), "renditions.ca.body[0]"));
  CHECK(holds(message([](base::Json& j) {
                at(j, "renditions/ca/body/2") = base::Json::object({{"q", 1}});
              }),
              "renditions.ca.body[2]"));
  CHECK(holds(message([](base::Json& j) { at(j, "renditions").set("not a tag", at(j, "renditions/ca")); }), "BCP 47"));
  CHECK(holds(message([](base::Json& j) { at(j, "fields/1/name") = "area"; }), "used twice"));
  CHECK(holds(message([](base::Json& j) { at(j, "fields/0/type") = "number"; }), "fields[0].type"));
  CHECK(holds(message([](base::Json& j) { at(j, "kind") = "D9"; }), "data_consent"));
  CHECK(parse_template("{").error().reason == "json.malformed");
  CHECK(Frame::parse("{}").error().reason == "template.malformed");
}

TEST_CASE("input outside of the template's contract is refused") {
  const auto with = [](auto change) {
    Input input = sample_input("minor-activity", "ca");
    change(input);
    return reason_of(fill_with("minor-activity", "ca", input));
  };
  CHECK(with([](Input&) {}) == "filled");
  CHECK(with([](Input& i) { i.fields.set("nothing", "x"); }) == "template.field");
  CHECK(with([](Input& i) { remove(i.fields, "place"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", 7); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", "  "); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", "a\nb"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", "\u202eab"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", "\u2068ab"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("place", std::string(2001, 'x')); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("start", "2027-02-30"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("fee", "12,50"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("fee", "-1.00"); }) == "template.field");
  CHECK(with([](Input& i) { i.fields.set("pickup", base::Json::array()); }) == "template.field");
  CHECK(with([](Input& i) {
          i.fields.set("person", base::Json::object({{"given_name", "Nil"}}));
        }) == "template.field");
  CHECK(with([](Input& i) { i.items[0].item = "image-cinema"; }) == "template.item");
  CHECK(with([](Input& i) { i.items.push_back(i.items[0]); }) == "template.item");
  CHECK(with([](Input& i) { i.items[0].field = i.items[1].field; }) == "template.item");
  CHECK(with([](Input& i) { i.items[0].choices = {"maybe"}; }) == "template.choice");
  CHECK(with([](Input& i) { i.items[0].choices.clear(); }) == "template.choice");
  CHECK(with([](Input& i) { i.signers.erase(i.signers.begin()); }) == "template.signer");
  CHECK(with([](Input& i) { i.signers.pop_back(); }) == "filled");  // the minor signs from 14 years on
  CHECK(reason_of(fill_with("work-plan", "oc-aranes", sample_input("work-plan", "ca"))) == "template.no-rendition");
}

TEST_CASE("conditions choose what stands on the paper") {
  Input input = sample_input("minor-activity", "ca");
  const std::string whole = reading_view(fill_with("minor-activity", "ca", input).value());
  CHECK(holds(whole, "12,50\u00a0€"));
  CHECK(holds(whole, "<li>Jordi Inventat Mostra</li>"));
  CHECK_FALSE(holds(whole, "Tornarà a casa"));
  for (const char* field : {"fee", "pickup", "child_view"}) remove(input.fields, field);
  input.items.clear();
  const std::string least = reading_view(fill_with("minor-activity", "ca", input).value());
  CHECK(holds(least, "Tornarà a casa"));
  CHECK_FALSE(holds(least, "€"));
  CHECK_FALSE(holds(least, "<h2>Imatges</h2>"));
  CHECK_FALSE(holds(least, "Què en pensa"));
}

TEST_CASE("the reading view escapes, names its language and direction, and shows decisions only when they are made") {
  Input input = sample_input("data-consent", "ca");
  input.fields.set("purpose", "<script>alert('x')</script> & \"més\"");
  input.items[3].field = "a\"><b";
  const Tree tree = fill_with("data-consent", "ca", input).value();
  const std::string view = reading_view(tree);
  CHECK_FALSE(holds(view, "<script"));
  CHECK_FALSE(holds(view, "<b"));
  CHECK(holds(view, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;més&quot;"));
  CHECK(holds(view, "lang=\"ca\" dir=\"ltr\""));
  CHECK(holds(view, "data-template=\"data-consent/1\" data-rendition=\"" + base::to_hex(tree.rendition) + "\""));
  CHECK(holds(view, "<p class=\"decision\">La meva decisió: encara no decidit</p>"));
  const std::string decided = reading_view(tree, {{"a\"><b", "grant"}, {"item-entity", "object"}});
  CHECK(holds(decided,
              "<p class=\"decision made\">La meva decisió: Sí, hi dono permís fins al dia 1 d&#39;abril de 2027.</p>"));
  CHECK(holds(reading_view(sample_tree("data-consent", "ar")), "lang=\"ar\" dir=\"rtl\""));
  CHECK(holds(reading_view(sample_tree("data-consent", "ca-simple")), "class=\"paper simple\" lang=\"ca-simple\""));
}

TEST_CASE("a language that is missing falls back visibly, an unreviewed one says so") {
  const Template& plan = shipped("work-plan");
  CHECK(choose_rendition(plan, "ca-simple").language == "ca-simple");
  CHECK(choose_rendition(plan, "en-GB").language == "en");
  CHECK(choose_rendition(plan, "ar-simple").language == "ar");
  CHECK(choose_rendition(plan, "oc-aranes").language == "ca");
  Input input = sample_input("work-plan", "ca");
  input.asked_language = "oc-aranes";
  CHECK(
      holds(reading_view(fill_with("work-plan", "ca", input).value()), "la llengua que s&#39;ha demanat (oc-aranes)"));
  input.asked_language = "ca";
  CHECK_FALSE(holds(reading_view(fill_with("work-plan", "ca", input).value()), "s&#39;ha demanat"));
  const std::string unreviewed = *Frame::embedded().find("ar", "unreviewed");
  CHECK(holds(reading_view(sample_tree("work-plan", "ar")), unreviewed));
}

TEST_CASE("days, amounts and lists are written as each language writes them") {
  const Day day = parse_day("2027-04-01").value();
  CHECK(write_day(day, "ca") == "1 d'abril de 2027");
  CHECK(write_day(parse_day("2027-01-31").value(), "ca-simple") == "31 de gener de 2027");
  CHECK(write_day(day, "es") == "1 de abril de 2027");
  CHECK(write_day(day, "en") == "1 April 2027");
  CHECK(write_day(day, "ar") == "1 أبريل 2027");
  CHECK(write_day(day, "oc-aranes") == "2027-04-01");
  for (const char* wrong :
       {"2027-4-01", "2027-13-01", "2027-02-29", "27-04-01", "2027-04-01 ", "2027/04/01", "+027-04-01"})
    CHECK_FALSE(parse_day(wrong));
  CHECK(write_euros(1205, "ca") == "12,05\u00a0€");
  CHECK(write_euros(1205, "en") == "€12.05");
  CHECK(write_list({"a", "b", "c"}, "ca") == "a, b i c");
  CHECK(write_list({"a", "b"}, "es") == "a y b");
  CHECK(write_list({"a", "idiomas"}, "es") == "a e idiomas");
  CHECK(write_list({"a", "hielo"}, "es") == "a y hielo");
  CHECK(write_list({"a", "hijos"}, "es-simple") == "a e hijos");
  CHECK(write_list({"a"}, "en") == "a");
}

TEST_CASE("language tags tell simple text and direction") {
  CHECK(is_simple("ca-simple"));
  CHECK_FALSE(is_simple("simple"));
  CHECK_FALSE(is_simple("ca-simples"));
  CHECK(plain_tag("es-ES-simple") == "es-ES");
  CHECK(is_right_to_left("ar"));
  CHECK(is_right_to_left("ar-MA-simple"));
  CHECK(is_right_to_left("pa-Arab"));
  CHECK_FALSE(is_right_to_left("ar-Latn"));
  CHECK_FALSE(is_right_to_left("ca"));
  for (const char* tag : {"ca", "ca-simple", "oc-aranes", "zh-Hant-TW"}) CHECK(is_language_tag(tag));
  for (const char* tag : {"", "c", "ca_ES", "ca--x", "ca-", "123", "ca-123456789"}) CHECK_FALSE(is_language_tag(tag));
  CHECK(shield("Núria", false) == "Núria");
  CHECK(shield("Núria", true) == "\u2068Núria\u2069");
  CHECK(shield("الزهراء", false) == "\u2068الزهراء\u2069");
  CHECK(without_shields(shield("الزهراء", false)) == "الزهراء");
}
