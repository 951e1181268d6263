#include "engine/ingest/unpack.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::ingest {

namespace {

[[noreturn]] void fail(const std::string& name, const char* zh, const char* en) {
  throw FatalError(name + "：" + zh, name + ": " + en + "; nothing was run");
}

/// The bytes on disk, digested as they pass.
class RawFile {
 public:
  RawFile(const std::string& path, std::string name) : name_(std::move(name)), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0)
      fail(name_, (std::string("无法打开（") + std::strerror(errno) + "）；请检查文件与权限").c_str(),
           (std::string("cannot be opened (") + std::strerror(errno) + "): check that it exists and may be read").c_str());
    XXH3_64bits_reset(digest_.get());
    ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  ~RawFile() {
    if (fd_ >= 0) ::close(fd_);
  }

  std::size_t read(char* place, std::size_t room) {
    for (;;) {
      const ssize_t got = ::read(fd_, place, room);
      if (got >= 0) {
        const auto size = static_cast<std::size_t>(got);
        XXH3_64bits_update(digest_.get(), place, size);
        position_ += size;
        return size;
      }
      if (errno != EINTR)
        fail(name_, (std::string("读取失败（") + std::strerror(errno) + "）").c_str(),
             (std::string("cannot be read (") + std::strerror(errno) + ")").c_str());
    }
  }
  void go_to(std::uint64_t position) { ::lseek(fd_, static_cast<off_t>(position), SEEK_SET); }
  std::uint64_t position() const { return position_; }
  std::uint64_t digest() const { return XXH3_64bits_digest(digest_.get()); }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int fd_;
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, Free> digest_{XXH3_createState()};
  std::uint64_t position_ = 0;
};

class Plain : public Unpacker {
 public:
  Plain(const std::string& path, const std::string& name) : file_(path, name) {}
  std::size_t read(char* place, std::size_t room) override { return file_.read(place, room); }
  std::uint64_t packed_position() const override { return file_.position(); }
  std::uint64_t packed_size() const override { return file_.position(); }
  std::uint64_t digest() override { return file_.digest(); }
  bool as_on_disk() const override { return true; }

 protected:
  RawFile file_;
};

/// What gzip and zstd have in common: a buffer of packed bytes in front of a decoder.
class Packed : public Plain {
 public:
  Packed(const std::string& path, const std::string& name) : Plain(path, name), packed_(std::size_t{128} << 10) {}
  bool as_on_disk() const override { return false; }

 protected:
  bool refill() {
    have_ = file_.read(packed_.data(), packed_.size());
    used_ = 0;
    any_ |= have_ > 0;
    return have_ > 0;
  }
  std::vector<char> packed_;
  std::size_t used_ = 0;
  std::size_t have_ = 0;
  bool any_ = false;
};

class Gzip : public Packed {
 public:
  Gzip(const std::string& path, const std::string& name) : Packed(path, name) {
    if (::inflateInit2(&stream_, 15 + 16) != Z_OK) fail(name, "zlib 无法启动", "zlib cannot start");
  }
  ~Gzip() override { ::inflateEnd(&stream_); }

  std::size_t read(char* place, std::size_t room) override {
    std::size_t got = 0;
    while (got < room) {
      if (used_ == have_ && !refill()) {
        if (!any_) fail(file_.name(), "压缩文件是空的（0 字节）；请重新导出", "the archive is empty (0 bytes): export it again");
        if (inside_) fail(file_.name(), "gzip 压缩文件不完整，末尾被截断；请重新复制", "the gzip archive is cut short: copy it again");
        break;
      }
      stream_.next_in = reinterpret_cast<Bytef*>(packed_.data() + used_);
      stream_.avail_in = static_cast<uInt>(have_ - used_);
      stream_.next_out = reinterpret_cast<Bytef*>(place + got);
      stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(room - got, UINT32_MAX));
      const uInt before = stream_.avail_out;
      inside_ = true;
      const int status = ::inflate(&stream_, Z_NO_FLUSH);
      got += before - stream_.avail_out;
      used_ = have_ - stream_.avail_in;
      if (status == Z_STREAM_END) {
        inside_ = false;
        ::inflateReset(&stream_);
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        fail(file_.name(), "不是完好的 gzip 压缩文件；请重新压缩或复制", "is not a sound gzip archive: pack or copy it again");
      }
    }
    return got;
  }

 private:
  z_stream stream_{};
  bool inside_ = false;
};

class Zstd : public Packed {
 public:
  Zstd(const std::string& path, const std::string& name) : Packed(path, name), context_(::ZSTD_createDCtx()) {
    if (context_ == nullptr) fail(name, "zstd 无法启动", "zstd cannot start");
  }
  ~Zstd() override { ::ZSTD_freeDCtx(context_); }

  std::size_t read(char* place, std::size_t room) override {
    ZSTD_outBuffer out{place, room, 0};
    while (out.pos < out.size) {
      if (used_ == have_ && !refill()) {
        if (!any_) fail(file_.name(), "压缩文件是空的（0 字节）；请重新导出", "the archive is empty (0 bytes): export it again");
        if (inside_) fail(file_.name(), "zstd 压缩文件不完整，末尾被截断；请重新复制", "the zstd archive is cut short: copy it again");
        break;
      }
      ZSTD_inBuffer in{packed_.data(), have_, used_};
      const std::size_t status = ::ZSTD_decompressStream(context_, &out, &in);
      used_ = in.pos;
      if (::ZSTD_isError(status) != 0)
        fail(file_.name(), "不是完好的 zstd 压缩文件；请重新压缩或复制", "is not a sound zstd archive: pack or copy it again");
      inside_ = status != 0;
    }
    return out.pos;
  }

 private:
  ZSTD_DCtx* context_;
  bool inside_ = false;
};

}  // namespace

std::unique_ptr<Unpacker> open_unpacked(const std::string& path, const std::string& name) {
  if (name.ends_with(".gz")) return std::make_unique<Gzip>(path, name);
  if (name.ends_with(".zst")) return std::make_unique<Zstd>(path, name);
  return std::make_unique<Plain>(path, name);
}

std::size_t read_stretch(const std::string& path, const std::string& name, std::uint64_t position, char* place, std::size_t size) {
  RawFile file(path, name);
  file.go_to(position);
  std::size_t got = 0;
  while (got < size) {
    const std::size_t more = file.read(place + got, size - got);
    if (more == 0) break;
    got += more;
  }
  return got;
}

char sniff_delimiter(std::string_view heading, std::string_view name) {
  if (name.find(".tsv") != std::string_view::npos) return '\t';
  char best = ',';
  for (const char candidate : {'\t', ';'})
    if (std::count(heading.begin(), heading.end(), candidate) > std::count(heading.begin(), heading.end(), best)) best = candidate;
  return best;
}

}  // namespace fairprice::ingest
