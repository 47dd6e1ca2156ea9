// The fake service: tablets, their visits, and what they hand in.

#include "http/fake_calls.h"

#include "app/devices.h"
#include "app/visit_package.h"
#include "app/visits.h"

namespace segell::app {

using base::Code;
using base::fail;
using base::Json;
using base::Result;
using tests::content;
using tests::note;
using tests::reply;

Result<PackageCaller> authenticate_package(Service&, std::string_view capability) {
  if (capability != "sgp_good") return fail(Code::unauthenticated, "auth.invalid-token", "the token is not valid");
  return PackageCaller{};
}
Result<Reply> enrol_device(Service&, const Caller&, const NewDevice& wanted, const Idempotency&) {
  note("enrol_device", wanted.label, wanted.public_key, wanted.proof);
  return reply("device");
}
Result<Json> list_devices(Service&, const Caller&, const Page& page) {
  note("list_devices", page.cursor);
  return Json::object();
}
Result<Reply> revoke_device(Service&, const Caller&, std::string_view device, std::string_view why,
                            const Idempotency&) {
  note("revoke_device", device, why);
  return reply("device");
}
Result<Reply> prepare_visit(Service&, const Caller&, const NewVisit& wanted, const Idempotency&) {
  std::string requests;
  for (const auto& one : wanted.requests) requests += one;
  note("prepare_visit", wanted.device, requests, wanted.expires_at);
  return reply("visit");
}
Result<Json> preview_visit(Service&, const Caller&, const NewVisit& wanted) {
  std::string requests;
  for (const auto& one : wanted.requests) requests += one;
  note("preview_visit", wanted.device, requests, wanted.expires_at);
  return Json::object();
}
Result<Reply> withdraw_visit(Service&, const Caller&, std::string_view visit, const Idempotency&) {
  note("withdraw_visit", visit);
  return reply("visit");
}
Result<Json> list_visits(Service&, const Caller&, const VisitQuery& query) {
  note("list_visits", std::to_string(query.page.limit), query.with_papers ? "papers" : "");
  return Json::object();
}
Result<Json> describe_visit(Service&, const Caller&, std::string_view visit) {
  note("describe_visit", visit);
  return Json::object();
}
Result<Reply> issue_package(Service&, const Caller&, std::string_view visit, const Idempotency&) {
  note("issue_package", visit);
  return reply("requests");
}
Result<Content> read_package_paper(Service&, const PackageCaller&, std::string_view request) {
  note("read_package_paper", request);
  return content("application/pdf");
}
Result<Content> read_package_reading_view(Service&, const PackageCaller&, std::string_view request) {
  note("read_package_reading_view", request);
  return content("text/html");
}
Result<Reply> receive_act(Service&, const PackageCaller&, const Json& act, std::string_view signature,
                          const Idempotency& idempotency) {
  note("receive_act", base::write_json(act), signature, idempotency.key);
  return reply("act");
}
Result<Json> describe_package(Service&, const PackageCaller&) {
  note("describe_package");
  return Json::object();
}

}  // namespace segell::app
