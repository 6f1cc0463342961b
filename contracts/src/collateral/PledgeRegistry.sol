// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IPledgedDeal} from "./IPledgedDeal.sol";
import {IPledgeRegistry} from "./IPledgeRegistry.sol";
import {SumProofs} from "./SumProofs.sol";

/// @title PledgeRegistry
contract PledgeRegistry is IPledgeRegistry, AccessManaged {
    /// @dev Column of a tape row that holds the loan's closing balance.
    uint256 private constant CLOSING = 1;
    /// @dev The servicer's bit among a vault's parties.
    uint8 private constant SERVICER = 1;

    /// @dev Abandoned vaults do not come back: their old pledges would stand beside new ones.
    enum Standing {
        Unknown,
        Admitted,
        Abandoned
    }

    /// @param standing whether loans may be pledged to the vault
    /// @param pledged loans pledged and not released
    struct VaultStatus {
        Standing standing;
        uint64 pledged;
    }

    mapping(address vault => VaultStatus) private _vaults;
    /// @dev A pledge to a vault that is no longer admitted counts for nothing.
    mapping(bytes32 key => address vault) private _pledges;
    mapping(address vault => mapping(uint32 period => bytes32)) private _roots;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IPledgeRegistry
    function admit(IPledgedDeal vault) external restricted {
        require(_vaults[address(vault)].standing == Standing.Unknown, VaultKnown(address(vault)));
        _vaults[address(vault)].standing = Standing.Admitted;
        emit VaultAdmitted(address(vault));
    }

    /// @inheritdoc IPledgeRegistry
    function abandon(IPledgedDeal vault) external restricted {
        _requireAdmitted(vault);
        require(!vault.isOpen(), VaultOpen(address(vault)));
        _vaults[address(vault)] = VaultStatus(Standing.Abandoned, 0);
        emit VaultAbandoned(address(vault));
    }

    /// @inheritdoc IPledgeRegistry
    function pledge(IPledgedDeal vault, bytes32[] calldata keys) external {
        _requireAdmitted(vault);
        require(vault.partiesOf(msg.sender) & SERVICER != 0, NotServicer(msg.sender));
        require(!vault.isOpen(), PledgeTooLate(address(vault)));
        for (uint256 i; i < keys.length; ++i) {
            address holder = pledgedTo(keys[i]);
            require(holder == address(0), PledgedTo(keys[i], holder));
            _pledges[keys[i]] = address(vault);
        }
        _vaults[address(vault)].pledged += uint64(keys.length);
        emit Pledged(address(vault), keys);
    }

    /// @inheritdoc IPledgeRegistry
    function recordRoot(IPledgedDeal vault) external returns (uint32 period, bytes32 root) {
        _requireAdmitted(vault);
        (period, root) = vault.settledTape();
        require(period != 0, NothingSettled(address(vault)));
        _roots[address(vault)][period] = root;
        emit RootRecorded(address(vault), period, root);
    }

    /// @inheritdoc IPledgeRegistry
    function release(IPledgedDeal vault, uint32 period, LoanRow calldata row, bytes32 pledgeSalt) external {
        bytes32 key = keccak256(abi.encodePacked(pledgeSalt, row.loanKey));
        require(pledgedTo(key) == address(vault), NotPledged(key, address(vault)));
        uint256 closing = proveLoan(vault, period, row);
        require(closing == 0, BalanceLeft(closing));
        delete _pledges[key];
        --_vaults[address(vault)].pledged;
        emit Released(address(vault), key, period);
    }

    /// @inheritdoc IPledgeRegistry
    function proveLoan(IPledgedDeal vault, uint32 period, LoanRow calldata row) public view returns (uint256 closing) {
        bytes32 root = _roots[address(vault)][period];
        require(root != bytes32(0), RootUnknown(address(vault), period));
        (bytes32 reached, ) = SumProofs.rootOf(row.leaf, row.proof);
        bool named = keccak256(abi.encodePacked(row.leafSalt, row.loanKey)) == row.leaf.id;
        require(reached == root && named && row.leaf.sums.length > CLOSING, RowNotProven(root, reached));
        return row.leaf.sums[CLOSING];
    }

    /// @inheritdoc IPledgeRegistry
    function pledgedTo(bytes32 key) public view returns (address vault) {
        vault = _pledges[key];
        if (!isAdmitted(vault)) return address(0);
    }

    /// @inheritdoc IPledgeRegistry
    function isAdmitted(address vault) public view returns (bool) {
        return _vaults[vault].standing == Standing.Admitted;
    }

    /// @inheritdoc IPledgeRegistry
    function pledgedCount(address vault) external view returns (uint256) {
        return _vaults[vault].pledged;
    }

    /// @inheritdoc IPledgeRegistry
    function rootOf(address vault, uint32 period) external view returns (bytes32) {
        return _roots[vault][period];
    }

    function _requireAdmitted(IPledgedDeal vault) private view {
        require(isAdmitted(address(vault)), VaultUnknown(address(vault)));
    }
}
