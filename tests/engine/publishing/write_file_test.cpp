#include "engine/publishing/write_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "engine/base/problem.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::publishing {
namespace {

using testing_support::TemporaryFolder;

TEST(WriteFile, ReplacesAFileAndLeavesNothingBeside) {
  const TemporaryFolder folder;
  folder.write("a.csv", "old");
  write_file(folder.path_of("a.csv"), "new");
  EXPECT_EQ(std::filesystem::file_size(folder.path_of("a.csv")), 3U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  EXPECT_THROW(write_file(folder.path_of("none/a.csv"), "new"), FatalError);
  EXPECT_THROW(write_file(folder.path(), "new"), FatalError);
}

// The link stays a link, and its target is replaced, there already or not.
TEST(WriteFile, FollowsALink) {
  const TemporaryFolder folder;
  folder.write("there/a.csv", "old");
  std::filesystem::create_symlink(folder.path_of("there/a.csv"), folder.path_of("link.csv"));
  std::filesystem::create_symlink(folder.path_of("there/b.csv"), folder.path_of("dangling.csv"));
  write_file(folder.path_of("link.csv"), "longer");
  write_file(folder.path_of("dangling.csv"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path_of("link.csv")));
  EXPECT_EQ(std::filesystem::file_size(folder.path_of("there/a.csv")), 6U);
  EXPECT_EQ(std::filesystem::file_size(folder.path_of("there/b.csv")), 3U);
}

TEST(WriteFile, RefusesLinksThatGoRound) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink(folder.path_of("b"), folder.path_of("a"));
  std::filesystem::create_symlink(folder.path_of("a"), folder.path_of("b"));
  EXPECT_THROW(write_file(folder.path_of("a"), "new"), FatalError);
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path_of("a")));
}

// The program's own standard output, wherever it leads, goes on where it stands.
TEST(WriteFile, GoesOnInAnOpenFile) {
  const TemporaryFolder folder;
  folder.write("log", "first\n");
  const int log = ::open(folder.path_of("log").c_str(), O_WRONLY | O_APPEND);
  ASSERT_GE(log, 0);
  write_file("/proc/self/fd/" + std::to_string(log), "second\n");
  write_file("/dev/fd/" + std::to_string(log), "third\n");
  ::close(log);
  EXPECT_EQ(std::filesystem::file_size(folder.path_of("log")), 19U);
}

// A pipe is written to, not replaced by a file of its name.
TEST(WriteFile, WritesIntoAPipe) {
  const TemporaryFolder folder;
  const std::string pipe = folder.path_of("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  write_file(pipe, "through");
  std::array<char, 16> bytes{};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 7);
  ::close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

}  // namespace
}  // namespace fairprice::publishing
