// The vectors that the page's twin is held to as well (web/test/fill_in.test.ts). SEGELL_WRITE_VECTORS=1 writes them
// anew.

#include "signer/pdf/fill_in.h"

#include "base/encoding.h"
#include "base/file.h"
#include "signer/pdf/choice_fields.h"
#include "support/child_process.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace segell;
using namespace segell::tests;
namespace pdf = segell::signer::pdf;

namespace {

const std::string kFolder = std::string(SEGELL_VECTORS) + "/fill-in/";

pdf::Document open_vector(const base::Bytes& bytes) {
  return pdf::Document::open_strict(pdf::borrow_source(bytes)).value();
}

/// A small document with two fields of choices whose appearances are the pages of another small document.
base::Bytes make_paper() {
  const base::Bytes original = base::to_bytes(make_sample_pdf({.pages = 1}));
  const base::Bytes drawn = base::to_bytes(make_sample_pdf({.pages = 4}));
  const auto base_document = open_vector(original);
  const auto appearances = open_vector(drawn);
  pdf::NewFields fields;
  fields.choices.push_back({{"choice-1", "May the school know?", 0, {50, 500, 400, 540}, 0},
                            {{"Off", 0}, {"grant", 1}, {"refuse", 2}, {"defer", 3}}});
  fields.choices.push_back(
      {{"choice-2", "Looked up elsewhere", 0, {50, 400, 400, 440}, 0}, {{"Off", 0}, {"inform", 1}, {"object", 2}}});
  base::Bytes whole = original;
  base::append(whole, pdf::append_choice_fields(base_document, &appearances, fields).value().bytes);
  return whole;
}

std::vector<pdf::FillInField> fields() {
  // In another order than on paper, and not by the fields' names.
  return {{"choice-2", "item-b", {{"informed", "inform"}, {"object", "object"}}},
          {"choice-1", "item-a", {{"grant", "grant"}, {"refuse", "refuse"}, {"defer", "defer"}}}};
}

base::Json case_json(const pdf::FillInRecipe& recipe, const base::Bytes& paper, const std::string& a,
                     const std::string& b) {
  const auto added = pdf::fill_in(recipe, {{"item-a", a}, {"item-b", b}}).value();
  base::Bytes whole = paper;
  base::append(whole, added);
  return base::Json::object({{"choices", base::Json::object({{"item-a", a}, {"item-b", b}})},
                             {"append", base::to_base64(added)},
                             {"sha256", base::to_hex(base::sha256(whole))}});
}

std::string load(const std::string& name) { return base::to_text(base::load_file(kFolder + name, 1U << 20U).value()); }

}  // namespace

TEST_CASE("the vectors are what is made here") {
  const base::Bytes paper = make_paper();
  const auto recipe = pdf::make_fill_in(open_vector(paper), fields()).value();
  base::Json cases = base::Json::array();
  for (const char* a : {"grant", "refuse", "defer"})
    for (const char* b : {"informed", "object"}) cases.push(case_json(recipe, paper, a, b));
  const base::Json vectors =
      base::Json::object({{"paper", base::to_base64(paper)}, {"recipe", to_json(recipe)}, {"cases", std::move(cases)}});
  if (std::getenv("SEGELL_WRITE_VECTORS") != nullptr)
    write_file(kFolder + "vectors.json", base::write_json(vectors) + "\n");
  CHECK(load("vectors.json") == base::write_json(vectors) + "\n");
}

TEST_CASE("each vector is a sound PDF that shows its choices") {
  const auto vectors = base::parse_json(load("vectors.json")).value();
  const base::Bytes paper = base::from_base64(*vectors.find("paper")->as_string()).value();
  const auto recipe = pdf::parse_fill_in(*vectors.find("recipe")).value();
  CHECK(base::write_json(to_json(recipe)) == base::write_json(*vectors.find("recipe")));
  CHECK(vectors.find("cases")->as_array()->size() == 6);
  for (const base::Json& one : *vectors.find("cases")->as_array()) {
    pdf::FillInChoices choices;
    for (const auto& [item, choice] : *one.find("choices")->as_object()) choices[item] = *choice.as_string();
    const auto added = pdf::fill_in(recipe, choices).value();
    CHECK(base::to_base64(added) == *one.find("append")->as_string());
    base::Bytes whole = paper;
    base::append(whole, added);
    CHECK(base::to_hex(base::sha256(whole)) == *one.find("sha256")->as_string());
    CHECK(qpdf_complaints(std::string(base::as_text(whole))) == "");
    const TemporaryFolder folder;
    write_file(folder / "paper.pdf", base::as_text(whole));
    const auto listed = run({"qpdf", "--json=2", "--json-key=acroform", (folder / "paper.pdf").string()});
    CHECK(listed.out.find("\"/" + choices["item-a"] + "\"") != std::string::npos);
  }
}

TEST_CASE("a recipe that is not one is refused, whatever is wrong with it") {
  const base::Json good = *base::parse_json(load("vectors.json"))->find("recipe");
  const auto with = [&](auto change) {
    base::Json json = good;
    change(json);
    const auto parsed = pdf::parse_fill_in(json);
    return parsed ? std::string("done") : std::string(parsed.error().reason);
  };
  const auto slot = [](base::Json& json, std::size_t i) -> base::Json& {
    for (auto& [name, value] : *json.as_object())
      if (name == "slots") return value.as_array()->at(i);
    throw std::logic_error("no slots");
  };
  const std::string bad = "fill-in.malformed";
  CHECK(with([](base::Json&) {}) == "done");
  CHECK(with([](base::Json& j) { j = base::Json(); }) == bad);
  CHECK(with([](base::Json& j) { j.set("schema", "segell.fill-in/2"); }) == bad);
  CHECK(with([](base::Json& j) { j.set("more", 1); }) == bad);
  CHECK(with([](base::Json& j) { j.set("base", "x"); }) == bad);
  CHECK(with([](base::Json& j) { j.set("base", base::Json::object({{"length", -1}, {"sha256", "00"}})); }) == bad);
  CHECK(with([](base::Json& j) { j.set("width", 0); }) == bad);
  CHECK(with([](base::Json& j) { j.set("width", 33); }) == bad);
  CHECK(with([](base::Json& j) { j.set("width", 17); }) == bad);  // the octet behind the place is no space
  CHECK(with([](base::Json& j) { j.set("append", "%"); }) == bad);
  CHECK(with([](base::Json& j) { j.set("append", ""); }) == bad);
  CHECK(with([](base::Json& j) { j.set("slots", base::Json::object()); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("item", ""); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 1).set("item", *slot(j, 0).find("item")); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("at", base::Json::array({1})); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("at", base::Json::array({0, 1})); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("at", base::Json::array({1, 1'000'000})); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 1).set("at", *slot(j, 0).find("at")); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("choices", base::Json::object()); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("choices", base::Json::object({{"grant", "Off"}})); }) == bad);
  CHECK(with([&](base::Json& j) { slot(j, 0).set("choices", base::Json::object({{"grant", "a>>b"}})); }) == bad);
}
