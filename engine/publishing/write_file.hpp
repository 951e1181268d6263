#pragma once

#include <string>
#include <string_view>

namespace fairprice::publishing {

/// Writes one file aside, syncs it and renames it into place: under `path` stands the old content or the new one, whole. Throws FatalError.
/// A device or pipe is written to as it is; of a symbolic link its target is replaced.
void write_file(const std::string& path, std::string_view bytes);

/// What a symbolic link leads to, there already or not; any other name as it is. Throws FatalError when links go round in a circle.
std::string behind_links(const std::string& name);

/// The name that a file has while it is being written beside `path`.
std::string name_aside(const std::string& path);
/// Syncs what was written under name_aside(path) and renames it into place. Throws FatalError, having removed it.
void put_in_place(const std::string& path);

}  // namespace fairprice::publishing
