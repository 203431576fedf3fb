# Part of cmake --install: what the program says of itself. cmake/install.cmake says where things are; names are long here,
# for those of components are looked up as names of variables by the scripts that CMake makes.
function(cwtsim_say name)
  execute_process(COMMAND ${cwtsim_emulator} ${cwtsim_program} help ${ARGN} OUTPUT_FILE "${cwtsim_made}/${name}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(cwtsim_install folder name)
  file(INSTALL "${cwtsim_made}/${name}" DESTINATION "${CMAKE_INSTALL_PREFIX}/${folder}")
endfunction()

# Readers of manual pages take them compressed; without gzip it stays as it is.
cwtsim_say(cwtsim.1 man)
find_program(cwtsim_gzip gzip)
if(cwtsim_gzip)
  execute_process(COMMAND ${cwtsim_gzip} -9nf "${cwtsim_made}/cwtsim.1" COMMAND_ERROR_IS_FATAL ANY)
  cwtsim_install(${cwtsim_manuals} cwtsim.1.gz)
else()
  cwtsim_install(${cwtsim_manuals} cwtsim.1)
endif()

cwtsim_say(cwtsim completion bash)
cwtsim_install(${cwtsim_shares}/bash-completion/completions cwtsim)
cwtsim_say(cwtsim.fish completion fish)
cwtsim_install(${cwtsim_shares}/fish/vendor_completions.d cwtsim.fish)
cwtsim_say(_cwtsim completion zsh)
# Debian's zsh looks for what packages bring elsewhere than zsh does of its own accord.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr" AND EXISTS /etc/debian_version)
  cwtsim_install(${cwtsim_shares}/zsh/vendor-completions _cwtsim)
else()
  cwtsim_install(${cwtsim_shares}/zsh/site-functions _cwtsim)
endif()
