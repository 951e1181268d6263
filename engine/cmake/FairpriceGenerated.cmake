# Sources written while building: the version and the files of data/ that the library carries.

set(FAIRPRICE_GENERATED "${PROJECT_BINARY_DIR}/generated/engine/base")
set(FAIRPRICE_VERSION_HPP "${FAIRPRICE_GENERATED}/version.hpp")
set(FAIRPRICE_VERSION_CPP "${FAIRPRICE_GENERATED}/version.cpp")
set(FAIRPRICE_SHIPPED_CPP "${FAIRPRICE_GENERATED}/shipped.cpp")

configure_file("${PROJECT_SOURCE_DIR}/engine/base/version.hpp.in" "${FAIRPRICE_VERSION_HPP}" @ONLY)

# Looked up at each build, but only written when it changed: a commit recompiles one small file and links again.
add_custom_target(fairprice_commit
  BYPRODUCTS "${FAIRPRICE_VERSION_CPP}"
  COMMAND "${CMAKE_COMMAND}" -D "SOURCE=${PROJECT_SOURCE_DIR}" -D "OUTPUT=${FAIRPRICE_VERSION_CPP}"
          -P "${PROJECT_SOURCE_DIR}/engine/cmake/write_commit.cmake"
  COMMENT "Looking up the commit"
  VERBATIM)

file(GLOB shipped RELATIVE "${PROJECT_SOURCE_DIR}/data" CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/data/headings.csv"
  "${PROJECT_SOURCE_DIR}/data/dictionaries/*.csv"
  "${PROJECT_SOURCE_DIR}/data/letters/*.txt"
  "${PROJECT_SOURCE_DIR}/data/matching/*.csv"
  "${PROJECT_SOURCE_DIR}/data/policies/*.json"
  "${PROJECT_SOURCE_DIR}/data/schemas/*.json"
  "${PROJECT_SOURCE_DIR}/data/*.schema.json")
list(SORT shipped)
list(TRANSFORM shipped PREPEND "${PROJECT_SOURCE_DIR}/data/" OUTPUT_VARIABLE shipped_paths)
add_custom_command(
  OUTPUT "${FAIRPRICE_SHIPPED_CPP}"
  COMMAND "${CMAKE_COMMAND}" -D "FOLDER=${PROJECT_SOURCE_DIR}/data" -D "FILES=${shipped}" -D "OUTPUT=${FAIRPRICE_SHIPPED_CPP}"
          -P "${PROJECT_SOURCE_DIR}/engine/cmake/write_shipped.cmake"
  DEPENDS ${shipped_paths} "${PROJECT_SOURCE_DIR}/engine/cmake/write_shipped.cmake"
  COMMENT "Embedding data/"
  VERBATIM)
