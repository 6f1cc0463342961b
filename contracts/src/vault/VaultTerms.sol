// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Frames} from "../program/Frame.sol";
import {Layout, Layouts} from "../program/Layout.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDealVault} from "./IDealVault.sol";

/// @title What a vault is made with and never changes
abstract contract VaultTerms is IDealVault {
    /// @inheritdoc IDealVault
    IERC20 public immutable cash;
    /// @inheritdoc IDealVault
    IInvestorRegistry public immutable registry;
    /// @inheritdoc IDealVault
    address public immutable program;
    /// @inheritdoc IDealVault
    bytes32 public immutable programHash;
    /// @inheritdoc IDealVault
    bytes32 public immutable documentHash;
    /// @inheritdoc IDealVault
    address public immutable offering;
    /// @inheritdoc IDealVault
    uint256 public immutable unit;

    address internal immutable SERVICER;
    address internal immutable TRUSTEE;
    address internal immutable CALCULATION_AGENT;
    /// @dev Account words and state words together.
    uint256 internal immutable WORDS;
    uint256 internal immutable ACCOUNTS;
    uint256 internal immutable PERIODS;

    ITrancheToken[] internal _tokens;
    Payee[] internal _payees;
    uint40[] private _paymentDates;

    constructor(DealTerms memory terms) {
        require(
            terms.offering != address(0) &&
                address(terms.registry) != address(0) &&
                terms.parties.servicer != address(0) &&
                terms.parties.trustee != address(0) &&
                terms.parties.calculationAgent != address(0),
            ZeroAddress()
        );
        Parties memory signers = terms.parties;
        bool distinct = signers.trustee != signers.servicer && signers.trustee != signers.calculationAgent;
        require(distinct, PartiesNotDistinct());
        cash = terms.cash;
        registry = terms.registry;
        program = terms.programs.programOf(terms.programHash);
        programHash = terms.programHash;
        documentHash = terms.documentHash;
        offering = terms.offering;
        SERVICER = terms.parties.servicer;
        TRUSTEE = terms.parties.trustee;
        CALCULATION_AGENT = terms.parties.calculationAgent;
        uint8 decimals = IERC20Metadata(address(terms.cash)).decimals();
        require(decimals >= 2, CashDecimals(decimals));
        unit = 10 ** (decimals - 2);

        Layout memory sizes = Layouts.read(program);
        ACCOUNTS = sizes.accounts;
        PERIODS = sizes.rows;
        WORDS = sizes.accounts + sizes.state;
        _requireFit(terms, sizes);
        _setTokens(terms);
        _setPayees(terms.payees);
    }

    /// @inheritdoc IDealVault
    function tokens() external view returns (ITrancheToken[] memory) {
        return _tokens;
    }

    /// @inheritdoc IDealVault
    function payees() external view returns (Payee[] memory) {
        return _payees;
    }

    /// @inheritdoc IDealVault
    function parties() external view returns (Parties memory) {
        return Parties(SERVICER, TRUSTEE, CALCULATION_AGENT);
    }

    /// @inheritdoc IDealVault
    function paymentDate(uint256 period_) public view returns (uint256) {
        require(period_ != 0 && period_ <= PERIODS, Frames.NoSuchPeriod(period_, PERIODS));
        return _dateAt(period_ - 1);
    }

    /// @dev Six dates of 40 bits lie in a storage word. The period was held against the program's rows, of which there are
    ///      as many, so that the list's length need not be read.
    function _dateAt(uint256 index) private view returns (uint256 date) {
        uint40[] storage dates = _paymentDates;
        uint256 word = index / 6;
        uint256 shift = 40 * (index % 6);
        assembly ("memory-safe") {
            mstore(0, dates.slot)
            date := and(shr(shift, sload(add(keccak256(0, 32), word))), 0xffffffffff)
        }
    }

    /// @dev The lists must have the lengths that the program says.
    function _requireFit(DealTerms memory terms, Layout memory sizes) private pure {
        uint256 tranches = terms.tokens.length;
        require(tranches != 0 && tranches == sizes.tranches, TermsMismatch("tokens", sizes.tranches, tranches));
        // The remittance follows the tranches' balances.
        require(sizes.state > tranches, TermsMismatch("state", tranches + 1, sizes.state));
        uint256 sinks = 2 * tranches + terms.payees.length;
        require(sinks == sizes.sinks, TermsMismatch("payees", sizes.sinks, sinks));
        uint256 dates = terms.paymentDates.length;
        require(dates == sizes.rows, TermsMismatch("paymentDates", sizes.rows, dates));
        uint256 words = sizes.accounts + sizes.state;
        require(terms.initialState.length == words, TermsMismatch("initialState", words, terms.initialState.length));
    }

    function _setTokens(DealTerms memory terms) private {
        uint40[] memory dates = terms.paymentDates;
        for (uint256 i; i < dates.length; ++i) {
            require(i == 0 || dates[i] > dates[i - 1], PaymentDateInvalid(i));
        }
        for (uint256 i; i < terms.tokens.length; ++i) {
            uint40[] memory records = terms.tokens[i].recordDates();
            require(records.length == dates.length, TermsMismatch("recordDates", dates.length, records.length));
            for (uint256 j; j < dates.length; ++j) {
                require(records[j] <= dates[j], PaymentDateInvalid(j));
            }
            _tokens.push(terms.tokens[i]);
        }
        _paymentDates = dates;
    }

    function _setPayees(Payee[] memory payees_) private {
        for (uint256 i; i < payees_.length; ++i) {
            require(payees_[i].to != address(0), ZeroAddress());
            _payees.push(payees_[i]);
        }
    }
}
