#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/act.hpp"
#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The options of `case submit-evidence`, as typed.
struct FiledEvidence {
  std::string file, type, issuer, date, valid_until, unit_price, folder;
};
/// The folder of evidence of a ledger: `given`, else the ledger's name with .evidence; empty when it lies on a server.
std::string evidence_folder(const std::string& store, const std::string& given);
/// Copies the file into the folder of evidence under the SHA-256 of its bytes, read-only, where it stays: never run, opened or shown. Returns that and what it is.
/// Throws UsageError and FatalError: no file, larger than 50 MB, an unknown type, a folder that cannot be written, a copy there that is another file.
std::pair<std::string, cases::Evidence> keep_evidence(const FiledEvidence& filed, const std::string& store, const Command& command,
                                                      Language language);

/// A row of `case apply`.
struct CaseRow {
  std::int64_t line = 0;
  std::string id;
  cases::Act act;
};
/// case,action,reason,on,channel,receipt,until,price,second_actor in any order of columns; the first two must be there. Throws FatalError naming the line.
std::vector<CaseRow> read_case_rows(const std::string& path);

}  // namespace fairprice::cli
