// The stages one by one, each beside a peer. Names are STAGE/CASE/WHO; `./dev bench --stages` makes a table of them.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  try {
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "stage_benchmarks: %s\n", error.what());
    return 1;
  }
  benchmark::Shutdown();
  return 0;
}
