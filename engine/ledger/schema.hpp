#pragma once

namespace fairprice::ledger {

class Database;

/// Which form of the tables this program writes. Each later form comes with the statements that lead to it from the one before.
inline constexpr int kSchema = 1;

/// Makes the tables, or brings older ones up to date. Throws FatalError when they are newer than kSchema, or are no ledger's.
void prepare_schema(Database& database);
/// The same without writing: an older form, too, is refused then.
void check_schema(Database& database);

}  // namespace fairprice::ledger
