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
  unsigned long flags = X509_V_FLAG_PARTIAL_CHAIN;  // an anchor need not be self-signed: the user says what to believe
  if (at) {
    X509_VERIFY_PARAM_set_time(parameters, std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count());
  } else {
    flags |= X509_V_FLAG_NO_CHECK_TIME;
  }
  X509_VERIFY_PARAM_set_flags(parameters, flags);
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

Usage usage_of(const base::Certificate& certificate) {
  Usage usage;
  X509* native = certificate.native();
  const std::uint32_t key_usage = X509_get_key_usage(native);  // all ones when absent
  usage.signs_documents = (key_usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  const int at = X509_get_ext_by_NID(native, NID_ext_key_usage, -1);
  usage.stamps_time = at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(native, at)) == 1 &&
                      X509_get_extended_key_usage(native) == XKU_TIMESTAMP;
  base::clear_openssl_errors();
  return usage;
}

}  // namespace segell::signer::ades
