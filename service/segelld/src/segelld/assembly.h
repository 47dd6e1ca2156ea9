#pragma once

#include "app/oidc.h"
#include "app/service.h"
#include "base/result.h"
#include "segelld/config.h"
#include "storage/store.h"

#include <memory>

namespace segell::segelld {

/// The opened data folder. Members are closed in the right order by their own order.
struct OpenStore {
  base::Secret kek;
  storage::ExitOnFatal fatal;
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::KeyStore> keys;
  std::unique_ptr<storage::BlobStore> blobs;
  std::unique_ptr<storage::Store> store;
};

/// Opens what `segelld init` made. Errors name the file and the way out.
base::Result<std::unique_ptr<OpenStore>> open_store(const Config& config);

/// Makes data folder (0700) and key file (0600). Error: already_exists "segelld.initialised".
base::Result<void> make_data_folder(const Config& config);

/// Opens every file that the configuration names, and refuses example keys outside the example profile (design 4.6;
/// they are known by the organisation in their subjects, certs-example/pki.txt). The tenant is filled in by the caller.
/// Errors: invalid_argument "config.…", with the key in the message.
base::Result<app::Settings> load_settings(const Config& config);

/// The identity provider as configured; only where there is one. Errors: invalid_argument "config.…".
base::Result<app::OidcSettings> load_oidc(const Config& config);

}  // namespace segell::segelld
