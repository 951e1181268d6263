#pragma once

#include "engine/assessment/assessment.hpp"

namespace fairprice::assessment {

/// Lists what a person has to look at: listings without a product, each with up to five candidates, and listings whose barcode no
/// market row knows although brand and model name a product that has evidence (a fresh barcode must not hide a listing).
/// Listings whose configuration no market row has, while others of their model are sold, stand there with these.
/// Reads the table again to show the cells.
void list_review(const ingest::Month& month, Assessments& assessments);

}  // namespace fairprice::assessment
