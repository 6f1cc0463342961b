// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "../support/Vm.sol";
import {Actors} from "./Actors.sol";

/// @notice What holds after any sequence of transfers, deposits, settlements, claims and freezes
contract DealInvariantTest is Test {
    Actors private _actors;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        _actors = new Actors();
    }

    /// @dev forge calls only these.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](8);
        selectors[0] = Actors.transfer.selector;
        selectors[1] = Actors.setFrozen.selector;
        selectors[2] = Actors.pass.selector;
        selectors[3] = Actors.depositCash.selector;
        selectors[4] = Actors.strayCash.selector;
        selectors[5] = Actors.settleNext.selector;
        selectors[6] = Actors.claim.selector;
        selectors[7] = Actors.withdraw.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_actors), selectors);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_actors);
    }

    /// @notice A: the vault holds at least what it owes. B: what it owes is what came in less what was paid, so nothing
    ///         is lost and never more paid than deposited. C: no stranger holds tokens or cash. D: balances at a record
    ///         date add up to the supply.
    function invariant_deal() public view {
        isTrue(_actors.held() >= _actors.liabilities(), "A: cash covers liabilities");
        equal(_actors.liabilities() + _actors.paid(), _actors.deposited(), "B: in = out + owed");
        equal(_actors.strangerHolds(), 0, "C: strangers hold nothing");
        uint256 passed = _actors.recordDatesPassed();
        for (uint256 date = 1; date <= passed; ++date) {
            equal(_actors.recordDateGap(0, date), 0, "D: senior");
            equal(_actors.recordDateGap(1, date), 0, "D: junior");
        }
        equal(_actors.period(), _actors.settlements(), "periods are settled once each");
    }
}
