// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Roles} from "../../src/access/Roles.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {Frames} from "../../src/program/Frame.sol";
import {HolderActors} from "./HolderActors.sol";

/// @notice Servicer, trustee, calculation agent, guardian, payees and whoever pays holders
/// @dev What is paid is counted here from what the calls answer and from the coin, never from the contracts' own counts.
abstract contract MoneyActors is HolderActors {
    uint32 internal constant PERIODS = 3;

    /// @dev Base units that came in through the offering and deposits, and that went to holders, payees and tax office.
    uint256 public deposited;
    uint256 public paid;
    uint256 public settlements;
    /// @dev Holders who were paid for a class and period they had been paid for, and payments of another sum than was due.
    uint256 public repeated;
    uint256 public wrongSums;
    /// @dev The program that was in force when a period was settled.
    mapping(uint256 period => bytes32) internal paidBy;
    /// @dev What the pending report says was collected, in cents.
    uint256 private _reported;
    mapping(bytes32 claim => bool) private _done;

    constructor() {
        _restrict(Roles.OPERATOR, IDistributor.proposeUnclaimed.selector);
        _restrict(Roles.COMPLIANCE, IDistributor.approveUnclaimed.selector);
        _restrict(Roles.COMPLIANCE, IDistributor.cancelUnclaimed.selector);
        manager.grantRole(Roles.COMPLIANCE, approver, 0);
    }

    // Collections and reports.

    function depositCash(uint256 cents) external {
        _deposit(bound(cents, 1, 400_000));
    }

    function strayCash(uint256 amount, uint256 where) external {
        address[3] memory places = [address(vault), address(distributor), address(offering)];
        cash.mint(places[where % 3], bound(amount, 0, 1e9));
    }

    function report(uint256 cents) external {
        if (vault.period() == PERIODS) return;
        _report(cents % 2 == 0 ? vault.pendingDeposit() / CENT : bound(cents, 0, 400_000));
    }

    function disputeReport(uint256 who) external {
        address[4] memory parties = [servicer, trustee, agent, stranger];
        bytes32 digest = vault.pendingReport().digest;
        vm.prank(parties[who % 4]);
        try vault.dispute(digest, "why") {} catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IReportBook.ReportNotPending.selector,
                IReportBook.DisputeTooLate.selector,
                IReportBook.DisputedBefore.selector,
                _notParty()
            );
            explain(reason, refusals);
        }
    }

    function dismissDispute() external {
        IReportBook.DisputeDismissal memory dismissal = IReportBook.DisputeDismissal(
            vault.pendingReport().digest,
            "because"
        );
        bytes32 digest = vault.dismissalDigest(dismissal);
        try vault.dismissDispute(dismissal, signedBy(TRUSTEE_KEY, AGENT_KEY, digest)) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IReportBook.ReportNotPending.selector, IReportBook.NotDisputed.selector));
        }
    }

    function withdrawReport(uint256 who) external {
        address[3] memory parties = [servicer, trustee, agent];
        bytes32 digest = vault.pendingReport().digest;
        vm.prank(parties[who % 3]);
        try vault.withdrawReport(digest) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IReportBook.ReportNotPending.selector, _notParty()));
        }
    }

    function settleReported() external {
        if (vault.period() < PERIODS) _settle();
    }

    function settleJointly() external {
        if (vault.period() == PERIODS) return;
        IReportBook.ServicerReport memory told = _told(_reported);
        uint256 held = vault.pendingDeposit() / CENT;
        IReportBook.JointSettlement memory joint = IReportBook.JointSettlement(vault.reportDigest(told), held);
        bytes32 expected = expectedHash(_reported, held);
        try vault.settleJointly(told, joint, signedBy(TRUSTEE_KEY, AGENT_KEY, vault.jointDigest(joint)), expected) {
            _settled();
        } catch (bytes memory reason) {
            explain(reason, _unsettled());
        }
    }

    /// @dev The ordinary month in one step, so that distributions come as often as what is done to them.
    function wholeMonth(uint256 cents) external {
        uint32 next = vault.period() + 1;
        if (next > PERIODS || vault.stopped()) return;
        _deposit(bound(cents, 1, 500_000));
        _report(vault.pendingDeposit() / CENT);
        uint256 date = vault.paymentDate(next);
        uint256 over = block.timestamp + DISPUTE_DELAY;
        vm.warp(date > over ? date : over);
        _settle();
    }

    function stopOrResume() external {
        if (vault.stopped()) control.resume(vault);
        else control.stop(vault);
    }

    // Holders' money.

    function claim(uint256 who, uint256 tranche, uint256 number, bool bySelf) external {
        (address account, uint256 class, uint32 period) = (anyone(who), tranche % 2, uint32(bound(number, 0, 4)));
        (, IDistributor.Share memory due) = distributor.claimable(account, class, period);
        if (bySelf) vm.prank(account);
        try distributor.claimFor(account, class, period) returns (uint256 amount) {
            _count(account, class, period);
            if (amount != due.interest + due.principal - due.tax) ++wrongSums;
            paid += amount;
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IDistributor.ClaimRefused.selector));
        }
    }

    /// @dev Several periods, one of them twice.
    function claimMany(uint256 who, uint256 tranche, uint256 first) external {
        (address account, uint256 class) = (anyone(who), tranche % 2);
        uint32[] memory periods = new uint32[](4);
        for (uint256 i; i < 4; ++i) periods[i] = uint32((first % 4) + (i % 3));
        uint256 due;
        bool[3] memory before;
        for (uint256 i; i < 3; ++i) {
            before[i] = distributor.claimed(account, class, periods[i]);
            due += _due(account, class, periods[i]);
        }
        try distributor.claimMany(account, class, periods) returns (uint256 amount) {
            for (uint256 i; i < 3; ++i) {
                if (!before[i] && distributor.claimed(account, class, periods[i])) _count(account, class, periods[i]);
            }
            if (amount != due) ++wrongSums;
            paid += amount;
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IDistributor.ClaimRefused.selector));
        }
    }

    /// @dev A batch of accounts that follow each other, the first of them twice.
    function push(uint256 first, uint256 count, uint256 tranche, uint256 number) external {
        (uint256 class, uint32 period) = (tranche % 2, uint32(bound(number, 0, 4)));
        uint256 length = bound(count, 1, wallets.length);
        address[] memory accounts = new address[](length + 1);
        bool[] memory before = new bool[](length);
        uint256 due;
        for (uint256 i; i < length; ++i) {
            accounts[i] = anyone((first % (wallets.length + 1)) + i);
            before[i] = distributor.claimed(accounts[i], class, period);
            due += _due(accounts[i], class, period);
        }
        accounts[length] = accounts[0];
        uint256 held = cash.balanceOf(address(distributor));
        distributor.push(class, period, accounts);
        uint256 amount = held - cash.balanceOf(address(distributor));
        if (amount != due) ++wrongSums;
        paid += amount;
        for (uint256 i; i < length; ++i) {
            if (!before[i] && distributor.claimed(accounts[i], class, period)) _count(accounts[i], class, period);
        }
    }

    function remitTax(uint256 tranche, uint256 number) external {
        try distributor.remitTax(tranche % 2, uint32(bound(number, 0, 4))) returns (uint256 amount) {
            paid += amount;
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IDistributor.NoTaxHeld.selector));
        }
    }

    /// @dev Proposed, approved, taken back or moved, in any order; sometimes the years pass that it needs.
    function unclaimed(uint256 step, uint256 tranche, uint256 number) external {
        (uint256 class, uint32 period) = (tranche % 2, uint32(bound(number, 1, 3)));
        if (step % 16 == 15) vm.warp(block.timestamp + 1_096 days);
        bytes memory refusals = abi.encodePacked(
            IDistributor.AlreadyProposed.selector,
            IDistributor.NothingUnclaimed.selector,
            IDistributor.NotYetUnclaimed.selector,
            IDistributor.NotProposed.selector,
            IDistributor.SamePerson.selector,
            IDistributor.NotMovable.selector
        );
        if (step % 4 == 0) {
            try distributor.proposeUnclaimed(class, period) {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        } else if (step % 4 == 1) {
            vm.prank(step % 8 < 6 ? approver : address(this));
            try distributor.approveUnclaimed(class, period) {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        } else if (step % 32 == 2) {
            try distributor.cancelUnclaimed(class, period) {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        } else {
            try distributor.moveUnclaimed(class, period) returns (uint256 amount) {
                paid += amount;
            } catch (bytes memory reason) {
                explain(reason, refusals);
            }
        }
    }

    function withdraw(uint256 payee) external {
        try vault.withdraw(payee % 3) returns (uint256 amount) {
            paid += amount;
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IDealVault.NothingOwed.selector,
                IDealVault.NoSuchPayee.selector,
                IDealVault.PayeeRefused.selector
            );
            explain(reason, refusals);
        }
    }

    // What they are made of.

    /// @dev The fixture's report, under whatever program is in force.
    function _told(uint256 cents) private view returns (IReportBook.ServicerReport memory told) {
        told = reportOf(vault.period() + 1, cents);
        told.programHash = vault.programHash();
    }

    function _settled() private {
        ++settlements;
        paidBy[vault.period()] = vault.programHash();
    }

    function _deposit(uint256 cents) private {
        fund(servicer, address(vault), cents * CENT);
        vm.prank(servicer);
        try vault.deposit(cents * CENT) {
            deposited += cents * CENT;
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IDealVault.Stopped.selector, Frames.NoSuchPeriod.selector));
        }
    }

    function _report(uint256 cents) private {
        IReportBook.ServicerReport memory told = _told(cents);
        bytes32 digest = vault.reportDigest(told);
        try vault.submitReport(told, signedBy(SERVICER_KEY, TRUSTEE_KEY, digest)) {
            _reported = cents;
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IDealVault.Stopped.selector,
                IReportBook.ReportPending.selector,
                IDealControl.AmendmentDue.selector
            );
            explain(reason, refusals);
        }
    }

    function _settle() private {
        IReportBook.ServicerReport memory told = _told(_reported);
        bytes32 expected = expectedHash(_reported, vault.pendingDeposit() / CENT);
        try vault.settle(told, expected) {
            _settled();
        } catch (bytes memory reason) {
            explain(reason, bytes.concat(_unsettled(), abi.encodePacked(IDealVault.DepositDiffers.selector)));
        }
    }

    function _due(address account, uint256 class, uint32 period) private view returns (uint256) {
        (uint8 code, IDistributor.Share memory share) = distributor.claimable(account, class, period);
        return code == 0 ? share.interest + share.principal - share.tax : 0;
    }

    function _count(address account, uint256 class, uint32 period) private {
        bytes32 key = keccak256(abi.encode(account, class, period));
        if (_done[key]) ++repeated;
        _done[key] = true;
    }

    function _unsettled() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                IDealVault.Stopped.selector,
                IDealVault.BeforePaymentDate.selector,
                IReportBook.ReportNotPending.selector,
                IReportBook.DisputeDelayRuns.selector,
                IReportBook.DisputeStands.selector
            );
    }

    function _notParty() private pure returns (bytes memory) {
        return abi.encodePacked(bytes4(keccak256("NotParty(address,uint8)")), bytes4(keccak256("NotSigner(address)")));
    }

    function _restrict(uint64 role, bytes4 selector) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        manager.setTargetFunctionRole(address(distributor), selectors, role);
    }
}
