# Language, flags and tools that every target of fairprice shares.

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
  endif()

  find_program(FAIRPRICE_CCACHE ccache)
  if(FAIRPRICE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${FAIRPRICE_CCACHE}")
  endif()

  # A faster linker when there is one; the result is the same.
  find_program(FAIRPRICE_MOLD mold)
  find_program(FAIRPRICE_LLD NAMES ld.lld ld.lld-14)
  if(FAIRPRICE_MOLD AND NOT FAIRPRICE_LTO)
    add_link_options(-fuse-ld=mold)
  elseif(FAIRPRICE_LLD AND NOT FAIRPRICE_LTO)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

include(GNUInstallDirs)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(ZLIB REQUIRED)
find_package(RapidJSON REQUIRED)
find_path(FAIRPRICE_ZSTD_INCLUDE zstd.h REQUIRED)
find_path(FAIRPRICE_XXHASH_INCLUDE xxhash.h REQUIRED)
find_path(FAIRPRICE_ZIP_INCLUDE zip.h REQUIRED)
find_path(FAIRPRICE_EXPAT_INCLUDE expat.h REQUIRED)
find_path(FAIRPRICE_EIGEN_INCLUDE Eigen/Core PATH_SUFFIXES eigen3 REQUIRED)
find_path(FAIRPRICE_BOOST_INCLUDE boost/math/distributions/students_t.hpp REQUIRED)
find_path(FAIRPRICE_CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
find_path(FAIRPRICE_SOCI_INCLUDE soci/soci.h REQUIRED)
find_path(FAIRPRICE_POSTGRESQL_INCLUDE libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_path(FAIRPRICE_SODIUM_INCLUDE sodium.h REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo cairo-ft fontconfig)

# How every source of ours is compiled. Not passed on to who links with the library.
add_library(fairprice_flags INTERFACE)
target_compile_features(fairprice_flags INTERFACE cxx_std_20)
target_compile_options(fairprice_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
  # Of sources that are compiled together one may have a local name that another one has outside.
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>
  $<$<BOOL:${FAIRPRICE_WERROR}>:-Werror>
  # No path of the building machine gets into the program: the same sources give the same bytes in any folder.
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overlapping copies in std::string's operator+ that cannot happen (GCC bug 105651), and with sanitizers values
  # that it takes for uninitialised because its own checks stand between.
  target_compile_options(fairprice_flags INTERFACE
    -Wno-restrict)
  if(FAIRPRICE_SANITIZE)
    target_compile_options(fairprice_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

if(FAIRPRICE_SANITIZE)
  target_compile_options(fairprice_flags INTERFACE
    -fsanitize=${FAIRPRICE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(fairprice_flags INTERFACE -fsanitize=${FAIRPRICE_SANITIZE})
  if(FAIRPRICE_SANITIZE MATCHES "undefined")
    # It asks for the type information of classes of SOCI, which that library does not show.
    target_compile_options(fairprice_flags INTERFACE -fno-sanitize=vptr)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(fairprice_flags INTERFACE
      -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/engine/cmake/sanitize_ignore.txt)
  endif()
endif()

if(FAIRPRICE_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(LANGUAGES CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
