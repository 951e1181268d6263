# cmake -D SOURCE=folder -D OUTPUT=file -P write_commit.cmake
# Writes version.cpp: the commit that the sources stand at, "unknown" outside a repository or without git.
set(commit "unknown")
find_program(git git)
if(git AND EXISTS "${SOURCE}/.git")
  execute_process(COMMAND "${git}" -C "${SOURCE}" rev-parse --short=12 HEAD
    OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed AND head MATCHES "^[0-9a-f]+$")
    set(commit "${head}")
  endif()
endif()
set(text "#include \"engine/base/version.hpp\"\n\nnamespace fairprice {\nstd::string_view git_commit() { return \"${commit}\"; }\n}  // namespace fairprice\n")
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "${text}" @ONLY)
