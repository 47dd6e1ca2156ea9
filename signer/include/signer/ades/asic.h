#pragma once

#include "signer/ades/cades.h"

#include <functional>
#include <string>
#include <vector>

// Containers with a CAdES signature (ASiC, EN 319 162-1), in the stages of PAdES (signer/ades/seal.h):
//   ContainerSealer → PreparedContainer → (signature, made anywhere) → SignedContainer → octets
// Files are read where they lie and written as they are read: memory does not grow with them.

namespace segell::signer::ades {

enum class ContainerKind {
  asic_s,  ///< one file, signed as it is
  asic_e,  ///< any files, signed through a manifest of their digests
};

/// A file that goes into a container. `name` may have folders; no name is in a container twice.
struct ContainerFile {
  std::string name;
  pdf::SourcePtr content;
};

/// Takes consecutive octets; its first error ends the writing and is handed on.
using ContainerSink = std::function<base::Result<void>(base::BytesView)>;

/// What is known of a file before it is written.
struct MeasuredFile {
  ContainerFile file;
  std::uint32_t crc = 0;
  base::Bytes sha256{};
};

/// The signature is in; a timestamp over its value may follow.
class SignedContainer {
 public:
  [[nodiscard]] base::Sha256 timestamp_digest() const { return m_cades.timestamp_digest(); }
  /// The container, B-B or with the token B-T. Errors: untrusted "tsa.wrong-imprint"; stale "asic.changed" when a file
  /// is not what it was when it was signed; the sources' and the sink's.
  base::Result<void> write(const TimestampToken* token, const ContainerSink& sink) const;

 private:
  friend class PreparedContainer;
  SignedContainer(ContainerKind kind, std::vector<MeasuredFile> files, std::string manifest, base::Instant time,
                  SignedCades cades)
      : m_kind(kind),
        m_files(std::move(files)),
        m_manifest(std::move(manifest)),
        m_time(time),
        m_cades(std::move(cades)) {}
  ContainerKind m_kind;
  std::vector<MeasuredFile> m_files;
  std::string m_manifest;
  base::Instant m_time;
  SignedCades m_cades;
};

/// The files are hashed and their manifest is written; nothing is signed yet.
class PreparedContainer {
 public:
  /// What SigningKey::sign takes.
  [[nodiscard]] base::BytesView to_be_signed() const { return m_cades.to_be_signed(); }
  base::Result<SignedContainer> complete(base::BytesView signature) &&;

 private:
  friend class ContainerSealer;
  PreparedContainer(ContainerKind kind, std::vector<MeasuredFile> files, std::string manifest, base::Instant time,
                    PreparedCades cades)
      : m_kind(kind),
        m_files(std::move(files)),
        m_manifest(std::move(manifest)),
        m_time(time),
        m_cades(std::move(cades)) {}
  ContainerKind m_kind;
  std::vector<MeasuredFile> m_files;
  std::string m_manifest;
  base::Instant m_time;
  PreparedCades m_cades;
};

/// What became of a container's timestamp.
struct SealedContainer {
  std::optional<TimestampToken> timestamp{};
  std::optional<base::Error> timestamp_failure{};
};

/// Seals with one identity. Thread-safe.
class ContainerSealer {
 public:
  static base::Result<ContainerSealer> make(base::SealIdentity identity);

  /// Errors: invalid_argument "asic.files" (none, or in ASiC-S more than one), "asic.name" (a name that no container
  /// may hold, or twice the same); limit_exceeded "asic.too-large" (4 GiB and more); the sources'.
  [[nodiscard]] base::Result<PreparedContainer> prepare(ContainerKind kind, std::vector<ContainerFile> files,
                                                        base::Instant signing_time) const;

  /// All stages. `tsa` may be null when the demand is none. Nothing reaches the sink before the signature and the
  /// timestamp are made. Errors: those of prepare, SigningKey::sign, TimestampClient::fetch, SignedContainer::write.
  [[nodiscard]] base::Result<SealedContainer> seal(ContainerKind kind, std::vector<ContainerFile> files,
                                                   base::Instant signing_time, TimeDemand demand,
                                                   const TimestampClient* tsa, const ContainerSink& sink) const;

 private:
  explicit ContainerSealer(CadesSealer cades) : m_cades(std::move(cades)) {}
  CadesSealer m_cades;
};

}  // namespace segell::signer::ades
