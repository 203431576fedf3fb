# Writes a source that gives a checksum of the sources on which results depend: cmake -D TOP=... -D OUT=... -P sources.cmake
# The rule: every room stands here whose code decides what a part of a run counts, or whose run it is. files, report and
# cli do not: they carry bytes and put what was counted into words, anew each time.
set(all "")
foreach(room core engine experiment io model scenario study)
  file(GLOB files ${TOP}/sim/${room}/*.[ch]pp ${TOP}/sim/${room}/*/*.[ch]pp ${TOP}/include/cwtsim/${room}/*.hpp)
  list(SORT files)
  foreach(file ${files})
    file(SHA256 ${file} sum)
    string(APPEND all ${sum})
  endforeach()
endforeach()
string(SHA256 all "${all}")
string(SUBSTRING ${all} 0 12 short)
file(CONFIGURE OUTPUT ${OUT} CONTENT
  "#include <string>\nnamespace cwtsim::study {\nstd::string sources() {\n  return \"${short}\";\n}\n}  // namespace cwtsim::study\n")
