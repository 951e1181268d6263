#include "indices/hedonic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/support/golden_panel.hpp"

namespace fairprice::indices {
namespace {

/// data_computers.csv: price, speed, hd, ram, screen, cd, multi, premium, ads, trend. The first `characteristics` of them behind the price.
HedonicData computers(std::size_t characteristics) {
  std::ifstream in(testing_support::golden_folder() + "/data_computers.csv");
  std::string line;
  std::getline(in, line);
  HedonicData data;
  data.characteristics = characteristics;
  while (std::getline(in, line)) {
    const auto cells = testing_support::cells_of(line);
    data.prices.push_back(std::stod(cells[0]));
    for (std::size_t j = 0; j < characteristics; ++j) data.values.push_back(std::stod(cells[1 + j]));
    data.periods.push_back(static_cast<std::uint32_t>(std::stoul(cells[9])) - 1);
  }
  return data;
}

std::vector<std::vector<std::string>> golden_rows(const std::string& name) {
  std::ifstream in(testing_support::golden_folder() + "/expected_hedonic_" + name + ".csv");
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<std::string>> rows;
  while (std::getline(in, line)) rows.push_back(testing_support::cells_of(line));
  return rows;
}

bool at_hand() { return std::filesystem::exists(testing_support::golden_folder() + "/data_computers.csv"); }

// R's lm, sandwich and MASS::rlm on Ecdat's Computers: see the note beside the tables.
TEST(GoldenHedonic, TimeDummyRegressionAgreesWithR) {
  if (!at_hand()) GTEST_SKIP() << testing_support::golden_folder() << " is not there";
  const HedonicData data = computers(7);
  const TimeDummyModel model = time_dummy(data);
  ASSERT_TRUE(model.regression.ok());
  const auto rows = golden_rows("time_dummy");
  ASSERT_EQ(rows.size(), model.regression.coefficients.size());
  const TimeDummyModel robust = time_dummy(data, Estimator::huber);
  ASSERT_TRUE(robust.regression.ok()) << fit_status_name(robust.regression.status);
  const auto classical = model.regression.standard_errors(ErrorKind::classical);
  const auto hc0 = model.regression.standard_errors(ErrorKind::hc0);
  const auto hc1 = model.regression.standard_errors(ErrorKind::hc1);
  const auto hc3 = model.regression.standard_errors(ErrorKind::hc3);
  for (std::size_t j = 0; j < rows.size(); ++j) {
    const auto near = [&](double ours, std::size_t column, double tolerance) {
      EXPECT_NEAR(ours / std::stod(rows[j][column]), 1, tolerance) << rows[j][0] << " column " << column;
    };
    near(model.regression.coefficients[j], 1, 1e-10);
    near(classical[j], 2, 1e-10);
    near(hc0[j], 3, 1e-10);
    near(hc1[j], 4, 1e-10);
    near(hc3[j], 5, 1e-10);
    near(robust.regression.coefficients[j], 6, 1e-8);
  }
  EXPECT_NEAR(model.regression.r_squared, 0.791583966478495, 1e-12);
  EXPECT_NEAR(model.regression.adjusted_r_squared, 0.790209500116201, 1e-12);
  EXPECT_NEAR(model.regression.sigma, 0.118176366458792, 1e-12);
  EXPECT_NEAR(robust.regression.sigma / 0.105034914123319, 1, 1e-9);
  std::vector<double> point(model.regression.coefficients.size(), 0);
  const double configuration[] = {1, 66, 540, 16, 15, 1, 0, 1};
  std::copy(std::begin(configuration), std::end(configuration), point.begin());
  point[model.first_dummy + 18] = 1;  // month 20
  const Prediction prediction = predict(model.regression, point);
  EXPECT_NEAR(prediction.value, 7.86344044339956, 1e-10);
  EXPECT_NEAR(prediction.lower, 7.63121121000931, 1e-9);
  EXPECT_NEAR(prediction.upper, 8.0956696767898, 1e-9);
  EXPECT_FALSE(prediction.extrapolates);
}

TEST(GoldenHedonic, IndicesAgreeWithR) {
  if (!at_hand()) GTEST_SKIP() << testing_support::golden_folder() << " is not there";
  const TimeDummyModel model = time_dummy(computers(7));
  const auto dummies = golden_rows("index_time_dummy");
  ASSERT_EQ(dummies.size(), model.index.size());
  for (std::size_t t = 0; t < dummies.size(); ++t) {
    EXPECT_NEAR(model.index[t].value / std::stod(dummies[t][1]), 1, 1e-10) << t;
    EXPECT_NEAR(model.corrected[t].value / std::stod(dummies[t][2]), 1, 1e-10) << t;
  }
  const ImputationIndex index = imputation(computers(4));
  const auto imputed = golden_rows("imputation");
  ASSERT_EQ(imputed.size(), index.double_imputation.size());
  for (std::size_t t = 0; t < imputed.size(); ++t) {
    EXPECT_NEAR(index.double_imputation[t].value / std::stod(imputed[t][1]), 1, 1e-10) << t;
    EXPECT_NEAR(index.single_imputation[t].value / std::stod(imputed[t][2]), 1, 1e-10) << t;
  }
}

// y = 1, 3, 2, 5 at x = 0, 1, 2, 3: slope 5.5/5 = 1.1, constant 2.75 − 1.65 = 1.1; residuals −0.1, 0.8, −1.3, 0.6; Σ² = 2.7.
TEST(Regression, ALineWorkedByHand) {
  const Design design{2, {1, 0, 1, 1, 1, 2, 1, 3}};
  const Regression line = fit(design, std::vector<double>{1, 3, 2, 5});
  ASSERT_TRUE(line.ok());
  EXPECT_NEAR(line.coefficients[0], 1.1, 1e-12);
  EXPECT_NEAR(line.coefficients[1], 1.1, 1e-12);
  EXPECT_NEAR(line.sigma, std::sqrt(2.7 / 2), 1e-12);
  EXPECT_NEAR(line.r_squared, 1 - 2.7 / 8.75, 1e-12);
  EXPECT_NEAR(line.standard_errors(ErrorKind::classical)[1], std::sqrt(1.35 / 5), 1e-12);
  const double leverages[] = {0.7, 0.3, 0.3, 0.7};  // 1/4 + (x − 1.5)²/5
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(line.leverages[i], leverages[i], 1e-12);
  EXPECT_NEAR(line.variance_inflation[1], 1, 1e-12);
  const Prediction inside = predict(line, std::vector<double>{1, 1.5});
  EXPECT_NEAR(inside.value, 2.75, 1e-12);
  EXPECT_NEAR(inside.upper - inside.value, 4.302652729911275 * std::sqrt(1.35 * 1.25), 1e-9);  // t of two degrees of freedom, 0.975
  EXPECT_FALSE(inside.extrapolates);
  EXPECT_TRUE(predict(line, std::vector<double>{1, 4}).extrapolates);
  EXPECT_NEAR(retransformation_factor(line, Retransformation::smearing),
              (std::exp(-0.1) + std::exp(0.8) + std::exp(-1.3) + std::exp(0.6)) / 4, 1e-12);
}

// A weight of 2 is the row written twice.
TEST(Regression, AWeightOfTwoIsTheRowTwice) {
  const Regression weighted = fit({2, {1, 0, 1, 1, 1, 2}}, std::vector<double>{1, 3, 2}, std::vector<double>{1, 2, 1});
  const Regression twice = fit({2, {1, 0, 1, 1, 1, 1, 1, 2}}, std::vector<double>{1, 3, 3, 2});
  for (std::size_t j = 0; j < 2; ++j) EXPECT_NEAR(weighted.coefficients[j], twice.coefficients[j], 1e-12);
}

TEST(Regression, OneWildPointDoesNotMoveTheRobustLine) {
  Design design{2, {}};
  std::vector<double> y;
  for (int i = 0; i < 40; ++i) {
    design.values.insert(design.values.end(), {1, static_cast<double>(i)});
    y.push_back(2 + 0.5 * i + (i % 2 == 0 ? 0.01 : -0.01));
  }
  y[39] = 1000;
  EXPECT_GT(fit(design, y).coefficients[1], 2);
  const Regression robust = fit(design, y, {}, Estimator::huber);
  ASSERT_TRUE(robust.ok());
  EXPECT_NEAR(robust.coefficients[1], 0.5, 0.01);
}

TEST(Regression, WhatCannotBeFittedSaysWhy) {
  const std::vector<double> y{1, 2, 3, 4};
  EXPECT_EQ(fit({2, {1, 0, 1, 1}}, std::vector<double>{1, 2}).status, FitStatus::too_few);
  const Regression doubled = fit({3, {1, 1, 2, 1, 2, 4, 1, 3, 6, 1, 5, 10}}, y);
  EXPECT_EQ(doubled.status, FitStatus::collinear);
  EXPECT_TRUE(doubled.aliased == 1 || doubled.aliased == 2);
  EXPECT_EQ(fit({1, {1, 1, std::nan(""), 1}}, y).status, FitStatus::not_finite);
  EXPECT_THROW(fit({1, {1, 1}}, y), std::invalid_argument);
}

// Seven of ten prices at 100 and three at 130: the robust fit goes through the seven, and says nothing of how far prices lie from it.
TEST(HuberFit, HasNoScaleWhereHalfOfThePricesLieOnIt) {
  Design design{2, {}};
  std::vector<double> y;
  for (int i = 0; i < 20; ++i) {
    design.values.push_back(1);
    design.values.push_back(i % 4);
    y.push_back(std::log(i % 10 < 7 ? 100 : 130));
  }
  EXPECT_EQ(fit(design, y, {}, Estimator::huber).status, FitStatus::no_scale);
  EXPECT_TRUE(fit(design, y).ok());
  const std::vector<double> constant(20, std::log(123.45));
  const Regression flat = fit(design, constant, {}, Estimator::huber);
  EXPECT_TRUE(flat.ok());
  EXPECT_EQ(flat.r_squared, 0);
}

// Ten rows carry two parameters at five each, nine do not; and nothing can be linked to a period that was not fitted.
TEST(Imputation, RefusesPeriodsWithTooFewRows) {
  HedonicData data;
  data.characteristics = 1;
  for (const std::size_t period : {0U, 1U, 2U, 3U})
    for (std::size_t i = 0; i < (period == 1 ? 9U : 10U); ++i) {
      data.values.push_back(static_cast<double>(i));
      data.prices.push_back(100 + 10 * static_cast<double>(i * i + period));
      data.periods.push_back(static_cast<std::uint32_t>(period));
    }
  const ImputationIndex all = imputation(data);
  EXPECT_TRUE(all.double_imputation[3].ok());
  const ImputationIndex some = imputation(data, Estimator::least_squares, 5);
  EXPECT_TRUE(some.double_imputation[0].ok());
  EXPECT_EQ(some.regressions[1].status, FitStatus::too_few);
  EXPECT_EQ(some.regressions[1].observations, 9U);
  for (const std::size_t t : {1U, 2U, 3U}) EXPECT_FALSE(some.double_imputation[t].ok());
  const ImputationIndex none = imputation(data, Estimator::least_squares, 6);
  EXPECT_FALSE(none.double_imputation[0].ok());
}

// Double and single imputation are one under least squares with a constant.
TEST(Hedonic, ImputationsAgreeUnderLeastSquares) {
  rc::check([] {
    HedonicData data;
    data.characteristics = 2;
    for (std::uint32_t t = 0; t < 4; ++t)
      for (int i = 0; i < 8; ++i) {
        data.periods.push_back(t);
        data.prices.push_back(*rc::gen::inRange(100, 10'000) / 10.0);
        data.values.push_back(i + *rc::gen::inRange(0, 100) / 100.0);
        data.values.push_back(i * i % 5 + *rc::gen::inRange(0, 100) / 100.0);
      }
    const ImputationIndex index = imputation(data);
    for (std::size_t t = 0; t < 4; ++t) RC_ASSERT(std::abs(index.double_imputation[t].value / index.single_imputation[t].value - 1) < 1e-9);
  });
}

TEST(Hedonic, APeriodWithTooFewGoodsIsNamed) {
  HedonicData data;
  data.characteristics = 1;
  for (std::uint32_t t : {0U, 0U, 0U, 0U, 1U, 3U, 3U, 3U, 3U}) {
    data.periods.push_back(t);
    data.values.push_back(static_cast<double>(data.values.size() * data.values.size()));
    data.prices.push_back(10.0 + static_cast<double>(data.values.size()));
  }
  const ImputationIndex index = imputation(data);
  EXPECT_EQ(index.regressions[1].status, FitStatus::too_few);
  EXPECT_FALSE(index.double_imputation[1].ok());
  EXPECT_FALSE(index.double_imputation[3].ok());
  const TimeDummyModel model = time_dummy(data);
  EXPECT_EQ(model.index[2].status, Status::no_match);
  EXPECT_TRUE(model.index[3].ok());
}

// 40 rows of A and 40 of B with x from 4 to 16, and one row of a rare kind, which alone makes its dummy: its leverage is 1, and must not let other points out of the range through.
TEST(Predictions, BeyondTheRangeExtrapolateWhateverTheHighestLeverage) {
  for (const Estimator estimator : {Estimator::least_squares, Estimator::huber}) {
    Design design;
    design.columns = 4;
    std::vector<double> y;
    const auto add = [&](double x, double b, double rare) {
      design.values.insert(design.values.end(), {1, x, b, rare});
      y.push_back(5 + 0.1 * x + 0.2 * b + 0.3 * rare + 0.01 * std::sin(static_cast<double>(y.size() * 7)));
    };
    for (int i = 0; i < 80; ++i) add(4 + i % 13, i % 2, 0);
    add(8, 0, 1);
    const Regression regression = fit(design, y, {}, estimator);
    ASSERT_TRUE(regression.ok());
    const auto extrapolates = [&](std::vector<double> row) { return predict(regression, row).extrapolates; };
    EXPECT_TRUE(extrapolates({1, 16.5, 0, 0}));
    EXPECT_TRUE(extrapolates({1, 3.5, 1, 0}));
    EXPECT_FALSE(extrapolates({1, 10, 1, 0}));
    for (std::size_t i = 0; i < design.rows(); ++i) EXPECT_FALSE(extrapolates({design.row(i).begin(), design.row(i).end()})) << i;
  }
}

// A column far from 0 costs digits, and none of the rows is taken for one outside of them.
TEST(Predictions, RowsOfTheDataNeverExtrapolate) {
  Design design;
  design.columns = 2;
  std::vector<double> y;
  for (int i = 0; i < 50; ++i) {
    design.values.insert(design.values.end(), {1, 1e9 + i * 37 % 31});
    y.push_back(1 + 0.01 * (i * 37 % 31) + 0.001 * std::sin(i));
  }
  const Regression regression = fit(design, y);
  ASSERT_TRUE(regression.ok());
  for (std::size_t i = 0; i < design.rows(); ++i)
    EXPECT_FALSE(predict(regression, std::vector<double>(design.row(i).begin(), design.row(i).end())).extrapolates) << i;
}

}  // namespace
}  // namespace fairprice::indices
