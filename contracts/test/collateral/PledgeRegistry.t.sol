// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IPledgedDeal} from "../../src/collateral/IPledgedDeal.sol";
import {IPledgeRegistry} from "../../src/collateral/IPledgeRegistry.sol";
import {SumProofs} from "../../src/collateral/SumProofs.sol";
import {Strangers} from "../support/Strangers.sol";
import {CollateralFixture, SettableDeal} from "./CollateralFixture.sol";

/// @notice A loan is pledged once, shown by its row, and free when it has ended
contract PledgeRegistryTest is CollateralFixture, Strangers {
    function _refuse(bytes memory failure) private {
        vm.expectRevert(failure);
    }

    function test_aLoanIsPledgedToOneDealOnly() public {
        pledge(deal, keysOf("A", "B"));
        isTrue(registry.pledgedTo(keyOf("A")) == address(deal), "A is pledged");
        equal(registry.pledgedCount(address(deal)), 2, "two loans");
        bytes32[] memory again = keysOf("C", "A");
        vm.prank(SERVICER);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.PledgedTo.selector, keyOf("A"), address(deal)));
        registry.pledge(other, again);
        isTrue(registry.pledgedTo(keyOf("C")) == address(0), "nothing of a refused list is pledged");
        // Twice in one list, and twice to the same deal.
        vm.prank(SERVICER);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.PledgedTo.selector, keyOf("C"), address(other)));
        registry.pledge(other, keysOf("C", "C"));
        vm.prank(SERVICER);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.PledgedTo.selector, keyOf("A"), address(deal)));
        registry.pledge(deal, again);
    }

    function test_onlyTheServicerOfAnAdmittedVaultPledgesBeforeClosing() public {
        bytes32[] memory keys = keysOf("A", "B");
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NotServicer.selector, address(this)));
        registry.pledge(deal, keys);
        deal.setParty(address(this), 2 | 4 | 8);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NotServicer.selector, address(this)));
        registry.pledge(deal, keys);
        IPledgedDeal stranger = IPledgedDeal(address(0xbad));
        vm.prank(SERVICER);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultUnknown.selector, stranger));
        registry.pledge(stranger, keys);
        deal.settle(1, bytes32(uint256(1)));
        vm.prank(SERVICER);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.PledgeTooLate.selector, deal));
        registry.pledge(deal, keys);
    }

    function test_onlyOperatorsAdmitAndAbandon() public {
        vm.startPrank(SERVICER);
        _refuse(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, SERVICER));
        registry.admit(deal);
        _refuse(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, SERVICER));
        registry.abandon(deal);
        vm.stopPrank();
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultKnown.selector, deal));
        registry.admit(deal);
    }

    function test_loansOfADealThatNeverOpenedAreFree() public {
        pledge(deal, keysOf("A", "B"));
        isTrue(registry.isAdmitted(address(deal)), "admitted");
        registry.abandon(deal);
        isTrue(!registry.isAdmitted(address(deal)), "abandoned");
        isTrue(registry.pledgedTo(keyOf("A")) == address(0), "free");
        pledge(other, keysOf("A", "B"));
        isTrue(registry.pledgedTo(keyOf("A")) == address(other), "pledged to another deal");
        other.settle(1, bytes32(uint256(1)));
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultOpen.selector, other));
        registry.abandon(other);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultUnknown.selector, deal));
        registry.abandon(deal);
    }

    /// @dev A vault that comes back after it was abandoned must not find its old pledges beside new ones.
    function test_anAbandonedVaultIsNotAdmittedAgain() public {
        pledge(deal, keysOf("A", "B"));
        registry.abandon(deal);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultKnown.selector, deal));
        registry.admit(deal);
    }

    function test_rootsAreThoseOfSettledPeriods() public {
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NothingSettled.selector, deal));
        registry.recordRoot(deal);
        (bytes32 root, , ) = tape();
        deal.settle(4, root);
        (uint32 period, bytes32 kept) = registry.recordRoot(deal);
        isTrue(period == 4 && kept == root && registry.rootOf(address(deal), 4) == root, "on record");
        isTrue(registry.rootOf(address(deal), 3) == bytes32(0), "no other");
        _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultUnknown.selector, address(0xbad)));
        registry.recordRoot(IPledgedDeal(address(0xbad)));
    }

    function _settled() private returns (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) {
        bytes32 root;
        (root, leaves, proofs) = tape();
        pledge(deal, keysOf("A", "B"));
        deal.settle(1, root);
        registry.recordRoot(deal);
    }

    function test_everyLoanIsShownByItsRow() public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        equal(registry.proveLoan(deal, 1, rowOf("A", leaves[0], proofs[0])), 0, "A");
        equal(registry.proveLoan(deal, 1, rowOf("B", leaves[1], proofs[1])), 150, "B");
        equal(registry.proveLoan(deal, 1, rowOf("C", leaves[2], proofs[2])), 290, "C");
    }

    function test_refusesRowsThatWereChanged() public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        bytes4 refused = IPledgeRegistry.RowNotProven.selector;
        vm.expectPartialRevert(refused);
        registry.proveLoan(deal, 1, rowOf("B", leaves[0], proofs[0]));
        leaves[1].sums[1] = 0;
        vm.expectPartialRevert(refused);
        registry.proveLoan(deal, 1, rowOf("B", leaves[1], proofs[1]));
        // What is taken from a row given to its sibling leaves the totals as they are, and not the root.
        proofs[1].siblings[0].sums[1] = 150;
        vm.expectPartialRevert(refused);
        registry.proveLoan(deal, 1, rowOf("B", leaves[1], proofs[1]));
        // B's path at the place of A.
        proofs[1].index = 0;
        vm.expectPartialRevert(refused);
        registry.proveLoan(deal, 1, rowOf("B", leaves[1], proofs[1]));
        IPledgeRegistry.LoanRow memory row = rowOf("A", leaves[0], proofs[0]);
        row.leafSalt = PLEDGE_SALT;
        vm.expectPartialRevert(refused);
        registry.proveLoan(deal, 1, row);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.RootUnknown.selector, deal, 2));
        registry.proveLoan(deal, 2, row);
    }

    function test_refusesPathsThatDoNotFit() public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        bytes memory malformed = abi.encodeWithSelector(SumProofs.ProofMalformed.selector);
        SumProofs.Proof memory proof = proofs[0];
        proof.index = 3;
        _refuse(malformed);
        registry.proveLoan(deal, 1, rowOf("A", leaves[0], proof));
        (proof.index, proof.count) = (0, 0);
        _refuse(malformed);
        registry.proveLoan(deal, 1, rowOf("A", leaves[0], proof));
        // One sibling too many, one too few.
        proof.count = 2;
        _refuse(malformed);
        registry.proveLoan(deal, 1, rowOf("A", leaves[0], proof));
        proof.count = 5;
        _refuse(malformed);
        registry.proveLoan(deal, 1, rowOf("A", leaves[0], proof));
        proof.count = 3;
        proof.siblings[0].sums = new uint128[](1);
        _refuse(malformed);
        registry.proveLoan(deal, 1, rowOf("A", leaves[0], proof));
    }

    function test_aLoanThatEndedIsFreeAndNoOther() public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        _refuse(abi.encodeWithSelector(IPledgeRegistry.BalanceLeft.selector, 150));
        registry.release(deal, 1, rowOf("B", leaves[1], proofs[1]), PLEDGE_SALT);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NotPledged.selector, keyOf("C"), deal));
        registry.release(deal, 1, rowOf("C", leaves[2], proofs[2]), PLEDGE_SALT);
        registry.release(deal, 1, rowOf("A", leaves[0], proofs[0]), PLEDGE_SALT);
        isTrue(registry.pledgedTo(keyOf("A")) == address(0), "A is free");
        equal(registry.pledgedCount(address(deal)), 1, "B is left");
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NotPledged.selector, keyOf("A"), deal));
        registry.release(deal, 1, rowOf("A", leaves[0], proofs[0]), PLEDGE_SALT);
        pledge(other, keysOf("A", "C"));
        isTrue(registry.pledgedTo(keyOf("A")) == address(other), "and can be pledged elsewhere");
    }

    /// @dev Another deal's tape says nothing of this deal's loan.
    function test_aRowOfAnotherDealFreesNothing() public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        (bytes32 root, , ) = tape();
        other.settle(1, root);
        registry.recordRoot(other);
        _refuse(abi.encodeWithSelector(IPledgeRegistry.NotPledged.selector, keyOf("A"), other));
        registry.release(other, 1, rowOf("A", leaves[0], proofs[0]), PLEDGE_SALT);
    }

    /// @dev Admitted and abandoned in any order: each once.
    function testFuzz_admit(uint256 by, bool[5] calldata turns) public {
        SettableDeal fresh = new SettableDeal();
        unauthorised(by, address(registry), abi.encodeCall(registry.admit, (fresh)));
        (bool known, bool stands) = (false, false);
        for (uint256 i; i < 5; ++i) {
            if (turns[i]) {
                if (known) _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultKnown.selector, fresh));
                registry.admit(fresh);
                (known, stands) = (true, stands || !known);
            } else {
                if (!stands) _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultUnknown.selector, fresh));
                registry.abandon(fresh);
                stands = false;
            }
            isTrue(registry.isAdmitted(address(fresh)) == stands, "as it stands");
        }
    }

    function testFuzz_abandon(uint256 by, bytes32 key, bool open) public {
        bytes32[] memory keys = new bytes32[](1);
        keys[0] = key;
        pledge(deal, keys);
        if (open) deal.settle(1, key);
        unauthorised(by, address(registry), abi.encodeCall(registry.abandon, (deal)));
        if (open) _refuse(abi.encodeWithSelector(IPledgeRegistry.VaultOpen.selector, deal));
        registry.abandon(deal);
        isTrue(registry.pledgedTo(key) == (open ? address(deal) : address(0)), "free with the deal that never opened");
    }

    /// @dev By anybody, any number of times: the root of a period is the one that was settled.
    function testFuzz_recordRoot(uint256 by, uint32 period, bytes32 root, bool again) public {
        period = uint32(bound(period, 1, type(uint32).max));
        deal.settle(period, root);
        for (uint256 i; i < (again ? 2 : 1); ++i) {
            vm.prank(someone(by));
            (uint32 kept, bytes32 keptRoot) = registry.recordRoot(deal);
            isTrue(kept == period && keptRoot == root, "what the vault says");
        }
        isTrue(registry.rootOf(address(deal), period) == root, "on record");
        isTrue(registry.rootOf(address(other), period) == 0, "of this deal");
    }

    /// @dev Whichever row is brought for whichever loan, by anybody: only the one that ended is free.
    function testFuzz_release(uint256 by, uint256 row, uint256 name, uint256 proof, uint32 period) public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        (row, name, proof, period) = (row % 3, name % 3, proof % 3, period % 3);
        IPledgeRegistry.LoanRow memory told = rowOf(["A", "B", "C"][name], leaves[row], proofs[proof]);
        vm.prank(someone(by));
        bool ended = row == 0 && name == 0 && proof == 0 && period == 1;
        try registry.release(deal, period, told, PLEDGE_SALT) {
            isTrue(ended, "freed though it has not ended");
        } catch {
            isTrue(!ended, "not freed though it has ended");
        }
        equal(registry.pledgedCount(address(deal)), ended ? 1 : 2, "counted");
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(registry));
    }

    function testFuzz_aChangedSumIsNotProven(uint256 loan, uint256 column, uint128 value) public {
        (SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = _settled();
        loan = bound(loan, 0, 2);
        column = bound(column, 0, 1);
        string[3] memory names = ["A", "B", "C"];
        uint128 before = leaves[loan].sums[column];
        // Totals stay below 2^128, beyond which no tree goes.
        value = uint128(bound(value, 0, 2 ** 127));
        leaves[loan].sums[column] = value;
        if (value != before) vm.expectPartialRevert(IPledgeRegistry.RowNotProven.selector);
        registry.proveLoan(deal, 1, rowOf(names[loan], leaves[loan], proofs[loan]));
    }

    /// @dev Every loan of every list is pledged to whoever took it first, and counts add up.
    function testFuzz_pledge_neverOverlaps(uint8[12] calldata loans, uint256 turns) public {
        uint256 counted;
        for (uint256 i; i < loans.length; ++i) {
            SettableDeal to = (turns >> i) & 1 == 0 ? deal : other;
            bytes32[] memory one = new bytes32[](1);
            one[0] = bytes32(uint256(loans[i] % 8) + 1);
            address holder = registry.pledgedTo(one[0]);
            vm.prank(SERVICER);
            if (holder != address(0))
                _refuse(abi.encodeWithSelector(IPledgeRegistry.PledgedTo.selector, one[0], holder));
            else ++counted;
            registry.pledge(to, one);
        }
        uint256 both = registry.pledgedCount(address(deal)) + registry.pledgedCount(address(other));
        equal(both, counted, "each loan once");
    }
}
