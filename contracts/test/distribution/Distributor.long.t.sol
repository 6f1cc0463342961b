// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Distributor} from "../../src/distribution/Distributor.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice A deal of thirty years, six classes of which are paid every month and claimed in part: what every period costs to look
///         at, for whoever asks a node what is owed
contract DistributorLongTest is TokenFixture {
    uint256 private constant CLASSES = 6;
    uint32 private constant MONTHS = 360;
    /// @dev What nodes allow a view call, as go-ethereum has it.
    uint256 private constant NODE_GAS = 50_000_000;
    uint256 private constant CENT = 10_000;

    TestStablecoin private _cash = new TestStablecoin();
    Distributor private _distributor;

    function setUp() public override {
        super.setUp();
        IDistributor.DistributionTerms memory its;
        its.tokens = new ITrancheToken[](CLASSES);
        for (uint256 i; i < CLASSES; ++i) {
            ITrancheToken note = newToken(terms());
            note.mint(alice, 2e9);
            note.mint(bob, 1e9);
            its.tokens[i] = note;
        }
        (its.cash, its.registry, its.authority) = (_cash, registry, address(manager));
        (its.taxAccount, its.unclaimed) = (carol, IDistributor.UnclaimedRule(carol, 1_095, 30));
        _distributor = new Distributor(address(this), its);
    }

    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.recordDates = new uint40[](MONTHS);
        for (uint40 i; i < MONTHS; ++i) given.recordDates[i] = recordDate(i + 1);
    }

    /// @dev 1.00 of interest and 0.02 of principal a class and month. Alice has two thirds, of which she takes half the months:
    ///      of 0.02, floor(20,000 × 2 ÷ 3) = 13,333 base units, and of 1.00, 666,666.
    function test_whatIsOwedAfterThirtyYearsIsToldInOneCall() public {
        uint256[] memory amounts = new uint256[](2 * CLASSES);
        for (uint256 i; i < CLASSES; ++i) (amounts[2 * i], amounts[2 * i + 1]) = (100, 2);
        vm.warp(recordDate(MONTHS));
        for (uint32 month = 1; month <= MONTHS; ++month) _distributor.book(month, amounts);
        _cash.mint(address(_distributor), MONTHS * CLASSES * 102 * CENT);
        uint32[] memory half = new uint32[](MONTHS / 2);
        for (uint32 i; i < half.length; ++i) half[i] = 2 * i + 1;
        for (uint256 i; i < CLASSES; ++i) _distributor.claimMany(alice, i, half);
        uint256 owed = _distributor.liabilities{gas: NODE_GAS}();
        vm.snapshotGasLastCall("Distributor", "liabilities after 360 periods of 6 classes");
        uint256 taken = CLASSES * half.length * (666_666 + 13_333);
        equal(owed, MONTHS * CLASSES * 102 * CENT - taken, "booked less claimed");
    }
}
