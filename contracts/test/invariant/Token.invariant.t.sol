// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign} from "./Campaign.sol";
import {TokenActors} from "./TokenActors.sol";

/// @notice What holds of one token after any sequence of movements, freezes, recoveries and changes of admission
contract TokenInvariantTest is Campaign {
    TokenActors private _actors;

    function setUp() public {
        _actors = new TokenActors();
    }

    function played() internal view override returns (address, bytes4[] memory selectors) {
        selectors = new bytes4[](9);
        selectors[0] = TokenActors.transfer.selector;
        selectors[1] = TokenActors.force.selector;
        selectors[2] = TokenActors.mint.selector;
        selectors[3] = TokenActors.burn.selector;
        selectors[4] = TokenActors.freeze.selector;
        selectors[5] = TokenActors.recover.selector;
        selectors[6] = TokenActors.remove.selector;
        selectors[7] = TokenActors.renew.selector;
        selectors[8] = TokenActors.pass.selector;
        return (address(_actors), selectors);
    }

    /// @notice E: balances of those who were admitted add up to the supply, and nobody else holds tokens. G: balances at each
    ///         record date add up to the supply then. O: investors are counted once each, in all and by country. P: the
    ///         pre-transfer check says what the transfer does.
    function invariant_E_G_O_P_token() public view {
        equal(_actors.sum(), _actors.supply(), "E: balances add up");
        equal(_actors.strangerHolds(), 0, "E: strangers hold nothing");
        uint256 passed = _actors.recordDatesPassed();
        for (uint256 date = 1; date <= passed; ++date) equal(_actors.recordDateGap(date), 0, "G: record dates add up");
        equal(_actors.countGap(), 0, "O: holders are counted once");
        equal(_actors.surprises(), 0, "P: check and transfer agree");
    }
}
