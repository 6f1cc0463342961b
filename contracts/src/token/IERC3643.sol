// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The token interface of ERC-3643, beyond ERC-20
/// @notice Functions, events and their arguments are the standard's; errors are this token's own. Agents are accounts that
///         an owner (here: a role of the AccessManager) listed.
interface IERC3643 {
    /// @notice Name, symbol, decimals, version or identity of the token changed
    event UpdatedTokenInformation(
        string indexed newName,
        string indexed newSymbol,
        uint8 newDecimals,
        string newVersion,
        address indexed newOnchainID
    );
    /// @notice The token asks another registry from now on
    event IdentityRegistryAdded(address indexed identityRegistry);
    /// @notice The token asks another compliance contract from now on
    event ComplianceAdded(address indexed compliance);
    /// @notice The tokens of a lost wallet were moved to a new one
    event RecoverySuccess(address indexed lostWallet, address indexed newWallet, address indexed investorOnchainID);
    /// @notice An account was frozen or released by an agent
    event AddressFrozen(address indexed userAddress, bool indexed isFrozen, address indexed owner);
    /// @notice So much more of a balance is frozen
    event TokensFrozen(address indexed userAddress, uint256 amount);
    /// @notice So much less of a balance is frozen
    event TokensUnfrozen(address indexed userAddress, uint256 amount);
    /// @notice Transfers stopped
    event Paused(address userAddress);
    /// @notice Transfers go on
    event Unpaused(address userAddress);
    /// @notice An account became an agent
    event AgentAdded(address indexed agent);
    /// @notice An account is no agent any more
    event AgentRemoved(address indexed agent);

    /// @notice Names the token anew; not empty
    function setName(string calldata name) external;

    /// @notice Gives the token another symbol; not empty
    function setSymbol(string calldata symbol) external;

    /// @notice Sets the address that stands for the token in an identity system
    function setOnchainID(address onchainID) external;

    /// @notice Asks another registry (an IInvestorRegistry) from now on, which costs a transfer one more slot
    function setIdentityRegistry(address identityRegistry) external;

    /// @notice Asks a compliance contract as well, or none with zero or this token's own address
    function setCompliance(address compliance) external;

    /// @notice Makes an account an agent
    function addAgent(address agent) external;

    /// @notice Takes the agent's powers away
    function removeAgent(address agent) external;

    /// @notice Stops transfers. Agents only.
    function pause() external;

    /// @notice Lets transfers go on. Agents only.
    function unpause() external;

    /// @notice Freezes an account for this token, or releases it. Agents only.
    function setAddressFrozen(address userAddress, bool freeze) external;

    /// @notice Freezes so much more of a balance, at most what of it is free. Agents only.
    function freezePartialTokens(address userAddress, uint256 amount) external;

    /// @notice Releases so much of what is frozen. Agents only.
    function unfreezePartialTokens(address userAddress, uint256 amount) external;

    /// @notice Burns an account's tokens, frozen ones too, as long as no vault is bound to the minter. Agents only.
    function burn(address userAddress, uint256 amount) external;

    /// @notice Moves a lost wallet's whole balance, with its freezes, to the wallet that the registry says replaced it (or to
    ///         another wallet of the same investor). Agents only.
    function recoveryAddress(address lostWallet, address newWallet, address investorOnchainID) external returns (bool);

    /// @notice Many transfers of the caller: all or none
    function batchTransfer(address[] calldata toList, uint256[] calldata amounts) external;

    /// @notice Many forced transfers: all or none. Agents only.
    function batchForcedTransfer(
        address[] calldata fromList,
        address[] calldata toList,
        uint256[] calldata amounts
    ) external;

    /// @notice Mints to many accounts: all or none. As `mint`.
    function batchMint(address[] calldata toList, uint256[] calldata amounts) external;

    /// @notice Burns of many accounts: all or none. Agents only.
    function batchBurn(address[] calldata userAddresses, uint256[] calldata amounts) external;

    /// @notice Freezes or releases many accounts. Agents only.
    function batchSetAddressFrozen(address[] calldata userAddresses, bool[] calldata freeze) external;

    /// @notice Freezes parts of many balances. Agents only.
    function batchFreezePartialTokens(address[] calldata userAddresses, uint256[] calldata amounts) external;

    /// @notice Releases parts of many balances. Agents only.
    function batchUnfreezePartialTokens(address[] calldata userAddresses, uint256[] calldata amounts) external;

    /// @notice The address that stands for the token in an identity system
    function onchainID() external view returns (address);

    /// @notice Version of the token's code
    function version() external view returns (string memory);

    /// @notice The registry that admits holders
    function identityRegistry() external view returns (address);

    /// @notice The compliance contract: the token itself, which answers `canTransfer`, when no other is bound
    function compliance() external view returns (address);

    /// @notice Whether an agent froze the account for this token
    function isFrozen(address userAddress) external view returns (bool);

    /// @notice Whether the account is an agent
    function isAgent(address agent) external view returns (bool);
}
