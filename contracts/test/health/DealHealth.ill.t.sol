// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IDealHealth} from "../../src/health/IDealHealth.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {HealthFixture} from "./HealthFixture.sol";

/// @notice A stablecoin whose issuer takes a share of every balance at once, as one that lost its backing might
contract HaircutCash is TestStablecoin {
    uint256 private _kept = 100;

    function keep(uint256 percent) external {
        _kept = percent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * _kept) / 100;
    }
}

/// @notice Each invariant broken on purpose, in the one way that the contracts themselves never would
contract DealHealthIllTest is HealthFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new HaircutCash();
    }

    function setUp() public override {
        super.setUp();
        closeDeal();
        settle(1, 400_000);
        distributor.claimFor(alice, 0, 1);
        ails("", "before the fault");
    }

    function testAIsSeenWhenTheVaultsCashIsGone() public {
        uint256 owed = vault.liabilities();
        setCash(address(vault), owed - 1);
        ails("A", "one base unit short");
        equalTo(found("A", 0, 0), owed - 1, owed);
        setCash(address(vault), owed);
        ails("", "made good");
    }

    function testAAndBAreSeenWhenTheStablecoinShrinks() public {
        HaircutCash(address(cash)).keep(99);
        ails("A B", "a hundredth of all cash is gone");
        HaircutCash(address(cash)).keep(100);
        ails("", "and back");
    }

    function testBIsSeenWhenTheDistributorsCashIsGone() public {
        setCash(address(distributor), distributor.liabilities() - 1);
        ails("B", "one base unit short");
    }

    function testCIsSeenForInterestPrincipalAndTax() public {
        IDistributor.Distribution memory booked = distributor.distribution(0, 1);
        IDistributor.Distribution memory told = booked;
        told.interestPaid = told.interest + 1;
        _tell(told);
        ails("C0/1", "too much interest");
        equalTo(found("C", 0, 1), told.interest + 1, told.interest);
        told.interestPaid = 6_000 * CENT;
        told.principalPaid = told.principal + 1;
        _tell(told);
        ails("C0/1", "too much principal");
        equalTo(found("C", 0, 1), told.principal + 1, told.principal);
        told.principalPaid = 0;
        told.taxHeld = told.interestPaid + 1;
        _tell(told);
        ails("C0/1", "more tax than interest");
        equalTo(found("C", 0, 1), 6_000 * CENT + 1, 6_000 * CENT);
    }

    function testDAndEAreSeenWhenTheSupplyGrows() public {
        vm.mockCall(address(senior), abi.encodeCall(senior.totalSupply, ()), abi.encode(8e9 + 1));
        ails("D0 E0", "one base unit more");
        equalTo(found("D", 0, 0), 8e9 + 1, 8e9);
        equalTo(found("E", 0, 0), 8e9, 8e9 + 1);
    }

    function testDIsSeenWhenTheFactorIsNotTheBalances() public {
        vm.mockCall(address(junior), abi.encodeCall(ITokenTerms.factor, ()), abi.encode(1e18 - 1));
        ails("D1", "one part in 10^18 less");
        equalTo(found("D", 1, 0), 1e18 - 1, 1e18);
    }

    function testEAndGAreSeenWhenSomebodyElseHoldsTokens() public {
        admit(stranger);
        vm.prank(bob);
        senior.transfer(stranger, 5);
        ails("E0", "since the transfer");
        equalTo(found("E", 0, 0), 8e9 - 5, 8e9);
        vm.warp(START + 61 days);
        ails("E0 G0/2", "at the next record date");
        equalTo(found("G", 0, 2), 8e9 - 5, 8e9);
    }

    function testFIsSeenWhenAMarkHasNoPayment() public {
        vm.mockCall(address(distributor), abi.encodeCall(distributor.claimed, (bob, 0, 1)), abi.encode(true));
        ails("F0/1", "Bob is marked and was not paid");
        equalTo(found("F", 0, 1), 8e9, 6e9);
    }

    function testFIsSeenWhenAPaymentHasNoMark() public {
        vm.mockCall(address(distributor), abi.encodeCall(distributor.claimed, (alice, 0, 1)), abi.encode(false));
        ails("F0/1", "Alice was paid and could claim again");
        equalTo(found("F", 0, 1), 0, 6e9);
    }

    function testFIsSeenInAPeriodThatIsNotBooked() public {
        vm.mockCall(address(distributor), abi.encodeCall(distributor.claimed, (carol, 1, 3)), abi.encode(true));
        ails("F1/3", "Carol would not be paid");
    }

    function testGIsSeenWhenARecordIsWrong() public {
        vm.mockCall(address(senior), abi.encodeCall(senior.balanceAt, (bob, 1)), abi.encode(2e9 + 1));
        ails("G0/1", "one base unit more");
    }

    function testJIsSeenWhenAPeriodIsBookedThatWasNotSettled() public {
        vm.mockCall(address(distributor), abi.encodeCall(distributor.lastPeriod, ()), abi.encode(uint32(2)));
        ails("J", "period 2 is booked, 1 is settled");
        equalTo(found("J", 0, 0), 2, 1);
    }

    function testWhatFailsIsToldAndTheOthersAreAnswered() public {
        vm.mockCallRevert(address(cash), abi.encodeCall(cash.balanceOf, (address(vault))), "gone");
        ails("A?", "the stablecoin does not say what the vault holds");
        vm.mockCallRevert(address(senior), abi.encodeCall(senior.supplyAt, (1)), "gone");
        // Claims ask for the supply at the record date, so that B, C and F cannot be told either.
        ails("A? B? C0/1? F0/1? G0/1?", "nor the token what its supply was");
    }

    function testAVaultThatIsNoneIsToldAsUnanswered() public {
        vault = DealVault(address(0x123));
        ails("A? B? H? J?", "no contract");
        vault = DealVault(address(cash));
        ails("A? B? H? J?", "another contract");
    }

    function testWantOfGasIsNoAilment() public view {
        IDealHealth.Question memory asked = question();
        uint256 answers;
        for (uint256 units = 100_000; units < 2_000_000; units += 100_000) {
            try health.findings{gas: units}(asked) returns (IDealHealth.Finding[] memory list) {
                ++answers;
                for (uint256 i; i < list.length; ++i) {
                    isTrue(list[i].verdict == IDealHealth.Verdict.Holds, "all or nothing");
                }
            } catch {}
        }
        isTrue(answers > 0 && answers < 19, "some had enough and some had not");
    }

    /// @dev The Distributor tells this of the senior class' first period.
    function _tell(IDistributor.Distribution memory told) private {
        vm.mockCall(address(distributor), abi.encodeCall(distributor.distribution, (0, 1)), abi.encode(told));
    }
}
