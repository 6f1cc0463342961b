// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Roles} from "../../src/access/Roles.sol";
import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {DealControl} from "../../src/control/DealControl.sol";
import {IChanges} from "../../src/control/IChanges.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {IFurtherIssues} from "../../src/control/IFurtherIssues.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {Parties} from "../../src/control/Parties.sol";
import {DistributorFactory} from "../../src/distribution/DistributorFactory.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IDistributorFactory} from "../../src/distribution/IDistributorFactory.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {ProgramStore} from "../../src/program/ProgramStore.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {InvestorRegistry} from "../../src/registry/InvestorRegistry.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {SampleProgram} from "./SampleProgram.sol";
import {Test} from "./Vm.sol";

/// @notice A deal on the sample program with three admitted investors; the test contract holds every role
abstract contract DealFixture is Test {
    uint256 internal constant SERVICER_KEY = 0x51;
    uint256 internal constant TRUSTEE_KEY = 0x7e;
    uint256 internal constant AGENT_KEY = 0xa9;
    uint256 internal constant CENT = 10_000;
    uint40 internal constant DISPUTE_DELAY = 2 days;
    uint40 internal constant CHANGE_DELAY = 7 days;
    uint40 internal constant START = 1_000_000;
    uint40 internal constant FOREVER = 4_000_000_000;

    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);
    address internal carol = address(0xCA201);
    address internal stranger = address(0x5712A);
    address internal sponsor = address(0x5505);
    address internal feeTaker = address(0xFEE);
    address internal taxOffice = address(0x7A8);
    address internal approver = address(0xA44);
    /// @dev What reports commit to as their tape.
    bytes32 internal tapeRoot = keccak256("tape");
    address internal servicer;
    address internal trustee;
    address internal agent;

    AccessManager internal manager;
    InvestorRegistry internal registry;
    ProgramStore internal programs;
    TestStablecoin internal cash;
    DealControl internal control;
    Subscription internal offering;
    ITrancheToken internal senior;
    ITrancheToken internal junior;
    DealVault internal vault;
    IDistributorFactory internal distributors = new DistributorFactory();
    IDistributor internal distributor;

    function setUp() public virtual {
        vm.warp(START);
        servicer = vm.addr(SERVICER_KEY);
        trustee = vm.addr(TRUSTEE_KEY);
        agent = vm.addr(AGENT_KEY);
        manager = new AccessManager(address(this));
        registry = new InvestorRegistry(address(manager));
        programs = new ProgramStore();
        cash = newCash();
        _grant(Roles.COMPLIANCE);
        _grant(Roles.ISSUER);
        _grant(Roles.OPERATOR);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.register.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.registerMany.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.registerPacked.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.setFrozen.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.remove.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.setPayout.selector);
        _assign(address(registry), Roles.COMPLIANCE, InvestorRegistry.replaceWallet.selector);
        admit(alice);
        admit(bob);
        admit(carol);
        admit(sponsor);
        programs.register(SampleProgram.blob());
        control = newControl();
        _deployDeal();
    }

    function newControl() internal returns (DealControl made) {
        made = new DealControl(address(manager), quorum(), CHANGE_DELAY, mostFace());
        _grant(Roles.GUARDIAN);
        _grant(Roles.RESUMER);
        _grant(Roles.CHANGE_PROPOSER);
        manager.grantRole(Roles.CHANGE_APPROVER, approver, 0);
        _assign(address(made), Roles.GUARDIAN, DealControl.stop.selector);
        _assign(address(made), Roles.GUARDIAN, IChanges.cancelChange.selector);
        _assign(address(made), Roles.RESUMER, DealControl.resume.selector);
        _assign(address(made), Roles.CHANGE_PROPOSER, DealControl.proposeSigners.selector);
        _assign(address(made), Roles.CHANGE_PROPOSER, DealControl.proposeAmendment.selector);
        _assign(address(made), Roles.CHANGE_PROPOSER, IFurtherIssues.proposeIssue.selector);
        _assign(address(made), Roles.CHANGE_APPROVER, IChanges.approveChange.selector);
    }

    /// @dev No further issues.
    function mostFace() internal pure virtual returns (uint256[] memory) {
        return new uint256[](0);
    }

    /// @dev Servicer, trustee and calculation agent, of whom two sign a report.
    function quorum() internal view returns (ISignerSet.Quorum memory) {
        ISignerSet.Signer[] memory list = new ISignerSet.Signer[](3);
        list[0] = ISignerSet.Signer(servicer, Parties.SERVICER);
        list[1] = ISignerSet.Signer(trustee, Parties.TRUSTEE);
        list[2] = ISignerSet.Signer(agent, Parties.CALCULATION_AGENT);
        return ISignerSet.Quorum(sorted(list), 2);
    }

    function sorted(ISignerSet.Signer[] memory list) internal pure returns (ISignerSet.Signer[] memory) {
        for (uint256 i; i < list.length; ++i) {
            for (uint256 j = i + 1; j < list.length; ++j) {
                if (list[j].account < list[i].account) (list[i], list[j]) = (list[j], list[i]);
            }
        }
        return list;
    }

    function newCash() internal virtual returns (TestStablecoin) {
        return new TestStablecoin();
    }

    function _deployDeal() private {
        offering = new Subscription(offerTerms(START + 1 days));
        _deployNotes();
    }

    /// @dev Both tranches are sold in full and in cents, and no attestation is asked.
    function offerTerms(uint40 deadline) internal view returns (ISubscription.OfferTerms memory) {
        ISubscription.TrancheOffer[] memory tranches = new ISubscription.TrancheOffer[](2);
        tranches[0] = ISubscription.TrancheOffer(800_000, 800_000, 0, 1);
        tranches[1] = ISubscription.TrancheOffer(200_000, 200_000, 0, 1);
        return
            ISubscription.OfferTerms(
                cash,
                registry,
                address(manager),
                sponsor,
                deadline,
                IReserveAttestor(address(0)),
                tranches
            );
    }

    /// @dev The roles, tokens and vault that belong to the offering.
    function _deployNotes() internal {
        _assign(address(offering), Roles.ISSUER, Subscription.open.selector);
        _assign(address(offering), Roles.ISSUER, Subscription.close.selector);
        _assign(address(offering), Roles.ISSUER, Subscription.cancel.selector);
        _assign(address(offering), Roles.COMPLIANCE, Subscription.removeSubscriber.selector);
        senior = _token("Senior", "A");
        junior = _token("Junior", "B");
        vault = new DealVault(dealTerms());
        distributor = vault.distributor();
    }

    function dealTerms() internal view returns (IDealVault.DealTerms memory terms) {
        ITrancheToken[] memory tokens = new ITrancheToken[](2);
        tokens[0] = senior;
        tokens[1] = junior;
        IAmendments.Payee[] memory payees = new IAmendments.Payee[](2);
        payees[0] = IAmendments.Payee(feeTaker, false);
        payees[1] = IAmendments.Payee(sponsor, true);
        terms = IDealVault.DealTerms({
            cash: cash,
            registry: registry,
            programs: programs,
            programHash: keccak256(SampleProgram.blob()),
            documentHash: keccak256("deal.yaml"),
            offering: address(offering),
            control: control,
            disputeDelay: DISPUTE_DELAY,
            tokens: tokens,
            payees: payees,
            paymentDates: dates(3 days),
            initialState: SampleProgram.initialState(),
            distribution: IDealVault.DistributionSetup({
                factory: distributors,
                authority: address(manager),
                taxAccount: taxOffice,
                unclaimed: IDistributor.UnclaimedRule(address(0x6EE9), 1_095, 30)
            })
        });
    }

    /// @dev Record dates are 30 days apart; payment dates follow by three days.
    function dates(uint40 delay) internal pure returns (uint40[] memory list) {
        list = new uint40[](SampleProgram.PERIODS);
        for (uint40 i; i < list.length; ++i) list[i] = START + 30 days * (i + 1) + delay;
    }

    function _token(string memory name, string memory symbol) private returns (ITrancheToken token) {
        token = new TrancheToken(tokenTerms(name, symbol));
    }

    /// @dev The test contract is the agent; no sizes, no caps.
    function tokenTerms(
        string memory name,
        string memory symbol
    ) internal view returns (ITrancheToken.TrancheTerms memory terms) {
        terms.name = name;
        terms.symbol = symbol;
        terms.registry = registry;
        terms.minter = address(offering);
        terms.authority = address(manager);
        terms.agents = new address[](1);
        terms.agents[0] = address(this);
        terms.recordDates = dates(0);
    }

    function admit(address account) internal {
        registry.register(account, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 0));
    }

    /// @dev Alice takes 6,000.00 and Bob 2,000.00 of the senior, Carol all 2,000.00 of the junior tranche.
    function closeDeal() internal {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(bob, 0, 200_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(100);
    }

    function subscribe(address account, uint256 tranche, uint256 amount) internal {
        fund(account, address(offering), amount);
        vm.prank(account);
        offering.subscribe(tranche, amount);
    }

    function fund(address account, address spender, uint256 amount) internal {
        cash.mint(account, amount);
        vm.prank(account);
        cash.approve(spender, amount);
    }

    function deposit(uint256 cents) internal {
        fund(servicer, address(vault), cents * CENT);
        vm.prank(servicer);
        vault.deposit(cents * CENT);
    }

    /// @dev A report that fits where the vault stands.
    function reportOf(uint32 period, uint256 collected) internal view returns (IReportBook.ServicerReport memory) {
        uint256[] memory inputs = new uint256[](1);
        inputs[0] = collected;
        return
            IReportBook.ServicerReport({
                programHash: keccak256(SampleProgram.blob()),
                period: period,
                revision: vault.pendingReport().revision,
                previousStateHash: vault.stateHash(),
                tapeRoot: tapeRoot,
                inputs: inputs
            });
    }

    function sign(uint256 key, bytes32 digest) internal returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function expectedHash(uint256 collected, uint256 held) internal view returns (bytes32 resultHash) {
        uint256[] memory inputs = new uint256[](1);
        inputs[0] = collected;
        (, , resultHash, ) = vault.simulate(inputs, held);
    }

    /// @dev Two signatures in the order in which the control takes them.
    function signedBy(
        uint256 oneKey,
        uint256 otherKey,
        bytes32 digest
    ) internal returns (ISignerSet.Signature[] memory list) {
        list = new ISignerSet.Signature[](2);
        list[0] = ISignerSet.Signature(vm.addr(oneKey), sign(oneKey, digest));
        list[1] = ISignerSet.Signature(vm.addr(otherKey), sign(otherKey, digest));
        if (list[1].signer < list[0].signer) (list[0], list[1]) = (list[1], list[0]);
    }

    /// @dev Servicer and trustee bring a report.
    function submit(IReportBook.ServicerReport memory report) internal returns (bytes32 digest) {
        digest = vault.reportDigest(report);
        vault.submitReport(report, signedBy(SERVICER_KEY, TRUSTEE_KEY, digest));
    }

    /// @dev Reports, goes to the payment date, deposits what was collected and settles.
    function settle(uint32 period, uint256 collected) internal {
        uint256 date = vault.paymentDate(period);
        if (block.timestamp + DISPUTE_DELAY < date) vm.warp(date - DISPUTE_DELAY);
        deposit(collected);
        settleNow(reportOf(period, collected), expectedHash(collected, collected));
    }

    /// @dev Brings a report, lets its delay pass and settles.
    function settleNow(IReportBook.ServicerReport memory report, bytes32 expected) internal {
        submit(report);
        vm.warp(block.timestamp + DISPUTE_DELAY);
        vault.settle(report, expected);
    }

    function _grant(uint64 role) private {
        manager.grantRole(role, address(this), 0);
    }

    function _assign(address target, uint64 role, bytes4 selector) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        manager.setTargetFunctionRole(target, selectors, role);
    }
}
