// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";

/// @notice An issue that says what the test wants, and mints nothing, or more than it was agreed to
contract OtherIssue {
    IDealVault private immutable VAULT;
    uint256 private immutable TRANCHE;
    uint256 private immutable FACE;
    ITrancheToken private _minted;
    uint256 private _amount;

    constructor(IDealVault vault, uint256 tranche, uint256 face) {
        (VAULT, TRANCHE, FACE) = (vault, tranche, face);
    }

    function issued() external view returns (IDealVault, uint256, uint32, uint256) {
        return (VAULT, TRANCHE, 2, FACE);
    }

    function mints(ITrancheToken token, uint256 amount) external {
        (_minted, _amount) = (token, amount);
    }

    function apply_(IAmendments.Amendment calldata amendment) external {
        VAULT.control().applyIssue(amendment);
    }

    function mintNotes() external {
        if (_amount != 0) _minted.mint(address(0xA11CE), _amount);
    }
}
