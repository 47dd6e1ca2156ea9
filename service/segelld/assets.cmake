# segell_embed_pages(TARGET DIST): the built pages of DIST inside TARGET, as segelld::embedded_assets(). visit.html is
# served at /visit, every other file under its own path (a service worker stands beside the pages). A build without them needs -DSEGELL_WEB=OFF, said aloud.
option(SEGELL_WEB "embed the built pages of web/dist in segelld" ON)

function(segell_media_type file variable)
  cmake_path(GET file EXTENSION LAST_ONLY extension)
  set(types
    .html "text/html\\; charset=utf-8" .js "text/javascript\\; charset=utf-8" .mjs "text/javascript\\; charset=utf-8"
    .css "text/css\\; charset=utf-8" .svg "image/svg+xml" .png "image/png" .json "application/json" .map "application/json"
    .wasm "application/wasm" .woff2 "font/woff2" .ttf "font/ttf" .txt "text/plain\\; charset=utf-8")
  list(FIND types "${extension}" at)
  if(at EQUAL -1)
    set(type "application/octet-stream")
  else()
    math(EXPR at "${at} + 1")
    list(GET types ${at} type)
  endif()
  set(${variable} "${type}" PARENT_SCOPE)
endfunction()

function(segell_embed_pages target dist)
  if(NOT SEGELL_WEB)
    target_sources(${target} PRIVATE src/assets_none.cpp)
    return()
  endif()
  file(GLOB_RECURSE files RELATIVE ${dist} CONFIGURE_DEPENDS ${dist}/*.html ${dist}/*-worker.js ${dist}/assets/*)
  if(NOT files)
    # Said when segelld is built, so that a tree without pages can still build and test every other room.
    add_custom_target(${target}_pages
      COMMAND ${CMAKE_COMMAND} -E echo "segelld: there are no built pages in ${dist}"
      COMMAND ${CMAKE_COMMAND} -E echo "hint: ./dev build makes them first (npm run build in web/), or configure with -DSEGELL_WEB=OFF"
      COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
    add_dependencies(${target} ${target}_pages)
    target_sources(${target} PRIVATE src/assets_none.cpp)
    return()
  endif()
  set(assembly "  .section .rodata\n")
  set(symbols "")
  set(table "")
  set(number 0)
  set(inputs "")
  foreach(file IN LISTS files)
    segell_media_type(${file} type)
    string(REGEX REPLACE "^([^/]+)\\.html$" "\\1" path ${file})
    set(name segell_asset_${number})
    string(APPEND assembly "  .globl ${name}_begin, ${name}_end\n${name}_begin:\n  .incbin \"${dist}/${file}\"\n${name}_end:\n  .byte 0\n")
    string(APPEND symbols "extern const char ${name}_begin[];\nextern const char ${name}_end[];\n")
    string(APPEND table "      {\"/${path}\", \"${type}\", content(${name}_begin, ${name}_end)},\n")
    list(APPEND inputs ${dist}/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "  .section .note.GNU-stack,\"\",%progbits\n")
  set(folder ${CMAKE_CURRENT_BINARY_DIR})
  file(CONFIGURE OUTPUT ${folder}/assets.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/assets.cpp @ONLY CONTENT "#include \"segelld/commands.h\"

extern \"C\" {
${symbols}}

namespace segell::segelld {
namespace {

std::string_view content(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::span<const http::Asset> embedded_assets() {
  static const http::Asset kAssets[] = {
${table}  };
  return kAssets;
}

}  // namespace segell::segelld
")
  set_source_files_properties(${folder}/assets.S PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE ${folder}/assets.S ${folder}/assets.cpp)
endfunction()
