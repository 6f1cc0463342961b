// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Frames} from "../program/Frame.sol";
import {Layout, Layouts} from "../program/Layout.sol";
import {AmendmentRules} from "./AmendmentRules.sol";
import {IDealVault} from "./IDealVault.sol";
import {PackedWords} from "./PackedWords.sol";
import {VaultTerms} from "./VaultTerms.sol";

/// @title What a vault remembers: the program in force, its words, the payment dates, what payees are owed
abstract contract VaultState is VaultTerms, ReentrancyGuardTransient {
    using PackedWords for uint256[];

    /// @dev One storage word, written at every deposit, settlement and withdrawal. Programs have at most 65,535 periods;
    ///      2^64 cents are more than any deal holds, and passing them reverts.
    /// @param flags bits below
    /// @param pending deposits not yet settled, in cents
    /// @param owed to all payees, in cents
    struct Status {
        uint16 period;
        uint16 flags;
        uint64 pending;
        uint64 owed;
    }

    /// @dev The program that pays the next period, and of its sizes what settlements need: one storage word.
    /// @param words account and state words together
    struct InForce {
        address program;
        uint16 accounts;
        uint16 words;
        uint16 periods;
    }

    uint16 internal constant OPEN = 1;
    uint16 internal constant STOPPED = 2;

    Status internal _status;
    InForce internal _inForce;
    uint256[] internal _state;
    /// @dev What each payee is owed, in cents.
    uint256[] internal _owed;
    Payee[] internal _payees;
    uint40[] internal _paymentDates;
    bytes32 private _programHash;
    bytes32 private _documentHash;

    constructor(DealTerms memory terms) {
        uint256[] memory words = terms.initialState;
        for (uint256 i; i < words.length; ++i) {
            require(words[i] >> Frames.WIDTH == 0, InitialStateTooWide(i));
        }
        _putProgram(terms.programHash, terms.documentHash);
        AmendmentRules.requireFit(terms.tokens, Layouts.read(_inForce.program), terms.payees, terms.paymentDates);
        require(words.length == _inForce.words, InitialStateMismatch(_inForce.words, words.length));
        _setPayees(terms.payees);
        _paymentDates = terms.paymentDates;
        _state.save(_pointer(words), words.length);
        // Words that never were zero cost the first settlement no more than any other.
        _owed.save(_pointer(new uint256[](terms.payees.length)), terms.payees.length);
    }

    /// @inheritdoc IDealVault
    function payees() external view returns (Payee[] memory) {
        return _payees;
    }

    /// @inheritdoc IDealVault
    function state() public view returns (uint256[] memory words) {
        words = new uint256[](_inForce.words);
        _state.load(_pointer(words), words.length);
    }

    /// @inheritdoc IDealVault
    function stateHash() public view returns (bytes32) {
        return keccak256(abi.encodePacked(state()));
    }

    /// @inheritdoc IDealVault
    function period() external view returns (uint32) {
        return _status.period;
    }

    /// @inheritdoc IDealVault
    function isOpen() external view returns (bool) {
        return _status.flags & OPEN != 0;
    }

    /// @inheritdoc IDealVault
    function stopped() external view returns (bool) {
        return _status.flags & STOPPED != 0;
    }

    /// @inheritdoc IDealVault
    function program() external view returns (address) {
        return _inForce.program;
    }

    /// @inheritdoc IDealVault
    function programHash() public view returns (bytes32) {
        return _programHash;
    }

    /// @inheritdoc IDealVault
    function documentHash() external view returns (bytes32) {
        return _documentHash;
    }

    /// @inheritdoc IDealVault
    function paymentDate(uint256 period_) public view returns (uint256) {
        uint256 periods = _inForce.periods;
        require(period_ != 0 && period_ <= periods, Frames.NoSuchPeriod(period_, periods));
        return _dateAt(period_ - 1);
    }

    function _nextPeriod() internal view returns (uint32) {
        return uint32(_status.period) + 1;
    }

    function _putProgram(bytes32 programHash_, bytes32 documentHash_) internal {
        address program_ = programs.programOf(programHash_);
        Layout memory sizes = Layouts.read(program_);
        // Slots are at most 2,047 and rows have 16 bits.
        uint16 words = uint16(sizes.accounts + sizes.state);
        _inForce = InForce(program_, uint16(sizes.accounts), words, uint16(sizes.rows));
        _programHash = programHash_;
        _documentHash = documentHash_;
    }

    function _setPayees(Payee[] memory payees_) internal {
        delete _payees;
        for (uint256 i; i < payees_.length; ++i) _payees.push(payees_[i]);
    }

    function _accountCents() internal view returns (uint256 sum) {
        uint256[] memory words = state();
        uint256 accounts = _inForce.accounts;
        for (uint256 i; i < accounts; ++i) {
            sum += words[i];
        }
    }

    /// @dev Six dates of 40 bits lie in a storage word. The period was held against the program's rows, of which there are
    ///      as many, so that the list's length need not be read.
    function _dateAt(uint256 index) internal view returns (uint256 date) {
        uint40[] storage dates = _paymentDates;
        uint256 word = index / 6;
        uint256 shift = 40 * (index % 6);
        assembly ("memory-safe") {
            mstore(0, dates.slot)
            date := and(shr(shift, sload(add(keccak256(0, 32), word))), 0xffffffffff)
        }
    }

    /// @dev Address in memory of an array's first word.
    function _pointer(uint256[] memory words) internal pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := add(words, 32)
        }
    }
}
