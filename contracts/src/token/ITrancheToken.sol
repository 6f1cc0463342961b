// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";

/// @title A tranche as an ERC-20 whose every movement is checked and whose record-date balances are known
/// @notice Six decimals: 1.000000 token is one dollar of original face. Principal paid does not change balances.
///         A record date is the instant at which it is over: what moves from that instant on belongs to the next.
interface ITrancheToken is IERC20 {
    /// @param name ERC-20 name; the permit domain is always named "Weir Tranche", since OpenZeppelin limits it to 31 bytes
    /// @param symbol ERC-20 symbol
    /// @param registry admission of accounts
    /// @param minter the deal's Subscription, the only account that may mint
    /// @param authority AccessManager
    /// @param recordDates instants (seconds), strictly increasing: the first instant after each record date
    struct TrancheTerms {
        string name;
        string symbol;
        IInvestorRegistry registry;
        address minter;
        address authority;
        uint40[] recordDates;
    }

    /// @notice Transfers were paused or resumed
    event PausedSet(bool paused);

    /// @notice The movement is refused for a numbered reason (see Reasons)
    error TransferRefused(address from, address to, uint8 code);
    /// @notice Only the deal's Subscription mints
    error NotMinter(address caller);
    /// @notice The period has no record date in this tranche's calendar
    error NoSuchPeriod(uint256 period, uint256 periods);
    /// @notice The record date is not over yet, so balances at it are not known
    error RecordDateNotReached(uint256 period, uint256 recordDate);

    /// @notice Mints original face to an admitted account. Only the minter.
    function mint(address account, uint256 amount) external;

    /// @notice Pauses or resumes transfers; claims go on. Restricted to OPERATOR.
    function setPaused(bool paused) external;

    /// @notice Reason code that a transfer would meet now; 0 when the rules allow it (the balance is not looked at)
    function transferCode(address from, address to, uint256 amount) external view returns (uint8 code);

    /// @notice Balance of an account at the record date of a period (1-based)
    function balanceAt(address account, uint256 period) external view returns (uint256);

    /// @notice Supply at the record date of a period (1-based)
    function supplyAt(uint256 period) external view returns (uint256);

    /// @notice Number of record dates that are over
    function recordDatesPassed() external view returns (uint256);

    /// @notice All record-date instants
    function recordDates() external view returns (uint40[] memory);

    /// @notice Whether transfers are paused
    function paused() external view returns (bool);

    /// @notice The only account that may mint
    function minter() external view returns (address);

    /// @notice The registry that admits holders
    function registry() external view returns (IInvestorRegistry);
}
