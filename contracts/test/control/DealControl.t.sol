// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Roles} from "../../src/access/Roles.sol";
import {DealControl} from "../../src/control/DealControl.sol";
import {IChanges} from "../../src/control/IChanges.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {Parties} from "../../src/control/Parties.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice Signers and their rotation, changes with four eyes and a delay, and the emergency stop
contract DealControlTest is DealFixture, Strangers {
    uint256 private constant COLLECTED = 110_000;
    uint256 private constant NEW_KEY = 0x2e;

    function _invalid(ISignerSet.Quorum memory set, bytes memory failure) private {
        vm.expectRevert(failure);
        new DealControl(address(manager), set, CHANGE_DELAY, new uint256[](0));
    }

    /// @dev The set of the fixture with another servicer.
    function _rotated() private returns (ISignerSet.Quorum memory set) {
        set = quorum();
        for (uint256 i; i < 3; ++i) {
            if (set.signers[i].account == servicer) set.signers[i].account = vm.addr(NEW_KEY);
        }
        set.signers = sorted(set.signers);
    }

    function _approve(bytes32 proposal) private {
        vm.prank(approver);
        control.approveChange(proposal);
    }

    function test_signersMustMakeAQuorum() public {
        ISignerSet.Quorum memory set = quorum();
        set.threshold = 1;
        _invalid(set, abi.encodeWithSelector(ISignerSet.QuorumInvalid.selector, 3, 1));
        set.threshold = 4;
        _invalid(set, abi.encodeWithSelector(ISignerSet.QuorumInvalid.selector, 3, 4));
        set = quorum();
        (set.signers[0], set.signers[1]) = (set.signers[1], set.signers[0]);
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 1));
        set = quorum();
        set.signers[1] = set.signers[0];
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 1));
        set = quorum();
        set.signers[0].account = address(0);
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 0));
        set = quorum();
        set.signers[2].parties = 0;
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 2));
        set.signers[2].parties = 16;
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 2));
        set.signers[2].parties = Parties.TRUSTEE | Parties.SERVICER;
        _invalid(set, abi.encodeWithSelector(ISignerSet.SignerInvalid.selector, 2));
        set.signers[2].parties = Parties.OTHER;
        _invalid(set, abi.encodeWithSelector(ISignerSet.QuorumInvalid.selector, 3, 2));
        set.signers = new ISignerSet.Signer[](33);
        for (uint160 i; i < 33; ++i) set.signers[i] = ISignerSet.Signer(address(i + 1), 1 + uint8(i % 2));
        set.signers[32].parties = Parties.CALCULATION_AGENT;
        _invalid(set, abi.encodeWithSelector(ISignerSet.QuorumInvalid.selector, 33, 2));
    }

    function test_theSetIsReadBack() public view {
        ISignerSet.Quorum memory set = control.signers();
        equal(set.signers.length, 3, "signers");
        equal(set.threshold, 2, "threshold");
        equal(control.partiesOf(trustee), Parties.TRUSTEE, "trustee");
        equal(control.partiesOf(stranger), 0, "nobody");
        equal(control.changeDelay(), CHANGE_DELAY, "delay");
    }

    /// @dev One account may be servicer and calculation agent; it is one signature then.
    function test_oneAccountForTwoPartiesCountsOnce() public {
        ISignerSet.Signer[] memory list = new ISignerSet.Signer[](2);
        list[0] = ISignerSet.Signer(servicer, Parties.SERVICER | Parties.CALCULATION_AGENT);
        list[1] = ISignerSet.Signer(trustee, Parties.TRUSTEE);
        DealControl its = new DealControl(address(manager), ISignerSet.Quorum(sorted(list), 2), 0, new uint256[](0));
        bytes32 digest = keccak256("digest");
        ISignerSet.Signature[] memory both = signedBy(SERVICER_KEY, TRUSTEE_KEY, digest);
        its.requireQuorum(digest, both);
        its.requireSigned(digest, both, Parties.TRUSTEE | Parties.CALCULATION_AGENT);
    }

    function test_aThresholdOfThree() public {
        ISignerSet.Quorum memory set = quorum();
        set.threshold = 3;
        DealControl its = new DealControl(address(manager), set, 0, new uint256[](0));
        bytes32 digest = keccak256("digest");
        ISignerSet.Signature[] memory both = signedBy(SERVICER_KEY, TRUSTEE_KEY, digest);
        uint8 needed = Parties.SERVICER | Parties.TRUSTEE;
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.QuorumMissing.selector, 2, 3, needed, needed));
        its.requireQuorum(digest, both);
    }

    function test_rotatedSigner() public {
        closeDeal();
        bytes32 proposal = control.proposeSigners(_rotated());
        _approve(proposal);
        vm.warp(block.timestamp + CHANGE_DELAY);
        bytes32 digest = submit(reportOf(1, COLLECTED));
        control.applySigners(_rotated());
        equal(control.partiesOf(servicer), 0, "the old servicer signs no more");
        // What a quorum brought stands; the new set disputes and withdraws it.
        vm.prank(servicer);
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.NotSigner.selector, servicer));
        vault.withdrawReport(digest);
        address successor = vm.addr(NEW_KEY);
        vm.prank(successor);
        vault.withdrawReport(digest);
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 next = vault.reportDigest(report);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, next);
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.NotSigner.selector, servicer));
        control.requireQuorum(next, list);
        vault.submitReport(report, signedBy(NEW_KEY, TRUSTEE_KEY, next));
        cash.mint(servicer, CENT);
        vm.prank(servicer);
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.NotSigner.selector, servicer));
        vault.deposit(CENT);
    }

    function test_aChangeNeedsFourEyesAndItsDelay() public {
        ISignerSet.Quorum memory set = _rotated();
        bytes32 unknown = keccak256("unknown");
        vm.prank(approver);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, unknown));
        control.approveChange(unknown);
        bytes32 proposal = control.proposeSigners(set);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeKnown.selector, proposal));
        control.proposeSigners(set);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeNotReady.selector, proposal, 0));
        control.applySigners(set);
        // The proposer, were it given the other role too.
        manager.grantRole(13, address(this), 0);
        vm.expectRevert(abi.encodeWithSelector(IChanges.SameEyes.selector, address(this)));
        control.approveChange(proposal);
        _approve(proposal);
        vm.prank(approver);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeApprovedAlready.selector, proposal));
        control.approveChange(proposal);
        (address proposer, uint256 readyAt) = control.changeOf(proposal);
        isTrue(proposer == address(this), "proposer");
        equal(readyAt, block.timestamp + CHANGE_DELAY, "ready");
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeNotReady.selector, proposal, readyAt));
        control.applySigners(set);
        vm.warp(readyAt);
        vm.prank(stranger);
        control.applySigners(set);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal));
        control.applySigners(set);
    }

    /// @dev What was approved is the whole set; nothing else is applied in its name.
    function test_anotherSetThanApproved() public {
        ISignerSet.Quorum memory set = _rotated();
        _approve(control.proposeSigners(set));
        vm.warp(block.timestamp + CHANGE_DELAY);
        set.threshold = 3;
        vm.expectPartialRevert(IChanges.ChangeUnknown.selector);
        control.applySigners(set);
    }

    function test_theGuardianCancels() public {
        ISignerSet.Quorum memory set = _rotated();
        bytes32 proposal = control.proposeSigners(set);
        _approve(proposal);
        vm.warp(block.timestamp + CHANGE_DELAY);
        control.cancelChange(proposal);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal));
        control.applySigners(set);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal));
        control.cancelChange(proposal);
    }

    function test_rolesAreAsked() public {
        bytes memory failure = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        ISignerSet.Quorum memory set = _rotated();
        vm.startPrank(stranger);
        vm.expectRevert(failure);
        control.proposeSigners(set);
        vm.expectRevert(failure);
        control.approveChange(0);
        vm.expectRevert(failure);
        control.cancelChange(0);
        vm.expectRevert(failure);
        control.stop(vault);
        vm.expectRevert(failure);
        control.resume(vault);
        vm.stopPrank();
    }

    function test_whileStoppedNothingNewHappensAndWhatIsOwedIsPaid() public {
        closeDeal();
        settle(1, COLLECTED);
        bytes32 digest = submit(reportOf(2, COLLECTED));
        IReportBook.ServicerReport memory report = reportOf(2, COLLECTED);
        deposit(COLLECTED);
        control.stop(vault);
        isTrue(vault.stopped(), "stopped");
        bytes memory failure = abi.encodeWithSelector(IDealVault.Stopped.selector);
        fund(servicer, address(vault), CENT);
        vm.prank(servicer);
        vm.expectRevert(failure);
        vault.deposit(CENT);
        vm.warp(vault.paymentDate(2));
        vm.expectRevert(failure);
        vault.settle(report, 0);
        vm.expectRevert(failure);
        vault.settleJointly(report, IReportBook.JointSettlement(digest, 0), new ISignerSet.Signature[](0), 0);
        vm.prank(servicer);
        vault.withdrawReport(digest);
        vm.expectRevert(failure);
        vault.submitReport(report, new ISignerSet.Signature[](0));
        // Interest of 8,000 and principal of 99,900 cents on three quarters of the class; the fee of 100.
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), (6_000 + 74_925) * CENT, "alice has hers");
        vault.withdraw(0);
        equal(cash.balanceOf(feeTaker), 100 * CENT, "and the payee");
        control.resume(vault);
        settleNow(reportOf(2, COLLECTED), expectedHash(COLLECTED, COLLECTED));
        equal(vault.period(), 2, "it goes on");
    }

    function test_onlyTheControlStopsAndOnlyOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotControl.selector, address(this)));
        vault.setStopped(true);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.StoppedAlready.selector, false));
        control.resume(vault);
        control.stop(vault);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.StoppedAlready.selector, true));
        control.stop(vault);
    }

    /// @dev Any set is either refused, or signs with the threshold and parties that it says.
    function testFuzz_proposeSigners(uint8[4] calldata parties, uint8 threshold, uint256 seed) public {
        ISignerSet.Signer[] memory list = new ISignerSet.Signer[](4);
        for (uint256 i; i < 4; ++i) {
            list[i] = ISignerSet.Signer(address(uint160(uint256(keccak256(abi.encode(seed, i))))), parties[i] % 17);
        }
        ISignerSet.Quorum memory set = ISignerSet.Quorum(sorted(list), threshold % 6);
        bytes32 proposal = control.proposeSigners(set);
        _approve(proposal);
        vm.warp(block.timestamp + CHANGE_DELAY);
        uint8 all;
        bool valid = set.threshold >= 2 && set.threshold <= 4;
        for (uint256 i; i < 4; ++i) {
            uint8 its = set.signers[i].parties;
            all |= its;
            valid = valid && its != 0 && its < 16 && (its & 2 == 0 || its == 2);
        }
        valid = valid && all & 7 == 7;
        try control.applySigners(set) {
            isTrue(valid, "taken though it makes no quorum");
            equal(control.partiesOf(set.signers[3].account), set.signers[3].parties, "signs");
            equal(control.partiesOf(servicer), 0, "the old set is gone");
        } catch {
            isTrue(!valid, "refused though it makes a quorum");
            equal(control.partiesOf(servicer), Parties.SERVICER, "the old set stays");
        }
    }

    /// @dev Four eyes, whoever has both roles, and once.
    function testFuzz_approveChange(uint256 by, bytes32 other, bool same, bool unknown) public {
        bytes32 proposal = control.proposeSigners(_rotated());
        unauthorised(by, address(control), abi.encodeCall(control.approveChange, (proposal)));
        manager.grantRole(Roles.CHANGE_APPROVER, address(this), 0);
        vm.prank(same ? address(this) : approver);
        if (unknown) vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, other));
        else if (same) vm.expectRevert(abi.encodeWithSelector(IChanges.SameEyes.selector, address(this)));
        control.approveChange(unknown ? other : proposal);
        (, uint256 readyAt) = control.changeOf(proposal);
        equal(readyAt, same || unknown ? 0 : block.timestamp + CHANGE_DELAY, "when");
        if (same || unknown) return;
        vm.warp(block.timestamp + 1);
        vm.prank(approver);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeApprovedAlready.selector, proposal));
        control.approveChange(proposal);
    }

    /// @dev Approved or not, at any time before it is applied.
    function testFuzz_cancelChange(uint256 by, bool approved, uint256 time, bytes32 other) public {
        ISignerSet.Quorum memory set = _rotated();
        bytes32 proposal = control.proposeSigners(set);
        if (approved) _approve(proposal);
        vm.warp(block.timestamp + bound(time, 0, 2 * CHANGE_DELAY));
        unauthorised(by, address(control), abi.encodeCall(control.cancelChange, (proposal)));
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, other));
        control.cancelChange(other);
        control.cancelChange(proposal);
        vm.warp(block.timestamp + 2 * CHANGE_DELAY);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal));
        control.applySigners(set);
        equal(control.partiesOf(servicer), Parties.SERVICER, "the old set stays");
    }

    /// @dev One amendment of a vault is open at a time, whatever it says.
    function testFuzz_proposeAmendment(
        uint256 by,
        uint32 period,
        bytes32 program,
        bytes32 next,
        bool cancelled
    ) public {
        IAmendments.Amendment memory amendment;
        (amendment.fromPeriod, amendment.programHash) = (period, program);
        bytes memory data = abi.encodeCall(control.proposeAmendment, (address(vault), amendment));
        unauthorised(by, address(control), data);
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        (address proposer, uint256 readyAt) = control.changeOf(proposal);
        isTrue(proposer == address(this) && readyAt == 0, "waits for approval");
        if (cancelled) control.cancelChange(proposal);
        else vm.expectRevert(abi.encodeWithSelector(IDealControl.AmendmentOpen.selector, proposal));
        amendment.mappingHash = next;
        control.proposeAmendment(address(vault), amendment);
    }

    function testFuzz_stop(uint256 by, bool[6] calldata turns) public {
        unauthorised(by, address(control), abi.encodeCall(control.stop, (vault)));
        _stopAndResume(turns);
    }

    function testFuzz_resume(uint256 by, bool[6] calldata turns) public {
        control.stop(vault);
        unauthorised(by, address(control), abi.encodeCall(control.resume, (vault)));
        isTrue(vault.stopped(), "a stranger does not resume");
        control.resume(vault);
        _stopAndResume(turns);
    }

    /// @dev Any order of both: while stopped no cash comes in and no report, and what holders and payees are owed is paid.
    function _stopAndResume(bool[6] calldata turns) private {
        closeDeal();
        settle(1, COLLECTED);
        bool stopped;
        uint32 deposits;
        for (uint256 i; i < 6; ++i) {
            bytes memory already = abi.encodeWithSelector(IDealVault.StoppedAlready.selector, stopped);
            if (turns[i] == stopped) vm.expectRevert(already);
            if (turns[i]) control.stop(vault);
            else control.resume(vault);
            stopped = turns[i];
            fund(servicer, address(vault), CENT);
            vm.prank(servicer);
            if (stopped) vm.expectRevert(abi.encodeWithSelector(IDealVault.Stopped.selector));
            else ++deposits;
            vault.deposit(CENT);
            if (i == 0) distributor.claimFor(alice, 0, 1);
            if (i == 1) vault.withdraw(0);
            if (i == 2) distributor.claimFor(bob, 0, 1);
        }
        equal(vault.pendingDeposit(), deposits * CENT, "deposits while it ran");
        equal(cash.balanceOf(alice) + cash.balanceOf(bob), 107_900 * CENT, "claims are never stopped");
        equal(cash.balanceOf(feeTaker), 100 * CENT, "nor payees");
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(control));
    }

    /// @dev At any time: only a ready change is applied.
    function testFuzz_applySigners(uint256 time, bool approved) public {
        ISignerSet.Quorum memory set = _rotated();
        bytes32 proposal = control.proposeSigners(set);
        if (approved) _approve(proposal);
        uint256 passed = bound(time, 0, 2 * CHANGE_DELAY);
        vm.warp(block.timestamp + passed);
        bool ready = approved && passed >= CHANGE_DELAY;
        try control.applySigners(set) {
            isTrue(ready, "applied too early");
        } catch {
            isTrue(!ready, "not applied in time");
        }
    }
}
