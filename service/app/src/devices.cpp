#include "app/devices.h"

#include "account_details.h"
#include "base/encoding.h"
#include "base/verifying_key.h"
#include "checks.h"
#include "consent_facts.h"
#include "device_state.h"
#include "json_fields.h"
#include "once.h"
#include "page_cursor.h"
#include "visit_events.h"

namespace segell::app {

namespace {

constexpr std::string_view kProofPrefix = "segell.device/1\n";
constexpr std::string_view kEndings[] = {"lost", "stolen", "broken", "retired"};
/// How many one answer of the list looks through for those that are the caller's.
constexpr std::size_t kMostDevicesLooked = 1000;

/// Whoever enrols a device holds its private key. Gives the SubjectPublicKeyInfo.
base::Result<base::Bytes> check_device_key(const NewDevice& wanted) {
  const auto spki = base::from_base64(wanted.public_key);
  const auto key = spki ? base::VerifyingKey::p256_spki(*spki)
                        : base::Result<base::VerifyingKey>(base::fail(base::Code::malformed, "key.malformed", ""));
  if (!key) {
    return invalid("device.bad-key", "the key is no P-256 public key in SubjectPublicKeyInfo form and base64",
                   "export it with WebCrypto: exportKey(\"spki\", …)");
  }
  const auto proof = base::from_base64url(wanted.proof);
  const std::string message = std::string(kProofPrefix) + wanted.public_key;
  if (!proof || !key->verify(base::as_bytes(message), *proof)) {
    return invalid("device.bad-proof",
                   "the proof is not this key's signature over \"segell.device/1\", a line feed and "
                   "the key as it was sent",
                   "sign it on the device itself, as r and s of 32 octets each, in base64url");
  }
  return *spki;
}

/// The name shown of whoever enrolled it; null for a program, or a login that is not of this organisation.
base::Result<base::Json> enrolled_by_json(const storage::View& view, const storage::DeviceRecord& device) {
  SEGELL_TRY(const std::string author, text_field(device.details, kMadeBy));
  SEGELL_TRY(const auto actor, ActorId::parse(author));
  const auto account = view.accounts().get(same_bits<storage::AccountId>(actor));
  if (!account && account.error().code == base::Code::not_found) return base::Json();
  if (!account) return base::fail(account.error());
  SEGELL_TRY(const auto details, account_details_from_json(account->details));
  return base::Json(details.shown);
}

base::Result<base::Json> device_json(const storage::View& view, const storage::DeviceRecord& device,
                                     const std::map<storage::DeviceId, std::uint64_t>& outstanding) {
  SEGELL_TRY(const std::string label, text_field(device.details, "label"));
  base::Json json = base::Json::object({{"id", device.id.text()}, {"label", label}, {"state", device.state}});
  json.set("enrolledAt", base::format_rfc3339(device.created));
  for (const char* name : {"revokedAt", "reason"}) {
    if (const base::Json* member = device.details.find(name)) json.set(name, *member);
  }
  SEGELL_TRY(auto enrolled_by, enrolled_by_json(view, device));
  json.set("enrolledBy", std::move(enrolled_by));
  const auto open = outstanding.find(device.id);
  json.set("outstanding", open == outstanding.end() ? std::uint64_t{0} : open->second);
  return json;
}

}  // namespace

base::Failure device_revoked(base::Code code) {
  return base::fail(code, "device.revoked", "this device was taken out of use",
                    "nothing is taken from it any more; enrol another one");
}

base::Result<Reply> enrol_device(Service& service, const Caller& caller, const NewDevice& wanted,
                                 const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  if (!is_plain_text(wanted.label, 100)) return invalid("device.bad-label", "a device needs a label in plain text");
  storage::DeviceRecord record;
  SEGELL_TRY(record.key, check_device_key(wanted));
  record.id = storage::DeviceId::make();
  record.state = device_state::kActive;
  record.created = state.clock.now();
  record.details = base::Json::object({{"label", wanted.label}, {kMadeBy, caller.actor.text()}});
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Bytes event =
      encode(EventHead{record.created, caller.actor}, DeviceEnrolled{record.id, base::sha256(record.key)});
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               storage::DeviceRecord row = record;
               SEGELL_TRY(row.log_index, transaction.append_event(event));
               SEGELL_CHECK(transaction.devices().add(row));
               SEGELL_TRY(auto json, device_json(transaction, row, {}));
               base::Json answer = base::Json::object({{"device", std::move(json)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<base::Json> list_devices(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require_device_keeping(caller));
  SEGELL_TRY(auto next, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_TRY(const auto outstanding, view.visits().outstanding());
    base::Json::Array list;
    bool over = false;
    for (std::size_t looked = 0; !over && looked < kMostDevicesLooked && list.size() < page.limit;
         looked += Page::kMost) {
      SEGELL_TRY(const auto devices, view.devices().list(next, Page::kMost));
      over = devices.size() < Page::kMost;
      for (const storage::DeviceRecord& device : devices) {
        if (list.size() == page.limit) {
          over = false;
          break;
        }
        next = device.log_index;
        SEGELL_TRY(const bool visible, is_visible(view, caller, {.device = device.id}));
        if (!visible) continue;
        SEGELL_TRY(auto json, device_json(view, device, outstanding));
        list.push_back(std::move(json));
      }
    }
    base::Json body = base::Json::object({{"devices", std::move(list)}});
    body.set("next", over ? base::Json() : next_json(next));
    return body;
  });
}

base::Result<Reply> revoke_device(Service& service, const Caller& caller, std::string_view device, std::string_view why,
                                  const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_device_keeping(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::DeviceId>(device, "device.unknown", "device"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_visible(transaction, caller, {.device = id}, "device.unknown", "device"));
               if (!one_of(kEndings, why)) {
                 return invalid("device.bad-reason", "a device ends because it is lost, stolen, broken or retired");
               }
               auto record = transaction.devices().get(id);
               if (!record && record.error().code == base::Code::not_found) {
                 return base::fail(base::Code::not_found, "device.unknown", "no such device");
               }
               if (!record) return base::fail(std::move(record).error());
               if (record->state != device_state::kRevoked) {
                 SEGELL_CHECK(transaction.append_event(encode(head, DeviceRevoked{id, std::string(why)})));
                 record->state = device_state::kRevoked;
                 record->details.set("revokedAt", base::format_rfc3339(head.time));
                 record->details.set("reason", why);
                 SEGELL_CHECK(transaction.devices().update(*record));
               }
               SEGELL_TRY(const auto outstanding, transaction.visits().outstanding());
               SEGELL_TRY(auto json, device_json(transaction, *record, outstanding));
               base::Json answer = base::Json::object({{"device", std::move(json)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
