#pragma once

#include "fonts.h"
#include "layout/typesetter.h"

#include <mutex>

namespace segell::layout {

/// Pango's font map serves one thread at a time.
struct Typesetter::State {
  explicit State(Fonts loaded) : fonts(std::move(loaded)) {}
  std::mutex mutex;
  Fonts fonts;  // guarded by mutex
};

base::Result<Paper> draw_paper(const Fonts& fonts, const templates::Tree& tree, const PaperSetting& setting);
base::Result<base::Bytes> draw_slip(const Fonts& fonts, const SlipPage& page);
base::Result<base::Bytes> draw_statement(const Fonts& fonts, const Statement& statement);

}  // namespace segell::layout
