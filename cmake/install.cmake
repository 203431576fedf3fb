# cmake --install: the program with its manual page, completions, licences and scenarios; the rooms as static libraries
# with their headers, and what find_package(cwtsim) reads. Two components: program and development.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# All rooms but the command line's, as one target: cwtsim::cwtsim, here as in a program that finds the package.
get_property(rooms GLOBAL PROPERTY cwtsim_rooms)
list(REMOVE_ITEM rooms cli)
list(TRANSFORM rooms PREPEND cwtsim_ OUTPUT_VARIABLE libraries)
add_library(cwtsim_library INTERFACE)
add_library(cwtsim::cwtsim ALIAS cwtsim_library)
target_link_libraries(cwtsim_library INTERFACE ${libraries})
target_include_directories(cwtsim_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(cwtsim_library INTERFACE cxx_std_20)
set_target_properties(cwtsim_library PROPERTIES EXPORT_NAME cwtsim)
foreach(room ${rooms})
  set_target_properties(cwtsim_${room} PROPERTIES EXPORT_NAME room_${room})
endforeach()

set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/cwtsim)
install(TARGETS cwtsim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS cwtsim_library ${libraries} EXPORT cwtsim ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY include/cwtsim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development PATTERN cli EXCLUDE)
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
