#include "storage/devices.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kDeviceColumns = "id, state, key, created, log_index, sealed";

std::string device_context(const DeviceId& id) { return "device." + id.text(); }

Result<DeviceRecord> read_device(const Scope& scope, const Statement& row) {
  DeviceRecord device;
  SEGELL_TRY(device.id, id_column<DeviceId>(row, 0));
  device.state = std::string(row.text(1));
  device.key = base::to_bytes(row.bytes(2));
  device.created = instant_column(row, 3);
  device.log_index = unsigned_column(row, 4);
  SEGELL_TRY(device.details, open_json(scope, scope.tenant_key(), row.bytes(5), device_context(device.id)));
  return device;
}

}  // namespace

Result<DeviceRecord> Devices::get(const DeviceId& id) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session, "SELECT " + std::string(kDeviceColumns) + " FROM device WHERE tenant = ?1 AND id = ?2",
            m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "device.unknown", "there is no such device");
  return read_device(*m_scope, *row);
}

Result<std::vector<DeviceRecord>> Devices::list(std::optional<std::uint64_t> before, std::size_t limit) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT " + std::string(kDeviceColumns) +
                " FROM device WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
            m_scope->tenant, static_cast<std::int64_t>(before.value_or(INT64_MAX)), static_cast<std::int64_t>(limit)));
  const Reset reset(row);
  std::vector<DeviceRecord> devices;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return devices;
    SEGELL_TRY(DeviceRecord device, read_device(*m_scope, *row));
    devices.push_back(std::move(device));
  }
}

Result<void> Devices::add(const DeviceRecord& device) {
  SEGELL_TRY(Statement * row, query(m_scope->session, "SELECT 1 FROM device WHERE tenant = ?1 AND key = ?2",
                                    m_scope->tenant, device.key));
  SEGELL_TRY(const bool taken, row->step());
  row->reset();
  if (taken) return fail(Code::already_exists, "device.enrolled-already", "a device with that key is enrolled already");
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), device.details, device_context(device.id)));
  return run(m_scope->session,
             "INSERT INTO device (tenant, id, state, key, created, log_index, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, device.id, device.state, device.key, device.created, device.log_index, sealed);
}

Result<void> Devices::update(const DeviceRecord& device) {
  SEGELL_CHECK(get(device.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), device.details, device_context(device.id)));
  return run(m_scope->session, "UPDATE device SET state = ?3, sealed = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, device.id, device.state, sealed);
}

}  // namespace segell::storage
