# What a release has against being made to do what it was not written for: overruns of buffers that the compiler or the
# C library can see end the program, the stack's return addresses are guarded, addresses are laid out anew at every
# start, and the table of library functions cannot be written to. What it costs: bench/measurements.md. Benchmarks and
# tests are as the compiler makes them, so that the loops by hand are not held back.
option(CWTSIM_HARDENED "Harden release builds" ON)

# cwtsim_harden(TARGET): a room or the program.
function(cwtsim_harden target)
  if(NOT CWTSIM_HARDENED OR CWTSIM_SANITIZE) # a sanitizer sees more, and the two do not go together
    return()
  endif()
  set(options -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3) # some systems' compilers define it already, to this or less
  # The event loop goes without the guard: it reads no text and no file, only numbers of a scenario that was checked,
  # and it alone would pay for it (2 % of the instructions of pathway8).
  if(NOT target STREQUAL cwtsim_engine)
    list(APPEND options -fstack-protector-strong)
  endif()
  if(NOT CMAKE_POSITION_INDEPENDENT_CODE) # for libraries that go into a shared one, that asks for more
    list(APPEND options -fPIE)
  endif()
  target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:${options}>")
  get_target_property(type ${target} TYPE)
  if(type STREQUAL EXECUTABLE AND CMAKE_SYSTEM_NAME STREQUAL Linux)
    target_link_options(${target} PRIVATE "$<$<CONFIG:Release>:-pie;-Wl,-z,relro,-z,now>")
  endif()
endfunction()
