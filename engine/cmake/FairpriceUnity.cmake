# Sources of a target compiled eight at a time, which takes about half of the time: headers are read once for all of them.
# For whole builds (./dev test); while one works on a file, single ones are quicker. The release program is always built file by
# file, so that no source leans on the headers of another.

set(FAIRPRICE_UNITY "none" CACHE STRING "What is compiled several sources at a time: none, tests, all")
set_property(CACHE FAIRPRICE_UNITY PROPERTY STRINGS none tests all)

# fairprice_unity(TARGET tests|all [ALONE regex...]): sources that `regex` matches call something what another one of their folder
# calls so, too, and are compiled by themselves.
function(fairprice_unity target when)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "ALONE")
  if(NOT (FAIRPRICE_UNITY STREQUAL "all" OR FAIRPRICE_UNITY STREQUAL when))
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  # It warns of what is named in a source that is included; here each of them is.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    foreach(pattern IN LISTS arg_ALONE)
      if(source MATCHES "${pattern}")
        set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      endif()
    endforeach()
  endforeach()
endfunction()
