# fairprice_component(NAME [FOLDER f...] [USES component...] [LIBRARIES target...] [PRIVATE_INCLUDES dir...]
#                     [GENERATED source...] [GENERATED_HEADERS header...]
#                     [WITHOUT source...] [ALONE regex...])
#
# One static library fairprice_NAME from all *.cpp of the folders (not of those below them), with its *.hpp as public headers.
# A folder without a .cpp gives an INTERFACE library, so that a room can be declared before it is furnished.
#   USES              the components that this one may use: the arrows between the folders
#   LIBRARIES         libraries from outside that it links with
#   PRIVATE_INCLUDES  folders of header-only libraries, which our own headers must not show
#   WITHOUT           sources of the folder that do not belong to the library (main.cpp)
#   ALONE             sources that cannot be compiled together with others: see FairpriceUnity.cmake

set_property(GLOBAL PROPERTY FAIRPRICE_COMPONENTS "")

function(fairprice_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" ""
    "FOLDER;USES;LIBRARIES;PRIVATE_INCLUDES;GENERATED;GENERATED_HEADERS;WITHOUT;ALONE")
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}")
  if(arg_FOLDER)
    list(TRANSFORM arg_FOLDER PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE folder)
  endif()
  list(TRANSFORM folder APPEND "/*.cpp" OUTPUT_VARIABLE source_patterns)
  list(TRANSFORM folder APPEND "/*.hpp" OUTPUT_VARIABLE header_patterns)
  file(GLOB sources CONFIGURE_DEPENDS ${source_patterns})
  file(GLOB headers CONFIGURE_DEPENDS ${header_patterns})
  foreach(source IN LISTS arg_WITHOUT)
    list(REMOVE_ITEM sources "${folder}/${source}")
  endforeach()
  list(APPEND sources ${arg_GENERATED})

  set(target fairprice_${name})
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:fairprice_flags>)
    target_include_directories(${target} SYSTEM PRIVATE ${arg_PRIVATE_INCLUDES})
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    fairprice_unity(${target} all ALONE ${arg_ALONE})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(fairprice::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} ${arg_LIBRARIES})

  # The include paths are paths of the repository, also where the headers are installed.
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${headers})
  target_sources(${target} ${scope} FILE_SET generated_headers TYPE HEADERS
    BASE_DIRS "${PROJECT_BINARY_DIR}/generated" FILES ${arg_GENERATED_HEADERS})
  set_property(GLOBAL PROPERTY FAIRPRICE_USES_${name} "${arg_USES}")
  set_property(GLOBAL PROPERTY FAIRPRICE_SCOPE_${name} ${scope})
  set_property(GLOBAL APPEND PROPERTY FAIRPRICE_COMPONENTS ${name})
endfunction()

# Joins the components, when all are known. A component without sources passes on what it uses.
function(fairprice_link_components)
  get_property(components GLOBAL PROPERTY FAIRPRICE_COMPONENTS)
  foreach(name IN LISTS components)
    get_property(uses GLOBAL PROPERTY FAIRPRICE_USES_${name})
    get_property(scope GLOBAL PROPERTY FAIRPRICE_SCOPE_${name})
    list(TRANSFORM uses PREPEND fairprice_)
    target_link_libraries(fairprice_${name} ${scope} ${uses})
  endforeach()
endfunction()
