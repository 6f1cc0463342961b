// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Who may hold, send and receive tranche tokens, and where an investor's cash goes
/// @notice One storage slot per account and no personal data. One registry may serve many deals.
interface IInvestorRegistry {
    /// @param kycExpiry instant (seconds) from which the account may no longer receive
    /// @param lockedUntil instant (seconds) until which the account may not send
    /// @param country ISO 3166-1 numeric code, at most 999
    /// @param categories bit set of investor categories
    /// @param withholding tax on interest, in basis points (1/10,000), at most 10,000
    /// @param investor number that all wallets of one investor share; 0 when the account is an investor of its own
    struct Entry {
        uint40 kycExpiry;
        uint40 lockedUntil;
        uint16 country;
        uint16 categories;
        uint16 withholding;
        uint64 investor;
    }

    /// @notice An account was entered or its entry replaced
    /// @param entry the entry as one word, laid out as `statusOf` says, without flags
    event Registered(address indexed account, uint256 entry);
    /// @notice An account was frozen or released
    event FrozenSet(address indexed account, bool frozen);
    /// @notice An account's entry was deleted
    event Removed(address indexed account);
    /// @notice Cash for the account goes to another address from now on; to itself again when `to` is zero
    event PayoutSet(address indexed account, address indexed to);
    /// @notice A lost wallet's entry, and the claim to cash that it has not collected, passed to a new wallet
    event WalletReplaced(address indexed lost, address indexed replacement);

    /// @notice The account has no entry: register it first
    error NotRegistered(address account);
    /// @notice The replacement has an entry already, or the account was replaced: take a fresh wallet
    error AccountTaken(address account);
    /// @notice The zero address, which stands for minting and burning, was given
    error ZeroAccount();
    /// @notice Lists that belong together differ in length
    error LengthMismatch(uint256 accounts, uint256 entries);
    /// @notice More than the whole of the interest would be withheld
    error WithholdingTooHigh(uint256 withholding);
    /// @notice A field is too wide, the country is above 999, or the word has flags: pack it as `statusOf` says, without them
    error NotAnEntry(uint256 word);

    /// @notice Enters an account or replaces its entry; a freeze and a payout address stay. Restricted to COMPLIANCE.
    function register(address account, Entry calldata entry) external;

    /// @notice The same with the entry as one word laid out as `statusOf` says, without flags: what services call, since a
    ///         word costs less than six. Restricted to COMPLIANCE.
    function registerPacked(address account, uint256 entry) external;

    /// @notice Enters many accounts, each entry as one word laid out as `statusOf` says, without flags. Restricted to
    ///         COMPLIANCE.
    function registerMany(address[] calldata accounts, uint256[] calldata entries) external;

    /// @notice Freezes a registered account (it neither sends nor receives) or releases it. Restricted to COMPLIANCE.
    function setFrozen(address account, bool frozen) external;

    /// @notice Deletes an account's entry; what it holds stays its own but cannot move, and a freeze stays. Restricted
    ///         to COMPLIANCE.
    function remove(address account) external;

    /// @notice Sends the account's cash (not its tokens) to another address, or to itself again with `to` zero.
    ///         Restricted to COMPLIANCE, which screens the address.
    function setPayout(address account, address to) external;

    /// @notice Moves a lost wallet's entry, freeze included, to a fresh wallet of the same investor. The lost wallet is
    ///         refused from then on, the cash it has not claimed goes where the replacement's goes, and agents may move
    ///         its tokens there (`recoveryAddress` of each token). Restricted to COMPLIANCE.
    function replaceWallet(address lost, address replacement) external;

    /// @notice The entry of an account and its flags; all zero when it is not registered
    function entryOf(address account) external view returns (Entry memory entry, bool registered, bool frozen);

    /// @notice The account's slot as it is stored: from the lowest bit kycExpiry 40, lockedUntil 40, country 16,
    ///         categories 16, withholding 16, investor 64, then one flag each: registered (bit 192), frozen (193), has a
    ///         payout address (194), was replaced (195)
    function statusOf(address account) external view returns (uint256 status);

    /// @notice Slots of two accounts in one call, for transfers
    /// @dev The accounts are given as words, whose check would be felt in each transfer; of any other word the slot is zero.
    function pairOf(uint256 from, uint256 to) external view returns (uint256 statusFrom, uint256 statusTo);

    /// @notice Where cash for the account goes now: for distributions, in one call
    /// @return code 0, or why it must wait: 3 not registered, 4 frozen, 5 KYC expired
    /// @return to the payout address, else the account itself; for a lost wallet that of its replacement
    /// @return withholding tax on interest in basis points
    function payoutOf(address account) external view returns (uint8 code, address to, uint256 withholding);

    /// @notice `payoutOf` for many accounts: each answer is one word, `to` in 160 bits, withholding in 16 and the code in 8
    function payoutsOf(address[] calldata accounts) external view returns (uint256[] memory payouts);

    /// @notice The wallet that replaced a lost one, or zero
    function replacementOf(address lost) external view returns (address);

    /// @notice Reason code for receiving tokens or cash now: 0, 3 not registered, 4 frozen or 5 KYC expired
    function canReceive(address account) external view returns (uint8 code);

    /// @notice Reason code for sending tokens now: 0, 2 not registered, 4 frozen or 6 locked up
    /// @dev An expired KYC stops receipts only: a holder may always send to somebody who is admitted.
    function canSend(address account) external view returns (uint8 code);

    /// @notice Reason code for a transfer between two accounts now: the sender's reason, else the receiver's
    function transferCode(address from, address to) external view returns (uint8 code);

    /// @notice The sentence of a reason code, the same that the API and the portal show
    function reasonText(uint8 code) external pure returns (string memory);

    /// @notice Whether the account may receive now (ERC-3643's name for it)
    function isVerified(address account) external view returns (bool);

    /// @notice Whether the account has an entry (ERC-3643's name for it)
    function contains(address account) external view returns (bool);

    /// @notice The account's country, ISO 3166-1 numeric (ERC-3643's name for it)
    function investorCountry(address account) external view returns (uint16);
}
