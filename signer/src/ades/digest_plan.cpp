#include "digest_plan.h"

#include "algorithms.h"
#include "base/openssl_ptr.h"

#include <openssl/evp.h>

#include <algorithm>
#include <map>

namespace segell::signer::ades {
namespace {

base::DigestCtxPtr start(Digest digest) {
  base::DigestCtxPtr context(EVP_MD_CTX_new());
  base::require_openssl(context && EVP_DigestInit_ex2(context.get(), native_digest(digest), nullptr) == 1,
                        "EVP_DigestInit_ex2");
  return context;
}

base::DigestCtxPtr fork(const base::DigestCtxPtr& from) {
  base::DigestCtxPtr context(EVP_MD_CTX_new());
  base::require_openssl(context && EVP_MD_CTX_copy_ex(context.get(), from.get()) == 1, "EVP_MD_CTX_copy_ex");
  return context;
}

void feed(const base::DigestCtxPtr& context, base::BytesView piece) {
  base::require_openssl(EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1, "EVP_DigestUpdate");
}

// The running digest of the file's start, for one algorithm, and how far somebody needs it.
struct Trunk {
  base::DigestCtxPtr context;
  std::uint64_t needed_to = 0;
};

struct Event {
  std::uint64_t at = 0;
  enum class What { fork, resume, finish } what = What::fork;  // in the order in which they happen at one place
  std::size_t job = 0;
  auto operator<=>(const Event&) const = default;
};

}  // namespace

DigestPlan::Ticket DigestPlan::add_ranges(Digest digest, pdf::Range gap, std::uint64_t end) {
  const std::uint64_t own = end - gap.end();
  // 64 MiB for free: the bound is against forged files, not against many small ones
  const bool refused = m_cost + own > 64 * m_file_size + (64U << 20U);
  if (!refused) m_cost += own;
  m_jobs.push_back({digest, gap, end, refused, {}});
  return m_jobs.size() - 1;
}

base::Result<void> DigestPlan::run(const pdf::ByteSource& source, const std::function<void(base::BytesView)>& also) {
  std::map<Digest, Trunk> trunks;
  std::vector<Event> events;
  for (std::size_t i = 0; i < m_jobs.size(); ++i) {
    const Job& job = m_jobs[i];
    if (job.refused) continue;
    Trunk& trunk = trunks[job.digest];
    if (!trunk.context) trunk.context = start(job.digest);
    trunk.needed_to = std::max(trunk.needed_to, job.gap.offset);
    events.push_back({job.gap.offset, Event::What::fork, i});
    events.push_back({job.gap.end(), Event::What::resume, i});
    events.push_back({job.end, Event::What::finish, i});
  }
  std::sort(events.begin(), events.end());

  std::map<std::size_t, base::DigestCtxPtr> forks;
  std::vector<std::size_t> active;
  std::size_t next = 0;
  std::uint64_t position = 0;
  const auto settle = [&] {
    for (; next < events.size() && events[next].at == position; ++next) {
      const auto [at, what, job] = events[next];
      switch (what) {
        case Event::What::fork:
          forks[job] = fork(trunks[m_jobs[job].digest].context);
          break;
        case Event::What::resume:
          active.push_back(job);
          break;
        case Event::What::finish:
          m_jobs[job].result = finish_digest(forks[job].get(), m_jobs[job].digest);
          forks.erase(job);
          std::erase(active, job);
          break;
      }
    }
  };
  settle();
  return pdf::for_each_piece(source, {0, m_file_size}, [&](base::BytesView piece) {
    also(piece);
    while (!piece.empty()) {
      std::uint64_t length = piece.size();
      if (next < events.size()) length = std::min<std::uint64_t>(length, events[next].at - position);
      const base::BytesView part = piece.first(length);
      for (auto& [digest, trunk] : trunks)
        if (position < trunk.needed_to) feed(trunk.context, part);
      for (const std::size_t job : active) feed(forks[job], part);
      position += length;
      piece = piece.subspan(length);
      settle();
    }
  });
}

}  // namespace segell::signer::ades
