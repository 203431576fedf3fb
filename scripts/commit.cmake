# Writes a source that gives the commit of the sources, where they are a working copy of git's, and whether something has
# been changed since: cmake -D TOP=... -D OUT=... -P commit.cmake. It is written anew only where it says something else.
set(commit "unknown")
find_program(git git)
if(git)
  execute_process(COMMAND ${git} -C ${TOP} rev-parse --show-prefix --short=12 HEAD
    OUTPUT_VARIABLE said RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  # the first line says where in the working copy this is: it is empty at the top, else the sources are a part of something else
  if(NOT failed AND said MATCHES "^\n([0-9a-f]+)$")
    set(commit ${CMAKE_MATCH_1})
    execute_process(COMMAND ${git} -C ${TOP} status --porcelain --untracked-files=no OUTPUT_VARIABLE changes ERROR_QUIET)
    if(changes)
      string(APPEND commit ", with changes")
    endif()
  endif()
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT
  "#include <string>\nnamespace cwtsim::study {\nstd::string commit() {\n  return \"${commit}\";\n}\n}  // namespace cwtsim::study\n")
