#include "engine/ingest/zip_member.hpp"

#include <xxhash.h>
#include <zip.h>

#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/encoding_decoder.hpp"

namespace fairprice::ingest {

namespace {

[[noreturn]] void fail(const std::string& name, const std::string& zh, const std::string& en) {
  throw FatalError(name + "：" + zh + "；未运行", name + ": " + en + "; nothing was run");
}

struct CloseArchive {
  void operator()(zip_t* archive) const { ::zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { ::zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Archive open_archive(const std::string& path, const std::string& name) {
  int code = 0;
  Archive archive(::zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (archive) return archive;
  zip_error_t error;
  ::zip_error_init_with_code(&error, code);
  const std::string why = ::zip_error_strerror(&error);
  ::zip_error_fini(&error);
  fail(name, "不是完好的 zip 压缩文件（" + why + "）；请重新压缩或复制", "is not a sound zip archive (" + why + "): pack or copy it again");
}

/// The name as the archive has it is UTF-8 or, from older programs on Chinese Windows, GBK.
std::string utf8_name(std::string_view raw) {
  if (is_utf8(raw)) return std::string(raw);
  std::string text(EncodingDecoder::room_for(raw.size()), '\0');
  std::vector<BadBytes> bad;
  text.resize(make_decoder(Encoding::gb18030)->decode(raw, true, 0, 0, text.data(), bad).written);
  return bad.empty() ? text : quoted_for_message(raw, SIZE_MAX);
}

class Member final : public Unpacker {
 public:
  Member(const std::string& path, std::string name, std::int64_t index)
      : path_(path), name_(std::move(name)), archive_(open_archive(path, name_)) {
    zip_stat_t stat;
    ::zip_stat_init(&stat);
    if (::zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) damaged();
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
      fail(name_, "压缩文件有密码；请解压后放入", "has a password: unpack it and put the table itself here");
    packed_ = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    if ((stat.valid & ZIP_STAT_SIZE) != 0) check_limits(stat.size);
    member_.reset(::zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!member_) damaged();
  }

  std::size_t read(char* place, std::size_t room) override {
    const zip_int64_t got = ::zip_fread(member_.get(), place, room);
    if (got < 0) damaged();
    unpacked_ += static_cast<std::uint64_t>(got);
    check_limits(unpacked_);  // what the archive says of itself may be a lie
    if (got == 0) digest_file();
    return static_cast<std::size_t>(got);
  }
  std::uint64_t packed_position() const override { return std::min(unpacked_ / 8, packed_); }
  std::uint64_t packed_size() const override { return size_; }
  std::uint64_t digest() override { return digest_; }

 private:
  [[noreturn]] void damaged() const {
    fail(name_, "压缩文件里的这个文件已损坏；请重新压缩或复制", "is damaged in the archive: pack or copy it again");
  }
  void check_limits(std::uint64_t size) const {
    if (size > kLargestMember)
      fail(name_, "解压后超过 64 GB 的上限；请拆分", "is larger than 64 GB unpacked, which is the limit: split it");
    if (size > kHarmlessMember && size / kHighestMemberRatio > packed_)
      fail(name_, "解压后超过压缩大小的 250 倍，这是上限（防止压缩炸弹）；若文件无误，请解压后放入",
           "unpacks to more than 250 times its size, which is the limit against archives made to burst: if it is sound, unpack it first");
  }
  void digest_file() {
    if (size_ != 0) return;
    const auto file = open_unpacked(path_, name_.substr(0, name_.find('/')));
    std::string buffer(std::size_t{1} << 18, '\0');
    while (file->read(buffer.data(), buffer.size()) != 0) continue;
    size_ = file->packed_size();
    digest_ = file->digest();
  }

  std::string path_;
  std::string name_;
  Archive archive_;
  std::unique_ptr<zip_file_t, CloseMember> member_;  // behind the archive: closed before it
  std::uint64_t packed_ = 0;
  std::uint64_t unpacked_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t digest_ = 0;
};

}  // namespace

std::vector<ZipMember> members_of_zip(const std::string& path, const std::string& name) {
  const Archive archive = open_archive(path, name);
  const zip_int64_t count = ::zip_get_num_entries(archive.get(), 0);
  constexpr zip_int64_t kMostMembers = 10'000;
  if (count > kMostMembers) fail(name, "压缩文件里超过 10000 个文件，这是上限", "has more than 10000 files in it, which is the limit");
  std::vector<ZipMember> members;
  for (zip_int64_t index = 0; index < count; ++index) {
    const char* raw = ::zip_get_name(archive.get(), static_cast<zip_uint64_t>(index), ZIP_FL_ENC_RAW);
    if (raw == nullptr) continue;
    std::string member = utf8_name(raw);
    const std::string_view file = std::string_view(member).substr(member.rfind('/') + 1);
    if (file.empty() || file.starts_with('.') || member.starts_with("__MACOSX/")) continue;
    members.push_back({index, std::move(member)});
  }
  return members;
}

std::unique_ptr<Unpacker> open_zip_member(const std::string& path, const std::string& name, std::int64_t index) {
  return std::make_unique<Member>(path, name, index);
}

}  // namespace fairprice::ingest
