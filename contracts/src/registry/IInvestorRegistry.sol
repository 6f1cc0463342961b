// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Who may hold, send and receive tranche tokens
/// @notice One storage slot per account and no personal data. One registry may serve many deals.
interface IInvestorRegistry {
    /// @param kycExpiry instant (seconds) from which the account may no longer receive
    /// @param lockedUntil instant (seconds) until which the account may not send
    /// @param country ISO 3166-1 numeric code
    /// @param categories bit set of investor categories
    struct Entry {
        uint40 kycExpiry;
        uint40 lockedUntil;
        uint16 country;
        uint16 categories;
    }

    /// @notice An account was entered or its entry replaced
    event Registered(address indexed account, Entry entry);
    /// @notice An account was frozen or released
    event FrozenSet(address indexed account, bool frozen);
    /// @notice An account's entry was deleted
    event Removed(address indexed account);

    /// @notice The account has no entry
    error NotRegistered(address account);
    /// @notice The zero address, which stands for minting and burning, was given
    error ZeroAccount();
    /// @notice Lists that belong together differ in length
    error LengthMismatch(uint256 accounts, uint256 entries);

    /// @notice Enters an account or replaces its entry; a freeze stays. Restricted to COMPLIANCE.
    function register(address account, Entry calldata entry) external;

    /// @notice Enters many accounts. Restricted to COMPLIANCE.
    function registerMany(address[] calldata accounts, Entry[] calldata entries) external;

    /// @notice Freezes a registered account (it neither sends nor receives) or releases it. Restricted to COMPLIANCE.
    function setFrozen(address account, bool frozen) external;

    /// @notice Deletes an account's entry; what it holds stays its own but cannot move, and a freeze stays. Restricted
    ///         to COMPLIANCE.
    function remove(address account) external;

    /// @notice The entry of an account and its flags; all zero when it is not registered
    function entryOf(address account) external view returns (Entry memory entry, bool registered, bool frozen);

    /// @notice Reason code for receiving tokens or cash now: 0, 3 not registered, 4 frozen or 5 KYC expired
    function canReceive(address account) external view returns (uint8 code);

    /// @notice Reason code for sending tokens now: 0, 2 not registered, 4 frozen or 6 locked up
    /// @dev An expired KYC stops receipts only: a holder may always send to somebody who is admitted.
    function canSend(address account) external view returns (uint8 code);

    /// @notice Reason code for a transfer between two accounts now: the sender's reason, else the receiver's
    function transferCode(address from, address to) external view returns (uint8 code);
}
