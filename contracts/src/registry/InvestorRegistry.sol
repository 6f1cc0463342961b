// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Reasons} from "../access/Reasons.sol";
import {IInvestorRegistry} from "./IInvestorRegistry.sol";

/// @title InvestorRegistry
contract InvestorRegistry is IInvestorRegistry, AccessManaged {
    /// @dev One slot: 40 + 40 + 16 + 16 + 8 + 8 bits.
    struct Status {
        uint40 kycExpiry;
        uint40 lockedUntil;
        uint16 country;
        uint16 categories;
        bool registered;
        bool frozen;
    }

    mapping(address account => Status) private _statuses;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IInvestorRegistry
    function register(address account, Entry calldata entry) external restricted {
        _register(account, entry);
    }

    /// @inheritdoc IInvestorRegistry
    function registerMany(address[] calldata accounts, Entry[] calldata entries) external restricted {
        require(accounts.length == entries.length, LengthMismatch(accounts.length, entries.length));
        for (uint256 i; i < accounts.length; ++i) {
            _register(accounts[i], entries[i]);
        }
    }

    /// @inheritdoc IInvestorRegistry
    function setFrozen(address account, bool frozen) external restricted {
        Status storage status = _statuses[account];
        require(status.registered, NotRegistered(account));
        status.frozen = frozen;
        emit FrozenSet(account, frozen);
    }

    /// @inheritdoc IInvestorRegistry
    function remove(address account) external restricted {
        Status memory status = _statuses[account];
        require(status.registered, NotRegistered(account));
        // A freeze outlives the entry: removing and registering again must not be a way around it.
        _statuses[account] = Status(0, 0, 0, 0, false, status.frozen);
        emit Removed(account);
    }

    /// @inheritdoc IInvestorRegistry
    function entryOf(address account) external view returns (Entry memory entry, bool registered, bool frozen) {
        Status memory status = _statuses[account];
        entry = Entry(status.kycExpiry, status.lockedUntil, status.country, status.categories);
        return (entry, status.registered, status.frozen);
    }

    /// @inheritdoc IInvestorRegistry
    function canReceive(address account) public view returns (uint8 code) {
        Status memory status = _statuses[account];
        if (!status.registered) return Reasons.RECEIVER_NOT_REGISTERED;
        if (status.frozen) return Reasons.FROZEN;
        return status.kycExpiry <= block.timestamp ? Reasons.KYC_EXPIRED : Reasons.OK;
    }

    /// @inheritdoc IInvestorRegistry
    function canSend(address account) public view returns (uint8 code) {
        Status memory status = _statuses[account];
        if (!status.registered) return Reasons.SENDER_NOT_REGISTERED;
        if (status.frozen) return Reasons.FROZEN;
        return status.lockedUntil > block.timestamp ? Reasons.LOCKED_UP : Reasons.OK;
    }

    /// @inheritdoc IInvestorRegistry
    function transferCode(address from, address to) external view returns (uint8 code) {
        code = canSend(from);
        if (code == Reasons.OK) code = canReceive(to);
    }

    function _register(address account, Entry calldata entry) private {
        require(account != address(0), ZeroAccount());
        Status storage status = _statuses[account];
        bool frozen = status.frozen;
        _statuses[account] = Status({
            kycExpiry: entry.kycExpiry,
            lockedUntil: entry.lockedUntil,
            country: entry.country,
            categories: entry.categories,
            registered: true,
            frozen: frozen
        });
        emit Registered(account, entry);
    }
}
