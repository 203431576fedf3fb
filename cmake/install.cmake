# cmake --install: the program with its manual page, completions, licences and scenarios; for other programs one library
# and its one header, with what find_package(cwtsim) reads. Two components: program and development.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

target_include_directories(cwtsim_face INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/cwtsim)
install(TARGETS cwtsim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS cwtsim_face EXPORT cwtsim ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(FILES include/cwtsim/cwtsim.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cwtsim COMPONENT development)
install(EXPORT cwtsim NAMESPACE cwtsim:: FILE cwtsim-targets.cmake DESTINATION ${cmake_folder} COMPONENT development)
configure_package_config_file(cmake/cwtsim-config.cmake.in ${CMAKE_BINARY_DIR}/generated/cwtsim-config.cmake
  INSTALL_DESTINATION ${cmake_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/cwtsim-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/cwtsim-config.cmake ${CMAKE_BINARY_DIR}/generated/cwtsim-config-version.cmake
  DESTINATION ${cmake_folder} COMPONENT development)

install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/cwtsim COMPONENT program)
install(FILES LICENSE NOTICE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
# Debian wants all licences in one file of this name, with each package.
file(READ LICENSE licence)
file(READ NOTICE notice)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/copyright CONTENT "@licence@\n\n@notice@" @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/generated/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES ${CMAKE_BINARY_DIR}/generated/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libcwtsim-dev COMPONENT development)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS LICENSE NOTICE)

# The manual page and the completions are said by the program itself, when it is installed.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "The manual page and completions will not be installed: the program, which says them, is for another machine.")
else()
  install(CODE "
    set(cwtsim_program \"$<TARGET_FILE:cwtsim>\")
    set(cwtsim_emulator \"${CMAKE_CROSSCOMPILING_EMULATOR}\")
    set(cwtsim_made \"${CMAKE_BINARY_DIR}/generated\")
    set(cwtsim_manuals \"${CMAKE_INSTALL_MANDIR}/man1\")
    set(cwtsim_shares \"${CMAKE_INSTALL_DATADIR}\")" COMPONENT program)
  install(SCRIPT cmake/install_manual.cmake COMPONENT program)
endif()
