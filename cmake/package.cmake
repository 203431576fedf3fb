# cpack -G DEB: cwtsim (the program) and libcwtsim-dev (a library and its header), from a release build.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cwtsim)
set(CPACK_PACKAGE_VENDOR "The cwtsim authors")
set(CPACK_PACKAGE_CONTACT "The cwtsim authors <team@cwtsim.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "cancer-waiting-times simulator")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME cwtsim)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"A parallel discrete-event simulator of NHS cancer pathways. A scenario
file says who is referred, what pathway they follow, and what sessions,
slots and staff there are. It follows every patient and says how often
the waiting-time standards are met, how sure that is, and where the days
are lost.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libcwtsim-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libfmt-dev, libssl-dev, libtbb-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"A static library, its header and the files for CMake's find_package(cwtsim).")
include(CPack)
