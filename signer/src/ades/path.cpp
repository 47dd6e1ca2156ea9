#include "path.h"

#include "base/digest.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxCachedPaths = 4096;
constexpr std::size_t kMaxCachedCertificates = 16;  ///< of one request; what a hostile file brings is not kept
constexpr int kMaxPathLength = 12;

using StackPtr = base::Owned<STACK_OF(X509), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }>;

SignatureFacts::Chain chain_of_error(int error) {
  switch (error) {
    case X509_V_OK:
      return SignatureFacts::Chain::found;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
    case X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH:
      return SignatureFacts::Chain::broken;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return SignatureFacts::Chain::none;
    default:  // the open list of OpenSSL: constraints, name constraints, unknown critical extensions
      return SignatureFacts::Chain::constraints;
  }
}

bool is_time_error(int error) { return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID; }

struct Attempt {
  int error = X509_V_OK;
  std::vector<const X509*> chain;
};

Attempt attempt(X509_STORE* store, const base::Certificate& leaf, STACK_OF(X509) * others,
                std::optional<base::Instant> at) {
  base::clear_openssl_errors();
  const base::X509StoreCtxPtr context(X509_STORE_CTX_new_ex(base::certificate_context(), nullptr));
  base::require_openssl(context && X509_STORE_CTX_init(context.get(), store, leaf.native(), others) == 1,
                        "X509_STORE_CTX_init");
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  // An anchor need not be self-signed: the user says what to believe. Policies are processed as RFC 5280 6.1 wants it,
  // for any policy: an authority that requires an explicit one gets it.
  unsigned long flags = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK;
  if (at) {
    X509_VERIFY_PARAM_set_time(parameters, std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count());
  } else {
    flags |= X509_V_FLAG_NO_CHECK_TIME;
  }
  X509_VERIFY_PARAM_set_flags(parameters, flags);
  base::require_openssl(X509_VERIFY_PARAM_add0_policy(parameters, OBJ_nid2obj(NID_any_policy)) == 1, "any policy");
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_depth(parameters, kMaxPathLength);
  X509_VERIFY_PARAM_set_auth_level(parameters, 0);  // weak algorithms are judged with their time by the caller
  Attempt result;
  if (X509_verify_cert(context.get()) != 1) result.error = X509_STORE_CTX_get_error(context.get());
  if (const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get()); chain != nullptr) {
    for (int i = 0; i < sk_X509_num(chain); ++i) result.chain.push_back(sk_X509_value(chain, i));
  }
  base::clear_openssl_errors();
  return result;
}

using PurposesPtr = base::Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

PurposesPtr purposes_of(const X509* certificate) {
  PurposesPtr purposes(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  base::clear_openssl_errors();
  return purposes;
}

// X509_get_extended_key_usage passes over purposes that OpenSSL does not know.
bool knows_all_purposes(const X509* certificate) {
  const PurposesPtr purposes = purposes_of(certificate);
  return purposes && sk_ASN1_OBJECT_num(purposes.get()) == 1;
}

// An extended key usage that names nothing but servers, timestamps or OCSP. Mail, clients and code are what documents
// are signed with too, and what is not known may be a national purpose for them.
bool is_for_something_else(const X509* certificate) {
  const PurposesPtr purposes = purposes_of(certificate);
  if (!purposes) return false;
  for (int i = 0; i < sk_ASN1_OBJECT_num(purposes.get()); ++i) {
    const int nid = OBJ_obj2nid(sk_ASN1_OBJECT_value(purposes.get(), i));
    if (nid != NID_server_auth && nid != NID_time_stamp && nid != NID_OCSP_sign) return false;
  }
  return true;
}

// Instants between which the validity of no certificate changes: begin belongs to it, end does not.
struct Window {
  base::Instant begin = base::Instant::min();
  base::Instant end = base::Instant::max();

  [[nodiscard]] bool holds(base::Instant at) const { return at >= begin && at < end; }

  void narrow(base::Instant at, const base::Certificate& certificate) {
    for (const base::Instant boundary : {certificate.not_before(), certificate.not_after()}) {
      if (boundary <= at)
        begin = std::max(begin, boundary);
      else
        end = std::min(end, boundary);
    }
  }
};

// All ways from the leaf to an anchor by names and key identifiers, one after the other; bounded, so that a file that
// brings dozens of certificates with one name costs no more than a few milliseconds.
class PathSearch {
 public:
  PathSearch(const std::vector<base::Certificate>& anchors, std::span<const base::Certificate> others, base::Instant at)
      : m_anchors(anchors), m_others(others), m_at(at) {}

  // The first way that holds at the time; nothing when none does.
  std::optional<Attempt> run(const base::Certificate& leaf) {
    m_way = {&leaf};
    return extend();
  }

 private:
  static constexpr int kMaxTries = 48, kMaxSteps = 2000;

  std::optional<Attempt> extend() {
    const base::Certificate& last = *m_way.back();
    for (const base::Certificate& anchor : m_anchors) {
      if (!issues(anchor, last)) continue;
      if (m_tries++ >= kMaxTries) return std::nullopt;
      Attempt made = check(anchor);
      if (made.error == X509_V_OK) return made;
    }
    if (m_way.size() >= static_cast<std::size_t>(kMaxPathLength)) return std::nullopt;
    for (const base::Certificate& other : m_others) {
      if (m_steps++ >= kMaxSteps || m_tries >= kMaxTries) return std::nullopt;
      const bool used = std::ranges::any_of(m_way, [&](const base::Certificate* one) { return *one == other; });
      if (used || other.is_self_issued() || !issues(other, last)) continue;
      m_way.push_back(&other);
      if (auto found = extend()) return found;
      m_way.pop_back();
    }
    return std::nullopt;
  }

  static bool issues(const base::Certificate& issuer, const base::Certificate& subject) {
    return std::ranges::equal(issuer.subject_der(), subject.issuer_der()) &&
           X509_check_issued(issuer.native(), subject.native()) == X509_V_OK;
  }

  // OpenSSL judges this way alone: it is offered no other certificate, and no other anchor (of one name, say, and of
  // another key).
  Attempt check(const base::Certificate& anchor) {
    const base::X509StorePtr store(X509_STORE_new());
    base::require_openssl(store && X509_STORE_add_cert(store.get(), anchor.native()) == 1, "X509_STORE_add_cert");
    const StackPtr stack(sk_X509_new_null());
    base::require_openssl(stack != nullptr, "sk_X509_new_null");
    for (const base::Certificate* one : std::span(m_way).subspan(1))
      base::require_openssl(sk_X509_push(stack.get(), one->native()) > 0, "sk_X509_push");
    return attempt(store.get(), *m_way.front(), stack.get(), m_at);
  }

  const std::vector<base::Certificate>& m_anchors;
  std::span<const base::Certificate> m_others;
  base::Instant m_at;
  std::vector<const base::Certificate*> m_way;
  int m_tries = 0, m_steps = 0;
};

base::Sha256 key_of(const base::Certificate& leaf, std::span<const base::Certificate> others) {
  base::Bytes all = base::to_bytes(base::BytesView(leaf.fingerprint()));
  for (const base::Certificate& other : others) base::append(all, other.fingerprint());
  return base::sha256(all);
}

}  // namespace

struct PathBuilder::State {
  std::vector<base::Certificate> anchors;
  base::X509StorePtr store;

  struct Cached {
    Path path;
    Window window;
  };
  std::vector<base::Instant> boundaries;  // where an anchor's validity begins or ends, sorted
  std::mutex mutex;                       // guards cache
  std::map<base::Sha256, Cached> cache;   // by the leaf and the other certificates, in their order

  // OpenSSL chooses among issuers by which of them are valid at the time: the answer is the same, and may be given
  // again, as long as no certificate that it could have chosen begins or ceases to be valid.
  [[nodiscard]] Window window_around(base::Instant at, const base::Certificate& leaf,
                                     std::span<const base::Certificate> others) const {
    Window window;
    const auto next = std::ranges::upper_bound(boundaries, at);
    if (next != boundaries.end()) window.end = *next;
    if (next != boundaries.begin()) window.begin = *std::prev(next);
    window.narrow(at, leaf);
    for (const base::Certificate& other : others) window.narrow(at, other);
    return window;
  }

  const base::Certificate* find(const X509* native, const base::Certificate& leaf,
                                std::span<const base::Certificate> others) const {
    if (leaf.native() == native) return &leaf;
    for (const auto& one : anchors)
      if (one.native() == native) return &one;
    for (const auto& one : others)
      if (one.native() == native) return &one;
    return nullptr;
  }
};

PathBuilder::PathBuilder(const std::vector<base::Certificate>& anchors) : m_state(std::make_unique<State>()) {
  m_state->anchors = anchors;
  m_state->store.reset(X509_STORE_new());
  base::require_openssl(m_state->store != nullptr, "X509_STORE_new");
  for (const base::Certificate& anchor : anchors)
    base::require_openssl(X509_STORE_add_cert(m_state->store.get(), anchor.native()) == 1, "X509_STORE_add_cert");
  for (const base::Certificate& anchor : anchors)
    m_state->boundaries.insert(m_state->boundaries.end(), {anchor.not_before(), anchor.not_after()});
  std::ranges::sort(m_state->boundaries);
}
PathBuilder::~PathBuilder() = default;
PathBuilder::PathBuilder(PathBuilder&&) noexcept = default;
PathBuilder& PathBuilder::operator=(PathBuilder&&) noexcept = default;

void PathBuilder::forget() const {
  const std::lock_guard lock(m_state->mutex);
  m_state->cache.clear();
}

Path PathBuilder::build(const base::Certificate& leaf, std::span<const base::Certificate> others,
                        base::Instant at) const {
  const base::Sha256 key = key_of(leaf, others);
  {
    const std::lock_guard lock(m_state->mutex);
    const auto hit = m_state->cache.find(key);
    if (hit != m_state->cache.end() && hit->second.window.holds(at)) return hit->second.path;
  }
  const StackPtr stack(sk_X509_new_null());
  base::require_openssl(stack != nullptr, "sk_X509_new_null");
  for (const base::Certificate& other : others)
    base::require_openssl(sk_X509_push(stack.get(), other.native()) > 0, "sk_X509_push");
  Attempt result = attempt(m_state->store.get(), leaf, stack.get(), at);
  // OpenSSL goes one way and does not turn back
  const bool may_turn = result.error != X509_V_OK && at >= leaf.not_before() && at <= leaf.not_after();
  if (may_turn) {
    if (auto other = PathSearch(m_state->anchors, others, at).run(leaf)) result = *other;
  }
  const bool timely = !is_time_error(result.error);
  if (!timely) result = attempt(m_state->store.get(), leaf, stack.get(), std::nullopt);

  Path path;
  path.chain = chain_of_error(result.error);
  if (path.chain != SignatureFacts::Chain::found) {
    path.certificates = {leaf};
    path.detail = X509_verify_cert_error_string(result.error);
    return path;
  }
  for (const X509* native : result.chain) {
    const base::Certificate* certificate = m_state->find(native, leaf, others);
    base::require_openssl(certificate != nullptr, "a certificate of the path is not one that was given");
    path.certificates.push_back(*certificate);
  }
  if (timely && others.size() < kMaxCachedCertificates) {
    State::Cached cached{path, m_state->window_around(at, leaf, others)};
    const std::lock_guard lock(m_state->mutex);
    if (m_state->cache.size() >= kMaxCachedPaths) m_state->cache.clear();
    m_state->cache.insert_or_assign(key, std::move(cached));
  }
  return path;
}

std::string usage_fault(std::span<const base::Certificate> path, bool stamp_time) {
  X509* leaf = path.front().native();
  const std::uint32_t key_usage = X509_get_key_usage(leaf);  // all ones when absent
  const bool signs = (key_usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  if (!signs) return "the certificate's key usage does not allow to sign documents";
  if (stamp_time) {
    // RFC 3161 2.3
    const int at = X509_get_ext_by_NID(leaf, NID_ext_key_usage, -1);
    const bool alone = at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(leaf, at)) == 1 &&
                       X509_get_extended_key_usage(leaf) == XKU_TIMESTAMP && knows_all_purposes(leaf);
    if (!alone) return "the certificate is not for timestamps alone (critical extended key usage)";
  } else if (is_for_something_else(leaf)) {
    return "the certificate's extended key usage is for something other than documents";
  }
  for (const base::Certificate& above : path.subspan(1)) {
    X509* native = above.native();
    if ((X509_get_extension_flags(native) & EXFLAG_XKUSAGE) == 0) continue;
    const std::uint32_t purposes = X509_get_extended_key_usage(native);
    const bool any = (purposes & XKU_ANYEKU) != 0;
    if (stamp_time ? !any && (purposes & XKU_TIMESTAMP) == 0 : is_for_something_else(native))
      return "the extended key usage of " + above.common_name() + " does not allow what is below it";
  }
  base::clear_openssl_errors();
  return {};
}

}  // namespace segell::signer::ades
