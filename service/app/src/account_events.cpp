#include "account_events.h"

#include "event_builder.h"

#include <algorithm>

namespace segell::app {

namespace {

using event_parts::Builder;
using event_parts::id;
using event_parts::word;

base::Bytes encode_session(EventKind kind, const EventHead& head, const SessionFact& fact) {
  return Builder(kind, head)
      .put_if(4, fact.person, id<base::PersonTag>)
      .put(50, id(fact.account))
      .put_if(52, fact.role, [](Role role) { return word(to_string(role)); })
      .put(53, id(fact.session))
      .put(54, word(fact.level))
      .put(55, word(fact.way))
      .finish();
}

template <class Event>
base::Bytes encode_role(EventKind kind, const EventHead& head, const Event& event) {
  return Builder(kind, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(50, id(event.account))
      .put(52, word(to_string(event.role)))
      .finish();
}

}  // namespace

ActorId actor_of(const AccountId& account) {
  std::array<std::byte, ActorId::kSize> bits{};
  std::copy(account.bytes().begin(), account.bytes().end(), bits.begin());
  return ActorId(bits);
}

base::Bytes encode(const EventHead& head, const AccountCreated& event) {
  return Builder(EventKind::account_created, head).put(50, id(event.account)).finish();
}

base::Bytes encode(const EventHead& head, const AccountChanged& event) {
  return Builder(EventKind::account_changed, head).put(50, id(event.account)).put(51, word(event.what)).finish();
}

base::Bytes encode(const EventHead& head, const RoleGiven& event) {
  return encode_role(EventKind::role_given, head, event);
}

base::Bytes encode(const EventHead& head, const RoleWithdrawn& event) {
  return encode_role(EventKind::role_withdrawn, head, event);
}

base::Bytes encode(const EventHead& head, const LoginSucceeded& event) {
  return encode_session(EventKind::login_succeeded, head, event.session);
}

base::Bytes encode(const EventHead& head, const LoginFailed& event) {
  return Builder(EventKind::login_failed, head)
      .put(27, word(event.reason))
      .put_if(50, event.account, [](const AccountId& account) { return id(account); })
      .put(55, word(event.way))
      .finish();
}

base::Bytes encode(const EventHead& head, const SessionChanged& event) {
  return encode_session(EventKind::session_changed, head, event.session);
}

base::Bytes encode(const EventHead& head, const SessionEnded& event) {
  return Builder(EventKind::session_ended, head)
      .put(27, word(event.how))
      .put(50, id(event.account))
      .put_if(53, event.session, [](const SessionId& session) { return id(session); })
      .finish();
}

base::Bytes encode(const EventHead& head, const PersonAssigned& event) {
  return Builder(EventKind::person_assigned, head).put(4, id(event.person)).put(50, id(event.account)).finish();
}

base::Bytes encode(const EventHead& head, const PersonUnassigned& event) {
  return Builder(EventKind::person_unassigned, head).put(4, id(event.person)).put(50, id(event.account)).finish();
}

base::Bytes encode(const EventHead& head, const AccountShown& event) {
  return Builder(EventKind::account_shown, head).role().put(4, id(event.person)).put(50, id(event.account)).finish();
}

}  // namespace segell::app
