#include "support/sample_papers.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace segell::tests {
namespace {

using base::Json;
using templates::Input;

/// Free texts by language; names and addresses are the same everywhere.
struct Texts {
  const char* area;
  const char* purpose;
  const char* withdraw;
  const char* entity;
  const char* officer;
  const char* authority;
  const char* situation;
  std::vector<const char*> goals;
  const char* benefit;
  const char* activity;
  const char* place;
  const char* pickup;
  const char* view;
};

const std::map<std::string, Texts, std::less<>>& texts() {
  static const std::map<std::string, Texts, std::less<>> kTexts{
      {"ca",
       {"Serveis socials de Vilaexemple",
        "l'ajut de menjador escolar",
        "al telèfon 900 000 000 o a l'oficina",
        "Fundació Exemple",
        "dpd@vilaexemple.example",
        "Autoritat Catalana de Protecció de Dades",
        "En Ramon viu sol i vol continuar a casa seva",
        {"Sortir de casa dos cops per setmana", "Tenir la calefacció arreglada"},
        "la prestació d'exemple",
        "el casal d'estiu",
        "Centre cívic d'Exemple",
        "Jordi Inventat Mostra",
        "M'agrada, però no vull fotos al futbol"}},
      {"es",
       {"Servicios sociales de Vilaexemple",
        "la ayuda de comedor escolar",
        "en el teléfono 900 000 000 o en la oficina",
        "Fundación Ejemplo",
        "dpd@vilaexemple.example",
        "Autoridad Catalana de Protección de Datos",
        "Ramon vive solo y quiere seguir en su casa",
        {"Salir de casa dos veces por semana", "Tener la calefacción arreglada"},
        "la prestación de ejemplo",
        "el casal de verano",
        "Centro cívico de Ejemplo",
        "Jordi Inventat Mostra",
        "Me gusta, pero no quiero fotos en el fútbol"}},
      {"en",
       {"Social services of Vilaexemple",
        "the school meals aid",
        "by telephone 900 000 000 or at the office",
        "Example Foundation",
        "dpo@vilaexemple.example",
        "Catalan Data Protection Authority",
        "Ramon lives alone and wants to stay in his home",
        {"Leave the house twice a week", "Have the heating repaired"},
        "the example benefit",
        "the summer club",
        "Example community centre",
        "Jordi Inventat Mostra",
        "I like it, but no photos at football"}},
      {"ar",
       {"الخدمات الاجتماعية في Vilaexemple",
        "مساعدة المطعم المدرسي",
        "على الهاتف 900 000 000 أو في المكتب",
        "مؤسسة المثال",
        "dpd@vilaexemple.example",
        "السلطة الكتالونية لحماية البيانات",
        "يعيش رامون وحده ويريد البقاء في منزله",
        {"الخروج من المنزل مرتين في الأسبوع", "إصلاح التدفئة"},
        "إعانة المثال",
        "النادي الصيفي",
        "المركز المدني",
        "Jordi Inventat Mostra",
        "يعجبني، لكن لا أريد صوراً في كرة القدم"}}};
  return kTexts;
}

Json person() { return Json::object({{"given_name", "Núria"}, {"surname1", "Inventada"}, {"surname2", "Ficció"}}); }

Json common(const Texts& words) {
  return Json::object({{"area", words.area},
                       {"person", person()},
                       {"officer", words.officer},
                       {"authority", words.authority},
                       {"second_layer", "https://vilaexemple.example/dades"}});
}

void add_data_consent(Input& input, const Texts& words) {
  input.fields.set("purpose", words.purpose).set("withdraw", words.withdraw);
  input.fields.set("entity", words.entity).set("entity_code", "entity:exemple");
  const templates::Day until = templates::parse_day("2027-04-01").value();
  for (const char* name : {"residence", "benefits", "health"})
    input.items.push_back(
        {name, std::string("item-") + name, {"inform", "object"}, until, "Avís d'exemple 3 (9f86d081884c)"});
  for (const char* name : {"income-tax", "entity"})
    input.items.push_back({name, std::string("item-") + name, {"grant", "refuse", "defer"}, until, ""});
  input.signers = {{"person", "signature-person", "Núria Inventada Ficció"}};
}

void add_work_plan(Input& input, const Texts& words) {
  Json list = Json::array();
  for (const char* goal : words.goals) list.push(goal);
  input.fields.set("professional", "Marta Figurada Prova").set("starting_situation", words.situation);
  input.fields.set("goals", list).set("person_commitments", list).set("service_commitments", list);
  input.fields.set("follow_up", list).set("review_date", "2027-03-15").set("linked_benefit", words.benefit);
  input.signers = {{"person", "signature-person", "Núria Inventada Ficció"},
                   {"professional", "signature-professional", "Marta Figurada Prova"}};
}

void add_minor_activity(Input& input, const Texts& words) {
  input.fields.set("activity", words.activity).set("place", words.place).set("start", "2027-07-01");
  input.fields.set("end", "2027-07-31").set("leader", "Marta Figurada Prova").set("contact", "900 000 000");
  input.fields.set("pickup", Json::array({words.pickup, "Fàtima الزهراء"})).set("child_view", words.view);
  input.fields.set("fee", "12.50").set("withdraw", words.withdraw);
  const templates::Day until = templates::parse_day("2028-08-31").value();
  for (const char* name : {"image-wall", "image-website", "image-network", "image-press"})
    input.items.push_back({name, std::string("item-") + name, {"grant", "refuse", "defer"}, until, ""});
  input.signers = {{"guardian", "signature-guardian", "Laia Inventada Ficció"},
                   {"minor", "signature-minor", "Núria Inventada Ficció"}};
}

}  // namespace

const templates::Template& shipped(std::string_view key) {
  const auto& all = templates::embedded_templates();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
  if (found == all.end()) throw std::logic_error("no such template");
  return *found;
}

Input sample_input(std::string_view key, std::string_view language) {
  const Texts& words = texts().at(std::string(templates::primary_language(language)));
  Input input;
  input.fields = common(words);
  input.organisation = words.area;
  input.verification_code = "7F3KQ-2MWXA-9PTRB-V4HJC-E8DNG-SY";
  input.verification_address = "https://segell.vilaexemple.example/check#7F3KQ2MWXA9PTRBV4HJCE8DNGSY";
  if (key == "data-consent") add_data_consent(input, words);
  if (key == "work-plan") add_work_plan(input, words);
  if (key == "minor-activity") add_minor_activity(input, words);
  return input;
}

templates::Tree sample_tree(std::string_view key, std::string_view language) {
  return templates::fill(shipped(key), language, templates::Frame::embedded(), sample_input(key, language)).value();
}

}  // namespace segell::tests
