#pragma once

#include "base/cbor.h"
#include "events.h"

// What the sources that encode events share.

namespace segell::app::event_parts {

using base::Cbor;
inline constexpr std::int64_t kVersion = 1;

inline Cbor number(std::uint64_t value) { return Cbor(static_cast<std::int64_t>(value)); }
inline Cbor moment(base::Instant time) { return Cbor(std::int64_t{time.time_since_epoch().count()}); }
inline Cbor word(std::string_view text) { return Cbor(std::string(text)); }
template <class Tag>
Cbor id(const base::Id<Tag>& value) {
  return Cbor(value.bytes());
}
inline Cbor digest(const base::Sha256& value) { return Cbor(base::BytesView(value)); }

/// An event under construction: head first, then facts under their keys (events.cddl).
class Builder {
 public:
  Builder(EventKind kind, const EventHead& head) : m_role(head.role) {
    put(0, Cbor(kVersion));
    put(1, Cbor(static_cast<std::int64_t>(kind)));
    put(2, moment(head.time));
    put(3, id(head.actor));
  }

  Builder& put(std::uint64_t key, Cbor value) {
    m_map.insert_or_assign(key, std::move(value));
    return *this;
  }
  template <class T, class Make>
  Builder& put_if(std::uint64_t key, const std::optional<T>& value, Make make) {
    return value ? put(key, make(*value)) : *this;
  }
  /// As what the actor came, where the head says so.
  Builder& role() {
    return put_if(52, m_role, [](Role role) { return word(to_string(role)); });
  }
  Builder& revision(const RevisionFact& fact) {
    return put(8, number(fact.index)).put(9, number(fact.total_length)).put(10, digest(fact.sha256));
  }
  Builder& scope(const consent::Scope& scope) {
    return put(17, word(scope.purpose)).put(18, word(scope.category)).put(19, word(scope.recipient));
  }
  Builder& item_words(std::uint64_t key, const std::vector<ItemWord>& items) {
    Cbor::Array list;
    for (const auto& [item, said] : items) list.push_back(Cbor::Array{id(item), word(said)});
    return put(key, std::move(list));
  }

  base::Bytes finish() { return base::write_cbor(Cbor(std::move(m_map))); }

 private:
  std::optional<Role> m_role;
  Cbor::Map m_map;
};

}  // namespace segell::app::event_parts
