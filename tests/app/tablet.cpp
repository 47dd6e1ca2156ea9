#include "app/tablet.h"

#include "base/encoding.h"
#include "signer/pdf/fill_in.h"
#include "support/child_process.h"

#include <stdexcept>

namespace segell::tests {

namespace {

/// One INTEGER of an Ecdsa-Sig-Value (RFC 3279 section 2.2.3) as 32 octets; moves on behind it.
base::Bytes der_integer(base::BytesView& der) {
  const auto length = std::to_integer<std::size_t>(der[1]);
  base::BytesView octets = der.subspan(2, length);
  der = der.subspan(2 + length);
  while (octets.size() > 32) octets = octets.subspan(1);
  base::Bytes out(32 - octets.size());
  base::append(out, octets);
  return out;
}

}  // namespace

Tablet::Tablet(World& world, const app::Caller& owner) : m_world(world), m_owner(owner) {
  const auto made = run({"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"});
  m_key = must(base::parse_signing_key_pem(base::as_bytes(made.out), base::Secret()));
  const app::NewDevice wanted{"Tauleta", public_key(), sign("segell.device/1\n" + public_key())};
  id = at(must(app::enrol_device(world.service(), owner, wanted, world.once())).body, {"device", "id"});
}

std::string Tablet::public_key() const { return base::to_base64(m_key->public_key_der()); }

std::string Tablet::sign(const std::string& message) const {
  const base::Bytes der = must(m_key->sign(base::as_bytes(message)));
  base::BytesView rest = base::BytesView(der).subspan(2);
  base::Bytes both = der_integer(rest);
  base::append(both, der_integer(rest));
  return base::to_base64url(both);
}

std::string Tablet::prepare(const std::vector<std::string>& requests, std::chrono::minutes valid) const {
  const app::NewVisit wanted{id, requests, base::format_rfc3339(m_world.clock().now() + valid)};
  return at(must(app::prepare_visit(m_world.service(), m_owner, wanted, m_world.once())).body, {"visit", "id"});
}

void Tablet::pack(const std::string& visit) {
  m_package = must(app::issue_package(m_world.service(), m_owner, visit, m_world.once())).body;
}

const base::Json& Tablet::request(std::size_t index) const { return m_package.find("requests")->as_array()->at(index); }

app::PackageCaller Tablet::caller() const {
  return must(app::authenticate_package(m_world.service(), at(m_package, {"capability"})));
}

base::Json Tablet::outline(std::size_t index, const std::string& answer) {
  base::Json act = base::Json::object({{"schema", "segell.captured-act/1"}});
  act.set("visit", at(m_package, {"visit", "id"}));
  act.set("device", id);
  act.set("request", at(request(index), {"id"}));
  act.set("nonce", at(request(index), {"nonce"}));
  act.set("counter", ++m_counter);
  act.set("times", base::Json::object({{"handedOver", "2026-11-20T10:00:00Z"}, {"captured", "2026-11-20T10:05:00Z"}}));
  act.set("answer", answer);
  return act;
}

base::Json Tablet::answer_act(std::size_t index, const std::string& answer) { return outline(index, answer); }

base::Json Tablet::signed_act(std::size_t index, const std::vector<std::string>& words, const std::string& method) {
  base::Bytes shown = must(app::read_package_paper(m_world.service(), caller(), at(request(index), {"id"}))).bytes;
  base::Json choices = base::Json::array();
  signer::pdf::FillInChoices chosen;
  const base::Json::Array& items = *request(index).find("items")->as_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    chosen.emplace(at(items[i], {"id"}), words.at(i));
    choices.push(base::Json::object({{"item", at(items[i], {"id"})}, {"choice", words.at(i)}}));
  }
  if (const base::Json* paper = request(index).find("paper"))
    base::append(shown, must(signer::pdf::fill_in(must(signer::pdf::parse_fill_in(*paper->find("fillIn"))), chosen)));
  const app::Act made = act_on(shown, method);
  base::Json act = outline(index, "signed");
  act.set("choices", std::move(choices));
  act.set("shown", base::Json::object(
                       {{"sha256", made.shown_sha256}, {"sha512", made.shown_sha512}, {"length", made.shown_length}}));
  act.set("method", made.method);
  act.set("meaning", made.meaning);
  if (made.picture)
    act.set("picture", base::Json::object({{"width", std::int64_t{made.picture->width}},
                                           {"height", std::int64_t{made.picture->height}},
                                           {"bits", base::to_base64(made.picture->zlib)}}));
  return act;
}

base::Result<app::Reply> Tablet::send(const base::Json& act) const {
  const base::Json* nonce = act.find("nonce");
  const std::string key = nonce == nullptr || nonce->as_string() == nullptr ? "none" : *nonce->as_string();
  return app::receive_act(m_world.service(), caller(), act, sign(must(base::write_canonical_json(act))),
                          m_world.once_with(key, base::write_json(act)));
}

base::Json Tablet::standing(std::size_t index) const {
  const std::string nonce = at(request(index), {"nonce"});
  const base::Json body = must(app::describe_package(m_world.service(), caller()));
  for (const base::Json& act : *body.find("acts")->as_array()) {
    if (at(act, {"nonce"}) == nonce) return act;
  }
  throw std::runtime_error("no such nonce");
}

std::string Tablet::state(std::size_t index) const {
  const base::Json one = standing(index);
  return one.find("reason") == nullptr ? at(one, {"state"}) : at(one, {"state"}) + ' ' + at(one, {"reason"});
}

std::string request_of(World& world, const app::NewSignatureRequest& wish) {
  return at(must(app::create_signature_request(world.service(), world.integrator(), wish, world.once())).body,
            {"request", "id"});
}

}  // namespace segell::tests
