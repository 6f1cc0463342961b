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
    /// @param minter the deal's Subscription, which mints when the deal closes
    /// @param authority AccessManager
    /// @param agents accounts that may pause, freeze, force transfers and recover wallets (ERC-3643)
    /// @param minimumHolding least balance, in base units, that a transfer may leave or make, except none at all; 0 for any
    /// @param denomination every movement is a multiple of this many base units; 0 for any
    /// @param countsCountries whether holders are counted by country, so that a country can be capped
    /// @param countsCategories whether holders are counted by category, so that a category can be capped
    /// @param recordDates instants (seconds), strictly increasing: the first instant after each record date
    struct TrancheTerms {
        string name;
        string symbol;
        IInvestorRegistry registry;
        address minter;
        address authority;
        address[] agents;
        uint256 minimumHolding;
        uint256 denomination;
        bool countsCountries;
        bool countsCategories;
        uint40[] recordDates;
    }

    /// @notice The movement is refused for a numbered reason (see Reasons)
    error TransferRefused(address from, address to, uint8 code);
    /// @notice Only the deal's Subscription, an agent before there is an offer, and a further issue that the deal's control is
    ///         issuing at this moment, mint
    error NotMinter(address caller);
    /// @notice The supply would pass what a balance can hold: 2^69 base units
    error SupplyTooLarge(uint256 supply);
    /// @notice There are as many investors as can be counted: 2^24 - 1
    error TooManyHolders();
    /// @notice Only an agent does this: see `addAgent`
    error NotAgent(address caller);
    /// @notice The token is paused already, or not paused
    error PauseUnchanged();
    /// @notice More would be frozen than the balance, or released than is frozen: see `getFrozenTokens`
    error FreezeExceeds(address account, uint256 balance, uint256 frozen);
    /// @notice The wallet holds nothing, or is its own replacement
    error NothingToRecover(address lostWallet);
    /// @notice The registry does not know the new wallet as the lost one's replacement: `replaceWallet` there first
    error NotReplacement(address lostWallet, address newWallet);
    /// @notice Lists that belong together differ in length
    error LengthMismatch(uint256 one, uint256 other);
    /// @notice A required address is zero
    error ZeroAddress();
    /// @notice A name or symbol is empty
    error EmptyText();
    /// @notice The period has no record date in this tranche's calendar
    error NoSuchPeriod(uint256 period, uint256 periods);
    /// @notice The record date is not over yet, so balances at it are not known
    error RecordDateNotReached(uint256 period, uint256 recordDate);

    /// @notice Mints original face to an admitted account. Only the minter; agents too as long as no vault is bound to it, and
    ///         further issues of a deal that is open (IFurtherIssues).
    /// @dev The minter passes holder caps: it asks `transferCode` before, and does so only for what the seller keeps.
    function mint(address account, uint256 amount) external;

    /// @notice Reason code that a transfer would meet now, 0 when it would go through. `from` zero asks about minting.
    function transferCode(address from, address to, uint256 amount) external view returns (uint8 code);

    /// @notice The sentence of a reason code
    function reasonText(uint8 code) external view returns (string memory);

    /// @notice Balance of an account and the supply, both at the record date of a period (1-based), in one call
    /// @dev For periods whose record date is known to be over, as a Distributor's are: it does not look, which would be a
    ///      thirtieth of a claim's gas. Before that it answers with the present balance and supply.
    function recordAt(address account, uint256 period) external view returns (uint256 balance, uint256 supply);

    /// @notice The same for many accounts: the supply, and the balance of each
    function recordsAt(
        uint256 period,
        address[] calldata accounts
    ) external view returns (uint256 supply, uint256[] memory balances);

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

    /// @notice The deal's Subscription
    function minter() external view returns (address);

    /// @notice The registry that admits holders
    function registry() external view returns (IInvestorRegistry);
}
