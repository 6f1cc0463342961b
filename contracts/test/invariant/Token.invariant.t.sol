// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "../support/Vm.sol";
import {TokenActors} from "./TokenActors.sol";

/// @notice What holds of one token after any sequence of movements, freezes, recoveries and changes of admission
contract TokenInvariantTest is Test {
    TokenActors private _actors;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public {
        _actors = new TokenActors();
    }

    /// @dev forge calls only these.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](9);
        selectors[0] = TokenActors.transfer.selector;
        selectors[1] = TokenActors.force.selector;
        selectors[2] = TokenActors.mint.selector;
        selectors[3] = TokenActors.burn.selector;
        selectors[4] = TokenActors.freeze.selector;
        selectors[5] = TokenActors.recover.selector;
        selectors[6] = TokenActors.remove.selector;
        selectors[7] = TokenActors.renew.selector;
        selectors[8] = TokenActors.pass.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_actors), selectors);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_actors);
    }

    /// @notice E: balances add up to the supply. F: no account that was never admitted holds tokens. G: balances at each
    ///         record date add up to the supply then. H: investors are counted once each, in all and by country. I: the
    ///         pre-transfer check says what the transfer does.
    function invariant_token() public view {
        equal(_actors.sum(), _actors.supply(), "E: balances add up");
        equal(_actors.strangerHolds(), 0, "F: strangers hold nothing");
        uint256 passed = _actors.recordDatesPassed();
        for (uint256 date = 1; date <= passed; ++date) equal(_actors.recordDateGap(date), 0, "G: record dates add up");
        equal(_actors.countGap(), 0, "H: holders are counted once");
        equal(_actors.surprises(), 0, "I: check and transfer agree");
    }
}
