// Runs a fuzz target without libFuzzer: every argument is a file or a folder of files, read in order of name. The empty input is
// always tried. With --mutations N each of N further inputs is a stored one with some bytes changed; which ones follows from its
// number alone, so that a failure comes again.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return {bytes.begin(), bytes.end()};
}

void run(Bytes input) {
  // Exactly the size: a read past the end is then found by the address sanitizer.
  input.shrink_to_fit();
  const std::uint8_t nothing = 0;
  LLVMFuzzerTestOneInput(input.empty() ? &nothing : input.data(), input.size());
}

Bytes mutation(const std::vector<Bytes>& stored, std::uint64_t number) {
  std::mt19937_64 random(number);
  const auto below = [&random](std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(random() % bound); };
  const auto place = [](std::size_t at) { return static_cast<std::ptrdiff_t>(at); };
  using namespace std::string_view_literals;
  constexpr std::string_view kTelling = "\0\n\r\t\"',;:.-+/\\0123456789eE[]{}<>&=\x7f\x80\xa1\xbf\xc0\xe4\xef\xfe\xff"sv;
  Bytes bytes = stored[below(stored.size())];
  for (std::size_t change = 0, changes = 1 + below(4); change < changes; ++change) {
    const std::size_t at = below(bytes.size() + 1);
    const std::size_t length = below(std::min<std::size_t>(bytes.size() - at, 32) + 1);
    switch (below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] ^= static_cast<std::uint8_t>(1U << below(8));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<std::uint8_t>(kTelling[below(kTelling.size())]);
        break;
      case 2: bytes.insert(bytes.begin() + place(at), static_cast<std::uint8_t>(kTelling[below(kTelling.size())])); break;
      case 3: bytes.erase(bytes.begin() + place(at), bytes.begin() + place(at + length)); break;
      case 4: {
        const Bytes again(bytes.begin() + place(at), bytes.begin() + place(at + length));
        bytes.insert(bytes.begin() + place(below(bytes.size() + 1)), again.begin(), again.end());
        break;
      }
      default: {
        const Bytes& other = stored[below(stored.size())];
        const std::size_t from = below(other.size() + 1);
        const std::size_t count = below(std::min<std::size_t>(other.size() - from, 64) + 1);
        bytes.insert(bytes.begin() + place(at), other.begin() + place(from), other.begin() + place(from + count));
      }
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> paths;
  std::uint64_t mutations = 0;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--mutations" && i + 1 < argc) {
      mutations = std::strtoull(argv[++i], nullptr, 10);
      continue;
    }
    const std::filesystem::path given = argv[i];
    if (std::filesystem::is_directory(given)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(given)) {
        if (entry.is_regular_file()) paths.push_back(entry.path());
      }
    } else if (std::filesystem::exists(given)) {
      paths.push_back(given);
    }
  }
  std::sort(paths.begin(), paths.end());
  run({});
  std::vector<Bytes> stored = {{}};
  for (const auto& path : paths) {
    // Said before the call, so that a crash names its input.
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    stored.push_back(read(path));
    run(stored.back());
  }
  for (std::uint64_t number = 1; number <= mutations; ++number) {
    std::printf("mutation %llu\n", static_cast<unsigned long long>(number));
    std::fflush(stdout);
    run(mutation(stored, number));
  }
  std::printf("%zu inputs replayed, %llu mutations\n", paths.size() + 1, static_cast<unsigned long long>(mutations));
  return 0;
}
