// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgeRegistry} from "../../src/collateral/IPledgeRegistry.sol";
import {IPledgedDeal} from "../../src/collateral/IPledgedDeal.sol";
import {PledgeRegistry} from "../../src/collateral/PledgeRegistry.sol";
import {SumProofs} from "../../src/collateral/SumProofs.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {TapeFixture} from "../support/TapeFixture.sol";
import {MoneyActors} from "./MoneyActors.sol";

/// @notice Servicers who pledge the same three loans to two deals, and anybody who shows that one has paid off
abstract contract LoanActors is MoneyActors, TapeFixture {
    PledgeRegistry internal pledges;
    /// @dev A deal that does not open.
    IDealVault internal other;
    string[3] private _loans = ["A", "B", "C"];

    constructor() {
        pledges = new PledgeRegistry(address(manager));
        other = new DealVault(dealTerms());
        pledges.admit(_pledged(vault));
        pledges.admit(_pledged(other));
        vm.prank(servicer);
        pledges.pledge(_pledged(vault), keysOf("A", "B"));
        (tapeRoot, , ) = tape();
    }

    function pledgeLoan(uint256 loan, bool toOther) external {
        bytes32[] memory keys = new bytes32[](1);
        keys[0] = keyOf(_loans[loan % 3]);
        vm.prank(servicer);
        try pledges.pledge(_pledged(toOther ? other : vault), keys) {} catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IPledgeRegistry.PledgedTo.selector,
                IPledgeRegistry.PledgeTooLate.selector,
                IPledgeRegistry.VaultUnknown.selector
            );
            explain(reason, refusals);
        }
    }

    /// @dev One in eight ends the other deal for good.
    function abandon(uint256 seed) external {
        if (seed % 8 != 0) return;
        try pledges.abandon(_pledged(seed % 16 == 0 ? other : vault)) {} catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IPledgeRegistry.VaultOpen.selector,
                IPledgeRegistry.VaultUnknown.selector
            );
            explain(reason, refusals);
        }
    }

    function recordRoot(bool ofOther) external {
        try pledges.recordRoot(_pledged(ofOther ? other : vault)) {} catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IPledgeRegistry.NothingSettled.selector,
                IPledgeRegistry.VaultUnknown.selector
            );
            explain(reason, refusals);
        }
    }

    /// @dev Loan A has paid off, B and C have not; sometimes a loan is shown by the row of another.
    function releaseLoan(uint256 loan, uint256 row, uint256 period, bool ofOther) external {
        (, SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs) = tape();
        uint256 shown = row % 4 == 3 ? (loan + 1) % 3 : loan % 3;
        IPledgeRegistry.LoanRow memory told = rowOf(_loans[loan % 3], leaves[shown], proofs[shown]);
        IPledgedDeal deal = _pledged(ofOther ? other : vault);
        try pledges.release(deal, uint32(bound(period, 1, 3)), told, PLEDGE_SALT) {
            require(loan % 3 == 0, Unexplained("a loan with a balance was released"));
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IPledgeRegistry.NotPledged.selector,
                IPledgeRegistry.RootUnknown.selector,
                IPledgeRegistry.RowNotProven.selector,
                IPledgeRegistry.BalanceLeft.selector
            );
            explain(reason, refusals);
        }
    }

    /// @notice Loans that the registry counts for a deal, and those that it says are the deal's
    function pledgeCounts(bool ofOther) external view returns (uint256 counted, uint256 told) {
        address deal = address(ofOther ? other : vault);
        counted = pledges.pledgedCount(deal);
        for (uint256 i; i < 3; ++i) {
            if (pledges.pledgedTo(keyOf(_loans[i])) == deal) ++told;
        }
    }

    function _pledged(IDealVault deal) private pure returns (IPledgedDeal) {
        return IPledgedDeal(address(deal));
    }
}
