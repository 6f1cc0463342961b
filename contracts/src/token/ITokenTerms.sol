// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TokenFacts} from "./TokenFacts.sol";

/// @title The parts of a token that may change after it is issued, and what it says about itself
interface ITokenTerms {
    /// @notice Before `until` nobody in any category of `from` sells to anybody in any category of `to`
    struct TimedRule {
        uint40 until;
        uint16 from;
        uint16 to;
    }

    /// @param categories a receiver needs one of these, 0 for any
    /// @param holderCap most investors that may hold the token, 0 for any number
    /// @param timed at most four
    /// @param onlyListed whether the countries are those allowed, not those refused
    /// @param countries ISO 3166-1 numeric codes, none for no rule; more than six cost a transfer one more slot to read
    struct Rules {
        uint16 categories;
        uint24 holderCap;
        TimedRule[] timed;
        bool onlyListed;
        uint16[] countries;
    }

    /// @notice The rules were replaced, laid out as `ruleWords` says
    event RulesSet(uint256 config, uint256 more, uint256[4] countries);
    /// @notice A country or a category was capped, or is no more (0)
    event CapSet(bool indexed category, uint256 indexed group, uint32 cap);
    /// @notice The deal's state stops transfers, or does no longer
    event StoppedSet(bool stopped);
    /// @notice A document was added or replaced (ERC-1643)
    event DocumentUpdated(bytes32 indexed name, string uri, bytes32 documentHash);
    /// @notice A document was removed (ERC-1643)
    event DocumentRemoved(bytes32 indexed name);

    /// @notice The rules cannot be stored: more than four timed ones, or a country that is not 1 to 999
    error RulesInvalid();
    /// @notice The token was made without counting holders by country or by category: deploy it with `countsCountries` or
    ///         `countsCategories`
    error NotCounted();
    /// @notice There is no such document
    error NoSuchDocument(bytes32 name);

    /// @notice Replaces all rules. Restricted to PARAMETERS.
    function setRules(Rules calldata rules) external;

    /// @notice Caps the investors of a country, 0 for no cap. Restricted to PARAMETERS.
    function setCountryCap(uint16 country, uint32 cap) external;

    /// @notice Caps the investors of a category (the number of its bit), 0 for no cap. Restricted to PARAMETERS.
    function setCategoryCap(uint8 category, uint32 cap) external;

    /// @notice Stops transfers because of the deal's state, or lets them go on. Restricted to OPERATOR and to the minter, which
    ///         stops them when subscription opens and lets them go on when the deal is closed: in between nobody can.
    function setStopped(bool stopped) external;

    /// @notice Adds or replaces a document, for example the prospectus with its hash. Restricted to OPERATOR.
    function setDocument(bytes32 name, string calldata uri, bytes32 documentHash) external;

    /// @notice Removes a document. Restricted to OPERATOR.
    function removeDocument(bytes32 name) external;

    /// @notice The rules in force as they are stored (TokenConfig); `facts().rules()` takes them out
    /// @param countries a bitmap of the listed countries
    function ruleWords() external view returns (uint256 config, uint256 more, uint256[4] memory countries);

    /// @notice The contract that keeps what does not fit into the token's code
    function facts() external view returns (TokenFacts);

    /// @notice Investors of a group and their cap: a country by its number, a category by 65,536 + the number of its bit
    function groupHolders(uint256 group) external view returns (uint256 holders, uint256 cap);

    /// @notice How many investors hold the token
    function holderCount() external view returns (uint256);

    /// @notice Least balance and denomination, in base units
    function sizes() external view returns (uint256 minimumHolding, uint256 denomination);

    /// @notice A document's address, hash and time of its last change
    function getDocument(
        bytes32 name
    ) external view returns (string memory uri, bytes32 documentHash, uint256 lastModified);

    /// @notice Names of all documents
    function getAllDocuments() external view returns (bytes32[] memory);

    /// @notice The deal's vault, zero before the offering opens
    function vault() external view returns (address);

    /// @notice What is left of a unit of original face, with 18 decimals: the note factor
    function factor() external view returns (uint256);

    /// @notice What is left of an account's balance, in the token's units, rounded down
    function currentBalanceOf(address account) external view returns (uint256);
}
