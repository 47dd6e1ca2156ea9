#include "app/world.h"

#include "base/encoding.h"
#include "base/random.h"
#include "signer/ades/cades.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace {

std::string refusal(World& world, const std::string& bytes) {
  return reason(app::store_document(world.service(), world.integrator(), base::to_bytes(bytes), world.once()));
}

}  // namespace

TEST_CASE("a stored document is described and given back as it came, and the giving is an event") {
  World world;
  const std::string pdf = make_sample_pdf();
  const auto stored = must(app::store_document(world.service(), world.integrator(), base::to_bytes(pdf), world.once()));
  CHECK(at(stored.body, {"document", "state"}) == "draft");
  CHECK(at(stored.body, {"document", "pages"}) == "3");
  CHECK(at(stored.body, {"document", "sha256"}) == base::to_hex(base::sha256(base::as_bytes(pdf))));
  const std::string id = at(stored.body, {"document", "id"});
  const auto described = must(app::describe_document(world.service(), world.integrator(), id));
  CHECK(described.find("document")->find("revisions")->as_array()->size() == 1);
  const auto before = world.log_size();
  const auto content = must(app::read_content(world.service(), world.integrator(), id));
  CHECK(base::to_text(content.bytes) == pdf);
  CHECK(content.file_name.starts_with("document-"));
  CHECK(content.file_name.size() == std::string("document-7F3K.pdf").size());
  CHECK(world.log_size() == before + 1);
}

TEST_CASE("a file is verified for anyone, and while too many are being verified the next is told to come again") {
  World free;
  const std::string pdf = make_sample_pdf();
  CHECK(reason(app::verify(free.service(), base::as_bytes(pdf), {})).empty());
  CHECK(reason(app::verify(free.service(), base::as_bytes(pdf), {})).empty());
  World busy({.verifications = 0});
  const auto before = busy.log_size();
  CHECK(reason(app::verify(busy.service(), base::as_bytes(pdf), {})) == "verify.busy");
  CHECK(busy.log_size() == before);
}

TEST_CASE("what is too large for memory is verified from the disk, a detached signature with its content behind it") {
  World world;
  const TemporaryFolder folder;
  const base::Bytes content = base::random_bytes(5 << 20);
  const auto sealer = must(signer::ades::CadesSealer::make(pki_identity("seal-rsa")));
  const auto sealed = must(sealer.seal(*signer::pdf::borrow_source(content), signer::ades::ContentPlace::detached,
                                       world.clock().now(), signer::ades::TimeDemand::none, nullptr));
  const auto verdict_of = [&](base::BytesView first, base::BytesView second, std::optional<std::uint64_t> length) {
    std::shared_ptr<base::Spool> spool = must(base::Spool::create(folder.path()));
    must(spool->append(first));
    must(spool->append(second));
    must(spool->finish());
    return app::verify_spooled(world.service(), spool, length);
  };
  const auto indication = [](const base::Result<std::string>& verdict) {
    return at(must(base::parse_json(must(verdict))), {"indication"});
  };
  const std::uint64_t length = sealed.der.size();
  CHECK(indication(verdict_of(sealed.der, content, length)) == "TOTAL-PASSED");
  CHECK(must(verdict_of(sealed.der, content, length)) == must(app::verify(world.service(), sealed.der, {}, content)));
  base::Bytes other = content;
  other[4 << 20] ^= std::byte{1};
  CHECK(indication(verdict_of(sealed.der, other, length)) == "TOTAL-FAILED");
  CHECK(indication(verdict_of(sealed.der, {}, {})) == "INDETERMINATE");
  CHECK(reason(verdict_of(sealed.der, {}, length)) == "verify.bad-split");
  CHECK(indication(verdict_of(base::as_bytes(make_sample_pdf()), {}, {})) == "NO-SIGNATURE");
}

TEST_CASE("what is no PDF is refused with its reason, and nothing is stored") {
  World world;
  const auto before = world.log_size();
  CHECK(refusal(world, "") == "pdf.empty");
  CHECK(refusal(world, "GIF89a") == "pdf.not-a-pdf");
  CHECK(refusal(world, make_sample_pdf({.extra_catalog = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"}))
            .starts_with("intake."));
  CHECK(world.log_size() == before);
}

TEST_CASE("documents and their parts that are not there say so, foreign names alike") {
  World world;
  for (const char* id : {"01h2xcejqtf2nbrexx3vqjhp41", "nothing", ""}) {
    CHECK(reason(app::describe_document(world.service(), world.integrator(), id)) == "document.unknown");
    CHECK(reason(app::read_content(world.service(), world.integrator(), id)) == "document.unknown");
  }
  const std::string id = world.document();
  CHECK(reason(app::read_disclosure(world.service(), world.integrator(), id)) == "disclosure.none");
  CHECK(reason(app::read_envelope(world.service(), world.integrator(), id)) == "envelope.none");
}
