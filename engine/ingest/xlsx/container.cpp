#include "engine/ingest/xlsx/container.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "engine/base/int128.hpp"
#include "engine/ingest/xlsx/limits.hpp"
#include "engine/ingest/xlsx/not_a_workbook.hpp"

namespace fairprice::ingest::xlsx {

namespace {

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

[[noreturn]] void refuse_errno(const Place& place, const std::string& zh, const std::string& en) {
  const std::string reason = std::strerror(errno);
  refuse(place, zh + "（" + reason + "）；请检查文件与权限", en + " (" + reason + "): check that it exists and may be read");
}

[[noreturn]] void refuse_damaged(const Place& place, const std::string& reason) {
  refuse(place, "压缩包已损坏（" + reason + "）；请重新复制，或用 Excel 打开后另存",
         "the archive is damaged (" + reason + "): copy it again, or open it in Excel and save it");
}

class ZipPart : public Part {
 public:
  ZipPart(zip_t* archive, zip_uint64_t index, const zip_stat_t& stat, Place place, std::uint64_t limit)
      : place_(std::move(place)), limit_(limit), packed_size_(stat.comp_size), file_(::zip_fopen_index(archive, index, 0)) {
    if (file_ == nullptr) refuse_damaged(place_, ::zip_strerror(archive));
    unpacked_size_ = stat.size;
  }
  ZipPart(const ZipPart&) = delete;
  ZipPart& operator=(const ZipPart&) = delete;
  ~ZipPart() override {
    if (file_ != nullptr) ::zip_fclose(file_);
  }

  std::size_t read(char* place, std::size_t room) override {
    const zip_int64_t got = ::zip_fread(file_, place, room);
    if (got < 0) refuse_damaged(place_, ::zip_file_strerror(file_));
    done_ += static_cast<std::uint64_t>(got);
    check();
    return static_cast<std::size_t>(got);
  }
  std::uint64_t packed_position() const override {
    return unpacked_size_ == 0 ? 0 : static_cast<std::uint64_t>(Int128{packed_size_} * std::min(done_, unpacked_size_) / unpacked_size_);
  }

 private:
  /// On what has come out, not on what the archive says of itself.
  void check() const {
    if (done_ > limit_)
      refuse(place_, "解压后超过上限 " + megabytes(limit_) + "；请拆分为较小的文件，或存为 CSV",
             "unpacks to more than the limit of " + megabytes(limit_) + ": split it into smaller files, or save it as CSV");
    if (done_ > kHarmlessSize && done_ / kHighestRatio > packed_size_)
      refuse(place_,
             "解压后是压缩大小的 " + std::to_string(kHighestRatio) + " 倍以上（上限），疑为压缩炸弹；请用 Excel 打开后另存，或存为 CSV",
             "unpacks to more than " + std::to_string(kHighestRatio) +
                 " times its packed size (the limit), like a zip bomb: open it in Excel and save it, or save it as CSV");
  }

  Place place_;
  std::uint64_t limit_;
  std::uint64_t packed_size_;
  std::uint64_t unpacked_size_ = 0;
  std::uint64_t done_ = 0;
  zip_file_t* file_;
};

}  // namespace

struct Container::State {
  explicit State(const std::string& name) : place(Place::of_file(name)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (archive != nullptr) ::zip_discard(archive);
    if (fd >= 0) ::close(fd);
  }

  Place place;
  int fd = -1;
  zip_t* archive = nullptr;
  std::uint64_t size = 0;
};

Container::Container(const std::string& path, const std::string& name) : state_(std::make_unique<State>(name)) {
  State& state = *state_;
  state.fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state.fd < 0) refuse_errno(state.place, "无法打开", "cannot be opened");
  struct stat about {};
  if (::fstat(state.fd, &about) != 0) refuse_errno(state.place, "无法读取", "cannot be read");
  state.size = static_cast<std::uint64_t>(about.st_size);
  check_is_archive(state.fd, state.place);

  // The archive has its own descriptor of the same file, so that the digest is of what was read, even if another file takes the name.
  const int own = ::fcntl(state.fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) refuse_errno(state.place, "无法打开", "cannot be opened");
  int error = 0;
  state.archive = ::zip_fdopen(own, 0, &error);
  if (state.archive == nullptr) {
    ::close(own);
    zip_error_t reason;
    ::zip_error_init_with_code(&reason, error);
    const std::string text = error == ZIP_ER_NOZIP ? "no central directory: it is cut short" : ::zip_error_strerror(&reason);
    ::zip_error_fini(&reason);
    refuse_damaged(state.place, text);
  }
  if (::zip_get_num_entries(state.archive, 0) > kMostParts)
    refuse(state.place, "压缩包中的部件超过上限 " + std::to_string(kMostParts) + " 个；请用 Excel 打开后另存",
           "the archive has more than the limit of " + std::to_string(kMostParts) + " parts: open it in Excel and save it");
}

Container::~Container() = default;

bool Container::has(const std::string& part) const { return ::zip_name_locate(state_->archive, part.c_str(), ZIP_FL_NOCASE) >= 0; }

std::unique_ptr<Part> Container::open(const std::string& part, std::uint64_t limit) const {
  const Place place = state_->place.part(part);
  const zip_int64_t index = ::zip_name_locate(state_->archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) refuse(place, "工作簿缺少这个部件；请用 Excel 打开后另存", "the workbook lacks this part: open it in Excel and save it");
  zip_stat_t stat;
  ::zip_stat_init(&stat);
  if (::zip_stat_index(state_->archive, static_cast<zip_uint64_t>(index), 0, &stat) != 0)
    refuse_damaged(place, ::zip_strerror(state_->archive));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    refuse(place, "有密码保护；请去掉密码后另存", "is protected by a password: save it without one");
  return std::make_unique<ZipPart>(state_->archive, static_cast<zip_uint64_t>(index), stat, place, limit);
}

const Place& Container::place() const { return state_->place; }

std::uint64_t Container::size() const { return state_->size; }

std::uint64_t Container::digest() const {
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  const std::unique_ptr<XXH3_state_t, Free> sum(XXH3_createState());
  XXH3_64bits_reset(sum.get());
  std::vector<char> buffer(std::size_t{256} << 10);
  std::uint64_t at = 0;
  for (;;) {
    const ssize_t got = ::pread(state_->fd, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (got == 0) return XXH3_64bits_digest(sum.get());
    if (got > 0) {
      XXH3_64bits_update(sum.get(), buffer.data(), static_cast<std::size_t>(got));
      at += static_cast<std::uint64_t>(got);
    } else if (errno != EINTR) {
      refuse_errno(state_->place, "无法读取", "cannot be read");
    }
  }
}

}  // namespace fairprice::ingest::xlsx
