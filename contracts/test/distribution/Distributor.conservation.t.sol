// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {CoinOf, DistributionFixture, TestRecords} from "../support/DistributionFixture.sol";

/// @notice Whatever happens in whatever order, every base unit that was booked is somewhere, and everybody gets the share
///         that the test works out for itself
contract DistributorConservationTest is DistributionFixture {
    uint256 private constant HOLDERS = 7;
    uint32 private constant PERIODS = 4;
    address[] private _holders;
    uint16[] private _rates;
    uint256 private _seed;
    uint256 private _booked;
    uint256 private _moved;

    function _draw(uint256 limit) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return (_seed >> 8) % limit;
    }

    /// @dev Balances of any size: nothing, a few base units, up to 2^66.
    function _drawBalance() private returns (uint256) {
        uint256 kind = _draw(4);
        if (kind == 0) return _draw(3);
        return _draw(2 ** (kind * 22)) + 1;
    }

    /// @dev Amounts of any size: nothing, some cents, up to 2^45 cents.
    function _drawAmount() private returns (uint256) {
        return _draw(3) == 0 ? 0 : _draw(2 ** (5 + _draw(41)));
    }

    function _begin(uint256 seed) private {
        _seed = seed;
        uint8[4] memory decimals = [2, 6, 8, 18];
        cash = TestStablecoin(address(new CoinOf(decimals[_draw(4)])));
        distributor = newDistributor();
        for (uint256 i; i < HOLDERS; ++i) {
            address holder = address(uint160(0x1000 + i));
            _holders.push(holder);
            _rates.push(uint16(_draw(3) == 0 ? 0 : _draw(10_001)));
            payouts.set(holder, Reasons.OK, _draw(4) == 0 ? address(uint160(0x2000 + i)) : holder, _rates[i]);
            for (uint32 period = 1; period <= PERIODS; ++period) {
                senior.set(holder, period, _drawBalance());
                junior.set(holder, period, _drawBalance());
            }
        }
    }

    function _bookNext() private {
        uint32 next = distributor.lastPeriod() + 1;
        if (next > PERIODS) return;
        uint256[] memory amounts = amountsOf(_drawAmount(), _drawAmount(), _drawAmount(), _drawAmount());
        uint256 sum = (amounts[0] + amounts[1] + amounts[2] + amounts[3]) * distributor.unit();
        cash.mint(address(distributor), sum);
        _booked += sum;
        distributor.book(next, amounts);
    }

    function _records(uint256 tranche) private view returns (TestRecords) {
        return tranche == 0 ? senior : junior;
    }

    /// @dev Floors to the grain and tax to the cent, from what the class was paid, in numbers of this test alone.
    function _claim(uint256 holder, uint256 tranche, uint32 period) private {
        address account = _holders[holder];
        (uint8 code, IDistributor.Share memory paid) = distributor.claimable(account, tranche, period);
        if (code != Reasons.OK) return;
        IDistributor.Distribution memory it = distributor.distribution(tranche, period);
        (uint256 balance, uint256 supply) = _records(tranche).recordAt(account, period);
        uint256 before = distributor.liabilities();
        uint256 amount = distributor.claimFor(account, tranche, period);
        uint256 grain = distributor.grain();
        equal(paid.interest, (((it.interest / grain) * balance) / supply) * grain, "interest");
        equal(paid.principal, (((it.principal / grain) * balance) / supply) * grain, "principal");
        uint256 cents = (paid.interest * _rates[holder]) / 10_000 / distributor.unit();
        equal(paid.tax, cents * distributor.unit(), "tax");
        equal(amount, paid.interest + paid.principal - paid.tax, "what was sent");
        equal(before - distributor.liabilities(), amount, "what is owed falls by what is paid");
    }

    function _push(uint256 tranche, uint32 period) private {
        address[] memory some = new address[](_draw(HOLDERS + 1));
        for (uint256 i; i < some.length; ++i) some[i] = _holders[_draw(HOLDERS)];
        distributor.push(tranche, period, some);
    }

    function _claimMany(uint256 holder, uint256 tranche) private {
        uint32[] memory periods = new uint32[](PERIODS);
        for (uint32 i; i < PERIODS; ++i) periods[i] = PERIODS - i;
        try distributor.claimMany(_holders[holder], tranche, periods) {} catch {}
    }

    function _remit(uint256 tranche, uint32 period) private {
        if (distributor.distribution(tranche, period).taxHeld != 0) distributor.remitTax(tranche, period);
    }

    function _step() private {
        uint256 kind = _draw(8);
        uint256 tranche = _draw(2);
        uint32 period = uint32(1 + _draw(PERIODS));
        if (kind == 0) _bookNext();
        else if (kind == 1) _push(tranche, period);
        else if (kind == 2) _remit(tranche, period);
        else if (kind == 3) _claimMany(_draw(HOLDERS), tranche);
        else if (kind == 4) _lapse(_draw(HOLDERS));
        else _claim(_draw(HOLDERS), tranche, period);
    }

    /// @dev A holder loses or regains its admission.
    function _lapse(uint256 holder) private {
        address account = _holders[holder];
        (uint8 code, address to, ) = payouts.payoutOf(account);
        payouts.set(account, code == Reasons.OK ? Reasons.KYC_EXPIRED : Reasons.OK, to, _rates[holder]);
    }

    function _paidOut() private view returns (uint256 sum) {
        sum = cash.balanceOf(taxOffice) + cash.balanceOf(keeper);
        for (uint256 i; i < HOLDERS; ++i) {
            sum += cash.balanceOf(_holders[i]) + cash.balanceOf(address(uint160(0x2000 + i)));
        }
    }

    function _conserved() private view {
        equal(_paidOut() + distributor.liabilities(), _booked, "paid + tax + dust + unclaimed = booked");
        covered();
    }

    /// @dev Any order of bookings, claims, pushes, remittances and lapses, and then everybody claims everything.
    function testFuzz_everyOrder(uint256 seed) public {
        _begin(seed);
        _bookNext();
        for (uint256 i; i < 25; ++i) {
            _step();
            _conserved();
        }
        for (uint32 period = 1; period <= PERIODS; ++period) _bookNext();
        for (uint256 i; i < HOLDERS; ++i) {
            (uint8 code, , ) = payouts.payoutOf(_holders[i]);
            if (code != Reasons.OK) _lapse(i);
            for (uint32 period = 1; period <= PERIODS; ++period) {
                _claim(i, 0, period);
                _claim(i, 1, period);
            }
        }
        for (uint32 period = 1; period <= PERIODS; ++period) {
            _remit(0, period);
            _remit(1, period);
        }
        _conserved();
        _onlyDustIsLeft();
    }

    /// @dev Each of 7 holders rounds off less than a grain of each of four amounts in each of four periods.
    function _onlyDustIsLeft() private view {
        uint256 dust;
        for (uint256 i; i < 2; ++i) {
            (uint256 interest, uint256 principal) = distributor.carriedDust(i);
            dust += interest + principal;
        }
        uint256 withoutHolders;
        for (uint32 period = 1; period <= PERIODS; ++period) {
            for (uint256 i; i < 2; ++i) {
                if (_records(i).supplyAt(period) != 0) continue;
                (uint256 toHolders, ) = distributor.outstanding(i, period);
                withoutHolders += toHolders;
            }
        }
        equal(distributor.liabilities(), dust + withoutHolders, "only dust is left");
        isTrue(dust < 2 * PERIODS * 2 * HOLDERS * distributor.grain(), "less than a grain a share");
    }

    /// @dev The rest of a period moves by the rule: nothing is lost, and nothing of other periods goes with it.
    function testFuzz_unclaimedMovesWhole(uint256 seed) public {
        _begin(seed);
        for (uint32 period = 1; period <= PERIODS; ++period) _bookNext();
        for (uint256 i; i < 12; ++i) _claim(_draw(HOLDERS), _draw(2), uint32(1 + _draw(PERIODS)));
        uint256 tranche = _draw(2);
        uint32 chosen = uint32(1 + _draw(PERIODS));
        (uint256 rest, uint256 tax) = distributor.outstanding(tranche, chosen);
        if (rest == 0) return;
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = IDistributor.proposeUnclaimed.selector;
        selectors[1] = IDistributor.approveUnclaimed.selector;
        manager.setTargetFunctionRole(address(distributor), selectors, 1);
        vm.warp(block.timestamp + 1_096 days);
        distributor.proposeUnclaimed(tranche, chosen);
        vm.prank(approver);
        distributor.approveUnclaimed(tranche, chosen);
        vm.warp(block.timestamp + 30 days);
        uint256 before = distributor.liabilities();
        equal(distributor.moveUnclaimed(tranche, chosen), rest, "all that holders had not taken");
        equal(before - distributor.liabilities(), rest, "and no more");
        (uint256 nothing, uint256 taxAfter) = distributor.outstanding(tranche, chosen);
        equal(nothing, 0, "none left");
        equal(taxAfter, tax, "the tax stays");
        _conserved();
        for (uint256 i; i < HOLDERS; ++i) {
            (uint8 code, ) = distributor.claimable(_holders[i], tranche, chosen);
            equal(code, Reasons.NOTHING_TO_CLAIM, "closed for all");
        }
    }
}
