// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {Roles} from "../../src/access/Roles.sol";
import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {IChanges} from "../../src/control/IChanges.sol";
import {IFurtherIssues} from "../../src/control/IFurtherIssues.sol";
import {FurtherIssue} from "../../src/offering/FurtherIssue.sol";
import {IFurtherIssue} from "../../src/offering/IFurtherIssue.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IssueFixture} from "../support/IssueFixture.sol";
import {OtherIssue} from "../support/OtherIssue.sol";
import {SampleMapping} from "../support/SampleMapping.sol";

/// @notice Everything that keeps notes from being issued later; after each the deal is as it was
contract FurtherIssueRefusedTest is IssueFixture {
    function setUp() public override {
        super.setUp();
        issue = new FurtherIssue(issueTerms());
    }

    function _mark() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    vault.programHash(),
                    vault.state(),
                    senior.totalSupply(),
                    control.faceOf(vault, 0),
                    cash.balanceOf(sponsor)
                )
            );
    }

    /// @dev Completion is refused and changes nothing.
    function _refuse(IAmendments.Amendment memory amendment, bytes memory failure) private {
        bytes32 before = _mark();
        vm.expectRevert(failure);
        issue.complete(amendment);
        isTrue(_mark() == before, "nothing happened");
    }

    /// @dev Agreed, subscribed by Carol, and its date has come.
    function _ready() private returns (IAmendments.Amendment memory agreed) {
        agreed = raising(0, RAISE);
        agree(agreed);
        take(carol, 160);
        vm.warp(ISSUE_DATE);
    }

    function _refuseTerms(IFurtherIssue.IssueTerms memory terms, string memory what) private {
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.TermsInvalid.selector, what));
        new FurtherIssue(terms);
    }

    function test_refusesTermsThatDoNotFit() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        terms.lot = 0;
        _refuseTerms(terms, "lot");
        terms = issueTerms();
        terms.lots = 0;
        _refuseTerms(terms, "lots");
        terms = issueTerms();
        terms.maximum = 159;
        _refuseTerms(terms, "maximum");
        terms = issueTerms();
        terms.issuer = address(0);
        _refuseTerms(terms, "issuer");
        terms = issueTerms();
        terms.seller = address(0);
        _refuseTerms(terms, "seller");
        terms = issueTerms();
        terms.price = 0;
        _refuseTerms(terms, "price");
        terms = issueTerms();
        terms.tranche = 2;
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NoSuchTranche.selector, 2));
        new FurtherIssue(terms);
    }

    /// @dev The record date of period 2 is sixty days after the start; the payment date before it 33 days.
    function test_refusesTimesThatWouldSplitAPeriod() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        terms.deadline = START + 60 * DAY;
        _refuseTerms(terms, "deadline");
        terms.deadline = ISSUE_DATE - 1;
        _refuseTerms(terms, "deadline");
        terms = issueTerms();
        terms.issueDate = START + 33 * DAY - 1;
        _refuseTerms(terms, "issueDate");
        terms.issueDate = START + 33 * DAY;
        // No interest accrues on the payment date itself.
        _refuseTerms(terms, "accrued");
        terms.accrued = 0;
        new FurtherIssue(terms);
    }

    function test_nobodySubscribesBeforeItIsAgreed() public {
        fund(alice, address(issue), LOT_COST);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.NotAgreed.selector));
        issue.subscribe(1);
        propose(raising(0, RAISE));
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.NotAgreed.selector));
        issue.subscribe(1);
    }

    function test_onlyWhoMayProposes() public {
        IAmendments.Amendment memory amendment = raising(0, RAISE);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        control.proposeIssue(issue, amendment);
        bytes32 proposal = propose(amendment);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.IssueProposedBefore.selector, proposal));
        control.proposeIssue(issue, amendment);
        manager.grantRole(Roles.CHANGE_APPROVER, address(this), 0);
        vm.expectRevert(abi.encodeWithSelector(IChanges.SameEyes.selector, address(this)));
        control.approveChange(proposal);
    }

    /// @dev The senior class may reach 12,000.00: 4,000.00 more; the junior class never grows.
    function test_theDealsTermsSayHowFarAClassGrows() public {
        IAmendments.Amendment memory amendment = raising(0, RAISE);
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        (terms.lots, terms.maximum) = (401, 401);
        issue = new FurtherIssue(terms);
        bytes4 refused = IFurtherIssues.IssueNotPermitted.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, 0, 1_200_000, 1_201_000));
        control.proposeIssue(issue, amendment);
        terms = issueTerms();
        terms.tranche = 1;
        issue = new FurtherIssue(terms);
        vm.expectRevert(abi.encodeWithSelector(refused, 1, 0, 360_000));
        control.proposeIssue(issue, amendment);
    }

    function test_theAmendmentIsOfTheIssuesPeriod() public {
        IAmendments.Amendment memory amendment = raising(0, RAISE);
        amendment.fromPeriod = 3;
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.IssuePeriodDiffers.selector, 2, 3));
        control.proposeIssue(issue, amendment);
    }

    function test_onlyTheIssuerCompletes() public {
        IAmendments.Amendment memory agreed = _ready();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.CallerRefused.selector, stranger));
        issue.complete(agreed);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.CallerRefused.selector, stranger));
        issue.removeSubscriber(carol);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.WrongPhase.selector, IFurtherIssue.Phase.Open));
        issue.mintNotes();
    }

    /// @dev Nobody else has the amendment applied: the class's balance would grow without notes.
    function test_onlyTheIssueAppliesItsAmendment() public {
        IAmendments.Amendment memory agreed = _ready();
        vm.expectPartialRevert(IChanges.ChangeUnknown.selector);
        control.applyAmendment(vault, agreed);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.IssueUnknown.selector, address(this)));
        control.applyIssue(agreed);
    }

    function test_onlyInItsTime() public {
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        bytes32 proposal = agree(agreed);
        take(carol, 160);
        vm.warp(ISSUE_DATE - 1);
        _refuse(agreed, abi.encodeWithSelector(IFurtherIssue.BeforeIssueDate.selector, ISSUE_DATE));
        vm.warp(DEADLINE + 1);
        _refuse(agreed, abi.encodeWithSelector(IFurtherIssue.DeadlinePassed.selector, DEADLINE));
        fund(alice, address(issue), LOT_COST);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.DeadlinePassed.selector, DEADLINE));
        issue.subscribe(1);
        isTrue(proposal != 0, "agreed all the time");
    }

    function test_notBeforeTheChangeDelay() public {
        vm.warp(ISSUE_DATE);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        bytes32 proposal = agree(agreed);
        take(carol, 160);
        bytes4 notReady = IChanges.ChangeNotReady.selector;
        _refuse(agreed, abi.encodeWithSelector(notReady, proposal, ISSUE_DATE + CHANGE_DELAY));
    }

    function test_notWhileAReportIsPending() public {
        IAmendments.Amendment memory agreed = _ready();
        // An issue, unlike an amendment, holds no report up.
        bytes32 digest = submit(reportOf(2, 110_100));
        _refuse(agreed, abi.encodeWithSelector(IFurtherIssues.ReportPending.selector, digest));
    }

    /// @dev The class's own calendar decides, whatever the issue's contract says.
    function test_notAfterTheRecordDate() public {
        OtherIssue other = new OtherIssue(vault, 0, FACE);
        issue = FurtherIssue(address(other));
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        vm.warp(START + 60 * DAY);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.RecordDatePassed.selector, 2));
        other.apply_(agreed);
    }

    function test_notBeforeThePeriodBeforeIsSettled() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        (terms.fromPeriod, terms.issueDate, terms.deadline) = (3, START + 64 * DAY, START + 80 * DAY);
        issue = new FurtherIssue(terms);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agreed.fromPeriod = 3;
        agreed.mappingHash = stored(SampleMapping.raising(vault.programHash(), agreed.programHash, 3, 0, RAISE));
        agree(agreed);
        take(carol, 160);
        vm.warp(START + 64 * DAY);
        _refuse(agreed, abi.encodeWithSelector(IAmendments.AmendmentNotNext.selector, 2, 3));
    }

    function test_onePeriodHasOneProgram() public {
        IAmendments.Amendment memory agreed = _ready();
        IAmendments.Amendment memory fee = raising(0, 0);
        bytes32 proposal = control.proposeAmendment(address(vault), fee);
        vm.prank(approver);
        control.approveChange(proposal);
        vm.warp(ISSUE_DATE + CHANGE_DELAY);
        control.applyAmendment(vault, fee);
        _refuse(agreed, abi.encodeWithSelector(IFurtherIssues.PeriodAmended.selector, 2));
    }

    function test_notWhileStopped() public {
        IAmendments.Amendment memory agreed = _ready();
        control.stop(vault);
        _refuse(agreed, abi.encodeWithSelector(IDealVault.Stopped.selector));
    }

    /// @dev 7,000.00 of 8,000.00: 8 cents of face are 7 cents of balance, and nothing less is whole. 150,001 cents lie between
    ///      150,000 and 150,008.
    function test_onlyAFaceWhoseBalanceIsWholeCents() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        (terms.lot, terms.lots, terms.maximum) = (1, 150_001, 150_001);
        issue = new FurtherIssue(terms);
        IAmendments.Amendment memory agreed = raising(0, 131_250);
        agree(agreed);
        take(carol, 150_001);
        vm.warp(ISSUE_DATE);
        _refuse(agreed, abi.encodeWithSelector(IFurtherIssues.FaceNotWhole.selector, 150_001, 150_000));
    }

    /// @dev Other amounts than 8,400.00 and 2,000.00 in the new words.
    function test_theMappingRaisesTheClassAndNothingElse() public {
        bytes4 differs = IFurtherIssues.BalanceDiffers.selector;
        IAmendments.Amendment memory less = raising(0, RAISE - 1);
        agree(less);
        take(carol, 160);
        vm.warp(ISSUE_DATE);
        _refuse(less, abi.encodeWithSelector(differs, 0, 840_000, 839_999));
    }

    function test_theMappingDoesNotRaiseAnotherClass() public {
        IAmendments.Amendment memory other = raising(1, RAISE);
        agree(other);
        take(carol, 160);
        vm.warp(ISSUE_DATE);
        bytes4 differs = IFurtherIssues.BalanceDiffers.selector;
        _refuse(other, abi.encodeWithSelector(differs, 0, 840_000, 700_000));
    }

    /// @dev 8,400.00 and 2,000.00 are 10,400.00: a cent less than that is attested.
    function test_notBeyondWhatIsAttested() public {
        IAmendments.Amendment memory agreed = _ready();
        address attestor = address(0xA77);
        vm.mockCall(address(offering), abi.encodeCall(ISubscription.attestor, ()), abi.encode(attestor));
        bytes memory asked = abi.encodeCall(IReserveAttestor.requireCovered, (address(vault), 1_040_000));
        bytes memory exceeds = abi.encodeWithSelector(
            IReserveAttestor.ExceedsCollateral.selector,
            1_040_000,
            1_039_999
        );
        vm.mockCallRevert(attestor, asked, exceeds);
        _refuse(agreed, exceeds);
        vm.clearMockedCalls();
        vm.mockCall(address(offering), abi.encodeCall(ISubscription.attestor, ()), abi.encode(attestor));
        vm.mockCall(attestor, asked, "");
        issue.complete(agreed);
    }

    /// @dev Whoever the token refuses stops the issue until the issuer removes it; its lots go to the others.
    function test_aFrozenSubscriberIsRemoved() public {
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        take(alice, 40);
        take(carol, 160);
        vm.warp(ISSUE_DATE);
        registry.setFrozen(alice, true);
        bytes4 refused = ITrancheToken.TransferRefused.selector;
        uint8 code = registry.canReceive(alice);
        _refuse(agreed, abi.encodeWithSelector(refused, address(0), alice, code));
        issue.removeSubscriber(alice);
        issue.complete(agreed);
        equal(senior.balanceOf(carol), FACE * CENT, "Carol has all");
        equal(issue.refund(alice), 40 * LOT_COST, "Alice has her cash");
    }

    function test_onlyAdmittedInvestorsSubscribe() public {
        agree(raising(0, RAISE));
        fund(stranger, address(issue), LOT_COST);
        vm.prank(stranger);
        bytes4 refused = IFurtherIssue.SubscriberRefused.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, stranger, Reasons.RECEIVER_NOT_REGISTERED));
        issue.subscribe(1);
    }

    /// @dev Two wallets of investor 7 may take ten lots together.
    function test_anInvestorsWalletsCountTogether() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        terms.perInvestor = 10;
        issue = new FurtherIssue(terms);
        agree(raising(0, RAISE));
        address one = address(0x71);
        address other = address(0x72);
        registry.register(one, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 7));
        registry.register(other, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 7));
        take(one, 6);
        fund(other, address(issue), 5 * LOT_COST);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.InvestorLimit.selector, 4));
        issue.subscribe(5);
        vm.prank(one);
        issue.withdraw();
        take(other, 10);
    }

    function test_asManySubscribersAsATransactionServes() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        terms.maximum = 300;
        issue = new FurtherIssue(terms);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        for (uint160 i = 1; i <= 100; ++i) {
            address account = address(i + 0x10000);
            registry.register(account, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, uint64(i)));
            take(account, 2);
        }
        fund(alice, address(issue), LOT_COST);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.TooManySubscribers.selector, 100));
        issue.subscribe(1);
        vm.warp(ISSUE_DATE);
        issue.complete{gas: 1 << 24}(agreed);
        equal(senior.totalSupply(), 960_000 * CENT, "issued");
    }

    function test_nobodyElseEndsAnIssueThatStands() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.StillAgreed.selector, bytes32(0)));
        issue.fail();
        bytes32 proposal = agree(raising(0, RAISE));
        take(alice, 1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.StillAgreed.selector, proposal));
        issue.fail();
    }

    function test_onlyOnce() public {
        IAmendments.Amendment memory agreed = _ready();
        issue.complete(agreed);
        bytes memory wrong = abi.encodeWithSelector(IFurtherIssue.WrongPhase.selector, IFurtherIssue.Phase.Completed);
        vm.expectRevert(wrong);
        issue.complete(agreed);
        vm.expectRevert(wrong);
        issue.fail();
        vm.prank(carol);
        vm.expectRevert(wrong);
        issue.withdraw();
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.NothingToRefund.selector, carol));
        issue.refund(carol);
    }

    /// @dev Whatever an agreed contract does, supply and face are equal when it is over: nothing minted, too much, or another
    ///      class's notes.
    function test_anIssueMintsJustWhatWasAgreed() public {
        OtherIssue other = new OtherIssue(vault, 0, FACE);
        issue = FurtherIssue(address(other));
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        vm.warp(ISSUE_DATE);
        bytes4 mismatch = IDealVault.SupplyMismatch.selector;
        vm.expectRevert(abi.encodeWithSelector(mismatch, 0, 960_000 * CENT, 800_000 * CENT));
        other.apply_(agreed);
        other.mints(senior, FACE * CENT + 1);
        vm.expectRevert(abi.encodeWithSelector(mismatch, 0, 960_000 * CENT, 960_000 * CENT + 1));
        other.apply_(agreed);
        other.mints(junior, 1);
        vm.expectRevert(abi.encodeWithSelector(mismatch, 0, 960_000 * CENT, 800_000 * CENT));
        other.apply_(agreed);
        other.mints(senior, FACE * CENT);
        other.apply_(agreed);
        equal(senior.totalSupply(), 960_000 * CENT, "just that");
        vm.prank(address(other));
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotMinter.selector, address(other)));
        senior.mint(alice, 1);
    }

    /// @dev A face is issued exactly when its share of 7,000.00 is whole cents.
    function testFuzz_applyIssue_faces(uint256 face) public {
        face = bound(face, 1, 400_000);
        OtherIssue other = new OtherIssue(vault, 0, face);
        issue = FurtherIssue(address(other));
        bool whole = (face * 700_000) % 800_000 == 0;
        uint256 raise = (face * 700_000) / 800_000;
        IAmendments.Amendment memory agreed = raising(0, raise);
        agree(agreed);
        other.mints(senior, face * CENT);
        vm.warp(ISSUE_DATE);
        try other.apply_(agreed) {
            isTrue(whole, "issued though its balance is no whole cents");
            equal(vault.state()[2] * 800_000, 700_000 * (800_000 + face), "the factor stays");
        } catch (bytes memory reason) {
            isTrue(!whole && bytes4(reason) == IFurtherIssues.FaceNotWhole.selector, "refused though it is whole");
        }
    }
}
