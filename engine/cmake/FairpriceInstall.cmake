# Installs the libraries, their headers (under include/fairprice, so that include paths stay those of the repository), the
# program, and what find_package(fairprice) and pkg-config need.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/fairprice")
get_property(components GLOBAL PROPERTY FAIRPRICE_COMPONENTS)
list(REMOVE_ITEM components cli charts ledger cases letters)

set(FAIRPRICE_PC_LIBS "")
foreach(name IN ITEMS engine review publishing assessment own_index estimation matching indexing market catalogue title ingest rules indices base)
  if(NOT name IN_LIST components)
    message(FATAL_ERROR "the component ${name} is to be installed, but is not there")
  endif()
  get_target_property(type fairprice_${name} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    string(APPEND FAIRPRICE_PC_LIBS " -lfairprice_${name}")
  endif()
  install(TARGETS fairprice_${name}
    EXPORT fairprice-targets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/fairprice"
    FILE_SET generated_headers DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/fairprice")
endforeach()
install(EXPORT fairprice-targets NAMESPACE fairprice:: DESTINATION "${package_dir}")

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/engine/cmake/fairpriceConfig.cmake.in" "${PROJECT_BINARY_DIR}/package/fairpriceConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/fairpriceConfigVersion.cmake"
  VERSION "${PROJECT_VERSION}" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/package/fairpriceConfig.cmake" "${PROJECT_BINARY_DIR}/package/fairpriceConfigVersion.cmake"
  DESTINATION "${package_dir}")

# The prefix is found from where the file lies, so that the installed tree can be moved.
file(RELATIVE_PATH FAIRPRICE_PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" FAIRPRICE_PC_PREFIX "${FAIRPRICE_PC_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/engine/cmake/fairprice.pc.in" "${PROJECT_BINARY_DIR}/package/fairprice.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/package/fairprice.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

if(TARGET fairprice)
  install(TARGETS fairprice RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
if(EXISTS "${PROJECT_SOURCE_DIR}/LICENSE")
  install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
endif()
