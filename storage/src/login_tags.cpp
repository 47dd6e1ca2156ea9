#include "login_tags.h"

namespace segell::storage {

base::Result<base::Bytes> login_name_tag(const Scope& scope, const std::string& name) {
  return scope.node_index("account.name", name);
}

base::Result<base::Bytes> identifier_tag(const Scope& scope, const OutsideIdentifier& identifier) {
  return scope.blind_index("person.identifier", identifier.type + '\n' + identifier.value);
}

std::string exclusion_of(const std::string& person, const std::string& account) {
  return "SELECT f.id FROM protection_flag f WHERE f.tenant = ?1 AND f.person = " + person +
         " AND f.live = 1 AND (f.login_tag IN (SELECT a.name_tag FROM account a WHERE a.id = " + account +
         ") OR f.excluded IN (SELECT h.person FROM holding h WHERE h.tenant = ?1 AND h.account = " + account +
         ") OR f.identifier_tag IN (SELECT p.identifier_tag FROM holding h JOIN person p ON p.tenant = h.tenant AND "
         "p.id = h.person WHERE h.tenant = ?1 AND h.account = " +
         account + "))";
}

}  // namespace segell::storage
