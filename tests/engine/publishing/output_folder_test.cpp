#include "engine/publishing/output_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/base/problem.hpp"

namespace fairprice::publishing {
namespace {

namespace fs = std::filesystem;

class OutputFolderTest : public testing::Test {
 protected:
  OutputFolderTest()
      : root_(fs::temp_directory_path() /
              ("fairprice-output-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "input");
  }
  ~OutputFolderTest() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  std::string get(const std::string& name) const {
    std::ifstream file(root_ / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  /// What lies in the root, so that a partial folder left behind shows.
  std::string entries() const {
    std::string names;
    for (const auto& name : {"input", "out"})
      if (fs::exists(root_ / name)) names += std::string(name) + " ";
    for (const auto& entry : fs::directory_iterator(root_))
      if (entry.path().filename() != "input" && entry.path().filename() != "out") names += entry.path().filename().string() + " ";
    return names;
  }
  static void write(const OutputFolder& folder, const std::string& name, const std::string& text) {
    OutputFile file(folder, name);
    file.write(text);
    file.close();
  }

  fs::path root_;
};

TEST_F(OutputFolderTest, AppearsWholeWhenCommitted) {
  {
    OutputFolder folder(path("out"), path("input"));
    write(folder, "summary.json", "{}");
    EXPECT_FALSE(fs::exists(path("out")));
    folder.commit();
  }
  EXPECT_EQ(get("out/summary.json"), "{}");
  EXPECT_EQ(entries(), "input out ");
}

TEST_F(OutputFolderTest, LeavesNothingWithoutCommit) {
  {
    OutputFolder folder(path("out"), path("input"));
    write(folder, "summary.json", "{}");
  }
  EXPECT_EQ(entries(), "input ");
}

TEST_F(OutputFolderTest, ReplacesAnOlderOutputWhole) {
  put("out/summary.json", "old");
  put("out/review.csv", "old");
  OutputFolder folder(path("out"), path("input"));
  write(folder, "summary.json", "new");
  EXPECT_EQ(get("out/summary.json"), "old");
  folder.commit();
  EXPECT_EQ(get("out/summary.json"), "new");
  EXPECT_FALSE(fs::exists(path("out/review.csv")));
  EXPECT_EQ(entries(), "input out ");
}

TEST_F(OutputFolderTest, TakesAnEmptyFolder) {
  fs::create_directory(path("out"));
  OutputFolder folder(path("out/"), path("input"));
  write(folder, "summary.json", "new");
  folder.commit();
  EXPECT_EQ(get("out/summary.json"), "new");
}

TEST_F(OutputFolderTest, MakesTheFoldersAboveIt) {
  OutputFolder folder(path("a/b/out"), path("input"));
  write(folder, "summary.json", "new");
  folder.commit();
  EXPECT_EQ(get("a/b/out/summary.json"), "new");
}

TEST_F(OutputFolderTest, RefusesAFolderThatIsNotOurs) {
  put("out/notes.txt", "mine");
  EXPECT_THROW(check_output(path("out"), path("input")), FatalError);
  put("out/summary.json", "{}");  // ours, but with something of the user's beside it
  EXPECT_THROW(check_output(path("out"), path("input")), FatalError);
  EXPECT_THROW(OutputFolder(path("out"), path("input")), FatalError);
  EXPECT_EQ(get("out/notes.txt"), "mine");
  EXPECT_EQ(entries(), "input out ");
}

TEST_F(OutputFolderTest, RefusesTheInputAndWhatLiesInIt) {
  EXPECT_THROW(check_output(path("input"), path("input")), FatalError);
  EXPECT_THROW(check_output(path("input/"), path("input")), FatalError);
  EXPECT_THROW(check_output(path("input/out"), path("input")), FatalError);
  EXPECT_THROW(check_output(path("x/../input/out"), path("input/.")), FatalError);
  EXPECT_NO_THROW(check_output(path("input-out"), path("input")));
}

TEST_F(OutputFolderTest, RefusesTheInputBehindALink) {
  fs::create_directory_symlink(path("input"), path("link"));
  EXPECT_THROW(check_output(path("link/out"), path("input")), FatalError);
}

TEST_F(OutputFolderTest, RefusesAFile) {
  put("out", "a file");
  EXPECT_THROW(check_output(path("out"), path("input")), FatalError);
}

TEST_F(OutputFolderTest, AnAbandonedOutputLeavesTheOlderOne) {
  put("out/summary.json", "old");
  OutputFolder folder(path("out"), path("input"));
  write(folder, "summary.json", "new");
  EXPECT_FALSE(folder.abandon());
  EXPECT_EQ(get("out/summary.json"), "old");
  EXPECT_EQ(entries(), "input out ");
}

TEST_F(OutputFolderTest, ACommittedOutputIsKeptByAnInterruption) {
  OutputFolder folder(path("out"), path("input"));
  write(folder, "summary.json", "new");
  folder.commit();
  EXPECT_TRUE(folder.abandon());
  EXPECT_EQ(get("out/summary.json"), "new");
}

TEST_F(OutputFolderTest, WritesAtPlacesInAnyOrder) {
  OutputFolder folder(path("out"), path("input"));
  {
    OutputFile file(folder, "assessments.csv");
    file.write_at("ghi", 6);
    file.write_at("abc", 0);
    file.write_at("def", 3);
    file.close();
  }
  folder.commit();
  EXPECT_EQ(get("out/assessments.csv"), "abcdefghi");
}

TEST_F(OutputFolderTest, AWriteErrorNamesTheFileAndTheMend) {
  OutputFolder folder(path("out"), path("input"));
  fs::create_symlink("/dev/full", folder.path_of("seen.csv"));
  try {
    OutputFile file(folder, "seen.csv");  // never through a link that somebody else put there
    FAIL() << "the file was opened";
  } catch (const FatalError& error) {
    EXPECT_NE(std::string(error.what()).find("seen.csv: cannot be written"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("--output"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace fairprice::publishing
