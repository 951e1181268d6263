#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest {

/// Limits against archives that are made to burst: how often larger a member may be than its packed bytes once it is larger than
/// kHarmlessMember, and how large at all. Tables of prices shrink to a tenth or a thirtieth; deflate can do 1 to 1032.
inline constexpr std::uint64_t kHarmlessMember = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kHighestMemberRatio = 250;
inline constexpr std::uint64_t kLargestMember = std::uint64_t{64} << 30;

/// A file in a .zip archive.
struct ZipMember {
  std::int64_t index;
  std::string name;  ///< UTF-8; names that Windows wrote in GBK are read as such
};

/// The files of an archive, folders and what a Macintosh puts beside them left out. `name` is what messages call the archive. Throws
/// FatalError when it cannot be opened or is no archive.
std::vector<ZipMember> members_of_zip(const std::string& path, const std::string& name);

/// The bytes of one member; packed sizes and digest are the archive's. Throws FatalError when it is damaged, has a password or breaks a limit.
std::unique_ptr<Unpacker> open_zip_member(const std::string& path, const std::string& name, std::int64_t index);

}  // namespace fairprice::ingest
