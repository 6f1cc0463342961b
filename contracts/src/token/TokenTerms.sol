// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
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
    function setRules(Rules calldata rules_) external restricted {
        require(rules_.timed.length <= 4, RulesInvalid());
        uint256 word = (uint256(rules_.categories) << 8) | (uint256(rules_.holderCap) << 48);
        uint256 more;
        for (uint256 i; i < rules_.timed.length; ++i) {
            TimedRule calldata timed = rules_.timed[i];
            uint256 rule = uint256(timed.until) | (uint256(timed.from) << 40) | (uint256(timed.to) << 56);
            if (i == 0) word |= rule << 72;
            else more |= rule << (72 * (i - 1));
        }
        if (more != 0) word |= TokenConfig.MORE_RULES;
        _moreRules = more;
        if (rules_.onlyListed) word |= TokenConfig.ALLOW_LIST;
        word |= _setCountries(rules_.countries);
        _config = _config.withRules(word);
        emit RulesSet(word, more, _countries);
    }

    /// @inheritdoc ITokenTerms
    function setCountryCap(uint16 country, uint32 cap) external restricted {
        require(COUNTS_COUNTRIES, NotCounted());
        _book.setCap(country, cap);
        emit CapSet(false, country, cap);
    }

    /// @inheritdoc ITokenTerms
    function setCategoryCap(uint8 category, uint32 cap) external restricted {
        require(COUNTS_CATEGORIES && category < 16, NotCounted());
        _book.setCap(HolderCount.CATEGORY | category, cap);
        emit CapSet(true, category, cap);
    }

    /// @inheritdoc ITokenTerms
    function setStopped(bool stopped) external restricted {
        _config = stopped ? _config | TokenConfig.STOPPED : _config & ~TokenConfig.STOPPED;
        emit StoppedSet(stopped);
    }

    /// @inheritdoc ITokenTerms
    function setDocument(bytes32 name_, string calldata uri, bytes32 documentHash) external restricted {
        facts.setDocument(name_, uri, documentHash);
        emit DocumentUpdated(name_, uri, documentHash);
    }

    /// @inheritdoc ITokenTerms
    function removeDocument(bytes32 name_) external restricted {
        facts.removeDocument(name_);
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

    /// @dev Hands the whole question to the facts and their whole answer, or refusal, to the caller: nothing of it is
    ///      decoded here. A static call changes nothing.
    function _handOn() private view {
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

    /// @dev The bitmap holds every list, so that it can be read back; short ones lie in the config as well, unused fields
    ///      filled with the first country.
    function _setCountries(uint16[] calldata countries) private returns (uint256 word) {
        uint256[4] memory bitmap;
        for (uint256 i; i < countries.length; ++i) {
            uint256 country = countries[i];
            require(country != 0 && country < 1000, RulesInvalid());
            bitmap[country >> 8] |= 1 << (country & 255);
        }
        _countries = bitmap;
        if (countries.length == 0) return 0;
        if (countries.length > TokenConfig.SHORT_LIST) return TokenConfig.COUNTRIES | TokenConfig.LONG_LIST;
        for (uint256 i; i < TokenConfig.SHORT_LIST; ++i) {
            word |= uint256(countries[i < countries.length ? i : 0]) << (144 + 10 * i);
        }
        return word | TokenConfig.COUNTRIES;
    }
}
