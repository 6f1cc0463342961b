// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealHealth} from "../../src/health/DealHealth.sol";
import {IDealHealth} from "../../src/health/IDealHealth.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice A deal whose accounts the test names, and the letters of what does not hold of it
abstract contract HealthFixture is DealFixture {
    DealHealth internal health;

    function setUp() public virtual override {
        super.setUp();
        health = new DealHealth();
    }

    function question() internal view returns (IDealHealth.Question memory asked) {
        address[] memory accounts = new address[](4);
        (accounts[0], accounts[1], accounts[2], accounts[3]) = (alice, bob, carol, sponsor);
        return IDealHealth.Question(vault, accounts, 1, 3);
    }

    function found(bytes1 letter, uint16 tranche, uint32 period) internal view returns (IDealHealth.Finding memory) {
        IDealHealth.Finding[] memory list = health.findings(question());
        for (uint256 i; i < list.length; ++i) {
            bool here = list[i].tranche == tranche && list[i].period == period;
            if (list[i].letter == letter && here) return list[i];
        }
        revert NotTrue("no such finding");
    }

    /// @dev Letters, places and verdicts of what does not hold, as in "A F0/1 B?": class and period where there is one, a
    ///      question mark where it was not answered.
    function ailments() internal view returns (string memory text) {
        IDealHealth.Finding[] memory list = health.findings(question());
        for (uint256 i; i < list.length; ++i) {
            if (list[i].verdict == IDealHealth.Verdict.Holds) continue;
            if (bytes(text).length != 0) text = string.concat(text, " ");
            text = string.concat(text, string(abi.encodePacked(list[i].letter)));
            bool ofClass = list[i].letter == "C" || (list[i].letter >= "D" && list[i].letter <= "G");
            if (ofClass) text = string.concat(text, _digit(list[i].tranche));
            if (list[i].period != 0) text = string.concat(text, "/", _digit(list[i].period));
            if (list[i].verdict == IDealHealth.Verdict.Unanswered) text = string.concat(text, "?");
        }
    }

    function ails(string memory expected, string memory when) internal view {
        string memory actual = ailments();
        require(keccak256(bytes(actual)) == keccak256(bytes(expected)), Ails(when, expected, actual));
    }

    /// @dev The stablecoin says that the account holds this, whatever came and went: OpenZeppelin's ERC-20 keeps balances in
    ///      a mapping in its first slot.
    function setCash(address account, uint256 amount) internal {
        vm.store(address(cash), keccak256(abi.encode(account, uint256(0))), bytes32(amount));
        equal(cash.balanceOf(account), amount, "slot of the balance");
    }

    error Ails(string when, string expected, string actual);

    function equalTo(IDealHealth.Finding memory finding, uint256 actual, uint256 expected) internal pure {
        equal(finding.actual, actual, "actual");
        equal(finding.expected, expected, "expected");
    }

    function _digit(uint256 value) private pure returns (string memory) {
        return string(abi.encodePacked(bytes1(uint8(48 + value))));
    }
}
