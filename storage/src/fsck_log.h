#pragma once

#include "storage/fsck.h"
#include "storage/log_reader.h"

namespace segell::storage {

/// Collects findings up to the bound.
class Findings {
 public:
  Findings(FsckReport& report, std::size_t bound) : m_report(report), m_bound(bound) {}
  void add(std::string id, std::string where) {
    if (m_report.findings.size() < m_bound) {
      m_report.findings.push_back({std::move(id), std::move(where)});
    } else {
      ++m_report.findings_left_out;
    }
  }

 private:
  FsckReport& m_report;
  std::size_t m_bound;
};

/// Entries, tiles and checkpoints of one log.
base::Result<FsckLog> check_log(Session& session, const TenantRecord& tenant, KeyStore* keys, Findings& findings);

}  // namespace segell::storage
