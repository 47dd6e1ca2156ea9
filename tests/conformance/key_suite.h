#pragma once

#include "base/random.h"
#include "storage/key_store.h"

#include <doctest/doctest.h>

namespace segell::test {

/// What every back end of storage::KeyStore promises; `keys` is empty.
inline void check_key_store(storage::KeyStore& keys) {
  using namespace storage;
  const TenantId tenant = TenantId::make();
  const WrappedKey a{tenant_key_owner(tenant), base::random_bytes(60)};
  const WrappedKey b{person_key_owner(tenant, PersonId::make()), base::random_bytes(60)};
  const WrappedKey c{log_key_owner(tenant), base::random_bytes(60)};
  CHECK(*keys.generation() == 0);
  CHECK_FALSE(keys.get(a.owner)->has_value());
  const WrappedKey two[] = {a, b};
  REQUIRE(keys.put(two));
  CHECK(*keys.generation() == 2);
  CHECK(**keys.get(b.owner) == b.wrapped);

  // All or none, and never over another.
  const WrappedKey clash[] = {c, {a.owner, base::random_bytes(60)}};
  CHECK(keys.put(clash).error().code == base::Code::already_exists);
  CHECK_FALSE(keys.get(c.owner)->has_value());
  CHECK(**keys.get(a.owner) == a.wrapped);
  CHECK(*keys.generation() == 2);

  REQUIRE(keys.destroy({&b.owner, 1}));
  CHECK(keys.destroy({&b.owner, 1}));
  CHECK_FALSE(keys.get(b.owner)->has_value());
  CHECK(*keys.generation() == 2);
  int listed = 0;
  REQUIRE(keys.list([&](const KeyOwner& owner) {
    ++listed;
    CHECK(owner == a.owner);
  }));
  CHECK(listed == 1);

  CHECK_FALSE(keys.served(tenant)->has_value());
  REQUIRE(keys.put_served(tenant, {7, base::sha256(base::as_bytes("7"))}));
  REQUIRE(keys.put_served(tenant, {9, base::sha256(base::as_bytes("9"))}));
  CHECK((*keys.served(tenant))->size == 9);
  CHECK((*keys.served(tenant))->root == base::sha256(base::as_bytes("9")));
}

}  // namespace segell::test
