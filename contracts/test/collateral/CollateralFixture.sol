// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IPledgedDeal} from "../../src/collateral/IPledgedDeal.sol";
import {PledgeRegistry} from "../../src/collateral/PledgeRegistry.sol";
import {TapeFixture} from "../support/TapeFixture.sol";
import {Test} from "../support/Vm.sol";

/// @notice A vault as far as collateral contracts see one, in a state that the test says
contract SettableDeal is IPledgedDeal {
    bool public isOpen;
    mapping(address account => uint8) public partiesOf;
    uint32 private _period;
    bytes32 private _root;

    function setParty(address account, uint8 parties) external {
        partiesOf[account] = parties;
    }

    function settle(uint32 period, bytes32 root) external {
        (isOpen, _period, _root) = (true, period, root);
    }

    function settledTape() external view returns (uint32 period, bytes32 root) {
        return (_period, _root);
    }
}

/// @notice A registry, two deals, and a tape of three loans
abstract contract CollateralFixture is Test, TapeFixture {
    address internal constant SERVICER = address(0x5e);

    AccessManager internal manager;
    PledgeRegistry internal registry;
    SettableDeal internal deal;
    SettableDeal internal other;

    function setUp() public virtual {
        manager = new AccessManager(address(this));
        registry = new PledgeRegistry(address(manager));
        deal = _deal();
        other = _deal();
    }

    function _deal() private returns (SettableDeal made) {
        made = new SettableDeal();
        made.setParty(SERVICER, 1);
        registry.admit(made);
    }

    function pledge(IPledgedDeal to, bytes32[] memory keys) internal {
        vm.prank(SERVICER);
        registry.pledge(to, keys);
    }
}
