// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Reasons} from "../access/Reasons.sol";
import {HolderCount} from "./HolderCount.sol";
import {ITokenTerms} from "./ITokenTerms.sol";
import {ITrancheToken} from "./ITrancheToken.sol";
import {TokenConfig} from "./TokenConfig.sol";
import {TokenFacts} from "./TokenFacts.sol";
import {TrancheLedger} from "./TrancheLedger.sol";

/// @title Rules, caps, documents and the note factor
abstract contract TokenTerms is ITokenTerms, TrancheLedger, AccessManaged {
    using HolderCount for HolderCount.Book;
    using TokenConfig for uint256;

    /// @inheritdoc ITokenTerms
    TokenFacts public immutable facts;

    constructor(TrancheTerms memory terms) TrancheLedger(terms) AccessManaged(terms.authority) {
        facts = new TokenFacts(terms.minter);
    }

    /// @inheritdoc ITokenTerms
    function setRules(Rules calldata) external restricted {
        // The facts check and pack them; what they answer is stored.
        (uint256 word, uint256 more, uint256[4] memory countries) = abi.decode(
            _order(),
            (uint256, uint256, uint256[4])
        );
        _config = _config.withRules(word);
        _moreRules = more;
        _countries = countries;
        emit RulesSet(word, more, countries);
    }

    /// @inheritdoc ITokenTerms
    function setCountryCap(uint16 country, uint32 cap) external restricted {
        require(COUNTED & HolderCount.COUNTRY != 0, NotCounted());
        _book.setCap(country, cap);
        emit CapSet(false, country, cap);
    }

    /// @inheritdoc ITokenTerms
    function setCategoryCap(uint8 category, uint32 cap) external restricted {
        require(category < 16 && COUNTED & 1 != 0, NotCounted());
        _book.setCap(HolderCount.CATEGORY | category, cap);
        emit CapSet(true, category, cap);
    }

    /// @inheritdoc ITokenTerms
    function setStopped(bool stopped) external {
        if (msg.sender != minter) _checkCanCall(msg.sender, msg.data);
        if (!stopped) _requireNotOffered(address(0), address(0));
        _config = stopped ? _config | TokenConfig.STOPPED : _config & ~TokenConfig.STOPPED;
        emit StoppedSet(stopped);
    }

    /// @inheritdoc ITokenTerms
    function setDocument(bytes32 name_, string calldata uri, bytes32 documentHash) external restricted {
        _order();
        emit DocumentUpdated(name_, uri, documentHash);
    }

    /// @inheritdoc ITokenTerms
    function removeDocument(bytes32 name_) external restricted {
        _order();
        emit DocumentRemoved(name_);
    }

    /// @inheritdoc ITokenTerms
    function ruleWords() external view returns (uint256 config, uint256 more, uint256[4] memory countries) {
        return (_config, _moreRules, _countries);
    }

    /// @inheritdoc ITokenTerms
    function groupHolders(uint256 group) external view returns (uint256 holders, uint256 cap) {
        return _book.groupOf(group);
    }

    /// @inheritdoc ITokenTerms
    function holderCount() external view returns (uint256) {
        return _config.holders();
    }

    /// @inheritdoc ITokenTerms
    function sizes() external view returns (uint256 minimumHolding, uint256 denomination) {
        return (MINIMUM, DENOMINATION);
    }

    /// @inheritdoc ITokenTerms
    function getDocument(bytes32) external view returns (string memory, bytes32, uint256) {
        _handOn();
    }

    /// @inheritdoc ITokenTerms
    function getAllDocuments() external view returns (bytes32[] memory) {
        _handOn();
    }

    /// @inheritdoc ITokenTerms
    function vault() external view returns (address) {
        _handOn();
    }

    /// @inheritdoc ITokenTerms
    function factor() external view returns (uint256) {
        _handOn();
    }

    /// @inheritdoc ITokenTerms
    function currentBalanceOf(address) external view returns (uint256) {
        _handOn();
    }

    /// @inheritdoc ITrancheToken
    function reasonText(uint8) external view returns (string memory) {
        _handOn();
    }

    /// @dev Nothing moves while the deal is offered.
    function _requireNotOffered(address from, address to) internal view {
        require(!facts.isOffered(), TransferRefused(from, to, Reasons.DEAL_STATE));
    }

    /// @dev Gives the facts the same order that the token got, whose role was checked.
    function _order() private returns (bytes memory) {
        return Address.functionCall(address(facts), msg.data);
    }

    /// @dev Hands the whole question to the facts and their whole answer, or refusal, to the caller: nothing of it is
    ///      decoded here. A static call changes nothing.
    function _handOn() internal view {
        address answering = address(facts);
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            calldatacopy(pointer, 0, calldatasize())
            let answered := staticcall(gas(), answering, pointer, calldatasize(), 0, 0)
            returndatacopy(pointer, 0, returndatasize())
            if answered {
                return(pointer, returndatasize())
            }
            revert(pointer, returndatasize())
        }
    }
}
