// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgedDeal} from "../../src/collateral/IPledgedDeal.sol";
import {PledgeRegistry} from "../../src/collateral/PledgeRegistry.sol";
import {IDealHealth} from "../../src/health/IDealHealth.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {HealthFixture} from "./HealthFixture.sol";

/// @notice What can be wrong with a deal before it closes: its escrow (H) and its loans (I)
contract DealHealthOfferingTest is HealthFixture {
    function testHIsSeenWhenTheEscrowIsShort() public {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        setCash(address(offering), 600_000 * CENT - 1);
        ails("H", "one base unit short");
        equalTo(found("H", 0, 0), 600_000 * CENT - 1, 600_000 * CENT);
    }

    function testHIsSeenWhileClosing() public {
        offering.open(vault);
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(1);
        // Alice's notes are minted, Carol's are not: both are paid for here.
        setCash(address(offering), 1_000_000 * CENT - 1);
        ails("H", "one base unit short");
        setCash(address(offering), 1_000_000 * CENT);
        offering.allot(1);
        ails("", "closed");
    }

    function testHIsSeenWhenClosingHasFailed() public {
        offering.open(vault);
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(1);
        vm.warp(offering.closingDeadline() + 1);
        offering.fail();
        ails("", "both wait for their refunds");
        setCash(address(offering), 1_000_000 * CENT - 1);
        ails("H", "one base unit short");
        equalTo(found("H", 0, 0), 1_000_000 * CENT - 1, 1_000_000 * CENT);
        setCash(address(offering), 1_000_000 * CENT);
        offering.refund(alice);
        ails("", "alice has hers");
    }

    function testHIsSeenWhenARefundIsNotCovered() public {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        vm.prank(alice);
        offering.withdraw(0);
        offering.cancel();
        setCash(address(offering), 0);
        ails("H", "Alice waits for her refund");
        equalTo(found("H", 0, 0), 0, 600_000 * CENT);
    }

    function testIIsSeenWhenALoanIsAnothers() public {
        PledgeRegistry pledges = new PledgeRegistry(address(manager));
        IDealVault other = new DealVault(dealTerms());
        pledges.admit(IPledgedDeal(address(other)));
        bytes32[] memory keys = new bytes32[](2);
        (keys[0], keys[1]) = (keccak256("one"), keccak256("two"));
        vm.prank(servicer);
        pledges.pledge(IPledgedDeal(address(other)), keys);
        IDealHealth.Finding memory finding = health.pledged(pledges, other, keys);
        isTrue(finding.letter == "I" && finding.verdict == IDealHealth.Verdict.Holds, "both are the other's");
        equalTo(finding, 2, 2);
        finding = health.pledged(pledges, vault, keys);
        isTrue(finding.verdict == IDealHealth.Verdict.Broken, "none is this deal's");
        equalTo(finding, 0, 2);
        finding = health.pledged(PledgeRegistry(address(0)), vault, keys);
        isTrue(finding.verdict == IDealHealth.Verdict.Unanswered, "there is no registry");
    }
}
