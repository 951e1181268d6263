#include "indices/bilateral.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <vector>

#include "indices/means.hpp"

namespace fairprice::indices {
namespace {

struct Products {
  std::vector<double> p0, q0, p1, q1;
  Matched matched() const { return {p0, q0, p1, q1}; }
  Matched reversed() const { return {p1, q1, p0, q0}; }
};

constexpr Formula kAll[] = {Formula::dutot,
                            Formula::carli,
                            Formula::jevons,
                            Formula::harmonic,
                            Formula::cswd,
                            Formula::bmw,
                            Formula::laspeyres,
                            Formula::paasche,
                            Formula::fisher,
                            Formula::tornqvist,
                            Formula::walsh,
                            Formula::marshall_edgeworth,
                            Formula::sato_vartia,
                            Formula::stuvel,
                            Formula::drobisch,
                            Formula::palgrave,
                            Formula::lloyd_moulton,
                            Formula::geometric_laspeyres,
                            Formula::geometric_paasche,
                            Formula::geary_khamis_bilateral,
                            Formula::time_product_dummy_bilateral,
                            Formula::unit_value};

double value_of(Formula formula, const Matched& products, const FormulaOptions& options = {}) {
  const IndexValue index = bilateral(formula, products, options);
  EXPECT_TRUE(index.ok()) << formula_name(formula) << ' ' << status_name(index.status);
  return index.value;
}

double amount() { return *rc::gen::inRange(1, 100'000) / 100.0; }

Products random_products() {
  Products products;
  const int count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) {
    products.p0.push_back(amount());
    products.q0.push_back(amount());
    products.p1.push_back(amount());
    products.q1.push_back(amount());
  }
  return products;
}

bool near(double a, double b) { return std::abs(a / b - 1) < 1e-10; }

// Two products, worked by hand: prices 2, 5 to 3, 4; quantities 10, 4 to 6, 8.
// Σp0q0 = 40, Σp1q0 = 46, Σp0q1 = 52, Σp1q1 = 50; r = 1.5, 0.8; s0 = 0.5, 0.5; s1 = 0.36, 0.64.
TEST(Bilateral, AHandWorkedExample) {
  const Products two{{2, 5}, {10, 4}, {3, 4}, {6, 8}};
  const Matched m = two.matched();
  const auto expect = [&](Formula formula, double expected, const FormulaOptions& options = {}) {
    EXPECT_NEAR(value_of(formula, m, options), expected, 1e-12) << formula_name(formula);
  };
  expect(Formula::dutot, 1.0);                                    // 7 / 7
  expect(Formula::carli, 1.15);                                   // (1.5 + 0.8) / 2
  expect(Formula::jevons, std::sqrt(1.2));                        // √(1.5 × 0.8)
  expect(Formula::harmonic, 2 / (1 / 1.5 + 1 / 0.8));             //
  expect(Formula::cswd, std::sqrt(1.15 * 2 / (1 / 1.5 + 1.25)));  //
  expect(Formula::bmw, std::sqrt(1.2));                           // of two relatives √(ab), whatever they are
  expect(Formula::laspeyres, 1.15);                               // 46 / 40
  expect(Formula::paasche, 50.0 / 52);                            //
  expect(Formula::fisher, std::sqrt(1.15 * 50 / 52));             //
  expect(Formula::drobisch, (1.15 + 50.0 / 52) / 2);              //
  expect(Formula::marshall_edgeworth, 96.0 / 92);                 // (46 + 50) / (40 + 52)
  expect(Formula::walsh, (3 * std::sqrt(60) + 4 * std::sqrt(32)) / (2 * std::sqrt(60) + 5 * std::sqrt(32)));
  expect(Formula::tornqvist, std::pow(1.5, 0.43) * std::pow(0.8, 0.57));
  expect(Formula::geometric_laspeyres, std::sqrt(1.2));
  expect(Formula::geometric_paasche, std::pow(1.5, 0.36) * std::pow(0.8, 0.64));
  expect(Formula::palgrave, 0.36 * 1.5 + 0.64 * 0.8);
  expect(Formula::stuvel, (1.15 - 1.3) / 2 + std::sqrt(0.075 * 0.075 + 1.25));  // A = (46/40 − 52/40)/2, V = 50/40
  expect(Formula::unit_value, (50.0 / 14) / (40.0 / 14));
  expect(Formula::geary_khamis_bilateral, (3 * 3.75 + 4 * 8.0 / 3) / (2 * 3.75 + 5 * 8.0 / 3));  // h = 60/16, 32/12
  expect(Formula::lloyd_moulton, std::pow(0.5 / 1.5 + 0.5 / 0.8, -1), {.sigma = 2, .dummy_weights = {}});
  expect(Formula::lloyd_moulton, std::sqrt(1.2), {.sigma = 1, .dummy_weights = {}});  // the geometric Laspeyres index
  const double w0 = (0.5 - 0.36) / std::log(0.5 / 0.36);
  const double w1 = (0.64 - 0.5) / std::log(0.64 / 0.5);
  expect(Formula::sato_vartia, std::exp((w0 * std::log(1.5) + w1 * std::log(0.8)) / (w0 + w1)));
  expect(Formula::time_product_dummy_bilateral, std::sqrt(1.2));
  expect(Formula::time_product_dummy_bilateral, value_of(Formula::tornqvist, m), {.sigma = 0, .dummy_weights = DummyWeights::average});
  const double h0 = 0.5 * 0.36 / 0.86;
  const double h1 = 0.5 * 0.64 / 1.14;
  expect(Formula::time_product_dummy_bilateral, std::exp((h0 * std::log(1.5) + h1 * std::log(0.8)) / (h0 + h1)),
         {.sigma = 0, .dummy_weights = DummyWeights::shares});
}

TEST(Bilateral, YoungAndLoweTakeTheWeightsOfAThirdPeriod) {
  const Products two{{2, 5}, {10, 4}, {3, 4}, {6, 8}};
  const std::vector<double> pb{1, 4};
  const std::vector<double> qb{20, 5};
  EXPECT_NEAR(bilateral(Formula::lowe, two.matched(), pb, qb).value, (60.0 + 20) / (40 + 25), 1e-12);
  EXPECT_NEAR(bilateral(Formula::young, two.matched(), pb, qb).value, 0.5 * 1.5 + 0.5 * 0.8, 1e-12);
  EXPECT_THROW(bilateral(Formula::lowe, two.matched()), std::invalid_argument);
}

// Identity, and proportionality in the current prices: all prices times λ give λ (CPI Manual 2004, chapter 16: T3, T5).
TEST(Axioms, PricesThatAllChangeAlikeChangeTheIndexSo) {
  rc::check([] {
    Products products = random_products();
    const double factor = *rc::gen::inRange(1, 500) / 100.0;
    for (std::size_t i = 0; i < products.p0.size(); ++i) products.p1[i] = products.p0[i] * factor;
    for (const Formula formula : kAll) {
      if (formula == Formula::unit_value || formula == Formula::stuvel) continue;  // of goods in other proportions; checked below
      RC_ASSERT(near(value_of(formula, products.matched()), factor));
    }
  });
}

// The unit value index is no price index of different goods: the same prices, more of the dear one.
TEST(Axioms, TheUnitValueIndexFailsIdentityAndStuvelsPasses) {
  const Products same{{1, 10}, {10, 1}, {1, 10}, {1, 10}};
  EXPECT_GT(value_of(Formula::unit_value, same.matched()), 4);
  EXPECT_NEAR(value_of(Formula::stuvel, same.matched()), 1, 1e-12);
}

// T11: the index back is the reciprocal.
TEST(Axioms, TimeReversalHoldsWhereItShould) {
  rc::check([] {
    const Products products = random_products();
    for (const Formula formula : {Formula::dutot, Formula::jevons, Formula::cswd, Formula::bmw, Formula::fisher, Formula::tornqvist,
                                  Formula::walsh, Formula::marshall_edgeworth, Formula::sato_vartia, Formula::stuvel,
                                  Formula::geary_khamis_bilateral, Formula::time_product_dummy_bilateral, Formula::unit_value})
      RC_ASSERT(near(value_of(formula, products.matched()) * value_of(formula, products.reversed()), 1));
    // Laspeyres back is the reciprocal of Paasche, Carli of the harmonic mean, and the geometric ones of each other.
    RC_ASSERT(near(value_of(Formula::laspeyres, products.reversed()) * value_of(Formula::paasche, products.matched()), 1));
    RC_ASSERT(near(value_of(Formula::carli, products.reversed()) * value_of(Formula::harmonic, products.matched()), 1));
    RC_ASSERT(
        near(value_of(Formula::geometric_laspeyres, products.reversed()) * value_of(Formula::geometric_paasche, products.matched()), 1));
    RC_ASSERT(value_of(Formula::carli, products.matched()) * value_of(Formula::carli, products.reversed()) >= 1 - 1e-12);
  });
}

// T10: other units of a product (price × λ, quantity / λ) change nothing; Dutot and the unit value depend on them.
TEST(Axioms, UnitsDoNotMatter) {
  rc::check([] {
    const Products products = random_products();
    Products other = products;
    for (std::size_t i = 0; i < other.p0.size(); ++i) {
      const double factor = amount();
      other.p0[i] *= factor;
      other.p1[i] *= factor;
      other.q0[i] /= factor;
      other.q1[i] /= factor;
    }
    for (const Formula formula : kAll)
      if (formula != Formula::dutot && formula != Formula::unit_value)
        RC_ASSERT(near(value_of(formula, products.matched()), value_of(formula, other.matched())));
  });
}

// T14 and the mean value test: no index lies outside the smallest and the largest relative.
TEST(Axioms, TheIndexLiesBetweenTheRelatives) {
  rc::check([] {
    const Products products = random_products();
    double least = 1e300;
    double most = 0;
    for (std::size_t i = 0; i < products.p0.size(); ++i) {
      least = std::min(least, products.p1[i] / products.p0[i]);
      most = std::max(most, products.p1[i] / products.p0[i]);
    }
    for (const Formula formula : kAll) {
      if (formula == Formula::unit_value || formula == Formula::stuvel) continue;
      const double index = value_of(formula, products.matched());
      RC_ASSERT(index >= least * (1 - 1e-10));
      RC_ASSERT(index <= most * (1 + 1e-10));
    }
  });
}

// T16: a higher current price never lowers the elementary and fixed-basket ones.
TEST(Axioms, ADearerProductMakesADearerIndex) {
  rc::check([] {
    const Products products = random_products();
    Products dearer = products;
    dearer.p1[0] *= 1.5;
    for (const Formula formula : {Formula::dutot, Formula::carli, Formula::jevons, Formula::harmonic, Formula::cswd, Formula::bmw,
                                  Formula::laspeyres, Formula::paasche, Formula::fisher, Formula::walsh, Formula::marshall_edgeworth,
                                  Formula::drobisch, Formula::geometric_laspeyres, Formula::lloyd_moulton, Formula::geary_khamis_bilateral})
      RC_ASSERT(value_of(formula, dearer.matched()) > value_of(formula, products.matched()));
  });
}

// Fisher and Stuvel: price index × quantity index = value ratio (factor reversal).
TEST(Axioms, PricesTimesQuantitiesAreTheValue) {
  rc::check([] {
    const Products products = random_products();
    const Matched swapped{products.q0, products.p0, products.q1, products.p1};
    double v0 = 0;
    double v1 = 0;
    for (std::size_t i = 0; i < products.p0.size(); ++i) {
      v0 += products.p0[i] * products.q0[i];
      v1 += products.p1[i] * products.q1[i];
    }
    for (const Formula formula : {Formula::fisher, Formula::stuvel, Formula::sato_vartia})
      RC_ASSERT(near(value_of(formula, products.matched()) * value_of(formula, swapped), v1 / v0));
  });
}

TEST(Axioms, OneProductIsItsRelative) {
  const Products one{{3}, {5}, {4}, {2}};
  for (const Formula formula : kAll) EXPECT_NEAR(value_of(formula, one.matched()), 4.0 / 3, 1e-12) << formula_name(formula);
}

// A formula that is taken for its neighbour is noticed: on this panel no two give the same.
TEST(Bilateral, NoTwoFormulasAreOne) {
  const Products three{{2, 5, 1.1}, {10, 4, 30}, {3, 4, 1.7}, {6, 8, 11}};
  std::vector<double> seen;
  for (const Formula formula : kAll) {
    if (formula == Formula::time_product_dummy_bilateral) continue;  // unweighted it is Jevons
    const double value = value_of(formula, three.matched());
    for (const double other : seen) EXPECT_GT(std::abs(value / other - 1), 1e-6) << formula_name(formula);
    seen.push_back(value);
  }
}

TEST(Bilateral, WhatCannotBeComputedSaysWhy) {
  const Products none{};
  const Products unsold{{2, 3}, {0, 0}, {4, 5}, {1, 1}};
  const Products apart{{2, 3}, {1, 0}, {4, 5}, {0, 1}};
  const Products huge{{1e-300, 1}, {1, 1}, {1e300, 1}, {1, 1}};
  for (const Formula formula : kAll) {
    EXPECT_EQ(bilateral(formula, none.matched()).status, Status::no_match) << formula_name(formula);
    EXPECT_TRUE(!needs_quantities(formula) || !bilateral(formula, unsold.matched()).ok() || formula == Formula::paasche ||
                formula == Formula::marshall_edgeworth || formula == Formula::palgrave || formula == Formula::geometric_paasche ||
                formula == Formula::time_product_dummy_bilateral)
        << formula_name(formula);
    for (const Products* products : {&unsold, &apart, &huge}) {
      const IndexValue index = bilateral(formula, products->matched());
      EXPECT_TRUE(std::isfinite(index.value)) << formula_name(formula);
      EXPECT_EQ(index.ok(), index.value > 0) << formula_name(formula);
    }
  }
  EXPECT_EQ(bilateral(Formula::laspeyres, unsold.matched()).status, Status::no_quantities);
  EXPECT_EQ(bilateral(Formula::walsh, apart.matched()).status, Status::no_quantities);
  EXPECT_EQ(bilateral(Formula::carli, huge.matched()).status, Status::out_of_range);
}

TEST(Bilateral, NamesAreFoundAgain) {
  for (const Formula formula : kAll) EXPECT_EQ(find_formula(formula_name(formula)), formula);
  EXPECT_EQ(find_formula("marshall_edgeworth"), Formula::marshall_edgeworth);
  EXPECT_EQ(find_formula("fischer"), std::nullopt);
}

TEST(Means, AreThoseOfHand) {
  const std::vector<double> values{1, 4};
  EXPECT_DOUBLE_EQ(power_mean(values, {}, 1), 2.5);
  EXPECT_DOUBLE_EQ(power_mean(values, {}, 0), 2);
  EXPECT_DOUBLE_EQ(power_mean(values, {}, -1), 1.6);
  EXPECT_DOUBLE_EQ(power_mean(values, {}, 2), std::sqrt(8.5));
  EXPECT_DOUBLE_EQ(power_mean(values, std::vector<double>{3, 1}, 1), 1.75);
  EXPECT_DOUBLE_EQ(logarithmic_mean(4, 1), 3 / std::log(4));
  EXPECT_DOUBLE_EQ(logarithmic_mean(2, 2), 2);
  EXPECT_DOUBLE_EQ(logarithmic_mean(0, 2), 0);
  EXPECT_NEAR(logarithmic_mean(1 + 1e-12, 1), 1 + 5e-13, 1e-15);  // where the formula itself cancels
}

}  // namespace
}  // namespace fairprice::indices
