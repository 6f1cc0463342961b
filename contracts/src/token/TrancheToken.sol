// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Reasons} from "../access/Reasons.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "./ITrancheToken.sol";
import {RecordCalendar} from "./RecordCalendar.sol";
import {RecordSeries} from "./RecordSeries.sol";

/// @title TrancheToken
contract TrancheToken is ITrancheToken, ERC20, ERC20Permit, AccessManaged {
    using RecordCalendar for RecordCalendar.Calendar;
    using RecordSeries for RecordSeries.Series;

    /// @inheritdoc ITrancheToken
    IInvestorRegistry public immutable registry;
    /// @inheritdoc ITrancheToken
    address public immutable minter;
    /// @inheritdoc ITrancheToken
    bool public paused;

    RecordCalendar.Calendar private _calendar;
    /// @dev The zero address stands for the supply.
    mapping(address account => RecordSeries.Series) private _series;

    constructor(
        TrancheTerms memory terms
    ) ERC20(terms.name, terms.symbol) ERC20Permit("Weir Tranche") AccessManaged(terms.authority) {
        registry = terms.registry;
        minter = terms.minter;
        _calendar.set(terms.recordDates);
    }

    /// @inheritdoc ITrancheToken
    function mint(address account, uint256 amount) external {
        require(msg.sender == minter, NotMinter(msg.sender));
        _mint(account, amount);
    }

    /// @inheritdoc ITrancheToken
    function setPaused(bool paused_) external restricted {
        paused = paused_;
        emit PausedSet(paused_);
    }

    /// @inheritdoc ITrancheToken
    function transferCode(address from, address to, uint256) public view returns (uint8 code) {
        return paused ? Reasons.PAUSED : registry.transferCode(from, to);
    }

    /// @inheritdoc ITrancheToken
    function balanceAt(address account, uint256 period) external view returns (uint256) {
        _requireOver(period);
        return _series[account].valueAt(period, balanceOf(account));
    }

    /// @inheritdoc ITrancheToken
    function supplyAt(uint256 period) external view returns (uint256) {
        _requireOver(period);
        return _series[address(0)].valueAt(period, totalSupply());
    }

    /// @inheritdoc ITrancheToken
    function recordDatesPassed() external view returns (uint256) {
        return _calendar.passedNow();
    }

    /// @inheritdoc ITrancheToken
    function recordDates() external view returns (uint40[] memory) {
        return _calendar.instants;
    }

    /// @notice Six decimals: the smallest unit is a millionth of a dollar of original face
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @dev Every movement passes here: rules first, then the record-date balances as they are before it.
    function _update(address from, address to, uint256 amount) internal override {
        uint8 code = from == address(0) ? registry.canReceive(to) : transferCode(from, to, amount);
        require(code == Reasons.OK, TransferRefused(from, to, code));
        uint256 over = _calendar.advance();
        _touch(from, over);
        if (to != from) _touch(to, over);
        super._update(from, to, amount);
    }

    function _touch(address account, uint256 over) private {
        _series[account].touch(over, account == address(0) ? totalSupply() : balanceOf(account));
    }

    function _requireOver(uint256 period) private view {
        uint256 periods = _calendar.instants.length;
        require(period != 0 && period <= periods, NoSuchPeriod(period, periods));
        require(period <= _calendar.passedNow(), RecordDateNotReached(period, _calendar.instants[period - 1]));
    }
}
