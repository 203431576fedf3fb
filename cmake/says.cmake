# What the program says of itself in run.json: which sources made it, of which commit, with which flags.
set(generated ${CMAKE_BINARY_DIR}/generated)

# Parts of a run begun by other sources are refused.
file(GLOB result_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sim/*/*.[ch]pp ${CMAKE_SOURCE_DIR}/sim/*/*/*.[ch]pp ${CMAKE_SOURCE_DIR}/include/cwtsim/*/*.hpp)
add_custom_command(OUTPUT ${generated}/cwtsim_sources.cpp
  COMMAND ${CMAKE_COMMAND} -D TOP=${CMAKE_SOURCE_DIR} -D OUT=${generated}/cwtsim_sources.cpp -P ${CMAKE_SOURCE_DIR}/scripts/sources.cmake
  DEPENDS ${result_sources} ${CMAKE_SOURCE_DIR}/scripts/sources.cmake)

# Asked for at every build, and compiled again only where it says another one.
add_custom_target(cwtsim_commit BYPRODUCTS ${generated}/cwtsim_commit.cpp
  COMMAND ${CMAKE_COMMAND} -D TOP=${CMAKE_SOURCE_DIR} -D OUT=${generated}/cwtsim_commit.cpp -P ${CMAKE_SOURCE_DIR}/scripts/commit.cmake)

# Those with a path in them are of the machine and not of the program.
string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
list(FILTER flags EXCLUDE REGEX "[/\\\\\"]")
foreach(option CHECKS PLAIN_THREADS)
  if(CWTSIM_${option})
    list(APPEND flags "CWTSIM_${option}")
  endif()
endforeach()
if(CWTSIM_HARDENED AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT CWTSIM_SANITIZE)
  list(APPEND flags "CWTSIM_HARDENED")
endif()
if(CWTSIM_SANITIZE)
  list(APPEND flags "-fsanitize=${CWTSIM_SANITIZE}")
endif()
list(JOIN flags " " flags)
file(CONFIGURE OUTPUT ${generated}/cwtsim_flags.cpp CONTENT
  "#include <string>\nnamespace cwtsim::study {\nstd::string flags() {\n  return \"${CMAKE_BUILD_TYPE}: ${flags}\";\n}\n}  // namespace cwtsim::study\n")

target_sources(cwtsim_study PRIVATE ${generated}/cwtsim_sources.cpp ${generated}/cwtsim_commit.cpp ${generated}/cwtsim_flags.cpp)
add_dependencies(cwtsim_study cwtsim_commit)
