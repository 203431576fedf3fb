# What a release has against being made to do what it was not written for: overruns of buffers that the compiler or the
# C library can see end the program, the stack's return addresses are guarded, addresses are laid out anew at every
# start, and the table of library functions cannot be written to. What it costs: bench/measurements.md.
option(CWTSIM_HARDENED "Harden release builds" ON)
if(NOT CWTSIM_HARDENED OR CWTSIM_SANITIZE) # a sanitizer sees more, and the two do not go together
  return()
endif()

# The event loop goes without the guard: it reads no text and no file, only numbers of a scenario that was checked, and
# it alone would pay for it (2 % of the instructions of pathway8).
set(hardened "$<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:NAME>,cwtsim_engine>>:-fstack-protector-strong>")
# Some systems' compilers define it already, to this or less.
list(APPEND hardened -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
if(NOT CMAKE_POSITION_INDEPENDENT_CODE) # for libraries that go into a shared one, that asks for more
  list(APPEND hardened -fPIE)
endif()
target_compile_options(cwtsim_flags INTERFACE "$<$<CONFIG:Release>:${hardened}>")
if(CMAKE_SYSTEM_NAME STREQUAL Linux)
  target_link_options(cwtsim_flags INTERFACE "$<$<CONFIG:Release>:-pie;-Wl,-z,relro,-z,now>")
endif()
