# The house rules of every target: one static library a room, warnings are errors, third parties PRIVATE.

option(SEGELL_FUZZ "build the libFuzzer targets (clang only)" OFF)
set(SEGELL_SANITIZE "" CACHE STRING "comma list for -fsanitize=, for example address,undefined")

add_library(segell_warnings INTERFACE)
target_compile_options(segell_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wimplicit-fallthrough -Werror>)
if(SEGELL_SANITIZE)
  add_compile_options(-fsanitize=${SEGELL_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SEGELL_SANITIZE})
endif()
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
add_link_options(-Wl,--as-needed -Wl,-z,relro,-z,now)

# The example PKI lies outside the tree: private keys are never issued beside the sources. One folder serves every checkout.
if(DEFINED ENV{XDG_CACHE_HOME})
  set(segell_cache "$ENV{XDG_CACHE_HOME}")
else()
  set(segell_cache "$ENV{HOME}/.cache")
endif()
set(SEGELL_PKI_DIR "${segell_cache}/segell/example-pki" CACHE PATH "where certs-example/issue.sh puts the example PKI")
add_custom_target(example_pki COMMAND ${CMAKE_SOURCE_DIR}/certs-example/issue.sh ${SEGELL_PKI_DIR}
  COMMENT "Issuing the example PKI into ${SEGELL_PKI_DIR}" VERBATIM)

# Adds each room's folder in turn.
function(segell_add_rooms)
  foreach(room IN LISTS ARGN)
    if(EXISTS ${CMAKE_SOURCE_DIR}/${room}/CMakeLists.txt)
      add_subdirectory(${room})
    endif()
  endforeach()
endfunction()

# segell_room(NAME SOURCES a.cpp … [LINK room …] [PRIVATE third-party …])
# A static library segell_NAME, alias segell::NAME, whose public headers live in include/NAME/ and are checked to be self-contained.
# LINK names rooms that its public headers may use; PRIVATE names third parties and never reaches a user of the room.
function(segell_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  add_library(segell_${name} STATIC ${ARG_SOURCES})
  add_library(segell::${name} ALIAS segell_${name})
  target_include_directories(segell_${name}
    PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  target_link_libraries(segell_${name} PUBLIC ${ARG_LINK} PRIVATE segell_warnings ${ARG_PRIVATE})
endfunction()

# segell_test(NAME SOURCES a_test.cpp … LINK …): one doctest executable, one ctest entry; an empty executable fails.
function(segell_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(test_${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/support/doctest_main.cpp)
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(test_${name} PRIVATE
    SEGELL_VECTORS="${CMAKE_SOURCE_DIR}/tests/vectors" SEGELL_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    SEGELL_BIN="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" SEGELL_PKI="${SEGELL_PKI_DIR}")
  add_dependencies(test_${name} example_pki)
  target_link_libraries(test_${name} PRIVATE segell_warnings ${ARG_LINK})
  set_target_properties(test_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME unit.${name} COMMAND test_${name})
  set_tests_properties(unit.${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "unit;${ARG_LABELS}")
endfunction()

# segell_fuzzer(NAME SOURCES fuzz_x.cpp LINK …): a libFuzzer target when SEGELL_FUZZ is on; seeds in tests/fuzz/seeds/NAME/.
function(segell_fuzzer name)
  if(NOT SEGELL_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(fuzz_${name} PRIVATE segell_warnings ${ARG_LINK})
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
endfunction()
