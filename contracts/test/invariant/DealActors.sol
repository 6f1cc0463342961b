// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealHealth} from "../../src/health/DealHealth.sol";
import {IDealHealth} from "../../src/health/IDealHealth.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {AmendmentActors} from "./AmendmentActors.sol";

/// @notice All actors of a closed deal over all its contracts, and the contract that says whether it is sound
contract DealActors is AmendmentActors {
    DealHealth public immutable health = new DealHealth();

    constructor() {
        closeDeal();
        deposited = 50_000 * CENT;
    }

    /// @notice Every function that forge calls
    function handlers() external pure returns (bytes4[] memory list) {
        list = new bytes4[](36);
        bytes4[36] memory all = [
            this.transfer.selector,
            // What matters most comes more often.
            this.transfer.selector,
            this.force.selector,
            this.freeze.selector,
            this.pause.selector,
            this.forge.selector,
            this.halt.selector,
            this.enter.selector,
            this.remove.selector,
            this.payout.selector,
            this.replace.selector,
            this.recover.selector,
            this.pass.selector,
            this.passToDate.selector,
            this.depositCash.selector,
            this.strayCash.selector,
            this.report.selector,
            this.disputeReport.selector,
            this.dismissDispute.selector,
            this.withdrawReport.selector,
            this.settleReported.selector,
            this.settleJointly.selector,
            this.wholeMonth.selector,
            this.stopOrResume.selector,
            this.claim.selector,
            this.claimMany.selector,
            this.push.selector,
            this.remitTax.selector,
            this.unclaimed.selector,
            this.withdraw.selector,
            this.pledgeLoan.selector,
            this.releaseLoan.selector,
            this.recordRoot.selector,
            this.abandon.selector,
            this.amend.selector,
            this.amendAtOnce.selector
        ];
        for (uint256 i; i < 36; ++i) list[i] = all[i];
    }

    // What the invariants look at.

    function question() external view returns (IDealHealth.Question memory) {
        return IDealHealth.Question(vault, wallets, 1, PERIODS);
    }

    function deal() external view returns (IDealVault) {
        return vault;
    }

    function admitted() external view returns (address[] memory) {
        return wallets;
    }

    function owed() external view returns (uint256) {
        return vault.liabilities() + distributor.liabilities();
    }

    function strangerHas() external view returns (uint256) {
        return senior.balanceOf(stranger) + junior.balanceOf(stranger) + cash.balanceOf(stranger);
    }

    /// @notice What the rounded factor leaves of a class' balance unsaid, in base units of the token
    function factorGap(uint256 tranche) external view returns (uint256) {
        uint256 supply = note(tranche).totalSupply();
        // The state begins with two accounts.
        return vault.state()[2 + tranche] * 10_000 - (supply * note(tranche).factor()) / 1e18;
    }
}
